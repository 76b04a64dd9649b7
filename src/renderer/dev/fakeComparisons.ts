import { parseExperiment, type ExperimentConfigInput } from '../../core/config/experiment';
import { runConfigSchema, type RunConfig } from '../../core/config/run';
import { compareRuns } from '../../core/judgement/compareRuns';
import type { Comparison } from '../../core/judgement/comparison';
import type { ComparisonInput, JudgedRun, RecordedEpoch } from '../../core/judgement/comparisonInput';
import type { ExperimentRecord } from '../../contracts/calls/experiments';
import { fakeRun, type FakeRun } from './fakeRuns';

/** Experiments with invented but plausible numbers, judged by the real compareRuns. */
export interface FakeExperiment {
  readonly record: ExperimentRecord;
  readonly runs: readonly FakeRun[];
}

const noise = (i: number) => ((Math.sin(i * 12.9898) * 43758.5453) % 1) * 0.5;

/** Rises to `last`, with steps that grow smaller. */
function epochsTo(config: RunConfig, last: number, train: number, seed: number): RecordedEpoch[] {
  return Array.from({ length: config.epochs }, (_, i) => {
    const part = 1 - Math.exp((-3.4 * (i + 1)) / config.epochs) + Math.exp(-3.4) * ((i + 1) / config.epochs);
    const wobble = i === config.epochs - 1 ? 0 : noise(seed * 100 + i) * 0.06 * (1 - i / config.epochs);
    const validation = last * (0.3 + 0.7 * part) + wobble;
    return { epoch: i + 1, validation, validationImages: 5000, plainTrain: train * (0.28 + 0.72 * part) + wobble / 2, augmentedTrain: config.augmentation === 'none' ? train * 0.99 : train * 0.88 * part, elapsedMs: (i + 1) * 52_000 };
  });
}

interface Spec {
  readonly id: string;
  readonly config: ExperimentConfigInput;
  readonly createdAt: string;
  /** Last accuracy a seed, and training accuracy, by arm key. */
  readonly arms: Readonly<Record<string, { readonly seeds: readonly number[]; readonly train: number; readonly failed?: number }>>;
  readonly done?: number;
}

function experiment({ id, config, createdAt, arms, done = Infinity }: Spec): FakeExperiment {
  const parsed = parseExperiment(config);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { arms: planned, config: whole } = parsed.value;
  let counted = 0;
  const judged: JudgedRun[] = [];
  const runs: FakeRun[] = [];
  for (const [s, seed] of whole.seeds.entries()) {
    for (const arm of planned) {
      const own = arms[arm.key];
      const runConfig = arm.runs[s]!;
      const runId = `${id}-${planned.indexOf(arm)}-${seed}`;
      const status = counted < done ? (own?.failed === seed ? 'failed' : 'completed') : counted === done ? 'running' : 'queued';
      counted++;
      const epochs = status === 'completed' ? epochsTo(runConfig, (own?.seeds[s] ?? 50) / 100, (own?.train ?? 60) / 100, seed) : status === 'running' ? epochsTo(runConfig, (own?.seeds[s] ?? 50) / 100, (own?.train ?? 60) / 100, seed).slice(0, 3) : [];
      judged.push({
        runId, name: runConfig.name, armKey: arm.key, seed, status, config: runConfig, given: null, epochs, predictions: null,
        surroundings: { datasetRevision: '9f41c27be0', numericsVersion: 1, device: 'cpu', precision: 'float32', intraOpThreads: 2, tensorflow: '2.21.0', version: '0.1.0', stepsPerEpoch: 352, totalSteps: 352 * runConfig.epochs },
      });
      const run = fakeRun(runId, { ...runConfig, epochs: 1, data: { trainImages: 256, validationImages: 5000 } }, 0, status, 30 - s);
      const at = (epoch: RecordedEpoch | undefined) => (epoch ? { accuracy: epoch.validation, epoch: epoch.epoch } : null);
      runs.push({ ...run, summary: { ...run.summary, config: runConfig, experimentId: id, epochsDone: epochs.length, step: epochs.length * 352, validationCurve: epochs.map((epoch) => epoch.validation), lastValidation: at(epochs.at(-1)), bestValidation: at([...epochs].sort((a, b) => b.validation - a.validation)[0]), failure: status === 'failed' ? { code: 'loss-not-finite', message: 'The loss was NaN at step 412.', remedy: 'A learning rate of 0.8 is high for this batch; try 0.1 with a warm-up of one epoch.' } : null } });
    }
  }
  const input: ComparisonInput = { subject: { kind: 'experiment', experimentId: id, name: whole.name, question: whole.question, createdAt }, marginPoints: whole.marginPoints, design: { factors: whole.factors, arms: planned, seeds: whole.seeds, plannedRuns: planned.length * whole.seeds.length, trials: null }, runs: judged, testOpenings: [] };
  return { runs, record: recordOf(input, whole, createdAt, id) };
}

function recordOf(input: ComparisonInput, config: ExperimentConfigInput, createdAt: string, id: string): ExperimentRecord {
  const comparison = compareRuns(input);
  const of = (...states: JudgedRun['status'][]) => input.runs.filter(({ status }) => states.includes(status)).length;
  return {
    summary: { id, name: config.name, question: config.question ?? '', createdAt, arms: comparison.arms.map(({ key, levels, runs }) => ({ key, levels, runIds: runs.flatMap((run) => run.runId ?? []) })) },
    config, comparison, plans: [{ at: createdAt, given: config }], notes: [], cutShortAt: null, folder: `~/.local/share/cultivar/experiments/${id}`,
    progress: { completed: of('completed'), failed: of('failed'), running: of('running'), waiting: of('queued'), planned: input.runs.length },
  };
}

const given = (levels: JudgedRun['given'] & object): JudgedRun => ({ runId: null, name: 'As reported', armKey: null, seed: null, status: 'given', config: null, given: levels, surroundings: null, epochs: [], predictions: null });

const factorial: ExperimentConfigInput = {
  name: 'TrivialAugment, epochs', question: 'Does augmentation change validation accuracy on CIFAR-10, and does that depend on the number of epochs?', base: {},
  factors: [{ field: 'augmentation', levels: ['none', 'crop-flip', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [5, 20] }], seeds: [1, 2, 3, 4, 5],
};
const key = (augmentation: string, epochs: number) => `augmentation ${augmentation}, epochs ${epochs}`;

export function fakeExperiments(): FakeExperiment[] {
  const writeUp: ExperimentConfigInput = { name: 'Student comparison', question: '5 epochs plain against 20 epochs with TrivialAugment: what helped?', base: {}, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [5, 20] }], seeds: [1, 2, 3, 4, 5] };
  const reported: ComparisonInput = {
    subject: { kind: 'experiment', experimentId: 'student', name: writeUp.name, question: writeUp.question ?? '', createdAt: '2026-11-24T11:08:00.000Z' }, marginPoints: 0.5, testOpenings: [],
    design: { factors: writeUp.factors as never, arms: [], seeds: writeUp.seeds, plannedRuns: 0, trials: null },
    runs: [
      given({ levels: { augmentation: 'none', epochs: 5 }, trainAccuracy: 0.9271, trainMeasuredOn: 'plain', validationAccuracy: 0.7939, source: 'write-up' }),
      given({ levels: { augmentation: 'crop-flip-trivialaugment', epochs: 20 }, trainAccuracy: 0.7337, trainMeasuredOn: 'augmented', validationAccuracy: 0.8334, source: 'write-up' }),
    ],
  };
  return [
    experiment({
      id: 'ta-epochs', config: factorial, createdAt: '2026-11-25T13:20:00.000Z', arms: {
        [key('none', 5)]: { seeds: [79.22, 79.72, 79.54, 79.48, 78.84], train: 92.71 }, [key('crop-flip', 5)]: { seeds: [82.18, 82.48, 82.2, 81.92, 82.18], train: 87.94 }, [key('crop-flip-trivialaugment', 5)]: { seeds: [76.1, 76.4, 76.18, 75.84, 76.26], train: 78.83 },
        [key('none', 20)]: { seeds: [81.84, 81.62, 81.8, 81.3, 81.28], train: 99.62 }, [key('crop-flip', 20)]: { seeds: [86.48, 86.54, 87, 86.46, 86.16], train: 95.18 }, [key('crop-flip-trivialaugment', 20)]: { seeds: [83.42, 83.34, 83.18, 83.2, 83.32], train: 88.07 },
      },
    }),
    { record: recordOf(reported, writeUp, '2026-11-24T11:08:00.000Z', 'student'), runs: [] },
    experiment({
      id: 'smoothing', createdAt: '2026-11-23T16:00:00.000Z', config: { name: 'Label smoothing 0.1', question: 'Does label smoothing 0.1 change accuracy?', base: { epochs: 8, augmentation: 'crop-flip' }, factors: [{ field: 'labelSmoothing', levels: [0, 0.1] }], seeds: [1, 2, 3, 4, 5] },
      arms: { 'labelSmoothing 0': { seeds: [93.1, 93.22, 92.98, 93.05, 93.18], train: 99.1 }, 'labelSmoothing 0.1': { seeds: [93.14, 93.2, 93.05, 93.02, 93.22], train: 98.4 } },
    }),
    experiment({
      id: 'momentum', createdAt: '2026-11-22T16:00:00.000Z', config: { name: 'Momentum 0.9 on top of crop + flip', question: 'Does momentum 0.9 raise validation accuracy on CIFAR-10 over none, at 8 epochs?', base: { epochs: 8, augmentation: 'crop-flip', optimizer: { kind: 'sgd' } }, factors: [{ field: 'optimizer.momentum', levels: [0, 0.9] }], seeds: [1] },
      arms: { 'optimizer.momentum 0': { seeds: [93.16], train: 99.31 }, 'optimizer.momentum 0.9': { seeds: [93.58], train: 98.02 } },
    }),
    experiment({
      id: 'stem', createdAt: '2026-11-25T15:10:00.000Z', done: 7, config: { name: 'CIFAR stem', question: 'Does the CIFAR stem help once TrivialAugment is on?', base: { epochs: 12 }, factors: [{ field: 'model.stem', levels: ['imagenet', 'cifar'] }, { field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }], seeds: [1, 2, 3, 4, 5] },
      arms: { 'model.stem imagenet, augmentation none': { seeds: [84, 84.2], train: 98 }, 'model.stem cifar, augmentation none': { seeds: [90.1, 90.4], train: 99 }, 'model.stem imagenet, augmentation crop-flip-trivialaugment': { seeds: [85, 85.2], train: 90 }, 'model.stem cifar, augmentation crop-flip-trivialaugment': { seeds: [92.3, 92.41], train: 95 } },
    }),
    experiment({
      id: 'rate', createdAt: '2026-11-20T10:00:00.000Z', config: { name: 'Learning rates', question: 'Which of twelve learning rates is best, <b>and</b> does "it" matter & how?', base: { epochs: 6, augmentation: 'crop-flip' }, factors: [{ field: 'schedule.learningRate', levels: [0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8] }], seeds: [1, 2, 3] },
      arms: Object.fromEntries([0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.8].map((rate, i) => [`schedule.learningRate ${rate}`, { seeds: [0, 1, 2].map((s) => 82 - (i - 5) ** 2 * 0.18 + noise(i * 3 + s)), train: 90 - i, failed: rate === 0.8 ? 2 : undefined }])),
    }),
  ];
}

/** Runs picked by hand. */
export function fakeComparison(runs: readonly FakeRun[]): Comparison {
  return compareRuns({
    subject: { kind: 'runs', runIds: runs.map(({ summary }) => summary.id), name: runs.length === 1 ? runs[0]!.summary.name : 'Comparison' }, marginPoints: 0.5, design: null, testOpenings: [],
    runs: runs.map(({ summary }) => ({
      runId: summary.id, name: summary.name, armKey: null, seed: summary.config.seed, status: summary.status, config: runConfigSchema.parse(summary.config), given: null, predictions: null,
      surroundings: { datasetRevision: '9f41c27be0', numericsVersion: 1, device: 'cpu', precision: 'float32', intraOpThreads: 2, tensorflow: '2.21.0', version: '0.1.0', stepsPerEpoch: 352, totalSteps: 352 * summary.config.epochs },
      epochs: summary.validationCurve.map((validation, i) => ({ epoch: i + 1, validation, validationImages: 5000, plainTrain: Math.min(1, validation + 0.03 + 0.01 * i), augmentedTrain: null, elapsedMs: (i + 1) * 52_000 })),
    })),
  });
}
