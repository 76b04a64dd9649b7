import type { ExplainedImage, ToolCalls } from '../../contracts/calls/tools';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import type { RangeTestRecord } from '../../contracts/tools';
import { runConfigSchema } from '../../core/config/run';
import { enlarge } from '../../core/predictions/heat';
import { nextBatch, readBatchSearch, type BatchTrial } from '../../core/tuning/batchSearch';
import { rangeRate, readRangeTest } from '../../core/tuning/rangeTest';

type Own = Exclude<keyof ToolCalls, `embeddings.${string}`>;
type Handlers = { [C in Own]: (...args: ToolCalls[C]['args']) => ToolCalls[C]['value'] | Promise<ToolCalls[C]['value']> };
const device = { kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores', intraOpThreads: 2, tensorflowVersion: '2.21.0' } as const;

/** Range tests that take seconds, a search for the largest batch, and heat in the browser. */
export function fakeToolCalls(push: <P extends IpcPush>(name: P, payload: IpcPushes[P]) => void): Handlers {
  const kept: RangeTestRecord[] = [];
  let cancelled = false;
  const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });
  const explained = (name: string, chosen: number | null): ExplainedImage => {
    const map = Float32Array.from({ length: 16 }, (_, i) => Math.exp(-(((i % 4) - 1.2) ** 2) - (Math.floor(i / 4) - 1.7) ** 2));
    return {
      name, top: [{ label: 'dog', index: 5, probability: 0.71 }], explained: { index: chosen ?? 5, label: chosen === null ? 'dog' : 'cat', logit: 3.2 }, width: 32, height: 32,
      pixels: Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (Math.floor(i / 3) % 32) * 4 + (i % 3) * 40), mapSize: [4, 4], map, heat: enlarge(map, [4, 4], [32, 32]),
    };
  };
  return {
    'lrRange.start': async (config, settings) => {
      cancelled = false;
      const points = [];
      for (let step = 0; step < settings.steps && !cancelled; step++) {
        const learningRate = rangeRate(settings, step);
        const x = Math.log10(learningRate);
        points.push({ learningRate, loss: 2.32 - 0.9 / (1 + Math.exp(-3 * (x + 1.8))) + (x > -0.3 ? 6 * (x + 0.3) ** 2 : 0) + 0.06 * Math.sin(step * 12.9) });
        push('lrRange.points', { points: [points.at(-1)!] });
        await pause(20);
      }
      const record: RangeTestRecord = { kind: 'lr-range', schemaVersion: 1, id: `range-${kept.length}`, createdAt: new Date().toISOString(), config: runConfigSchema.parse(config), dataRevision: 'a'.repeat(64), settings, points, diverged: true, device, reading: readRangeTest(points, true) };
      kept.unshift(record);
      return record;
    },
    'lrRange.list': () => kept,
    'batch.search': async (_config, { most, memoryBytes }) => {
      cancelled = false;
      const settings = { start: Math.min(32, most), most };
      const limit = { bytes: memoryBytes ?? 5e9, from: memoryBytes === null ? 'machine' : 'person' } as const;
      const trials: BatchTrial[] = [];
      for (let batchSize = nextBatch(settings, trials); batchSize !== null && !cancelled; batchSize = nextBatch(settings, trials)) {
        await pause(400);
        const peakBytes = 6e8 + 9.5e6 * batchSize;
        trials.push(peakBytes <= limit.bytes ? { batchSize, fits: true, imagesPerSecond: 240 / (1 + 18 / batchSize + batchSize / 4000), peakBytes } : { batchSize, fits: false, reason: 'over-limit', peakBytes: limit.bytes });
        push('batch.tried', trials.at(-1)!);
      }
      if (cancelled) throw new Error('cancelled');
      return { settings, trials, reading: readBatchSearch(trials), limit, device };
    },
    'tools.cancel': () => { cancelled = true; return null; },
    'gradcam.file': (_runId, { name }, chosen) => explained(name, chosen),
    'gradcam.image': (_runId, index, chosen) => explained(String(index), chosen),
  };
}
