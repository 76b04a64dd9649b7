import type { RunSummary } from '../../contracts/runs';
import { runConfigSchema, type RunConfig, type RunConfigInput } from '../../core/config/run';
import type { EpochEvent, StartedEvent, TrainerEvent } from '../../core/run/events';
import { learningRateAt } from '../../core/schedule/learningRate';

const noise = (i: number) => Math.sin(i * 12.9898) * 43758.5453 % 1;
const startMs = Date.UTC(2026, 10, 25, 9, 30);

export function startedEvent(config: RunConfig): StartedEvent {
  const images = config.data.trainImages ?? 45_000;
  const stepsPerEpoch = Math.ceil(images / config.batchSize);
  return {
    type: 'started', atMs: startMs, pid: 4242, totalSteps: stepsPerEpoch * config.epochs, stepsPerEpoch, epochs: config.epochs, batchSize: config.batchSize, trainImages: images,
    validationImages: 5000, plainTrainImages: 5000, parameterCount: 23_520_842, device: { kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores' }, gpuNotUsed: null,
    intraOpThreads: 2, workers: 1, tensorflowVersion: '2.21.0',
  };
}

/** Step and epoch events of an invented but plausible training, from step `from` to `to`. */
export function trainingEvents(config: RunConfig, from: number, to: number): TrainerEvent[] {
  const plan = startedEvent(config);
  const events: TrainerEvent[] = [];
  const msPerStep = (config.batchSize / 205) * 1000;
  for (let step = from; step <= to; step++) {
    const t = step / plan.totalSteps;
    const accuracy = 0.1 + 0.52 * (1 - Math.exp(-3.2 * t)) + 0.05 * noise(step);
    const learningRate = learningRateAt(config.schedule, step - 1, plan.totalSteps, plan.stepsPerEpoch);
    const atMs = startMs + step * msPerStep;
    events.push({ type: 'steps', atMs, step: [step], loss: [2.35 - 1.25 * (1 - Math.exp(-3 * t)) + 0.12 * noise(step + 7)], accuracy: [accuracy], learningRate: [learningRate], elapsedMs: [step * msPerStep] });
    if (step === 1) events.push({ type: 'firstBatch', atMs, images: config.batchSize });
    if (step % 10 === 0) events.push({ type: 'rate', atMs, step, imagesPerSecond: 205 + 8 * noise(step), inputWaitFraction: 0.004, remainingMs: (plan.totalSteps - step) * msPerStep, residentBytes: 2.1e9 });
    if (step % plan.stepsPerEpoch === 0) {
      const validation = 0.12 + 0.44 * (1 - Math.exp(-3.4 * t)) + 0.02 * noise(step);
      const epoch: EpochEvent = {
        type: 'epoch', atMs, epoch: step / plan.stepsPerEpoch, step, train: { loss: 2.3 - 1.2 * t, accuracy: accuracy - 0.02, images: plan.trainImages }, plainTrain: { loss: 2.2 - 1.3 * t, accuracy: accuracy + 0.03, images: 5000 },
        validation: { loss: 2.25 - 1.05 * (1 - Math.exp(-3 * t)), accuracy: validation, images: 5000 }, trainMs: plan.stepsPerEpoch * msPerStep, evaluateMs: 9000, imagesPerSecond: 205, elapsedMs: step * msPerStep,
      };
      events.push(epoch, { type: 'checkpoint', atMs: atMs + 400, step, bytes: 188e6, reason: 'epoch', dropped: [] });
    }
  }
  return events;
}

export interface FakeRun { summary: RunSummary; events: TrainerEvent[] }

/** A run with its events: the summary says what the events say. */
export function fakeRun(id: string, input: RunConfigInput, part: number, status: RunSummary['status'], hoursAgo: number, extra: Partial<RunSummary> = {}, end: TrainerEvent[] = []): FakeRun {
  const config = runConfigSchema.parse(input);
  const plan = startedEvent(config);
  const step = Math.round(plan.totalSteps * part);
  const events = [plan, ...trainingEvents(config, 1, step), ...end];
  const epochs = events.filter((event): event is EpochEvent => event.type === 'epoch');
  const best = epochs.reduce<EpochEvent | null>((top, epoch) => (top && top.validation.accuracy >= epoch.validation.accuracy ? top : epoch), null);
  const at = (epoch: EpochEvent | null | undefined) => (epoch ? { accuracy: epoch.validation.accuracy, epoch: epoch.epoch } : null);
  const time = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
  return {
    events,
    summary: {
      id, name: config.name, status, config, experimentId: null, createdAt: time, startedAt: time, endedAt: status === 'running' || status === 'queued' ? null : time, epochsDone: step / plan.stepsPerEpoch, step,
      lastValidation: at(epochs.at(-1)), bestValidation: at(best), validationCurve: epochs.map((epoch) => epoch.validation.accuracy), resumable: status === 'stopped' || status === 'interrupted' || status === 'failed', failure: null, ...extra,
    },
  };
}
