import { z } from 'zod';
import type { StoredPredictions } from '../../contracts/calls/experiments';
import { CultivarError } from '../../contracts/errors';
import { readPredictions } from '../../library/predictions';
import { evaluateOnce } from '../../trainer/host/evaluateOnce';
import type { AppContext } from '../context';
import { handler, id, type Handlers } from './register';

type PredictionCalls = Extract<keyof Handlers, `predictions.${string}`>;

/** Predictions of a run on its validation images: stored ones, or computed from its last checkpoint. The test set is opened elsewhere, by an act of its own. */
export function predictionHandlers({ libraryDir }: AppContext): Handlers<PredictionCalls> {
  const stored = async (runId: string): Promise<StoredPredictions | null> => {
    const found = await readPredictions(libraryDir, runId, 'validation');
    if (!found) return null;
    const { split, step, classes, indices, labels, probabilities } = found;
    return { runId, split, step, classes, indices, labels, probabilities };
  };
  const computed = new Map<string, Promise<StoredPredictions>>();
  // One at a time: each wants all cores, and a run may be training.
  let last: Promise<unknown> = Promise.resolve();
  const compute = (runId: string) => {
    const computing = last.then(async (): Promise<StoredPredictions> => {
      const { result: { split, step, classes }, predictions } = await evaluateOnce(libraryDir, runId, 'validation');
      return { runId, split, step, classes, ...predictions };
    });
    last = computing.catch(() => undefined);
    return computing;
  };
  return {
    'predictions.get': handler<'predictions.get'>(z.tuple([id]), (runId) => stored(runId).catch((error: unknown) => {
      // What is damaged can be computed again.
      if (error instanceof CultivarError && error.code === 'run-damaged') return null;
      throw error;
    })),
    'predictions.compute': handler<'predictions.compute'>(z.tuple([id]), (runId) => {
      const asked = computed.get(runId) ?? compute(runId).finally(() => computed.delete(runId));
      computed.set(runId, asked);
      return asked;
    }),
  };
}
