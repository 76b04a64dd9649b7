import type { ExperimentConfig } from '../config/experimentSchema';
import { plannedArm, plannedArms, type PlannedArm } from './arms';
import { promoted, rungsOf } from './halving';

/** A run that an experiment has. */
export interface HeldRun {
  readonly armKey: string;
  readonly seed: number;
  /** `open`: it waits, trains, or can be gone on with. `ended`: nothing more will come of it. */
  readonly state: 'open' | 'ended';
  /** Validation accuracy of the last epoch of a completed run; null for any other. */
  readonly accuracy: number | null;
  /** Trained for this experiment; false for a run that was there and is counted. */
  readonly own: boolean;
  readonly trainMs: number;
}

export interface PlannedRun {
  readonly arm: PlannedArm;
  readonly seed: number;
}

export interface NextRuns {
  /** To be begun (or counted from the library) now, in this order. */
  readonly start: readonly PlannedRun[];
  /** `complete`: every run of the plan exists. `waiting`: what comes next is known once open runs have ended. `budget-used`: the rest is left out. */
  readonly then: 'complete' | 'waiting' | 'budget-used';
  /** Runs of the plan that the budget leaves out. */
  readonly leftOut: number;
}

/**
 * What an experiment begins next, from its file and its runs: the one rule of the window and the command line. Runs come in blocks, a seed
 * of every arm or a rung of a halving, and the budget cuts between blocks only: half a block compares nothing.
 * @param isThere whether the library has a run that counts as this one, so that it costs nothing
 */
export function nextRuns(config: ExperimentConfig, held: readonly HeldRun[], isThere: (run: PlannedRun) => boolean = () => false): NextRuns {
  const has = new Set(held.map(({ armKey, seed }) => runKey(armKey, seed)));
  const { blocks, rest } = blocksOf(config, held);
  const { maxRuns, maxMinutes } = config.budget;
  let allowed = (maxRuns ?? Infinity) - held.filter(({ own }) => own).length;
  const start: PlannedRun[] = [];
  for (const [i, block] of blocks.entries()) {
    const missing = block.filter(({ arm, seed }) => !has.has(runKey(arm.key, seed)));
    if (missing.length === 0) continue;
    const fresh = missing.filter((run) => !isThere(run)).length;
    const leftOut = () => rest + blocks.slice(i).flat().filter(({ arm, seed }) => !has.has(runKey(arm.key, seed))).length;
    if (fresh > allowed) return { start, then: 'budget-used', leftOut: leftOut() };
    if (maxMinutes !== null && fresh > 0) {
      // How long a block takes is known when it has ended.
      if (start.length > 0 || held.some(({ state }) => state === 'open')) return { start, then: 'waiting', leftOut: 0 };
      if (minutesTrained(held) >= maxMinutes) return { start, then: 'budget-used', leftOut: leftOut() };
    }
    start.push(...missing);
    allowed -= fresh;
  }
  return { start, then: rest > 0 ? 'waiting' : 'complete', leftOut: 0 };
}

/** Runs of a plan that goes as it should. */
export function plannedRunCount(config: ExperimentConfig): number {
  const arms = plannedArms(config).length;
  return config.seeds.length * (config.design === 'halving' ? rungsOf(config, arms).reduce((sum, rung) => sum + rung.arms, 0) : arms);
}

const runKey = (armKey: string, seed: number) => `${seed} ${armKey}`;
const minutesTrained = (held: readonly HeldRun[]) => held.filter(({ own }) => own).reduce((sum, { trainMs }) => sum + trainMs, 0) / 60_000;

/** Blocks as far as they are known; `rest`: runs of those that are not. */
function blocksOf(config: ExperimentConfig, held: readonly HeldRun[]): { blocks: PlannedRun[][]; rest: number } {
  const arms = plannedArms(config);
  if (config.design !== 'halving') return { blocks: config.seeds.map((seed) => arms.map((arm) => ({ arm, seed }))), rest: 0 };
  const rungs = rungsOf(config, arms.length);
  const block = (of: readonly PlannedArm[]) => config.seeds.flatMap((seed) => of.map((arm) => ({ arm, seed })));
  const blocks = [block(arms)];
  let before = arms;
  for (const [k, rung] of rungs.entries()) {
    if (k === 0) continue;
    const next = armsOfRung(before, rung, held, config.seeds);
    if (!next) return { blocks, rest: config.seeds.length * rungs.slice(k).reduce((sum, later) => sum + later.arms, 0) };
    if (next.length > 0) blocks.push(block(next));
    before = next;
  }
  return { blocks, rest: 0 };
}

/** Promotions that were made stand, whatever seeds are added later; null while the rung before is not through. */
function armsOfRung(before: readonly PlannedArm[], { epochs, arms: count }: { epochs: number; arms: number }, held: readonly HeldRun[], seeds: readonly number[]): PlannedArm[] | null {
  const longer = (arm: PlannedArm) => plannedArm({ ...arm.levels, epochs });
  const begun = new Set(held.map(({ armKey }) => armKey));
  const made = before.map(longer).filter(({ key }) => begun.has(key));
  if (made.length > 0) return made;
  const runsOf = (arm: PlannedArm) => held.filter(({ armKey }) => armKey === arm.key);
  if (!before.every((arm) => seeds.every((seed) => runsOf(arm).some((run) => run.seed === seed && run.state === 'ended')))) return null;
  const accuracies = new Map(before.map((arm) => [arm.key, runsOf(arm).map(({ accuracy }) => accuracy)]));
  return promoted(before, accuracies, count).map(longer);
}
