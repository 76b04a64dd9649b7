/** Which of a run's weights: those that were trained and are judged, or their moving average beside them (docs/methods/moving-averages.md). */
export const weightsKinds = ['raw', 'ema'] as const;
export type WeightsKind = (typeof weightsKinds)[number];
