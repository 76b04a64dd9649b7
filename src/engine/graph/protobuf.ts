/**
 * The writing half of Protocol Buffers (https://protobuf.dev/programming-guides/encoding). Messages are nested byte arrays, so
 * these few functions do; a library would add megabytes and .proto files to keep in step.
 */
export type Bytes = Uint8Array;

const utf8 = new TextEncoder();

/** One buffer out of many. */
export function concat(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Base-128 varint of a safe integer; a negative one takes ten bytes, as protobuf's int32 and int64 do. */
export function varint(value: number): Bytes {
  if (!Number.isSafeInteger(value)) throw new RangeError(`A varint holds a whole number, not ${value}.`);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

export const integerField = (field: number, value: number): Bytes => concat([varint(field * 8), varint(value)]);

/** A 32-bit float, little-endian. */
export const floatField = (field: number, value: number): Bytes =>
  concat([varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)]);

export function bytesField(field: number, value: Bytes | string): Bytes {
  const content = typeof value === 'string' ? utf8.encode(value) : value;
  return concat([varint(field * 8 + 2), varint(content.length), content]);
}

export const messageField = (field: number, parts: readonly Bytes[]): Bytes => bytesField(field, concat(parts));

/** map<string, Message>: one entry message for each key; `encode` gives the fields of the value. */
export const mapField = <T>(field: number, record: Readonly<Record<string, T>>, encode: (value: T) => readonly Bytes[]): Bytes =>
  concat(Object.entries(record).map(([key, value]) => messageField(field, [bytesField(1, key), messageField(2, encode(value))])));
