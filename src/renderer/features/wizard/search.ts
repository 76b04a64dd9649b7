import { isSearch } from '../../../core/judgement/power';
import { getAt } from '../../../core/design/withField';
import type { Level } from '../../../core/judgement/comparison';
import { type Draft } from '../recipe/draft';
import { factorsOf } from './document';
import { factorFields, fieldAt, type FactorField } from './fields';

export const designNames = ['full-factorial', 'one-at-a-time', 'grid', 'random', 'halving'] as const;
export type DesignName = (typeof designNames)[number];
export type RangeKind = 'uniform' | 'log-uniform' | 'int' | 'choice';

/** A range as it is being written: numbers may be text until they are right. */
export interface DraftRange {
  readonly field: string;
  readonly kind: RangeKind;
  readonly low?: unknown;
  readonly high?: unknown;
  readonly points?: unknown;
  readonly values?: readonly Level[];
}

export const rangesOf = (document: Draft): readonly DraftRange[] => {
  const space = getAt(document.search ?? {}, 'space');
  return Array.isArray(space) ? (space as unknown[]).filter((range): range is DraftRange => typeof (range as DraftRange | null)?.field === 'string') : [];
};

/** Kinds of range that a field may have, the usual one first. */
export function kindsOf(field: FactorField | undefined): readonly RangeKind[] {
  if (!field || field.kind === 'choice') return ['choice'];
  return field.kind === 'whole' ? ['int', 'choice'] : ['log-uniform', 'uniform', 'choice'];
}

const usual: Readonly<Record<string, readonly [kind: RangeKind, low: number, high: number]>> = {
  'schedule.learningRate': ['log-uniform', 0.001, 0.3], 'optimizer.weightDecay': ['log-uniform', 1e-5, 1e-2], labelSmoothing: ['uniform', 0, 0.2], 'optimizer.momentum': ['uniform', 0.8, 0.98], 'optimizer.filterLearningRate': ['log-uniform', 0.005, 0.2], 'optimizer.filterMomentum': ['uniform', 0.6, 0.98],
  'optimizer.filterWeightDecay': ['log-uniform', 1e-4, 0.1], 'optimizer.newtonSchulzSteps': ['int', 3, 6],
  'schedule.warmupEpochs': ['uniform', 0, 2], epochs: ['int', 5, 20], batchSize: ['int', 32, 512], 'data.trainImages': ['int', 5000, 40_000], clipNorm: ['log-uniform', 0.1, 10], microBatches: ['int', 1, 4],
};

/** A range of a field, as one would begin with it. */
export function newRange(field: string, kind?: RangeKind): DraftRange {
  const known = fieldAt(field);
  const chosen = kind ?? usual[field]?.[0] ?? kindsOf(known)[0]!;
  const [, low, high] = usual[field] ?? ['uniform', 0.1, 1];
  if (chosen === 'choice') return { field, kind: 'choice', values: known?.kind === 'choice' ? known.options : [low, high] };
  return { field, kind: chosen, low: chosen === 'log-uniform' && low <= 0 ? high / 100 : low, high, points: 3 };
}

/** Fields that are neither factors nor searched yet, of an optimizer those that the base's own has. */
export const freeFields = (document: Draft): readonly FactorField[] =>
  factorFields.filter(({ path }) => (!path.startsWith('optimizer.') || getAt(document.base, path) !== undefined) && ![...factorsOf(document), ...rangesOf(document)].some(({ field }) => field === path || field.startsWith(`${path}.`) || path.startsWith(`${field}.`)));

/** Another design, with what it needs and without what only others have. */
export function withDesign(document: Draft, design: DesignName): Draft {
  if (!isSearch(design)) return { ...document, design, search: null, halving: null };
  const old = (document.search ?? {}) as { trials?: unknown; seed?: unknown };
  const ranges = rangesOf(document);
  const first = freeFields(document).find(({ path }) => path === 'schedule.learningRate') ?? freeFields(document)[0];
  const epochs = getAt(document.base, 'epochs');
  return {
    ...document,
    design,
    search: { space: ranges.length > 0 ? ranges : first ? [newRange(first.path)] : [], trials: design === 'grid' ? null : (old.trials ?? 9), seed: old.seed ?? 1 },
    halving: design === 'halving' ? (document.halving ?? { firstEpochs: Math.max(1, Math.floor((typeof epochs === 'number' ? epochs : 5) / 4)), reductionFactor: 3 }) : null,
  };
}
