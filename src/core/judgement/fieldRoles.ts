import type { RunConfig } from '../config/run';
import type { Level } from './comparison';
import type { Surroundings } from './comparisonInput';

/**
 * `cause`: a person's choice that can change a result. `follows`: differs only because a cause does. `environment`: what surrounds a run and
 * can change its result. `ignored`: changes no result, or is what repeats an arm (the seed).
 */
export type FieldRole = 'cause' | 'follows' | 'environment' | 'ignored';

type Paths<T> = T extends readonly unknown[] ? never : T extends object
  ? { [K in keyof T & string]: NonNullable<T[K]> extends infer V ? (V extends readonly unknown[] ? K : V extends object ? `${K}.${Paths<V>}` : K) : never }[keyof T & string]
  : never;

/** Every field of a run config. A new one does not compile until it has its role here. */
const configRoles: Readonly<Record<Paths<RunConfig>, FieldRole>> = {
  schemaVersion: 'ignored',
  name: 'ignored',
  seed: 'ignored',
  'data.dataset': 'environment',
  'data.trainImages': 'cause',
  'data.validationImages': 'environment',
  'data.splitSeed': 'environment',
  // A list is its images, whatever it is called.
  'data.exclude.list': 'ignored',
  'data.exclude.sha256': 'cause',
  'model.architecture': 'cause',
  'model.stem': 'cause',
  'model.start': 'cause',
  'model.start.kind': 'cause',
  // The weights are known by their sha256, wherever the file lay.
  'model.start.path': 'ignored',
  'model.start.sha256': 'cause',
  'model.start.stemMismatch': 'cause',
  'model.start.headMismatch': 'cause',
  augmentation: 'cause',
  epochs: 'cause',
  batchSize: 'cause',
  'optimizer.kind': 'cause',
  'optimizer.momentum': 'cause',
  'optimizer.nesterov': 'cause',
  'optimizer.beta1': 'cause',
  'optimizer.beta2': 'cause',
  'optimizer.epsilon': 'cause',
  'optimizer.weightDecay': 'cause',
  'optimizer.decayNormAndBias': 'cause',
  'optimizer.filterLearningRate': 'cause',
  'optimizer.filterMomentum': 'cause',
  'optimizer.filterWeightDecay': 'cause',
  'optimizer.newtonSchulzSteps': 'cause',
  'optimizer.normalizeFilters': 'cause',
  'schedule.kind': 'cause',
  'schedule.learningRate': 'cause',
  'schedule.warmupEpochs': 'cause',
  'schedule.finalFraction': 'cause',
  'schedule.everyEpochs': 'cause',
  'schedule.milestones': 'cause',
  'schedule.gamma': 'cause',
  'schedule.warmupFraction': 'cause',
  'schedule.divFactor': 'cause',
  'schedule.finalDivFactor': 'cause',
  labelSmoothing: 'cause',
  clipNorm: 'cause',
  // The average is never judged, and moves no weight: runs that differ in it alone are the same experiment.
  emaDecay: 'ignored',
  emaWarmup: 'ignored',
  microBatches: 'cause',
  frozenEpochs: 'cause',
  'earlyStopping.monitor': 'cause',
  'earlyStopping.patienceEpochs': 'cause',
  'earlyStopping.minDelta': 'cause',
  timeBudgetMinutes: 'cause',
  // What was asked for; what was done stands in the surroundings.
  precision: 'environment',
  xla: 'environment',
  device: 'ignored',
  intraOpThreads: 'ignored',
  workers: 'ignored',
  checkpointEveryMinutes: 'ignored',
  keepOptimizerState: 'ignored',
  'continues.runId': 'ignored',
  'continues.sha256': 'cause',
  'continues.epochs': 'cause',
  'continues.steps': 'cause',
};

const surroundingRoles: Readonly<Record<keyof Surroundings, FieldRole>> = {
  datasetRevision: 'environment',
  numericsVersion: 'environment',
  device: 'environment',
  // A run on a CPU differs by its device from one on the GPU; from one on a computer without a GPU it does not.
  gpuMissed: 'ignored',
  precision: 'environment',
  intraOpThreads: 'environment',
  tensorflow: 'environment',
  version: 'ignored',
  stepsPerEpoch: 'follows',
  totalSteps: 'follows',
};

/** Causes that a surrounding follows from. */
const followsFrom: Readonly<Record<string, readonly string[]>> = {
  stepsPerEpoch: ['batchSize', 'data.trainImages', 'data.exclude'],
  totalSteps: ['epochs', 'batchSize', 'data.trainImages', 'data.exclude', 'earlyStopping', 'timeBudgetMinutes'],
  datasetRevision: ['data.dataset', 'data'],
};

const roles: ReadonlyMap<string, FieldRole> = new Map(Object.entries({ ...configRoles, ...surroundingRoles }));

/** The role of a field of a run's config or surroundings. What is not known to this version counts as a cause: it is named, not passed over. */
export function roleOf(field: string): FieldRole {
  const known = roles.get(field);
  if (known !== undefined) return known;
  // A whole part of a config, as a factor may name it: what all its fields are.
  const inner = [...roles].filter(([path]) => path.startsWith(`${field}.`)).map(([, role]) => role);
  return inner.length > 0 && inner.every((role) => role === inner[0]) ? inner[0]! : 'cause';
}

/** Of the causes that differ, those that a field follows from. */
export const originsOf = (field: string, causes: readonly string[]): string[] => causes.filter((cause) => (followsFrom[field] ?? []).includes(cause));

/** One choice each, whose form depends on the choice: told as one value, without the parts that change no result. */
const wholes: ReadonlySet<string> = new Set(['model.start', 'data.exclude', 'earlyStopping', 'continues']);

/** A config's fields by their path: `schedule.learningRate`. Lists stay whole. */
export function flatFields(document: object, path = ''): Record<string, Level> {
  return Object.fromEntries(Object.entries(document).flatMap(([key, value]: [string, Level]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[at, value]];
    if (!wholes.has(at)) return Object.entries(flatFields(value, at));
    return [[at, Object.fromEntries(Object.entries(value).filter(([inner]) => roleOf(`${at}.${inner}`) !== 'ignored'))]];
  }));
}
