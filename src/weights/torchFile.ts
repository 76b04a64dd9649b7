import type { ByteSource } from './byteSource';
import { floatTypes, toFloat32, type FloatType } from './dtypes';
import { PickledTensor, storageTypes, unpickle, type StorageReference } from './pickle';
import { FileProblem } from './fileProblem';
import { checkTotal, mostValues, valuesOf, type WeightTensor } from './weightFile';
import type { ZipFile } from './zipFile';

/** A pickle of tensors names them and their places only: 100 kB for the largest network here. */
const longestPickle = 8 * 1024 * 1024;
const integerBytes: Readonly<Record<string, number>> = { int64: 8, int32: 4, int16: 2, int8: 1, uint8: 1, bool: 1 };

type ReadStorage = (storage: StorageReference, bytes: number) => Promise<Buffer>;

/**
 * Tensors of a file that torch.save wrote, as zip (torch 1.6 and later): `<name>/data.pkl` and a file for each storage.
 * https://github.com/pytorch/pytorch/blob/main/torch/serialization.py
 * @throws FileProblem
 */
export async function readTorchZip(zip: ZipFile): Promise<WeightTensor[]> {
  const pickles = [...zip.entries.keys()].filter((name) => /^[^/]+\/data\.pkl$/.test(name));
  const [name] = pickles;
  if (name === undefined || pickles.length > 1) throw new FileProblem('it is a zip archive, but not one of torch.save');
  const prefix = name.slice(0, -'data.pkl'.length);
  const order = zip.entries.get(`${prefix}byteorder`);
  if (order && (await zip.read(order, order.uncompressedSize > 16 ? 16 : order.uncompressedSize)).toString('latin1') !== 'little') throw new FileProblem('its numbers are big-endian');
  const entry = zip.entries.get(name)!;
  if (entry.uncompressedSize > longestPickle) throw new FileProblem('its pickle is too long for a state_dict');
  const { value } = unpickle(await zip.read(entry, entry.uncompressedSize));
  return tensorsOf(value, (storage, bytes) => {
    const found = zip.entries.get(`${prefix}data/${storage.key}`);
    if (!found) throw new FileProblem(`it lacks the storage ${storage.key}`);
    return zip.read(found, bytes);
  });
}

const magic = 0x1950a86a20f9469cfc6cn;

/**
 * The older form of torch.save: pickles one after another (magic number, version, the system's sizes, the object, the storages' names),
 * then each storage with its length in front.
 * @throws FileProblem
 */
export async function readTorchLegacy(source: ByteSource): Promise<WeightTensor[]> {
  const head = await source.read(0, Math.min(source.size, longestPickle));
  const [number, version, system, object, names] = pickles(head, 5);
  if (number!.value !== magic) throw new FileProblem('it is neither safetensors nor of torch.save');
  if (version!.value !== 1001) throw new FileProblem(`it is of version ${String(version!.value)} of torch.save's form, which is unknown`);
  if (!(system!.value instanceof Map) || system!.value.get('little_endian') !== true) throw new FileProblem('its numbers are big-endian');
  if (!Array.isArray(names!.value)) throw new FileProblem('it lacks the names of its storages');
  const sizes = storageBytes(object!.value);
  const places = new Map<string, number>();
  let at = names!.end;
  for (const key of (names!.value as unknown[]).map(String)) {
    const known = sizes.get(key);
    if (!known) throw new FileProblem(`it holds the storage ${key} of which no tensor is known`);
    if ((await source.read(at, 8)).readBigInt64LE() !== BigInt(known.values)) throw new FileProblem(`its storage ${key} has another length than its tensors`);
    places.set(key, at + 8);
    at += 8 + known.bytes;
  }
  return tensorsOf(object!.value, (storage, bytes) => {
    const place = places.get(storage.key);
    if (place === undefined) throw new FileProblem(`it lacks the storage ${storage.key}`);
    return source.read(place, bytes);
  });
}

function pickles(bytes: Buffer, count: number): { value: unknown; end: number }[] {
  const found: { value: unknown; end: number }[] = [];
  for (let i = 0; i < count; i++) found.push(unpickle(bytes, found.at(-1)?.end ?? 0));
  return found;
}

/** Whether a file begins as one of the older form: protocol 2 and the magic number. */
export const looksLegacy = (head: Buffer) => head.length > 14 && head[0] === 0x80 && head[1] === 2 && head[2] === 0x8a;

/** Every storage that a tensor anywhere in the object lies in: legacy files hold those of an optimizer too. */
function storageBytes(root: unknown): Map<string, { values: number; bytes: number }> {
  const found = new Map<string, { values: number; bytes: number }>();
  const seen = new Set<unknown>();
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof PickledTensor) found.set(value.storage.key, { values: value.storage.values, bytes: value.storage.values * numberBytes(value.storage) });
    else if (value instanceof Map) for (const inner of value.values()) waiting.push(inner);
    else if (Array.isArray(value)) for (const inner of value) waiting.push(inner);
  }
  return found;
}

function numberBytes({ type }: StorageReference): number {
  const name = storageTypes[type]!;
  return name in floatTypes ? floatTypes[name as FloatType] : integerBytes[name]!;
}

/** The state_dict itself, or the one inside a training script's checkpoint. */
function stateDictOf(value: unknown): Map<string, PickledTensor> {
  const dictionaries = value instanceof Map ? [value, ...['state_dict', 'model_state_dict', 'model', 'net', 'weights'].map((key) => value.get(key) as unknown)] : [];
  for (const candidate of dictionaries) {
    if (!(candidate instanceof Map)) continue;
    const tensors = [...(candidate as Map<unknown, unknown>)].filter((entry): entry is [string, PickledTensor] => typeof entry[0] === 'string' && entry[1] instanceof PickledTensor);
    if (tensors.length > 0) return new Map(tensors);
  }
  throw new FileProblem('it holds no state_dict: a dictionary of names and tensors');
}

function tensorsOf(value: unknown, readStorage: ReadStorage): WeightTensor[] {
  const tensors = [...stateDictOf(value)].map(([name, { storage, offset, shape, strides }]): WeightTensor => {
    const values = valuesOf(name, shape);
    const type = storageTypes[storage.type]!;
    if (storage.values > mostValues) throw new FileProblem(`the storage of ${name} is too large`);
    const places = { shape: shape as number[], strides: stridesOf(name, shape, strides), offset };
    if (values > 0 && lastPlace(places) >= storage.values) throw new FileProblem(`${name} reaches over the end of its storage`);
    // Nothing that training saves repeats its values; a tensor that does would unpack to any size.
    if (values > storage.values) throw new FileProblem(`${name} holds more values than its storage`);
    const read = async () => {
      if (!(type in floatTypes)) throw new FileProblem(`${name} is ${type}, which holds no real numbers`);
      const all = toFloat32(await readStorage(storage, storage.values * numberBytes(storage)), type as FloatType);
      return gathered(all, places, values);
    };
    return { name, shape: places.shape, type, read };
  });
  checkTotal(tensors);
  return tensors;
}

interface Places {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

function stridesOf(name: string, shape: readonly unknown[], strides: readonly unknown[]): number[] {
  if (strides.length !== shape.length || strides.some((stride) => !Number.isSafeInteger(stride) || (stride as number) < 0)) throw new FileProblem(`${name} has impossible strides`);
  return strides as number[];
}

const lastPlace = ({ shape, strides, offset }: Places) => shape.reduce((at, size, axis) => at + (size - 1) * strides[axis]!, offset);

/** Values in row-major order, wherever the strides say they lie (a transposed or channels-last tensor). */
function gathered(all: Float32Array, { shape, strides, offset }: Places, values: number): Float32Array {
  let dense = 1;
  let contiguous = true;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis]! !== 1 && strides[axis] !== dense) contiguous = false;
    dense *= shape[axis]!;
  }
  if (contiguous) return all.length === values && offset === 0 ? all : all.slice(offset, offset + values);
  const out = new Float32Array(values);
  const index = new Array<number>(shape.length).fill(0);
  let at = offset;
  for (let i = 0; i < values; i++) {
    out[i] = all[at]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = index[axis]! + 1;
      at += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      at -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
