import { featureCount, featuresEach } from './features';

// A WebAssembly module, written out byte by byte: the products of all pairs are what an audit's time is spent in, and JavaScript has no
// instruction for four at once. Opcodes: WebAssembly 2.0, section 5.4.
const op = {
  block: 0x02, loop: 0x03, if: 0x04, end: 0x0b, brIf: 0x0d, localGet: 0x20, localSet: 0x21, localTee: 0x22, i32Store: 0x36, f32Store: 0x38, i32Const: 0x41, i32LessUnsigned: 0x49,
  f32GreaterEqual: 0x60, i32Add: 0x6a, f32Abs: 0x8b, f32Negate: 0x8c, f32Add: 0x92, simd: 0xfd,
} as const;
const simd = { load: [op.simd, 0x00], extractLane: [op.simd, 0x1f], add: [op.simd, 0xe4, 0x01], multiply: [op.simd, 0xe6, 0x01] } as const;
const type = { i32: 0x7f, f32: 0x7d, v128: 0x7b, nothing: 0x40 } as const;

export const vectorBytes = featureCount * 4;
/** Bytes of one found pair: index of the column (uint32), cosine of the pair as it is and mirrored (float32 each). */
export const foundBytes = 12;
const pageBytes = 65_536;

/** Parameters and locals of the function, in their order. */
const names = ['a', 'b', 'count', 'least', 'out', 'even', 'odd', 'plain', 'turned', 'i', 'p', 'found'] as const;
const get = (name: (typeof names)[number]) => [op.localGet, names.indexOf(name)];
const set = (name: (typeof names)[number]) => [op.localSet, names.indexOf(name)];

/**
 * Exports `memory` (of `pages`) and `near(a, b, count, least, out) → found`: of the vector at byte `a` with each of `count` vectors from byte `b` on,
 * those whose product, as it is or mirrored, is at least `least`, written from byte `out` on.
 */
export function nearKernel(pages: number): Uint8Array<ArrayBuffer> {
  const body = [
    ...get('b'), ...set('p'),
    op.block, type.nothing, op.loop, type.nothing,
    ...products('even', 0), ...products('odd', featuresEach * 4),
    ...sumOf('even'), ...set('plain'), ...sumOf('odd'), ...set('turned'),
    // Both ways at once: mirroring turns the sign of the second half alone.
    ...get('plain'), ...get('turned'), op.f32Abs, op.f32Add, ...get('least'), op.f32GreaterEqual,
    op.if, type.nothing,
    ...get('out'), ...get('i'), op.i32Store, 2, 0,
    ...get('out'), ...get('plain'), ...get('turned'), op.f32Add, op.f32Store, 2, 4,
    ...get('out'), ...get('plain'), ...get('turned'), op.f32Negate, op.f32Add, op.f32Store, 2, 8,
    ...get('out'), op.i32Const, foundBytes, op.i32Add, ...set('out'),
    ...get('found'), op.i32Const, 1, op.i32Add, ...set('found'),
    op.end,
    ...get('p'), op.i32Const, ...signed(vectorBytes), op.i32Add, ...set('p'),
    ...get('i'), op.i32Const, 1, op.i32Add, op.localTee, names.indexOf('i'), ...get('count'), op.i32LessUnsigned, op.brIf, 0,
    op.end, op.end,
    ...get('found'), op.end,
  ];
  const locals = [[2, type.v128], [2, type.f32], [3, type.i32]].flat();
  const code = [3, ...locals, ...body];
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [1, 0x60, 5, type.i32, type.i32, type.i32, type.f32, type.i32, 1, type.i32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, ...unsigned(pages)]),
    ...section(7, [2, ...text('memory'), 2, 0, ...text('near'), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}

/** Pages that hold so many bytes. */
export const pagesFor = (bytes: number): number => Math.ceil(bytes / pageBytes);

/** Sum of products of one half of both vectors, four partial sums of it. */
function products(into: 'even' | 'odd', from: number): number[] {
  const loaded = (name: 'a' | 'p', at: number) => [...get(name), ...simd.load, 4, ...unsigned(at)];
  return [
    ...Array.from({ length: featuresEach / 4 }, (_, i) => [...loaded('a', from + 16 * i), ...loaded('p', from + 16 * i), ...simd.multiply, ...(i > 0 ? simd.add : [])]).flat(),
    ...set(into),
  ];
}

const sumOf = (name: 'even' | 'odd') => [0, 1, 2, 3].flatMap((lane) => [...get(name), ...simd.extractLane, lane, ...(lane > 0 ? [op.f32Add] : [])]);
const section = (id: number, content: readonly number[]) => [id, ...unsigned(content.length), ...content];
const text = (name: string) => [name.length, ...[...name].map((letter) => letter.charCodeAt(0))];

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
    if (rest === 0) return bytes;
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}
