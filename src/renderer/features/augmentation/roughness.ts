import type { Size } from '../../../core/augmentation/image';

/** Two frames: exact tiles that take no longer are shown while a slider moves. */
const soonMs = 33;
/** Without a change for so long things are still: longer than from one step of a slider, or of a key that is held, to the next. */
export const stillMs = 90;
/** A smaller image has too few pixels to lose. */
const leastSide = 96;

/** At one over what a preview is drawn; null: it needs none. @param by of the exact tiles @param exactMs what they took the last time */
export const roughAt = ({ width, height }: Size, by: number, exactMs: number): number | null =>
  (exactMs <= soonMs || Math.max(width, height) < leastSide ? null : Math.max(2, by));
