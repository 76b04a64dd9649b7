import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runConfigSchema, type RunConfigInput } from '../../src/core/config/run';
import type { EpochEvent, TrainerEvent } from '../../src/core/run/events';
import { replay } from '../../src/core/run/view';
import { stringifyJson } from '../../src/library/json';
import { summaryOf, runManifestSchema } from '../../src/library/runManifest';

const startMs = Date.UTC(2026, 9, 1);

export interface ManyRuns {
  readonly count: number;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** With their events; else manifests alone. A number: the first so many. */
  readonly events: boolean | number;
}

/** Fills a library with completed runs that have the shape of real ones: 4 policies, seeds, curves with noise. @returns their ids */
export function writeManyRuns(library: string, { count, epochs, stepsPerEpoch, events: withEvents }: ManyRuns): string[] {
  const policies = ['none', 'crop-flip', 'crop-flip-trivialaugment'] as const;
  return Array.from({ length: count }, (_, i) => {
    const id = `resnet18-${String(i).padStart(5, '0')}-abcdef`;
    const given: RunConfigInput = { name: `ResNet-18, 実行 ${i} <&>`, seed: i, model: { architecture: 'resnet18' }, augmentation: policies[i % policies.length]!, epochs, batchSize: 128 };
    const events = eventsOf(i, epochs, stepsPerEpoch);
    const at = new Date(startMs + i * 3_600_000).toISOString();
    const { epochs: ended, step } = replay(events);
    const folder = join(library, 'runs', id);
    mkdirSync(folder, { recursive: true });
    const manifest = runManifestSchema.parse({
      schemaVersion: 1, id, name: given.name!, status: 'completed', config: { given: JSON.parse(JSON.stringify(given)) as null, resolved: runConfigSchema.parse(given) }, seed: i, dataset: { id: 'cifar10', revision: 'f'.repeat(64) },
      numericsVersion: 1, environment: {
        device: { kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores' }, gpuNotUsed: null, intraOpThreads: 2,
        versions: { cultivar: '0.1.0', tensorflow: '2.21.0', node: '20.19.0', electron: '33.2.1', commit: null },
      },
      createdAt: at, startedAt: at, endedAt: at, experimentId: null, summary: summaryOf({ epochs: ended, step }), failure: null,
    });
    writeFileSync(join(folder, 'manifest.json'), `${stringifyJson(manifest, 2)}\n`);
    if (withEvents === true || i < Number(withEvents)) appendFileSync(join(folder, 'events.jsonl'), events.map((event) => `${stringifyJson(event)}\n`).join(''));
    return id;
  });
}

/** Events of a completed run with noise of its seed. @param reached validation accuracy at the end */
export function eventsOf(seed: number, epochs: number, stepsPerEpoch: number, reached = 0.65): TrainerEvent[] {
  const noise = (i: number) => (Math.sin(seed * 78.233 + i * 12.9898) * 43758.5453) % 1;
  const total = epochs * stepsPerEpoch;
  const events: TrainerEvent[] = [{
    type: 'started', atMs: startMs, pid: 4242, totalSteps: total, stepsPerEpoch, epochs, batchSize: 128, trainImages: stepsPerEpoch * 128, validationImages: 5000, plainTrainImages: 5000, parameterCount: 11_181_642,
    device: { kind: 'cpu', name: 'Intel Xeon Platinum 8481C, 2 cores' }, gpuNotUsed: null, intraOpThreads: 2, workers: 1, tensorflowVersion: '2.21.0',
  }];
  const batch = 5;
  for (let step = 1; step <= total; step += batch) {
    const steps = Array.from({ length: Math.min(batch, total - step + 1) }, (_, i) => step + i);
    const t = step / total;
    events.push({ type: 'steps', atMs: startMs + step * 500, step: steps, loss: steps.map((at) => 2.3 - 1.5 * t + 0.1 * noise(at)), accuracy: steps.map((at) => 0.1 + 0.6 * t + 0.05 * noise(at)), learningRate: steps.map(() => 0.1 * (1 - t)), elapsedMs: steps.map((at) => at * 500) });
    const last = steps.at(-1)!;
    if (Math.floor(last / stepsPerEpoch) === Math.floor((step - 1) / stepsPerEpoch)) continue;
    const score = (accuracy: number) => ({ loss: 2.3 - 1.6 * t, accuracy, images: 5000 });
    events.push({
      type: 'epoch', atMs: startMs + last * 500, epoch: Math.floor(last / stepsPerEpoch), step: last, train: score(0.1 + 0.6 * t), plainTrain: score(0.12 + 0.65 * t), validation: score(0.1 + (reached - 0.1) * t + 0.02 * noise(last)),
      trainMs: stepsPerEpoch * 500, evaluateMs: 9000, imagesPerSecond: 256, elapsedMs: last * 500,
    } satisfies EpochEvent);
  }
  events.push({ type: 'ended', atMs: startMs + total * 500, outcome: 'completed', exit: { code: 0, signal: null }, error: null });
  return events;
}
