import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runConfigSchema, type RunConfigInput } from '../../src/core/config/run';
import { CounterRandom } from '../../src/core/random/philox';
import { replay } from '../../src/core/run/view';
import { datasetRevision } from '../../src/data/revision';
import { decodeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { checkpointSteps, readCheckpointFile, readPosition, weightsFile } from '../../src/library/checkpoints';
import { readEvents } from '../../src/library/events';
import { createRun } from '../../src/library/runs';
import { tempFolder } from './tempFolder';
import type { DatasetManifest } from '../../src/contracts/dataset';

const size = 32;

/** A library, in a folder with Japanese in its path, with one data set "dots": 96 training and 12 test images of 32 × 32, three classes. */
export function trainingLibrary(library = tempFolder()): string {
  const folder = join(library, 'datasets', 'dots');
  mkdirSync(folder, { recursive: true });
  const put = (name: string, data: Uint8Array) => {
    writeFileSync(join(folder, name), data);
    return { bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
  };
  const random = new CounterRandom(5, 'dots', 0);
  const labels = Uint8Array.from({ length: 108 }, (_, i) => i % 3);
  // Noise, brighter in the channel of its class: something to learn.
  const pixels = Uint8Array.from({ length: labels.length * size * size * 3 }, (_, i) => random.integer(180) + (i % 3 === labels[Math.floor(i / (size * size * 3))] ? 60 : 0));
  const [images, classes] = [put('images.bin', pixels), put('labels.bin', labels)];
  const content = {
    classes: ['赤', 'green', 'blue'], image: { width: size, height: size, channels: 3 as const }, counts: { train: 96, test: 12 }, exclusions: [],
    normalization: { mean: [0.4, 0.4, 0.4], deviation: [0.2, 0.2, 0.2] },
  };
  const manifest: DatasetManifest = {
    schemaVersion: 1, id: 'dots', name: '点', ...content,
    files: { 'images.bin': images, 'labels.bin': classes, 'sources.json': put('sources.json', Buffer.from('[]\n')) },
    revision: datasetRevision({ ...content, imagesSha256: images.sha256, labelsSha256: classes.sha256 }),
    source: { name: 'made for tests', reference: 'none', integrity: null, licence: 'none' }, createdAt: '2026-11-25T00:00:00.000Z',
  };
  put('manifest.json', Buffer.from(JSON.stringify(manifest)));
  return library;
}

/** A waiting run on "dots": ResNet18 with the ImageNet stem, 64 training images in 4 steps an epoch. */
export async function waitingRun(library: string, change: RunConfigInput = {}): Promise<string> {
  const given: RunConfigInput = {
    data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 16, epochs: 3,
    augmentation: 'crop-flip-trivialaugment', schedule: { learningRate: 0.02 }, workers: 1, device: 'cpu', intraOpThreads: 2, ...change,
  };
  const { revision } = JSON.parse(readFileSync(join(library, 'datasets/dots/manifest.json'), 'utf8')) as DatasetManifest;
  const resolved = runConfigSchema.parse(given);
  const config = { given: JSON.parse(JSON.stringify(given)), resolved };
  return (await createRun(library, { name: '試験', config, dataset: { id: 'dots', revision }, numericsVersion: 1 })).id;
}

/** All that a resume has to leave equal: every step's and epoch's figures, and the last checkpoint's weights, as one text. */
export async function resultBytes(library: string, runId: string): Promise<string> {
  const view = replay((await readEvents(library, runId)).events);
  const figures = {
    steps: (['step', 'loss', 'accuracy', 'learningRate'] as const).map((name) => Buffer.from(new Float64Array(view.steps.column(name)).buffer).toString('hex')),
    epochs: view.epochs.map(({ epoch, step, train, plainTrain, validation }) => ({ epoch, step, train, plainTrain, validation })),
  };
  const step = (await checkpointSteps(library, runId)).at(-1) ?? -1;
  const weights = decodeSafetensors(await readCheckpointFile(library, runId, await readPosition(library, runId, step), weightsFile));
  const hash = createHash('sha256');
  for (const { name, data } of weights) hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return JSON.stringify({ ...figures, weightsStep: step, weights: hash.digest('hex') });
}
