import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from '../statistics/proportions';
import { imagesOf, readAnswers, readPredictions, surestMistakes } from './reading';

const classes = ['cat', 'dog', 'frog'];
const labels = Uint8Array.from([0, 0, 1, 1, 2]);
const probabilities = Float32Array.from([
  0.9, 0.05, 0.05,
  0.2, 0.7, 0.1,
  0.1, 0.8, 0.1,
  0.6, 0.3, 0.1,
  0.4, 0.4, 0.2,
]);
const reading = readPredictions({ classes, labels, probabilities });

describe('readPredictions', () => {
  it('counts images by label and answer; a tie goes to the first class', () => {
    expect(reading.confusion).toEqual([[1, 1, 0], [1, 1, 0], [1, 0, 0]]);
    expect(reading.right).toBe(2);
  });
  it('gives recall, precision and F1 of each class, and none where there is nothing to divide by', () => {
    expect(reading.perClass[0]).toMatchObject({ images: 2, recall: 0.5, precision: 1 / 3, f1: 0.4 });
    expect(reading.perClass[2]).toMatchObject({ images: 1, recall: 0, precision: null, f1: 0 });
    expect(readPredictions({ classes, labels: [], probabilities: [] }).perClass[0]).toMatchObject({ recall: null, recallInterval: null, precision: null, f1: null });
  });
  it('weighs every class the same in balanced accuracy, however many images it has', () => {
    expect(reading.balancedAccuracy).toBeCloseTo((0.5 + 0.5 + 0) / 3, 12);
    expect(readPredictions({ classes, labels: [0, 0, 0, 1], probabilities: [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0] }).balancedAccuracy).toBe(0.5);
    expect(readPredictions({ classes, labels: [], probabilities: [] }).balancedAccuracy).toBeNull();
  });
  it('measures calibration as core/statistics does', () => {
    const correct = Array.from(reading.answers, (answer, i) => Number(answer === labels[i]));
    expect(reading.expectedCalibrationError).toBeCloseTo(expectedCalibrationError([...reading.confidences], correct, 15), 12);
    expect(reading.bins.reduce((sum, { images }) => sum + images, 0)).toBe(5);
  });
  it('puts the surest first', () => {
    expect(surestMistakes(reading, labels, 2)).toEqual([1, 3]);
    expect(imagesOf(reading, labels, 1, 0)).toEqual([3]);
  });
  it('needs no more than the top classes and their probabilities', () => {
    expect(readAnswers({ classes, labels }, { answers: reading.answers, confidences: reading.confidences })).toEqual(reading);
  });
  it('refuses what does not fit', () => {
    expect(() => readPredictions({ classes, labels, probabilities: [1] })).toThrow(RangeError);
  });
});
