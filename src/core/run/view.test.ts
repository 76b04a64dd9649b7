import { describe, expect, it } from 'vitest';
import { asTrainerEvent, type EpochEvent, type StartedEvent, type StepsEvent, type TrainerEvent } from './events';
import { applyEvent, bestEpoch, emptyView, replay } from './view';

const started: StartedEvent = {
  type: 'started', atMs: 1, pid: 7, totalSteps: 6, stepsPerEpoch: 3, epochs: 2, batchSize: 4, trainImages: 12, validationImages: 4, plainTrainImages: 4,
  parameterCount: 10, device: { kind: 'cpu', name: 'cpu' }, gpuNotUsed: null, intraOpThreads: 2, workers: 1, tensorflowVersion: '2.21.0',
};
const steps = (...step: number[]): StepsEvent => ({
  type: 'steps', atMs: 2, step, loss: step.map((s) => 1 / s), accuracy: step.map((s) => s / 10), learningRate: step.map(() => 0.1), elapsedMs: step.map((s) => s * 5),
});
const epoch = (n: number, accuracy: number): EpochEvent => {
  const score = { loss: 1, accuracy, images: 4 };
  return { type: 'epoch', atMs: 3, epoch: n, step: n * 3, train: score, plainTrain: score, validation: score, trainMs: 1, evaluateMs: 1, imagesPerSecond: 1, elapsedMs: n };
};
const rate = (step: number): TrainerEvent => ({ type: 'rate', atMs: 3, step, imagesPerSecond: 9, inputWaitFraction: 0, remainingMs: 50, residentBytes: 1 });

describe('the view of a run', () => {
  it('follows its events', () => {
    const view = replay([started, steps(1, 2), rate(2), steps(3), epoch(1, 0.5), steps(4, 5, 6), epoch(2, 0.4)]);
    expect(view).toMatchObject({ phase: 'running', step: 6, remainingMs: 50, plan: started });
    expect([...view.steps.column('step')]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(view.steps.last('elapsedMs')).toBe(30);
    expect(bestEpoch(view)?.epoch).toBe(1);
  });

  it('drops what a resume computes again', () => {
    const events = [started, steps(1, 2, 3), epoch(1, 0.5), steps(4, 5), rate(5), started, { type: 'resumed', atMs: 9, step: 3 } as const, steps(4, 5, 6), epoch(2, 0.6)];
    const view = replay(events);
    expect([...view.steps.column('step')]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(view.epochs.map((e) => e.epoch)).toEqual([1, 2]);
    expect(view.rates.length).toBe(0);
  });

  it('takes an epoch that was evaluated again once, as it was recorded last', () => {
    const resumed = { type: 'resumed', atMs: 9, step: 3 } as const;
    const view = replay([started, steps(1, 2, 3), epoch(1, 0.5), started, resumed, epoch(1, 0.6), steps(4, 5, 6), epoch(2, 0.4)]);
    expect(view.epochs.map((e) => [e.epoch, e.validation.accuracy])).toEqual([[1, 0.6], [2, 0.4]]);
    expect(view.log.filter(({ type }) => type === 'epoch')).toEqual(view.epochs);
  });

  it('calls a run shortened only where epochs are left out', () => {
    const planned = (epochs: number): TrainerEvent => ({ type: 'planned', atMs: 2, step: 0, epochs, totalSteps: 3 * epochs, asked: 2, reason: 'time-budget', epochMs: 9 });
    expect(replay([started, planned(2)])).toMatchObject({ shortened: null, plan: { epochs: 2, totalSteps: 6 } });
    expect(replay([started, planned(1)])).toMatchObject({ shortened: 'time-budget', plan: { epochs: 1, totalSteps: 3 } });
  });

  it('leaves earlier views as they were', () => {
    const early = replay([started, steps(1, 2)]);
    const one = applyEvent(early, steps(3));
    const other = applyEvent(early, { ...steps(3), loss: [99] });
    expect([early.steps.length, one.steps.last('loss'), other.steps.last('loss')]).toEqual([2, 1 / 3, 99]);
  });

  it('ends as its host says', () => {
    const error = { code: 'trainer-crashed', message: 'killed' };
    const view = replay([started, { type: 'ended', atMs: 4, outcome: 'failed', exit: { code: null, signal: 'SIGKILL' }, error }]);
    expect(view).toMatchObject({ phase: 'failed', error, exit: { signal: 'SIGKILL' }, remainingMs: null });
  });

  it('replays a million points in linear time', () => {
    let view = emptyView;
    for (let at = 0; at < 1_000_000; at += 1000) view = applyEvent(view, steps(...Array.from({ length: 1000 }, (_, i) => at + i + 1)));
    expect(view.steps.length).toBe(1_000_000);
  });

  it('knows what is no event', () => {
    expect(asTrainerEvent(started)).toBe(started);
    for (const no of [null, 3, {}, { type: 'step', atMs: 1 }, { type: 'steps' }]) expect(() => asTrainerEvent(no)).toThrow(TypeError);
  });
});
