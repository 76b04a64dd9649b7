import type { ExperimentPlan } from '../../contracts/calls/experiments';
import { CultivarError } from '../../contracts/errors';
import type { Machine } from '../../contracts/machine';
import { rungsOf } from '../../core/design/halving';
import { nextRuns, plannedRunCount, type HeldRun } from '../../core/design/nextRuns';
import { plannedArms } from '../../core/design/arms';
import { readEvents } from '../../library/events';
import { listExperimentIds, readExperiment } from '../../library/experiments';
import { listRuns } from '../../library/runs';
import { checkedExperiment } from '../newRuns';
import { diskOf } from './diskBytes';
import { Paces, runDurationMs } from './duration';
import { earlierDeviation } from './earlierDeviation';
import { candidates, keyOf, KnownRuns } from './fill';
import { Resolver, type ResolvedRun } from './resolve';

export interface PlanSurroundings {
  readonly machine: Machine | null;
  readonly freeBytes: number;
  /** Runs that wait or train already. */
  readonly ahead: number;
}

/**
 * What starting an experiment would do. Writes nothing.
 * @throws CultivarError config-invalid, naming every field; dataset-unknown
 */
export async function planExperiment(library: string, document: unknown, { machine, freeBytes, ahead }: PlanSurroundings): Promise<ExperimentPlan> {
  const { config } = checkedExperiment(document);
  const runs = (await listRuns(library)).flatMap((run) => (run.state === 'readable' ? [run.manifest] : []));
  const wanted = await candidates(library, config, (free) => nextRuns(free, []).start, false);
  const known = new KnownRuns(runs, null, machine);
  const found = new Map([...wanted].map(([key, run]) => [key, known.take(run)?.id ?? null]));
  const isThere = (run: Parameters<typeof keyOf>[0]) => found.get(keyOf(run)) !== null;

  const paces = new Paces(runs.map((run) => ({ id: run.id, step: run.summary.step, config: run.config.resolved })), async (runId) => eventsOf(library, runId), machine && (machine.gpu === null ? 'cpu' : 'gpu'));
  const resolver = new Resolver(library, config, false);
  const durations = new Map<string, number | null>();
  for (const run of wanted.values()) {
    if (!durations.has(run.arm.key)) durations.set(run.arm.key, await durationOf(run, paces, resolver));
  }
  const { begun, leftOut } = withinBudget(config, isThere, durations);
  const fresh = begun.filter((run) => !isThere(run));
  const arms = plannedArms(config);
  // Later rungs: as many runs as the plan says, of arms that are not known yet.
  const rungs = config.design === 'halving' ? rungsOf(config, arms.length) : [];
  const stretch = rungs.slice(1).reduce((sum, rung) => sum + (rung.arms * rung.epochs) / (rungs[0]!.arms * rungs[0]!.epochs), 1);
  const times = fresh.map(({ arm }) => durations.get(arm.key) ?? null);
  const missing = (key: string) => fresh.filter(({ arm }) => arm.key === key).length;
  const revision = [...wanted.values()][0]?.dataset.revision;
  return {
    runs: plannedRunCount(config) - leftOut,
    reused: begun.filter(isThere).map((run) => ({ armKey: run.arm.key, seed: run.seed, runId: found.get(keyOf(run))! })),
    durationMs: times.every((time) => time !== null) ? times.reduce((sum: number, time) => sum + time, 0) * stretch : null,
    durationByArm: Object.fromEntries(arms.map(({ key }) => [key, scaled(durations.get(key) ?? null, missing(key))])),
    diskBytes: await diskOf(fresh.map((run) => wanted.get(keyOf(run))!.config), plannedRunCount(config) - leftOut - begun.length, resolver),
    freeBytes, ahead, leftOut, arms, rungs,
    earlierDeviation: revision === undefined ? null : earlierDeviation(await readableExperiments(library), new Map(runs.map((run) => [run.id, run])), revision),
  };
}

/** Blocks as they would be begun, each ending after the time that it is thought to take. */
function withinBudget(config: ReturnType<typeof checkedExperiment>['config'], isThere: Parameters<typeof nextRuns>[2], durations: ReadonlyMap<string, number | null>) {
  const held: HeldRun[] = [];
  const begun = [];
  for (;;) {
    const { start, then, leftOut } = nextRuns(config, held, isThere);
    begun.push(...start);
    // A rung's end is not foreseen: what comes after it is counted, not named.
    if (start.length === 0 || then !== 'waiting' || config.design === 'halving') return { begun, leftOut };
    held.push(...start.map((run): HeldRun => ({ armKey: run.arm.key, seed: run.seed, state: 'ended', accuracy: null, own: !isThere!(run), trainMs: durations.get(run.arm.key) ?? 0 })));
  }
}

const scaled = (ms: number | null, runs: number) => (ms === null ? null : ms * runs);

async function durationOf({ config }: ResolvedRun, paces: Paces, resolver: Resolver): Promise<number | null> {
  const pace = await paces.of(config);
  return pace ? runDurationMs(config, await resolver.trainingImages(config), pace) : null;
}

/** A run whose events cannot be read tells no pace. */
async function eventsOf(library: string, runId: string) {
  return (await readEvents(library, runId).catch(passOver(['run-damaged', 'run-unknown'])))?.events ?? [];
}

async function readableExperiments(library: string) {
  const all = await Promise.all((await listExperimentIds(library)).map((id) => readExperiment(library, id).catch(passOver(['library-damaged', 'experiment-unknown']))));
  return all.filter((experiment) => experiment !== null);
}

const passOver = (codes: readonly string[]) => (error: unknown): null => {
  if (error instanceof CultivarError && codes.includes(error.code)) return null;
  throw error;
};
