import type { ComparedArm, TimeReading } from './comparison';

/**
 * Accuracy at equal training time: at each time at which an arm ends, what every arm had reached after its last whole epoch by then, as a mean
 * over its runs. The front: arms that no other arm beats in time without losing accuracy.
 */
export function readTime(arms: readonly ComparedArm[]): TimeReading {
  const trained = arms.filter(({ n, trainMs }) => n > 0 && trainMs !== null);
  const ends = [...new Set(trained.map(({ trainMs }) => trainMs!))].sort((a, b) => a - b);
  const reached = ({ curve }: ComparedArm, ms: number) => curve.findLast(({ elapsedMs }) => elapsedMs <= ms)?.validation.mean ?? null;
  const fastest = [...trained].sort((a, b) => a.trainMs! - b.trainMs! || b.validation.mean! - a.validation.mean!);
  let best = -Infinity;
  return {
    rows: ends.map((ms) => ({ seconds: ms / 1000, accuracy: Object.fromEntries(trained.map((arm) => [arm.key, reached(arm, ms)])) })),
    front: fastest.filter(({ validation }) => validation.mean! > best && ((best = validation.mean!), true)).map(({ key }) => key),
  };
}
