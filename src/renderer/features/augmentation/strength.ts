import { spread, type StripSubject } from '../../../core/inspection';
import type { Draw } from '../../../core/augmentation';

/** Steps that a row of `count` tiles shows: evenly from the weakest to the strongest, and the chosen one in place of its neighbour. */
export function shownSteps(steps: number, count: number, chosen: number): number[] {
  const even = spread(steps, count);
  if (even.includes(chosen)) return even;
  const nearest = even.reduce((best, step, i) => (Math.abs(step - chosen) < Math.abs(even[best]! - chosen) ? i : best), 0);
  return even.map((step, i) => (i === nearest ? chosen : step));
}

/** Which strip a draw belongs to, and where on it: what a tile that is chosen puts on the slider. null: none of these draws has a strength. */
export function placeOnStrip(draws: readonly Draw[], subjects: readonly StripSubject[]): { readonly id: string; readonly step: number; readonly direction: 1 | -1 } | null {
  for (const draw of draws) {
    if (draw.kind !== 'operation' || draw.bin === null || (draw.by === 'autoAugment' && !draw.applied)) continue;
    const subject = subjects.find((one) => one.of === 'image' && one.term === draw.name && one.steps > draw.bin!);
    if (subject) return { id: subject.id, step: draw.bin, direction: subject.signed && draw.magnitude < 0 ? -1 : 1 };
  }
  return null;
}
