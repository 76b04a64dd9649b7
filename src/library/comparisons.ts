import { CultivarError } from '../contracts/errors';
import { experimentSchema, type ExperimentConfig } from '../core/config/experimentSchema';
import { parseWith, problemText } from '../core/config/problems';
import { trialCount } from '../core/design/arms';
import { plannedRunCount } from '../core/design/nextRuns';
import { compareRuns } from '../core/judgement/compareRuns';
import type { Comparison, TestOpeningFact } from '../core/judgement/comparison';
import type { ComparisonInput, JudgedRun } from '../core/judgement/comparisonInput';
import { distinctLevels } from '../core/judgement/level';
import { gpuWasMissed } from '../core/run/askedAndDone';
import { EpochRecords } from './epochRecords';
import { readExperiment, type ExperimentManifest } from './experiments';
import { readPredictions } from './predictions';
import { listRuns, readRun } from './runs';
import type { RunManifest } from './runManifest';
import { testFigureOf } from './testFigures';
import { testOpenings } from './testLedger';

export interface ComparisonOptions {
  /** Instead of the experiment's own; 0.5 for runs picked by hand. */
  readonly marginPoints?: number;
  /** Whether stored predictions are read, for the comparison image by image. */
  readonly images?: boolean;
}

/** One a library and process, so that what was read once is not read again. */
const records = new Map<string, EpochRecords>();
const recordsOf = (library: string) => {
  const known = records.get(library) ?? new EpochRecords(library);
  records.set(library, known);
  return known;
};

/**
 * What an experiment says.
 * @throws CultivarError experiment-unknown, or library-damaged where its manifest or its plan cannot be read
 */
export async function compareExperiment(library: string, experimentId: string, options: ComparisonOptions = {}): Promise<Comparison> {
  const manifest = await readExperiment(library, experimentId);
  const ids = [...new Set(manifest.arms.flatMap(({ runIds }) => runIds))];
  const runs = new Map(await Promise.all(ids.map(async (id) => [id, await unlessGone(library, id)] as const)));
  const comparison = compareRuns(await experimentInput(library, manifest, runs, { images: true, ...options }));
  await recordsOf(library).save();
  return comparison;
}

/**
 * Experiments for a list: without the figures image by image. One that cannot be read gives its error and hides no other.
 * @param experimentIds in the order wanted
 */
export async function compareExperiments(library: string, experimentIds: readonly string[]): Promise<ReadonlyMap<string, Comparison | CultivarError>> {
  const runs = new Map((await listRuns(library)).map((run) => [run.id, run.state === 'readable' ? run.manifest : null]));
  const compared = await Promise.all(experimentIds.map(async (id): Promise<[string, Comparison | CultivarError]> => {
    try {
      return [id, await listedComparison(library, await readExperiment(library, id), runs)];
    } catch (error) {
      if (error instanceof CultivarError) return [id, error];
      throw error;
    }
  }));
  await recordsOf(library).save();
  return new Map(compared);
}

/** What was compared before, by library and experiment; it holds while neither the experiment nor its runs change. */
const compared = new Map<string, { mark: string; comparison: Comparison }>();

async function listedComparison(library: string, manifest: ExperimentManifest, runs: ReadonlyMap<string, RunManifest | null>): Promise<Comparison> {
  const input = await experimentInput(library, manifest, runs, { images: false });
  const mark = JSON.stringify([manifest, input.runs.map(({ runId, status, epochs, surroundings }) => [runId, status, epochs.length, epochs.at(-1), surroundings]), input.testOpenings]);
  const key = `${library} ${manifest.id}`;
  const known = compared.get(key);
  if (known?.mark === mark) return known.comparison;
  const comparison = compareRuns(input);
  compared.set(key, { mark, comparison });
  return comparison;
}

/**
 * What runs picked by hand say; they need not belong together.
 * @throws CultivarError run-unknown, run-damaged
 */
export async function comparePickedRuns(library: string, runIds: readonly string[], options: ComparisonOptions = {}): Promise<Comparison> {
  const ids = [...new Set(runIds)];
  const manifests = await Promise.all(ids.map((id) => readRun(library, id)));
  const runs = await Promise.all(manifests.map((manifest) => judgedRun(library, manifest, null, options.images ?? true)));
  const comparison = compareRuns({
    subject: { kind: 'runs', runIds: ids, name: manifests.map(({ name, id }) => name || id).join(' / ').slice(0, 200) },
    marginPoints: options.marginPoints ?? 0.5, design: null, runs,
    testOpenings: await openingsOf(library, manifests, (runId) => ids.includes(runId)),
  });
  await recordsOf(library).save();
  return comparison;
}

async function experimentInput(
  library: string, manifest: ExperimentManifest, runs: ReadonlyMap<string, RunManifest | null>, { marginPoints, images }: ComparisonOptions,
): Promise<ComparisonInput> {
  const config = planOf(manifest);
  const own = await Promise.all(manifest.arms.flatMap(({ key, runIds, seeds }) => runIds.map(async (id, i): Promise<JudgedRun> => {
    const run = runs.get(id);
    // What waits in an experiment that was cut short is no longer awaited.
    if (!run || (manifest.cutShortAt !== null && run.status === 'queued')) return missingRun(id, key, seeds[i] ?? config.seeds[i] ?? null);
    return judgedRun(library, run, key, images ?? false);
  })));
  const given = config.given.map((result): JudgedRun => ({
    runId: null, name: result.source, armKey: null, seed: null, status: 'given', config: null, given: result, surroundings: null, epochs: [], predictions: null,
  }));
  const held = manifest.arms.flatMap(({ runIds }) => runIds.flatMap((id) => runs.get(id) ?? []));
  return {
    subject: { kind: 'experiment', experimentId: manifest.id, name: manifest.name, question: manifest.question, createdAt: manifest.createdAt },
    marginPoints: marginPoints ?? config.marginPoints,
    design: {
      factors: factorsOf(config, manifest), arms: manifest.arms.map(({ key, levels }) => ({ key, levels })), seeds: config.seeds,
      plannedRuns: Math.max(own.length, config.given.length > 0 && own.length === 0 ? 0 : plannedRunCount(config)), trials: config.search === null ? null : trialCount(config, manifest.arms),
    },
    runs: [...own, ...given],
    testOpenings: await openingsOf(library, held, (runId, experimentId) => experimentId === manifest.id || held.some(({ id }) => id === runId)),
  };
}

/** The plan that holds: the last extension, else the file as it was first given. Its levels were checked when it was stored. */
function planOf(manifest: ExperimentManifest): ExperimentConfig {
  const parsed = parseWith(experimentSchema, manifest.extensions.at(-1)?.given ?? manifest.given);
  if (parsed.ok) return parsed.value;
  throw new CultivarError({
    code: 'library-damaged', message: `The plan of the experiment "${manifest.id}" cannot be read.`,
    remedy: 'Its runs are not touched. Restore the folder from a backup.', detail: parsed.problems.map(problemText).join('\n'),
  });
}

/** The factors, and what a search varied as it came out. */
function factorsOf(config: ExperimentConfig, { arms }: ExperimentManifest): NonNullable<ComparisonInput['design']>['factors'] {
  const searched = [...(config.search?.space ?? []).map(({ field }) => field), ...(config.halving ? ['epochs'] : [])];
  return [...config.factors, ...searched.map((field) => ({ field, levels: distinctLevels(arms.flatMap(({ levels }) => (field in levels ? [levels[field]!] : []))) }))];
}

const missingRun = (runId: string, armKey: string, seed: number | null): JudgedRun =>
  ({ runId, name: runId, armKey, seed, status: 'missing', config: null, given: null, surroundings: null, epochs: [], predictions: null });

async function judgedRun(library: string, run: RunManifest, armKey: string | null, images: boolean): Promise<JudgedRun> {
  const { epochs, plan } = await recordsOf(library).read(run.id);
  const { environment, config: { resolved }, dataset, numericsVersion } = run;
  return {
    runId: run.id, name: run.name, armKey, seed: run.seed, status: run.status, config: resolved, given: null,
    surroundings: {
      datasetRevision: dataset.revision, numericsVersion, device: environment?.device.kind ?? null, ...(environment && gpuWasMissed(resolved.device, environment) && { gpuMissed: true }), precision: environment?.precision ?? resolved.precision,
      intraOpThreads: environment?.intraOpThreads ?? null, tensorflow: environment?.versions.tensorflow ?? null, version: environment?.versions.cultivar ?? null,
      stepsPerEpoch: plan?.stepsPerEpoch ?? null, totalSteps: plan?.totalSteps ?? null,
    },
    epochs, predictions: images && run.status === 'completed' ? await rightOrWrong(library, run) : null,
    test: images && run.status === 'completed' ? await testFigureOf(library, run) : null,
  };
}

/** Per validation image whether the last weights were right; null where none, damaged or older ones are stored. */
async function rightOrWrong(library: string, run: RunManifest): Promise<JudgedRun['predictions']> {
  const stored = await readPredictions(library, run.id, 'validation').catch((error: unknown) => {
    if (error instanceof CultivarError) return null;
    throw error;
  });
  if (!stored || stored.step !== run.summary.step || stored.dataRevision !== run.dataset.revision) return null;
  const { probabilities, labels, indices, classes: { length: classes } } = stored;
  const correct = Uint8Array.from(labels, (label, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return Number(row.indexOf(row.reduce((most, value) => Math.max(most, value), -Infinity)) === label);
  });
  return { indices, correct };
}

async function unlessGone(library: string, id: string): Promise<RunManifest | null> {
  return readRun(library, id).catch((error: unknown) => {
    if (error instanceof CultivarError && (error.code === 'run-unknown' || error.code === 'run-damaged')) return null;
    throw error;
  });
}

/** Openings of the test sets these runs were trained beside, as far as they concern them. */
async function openingsOf(library: string, runs: readonly RunManifest[], concerns: (runId: string, experimentId: string | null) => boolean): Promise<TestOpeningFact[]> {
  const revisions = [...new Set(runs.map(({ dataset }) => dataset.revision))];
  const all = await Promise.all(revisions.map((revision) => testOpenings(library, revision)));
  return all.flat().filter(({ runId, experimentId }) => concerns(runId, experimentId)).map(({ at, runId, purpose }) => ({ at, runId, purpose }));
}
