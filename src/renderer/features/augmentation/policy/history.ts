/** States before and after the one that is shown. `key`: of the edit that led here; the next of the same key (a slider that is dragged) is part of it. */
export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  readonly key: string | null;
}

const longest = 200;

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], key: null });

/** @param key names an edit that goes on; null for one that stands alone */
export function edited<T>({ past, present, key: before }: History<T>, next: T, key: string | null): History<T> {
  const goesOn = key !== null && key === before;
  return { past: goesOn ? past : [...past, present].slice(-longest), present: next, future: [], key };
}

export function undone<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return past.length === 0 ? history : { past: past.slice(0, -1), present: past.at(-1)!, future: [present, ...future], key: null };
}

export function redone<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  return future.length === 0 ? history : { past: [...past, present], present: future[0]!, future: future.slice(1), key: null };
}
