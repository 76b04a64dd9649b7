import { optimizerKinds, runConfigSchema, stemsFor, type Architecture, type Stem } from '../../../core/config/run';
import type { Level } from '../../../core/judgement/comparison';
import { baseValue, sameLevel } from './document';
import type { Draft } from '../recipe/draft';

/** A field of a run config that may be a factor, and what its levels may be. */
export type FactorField =
  | { readonly path: string; readonly kind: 'choice'; readonly options: readonly Level[] }
  | { readonly path: string; readonly kind: 'number' | 'whole' };

/** Set by the experiment, or without an influence on results. */
const left = new Set(['schemaVersion', 'name', 'seed', 'workers', 'checkpointEveryMinutes', 'device', 'intraOpThreads', 'data.dataset', 'data.splitSeed', 'data.validationImages', 'optimizer.kind', 'schedule', 'emaDecay', 'emaWarmup', 'earlyStopping', 'timeBudgetMinutes', 'frozenEpochs', 'keepOptimizerState', 'continues']);

interface Shape { readonly type?: string; readonly shape?: Record<string, Shape>; readonly options?: readonly unknown[]; readonly values?: Set<unknown>; unwrap?(): Shape; readonly format?: string }

/** The schema inside defaults, prefaults and nullables. */
function unwrapped(schema: Shape): Shape {
  return typeof schema.unwrap === 'function' && schema.type !== 'array' ? unwrapped(schema.unwrap()) : schema;
}

function fieldsIn(schema: Shape, path: string): FactorField[] {
  if (left.has(path)) return [];
  const inner = unwrapped(schema);
  if (inner.shape) return Object.entries(inner.shape).flatMap(([key, node]) => fieldsIn(node, path ? `${path}.${key}` : key));
  // A name or a form of its own: the names are offered, the rest is typed.
  const names = inner.type === 'union' ? (inner.options as readonly Shape[] | undefined)?.find(({ type }) => type === 'enum') : undefined;
  if (names) return fieldsIn(names, path);
  if (inner.type === 'enum' && inner.options) return inner.options.length > 1 ? [{ path, kind: 'choice', options: inner.options as Level[] }] : [];
  if (inner.type === 'boolean') return [{ path, kind: 'choice', options: [false, true] }];
  if (inner.type === 'number') return [{ path, kind: inner.format === 'safeint' ? 'whole' : 'number' }];
  return [];
}

const optimizers: readonly Level[] = optimizerKinds.map((kind) => ({ kind }));
/** What people vary of SGD and of Muon; Adam has no fields of its own that they do. */
const ofOptimizer: readonly FactorField[] = [
  { path: 'optimizer.weightDecay', kind: 'number' }, { path: 'optimizer.momentum', kind: 'number' }, { path: 'optimizer.nesterov', kind: 'choice', options: [false, true] },
  { path: 'optimizer.decayNormAndBias', kind: 'choice', options: [true, false] },
  { path: 'optimizer.filterLearningRate', kind: 'number' }, { path: 'optimizer.filterMomentum', kind: 'number' }, { path: 'optimizer.filterWeightDecay', kind: 'number' },
  { path: 'optimizer.newtonSchulzSteps', kind: 'whole' }, { path: 'optimizer.normalizeFilters', kind: 'choice', options: [false, true] },
];

/** What all kinds of schedule have that need nothing more; another one is a level of the whole `schedule`. */
const ofSchedule: readonly FactorField[] = [
  { path: 'schedule.kind', kind: 'choice', options: ['cosine', 'constant', 'linear'] }, { path: 'schedule.learningRate', kind: 'number' }, { path: 'schedule.warmupEpochs', kind: 'number' },
];

/** Every field that can be a factor, read from the schema: those of a later version appear by themselves. */
export const factorFields: readonly FactorField[] = [
  ...fieldsIn(runConfigSchema as unknown as Shape, '').filter(({ path }) => path !== 'optimizer' && !path.startsWith('optimizer.')),
  { path: 'optimizer', kind: 'choice', options: optimizers },
  // The other levels are files.
  { path: 'model.start', kind: 'choice', options: ['scratch'] },
  ...ofOptimizer,
  ...ofSchedule,
];

/** Offered by name, in this order; the others behind "any field". */
export const namedFields = ['augmentation', 'epochs', 'model.stem', 'optimizer', 'schedule.learningRate', 'labelSmoothing', 'model.start'] as const;

export const fieldAt = (path: string): FactorField | undefined => factorFields.find((field) => field.path === path);

/** An optimizer as a level keeps the base's weight decay, and Muon SGD's momentum for the weights that SGD trains: else two things would change at once. */
function completeLevel(document: Draft, path: string, level: Level): Level {
  if (path !== 'optimizer') return level;
  const base = baseValue(document, 'optimizer') as Record<string, Level>;
  const given = level as Record<string, Level>;
  if (given.kind === base.kind) return base;
  const shared = ['weightDecay', ...(given.kind === 'muon' ? ['momentum'] : [])];
  return { ...given, ...Object.fromEntries(shared.filter((key) => !(key in given) && base[key] !== undefined).map((key) => [key, base[key]!])) };
}

/** A network and its stem go together: one alone is varied among those that fit the other. */
function fitting(document: Draft, path: string, option: Level): boolean {
  if (path === 'model.stem') return stemsFor(baseValue(document, 'model.architecture') as Architecture).includes(option as Stem);
  return path !== 'model.architecture' || stemsFor(option as Architecture).includes(baseValue(document, 'model.stem') as Stem);
}

/** Levels that a field could have besides those it has. */
export function freeOptions(document: Draft, field: FactorField, taken: readonly Level[]): readonly Level[] {
  if (field.kind !== 'choice') return [];
  return field.options.filter((option) => fitting(document, field.path, option)).map((option) => completeLevel(document, field.path, option)).filter((option) => !taken.some((level) => sameLevel(level, option)));
}

const usual: Readonly<Record<string, readonly Level[]>> = {
  epochs: [5, 20], batchSize: [128, 256], labelSmoothing: [0, 0.1], 'schedule.learningRate': [0.01, 0.1, 0.02], 'optimizer.weightDecay': [5e-4, 1e-4], 'optimizer.momentum': [0.9, 0.8],
  'optimizer.filterLearningRate': [0.02, 0.04], 'optimizer.filterMomentum': [0.95, 0.9], 'optimizer.filterWeightDecay': [0, 0.01], 'optimizer.newtonSchulzSteps': [5, 3],
  'schedule.warmupEpochs': [0.5, 1], clipNorm: [null, 1], microBatches: [1, 2], 'data.trainImages': [null, 10_000],
};

/** The two levels that a new factor starts with: the base's value, and the usual other one. */
export function firstLevels(document: Draft, field: FactorField): readonly Level[] {
  const base = baseValue(document, field.path);
  const reference = field.path === 'optimizer' ? completeLevel(document, field.path, base) : base;
  const other = field.kind === 'choice'
    ? freeOptions(document, field, [reference])[0]
    : usual[field.path]?.find((level) => !sameLevel(level, reference)) ?? (typeof reference === 'number' && reference !== 0 ? reference * 2 : 1);
  return other === undefined ? [reference] : [reference, other];
}

/** A level as it was typed: a number where it is one, the empty field as null, JSON where it opens like JSON, else the text itself, for the schema to judge. */
export function parseLevel(text: string): Level {
  const plain = text.normalize('NFKC').replace(/[−ー]/g, '-').trim();
  if (plain === '') return null;
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain.replaceAll(',', ''))) return Number(plain.replaceAll(',', ''));
  if (/^([[{"]|true$|false$|null$)/.test(plain)) {
    try {
      return JSON.parse(plain) as Level;
    } catch {
      return text.trim();
    }
  }
  return text.trim();
}
