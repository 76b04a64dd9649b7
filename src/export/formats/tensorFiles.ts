import { join } from 'node:path';
import type { ExportPrecision } from '../../contracts/exports';
import { bytesOf } from '../model/bytes';
import { toHalves } from '../model/half';
import type { TrainedModel } from '../model/trainedModel';
import { writeSynced } from './writeSynced';

/** Where a tensor lies in `weights.bin`. */
interface TensorEntry {
  readonly name: string;
  readonly dtype: 'float32';
  readonly shape: readonly number[];
  readonly offsetBytes: number;
}

/**
 * model.safetensors, as `torch.nn.Module.load_state_dict` takes it (strictly: torch fills in `num_batches_tracked`, which inference never
 * reads). float16 halves the size; torch makes float32 of it as it loads.
 */
export async function writeSafetensors(model: TrainedModel, precision: ExportPrecision, folder: string): Promise<void> {
  const tensors = model.tensors.map(({ name, shape, data }) => ({ name, shape, bytes: bytesOf(precision === 'float16' ? toHalves(data) : data) }));
  let offset = 0;
  const header = Object.fromEntries(tensors.map(({ name, shape, bytes }) => {
    const start = offset;
    offset += bytes.length;
    return [name, { dtype: precision === 'float16' ? 'F16' : 'F32', shape, data_offsets: [start, offset] }];
  }));
  const json = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }));
  const padded = Buffer.concat([json, Buffer.alloc((8 - (json.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  await writeSynced(join(folder, 'model.safetensors'), length, padded, ...tensors.map(({ bytes }) => bytes));
}

/** weights.bin: every tensor's float32 values, little-endian, one after another; weights.json says what lies where. */
export async function writePlainWeights(model: TrainedModel, folder: string): Promise<void> {
  let offsetBytes = 0;
  const tensors: TensorEntry[] = model.tensors.map(({ name, shape, data }) => {
    const entry = { name, dtype: 'float32', shape, offsetBytes } as const;
    offsetBytes += data.byteLength;
    return entry;
  });
  await writeSynced(join(folder, 'weights.bin'), ...model.tensors.map(({ data }) => bytesOf(data)));
  await writeSynced(join(folder, 'weights.json'), `${JSON.stringify({ schemaVersion: 1, byteOrder: 'little-endian', tensors }, null, 1)}\n`);
}
