import type { RunConfig } from '../../../core/config/run';
import { stretches } from '../../../core/schedule/learningRate';
import type { IconName } from '../../components/icons';
import type { DraftFactor } from './document';

type NoteKind =
  | 'oneFactor' | 'oneAtATime' | 'search' | 'single' | 'epochsStretch' | 'epochsSteps' | 'batchSteps' | 'optimizerRate' | 'rateNotTuned' | 'imagesSteps' | 'oneSeed' | 'tooFewSeeds' | 'enoughSeeds' | 'testSealed' | 'slowPrecision';

export interface Note {
  readonly kind: NoteKind;
  readonly tone: 'ok' | 'caution' | 'unknown' | 'sealed';
  readonly values: Readonly<Record<string, string>>;
}

export const noteIcon: Readonly<Record<Note['tone'], IconName>> = { ok: 'check', caution: 'confounded', unknown: 'undetermined', sealed: 'lock' };

export interface NotedDesign {
  readonly factors: readonly DraftFactor[];
  readonly design: string;
  readonly seeds: number;
  readonly base: RunConfig | null;
  /** Smallest difference that is found, the margin, and the seeds that would reach it; in words already. */
  readonly power: { readonly found: string; readonly margin: string; readonly enough: boolean; readonly needed: string | null } | null;
  readonly validationImages: string;
  readonly learningRate: string;
}

/** What could stand between the result and its cause, the good news first. */
export function notesOf({ factors, design, seeds, base, power, validationImages, learningRate }: NotedDesign): Note[] {
  const varies = (field: string) => factors.some((factor) => factor.field === field);
  const notes: Note[] = [];
  const add = (kind: NoteKind, tone: Note['tone'], values: Record<string, string> = {}) => { notes.push({ kind, tone, values }); };
  if (design === 'full-factorial') add(factors.length < 2 ? 'single' : 'oneFactor', 'ok', { design: factors.map(({ levels }) => levels.length).join(' × ') });
  else if (design === 'one-at-a-time') add('oneAtATime', 'caution');
  else add('search', 'caution');
  if (varies('epochs')) add(base && !stretches(base.schedule) ? 'epochsSteps' : 'epochsStretch', 'caution', { epochs: String(factors.find(({ field }) => field === 'epochs')?.levels.at(-1) ?? '') });
  if (varies('batchSize')) add('batchSteps', 'caution');
  if (varies('data.trainImages')) add('imagesSteps', 'caution');
  if (!varies('schedule.learningRate')) add(varies('optimizer') ? 'optimizerRate' : 'rateNotTuned', varies('optimizer') ? 'caution' : 'ok', { rate: learningRate });
  if (seeds === 1) add('oneSeed', 'unknown');
  else if (power) add(power.enough ? 'enoughSeeds' : 'tooFewSeeds', power.enough ? 'ok' : 'unknown', { found: power.found, margin: power.margin, needed: power.needed ?? '> 100', seeds: String(seeds) });
  add('testSealed', 'sealed', { images: validationImages });
  return notes;
}
