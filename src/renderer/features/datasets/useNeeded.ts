import { shallowRef, watch } from 'vue';
import type { CultivarErrorData } from '../../../contracts/errors';
import { asErrorData } from '../../api';

interface Source<V> {
  /** What the keys are of, as text: where it changes, nothing that is held counts any more. */
  readonly of: () => string;
  /** Keys asked for in one call. */
  readonly perCall: number;
  /** Asks for the values of keys. What it answers with is called only if they are still of the same. */
  readonly fetch: (keys: readonly number[]) => Promise<() => readonly V[]>;
  /** How many values the window keeps; the oldest go first. */
  readonly kept: () => number;
}

/** Values by whole-number key, fetched as they come into sight, one call after another; what has scrolled by before its turn is not fetched. */
export function useNeeded<V>({ of, perCall, fetch, kept }: Source<V>) {
  const held = new Map<number, V>();
  const version = shallowRef(0);
  const error = shallowRef<CultivarErrorData | null>(null);
  let wanted: number[] = [];
  /** What is in sight, as last told. */
  let needed: readonly number[] = [];
  let asking = false;
  let epoch = 0;

  watch(of, () => {
    epoch++;
    held.clear();
    wanted = [];
    needed = [];
    error.value = null;
    version.value++;
  });
  async function pump(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      while (wanted.length > 0) {
        const own = epoch;
        const keys = wanted.splice(0, perCall);
        const values = await fetch(keys);
        if (own !== epoch) continue;
        values().forEach((value, i) => held.set(keys[i]!, value));
        for (const oldest of held.keys()) {
          // All that is in sight stays, however large the window is.
          if (held.size <= Math.max(kept(), needed.length)) break;
          held.delete(oldest);
        }
        error.value = null;
        version.value++;
      }
    } catch (reason) {
      wanted = [];
      error.value = asErrorData(reason);
    } finally {
      asking = false;
    }
  }
  /** In place of what was needed before. */
  function need(keys: readonly number[]): void {
    needed = [...new Set(keys)];
    wanted = needed.filter((key) => !held.has(key));
    void pump();
  }
  /** After an error: asks again for what is in sight. */
  function retry(): void {
    error.value = null;
    need(needed);
  }
  /** Null until it is there. */
  const at = (key: number): V | null => (version.value >= 0 ? held.get(key) ?? null : null);
  return { need, retry, at, error };
}
