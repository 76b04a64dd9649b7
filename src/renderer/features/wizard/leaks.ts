import type { LeakPair, SplitLeaks } from '../../../core/audit/types';

/** The image that goes where a pair between splits is parted: what is judged on stays as it is, so the training image, or else the validation image. */
export const partedBy = ({ a, b, splits }: LeakPair): number => {
  const at = splits.indexOf('train');
  return [a, b][at >= 0 ? at : splits.indexOf('validation')]!;
};

/** Left and right as they are shown: what is judged on first. */
export const judgedFirst = (pair: LeakPair): readonly [number, number] => (partedBy(pair) === pair.a ? [pair.b, pair.a] : [pair.a, pair.b]);

/** Pairs between splits, all groups together. */
export const leakCount = ({ groups }: SplitLeaks): number => groups.reduce((sum, { exact, near }) => sum + exact + near, 0);

interface Calls {
  /** Leaks with these images left out under `list`. */
  saveAndAsk(indices: readonly number[]): Promise<SplitLeaks>;
}

/**
 * Adds images to those left out until no listed pair is whole: a list of leaks names only the closest pairs, so that the next ones show up once those are gone.
 * @param already images that the config leaves out before
 * @returns the leaks that remain; those given, where there is nothing to leave out
 */
export async function leaveLeaksOut(leaks: SplitLeaks, already: readonly number[], { saveAndAsk }: Calls): Promise<SplitLeaks> {
  const out = new Set(already);
  let now = leaks;
  for (;;) {
    const before = out.size;
    now.pairs.forEach((pair) => out.add(partedBy(pair)));
    if (out.size === before) return now;
    now = await saveAndAsk([...out].sort((a, b) => a - b));
  }
}
