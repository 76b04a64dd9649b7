import type { SplitIndices } from '../data/split';
import type { DatasetAudit, LeakGroup, LeakPair, RunSplit, SplitLeaks } from './types';

/** Pairs that are listed at most. */
const mostListed = 500;

const groups = [['train', 'validation'], ['train', 'test'], ['validation', 'test']] as const;

/**
 * Twins between a run's own splits, from what is known of its whole data set.
 * @param split what the run trains on and is validated on: images that it does not use, and those that its list leaves out, take no part. Test images
 *   always do: no list takes them out of the test
 * @param threshold distance up to which near duplicates count
 */
export function splitLeaks(audit: DatasetAudit, split: Pick<SplitIndices, 'train' | 'validation'>, threshold: number): Pick<SplitLeaks, 'groups' | 'pairs'> {
  const splitOf = new Map<number, RunSplit>();
  for (const index of split.train) splitOf.set(index, 'train');
  for (const index of split.validation) splitOf.set(index, 'validation');
  const of = (index: number): RunSplit | undefined => (index >= audit.counts.train ? 'test' : splitOf.get(index));
  const across = audit.pairs.flatMap((pair): LeakPair[] => {
    if (pair.kind === 'near' && pair.distance > threshold) return [];
    const [one, other] = [of(pair.a), of(pair.b)];
    if (one === undefined || other === undefined || one === other) return [];
    return [{ ...pair, splits: [one, other], labels: [audit.labels[pair.a]!, audit.labels[pair.b]!] }];
  });
  return { groups: groups.map(([from, to]) => groupOf(across, from, to)), pairs: across.slice(0, mostListed) };
}

function groupOf(pairs: readonly LeakPair[], from: RunSplit, to: RunSplit): LeakGroup {
  const own = pairs.filter(({ splits: [one, other] }) => (one === from && other === to) || (one === to && other === from));
  const exact = own.filter(({ kind }) => kind === 'exact').length;
  const images = new Set(own.map(({ a, b, splits: [one] }) => (one === to ? a : b)));
  return { between: `${from}-${to}` as LeakGroup['between'], exact, near: own.length - exact, images: images.size };
}
