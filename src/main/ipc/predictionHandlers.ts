import { z } from 'zod';
import type { StoredPredictions } from '../../contracts/calls/experiments';
import { CultivarError } from '../../contracts/errors';
import { readPredictions } from '../../library/predictions';
import { storedPredictions } from '../../report/storedPredictions';
import { evaluateOnce } from '../../trainer/host/evaluateOnce';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type PredictionCalls = Extract<keyof Handlers, `predictions.${string}`>;

/** Predictions of a run on its validation images: stored ones, or computed from its last checkpoint. The test set is opened elsewhere, by an act of its own. */
export function predictionHandlers({ libraryDir }: Pick<AppContext, 'libraryDir'>, evaluate: typeof evaluateOnce = evaluateOnce): Handlers<PredictionCalls> {
  const stored = async (runId: string): Promise<StoredPredictions | null> => {
    const found = await readPredictions(libraryDir, runId, 'validation');
    if (!found) return null;
    const { split, step, classes, dataRevision, indices, labels, probabilities } = found;
    return { runId, split, step, classes, dataRevision, indices, labels, probabilities };
  };
  const computed = new Map<string, Promise<StoredPredictions>>();
  let asked = new AbortController();
  // One at a time: each wants all cores, and a run may be training.
  let last: Promise<unknown> = Promise.resolve();
  const compute = (runId: string) => {
    const { signal } = asked;
    const computing = last.then(async (): Promise<StoredPredictions> => {
      const { result: { split, step, classes }, predictions, dataRevision } = await evaluate(libraryDir, runId, 'validation', { signal });
      return { runId, split, step, classes, dataRevision, ...predictions };
    });
    last = computing.catch(() => undefined);
    return computing;
  };
  return {
    'predictions.get': handler<'predictions.get'>(z.tuple([id]), (runId) => stored(runId).catch(unlessDamaged)),
    'predictions.compute': handler<'predictions.compute'>(z.tuple([id]), (runId) => {
      const known = computed.get(runId) ?? compute(runId).finally(() => computed.delete(runId));
      computed.set(runId, known);
      return known;
    }),
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

/** What is damaged can be computed again. */
function unlessDamaged(error: unknown): null {
  if (error instanceof CultivarError && error.code === 'run-damaged') return null;
  throw error;
}
