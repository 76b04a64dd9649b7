import { bytesField, concat, floatField, integerField, messageField, varint, type Bytes } from '../../engine/graph/protobuf';
import { maskedCrc32c } from './crc32c';

/**
 * TensorBoard's event files: TFRecords of `tensorflow.Event`.
 * https://github.com/tensorflow/tensorboard/blob/master/tensorboard/compat/proto/event.proto, summary.proto, plugins/hparams/plugin_data.proto
 */
export interface SummaryValue {
  readonly tag: string;
  /** Fields of `Summary.Value` besides the tag. */
  readonly content: Bytes;
}

/** A 64-bit float, little-endian. */
const doubleField = (field: number, value: number): Bytes => concat([varint(field * 8 + 1), new Uint8Array(Float64Array.of(value).buffer)]);

export const scalar = (tag: string, value: number): SummaryValue => ({ tag, content: floatField(2, value) });

export const image = (tag: string, png: Uint8Array, height: number, width: number): SummaryValue =>
  ({ tag, content: messageField(4, [integerField(1, height), integerField(2, width), integerField(3, 3), bytesField(4, png)]) });

/** A value of the hparams plugin: what it says is in the metadata, the tensor stands there because one has to. */
const hparams = (tag: string, content: readonly Bytes[]): SummaryValue => ({
  tag,
  content: concat([
    messageField(9, [messageField(1, [bytesField(1, 'hparams'), messageField(2, [integerField(1, 0), ...content])])]),
    messageField(8, [integerField(1, 1), messageField(2, []), messageField(5, [new Uint8Array(4)])]),
  ]),
});

/** google.protobuf.Value */
function protobufValue(value: string | number | boolean | null): Bytes {
  if (value === null) return integerField(1, 0);
  if (typeof value === 'number') return doubleField(2, value);
  return typeof value === 'string' ? bytesField(3, value) : integerField(4, value ? 1 : 0);
}

export const sessionStart = (values: Readonly<Record<string, string | number | boolean | null>>, group: string, startSeconds: number): SummaryValue =>
  hparams('_hparams_/session_start_info', [messageField(3, [
    ...Object.entries(values).map(([name, value]) => messageField(1, [bytesField(1, name), messageField(2, [protobufValue(value)])])),
    bytesField(4, group), doubleField(5, startSeconds),
  ])]);

export const sessionEnd = (succeeded: boolean, endSeconds: number): SummaryValue =>
  hparams('_hparams_/session_end_info', [messageField(4, [integerField(1, succeeded ? 1 : 2), doubleField(2, endSeconds)])]);

const record = (data: Bytes): Bytes => {
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(data.length));
  head.writeUInt32LE(maskedCrc32c(head.subarray(0, 8)), 8);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(maskedCrc32c(data));
  return concat([head, data, tail]);
};

/** The first record of a file. */
export const fileVersion = (wallSeconds: number): Bytes => record(concat([doubleField(1, wallSeconds), bytesField(3, 'brain.Event:2')]));

/** @param wallSeconds seconds since 1970 */
export const summaryRecord = (wallSeconds: number, step: number, values: readonly SummaryValue[]): Bytes =>
  record(concat([doubleField(1, wallSeconds), integerField(2, step), messageField(5, values.map(({ tag, content }) => messageField(1, [bytesField(1, tag), content])))]));
