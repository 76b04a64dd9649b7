import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import type { WithoutList } from '../../core/run/testFigure';
import { testListOfArm, testListsOfArm } from '../../data/audit/testLists';
import { comparePickedRuns } from '../../library/comparisons';
import { readRun } from '../../library/runs';
import { recordWithout } from '../../library/testFigures';
import { openExperimentTestSet } from '../../trainer/host/openTestSet';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type ExperimentHandlers = Extract<keyof Handlers, `quickstart.${string}` | `experiments.${string}` | `compare.${string}`>;

/** Only that it is an object is checked here: the parser of experiments names every field that is wrong. */
const config = z.custom<ExperimentConfigInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an experiment');
const one = z.tuple([id]);
const armKey = z.string().min(1).max(4000);

/** Records a test figure without a list with its run. @throws CultivarError run-locked */
async function recordFigure(library: string, runId: string, without: Omit<WithoutList, 'at'>): Promise<void> {
  if (await recordWithout(library, await readRun(library, runId), without)) return;
  throw new CultivarError({ code: 'run-locked', message: `Another process is at the run "${runId}": the test set was opened, and the figure without "${without.list}" was not recorded.` });
}

export function experimentHandlers({ libraryDir, experiments, runs, push }: AppContext): Handlers<ExperimentHandlers> {
  return {
    'quickstart.start': handler<'quickstart.start'>(nothing, () => experiments.startQuickstart()),
    'experiments.plan': handler<'experiments.plan'>(z.tuple([config]), (given) => experiments.plan(given)),
    'experiments.start': handler<'experiments.start'>(z.tuple([config]), (given) => experiments.start(given)),
    'experiments.list': handler<'experiments.list'>(nothing, () => experiments.list()),
    'experiments.get': handler<'experiments.get'>(one, (experimentId) => experiments.record(experimentId)),
    'experiments.extend': handler<'experiments.extend'>(z.tuple([id, config]), (experimentId, given) => experiments.extend(experimentId, given)),
    'experiments.cutShort': handler<'experiments.cutShort'>(one, async (experimentId) => (await experiments.cutShort(experimentId), null)),
    'experiments.delete': handler<'experiments.delete'>(one, async (experimentId) => {
      for (const runId of await experiments.remove(experimentId)) push('run.removed', { runId });
      push('experiment.changed', { experimentId });
      return null;
    }),
    'experiments.restore': handler<'experiments.restore'>(one, async (experimentId) => {
      for (const runId of await experiments.restore(experimentId)) push('run.changed', (await runs.record(runId)).summary);
      push('experiment.changed', { experimentId });
      return null;
    }),
    'experiments.note': handler<'experiments.note'>(z.tuple([id, z.string().trim().min(1).max(2000)]), async (experimentId, text) => (await experiments.note(experimentId, text), null)),
    'experiments.testLists': handler<'experiments.testLists'>(z.tuple([id, armKey]), (experimentId, arm) => testListsOfArm(libraryDir, experimentId, arm)),
    'experiments.openTest': handler<'experiments.openTest'>(z.tuple([id, armKey, z.string().min(1).max(200).nullable()]), async (experimentId, arm, list) => {
      const without = list === null ? null : await testListOfArm(libraryDir, experimentId, arm, list);
      try {
        const { evaluations } = await openExperimentTestSet(libraryDir, experimentId, arm);
        if (without) for (const { runId } of evaluations) await recordFigure(libraryDir, runId, without);
        return evaluations.map(({ result }) => result);
      } finally {
        // An opening that fails afterwards has been one all the same.
        push('experiment.changed', { experimentId });
      }
    }),
    'experiments.addExample': handler<'experiments.addExample'>(nothing, () => experiments.addExample()),
    'compare.runs': handler<'compare.runs'>(z.tuple([z.array(id).min(1).max(1000)]), (runIds) => comparePickedRuns(libraryDir, runIds)),
  };
}
