import { describe, expect, it } from 'vitest';
import { learningRateAt, type Schedule } from './learningRate';

const cosine: Schedule = { kind: 'cosine', learningRate: 0.1, warmupEpochs: 0 };

describe('the learning rate', () => {
  it('is torch\'s CosineAnnealingLR without warm-up', () => {
    for (let step = 0; step < 20; step++) expect(learningRateAt(cosine, step, 20, 5)).toBeCloseTo((0.1 * (1 + Math.cos((Math.PI * step) / 20))) / 2, 15);
    expect(learningRateAt(cosine, 20, 20, 5)).toBeCloseTo(0, 15);
  });

  it('rises in a line to the peak and falls from there', () => {
    const schedule = { ...cosine, warmupEpochs: 0.8 };
    expect([0, 1, 2, 3].map((step) => learningRateAt(schedule, step, 20, 5))).toEqual([0.025, 0.05, 0.1 * 3 / 4, 0.1].map((v) => expect.closeTo(v, 12)));
    expect(learningRateAt(schedule, 4, 20, 5)).toBeCloseTo(0.1, 12);
    expect(learningRateAt(schedule, 12, 20, 5)).toBeCloseTo(0.05, 12);
    expect(learningRateAt({ ...schedule, kind: 'constant' }, 12, 20, 5)).toBe(0.1);
  });
});
