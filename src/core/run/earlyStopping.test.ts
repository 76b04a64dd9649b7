import { describe, expect, it } from 'vitest';
import { stopsEarly } from './earlyStopping';

const scores = (...accuracies: number[]) => accuracies.map((accuracy) => ({ validation: { accuracy, loss: 1 - accuracy, images: 100 } }));
const rule = { monitor: 'accuracy', patienceEpochs: 2, minDelta: 0 } as const;
/** Epochs after which a run ends; null where it runs to its end. */
const ends = (options: Parameters<typeof stopsEarly>[0], accuracies: readonly number[]) => {
  const at = accuracies.findIndex((_, i) => stopsEarly(options, scores(...accuracies.slice(0, i + 1))));
  return at < 0 ? null : at + 1;
};

describe('early stopping', () => {
  it('ends a run after so many epochs in a row that bring nothing', () => {
    expect(ends(rule, [0.1, 0.2, 0.3, 0.4])).toBeNull();
    expect(ends(rule, [0.1, 0.3, 0.2, 0.3])).toBe(4);
    expect(ends(rule, [0.1, 0.3, 0.2, 0.31, 0.3, 0.3])).toBe(6);
    expect(ends({ ...rule, patienceEpochs: 1 }, [0.3, 0.2])).toBe(2);
  });
  it('counts an improvement within the margin as none, and measures the next from the old best', () => {
    expect(ends({ ...rule, minDelta: 0.05 }, [0.3, 0.34, 0.36, 0.36, 0.36])).toBe(5);
    expect(ends({ ...rule, minDelta: 0.05 }, [0.3, 0.34, 0.34])).toBe(3);
  });
  it('watches the loss where it is told to, and takes what is no number for no improvement', () => {
    expect(ends({ ...rule, monitor: 'loss' }, [0.1, 0.3, 0.2, 0.1])).toBe(4);
    expect(ends(rule, [0.1, NaN, NaN])).toBe(3);
  });
});
