import { describe, expect, it } from 'vitest';
import { compareLogits, predicted } from './compare';

const images = 100;
/** Image i is of class i mod 2, and the model says so with a margin of 2; the first `wrong` are wrong. */
const trained = (wrong = 0) => Float32Array.from({ length: images * 2 }, (_, k) => {
  const [row, column] = [k >> 1, k & 1];
  const right = (row % 2 === column) !== (row < wrong);
  return right ? 1 : -1;
});
const labels = Uint8Array.from({ length: images }, (_, i) => i % 2);
const files = { images: 8, equal: 8 };
const compare = (exported: Float32Array, precision: 'float32' | 'float16' | 'int8' = 'float32', imageFiles = files) =>
  compareLogits({ trained: trained(10), exported, labels, classes: 2, imageFiles }, precision, 'a runtime');

describe('parity', () => {
  it('passes equal logits, with accuracies and their intervals', () => {
    expect(compare(trained(10))).toMatchObject({
      state: 'passed', largestLogitDifference: 0, changedPredictions: 0, accuracyLossPoints: 0, problems: [],
      trained: { value: 0.9, images: 100, interval: [expect.closeTo(0.8256, 4), expect.closeTo(0.9448, 4)] }, exported: { value: 0.9 },
    });
  });

  it('fails a difference that float32 does not explain, though no prediction changed', () => {
    const result = compare(trained(10).map((logit) => logit * 1.1));
    expect(result).toMatchObject({ state: 'failed', changedPredictions: 0, problems: [expect.stringMatching(/a logit differs by 0\.100/)] });
    expect(compare(trained(10).map((logit) => logit * 1.01), 'float16').state).toBe('passed');
    expect(compare(trained(10).map((logit) => logit * 1.1), 'int8')).toMatchObject({ state: 'passed', logitTolerance: null });
  });

  it('fails changed predictions, also where accuracy stays', () => {
    // Ten other images are wrong, and the first ten are right: as accurate, and another model.
    const other = trained(0).map((logit, k) => (k >> 1 >= 90 ? -logit : logit));
    expect(compare(other, 'int8')).toMatchObject({ state: 'failed', changedPredictions: 20, accuracyLossPoints: 0, problems: expect.arrayContaining([expect.stringContaining('20 of 100 predictions changed')]) as string[] });
  });

  it('fails lost accuracy', () => {
    expect(compare(trained(14), 'int8')).toMatchObject({ state: 'failed', accuracyLossPoints: 4, problems: expect.arrayContaining([expect.stringContaining('4.00 points of accuracy')]) as string[] });
  });

  it('fails image files that came to another label, and the lack of any', () => {
    expect(compare(trained(10), 'float32', { images: 8, equal: 7 }).state).toBe('failed');
    expect(compare(trained(10), 'int8', { images: 8, equal: 7 }).state).toBe('passed');
    expect(compare(trained(10), 'float32', { images: 0, equal: 0 }).state).toBe('failed');
  });

  it('fails an int8 network whose answers stay though what it says of the images is another thing', () => {
    // One class always wins; only how far tells the images apart.
    const steady = Float32Array.from({ length: images * 2 }, (_, k) => (k & 1 ? 0 : 5 + ((k >> 1) % 7) / 10));
    const given = (exported: Float32Array) => compareLogits({ trained: steady, exported, labels, classes: 2, imageFiles: files }, 'int8', '');
    expect(given(steady.map((logit) => logit + 0.01)).state).toBe('passed');
    expect(given(Float32Array.from(steady, (_, k) => steady[(k + 6) % steady.length]!))).toMatchObject({ state: 'failed', changedPredictions: 0, problems: [expect.stringMatching(/error is \d+ % of what they vary/)] });
  });

  it('fails what is no number, on either side', () => {
    for (const bad of [NaN, Infinity]) {
      expect(compare(trained(10).fill(bad, 3, 4), 'int8')).toMatchObject({ state: 'failed', largestLogitDifference: null });
    }
    const both = trained(10).fill(NaN, 3, 4);
    expect(compareLogits({ trained: both, exported: both, labels, classes: 2, imageFiles: files }, 'int8', '').state).toBe('failed');
    expect(predicted(Float32Array.of(NaN, NaN), 0, 2)).toBe(-1);
    expect(() => compare(new Float32Array(3))).toThrow(RangeError);
  });
});
