import type { Column } from './events';

/** Growable columns that many views share: appended to in place, never changed within any view's length. */
interface Storage {
  columns: Float64Array[];
  used: number;
}

/**
 * Columns of numbers, immutable to its reader. Appending gives a new series and costs the appended points only, so a run
 * of a million steps is replayed in linear time. `key` columns are named by the type.
 */
export class Series<K extends string> {
  private constructor(
    private readonly names: readonly K[],
    private readonly storage: Storage,
    readonly length: number,
  ) {}

  static empty<K extends string>(names: readonly K[]): Series<K> {
    return new Series(names, { columns: names.map(() => new Float64Array(64)), used: 0 }, 0);
  }

  /** The values of one column; a view, not to be written to. */
  column(name: K): Float64Array {
    return this.storage.columns[this.names.indexOf(name)].subarray(0, this.length);
  }

  last(name: K): number | null {
    return this.length === 0 ? null : this.storage.columns[this.names.indexOf(name)][this.length - 1];
  }

  /** @throws RangeError where columns differ in length */
  append(values: Readonly<Record<K, Column>>): Series<K> {
    const count = values[this.names[0]].length;
    if (this.names.some((name) => values[name].length !== count)) throw new RangeError('columns of different length');
    if (count === 0) return this;
    const storage = this.storage.used === this.length ? this.storage : this.copy();
    const needed = this.length + count;
    if (needed > storage.columns[0].length) {
      const capacity = Math.max(needed, storage.columns[0].length * 2);
      storage.columns = storage.columns.map((old) => {
        const grown = new Float64Array(capacity);
        grown.set(old);
        return grown;
      });
    }
    for (let i = 0; i < this.names.length; i++) {
      const [column, points] = [storage.columns[i], values[this.names[i]]];
      // One by one, which for a point or two is many times faster than `set`.
      if (count > 16) column.set(points, this.length);
      else for (let at = 0; at < count; at++) column[this.length + at] = points[at];
    }
    storage.used = needed;
    return new Series(this.names, storage, needed);
  }

  /** The leading points whose `name` is at most `limit`; the column must rise. */
  upTo(name: K, limit: number): Series<K> {
    const column = this.column(name);
    let keep = column.length;
    while (keep > 0 && column[keep - 1] > limit) keep -= 1;
    return keep === this.length ? this : new Series(this.names, this.storage, keep);
  }

  private copy(): Storage {
    return { columns: this.storage.columns.map((column) => column.slice()), used: this.length };
  }
}
