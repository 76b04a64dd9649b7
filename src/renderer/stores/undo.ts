import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';

export interface Change {
  /** Whose it is: a store's changes are forgotten together. */
  readonly owner: string;
  /** Edits of one thing in a row, such as the typing into one field, are one step; null or absent stands alone. */
  readonly key?: string | null;
  /** The addresses (`location.hash`) on which the change is to be seen; without it, everywhere. */
  readonly within?: RegExp;
  /** True where nothing is left of it to take back, such as after a page's own undo button: it is passed over. */
  readonly spent?: () => boolean;
  readonly undo: () => void;
  readonly redo?: () => void;
}

const longest = 200;

/** What Ctrl Z takes back: one stack for the whole window. On a page only what can be seen there is taken back, newest first. */
export const useUndo = defineStore('undo', () => {
  const past = shallowRef<readonly Change[]>([]);
  const future = shallowRef<readonly Change[]>([]);
  const isHere = ({ within }: Change) => within === undefined || within.test(location.hash);

  /** @returns takes the change off the stack again, where something else has undone it */
  function push(change: Change): () => void {
    const last = past.value.at(-1);
    const goesOn = typeof last?.key === 'string' && last.key === change.key && last.owner === change.owner;
    const kept: Change = goesOn ? { ...change, undo: last.undo } : change;
    past.value = [...(goesOn ? past.value.slice(0, -1) : past.value), kept].slice(-longest);
    future.value = [];
    return () => { past.value = past.value.filter((one) => one !== kept); };
  }
  /** @returns false where nothing is left that could be taken back here */
  function undo(): boolean {
    for (let change = past.value.findLast(isHere); change; change = past.value.findLast(isHere)) {
      past.value = past.value.filter((one) => one !== change);
      if (change.spent?.()) continue;
      change.undo();
      if (change.redo) future.value = [...future.value, change];
      return true;
    }
    return false;
  }
  function redo(): boolean {
    const change = future.value.findLast(isHere);
    if (!change) return false;
    future.value = future.value.filter((one) => one !== change);
    // A key would let the next edit join what was brought back.
    past.value = [...past.value, { ...change, key: null }];
    change.redo!();
    return true;
  }
  const forget = (owner: string): void => {
    past.value = past.value.filter((change) => change.owner !== owner);
    future.value = future.value.filter((change) => change.owner !== owner);
  };
  return { push, undo, redo, forget, count: computed(() => past.value.length) };
});
