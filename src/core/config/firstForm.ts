import { runConfigSchema, type RunConfig } from './run';

/** Fields that run configs have had from the first. */
const first: ReadonlySet<string> = new Set([
  'schemaVersion', 'name', 'seed', 'data', 'data.dataset', 'data.trainImages', 'data.validationImages', 'data.splitSeed',
  'model', 'model.architecture', 'model.stem', 'model.start', 'model.start.kind', 'model.start.path', 'model.start.sha256', 'model.start.stemMismatch', 'model.start.headMismatch',
  'augmentation', 'epochs', 'batchSize', 'optimizer', 'optimizer.kind', 'optimizer.momentum', 'optimizer.nesterov', 'optimizer.weightDecay', 'optimizer.beta1', 'optimizer.beta2', 'optimizer.epsilon',
  'schedule', 'schedule.kind', 'schedule.learningRate', 'schedule.warmupEpochs', 'labelSmoothing', 'clipNorm', 'precision', 'device', 'intraOpThreads', 'workers', 'checkpointEveryMinutes',
]);

/**
 * A config without the fields that came later and hold what they do when left out: as the version that first knew it would have written it. So a
 * hash of it stays the same while fields are added, and a run interrupted under an older version can go on.
 */
export function inFirstForm<T extends Pick<RunConfig, 'optimizer'>>(config: T): Partial<T> {
  const defaults = runConfigSchema.parse({ optimizer: { kind: config.optimizer.kind } });
  return stripped(config, defaults, '') as Partial<T>;
}

function stripped(node: object, defaults: unknown, path: string): object {
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const usual = isObject(defaults) ? defaults[key] : undefined;
    if (!first.has(at)) return usual !== undefined && JSON.stringify(value) === JSON.stringify(usual) ? [] : [[key, value]];
    return [[key, isObject(value) ? stripped(value, usual, at) : value]];
  }));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
