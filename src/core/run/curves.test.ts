import { expect, it } from 'vitest';
import { thinCurves } from './curves';
import { applyEvent, emptyView } from './view';

const withSteps = (count: number) => applyEvent(emptyView, {
  type: 'steps', atMs: 0, step: Array.from({ length: count }, (_, i) => i + 1), loss: Array.from({ length: count }, (_, i) => i), accuracy: new Array<number>(count).fill(0.5),
  learningRate: Array.from({ length: count }, (_, i) => i / 100), elapsedMs: Array.from({ length: count }, (_, i) => i * 10),
});

it('means over stretches of equally many steps, the last one shorter', () => {
  const { steps } = thinCurves(withSteps(10), 4);
  expect([...steps.step]).toEqual([3, 6, 9, 10]);
  expect([...steps.loss]).toEqual([1, 4, 7, 9]);
  expect([...steps.elapsedMs]).toEqual([20, 50, 80, 90]);
});

it('short runs come back whole, empty ones empty', () => {
  expect([...thinCurves(withSteps(3), 4).steps.loss]).toEqual([0, 1, 2]);
  expect(thinCurves(emptyView, 4)).toMatchObject({ stepsPerEpoch: null, steps: { step: new Float64Array() }, epochs: { epoch: new Float64Array() } });
});
