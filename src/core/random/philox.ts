import { naturalLogarithm } from './logarithm';
import { multiplyHigh, philox4x32 } from './philoxBlock';

export { multiplyHigh, philox4x32 } from './philoxBlock';

const twoTo32 = 2 ** 32;
const scratch = new Int32Array(4);

/** The key of one named stream under one seed: a CBC chain of Philox blocks over the name's UTF-16 units, closed by its length. */
function streamKey(seed: number, stream: string): [number, number] {
  const k0 = seed % twoTo32 | 0;
  const k1 = Math.floor(seed / twoTo32);
  scratch.fill(0);
  for (let i = 0; i <= stream.length; i += 4) {
    const unit = (at: number) => (at < stream.length ? stream.charCodeAt(at) : 0);
    philox4x32(
      scratch[0]! ^ unit(i), scratch[1]! ^ unit(i + 1), scratch[2]! ^ unit(i + 2), scratch[3]! ^ unit(i + 3), k0, k1, scratch,
    );
  }
  philox4x32(scratch[0]! ^ stream.length, scratch[1]!, scratch[2]!, ~scratch[3]!, k0, k1, scratch);
  return [scratch[0]!, scratch[1]!];
}

function checkIndex(index: number): void {
  if (index >>> 0 !== index) throw new RangeError(`An index of a random stream is an integer from 0 to 2^32 - 1, not ${index}.`);
}

/**
 * Random numbers keyed by (seed, stream, up to three indices): the same key always gives the same numbers, whatever was drawn
 * before or elsewhere. Streams are named after their use ('init:conv1.weight', 'order', 'augment'); indices are for example
 * (epoch, image index). Every value is exact on every JavaScript engine. 2^34 words a key before they repeat.
 */
export class CounterRandom {
  private readonly key0: number;
  private readonly key1: number;
  private index0 = 0;
  private index1 = 0;
  private index2 = 0;
  private block = 0;
  private used = 4;
  private readonly words = new Int32Array(4);
  private spareNormal = Number.NaN;

  /**
   * @param seed integer from 0 to 2^53 - 1
   * @param indices at most three integers from 0 to 2^32 - 1; missing ones are 0
   * @throws RangeError for anything else
   */
  constructor(seed: number, stream: string, ...indices: number[]) {
    if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`A seed is an integer from 0 to 2^53 - 1, not ${seed}.`);
    if (indices.length > 3) throw new RangeError(`A random stream takes three indices at most, not ${indices.length}.`);
    [this.key0, this.key1] = streamKey(seed, stream);
    this.reset(indices[0], indices[1], indices[2]);
  }

  /** Moves to the start of other indices of the same seed and stream, without allocating. */
  reset(index0 = 0, index1 = 0, index2 = 0): this {
    checkIndex(index0);
    checkIndex(index1);
    checkIndex(index2);
    this.index0 = index0;
    this.index1 = index1;
    this.index2 = index2;
    this.block = 0;
    this.used = 4;
    this.spareNormal = Number.NaN;
    return this;
  }

  private word(): number {
    if (this.used === 4) {
      philox4x32(this.block, this.index0, this.index1, this.index2, this.key0, this.key1, this.words);
      this.block = (this.block + 1) | 0;
      this.used = 0;
    }
    return this.words[this.used++]!;
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    return this.word() >>> 0;
  }

  /** A number in [0, 1) with 53 random bits; takes two words. */
  float(): number {
    const high = this.word() >>> 5;
    return (high * 67108864 + (this.word() >>> 6)) / 9007199254740992;
  }

  /**
   * A whole number from 0 to n - 1, each exactly as likely: Lemire, "Fast random integer generation in an interval" (2019).
   * @param n integer from 1 to 2^32 - 1
   */
  integer(n: number): number {
    if (n >>> 0 !== n || n === 0) throw new RangeError(`integer(n) takes an integer from 1 to 2^32 - 1, not ${n}.`);
    let word = this.word();
    let low = Math.imul(word, n) >>> 0;
    if (low < n) {
      const threshold = (twoTo32 - n) % n;
      while (low < threshold) {
        word = this.word();
        low = Math.imul(word, n) >>> 0;
      }
    }
    return multiplyHigh(word, n) >>> 0;
  }

  /** A draw of the standard normal distribution: Marsaglia's polar method, two values at a time, over 32-bit uniforms. */
  normal(): number {
    const spare = this.spareNormal;
    if (!Number.isNaN(spare)) {
      this.spareNormal = Number.NaN;
      return spare;
    }
    for (;;) {
      // The half keeps the grid symmetric about zero and off it.
      const u = ((this.word() >>> 0) + 0.5) / 2147483648 - 1;
      const v = ((this.word() >>> 0) + 0.5) / 2147483648 - 1;
      const s = u * u + v * v;
      if (s >= 1) continue;
      const factor = Math.sqrt((-2 * naturalLogarithm(s)) / s);
      this.spareNormal = v * factor;
      return u * factor;
    }
  }
}

/** The whole numbers 0 to n - 1 in an order drawn uniformly (Fisher and Yates, from the end). */
export function permutation(n: number, random: CounterRandom): Uint32Array {
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const moved = order[i]!;
    order[i] = order[j]!;
    order[j] = moved;
  }
  return order;
}
