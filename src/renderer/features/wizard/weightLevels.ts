import type { WeightsContents } from '../../../contracts/calls/interchange';
import { runConfigSchema, type RunConfig } from '../../../core/config/run';
import type { Level } from '../../../core/judgement/comparison';
import type { Draft } from '../recipe/draft';
import { startReport, type StartReport } from '../recipe/startWeights';
import { baseValue } from './document';

/** A file as a level of the starting weights: what of it does not fit the base's network is begun anew, and said. */
export interface WeightLevel {
  readonly level: Level;
  readonly name: string;
  readonly report: StartReport;
  readonly anew: readonly ('stem' | 'head')[];
}

/** The network that the experiment's base trains, with what it does not say taken from the defaults. */
function modelOf(document: Draft): RunConfig['model'] {
  const { model } = runConfigSchema.parse({});
  const given = baseValue(document, 'model') as Partial<RunConfig['model']> | undefined;
  return { ...model, ...given };
}

export function weightLevel(contents: WeightsContents, document: Draft, classes: number): WeightLevel {
  const report = startReport(contents, modelOf(document), classes, { stemMismatch: 'refuse', headMismatch: 'refuse' });
  const anew = report.state === 'startable' ? (['stem', 'head'] as const).filter((part) => report.misfits[part].length > 0) : [];
  const choice = (part: 'stem' | 'head') => (anew.includes(part) ? 'reinitialise' : 'refuse');
  return { level: { kind: 'file', path: contents.path, sha256: contents.sha256, stemMismatch: choice('stem'), headMismatch: choice('head') }, name: contents.name, report, anew };
}
