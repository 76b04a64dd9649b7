import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replay } from '../../src/core/run/view';
import { startExperiment } from '../../src/data/experiments/start';
import { stringifyJson } from '../../src/library/json';
import { runFolder } from '../../src/library/paths';
import { writePredictions } from '../../src/library/predictions';
import { changeRemarks } from '../../src/library/remarks';
import { readRunManifest } from '../../src/library/runs';
import { runManifestSchema, summaryOf } from '../../src/library/runManifest';
import { testMachine } from '../../test/support/completedRun';
import { eventsOf, writeManyRuns } from '../../test/support/manyRuns';
import { longNames } from './fullLibrary';
import { writeDataset } from './madeDataset';

const [spaced, whole, japanese] = longNames;

/** What stands in a library that is very full of runs; all of them are completed. */
export interface FullRuns {
  /** 2 × 2 arms, 20 seeds each. */
  readonly twentySeeds: string;
  /** Three arms with one seed. */
  readonly oneSeed: string;
  /** Two arms on a hundred classes, two seeds, with answers to the validation images. */
  readonly hundredClasses: string;
  readonly hundredRuns: readonly string[];
  readonly manyRuns: readonly string[];
}

const classNames = Array.from({ length: 100 }, (_, i) => [`great crested grebe ${i}`, `${whole.slice(0, 56)}-${i}`, `アオアシカツオドリの若鳥 ${i}`, `cod ${i}`][i % 4]!);

/** Ends a waiting run as if it had been trained to an accuracy; nothing of it waits for the disk. */
async function ended(library: string, runId: string, accuracy: number): Promise<void> {
  const manifest = await readRunManifest(library, runId);
  const { epochs, seed } = manifest.config.resolved;
  const events = eventsOf(seed, epochs, 20, accuracy);
  const seen = replay(events);
  const at = new Date(Date.UTC(2026, 9, 1) + seed * 3_600_000).toISOString();
  const now = runManifestSchema.parse({
    ...manifest, status: 'completed', startedAt: at, endedAt: at, summary: summaryOf(seen),
    environment: { device: { kind: 'cpu', name: testMachine.cpu }, gpuNotUsed: null, intraOpThreads: testMachine.threads, versions: { cultivar: '0.1.0', tensorflow: testMachine.tensorflow, node: '20.19.0', electron: '33.2.1', commit: null } },
  });
  const folder = runFolder(library, runId);
  writeFileSync(join(folder, 'manifest.json'), `${stringifyJson(now, 2)}\n`);
  appendFileSync(join(folder, 'events.jsonl'), events.map((event) => `${stringifyJson(event)}\n`).join(''));
}

/** Answers that are right two times in three, and mistaken for a class near by. */
async function answered(library: string, runId: string, images: number): Promise<void> {
  const { summary: { step }, dataset: { revision } } = await readRunManifest(library, runId);
  const k = classNames.length;
  const labels = Uint8Array.from({ length: images }, (_, i) => i % k);
  const probabilities = new Float32Array(images * k).fill(0.2 / (k - 1));
  labels.forEach((label, i) => { probabilities[i * k + (i * 7 % 3 > 0 ? label : (label + 1 + (i * i) % 5) % k)] = 0.8; });
  await writePredictions(library, runId, { split: 'validation', step, classes: classNames, dataRevision: revision, indices: Uint32Array.from(labels, (_, i) => i), labels, probabilities });
}

async function experiment(library: string, document: object, accuracy: (levels: Readonly<Record<string, unknown>>, seed: number) => number): Promise<{ id: string; runIds: string[] }> {
  const { experiment: { id, arms } } = await startExperiment(library, document, testMachine);
  for (const { levels, runIds, seeds } of arms) for (const [i, runId] of runIds.entries()) await ended(library, runId, accuracy(levels, seeds[i]!));
  return { id, runIds: arms.flatMap(({ runIds }) => runIds) };
}

const luck = (seed: number) => 0.006 * Math.sin(seed * 12.9898);

/** Fills a library that holds CIFAR-10 with what is hard to show; to be called before the app starts. */
export async function writeFullRuns(library: string): Promise<FullRuns> {
  const manyRuns = writeManyRuns(library, { count: 1000, epochs: 20, stepsPerEpoch: 50, events: 24 });
  const base = { schemaVersion: 1, model: { architecture: 'resnet18', stem: 'imagenet' } };
  const twenty = await experiment(library, {
    schemaVersion: 1, name: spaced, question: spaced, base, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }, { field: 'epochs', levels: [5, 20] }],
    design: 'full-factorial', seeds: Array.from({ length: 20 }, (_, i) => i + 1), marginPoints: 0.5,
  }, ({ augmentation, epochs }, seed) => 0.7 + (augmentation === 'none' ? 0 : 0.02) + (epochs === 20 ? 0.06 : 0) + luck(seed));
  const one = await experiment(library, {
    schemaVersion: 1, name: japanese, question: japanese, base, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip', 'crop-flip-trivialaugment'] }],
    design: 'full-factorial', seeds: [1], marginPoints: 0.5,
  }, ({ augmentation }) => (augmentation === 'none' ? 0.6 : 0.65));
  const validationImages = 1000;
  const wave = (image: number, x: number, y: number, channel: number) => 128 + 100 * Math.sin((x * (image % 7 + 1) + y * (image % 5 + 2)) / 30 + channel);
  await writeDataset(library, { id: 'hundred', name: whole, classes: classNames, side: 32, counts: { train: 3000, test: 200 }, labelOf: (image) => image % 100, pixelOf: wave });
  const hundred = await experiment(library, {
    schemaVersion: 1, name: whole, question: '', base: { ...base, data: { dataset: 'hundred', validationImages }, epochs: 5 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }],
    design: 'full-factorial', seeds: [1, 2], marginPoints: 0.5,
  }, ({ augmentation }, seed) => (augmentation === 'none' ? 0.6 : 0.66) + luck(seed));
  for (const runId of hundred.runIds) await answered(library, runId, validationImages);
  const tags = ['baseline', 'to repeat on a larger set', '要確認', whole.slice(0, 40)];
  for (const [i, id] of manyRuns.slice(0, 12).entries()) await changeRemarks(library, { kind: 'run', id }, { add: tags.slice(0, 1 + (i % 4)), note: i === 0 ? spaced : '' });
  await changeRemarks(library, { kind: 'experiment', id: twenty.id }, { add: tags });
  return { twentySeeds: twenty.id, oneSeed: one.id, hundredClasses: hundred.id, hundredRuns: hundred.runIds, manyRuns };
}
