import type { ByteSource } from './byteSource';
import { toFloat32, type FloatType } from './dtypes';
import { FileProblem } from './fileProblem';
import { checkTotal, valuesOf, type WeightTensor } from './weightFile';

/** As the reference implementation limits it. */
const longestHeader = 100_000_000;

const types: Readonly<Record<string, { readonly name: string; readonly bytes: number; readonly float?: FloatType }>> = {
  F32: { name: 'float32', bytes: 4, float: 'float32' },
  F16: { name: 'float16', bytes: 2, float: 'float16' },
  BF16: { name: 'bfloat16', bytes: 2, float: 'bfloat16' },
  F64: { name: 'float64', bytes: 8, float: 'float64' },
  I64: { name: 'int64', bytes: 8 }, I32: { name: 'int32', bytes: 4 }, I16: { name: 'int16', bytes: 2 }, I8: { name: 'int8', bytes: 1 },
  U64: { name: 'uint64', bytes: 8 }, U32: { name: 'uint32', bytes: 4 }, U16: { name: 'uint16', bytes: 2 }, U8: { name: 'uint8', bytes: 1 }, BOOL: { name: 'bool', bytes: 1 },
};

/**
 * Tensors of a safetensors file. As the format asks, the data are covered without a gap or an overlap and nothing follows them.
 * https://github.com/huggingface/safetensors#format
 * @throws FileProblem
 */
export async function readSafetensors(source: ByteSource): Promise<WeightTensor[]> {
  if (source.size < 8) throw new FileProblem('it is shorter than its header');
  const length = (await source.read(0, 8)).readBigUInt64LE();
  if (length > BigInt(longestHeader)) throw new FileProblem('its header is too long');
  const start = 8 + Number(length);
  const header = parsed((await source.read(8, Number(length))).toString('utf8'));
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__').map(([name, entry]) => tensorOf(source, start, name, entry));
  let end = 0;
  for (const { tensor: { name }, from, to } of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) throw new FileProblem(`${name} does not follow the tensor before it`);
    end = to;
  }
  if (start + end !== source.size) throw new FileProblem(start + end > source.size ? 'it ends too early' : 'it holds more than its tensors');
  const tensors = entries.map(({ tensor }) => tensor);
  checkTotal(tensors);
  return tensors;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch { /* told below */ }
  throw new FileProblem('its header is no JSON object');
}

function tensorOf(source: ByteSource, start: number, name: string, entry: unknown): { tensor: WeightTensor; from: number; to: number } {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  if (!Array.isArray(shape) || !Array.isArray(offsets) || offsets.length !== 2) throw new FileProblem(`${name} has no shape or no place`);
  const [from, to] = offsets as [unknown, unknown];
  const type = typeof dtype === 'string' && Object.hasOwn(types, dtype) ? types[dtype] : undefined;
  if (!type) throw new FileProblem(`${name} is of the unknown type ${String(dtype)}`);
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || (to as number) - (from as number) !== valuesOf(name, shape) * type.bytes) {
    throw new FileProblem(`${name} does not fit its shape`);
  }
  const read = async () => {
    if (!type.float) throw new FileProblem(`${name} is ${type.name}, which holds no real numbers`);
    return toFloat32(await source.read(start + (from as number), (to as number) - (from as number)), type.float);
  };
  return { tensor: { name, shape: shape as number[], type: type.name, read }, from: from as number, to: to as number };
}
