import { z } from 'zod';
import { notBuilt } from './notBuilt';
import { handler, id, type Handlers } from './register';

type PredictionCalls = Extract<keyof Handlers, `predictions.${string}`>;

/** Predictions of a run: stored ones, or computed from its last checkpoint. */
export function predictionHandlers(): Handlers<PredictionCalls> {
  return {
    'predictions.get': handler<'predictions.get'>(z.tuple([id]), () => notBuilt('predictions.get')),
    'predictions.compute': handler<'predictions.compute'>(z.tuple([id]), () => notBuilt('predictions.compute')),
  };
}
