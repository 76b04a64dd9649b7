import type { PairedAnswers } from '../../../../core/predictions/pairedAnswers';
import type { PredictionReading } from '../../../../core/predictions/reading';

/** The cell of the matrix that holds the most mistakes; the first class's own where there are none. */
export function mostFrequentMistake(confusion: PredictionReading['confusion']): readonly [number, number] {
  let [most, count]: [readonly [number, number], number] = [[0, 0], 0];
  confusion.forEach((row, i) => { row.forEach((images, j) => { if (i !== j && images > count) [most, count] = [[i, j], images]; }); });
  return most;
}

/** `second` less `first`, cell by cell. */
export const changes = (first: PredictionReading['confusion'], second: PredictionReading['confusion']): number[][] =>
  second.map((row, i) => row.map((images, j) => images - first[i]![j]!));

/** Images that came into a cell of the matrix with the second answers, and those that left it. */
export function movedIn(labels: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>, [label, answer]: readonly [number, number]): { readonly came: readonly number[]; readonly left: readonly number[] } {
  const [came, left]: [number[], number[]] = [[], []];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label || first[i] === second[i]) continue;
    if (second[i] === answer) came.push(i);
    if (first[i] === answer) left.push(i);
  }
  return { came, left };
}

/** Corrected and spoiled images by class. */
export function pairedByClass(labels: ArrayLike<number>, classes: number, { corrected, spoiled }: Pick<PairedAnswers, 'corrected' | 'spoiled'>): { corrected: number; spoiled: number }[] {
  const counts = Array.from({ length: classes }, () => ({ corrected: 0, spoiled: 0 }));
  for (const image of corrected) counts[labels[image]!]!.corrected++;
  for (const image of spoiled) counts[labels[image]!]!.spoiled++;
  return counts;
}
