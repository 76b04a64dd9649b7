import type { Levels } from '../comparison';
import type { ComparisonInput, GivenResult, JudgedRun, Surroundings } from '../comparisonInput';
import { armKey } from '../grouping';
import { withField } from '../../design/withField';
import type { Json } from '../../config/experimentSchema';
import { runConfigSchema } from '../../config/run';

/** Runs as the library hands them over, for tests. */
export interface RunFacts {
  readonly levels: Levels;
  readonly seed: number;
  /** Validation accuracy of the last epoch. */
  readonly value: number;
  /** By epoch; else a straight line up to `value`. */
  readonly curve?: readonly number[];
  readonly plainTrain?: readonly (number | null)[];
  readonly status?: JudgedRun['status'];
  readonly surroundings?: Partial<Surroundings>;
  readonly images?: number;
  readonly wrong?: readonly number[];
  /** Fields of the config that are no factor. */
  readonly base?: Readonly<Record<string, Json>>;
  readonly epochs?: number;
}

export function run({ levels, seed, value, curve, plainTrain, status = 'completed', surroundings, images = 5000, wrong, base = {}, epochs: recorded }: RunFacts): JudgedRun {
  const document = Object.entries({ ...levels, seed } as Record<string, Json>).reduce(withField, base);
  const config = runConfigSchema.parse(document);
  const count = recorded ?? config.epochs;
  const line = Array.from({ length: count }, (_, i) => (value * (i + 1)) / count);
  return {
    runId: `run-${armKey(levels)}-${seed}`, name: `${armKey(levels)}, seed ${seed}`, armKey: armKey(levels), seed, status, config, given: null,
    surroundings: {
      datasetRevision: 'a', numericsVersion: 1, device: 'cpu', precision: 'float32', intraOpThreads: 2, tensorflow: '2.21.0', version: '0.1.0',
      stepsPerEpoch: Math.ceil(45_000 / config.batchSize), totalSteps: Math.ceil(45_000 / config.batchSize) * config.epochs, ...surroundings,
    },
    epochs: (curve ?? line).map((validation, i) => ({
      epoch: i + 1, validation, validationImages: images, plainTrain: plainTrain ? plainTrain[i] ?? null : validation + 0.05, augmentedTrain: validation - 0.02, elapsedMs: 1000 * (i + 1),
    })),
    predictions: wrong ? { indices: Uint32Array.from({ length: images }, (_, i) => i), correct: Uint8Array.from({ length: images }, (_, i) => Number(!wrong.includes(i))) } : null,
  };
}

export const given = (levels: Levels, validationAccuracy: number, trainAccuracy: number | null = null, trainMeasuredOn: GivenResult['trainMeasuredOn'] = 'unknown'): JudgedRun => ({
  runId: null, name: 'the write-up', armKey: null, seed: null, status: 'given', config: null,
  given: { levels, validationAccuracy, trainAccuracy, trainMeasuredOn, source: 'the write-up' }, surroundings: null, epochs: [], predictions: null,
});

/** Runs without their arms, as one picks them in the library. */
export const picked = (...runs: readonly JudgedRun[]): ComparisonInput => ({
  subject: { kind: 'runs', runIds: runs.flatMap(({ runId }) => runId ?? []), name: 'picked' }, marginPoints: 0.5, design: null,
  runs: runs.map((one) => ({ ...one, armKey: null })), testOpenings: [],
});

/** A full factorial experiment over these runs. */
export function experiment(factors: Readonly<Record<string, readonly (string | number)[]>>, runs: readonly JudgedRun[], seeds: readonly number[] = [1, 2, 3]): ComparisonInput {
  const arms = Object.entries(factors).reduce<Levels[]>((done, [field, levels]) => done.flatMap((arm) => levels.map((level) => ({ ...arm, [field]: level }))), [{}]);
  return {
    subject: { kind: 'experiment', experimentId: 'experiment', name: 'experiment', question: 'What helped?', createdAt: '2026-11-26T00:00:00.000Z' }, marginPoints: 0.5,
    design: { factors: Object.entries(factors).map(([field, levels]) => ({ field, levels })), arms: arms.map((levels) => ({ key: armKey(levels), levels })), seeds, plannedRuns: arms.length * seeds.length, trials: null },
    runs, testOpenings: [],
  };
}
