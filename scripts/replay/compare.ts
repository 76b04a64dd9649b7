import type { TrajectoryResult } from './trajectories';

/** The deviation from float64 that uses up most of its tolerance. */
export interface Deviation {
  /** Which number it is: a step, a logit's place, a tensor's name. */
  readonly where: string;
  readonly deviation: number;
  readonly tolerance: number;
  /** The largest deviation anywhere, which may be another number's. */
  readonly largest: number;
}

export interface Comparison {
  readonly loss: Deviation;
  readonly logits: Deviation;
  readonly l2: Deviation;
}

interface Sample {
  readonly where: string;
  readonly deviation: number;
  readonly tolerance: number;
}

/** How far PyTorch's own float32 may be exceeded; the constant is for steps where it happens to be right. */
const factor = 20;
const floor = 1e-4;

/**
 * Compares with PyTorch's float64. Tolerances come from what PyTorch's float32 deviates itself:
 * - loss, at each step: 20 × that deviation + 1e-4;
 * - logits: 20 × the largest deviation of any + 1e-4 × the largest logit (at least 1e-4);
 * - l2: 20 × that deviation + 1e-4 × the norm (at least 1e-4).
 */
export function compare(engine: TrajectoryResult, float64: TrajectoryResult, float32: TrajectoryResult): Comparison {
  const [ours, exact, single] = [engine, float64, float32].map(({ logits }) => logits.flat()) as [number[], number[], number[]];
  const spread = Math.max(...exact.map((value, i) => Math.abs(value - single[i]!)));
  const scale = Math.max(1, ...exact.map(Math.abs));
  return {
    loss: worst(
      float64.loss.map((value, step) => ({
        where: `step ${step}`,
        deviation: Math.abs(engine.loss[step]! - value),
        tolerance: factor * Math.abs(float32.loss[step]! - value) + floor,
      })),
    ),
    logits: worst(
      exact.map((value, i) => ({ where: `logit ${i}`, deviation: Math.abs(ours[i]! - value), tolerance: factor * spread + floor * scale })),
    ),
    l2: worst(
      Object.entries(float64.l2).map(([name, value]) => ({
        where: name,
        deviation: Math.abs(engine.l2[name]! - value),
        tolerance: factor * Math.abs(float32.l2[name]! - value) + floor * Math.max(1, value),
      })),
    ),
  };
}

/** A deviation that is no number counts as the worst there can be. */
const share = ({ deviation, tolerance }: Sample): number => (Number.isFinite(deviation) ? deviation / tolerance : Infinity);

function worst(samples: readonly Sample[]): Deviation {
  const sample = samples.reduce((a, b) => (share(b) > share(a) ? b : a));
  return { ...sample, largest: Math.max(...samples.map(({ deviation }) => deviation)) };
}

export const passes = (comparison: Comparison): boolean =>
  Object.values(comparison).every(({ deviation, tolerance }: Deviation) => deviation <= tolerance);
