import { describe, expect, it } from 'vitest';
import { runConfigSchema } from '../../../core/config/run';
import { queueTime, rateKey, waitingMs } from './queueTime';

const config = runConfigSchema.parse({ epochs: 4, data: { trainImages: 3000, validationImages: 3000 } });

describe('time left of the queue', () => {
  it('of a run that waits is its work over the rate, less what it has done', () => {
    expect(waitingMs({ config, epochsDone: 0 }, 100, 45_000)).toBe(200_000);
    expect(waitingMs({ config, epochsDone: 3 }, 100, 45_000)).toBe(50_000);
    expect(waitingMs({ config, epochsDone: 0 }, 100, null)).toBe(200_000);
    expect(waitingMs({ config, epochsDone: 0 }, null, 45_000)).toBeNull();
    const whole = { ...config, data: { ...config.data, trainImages: null } };
    expect(waitingMs({ config: whole, epochsDone: 0 }, 100, 7000)).toBe(4 * (7000 + (3000 + 5000) / 3) * 10);
    expect(waitingMs({ config: whole, epochsDone: 0 }, 100, null)).toBeNull();
  });
  it('adds up, one run after another', () => {
    expect(queueTime([60_000], [100_000, 200_000], 1)).toEqual({ ms: 360_000, unknown: 0 });
    expect(queueTime([], [], 1)).toEqual({ ms: 0, unknown: 0 });
  });
  it('says how many runs it does not know', () => {
    expect(queueTime([null], [100_000, null], 1)).toEqual({ ms: 100_000, unknown: 2 });
  });
  it('is shared where several train at once', () => {
    expect(queueTime([60_000], [100_000, 200_000], 2)).toEqual({ ms: 260_000, unknown: 0 });
  });
  it('asks for one rate for runs that are equally fast', () => {
    expect(rateKey({ ...config, epochs: 9, seed: 3 })).toBe(rateKey(config));
    expect(rateKey({ ...config, batchSize: 64 })).not.toBe(rateKey(config));
  });
});
