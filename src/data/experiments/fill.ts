import { rm } from 'node:fs/promises';
import type { Machine } from '../../contracts/machine';
import { experimentSchema, type ExperimentConfig } from '../../core/config/experimentSchema';
import { parseWith } from '../../core/config/problems';
import { nextRuns, type NextRuns, type PlannedRun } from '../../core/design/nextRuns';
import { changeExperiment, currentPlan, type ExperimentArm, type ExperimentManifest } from '../../library/experiments';
import { runFolder } from '../../library/paths';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { invalidConfig, writeRun } from '../newRuns';
import { heldRuns } from './held';
import { causeText, identityHere, identityOf } from './identity';
import { Resolver, type ResolvedRun } from './resolve';

export interface Advance {
  readonly experiment: ExperimentManifest;
  /** Runs that were written now and wait, in the order in which they are to be trained. */
  readonly newRunIds: readonly string[];
  /** Runs of the library that count from now on. */
  readonly reused: readonly { readonly armKey: string; readonly seed: number; readonly runId: string }[];
  readonly then: NextRuns['then'];
  readonly leftOut: number;
}

/**
 * Takes an experiment one step on: what its file and its results so far ask for next is counted from the library, where an equal run is
 * there, or written, waiting. An experiment that was cut short stays as it is. Safe to call at any time and twice.
 * @param machine for reuse; null where the native runtime is not known, and nothing is reused
 * @throws CultivarError experiment-unknown, library-damaged, config-invalid, dataset-unknown, a storage error; then nothing was written
 */
export async function advanceExperiment(library: string, id: string, machine: Machine | null): Promise<Advance> {
  let advance: Omit<Advance, 'experiment'> = { newRunIds: [], reused: [], then: 'complete', leftOut: 0 };
  const experiment = await changeExperiment(library, id, async (manifest) => {
    if (manifest.cutShortAt !== null) return null;
    let changed: ExperimentManifest | null = null;
    for (;;) {
      const filled = await fill(library, changed ?? manifest, machine);
      advance = { ...filled.advance, newRunIds: [...advance.newRunIds, ...filled.advance.newRunIds], reused: [...advance.reused, ...filled.advance.reused] };
      changed = filled.manifest ?? changed;
      // A block that the library has whole is through at once, and its results may already ask for the next.
      if (!filled.manifest || filled.advance.newRunIds.length > 0 || filled.advance.then !== 'waiting') return changed;
    }
  });
  return { experiment, ...advance };
}

/** The experiment's file, as it holds now; its levels were checked when it was stored. @throws CultivarError config-invalid: it was written by another version */
export function planOf(manifest: Pick<ExperimentManifest, 'given' | 'extensions'>): ExperimentConfig {
  const parsed = parseWith(experimentSchema, currentPlan(manifest));
  if (!parsed.ok) throw invalidConfig('The experiment', parsed.problems);
  return parsed.value;
}

async function fill(library: string, manifest: ExperimentManifest, machine: Machine | null): Promise<{ manifest: ExperimentManifest | null; advance: Omit<Advance, 'experiment'> }> {
  const config = planOf(manifest);
  const runs = (await listRuns(library)).flatMap((run) => (run.state === 'readable' ? [run.manifest] : []));
  const held = await heldRuns(library, manifest, new Map(runs.map((run) => [run.id, run])), config.budget.maxMinutes !== null);
  const wanted = await candidates(library, config, (free) => nextRuns(free, held).start);
  const known = new KnownRuns(runs, manifest, machine);
  const there = new Map([...wanted].map(([key, run]) => [key, known.take(run)]));
  const { start, then, leftOut } = nextRuns(config, held, (run) => there.get(keyOf(run)) !== null);

  const reused: Advance['reused'][number][] = [];
  const newRunIds: string[] = [];
  const arms = new Map(manifest.arms.map((arm) => [arm.key, arm]));
  try {
    for (const run of start) {
      const resolved = wanted.get(keyOf(run))!;
      const found = there.get(keyOf(run)) ?? null;
      const runId = found?.id ?? (await writeRun(library, resolved.config, resolved.config, resolved.dataset, manifest.id)).id;
      if (!found || found.status === 'queued') newRunIds.push(runId);
      else if (found.experimentId !== manifest.id) reused.push({ armKey: run.arm.key, seed: run.seed, runId });
      arms.set(run.arm.key, withRun(arms.get(run.arm.key), run, runId));
    }
  } catch (error) {
    for (const runId of newRunIds) if (!known.has(runId)) await rm(runFolder(library, runId), { recursive: true, force: true });
    throw error;
  }
  return { manifest: start.length > 0 ? { ...manifest, arms: [...arms.values()] } : null, advance: { newRunIds, reused, then, leftOut } };
}

/** Every run that could come next were there no budget, resolved: which of them the library has decides what the budget allows. */
export async function candidates(library: string, config: ExperimentConfig, wanted: (free: ExperimentConfig) => readonly PlannedRun[], weights = true): Promise<Map<string, ResolvedRun>> {
  const resolver = new Resolver(library, config, weights);
  const free = { ...config, budget: { maxRuns: null, maxMinutes: null } };
  const resolved = new Map<string, ResolvedRun>();
  for (const run of wanted(free)) resolved.set(keyOf(run), await resolver.run(run));
  return resolved;
}

/** Runs of the library by what they are. Each is given out once: two seeds are two runs. */
export class KnownRuns {
  private readonly orphans = new Map<string, RunManifest>();
  private readonly completed = new Map<string, RunManifest>();
  private readonly ids: ReadonlySet<string>;

  /** @param manifest whose own runs are taken even when they are not done: their process died before it wrote them down here */
  constructor(runs: readonly RunManifest[], manifest: Pick<ExperimentManifest, 'id' | 'arms'> | null, private readonly machine: Machine | null) {
    const listed = new Set(manifest?.arms.flatMap(({ runIds }) => runIds));
    this.ids = new Set(runs.map(({ id }) => id));
    for (const run of runs) {
      if (listed.has(run.id)) continue;
      if (manifest && run.experimentId === manifest.id) this.orphans.set(`${run.dataset.revision} ${causeText(run.config.resolved)}`, run);
      const identity = identityOf(run);
      if (identity !== null) this.completed.set(identity, run);
    }
  }

  has(runId: string): boolean {
    return this.ids.has(runId);
  }

  take({ config, dataset }: ResolvedRun): RunManifest | null {
    const orphan = this.orphans.get(`${dataset.revision} ${causeText(config)}`);
    if (orphan) return orphan;
    return this.machine ? (this.completed.get(identityHere(config, dataset.revision, this.machine)) ?? null) : null;
  }
}

export const keyOf = ({ arm, seed }: PlannedRun) => `${seed} ${arm.key}`;

function withRun(arm: ExperimentArm | undefined, { arm: { key, levels }, seed }: PlannedRun, runId: string): ExperimentArm {
  const before = arm ?? { key, levels: levels as ExperimentArm['levels'], runIds: [], seeds: [] };
  return { ...before, runIds: [...before.runIds, runId], seeds: [...before.seeds, seed] };
}
