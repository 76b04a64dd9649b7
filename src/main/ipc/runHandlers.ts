import { z } from 'zod';
import type { BinCalls } from '../../contracts/calls/bin';
import type { RunConfigInput } from '../../core/config/run';
import { listRunSummaries } from '../../library/runSummaries';
import type { AppContext } from '../context';
import { ManyCurves } from '../runs/manyCurves';
import { handler, id, nothing, type Handlers } from './register';

type RunCalls = Exclude<Extract<keyof Handlers, `runs.${string}`>, keyof BinCalls>;

/** Only that it is an object is checked here: the run service names every field that is wrong. */
const config = z.tuple([z.custom<RunConfigInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'a run config')]);
const one = z.tuple([id]);

export function runHandlers(context: AppContext): Handlers<RunCalls> {
  const { libraryDir, runs, queue } = context;
  const curves = new ManyCurves(libraryDir);
  return {
    'runs.list': handler<'runs.list'>(nothing, () => listRunSummaries(libraryDir)),
    'runs.get': handler<'runs.get'>(one, (runId) => runs.record(runId)),
    'runs.curves': handler<'runs.curves'>(z.tuple([z.array(id).max(1000), z.int().min(1).max(10_000)]), (runIds, points) => curves.read(runIds, points)),
    'runs.start': handler<'runs.start'>(config, (given) => runs.start(given)),
    'runs.extend': handler<'runs.extend'>(z.tuple([id, z.int().min(1).max(10_000)]), (runId, epochs) => runs.extend(runId, epochs)),
    'runs.stop': handler<'runs.stop'>(one, async (runId) => (await queue.stop(runId), null)),
    'runs.stopAtBest': handler<'runs.stopAtBest'>(one, async (runId) => (await queue.stop(runId, 'best'), null)),
    'runs.pause': handler<'runs.pause'>(one, async (runId) => (await queue.pause(runId), null)),
    'runs.continue': handler<'runs.continue'>(one, async (runId) => (await queue.continue(runId), null)),
    'runs.resume': handler<'runs.resume'>(one, async (runId) => (await queue.resume(runId), null)),
    'runs.note': handler<'runs.note'>(z.tuple([id, z.string().trim().min(1).max(2000)]), async (runId, text) => (await queue.note(runId, text), null)),
    'runs.delete': handler<'runs.delete'>(one, async (runId) => {
      // A waiting one leaves the queue first: else it would be started, and is not there.
      if (queue.state.waitingRunIds.includes(runId)) await queue.stop(runId);
      await runs.remove(runId);
      context.push('run.removed', { runId });
      return null;
    }),
    'runs.restore': handler<'runs.restore'>(one, async (runId) => {
      await runs.restore(runId);
      context.push('run.changed', (await runs.record(runId)).summary);
      return null;
    }),
    'runs.firstBatch': handler<'runs.firstBatch'>(one, (runId) => runs.firstBatch(runId)),
    'runs.estimate': handler<'runs.estimate'>(config, (given) => runs.estimate(given)),
  };
}
