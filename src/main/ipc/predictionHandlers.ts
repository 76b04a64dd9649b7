import { z } from 'zod';
import type { AugmentedPredictions, StoredPredictions } from '../../contracts/calls/experiments';
import { testTimeAugmentations, type TestTimeAugmentation } from '../../core/augmentation/testTime';
import { keptEpochs, readEpochAnswers } from '../../library/epochAnswers';
import { readAugmentedPredictions, readPredictions, type RunPredictions } from '../../library/predictions';
import { readRun } from '../../library/runs';
import { assertTestOpened } from '../../library/testOpened';
import { storedPredictions } from '../../report/storedPredictions';
import { evaluateOnce } from '../../trainer/host/evaluateOnce';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';
import { unlessDamaged } from './unlessDamaged';

type PredictionCalls = Extract<keyof Handlers, `predictions.${string}`>;

const split = z.enum(['validation', 'test']);
const kind = z.enum(testTimeAugmentations);

/** Predictions of a run: stored ones, or on its validation images computed from its last checkpoint. The test set is opened elsewhere, by an act of its own. */
export function predictionHandlers({ libraryDir, push }: Pick<AppContext, 'libraryDir' | 'push'>, evaluate: typeof evaluateOnce = evaluateOnce): Handlers<PredictionCalls> {
  async function stored(runId: string, of: StoredPredictions['split']): Promise<RunPredictions | null> {
    const found = await readPredictions(libraryDir, runId, of).catch(unlessDamaged);
    if (found && of === 'test') await assertTestOpened(libraryDir, await readRun(libraryDir, runId));
    return found;
  }
  const computed = new Map<string, ReturnType<typeof compute>>();
  let asked = new AbortController();
  // One at a time: each wants all cores, and a run may be training.
  let last: Promise<unknown> = Promise.resolve();
  const compute = (runId: string, tta: TestTimeAugmentation | null) => {
    const { signal } = asked;
    const computing = last.then(async (): Promise<{ plain: StoredPredictions; augmented: AugmentedPredictions | null }> => {
      const { result: { step, classes }, predictions, augmented, dataRevision } = await evaluate(libraryDir, runId, 'validation', { tta, signal, told: (done, images) => { push('predictions.progress', { runId, done, images }); } });
      const plain = { runId, split: 'validation', step, classes, dataRevision, ...predictions } as const;
      return { plain, augmented: augmented && { ...plain, ...augmented } };
    });
    last = computing.catch(() => undefined);
    return computing;
  };
  return {
    'predictions.kept': handler<'predictions.kept'>(z.tuple([id]), async (runId) => {
      const found = await Promise.all(split.options.map((of) => readPredictions(libraryDir, runId, of).catch(unlessDamaged)));
      return { splits: found.flatMap((one) => (one ? [{ split: one.split, images: one.labels.length, step: one.step }] : [])), epochs: (await keptEpochs(libraryDir, runId))?.epochs ?? [] };
    }),
    'predictions.get': handler<'predictions.get'>(z.tuple([id, split]), async (runId, of) => {
      const found = await stored(runId, of);
      return found && { runId, ...found };
    }),
    'predictions.augmented': handler<'predictions.augmented'>(z.tuple([id, split, kind]), async (runId, of, by) => {
      const plain = await stored(runId, of);
      const found = plain && (await readAugmentedPredictions(libraryDir, runId, of, plain.step, by).catch(unlessDamaged));
      if (!found?.tta) return null;
      const { tta, ...predictions } = found;
      return { runId, ...predictions, ...tta };
    }),
    'predictions.compute': handler<'predictions.compute'>(z.tuple([id, kind.nullable()]), (runId, tta) => {
      const key = `${runId} ${tta}`;
      const known = computed.get(key) ?? compute(runId, tta).finally(() => computed.delete(key));
      computed.set(key, known);
      return known;
    }),
    'predictions.epochImages': handler<'predictions.epochImages'>(z.tuple([id]), async (runId) => {
      const found = await keptEpochs(libraryDir, runId);
      if (!found) return null;
      const { classes, dataRevision, indices, labels } = found;
      return { runId, classes, dataRevision, indices, labels };
    }),
    'predictions.epoch': handler<'predictions.epoch'>(z.tuple([id, z.int().min(1)]), (runId, epoch) => readEpochAnswers(libraryDir, runId, epoch)),
    'predictions.missing': handler<'predictions.missing'>(z.tuple([z.array(id).max(1000)]), async (runIds) => {
      const missing: string[] = [];
      for (const runId of runIds) if ((await storedPredictions(libraryDir, runId).catch(unlessDamaged)) === null) missing.push(runId);
      return missing;
    }),
    'predictions.cancel': handler<'predictions.cancel'>(nothing, () => {
      asked.abort();
      asked = new AbortController();
      return null;
    }),
  };
}
