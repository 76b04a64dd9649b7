import { describe, expect, it } from 'vitest';
import { CounterRandom } from '../random/philox';
import { calibrationOf, fitTemperature, isTemperatureLimit } from './calibration';
import { readPredictions, type Predicted } from './reading';

/** A network whose logits are `sharpness` times those that its answers are drawn from: calibrated at 1, that much too sure above. */
function drawn(images: number, sharpness: number, seed: number, classes = 10): Predicted {
  const random = new CounterRandom(seed, 'a calibration test', images);
  const labels: number[] = [];
  const probabilities = new Float32Array(images * classes);
  const softmax = (logits: readonly number[]) => {
    const powers = logits.map(Math.exp);
    const sum = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / sum);
  };
  for (let image = 0; image < images; image++) {
    const logits = Array.from({ length: classes }, () => 2.2 * random.normal());
    let left = random.float();
    labels.push(Math.max(0, softmax(logits).findIndex((p) => (left -= p) <= 0)));
    probabilities.set(softmax(logits.map((logit) => logit * sharpness)), image * classes);
  }
  return { classes: Array.from({ length: classes }, (_, i) => String(i)), labels, probabilities };
}
const read = (predicted: Predicted) => ({ reading: readPredictions(predicted), calibration: calibrationOf(predicted, readPredictions(predicted))! });
const all = (predicted: Predicted) => Array.from({ length: predicted.labels.length }, (_, i) => i);

describe('temperature', () => {
  it('is the factor by which logits are too large, and mends the error', () => {
    for (const sharpness of [0.6, 1, 1.6]) {
      const { reading, calibration } = read(drawn(4000, sharpness, 1));
      expect(calibration.temperature / sharpness).toBeGreaterThan(0.95);
      expect(calibration.temperature / sharpness).toBeLessThan(1.05);
      expect(calibration.errorAfter).toBeLessThan(0.025);
      if (sharpness !== 1) expect(calibration.errorAfter).toBeLessThan(reading.expectedCalibrationError / 3);
    }
  });

  it('has the least log loss: a little more or less is worse', () => {
    const predicted = drawn(500, 1.3, 2, 4);
    const loss = (temperature: number) => all(predicted).reduce((sum, image) => {
      const row = Array.from({ length: 4 }, (_, c) => Math.log(predicted.probabilities[image * 4 + c]!) / temperature);
      return sum + Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0)) - row[predicted.labels[image]!]!;
    }, 0);
    const best = fitTemperature(predicted, all(predicted));
    expect(loss(best)).toBeLessThan(loss(best * 1.01));
    expect(loss(best)).toBeLessThan(loss(best / 1.01));
  });

  it('stays within its bounds where every answer is right, or every one wrong, also with probabilities of 0', () => {
    const right: Predicted = { classes: ['a', 'b'], labels: [0, 1, 0], probabilities: [1, 0, 0, 1, 0.9, 0.1] };
    expect(fitTemperature(right, [0, 1, 2])).toBeCloseTo(0.05, 5);
    expect(fitTemperature({ ...right, labels: [1, 0, 1] }, [0, 1, 2])).toBeCloseTo(20, 3);
    expect([fitTemperature(right, [0, 1, 2]), fitTemperature({ ...right, labels: [1, 0, 1] }, [0, 1, 2]), 1, 0.06, 19].map(isTemperatureLimit)).toEqual([true, true, false, false, false]);
  });
});

describe('the interval of the error', () => {
  it('holds the estimate, is the same each time, and is narrower with more images', () => {
    const width = (images: number) => {
      const predicted = drawn(images, 1.6, 3);
      const { reading, calibration } = read(predicted);
      expect(calibration).toEqual(read(predicted).calibration);
      expect(calibration.interval.low).toBeLessThan(reading.expectedCalibrationError);
      expect(calibration.interval.high).toBeGreaterThanOrEqual(reading.expectedCalibrationError);
      return calibration.interval.high - calibration.interval.low;
    };
    expect(width(2000)).toBeLessThan(width(300));
  });

  it('begins at 0 for a network that is as often right as it is sure, and above it for one that is not', () => {
    const lows = Array.from({ length: 20 }, (_, seed) => read(drawn(300, 1, seed)).calibration.interval.low);
    expect(lows.filter((low) => low === 0).length).toBeGreaterThanOrEqual(17);
    expect(read(drawn(1000, 1.6, 4)).calibration.interval.low).toBeGreaterThan(0.08);
  });

  it('is not told of fewer than two images', () => {
    const one: Predicted = { classes: ['a', 'b'], labels: [0], probabilities: [0.7, 0.3] };
    expect(calibrationOf(one, readPredictions(one))).toBeNull();
  });
});
