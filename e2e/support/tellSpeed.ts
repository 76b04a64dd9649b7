import { appendFileSync } from 'node:fs';

/** A row of the table of speeds. `high`: the 99th percentile, or the slowest of few; null where there is but one figure. Milliseconds. */
export interface Speed {
  readonly what: string;
  readonly middle: number;
  readonly high: number | null;
  readonly wanted: { readonly middle: number; readonly high?: number };
}

/** Where `npm run speed` collects what its measurements tell. */
export const speedFile = 'CULTIVAR_SPEEDS';

/** Tells a figure to `npm run speed`; run alone, a measurement prints its own. */
export function tellSpeed(speed: Speed): void {
  const file = process.env[speedFile];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(speed)}\n`);
}

/** A value of which a share is at most as large. */
export function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}
