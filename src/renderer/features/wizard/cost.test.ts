import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../contracts/runs';
import { runConfigSchema } from '../../../core/config/run';
import { equivalentImages, runOrder, timeSpread } from './cost';

const config = runConfigSchema.parse({ epochs: 2, data: { trainImages: 3000, validationImages: 3000 } });
const run = (seconds: number, change: Partial<RunSummary> = {}): RunSummary => ({
  id: 'r', name: '', status: 'completed', config, experimentId: null, createdAt: '', startedAt: '2026-01-01T00:00:00.000Z', endedAt: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
  epochsDone: 2, step: 1, lastValidation: null, bestValidation: null, validationCurve: [], resumable: false, failure: null, ...change,
});

const full = () => 45_000;

describe('what runs cost', () => {
  it('counts what is only looked at as a third', () => {
    expect(equivalentImages(config, 45_000)).toBe(2 * (3000 + 6000 / 3));
    expect(equivalentImages({ ...config, data: { ...config.data, trainImages: null } }, 45_000)).toBeCloseTo(2 * (45_000 + 8000 / 3), 6);
  });
  it('has a range where two runs of the same network have ended', () => {
    expect(timeSpread([run(90), run(110), run(100)], config, full)).toEqual({ low: 0.9, high: 1.1, runs: 3 });
    expect(timeSpread([run(90)], config, full)).toBeNull();
    expect(timeSpread([run(90), run(110, { status: 'failed' }), run(100, { config: { ...config, batchSize: 64 } })], config, full)).toBeNull();
  });
  it('takes no run whose images are not known', () => {
    const all = { ...config, data: { ...config.data, trainImages: null } };
    expect(timeSpread([run(10, { config: all }), run(90), run(110), run(100)], config, () => null)).toEqual({ low: 0.9, high: 1.1, runs: 3 });
  });
  it('goes seed by seed, without what is done', () => {
    const order = runOrder([{ key: 'a' }, { key: 'b' }], [1, 2], new Set(['a|2']), { a: 10, b: 30 });
    expect(order.map(({ armKey, seed }) => `${armKey}${seed}`)).toEqual(['a1', 'b1', 'b2']);
    expect(order.map(({ share }) => share)).toEqual([1 / 7, 3 / 7, 3 / 7]);
    expect(runOrder([{ key: 'a' }, { key: 'b' }], [1], new Set(), { a: 10, b: null }).map(({ share }) => share)).toEqual([0.5, 0.5]);
  });
});
