import type { CurvePoint, FitReading } from './comparison';

/** Points of gap or change from which a reading is made (docs/methods/fit-reading.md). */
const limits = { wideGap: 10, gap: 5, lost: 1, gaining: 1, growing: 1 } as const;

/**
 * Reads over- and underfitting from an arm's mean curve, the gap from plain training images alone.
 * Overfitting: a gap of 10 points; or of 5 with validation a point below its peak, or with a gap that grew by a point over the last third while
 * validation did not gain one. Underfitting: a smaller gap while validation still gained a point. Unknown without plain training images.
 */
export function readFit(curve: readonly CurvePoint[]): FitReading {
  const last = curve.at(-1);
  const epochs = last?.epoch ?? 0;
  const peak = curve.reduce<CurvePoint | null>((best, point) => (best && best.validation.mean >= point.validation.mean ? best : point), null);
  const third = last && epochs >= 3 ? curve.find(({ epoch }) => epoch >= Math.round((epochs * 2) / 3)) : undefined;
  const gap = (point: CurvePoint | undefined) => (point?.plainTrain ? (point.plainTrain.mean - point.validation.mean) * 100 : null);
  const [gapPoints, before] = [gap(last), gap(third)];
  const figures = {
    gapPoints,
    gapTrendPoints: gapPoints !== null && before !== null ? gapPoints - before : null,
    validationPeakEpoch: peak?.epoch ?? null, epochs,
    lostSincePeakPoints: peak && last ? (peak.validation.mean - last.validation.mean) * 100 : null,
    stillGainingPoints: third && last ? (last.validation.mean - third.validation.mean) * 100 : null,
  };
  return { kind: kindOf(figures), ...figures };
}

function kindOf({ gapPoints, gapTrendPoints, lostSincePeakPoints, stillGainingPoints }: Omit<FitReading, 'kind'>): FitReading['kind'] {
  if (gapPoints === null) return 'unknown';
  const gaining = (stillGainingPoints ?? 0) >= limits.gaining;
  const costs = (lostSincePeakPoints ?? 0) >= limits.lost || ((gapTrendPoints ?? 0) >= limits.growing && !gaining);
  if (gapPoints >= limits.wideGap || (gapPoints >= limits.gap && costs)) return 'overfitting';
  return gaining ? 'underfitting' : 'balanced';
}
