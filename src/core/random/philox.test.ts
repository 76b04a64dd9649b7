import { describe, expect, it } from 'vitest';
import { naturalLogarithm } from './logarithm';
import { CounterRandom, multiplyHigh, permutation, philox4x32 } from './philox';

function block(counter: number[], key: number[]): string {
  const out = new Uint32Array(4);
  philox4x32(counter[0]!, counter[1]!, counter[2]!, counter[3]!, key[0]!, key[1]!, out);
  return [...out].map((word) => word.toString(16).padStart(8, '0')).join(' ');
}

describe('Philox4x32-10', () => {
  it('gives the known answers of Random123 (kat_vectors)', () => {
    const ones = 0xffffffff;
    expect(block([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(block([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    );
  });

  it('multiplies to the upper 32 bits exactly', () => {
    const random = new CounterRandom(1, 'test');
    const edges = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];
    const values = [...edges, ...Array.from({ length: 200 }, () => random.uint32())];
    for (const a of values) {
      for (const b of values) expect(multiplyHigh(a, b) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
    }
  });
});

describe('CounterRandom', () => {
  const take = (random: CounterRandom, n = 8) => Array.from({ length: n }, () => random.uint32());

  it('stays what it is: a change here changes every recorded run', () => {
    expect(take(new CounterRandom(0, 'order', 0), 5)).toMatchInlineSnapshot(`
      [
        312538865,
        3323192334,
        203049774,
        4055191692,
        3557500922,
      ]
    `);
    expect(take(new CounterRandom(2 ** 53 - 1, 'init:conv1.weight'), 5)).toMatchInlineSnapshot(`
      [
        3736125875,
        1825113164,
        1611537087,
        691626402,
        623981056,
      ]
    `);
    const random = new CounterRandom(7, 'augment', 3, 44999);
    expect([random.float(), random.normal(), random.normal(), random.integer(31)]).toMatchInlineSnapshot(`
      [
        0.6077604649302729,
        -0.7061314217137635,
        -0.0870805774455412,
        3,
      ]
    `);
  });

  it('differs by seed (all 53 bits), stream and every index, and repeats for the same key', () => {
    const keys: [number, string, ...number[]][] = [
      [0, 'a'], [1, 'a'], [2 ** 32, 'a'], [2 ** 52, 'a'], [0, 'b'], [0, ''], [0, 'a\0'], [0, 'abcd'], [0, 'abcde'],
      [0, 'a', 1], [0, 'a', 0, 1], [0, 'a', 0, 0, 1], [0, 'a', 0xffffffff],
    ];
    const seen = keys.map((key) => take(new CounterRandom(...key)).join());
    expect(new Set(seen).size).toBe(keys.length);
    expect(keys.map((key) => take(new CounterRandom(...key)).join())).toEqual(seen);
  });

  it('resets to other indices as if built for them', () => {
    const random = new CounterRandom(5, 'augment', 1, 2);
    random.normal();
    for (const [epoch, image] of [[0, 0], [1, 2], [9, 4999]] as const) {
      random.reset(epoch, image);
      const fresh = new CounterRandom(5, 'augment', epoch, image);
      expect([random.normal(), random.float(), ...take(random)]).toEqual([fresh.normal(), fresh.float(), ...take(fresh)]);
    }
  });

  it('refuses seeds, indices and ranges that it would have to fold', () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => new CounterRandom(seed, 'a')).toThrow(RangeError);
    for (const index of [-1, 0.5, 2 ** 32]) expect(() => new CounterRandom(0, 'a', index)).toThrow(RangeError);
    expect(() => new CounterRandom(0, 'a', 1, 2, 3, 4)).toThrow(RangeError);
    for (const n of [0, -1, 1.5, 2 ** 32]) expect(() => new CounterRandom(0, 'a').integer(n)).toThrow(RangeError);
  });

  it('draws integers evenly', () => {
    const random = new CounterRandom(11, 'test');
    const counts = new Array<number>(31).fill(0);
    const draws = 310_000;
    for (let i = 0; i < draws; i++) counts[random.integer(31)]!++;
    const expected = draws / 31;
    const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquared).toBeLessThan(59.7); // 0.999 quantile, 30 degrees of freedom
    expect(chiSquared).toBeGreaterThan(11.6); // 0.001 quantile
    // A range that does not divide 2^32: without rejection the lower half would come twice as often.
    const large = 3 * 2 ** 30;
    let low = 0;
    for (let i = 0; i < 20_000; i++) if (random.integer(large) < large / 2) low++;
    expect(Math.abs(low - 10_000)).toBeLessThan(4 * 71);
  });

  it('draws floats and normals with the right moments', () => {
    const random = new CounterRandom(3, 'test');
    const n = 400_000;
    let floatSum = 0;
    const moments = [0, 0, 0, 0];
    let beyond2 = 0;
    let product = 0;
    for (let i = 0; i < n; i += 2) {
      const x = random.normal();
      const y = random.normal();
      product += x * y;
      for (const z of [x, y]) {
        for (let k = 0; k < 4; k++) moments[k]! += z ** (k + 1) / n;
        if (Math.abs(z) > 2) beyond2++;
      }
      const f = random.float();
      expect(f >= 0 && f < 1).toBe(true);
      floatSum += f;
    }
    const sigma = 1 / Math.sqrt(n);
    expect(Math.abs(moments[0]!)).toBeLessThan(4 * sigma);
    expect(Math.abs(moments[1]! - 1)).toBeLessThan(4 * sigma * Math.sqrt(2));
    expect(Math.abs(moments[2]!)).toBeLessThan(4 * sigma * Math.sqrt(15));
    expect(Math.abs(moments[3]! - 3)).toBeLessThan(4 * sigma * Math.sqrt(96));
    expect(Math.abs(beyond2 / n - 0.0455)).toBeLessThan(4 * sigma * 0.21);
    expect(Math.abs(product / (n / 2))).toBeLessThan(4 * sigma * Math.SQRT2);
    expect(Math.abs(floatSum / (n / 2) - 0.5)).toBeLessThan(0.003);
  });

  it('takes logarithms to the last bits', () => {
    const random = new CounterRandom(4, 'test');
    for (let i = 0; i < 20_000; i++) {
      const x = random.float() * 2 ** (random.integer(80) - 70) || 1;
      expect(Math.abs(naturalLogarithm(x) - Math.log(x))).toBeLessThanOrEqual(5e-16 * Math.max(Math.abs(Math.log(x)), 1e-3));
    }
    expect(naturalLogarithm(1)).toBe(0);
  });
});

describe('permutation', () => {
  it('holds every number once and puts each anywhere as often', () => {
    expect([...permutation(0, new CounterRandom(0, 'order'))]).toEqual([]);
    expect([...permutation(1, new CounterRandom(0, 'order'))]).toEqual([0]);
    const order = permutation(1000, new CounterRandom(0, 'order', 2));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    const random = new CounterRandom(1, 'order');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const key = permutation(4, random).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(chiSquared).toBeLessThan(49.7); // 0.999 quantile, 23 degrees of freedom
  });
});
