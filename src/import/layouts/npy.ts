import { FileProblem } from '../../weights/fileProblem';

export interface NpyHead {
  /** As NumPy writes it: `|u1`, `<i8`, `<U10`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Bytes before the first value. */
  readonly start: number;
}

const most = 65_536;

/** The head of an array file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). @throws FileProblem */
export function npyHead(bytes: Buffer, name: string): NpyHead {
  const bad = (why: string) => new FileProblem(`${name} ${why}`);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw bad('is no array of NumPy');
  const long = bytes[6]! >= 2;
  const length = long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8);
  const start = (long ? 12 : 10) + length;
  if (length > most || start > bytes.length) throw bad('has a damaged head');
  const text = bytes.toString('latin1', long ? 12 : 10, start);
  const type = /'descr': *'([^']{1,16})'/.exec(text)?.[1];
  const shape = /'shape': *\(([\d, ]*)\)/.exec(text)?.[1]?.split(',').map((part) => part.trim()).filter(Boolean).map(Number);
  if (type === undefined) throw bad('holds records, not numbers');
  if (/O/.test(type)) throw bad('holds objects of Python, which could run code: save plain arrays');
  if (shape?.every((side) => Number.isSafeInteger(side)) !== true) throw bad('has a damaged head');
  if (/'fortran_order': *True/.test(text)) throw bad('lies column by column: save it with numpy.ascontiguousarray');
  return { type, shape, start };
}

/** Values a class each: whole numbers of any width, or texts. */
export function npyValues(bytes: Buffer, { type, start }: NpyHead, count: number, name: string): (number | string)[] {
  const [order, kind, width] = [type[0]!, type[1]!, Number(type.slice(2))];
  const size = kind === 'U' ? width * 4 : width;
  if (start + count * size > bytes.length) throw new FileProblem(`${name} was cut off`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, count * size);
  const little = order !== '>';
  const read = reader(view, kind, width, little);
  if (read === null) throw new FileProblem(`${name} holds values of the type ${type}, which are no labels`);
  return Array.from({ length: count }, (_, i) => read(i * size));
}

function reader(view: DataView, kind: string, width: number, little: boolean): ((at: number) => number | string) | null {
  const text = (at: number, unit: number) => String.fromCodePoint(...Array.from({ length: width }, (_, i) => (unit === 4 ? view.getUint32(at + 4 * i, little) : view.getUint8(at + i))).filter((code) => code > 0 && code <= 0x10ffff));
  switch (`${kind}${width}`) {
    case 'u1': case 'b1': return (at) => view.getUint8(at);
    case 'i1': return (at) => view.getInt8(at);
    case 'u2': return (at) => view.getUint16(at, little);
    case 'i2': return (at) => view.getInt16(at, little);
    case 'u4': return (at) => view.getUint32(at, little);
    case 'i4': return (at) => view.getInt32(at, little);
    case 'u8': case 'i8': return (at) => Number(view.getBigInt64(at, little));
    case 'f4': return (at) => view.getFloat32(at, little);
    case 'f8': return (at) => view.getFloat64(at, little);
    default: return kind === 'U' ? (at) => text(at, 4) : kind === 'S' ? (at) => text(at, 1) : null;
  }
}
