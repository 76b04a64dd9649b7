import { describe, expect, it } from 'vitest';
import { defaultRunConfig } from '../../../core/config/run';
import type { EpochEvent, StartedEvent, TrainerEvent } from '../../../core/run/events';
import { replay } from '../../../core/run/view';
import { rateOf } from '../recipe/rate';
import { runCurves } from './curves';

const started: StartedEvent = {
  type: 'started', atMs: 0, pid: 1, totalSteps: 20, stepsPerEpoch: 10, epochs: 2, batchSize: 4, trainImages: 40, validationImages: 10, plainTrainImages: 10, parameterCount: 1,
  device: { kind: 'cpu', name: 'CPU' }, gpuNotUsed: null, intraOpThreads: 1, workers: 1, tensorflowVersion: '2.21.0',
};
const steps = (from: number, to: number): TrainerEvent => {
  const step = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { type: 'steps', atMs: to, step, loss: step.map((n) => 1 / n), accuracy: step.map((n) => n / 20), learningRate: step.map(() => 0.1), elapsedMs: step.map((n) => n * 500) };
};
const score = (accuracy: number) => ({ loss: 1, accuracy, images: 10 });
const epoch: EpochEvent = { type: 'epoch', atMs: 10, epoch: 1, step: 10, train: score(0.4), plainTrain: score(0.5), validation: score(0.45), trainMs: 5000, evaluateMs: 1000, imagesPerSecond: 8, elapsedMs: 6000 };
const view = replay([started, steps(1, 10), epoch, { type: 'paused', atMs: 11, step: 10 }, { type: 'continued', atMs: 60_011, step: 10 }, { type: 'noted', atMs: 60_012, step: 12, text: 'the fan is loud' }, steps(11, 15), { type: 'paused', atMs: 60_015, step: 15 }, { type: 'rate', atMs: 15, step: 15, imagesPerSecond: 8, inputWaitFraction: 0, remainingMs: 2500, residentBytes: 1 }]);

describe('runCurves', () => {
  it('lies over epochs, steps or seconds', () => {
    expect(Array.from(runCurves(view, 'epoch', null).trainingLoss.x).at(-1)).toBe(1.5);
    expect(Array.from(runCurves(view, 'step', null).trainingLoss.x).at(-1)).toBe(15);
    expect(Array.from(runCurves(view, 'seconds', null).trainingLoss.x).at(-1)).toBe(7.5);
    expect(['epoch', 'step', 'seconds'].map((horizontal) => runCurves(view, horizontal as 'epoch', null).xMax)).toEqual([2, 20, 10]);
  });
  it('has the gap from plain images, and the moments of pauses and notes', () => {
    const curves = runCurves(view, 'epoch', null);
    expect(Array.from(curves.gap.y)[0]).toBeCloseTo(0.05, 12);
    expect(curves.validationAccuracy).toEqual({ x: [1], y: [0.45] });
    expect(curves.moments).toEqual([{ x: 1, kind: 'paused', durationMs: 60_000 }, { x: 1.2, kind: 'noted', text: 'the fan is loud' }, { x: 1.5, kind: 'paused', durationMs: null }]);
    expect(curves.epochs).toMatchObject([{ epoch: 1, durationMs: 6000 }]);
    expect(curves.throughput).toMatchObject({ x: [1.5] });
  });
  it('draws the schedule to come only while there is one', () => {
    const rateAt = rateOf({ ...defaultRunConfig(), epochs: 2 }, 10);
    const toCome = runCurves(view, 'epoch', rateAt).learningRateToCome;
    expect([toCome.x[0], toCome.x[toCome.x.length - 1]]).toEqual([1.5, 2]);
    const ended = replay([started, steps(1, 3), { type: 'ended', atMs: 4, outcome: 'stopped', exit: { code: 3, signal: null }, error: null }]);
    expect(runCurves(ended, 'epoch', rateAt).learningRateToCome.x).toHaveLength(0);
  });
});
