import { FileProblem } from './fileProblem';

/** A thing of Python's that a pickle names. Only those of a dialect's allow-list come into being, and none of them runs. */
export class PickledGlobal {
  constructor(readonly name: string) {}
}

/** What a kind of file may hold beside plain data: the names it may ask for, and what calling one gives. */
export interface PickleDialect {
  /** "only … are read, never code" */
  readonly holds: string;
  readonly names: ReadonlySet<string>;
  /** Long texts of Python 2 are bytes: numbers. */
  readonly bytes: boolean;
  /** Of a name of the list. @returns undefined where it cannot be called so */
  call(name: string, values: readonly unknown[]): unknown;
  /** Sets the state of an object that `call` made. @returns whether it could */
  setState(target: unknown, state: unknown): boolean;
}

/** A tensor as torch pickles it: a view into a storage. */
export class PickledTensor {
  constructor(readonly storage: StorageReference, readonly offset: number, readonly shape: readonly unknown[], readonly strides: readonly unknown[]) {}
}

export interface StorageReference {
  /** torch's class: `FloatStorage`, … */
  readonly type: string;
  /** Its name in the file. */
  readonly key: string;
  /** Numbers that it holds. */
  readonly values: number;
}

/** Storage classes of torch and the format of their numbers. */
export const storageTypes: Readonly<Record<string, string>> = {
  FloatStorage: 'float32', HalfStorage: 'float16', BFloat16Storage: 'bfloat16', DoubleStorage: 'float64',
  LongStorage: 'int64', IntStorage: 'int32', ShortStorage: 'int16', CharStorage: 'int8', ByteStorage: 'uint8', BoolStorage: 'bool',
};

/** A state_dict of torch. */
const torchDialect: PickleDialect = {
  holds: 'tensors and dictionaries',
  names: new Set(['torch._utils._rebuild_tensor_v2', 'torch._utils._rebuild_parameter', 'torch.Size', ...Object.keys(storageTypes).map((name) => `torch.${name}`)]),
  bytes: false,
  call: (name, given) => {
    switch (name) {
      case 'torch.Size': return given[0];
      case 'torch._utils._rebuild_parameter': return given[0] instanceof PickledTensor ? given[0] : undefined;
      case 'torch._utils._rebuild_tensor_v2': {
        const [reference, offset, shape, strides] = given;
        return isStorage(reference) && isSize(offset) && Array.isArray(shape) && Array.isArray(strides) ? new PickledTensor(reference, offset, shape as unknown[], strides as unknown[]) : undefined;
      }
      default: return undefined;
    }
  },
  setState: () => false,
};
const readableName = (name: string) => (/^[\w.]{1,120}$/.test(name) ? name : JSON.stringify(name.slice(0, 120)));

/** Unique: what stands on the stack where a tuple, a list or a dictionary begins. */
const mark = Symbol('mark');

/**
 * Reads one pickle as data. Objects of Python come out as Map (dict, OrderedDict), array (list, tuple), number, string, boolean, null,
 * PickledTensor. No code is run: of the language's opcodes those that build data are known, of Python's names the few of the
 * dialect (a state_dict of torch); any other is refused by its name. https://github.com/python/cpython/blob/main/Lib/pickletools.py
 * @returns the value, and where the pickle ends
 * @throws FileProblem
 */
export function unpickle(bytes: Buffer, start = 0, dialect: PickleDialect = torchDialect): { value: unknown; end: number } {
  const reader = new Unpickler(bytes, start, dialect);
  return { value: reader.run(), end: reader.at };
}

class Unpickler {
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();
  private copied = 0;

  constructor(private readonly bytes: Buffer, public at: number, private readonly dialect: PickleDialect) {}

  run(): unknown {
    for (;;) {
      const opcode = this.take(1)[0]!;
      if (opcode === 0x2e) return this.pop(); // STOP
      this.step(opcode);
    }
  }

  private step(opcode: number): void {
    switch (opcode) {
      case 0x80: return this.protocol(this.uint(1));
      case 0x95: return void this.take(8); // FRAME: a hint of the length
      case 0x28: return this.push(mark);
      case 0x4e: return this.push(null);
      case 0x88: return this.push(true);
      case 0x89: return this.push(false);
      case 0x4b: return this.push(this.uint(1));
      case 0x4d: return this.push(this.uint(2));
      case 0x4a: return this.push(this.take(4).readInt32LE());
      case 0x8a: return this.push(this.long(this.uint(1)));
      case 0x47: return this.push(this.take(8).readDoubleBE());
      case 0x58: return this.push(this.text(this.uint(4)));
      case 0x8c: return this.push(this.text(this.uint(1)));
      // Text of Python 2: torch writes it for a storage's key and device in old files.
      case 0x55: return this.push(this.take(this.uint(1)).toString('latin1'));
      case 0x54: { const text = this.take(this.uint(4)); return this.push(this.dialect.bytes ? text : text.toString('latin1')); }
      case 0x42: return this.push(this.take(this.uint(4)));
      case 0x43: return this.push(this.take(this.uint(1)));
      case 0x8e: return this.push(this.take(this.uint64()));
      case 0x5d: return this.push([]);
      case 0x29: return this.push([]);
      case 0x7d: return this.push(new Map());
      case 0x74: return this.push(this.popMark());
      case 0x85: return this.push(this.popSome(1));
      case 0x86: return this.push(this.popSome(2));
      case 0x87: return this.push(this.popSome(3));
      case 0x61: { const [item] = this.popSome(1); return void this.list().push(item); }
      case 0x65: { const items = this.popMark(); const list = this.list(); for (const item of items) list.push(item); return; }
      case 0x73: { const pair = this.popSome(2); return this.setItems(pair); }
      case 0x75: { const items = this.popMark(); return this.setItems(items); }
      case 0x71: return void this.memo.set(this.uint(1), this.top());
      case 0x72: return void this.memo.set(this.uint(4), this.top());
      case 0x94: return void this.memo.set(this.memo.size, this.top());
      case 0x68: return this.push(this.remembered(this.uint(1)));
      case 0x6a: return this.push(this.remembered(this.uint(4)));
      case 0x63: return this.push(this.global(`${this.line()}.${this.line()}`));
      case 0x93: { const [module, name] = this.popSome(2); return this.push(this.global(`${String(module)}.${String(name)}`)); }
      case 0x51: return this.push(storage(this.pop()));
      case 0x52: { const [callee, values] = this.popSome(2); return this.push(this.made(callee, values)); }
      case 0x62: { const [target, state] = this.popSome(2); if (!(target instanceof Map) && !this.dialect.setState(target, state)) throw new FileProblem('it sets the state of something that is no dictionary'); return this.push(target); }
      default: throw new FileProblem(`its pickle has the instruction 0x${opcode.toString(16).padStart(2, '0')}, which no file of ${this.dialect.holds} needs`);
    }
  }

  /** The few calls that data are made of. */
  private made(callee: unknown, values: unknown): unknown {
    if (!(callee instanceof PickledGlobal) || !Array.isArray(values)) throw broken();
    if (callee.name === 'collections.OrderedDict') return this.dictionary((values as unknown[])[0] ?? []);
    const made = this.dialect.call(callee.name, values as unknown[]);
    if (made === undefined) throw new FileProblem(`it calls ${readableName(callee.name)} in a way that is not known`);
    return made;
  }

  private global(name: string): PickledGlobal {
    if (name !== 'collections.OrderedDict' && !this.dialect.names.has(name)) throw new FileProblem(`it asks for ${readableName(name)}, and only ${this.dialect.holds} are read, never code`);
    return new PickledGlobal(name);
  }

  /** As Python 2 wrote it: from a list of pairs. The same list may be given many times, so what is copied is counted. */
  private dictionary(pairs: unknown): Map<unknown, unknown> {
    if (!Array.isArray(pairs) || (this.copied += pairs.length) > 1_000_000 || pairs.some((pair) => !Array.isArray(pair) || pair.length !== 2)) throw broken();
    return new Map(pairs as [unknown, unknown][]);
  }

  private protocol(version: number): void {
    if (version > 5) throw new FileProblem(`it has version ${version} of the pickle protocol, which is unknown`);
  }

  private push(value: unknown): void {
    this.stack.push(value);
  }

  private top(): unknown {
    if (this.stack.length === 0) throw broken();
    return this.stack.at(-1);
  }

  private pop(): unknown {
    const value = this.top();
    if (value === mark) throw broken();
    this.stack.pop();
    return value;
  }

  private popSome(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  private popMark(): unknown[] {
    const at = this.stack.lastIndexOf(mark);
    if (at === -1) throw broken();
    const items = this.stack.splice(at);
    return items.slice(1);
  }

  private list(): unknown[] {
    const list = this.top();
    if (!Array.isArray(list)) throw broken();
    return list;
  }

  private setItems(items: readonly unknown[]): void {
    const target = this.top();
    if (!(target instanceof Map) || items.length % 2 === 1) throw broken();
    for (let i = 0; i < items.length; i += 2) target.set(items[i], items[i + 1]);
  }

  private remembered(key: number): unknown {
    if (!this.memo.has(key)) throw broken();
    return this.memo.get(key);
  }

  private take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new FileProblem('its pickle ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private uint(length: 1 | 2 | 4): number {
    return this.take(length).readUIntLE(0, length);
  }

  private uint64(): number {
    const length = this.take(8).readBigUInt64LE();
    if (length > BigInt(this.bytes.length)) throw new FileProblem('its pickle ends too early');
    return Number(length);
  }

  private long(length: number): number | bigint {
    if (length === 0) return 0;
    const hex = Buffer.from(this.take(length)).reverse();
    const value = BigInt.asIntN(length * 8, BigInt(`0x${hex.toString('hex')}`));
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  }

  private text(length: number): string {
    return this.take(length).toString('utf8');
  }

  private line(): string {
    const [from, end] = [this.at, this.bytes.indexOf(10, this.at)];
    if (end === -1) throw new FileProblem('its pickle ends too early');
    this.at = end + 1;
    return this.bytes.toString('utf8', from, end);
  }
}

const broken = () => new FileProblem('its pickle is not well formed');

/** What torch stores beside the pickle: ('storage', class, key, device, values), in old files with a sixth part for views. */
function storage(id: unknown): StorageReference {
  const [word, type, key, , values, view] = Array.isArray(id) ? (id as unknown[]) : [];
  const name = type instanceof PickledGlobal ? type.name.replace(/^torch\./, '') : '';
  if (word !== 'storage' || !(name in storageTypes) || (typeof key !== 'string' && typeof key !== 'number') || !isSize(values)) throw new FileProblem('it refers to something that is no storage of torch');
  if (view !== undefined && view !== null) throw new FileProblem('it holds views of storages as torch wrote them before 2017');
  return { type: name, key: String(key), values };
}

const isSize = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isStorage = (value: unknown): value is StorageReference => typeof value === 'object' && value !== null && 'type' in value && 'key' in value && 'values' in value;
