import { PickledGlobal, unpickle, type PickleDialect } from '../../weights/pickle';
import { FileProblem } from '../../weights/fileProblem';

/** An array of NumPy as its pickle holds it: numbers of one byte, row by row. */
export class PickledArray {
  shape: readonly number[] = [];
  bytes: Buffer = Buffer.alloc(0);
  type = '';
}

const reconstructs = ['numpy.core.multiarray._reconstruct', 'numpy._core.multiarray._reconstruct'];
const fromBuffers = ['numpy.core.numeric._frombuffer', 'numpy._core.numeric._frombuffer'];
const encoders = ['_codecs.encode', 'codecs.encode'];

class PickledType {
  constructor(readonly text: string) {}
}

/** Dictionaries, lists, texts, numbers and arrays of NumPy, as CIFAR's files for Python hold them, written by Python 2 or 3. */
const dialect: PickleDialect = {
  holds: 'arrays and dictionaries',
  names: new Set([...reconstructs, ...fromBuffers, ...encoders, 'numpy.ndarray', 'numpy.dtype']),
  bytes: true,
  call: (name, given) => {
    if (reconstructs.includes(name)) return given[0] instanceof PickledGlobal && given[0].name === 'numpy.ndarray' ? new PickledArray() : undefined;
    if (name === 'numpy.dtype') return typeof given[0] === 'string' ? new PickledType(given[0]) : undefined;
    // Bytes as Python 3 writes them for Python 2.
    if (encoders.includes(name)) return typeof given[0] === 'string' && given[1] === 'latin1' ? Buffer.from(given[0], 'latin1') : undefined;
    if (fromBuffers.includes(name)) return arrayOf(given[2], given[1], given[0]);
    return undefined;
  },
  setState: (target, state) => {
    if (target instanceof PickledType) return true;
    if (!(target instanceof PickledArray) || !Array.isArray(state)) return false;
    const [, shape, type, fortran, bytes] = state as unknown[];
    const made = fortran === false ? arrayOf(shape, type, bytes) : undefined;
    if (made === undefined) return false;
    Object.assign(target, made);
    return true;
  },
};

function arrayOf(shape: unknown, type: unknown, bytes: unknown): PickledArray | undefined {
  if (!Array.isArray(shape) || !shape.every((side): side is number => Number.isSafeInteger(side) && (side as number) >= 0) || !(type instanceof PickledType) || !Buffer.isBuffer(bytes)) return undefined;
  return Object.assign(new PickledArray(), { shape, type: type.text, bytes });
}

/**
 * A pickled dictionary with its keys as texts. No code is run.
 * @throws FileProblem
 */
export function unpickleDictionary(bytes: Buffer): Map<string, unknown> {
  const { value } = unpickle(bytes, 0, dialect);
  if (!(value instanceof Map)) throw new FileProblem('its pickle holds no dictionary');
  return new Map([...value].map(([key, inner]) => [textOf(key), inner]));
}

export const textOf = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : String(value));
