import { z } from 'zod';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import type { AppContext } from '../context';
import { notBuilt } from './notBuilt';
import { handler, id, nothing, type Handlers } from './register';

type ExperimentHandlers = Extract<keyof Handlers, `quickstart.${string}` | `experiments.${string}` | `compare.${string}`>;

/** Only that it is an object is checked here: the parser of experiments names every field that is wrong. */
const config = z.custom<ExperimentConfigInput>((value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an experiment');
const one = z.tuple([id]);

export function experimentHandlers({ runs }: AppContext): Handlers<ExperimentHandlers> {
  return {
    'quickstart.start': handler<'quickstart.start'>(nothing, () => runs.startQuickstart()),
    'experiments.plan': handler<'experiments.plan'>(z.tuple([config]), () => notBuilt('experiments.plan')),
    'experiments.start': handler<'experiments.start'>(z.tuple([config]), () => notBuilt('experiments.start')),
    'experiments.list': handler<'experiments.list'>(nothing, () => notBuilt('experiments.list')),
    'experiments.get': handler<'experiments.get'>(one, () => notBuilt('experiments.get')),
    'experiments.extend': handler<'experiments.extend'>(z.tuple([id, config]), () => notBuilt('experiments.extend')),
    'experiments.cutShort': handler<'experiments.cutShort'>(one, () => notBuilt('experiments.cutShort')),
    'experiments.delete': handler<'experiments.delete'>(one, () => notBuilt('experiments.delete')),
    'experiments.restore': handler<'experiments.restore'>(one, () => notBuilt('experiments.restore')),
    'experiments.note': handler<'experiments.note'>(z.tuple([id, z.string().trim().min(1).max(2000)]), () => notBuilt('experiments.note')),
    'experiments.openTest': handler<'experiments.openTest'>(z.tuple([id, z.string().min(1).max(2000)]), () => notBuilt('experiments.openTest')),
    'experiments.addExample': handler<'experiments.addExample'>(nothing, () => notBuilt('experiments.addExample')),
    'compare.runs': handler<'compare.runs'>(z.tuple([z.array(id).min(1).max(1000)]), () => notBuilt('compare.runs')),
  };
}
