import { createHash } from 'node:crypto';
import type { Labels } from '../core/data/labels';
import type { StoredPredictions } from '../contracts/calls/experiments';
import { CultivarError, toErrorData } from '../contracts/errors';
import { operationsOf } from '../core/augmentation';
import type { Augmentation } from '../core/config/augmentation';
import type { Comparison } from '../core/judgement/comparison';
import type { Locale } from '../core/text/format';
import { excludedBy } from '../data/audit/excludeLists';
import { datasetSplit } from '../data/datasetSplit';
import { openDataset } from '../data/openDataset';
import { shellQuoted } from '../library/atomic';
import { readEvents } from '../library/events';
import { currentPlan, readExperiment } from '../library/experiments';
import { readRun } from '../library/runs';
import { stringifyJson } from '../library/json';
import { readArm } from './armPredictions';
import type { ReportData, ReportDataset, ReportExperiment, ReportPredictions, ReportRun } from './data';
import { augmentationStrips, worstImages } from './pictures';
import { withoutOwnPaths } from './ownPaths';

export interface GatherInput {
  readonly library: string;
  readonly comparison: Comparison;
  readonly locale: Locale;
  readonly cultivarVersion: string;
  /** Validation predictions of a run: stored, or computed where the caller wants that; null where there are none. */
  readonly predictions: (runId: string) => Promise<StoredPredictions | null>;
  readonly now?: Date;
}

/**
 * Reads all that a report shows. What cannot be read is named in it; nothing of a damaged run stops the rest.
 * @throws CultivarError library-damaged for the experiment itself, a storage error
 */
export async function gatherReport({ library, comparison, locale, cultivarVersion, predictions, now = new Date() }: GatherInput): Promise<ReportData> {
  const { runs, unreadable } = await readRuns(library, comparison);
  const opened = await openReportDataset(library, runs);
  const data: ReportData = {
    locale, writtenAt: now.toISOString(), cultivarVersion, comparison, runs, unreadable,
    experiment: comparison.subject.kind === 'experiment' ? await readPlan(library, comparison.subject.experimentId) : null,
    dataset: opened?.dataset ?? null,
    predictions: await readAllPredictions(library, comparison, runs, opened, predictions),
    augmentation: opened ? await drawAugmentation(library, runs, opened) : [],
    command: commandOf(comparison, locale),
  };
  return withoutOwnPaths(data, library);
}

type Opened = { readonly dataset: ReportDataset; readonly trainIndices: Uint32Array; readonly labels: Labels };

async function readRuns(library: string, comparison: Comparison): Promise<Pick<ReportData, 'runs' | 'unreadable'>> {
  const runs: ReportRun[] = [];
  const unreadable: { runId: string; error: ReturnType<typeof toErrorData> }[] = [];
  for (const arm of comparison.arms) {
    for (const { runId, trainMs } of arm.runs) {
      if (runId === null) continue;
      try {
        runs.push(await readOne(library, runId, arm.key, trainMs));
      } catch (error) {
        unreadable.push({ runId, error: toErrorData(error) });
      }
    }
  }
  return { runs, unreadable };
}

async function readOne(library: string, runId: string, armKey: string, trainMs: number | null): Promise<ReportRun> {
  const manifest = await readRun(library, runId);
  const { events } = await readEvents(library, runId);
  const { environment, startedAt, endedAt } = manifest;
  const started = events.find((event) => event.type === 'started');
  return {
    id: runId, name: manifest.name, armKey, seed: manifest.seed, status: manifest.status, config: manifest.config.resolved, revision: manifest.dataset.revision, numericsVersion: manifest.numericsVersion,
    environment: environment && {
      device: environment.device.kind, deviceName: environment.device.name, gpuNotUsed: environment.gpuNotUsed, intraOpThreads: environment.intraOpThreads,
      ...environment.versions,
    },
    startedAt, endedAt, trainMs, wallMs: startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : null, steps: manifest.summary.step, parameterCount: started?.parameterCount ?? null,
    failure: manifest.failure?.message ?? null,
    warnings: [...new Set(events.flatMap((event) => (event.type === 'warned' ? [event.error.message] : [])))], resumes: events.filter((event) => event.type === 'resumed').length,
  };
}

async function readPlan(library: string, id: string): Promise<ReportExperiment> {
  const manifest = await readExperiment(library, id);
  const given = currentPlan(manifest);
  const file = `${stringifyJson(given, 2)}\n`;
  const seeds = (given as { seeds?: unknown } | null)?.seeds;
  return { id, createdAt: manifest.createdAt, extended: manifest.extensions.length > 0, file, hash: createHash('sha256').update(file).digest('hex'), seeds: Array.isArray(seeds) ? seeds.filter((seed): seed is number => typeof seed === 'number') : [] };
}

/** The data of the runs, where the library still has that very revision; the pictures need its pixels. */
async function openReportDataset(library: string, runs: readonly ReportRun[]): Promise<Opened | null> {
  const [first] = runs;
  if (!first) return null;
  try {
    const opened = await openDataset(library, first.config.data.dataset, first.revision);
    if (opened.revision !== first.revision) return null;
    const split = datasetSplit(opened, first.config.data, await excludedBy(library, opened.manifest, first.config.data));
    const { start, count } = opened.splits.train;
    const labels = opened.store.labels;
    const classCounts = opened.classes.map(() => 0);
    for (const label of labels.subarray(start, start + count)) classCounts[label]!++;
    return {
      dataset: { manifest: opened.manifest, classCounts, split: { train: split.train.length, validation: split.validation.length, seed: first.config.data.splitSeed } },
      trainIndices: split.train, labels,
    };
  } catch (error) {
    if (error instanceof CultivarError) return null;
    throw error;
  }
}

async function readAllPredictions(library: string, comparison: Comparison, runs: readonly ReportRun[], opened: Opened | null, read: GatherInput['predictions']): Promise<ReportData['predictions']> {
  const counted = new Set(comparison.arms.flatMap((arm) => arm.runs.filter(({ leftOut }) => leftOut === null).map(({ runId }) => runId)));
  const wanted = runs.filter(({ id, status }) => counted.has(id) || (counted.size === 0 && status === 'completed'));
  if (wanted.length === 0) return { missing: { kind: 'no-run' } };
  const found = new Map<string, StoredPredictions>();
  const without: { runId: string; message: string }[] = [];
  let failure: string | null = null;
  for (const { id } of wanted) {
    try {
      const one = await read(id);
      if (one) found.set(id, one);
      else without.push({ runId: id, message: '' });
    } catch (error) {
      failure = toErrorData(error).message;
      without.push({ runId: id, message: failure });
    }
  }
  const [classes] = [...found.values()].map((one) => one.classes);
  if (!classes) return { missing: failure === null ? { kind: 'not-stored' } : { kind: 'failed', message: failure } };
  const otherClasses = [...found].flatMap(([id, one]) => (one.classes.length === classes.length && one.classes.every((name, i) => name === classes[i]) ? [] : [id]));
  for (const id of otherClasses) found.delete(id);
  const arms = comparison.arms.flatMap(({ key }) => {
    const ofArm = wanted.filter((run) => run.armKey === key).flatMap(({ id }) => found.get(id) ?? []);
    return ofArm.length === 0 ? [] : [readArm(key, ofArm)];
  });
  const images = Math.max(...[...found.values()].map(({ labels }) => labels.length));
  return { arms, classes, images, without, otherClasses, worst: opened ? await worstOf(library, comparison, wanted, found, opened) : null };
}

/** Of the first run of the arm that is highest. */
async function worstOf(library: string, comparison: Comparison, runs: readonly ReportRun[], found: ReadonlyMap<string, StoredPredictions>, { dataset }: Opened): Promise<ReportPredictions['worst']> {
  const mean = (key: string) => comparison.arms.find((arm) => arm.key === key)?.validation.mean ?? 0;
  const [run] = runs.filter(({ id, revision }) => found.has(id) && revision === dataset.manifest.revision).sort((a, b) => mean(b.armKey) - mean(a.armKey));
  return run ? { runId: run.id, armKey: run.armKey, ...await worstImages(library, dataset.manifest, found.get(run.id)!) } : null;
}

async function drawAugmentation(library: string, runs: readonly ReportRun[], { dataset, trainIndices, labels }: Opened): Promise<ReportData['augmentation']> {
  const used = [...new Map(runs.map(({ config: { augmentation } }): [string, Augmentation] => [JSON.stringify(augmentation), augmentation])).values()].filter((one) => operationsOf(one).length > 0);
  // Many policies get fewer images each, so that the file stays small.
  const most = used.length <= 2 ? 3 : used.length <= 4 ? 2 : 1;
  const seen = new Set<number>();
  const indices = [...trainIndices].filter((index) => seen.size < most && !seen.has(labels[index]!) && seen.add(labels[index]!));
  return used.length === 0 ? [] : augmentationStrips(library, dataset.manifest, used.slice(0, 8), runs[0]!.seed, indices);
}

function commandOf({ subject }: Comparison, locale: Locale): string {
  const ids = subject.kind === 'experiment' ? [subject.experimentId] : subject.runIds;
  return `cultivar report ${ids.map(shellQuoted).join(' ')} --out report.html${locale === 'ja' ? ' --language ja' : ''}`;
}
