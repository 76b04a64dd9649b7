import type { InspectedData } from '../../../contracts/calls/inspection';

/** Images that are offered, ascending: those that a run trains on, of one class or (null) of all. */
export const candidatesOf = ({ train, labels }: Pick<InspectedData, 'train' | 'labels'>, label: number | null): Uint32Array =>
  (label === null ? train : train.filter((image) => labels[image] === label));

/** The first of `sorted` that is not below `value`; their count where all are. */
export function lowerBound(sorted: Uint32Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The candidate so many places on, around the ends; null where there is none. From an image that is none itself (validation) the next one counts as the first step. */
export function stepFrom(candidates: Uint32Array, image: number, by: number): number | null {
  const { length } = candidates;
  if (length === 0) return null;
  const at = lowerBound(candidates, image);
  const isOne = candidates[at] === image;
  const to = at + by - (isOne || by < 0 ? 0 : 1);
  return candidates[((to % length) + length) % length]!;
}

/** So many candidates from the image on, itself left out, around the end. */
export function following(candidates: Uint32Array, image: number, count: number): number[] {
  const at = lowerBound(candidates, image);
  const after = candidates[at] === image ? at + 1 : at;
  const others = candidates.length - (candidates[at] === image ? 1 : 0);
  return Array.from({ length: Math.min(count, others) }, (_, i) => candidates[(after + i) % candidates.length]!);
}
