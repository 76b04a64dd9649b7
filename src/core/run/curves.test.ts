import { expect, it } from 'vitest';
import { thinCurves } from './curves';
import { applyEvent, emptyView } from './view';

const withSteps = (accuracy: readonly number[]) => applyEvent(emptyView, {
  type: 'steps', atMs: 0, step: accuracy.map((_, i) => i + 1), loss: accuracy.map(() => 1), accuracy: [...accuracy], learningRate: accuracy.map(() => 0.1), elapsedMs: accuracy.map((_, i) => i * 10),
});

it('of each stretch of steps the lowest and the highest, in order: a spike stays', () => {
  const { steps } = thinCurves(withSteps([0.5, 0.4, 0.6, 0.5, 0.5, 0.9, 0.1, 0.5, 0.5, 0.5]), 4);
  expect([...steps.step]).toEqual([2, 3, 6, 7]);
  expect([...steps.accuracy]).toEqual([0.4, 0.6, 0.9, 0.1]);
  expect([...steps.elapsedMs]).toEqual([10, 20, 50, 60]);
});

it('keeps every spike of a long run, and what is not a number hides none', () => {
  const accuracy = Array.from({ length: 31_400 }, (_, i) => (i === 12_345 ? 0.99 : i === 20_000 ? 0.01 : i % 7 === 0 ? Number.NaN : 0.5));
  const { steps } = thinCurves(withSteps(accuracy), 1000);
  expect(steps.step.length).toBeLessThanOrEqual(1000);
  expect(steps.accuracy[steps.step.indexOf(12_346)]).toBe(0.99);
  expect(steps.accuracy[steps.step.indexOf(20_001)]).toBe(0.01);
});

it('short runs come back whole, empty ones empty', () => {
  expect([...thinCurves(withSteps([0.1, 0.2, 0.3]), 4).steps.accuracy]).toEqual([0.1, 0.2, 0.3]);
  expect(thinCurves(emptyView, 4)).toMatchObject({ stepsPerEpoch: null, steps: { step: new Float64Array() }, epochs: { epoch: new Float64Array() } });
});
