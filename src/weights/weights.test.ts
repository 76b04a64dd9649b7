import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { zipOf } from '../../test/support/zipOf';
import { importWeights, readLibraryWeights } from './libraryWeights';
import { openWeights } from './openWeights';
import { stateDict } from './stateDict';

const fixtures = join(import.meta.dirname, '../../test/fixtures/weights');
type Expected = Record<string, { shape: number[]; values: string[] }>;
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as { state: Expected; module: Expected };
const number = (text: string) => Math.fround(text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text));

/** Everything a file holds, as the bits of its values. */
async function read(path: string) {
  const file = await openWeights(path);
  try {
    const { tensors, prefix, ignored } = stateDict(file);
    const found: Record<string, { shape: readonly number[]; bits: string }> = {};
    for (const { name, shape, read: values } of tensors) found[name] = { shape, bits: Buffer.from((await values()).buffer).toString('hex') };
    return { format: file.format, prefix, ignored, found };
  } finally {
    await file.close();
  }
}
const bits = (state: Expected) => Object.fromEntries(Object.entries(state).map(([name, { shape, values }]) => [name, { shape, bits: Buffer.from(Float32Array.from(values.map(number)).buffer).toString('hex') }]));

/** A file of torch.save's form around a pickle that is no state_dict's. */
async function torchFile(pickle: string | Buffer, storages: Record<string, Buffer> = {}) {
  const path = join(tempFolder(), '重み.pth');
  writeFileSync(path, await zipOf({ 'archive/data.pkl': Buffer.from(pickle as string, 'latin1'), 'archive/version': Buffer.from('3\n'), ...Object.fromEntries(Object.entries(storages).map(([key, data]) => [`archive/data/${key}`, data])) }));
  return path;
}
const text = (value: string) => `X${String.fromCharCode(value.length)}\0\0\0${value}`;
/** A dictionary with one float tensor "w" of the given storage, offset, size and strides. */
const oneTensor = (values: number, offset: number, size: readonly number[], strides: readonly number[]) => {
  const int = (value: number) => { const bytes = Buffer.alloc(4); bytes.writeInt32LE(value); return `J${bytes.toString('latin1')}`; };
  const tuple = (items: readonly number[]) => `(${items.map(int).join('')}t`;
  return `\x80\x02}${text('w')}ctorch._utils\n_rebuild_tensor_v2\n((${text('storage')}ctorch\nFloatStorage\n${text('0')}${text('cpu')}${int(values)}tQ${int(offset)}${tuple(size)}${tuple(strides)}\x89}tRs.`;
};

describe('weights that torch and safetensors saved', () => {
  it.each(['zip.pth', 'legacy.pth', 'plain.safetensors'])('%s: equal to the bit, whatever their format, strides and offset', async (name) => {
    const { found, prefix, ignored } = await read(join(fixtures, name));
    expect(found).toEqual(bits(expected.state));
    expect({ prefix, ignored }).toEqual({ prefix: '', ignored: ['counter'] });
  });
  it('nested in a checkpoint, with the prefix of DataParallel', async () => {
    const { found, prefix } = await read(join(fixtures, 'nested.pth'));
    expect(prefix).toBe('module.');
    expect(found).toEqual(bits(expected.state));
  });
  it.each(['module.pth', 'parameters.pth'])('%s: of a module, and as parameters', async (name) => {
    expect((await read(join(fixtures, name))).found).toEqual(bits(expected.module));
  });
  it('equal weights are one file of the library, from whatever they came', async () => {
    const library = tempFolder();
    const copies = await Promise.all(['zip.pth', 'legacy.pth', 'nested.pth', 'plain.safetensors'].map((name) => importWeights(library, join(fixtures, name))));
    expect(new Set(copies.map(({ sha256 }) => sha256)).size).toBe(1);
    const stored = await readLibraryWeights(library, copies[0]!.sha256);
    expect([...stored.keys()]).toEqual(Object.keys(expected.state).sort());
    expect(Buffer.from(stored.get('transposed')!.data.buffer).toString('hex')).toBe(bits(expected.state).transposed!.bits);
    const path = join(library, 'weights', `${copies[0]!.sha256}.safetensors`);
    const changed = readFileSync(path);
    changed[changed.length - 1]! ^= 1;
    writeFileSync(path, changed);
    await expect(readLibraryWeights(library, copies[0]!.sha256)).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringContaining('has changed') as string });
  });
});

describe('files that mean harm', () => {
  it.each([
    ['os.system', 'cos\nsystem\n(Vtouch x\ntR.'],
    ['posix.system', `\x80\x02cposix\nsystem\n${text('touch x')}\x85R.`],
    ['builtins.eval', `\x80\x04\x8c\x08builtins\x8c\x04eval\x93.`],
    ['torch.load', '\x80\x02ctorch\nload\n.'],
    ['argparse.Namespace', '\x80\x02cargparse\nNamespace\n)R.'],
    ['collections.OrderedDict.__init__', '\x80\x04\x8c\x0bcollections\x8c\x14OrderedDict.__init__\x93.'],
    ['"a\\u0000b.c"', '\x80\x02ca\0b\nc\n.'],
  ])('%s is refused by its name', async (name, pickle) => {
    await expect(openWeights(await torchFile(pickle))).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringContaining(`asks for ${name},`) as string });
  });
  it.each([
    ['INST', '(ios\nsystem\n.', '0x69'],
    ['OBJ', '(o.', '0x6f'],
    ['NEWOBJ', '\x80\x02}}\x81.', '0x81'],
    ['EXT1', '\x82\x01.', '0x82'],
    ['an empty stack', '.', 'not well formed'],
    ['what was never remembered', 'h\x05.', 'not well formed'],
    ['a mark as a value', '(.', 'not well formed'],
    ['state on a list', ']}b.', 'no dictionary'],
    ['a call of a dictionary', '}]R.', 'not well formed'],
    ['a call of a class of storages', 'ctorch\nFloatStorage\n]R.', 'it calls torch.FloatStorage'],
    ['no tensor', '}.', 'no state_dict'],
  ])('%s', async (_, pickle, why) => {
    await expect(openWeights(await torchFile(pickle))).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringContaining(why) as string });
  });
  it.each([
    ['over the end', oneTensor(4, 1, [4], [1]), 'over the end of its storage'],
    ['far over the end', oneTensor(4, 0, [2, 2], [2 ** 30, 1]), 'over the end of its storage'],
    ['backwards', oneTensor(4, 3, [4], [-1]), 'impossible strides'],
    ['the same number a billion times', oneTensor(4, 0, [1024, 1024, 256], [0, 0, 0]), 'more values than its storage'],
    ['a negative size', oneTensor(4, 0, [-4], [1]), 'impossible shape'],
    ['strides of another length', oneTensor(4, 0, [4], [1, 1]), 'impossible strides'],
    ['too much', oneTensor(2 ** 30, 0, [2 ** 30], [1]), 'too large'],
  ])('a tensor that reads %s', async (_, pickle, why) => {
    await expect(openWeights(await torchFile(pickle, { 0: Buffer.alloc(16) }))).rejects.toMatchObject({ message: expect.stringContaining(why) as string });
  });
  it('a storage that unpacks to more than its tensors need', async () => {
    const file = await openWeights(await torchFile(oneTensor(4, 0, [4], [1]), { 0: Buffer.alloc(1 << 20) }));
    await expect(file.tensors[0]!.read()).rejects.toMatchObject({ message: expect.stringContaining('has 1048576 bytes instead of 16') as string });
    await file.close();
  });
  it('a storage that is not there, and one of a good file', async () => {
    const missing = await openWeights(await torchFile(oneTensor(4, 0, [4], [1])));
    await expect(missing.tensors[0]!.read()).rejects.toMatchObject({ message: expect.stringContaining('lacks the storage 0') as string });
    const good = await openWeights(await torchFile(oneTensor(4, 0, [2, 2], [1, 2]), { 0: Buffer.from(Float32Array.of(1, 2, 3, 4).buffer) }));
    expect([...(await good.tensors[0]!.read())]).toEqual([1, 3, 2, 4]);
    await Promise.all([missing.close(), good.close()]);
  });
  it('zip files whose entries lead out, are links, are there twice', async () => {
    const path = join(tempFolder(), 'x.pth');
    const plain = await zipOf({ 'archive/data.pkl': Buffer.from('}.'), 'archive/xx/yyyy': Buffer.from('a') });
    const renamed = (to: string) => Buffer.from(plain.toString('latin1').replaceAll('archive/xx/yyyy', to), 'latin1');
    for (const [data, why] of [
      [renamed('../../../etc/xx'), /damaged|leads out/], [renamed('/rchive/xx/yyyy'), /damaged|leads out/], [renamed('archive\\xx\\yyyy'), /damaged|leads out/],
      [await zipOf({ 'archive/data.pkl': Buffer.from('}.'), 'archive/link': Buffer.from('/etc/passwd') }, { 'archive/link': 0o120777 }), /is a link/],
      [Buffer.from(plain.toString('latin1').replaceAll('archive/xx/yyyy', 'archive/data.pk').replaceAll('archive/data.pk', 'archive/data.pk'), 'latin1'), /no state_dict|damaged/],
    ] as const) {
      writeFileSync(path, data);
      await expect(openWeights(path)).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringMatching(why) as string });
    }
  });
  it('headers of safetensors that do not add up', async () => {
    const path = join(tempFolder(), 'x.safetensors');
    const put = (header: unknown, data: number, length?: bigint) => {
      const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
      const size = Buffer.alloc(8);
      size.writeBigUInt64LE(length ?? BigInt(json.length));
      writeFileSync(path, Buffer.concat([size, json, Buffer.alloc(data)]));
    };
    const tensor = (from: number, to: number, shape: unknown = [(to - from) / 4], dtype = 'F32') => ({ dtype, shape, data_offsets: [from, to] });
    for (const [header, data, why, length] of [
      [{ a: tensor(0, 8), b: tensor(4, 12) }, 12, 'does not follow'], [{ a: tensor(0, 8), b: tensor(12, 16) }, 16, 'does not follow'],
      [{ a: tensor(0, 8) }, 12, 'more than its tensors'], [{ a: tensor(0, 8) }, 4, 'ends too early'], [{ a: tensor(0, 8, [3]) }, 8, 'does not fit its shape'],
      [{ a: tensor(0, 8, [-1, -2]) }, 8, 'impossible shape'], [{ a: tensor(0, 4 * 2 ** 30) }, 8, 'too large'], [{ a: tensor(0, 8, [2], 'F8') }, 8, 'unknown type F8'],
      [{ a: tensor(0, 8, [2], 'constructor') }, 8, 'unknown type'], [{ a: 5 }, 8, 'no shape'], ['{"a":', 8, 'no JSON object'], [{ a: tensor(0, 8) }, 8, 'too long', 2n ** 60n], [{ a: tensor(0, 8) }, 8, 'ends too early', 90_000_000n],
    ] as [unknown, number, string, bigint?][]) {
      put(header, data, length);
      await expect(openWeights(path), why).rejects.toMatchObject({ code: 'weights-unreadable', message: expect.stringContaining(why) as string });
    }
  });
  it.each([['zip.pth', 97], ['legacy.pth', 29], ['plain.safetensors', 17]])('%s cut off anywhere is refused, never read in part', async (name, each) => {
    const whole = readFileSync(join(fixtures, name));
    const path = join(tempFolder(), name);
    const library = tempFolder();
    for (let length = 0; length < whole.length; length += each) {
      writeFileSync(path, whole.subarray(0, length));
      await expect(importWeights(library, path), `${length} bytes`).rejects.toMatchObject({ code: 'weights-unreadable' });
    }
  });
  it('other files, folders and nothing at all', async () => {
    const folder = tempFolder();
    for (const [name, data] of [['empty', ''], ['text.pth', 'hello, this is no weight'], ['x.png', '\x89PNG\r\n\x1a\n']] as const) {
      writeFileSync(join(folder, name), data, 'latin1');
      await expect(openWeights(join(folder, name))).rejects.toMatchObject({ code: 'weights-unreadable' });
    }
    await expect(openWeights(folder)).rejects.toMatchObject({ message: expect.stringMatching(/no file|folder/) as string });
    await expect(openWeights(join(folder, 'none'))).rejects.toMatchObject({ message: expect.stringContaining('no such file') as string });
  });
});
