import { z } from 'zod';
import type { EmbeddingMap } from '../../contracts/calls/tools';
import { CultivarError } from '../../contracts/errors';
import { projectionMethods } from '../../core/predictions/projectionMethods';
import type { RunConfigInput } from '../../core/config/run';
import { datasetOf, resolvedRunConfig, trainingImages } from '../../data/newRuns';
import { readDatasetManifest } from '../../data/openDataset';
import { readImages } from '../../data/readImages';
import { explainFiles, explainPixels, type ExplainedClass } from '../../interchange/explain/explainImages';
import type { RunPredictor } from '../../interchange/predict/runPredictor';
import { checkpointSteps } from '../../library/checkpoints';
import { readEmbeddingMap, storeEmbeddingMap } from '../../library/embeddingMaps';
import { listRangeTests } from '../../library/rangeTests';
import { readRun } from '../../library/runs';
import { assertTestOpened } from '../../library/testOpened';
import { embed } from '../../trainer/host/embed';
import { findLargestBatch } from '../../trainer/host/largestBatch';
import { runRangeTest } from '../../trainer/host/rangeTest';
import type { AppContext } from '../context';
import type { Predictors } from '../predictors';
import { unlessDamaged } from './unlessDamaged';
import { handler, id, nothing, type Handlers } from './register';

type ToolHandlers = Extract<keyof Handlers, `lrRange.${string}` | `batch.${string}` | `embeddings.${string}` | `tools.${string}` | `gradcam.${string}`>;

const config = z.custom<RunConfigInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'a run config');
const settings = z.strictObject({ from: z.number(), to: z.number(), steps: z.int() });
const limits = z.strictObject({ most: z.int().min(2).max(65_536), memoryBytes: z.number().positive().nullable() });
const image = z.strictObject({ name: z.string().max(1000), data: z.instanceof(Uint8Array) });
const mapOf = z.tuple([id, z.enum(['validation', 'test']), z.enum(projectionMethods), z.int().min(0)]);
/** Points that a map can be looked at with; UMAP's time grows with them. */
const mostOnMap = 10_000;
const chosen = z.int().min(0).max(65_535).nullable();

/** What is asked of a network before it trains, and of a trained one. */
export function toolHandlers(context: AppContext, predictors: Predictors): Handlers<ToolHandlers> {
  const { libraryDir } = context;
  let working: AbortController | null = null;

  /** One at a time: each wants all cores. */
  async function alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (working) throw new CultivarError({ code: 'tool-running', message: 'Another measurement is under way.', remedy: 'Wait for it, or cancel it.' });
    const controller = (working = new AbortController());
    try {
      return await work(controller.signal);
    } finally {
      working = null;
    }
  }

  return {
    'lrRange.start': handler<'lrRange.start'>(z.tuple([config, settings]), (given, test) => alone(async (signal) => {
      const resolved = await resolvedRunConfig(libraryDir, given);
      const manifest = await readDatasetManifest(libraryDir, resolved.data.dataset);
      const { revision } = datasetOf(manifest, resolved, await trainingImages(libraryDir, manifest, resolved.data));
      return runRangeTest(libraryDir, { config: resolved, dataRevision: revision, settings: test }, (points) => { context.push('lrRange.points', { points }); }, signal);
    })),
    'lrRange.list': handler<'lrRange.list'>(nothing, () => listRangeTests(libraryDir)),
    'batch.search': handler<'batch.search'>(z.tuple([config, limits]), (given, { most, memoryBytes }) => alone(async (signal) => {
      const resolved = await resolvedRunConfig(libraryDir, given);
      const images = resolved.data.trainImages ?? (await trainingImages(libraryDir, await readDatasetManifest(libraryDir, resolved.data.dataset), resolved.data));
      const within = Math.min(most, images);
      return findLargestBatch(libraryDir, { config: resolved, settings: { start: Math.min(32, within), most: within }, memoryBytes }, (trial) => { context.push('batch.tried', trial); }, signal);
    })),
    'embeddings.kept': handler<'embeddings.kept'>(mapOf, async (runId, split, method, seed) => {
      const step = (await checkpointSteps(libraryDir, runId)).at(-1);
      if (step === undefined) return null;
      if (split === 'test') await assertTestOpened(libraryDir, await readRun(libraryDir, runId));
      return readEmbeddingMap(libraryDir, runId, { split, step, method, seed }).catch(unlessDamaged);
    }),
    'embeddings.map': handler<'embeddings.map'>(mapOf, (runId, split, method, seed) => alone(async (signal): Promise<EmbeddingMap> => {
      const run = await readRun(libraryDir, runId);
      if (split === 'test') await assertTestOpened(libraryDir, run);
      const progress = (done: number, images: number, mapped: number | null) => { context.push('embeddings.progress', { runId, done, images, mapped }); };
      const { embeddings: { step, epochsDone, classes, splitImages, indices, labels, predicted }, projection } = await embed(libraryDir, runId, split, { method, seed }, {
        most: mostOnMap, signal, told: (done, images) => { progress(done, images, null); }, mapped: (share) => { progress(mostOnMap, mostOnMap, share); },
      });
      if (!projection) throw new Error('the process gave no map');
      const map = { runId, split, step, epochsDone, classes, dataRevision: run.dataset.revision, method, seed, points: projection.points, indices, splitImages, labels, predicted, explainedVariance: projection.explainedVariance };
      await storeEmbeddingMap(libraryDir, map);
      return map;
    })),
    'tools.cancel': handler<'tools.cancel'>(nothing, () => {
      working?.abort();
      return null;
    }),
    'gradcam.file': handler<'gradcam.file'>(z.tuple([id, image, chosen]), (runId, { name, data }, index) => predictors.use(runId, async (predictor) => {
      for await (const explained of explainFiles(predictor, [{ name, source: data }], { fit: 'crop', chosen: classOf(predictor, index) })) return explained;
      throw new Error('nothing was explained');
    })),
    'gradcam.image': handler<'gradcam.image'>(z.tuple([id, z.int().min(0), chosen]), async (runId, index, classIndex) => {
      const run = await readRun(libraryDir, runId);
      const { counts, image: size } = await readDatasetManifest(libraryDir, run.dataset.id, run.dataset.revision);
      if (index >= counts.train + counts.test) throw new CultivarError({ code: 'usage', message: `The data set "${run.dataset.id}" has no image ${index}.` });
      // Training images come first in a data set.
      if (index >= counts.train) await assertTestOpened(libraryDir, run);
      const pixels = await readImages(libraryDir, run.dataset.id, size, [index], run.dataset.revision);
      return predictors.use(runId, (predictor) => explainPixels(predictor, String(index), pixels, classOf(predictor, classIndex)));
    }),
  };
}

function classOf({ classes }: RunPredictor, index: number | null): ExplainedClass {
  if (index !== null && index >= classes.length) throw new CultivarError({ code: 'usage', message: `There is no class ${index}: this run has ${classes.length}.` });
  return index ?? 'predicted';
}
