import { runConfigSchema } from '../../src/core/config/run';
import type { EpochEvent, TrainerEvent } from '../../src/core/run/events';
import { writeFirstBatch } from '../../src/library/checkpoints';
import { createExperiment } from '../../src/library/experiments';
import { createRun } from '../../src/library/runs';
import { openRunWriter } from '../../src/library/runWriter';
import { tempFolder } from './tempFolder';
import { writeTinyDataset } from './tinyDataset';

/** A library with the experiment "one-abcdef" of one run: three steps, the last loss not a number, one epoch, a first batch; its name is one that tables find hard. */
export async function measuredRun(name = '=試験, "x"\n二行'): Promise<{ folder: string; id: string }> {
  const folder = tempFolder();
  const { id: dataset, revision } = writeTinyDataset(folder);
  const resolved = runConfigSchema.parse({ name, data: { dataset } });
  const { id } = await createRun(folder, { name: resolved.name, config: { given: {}, resolved }, dataset: { id: dataset, revision }, numericsVersion: 1, experimentId: 'one-abcdef' });
  await createExperiment(folder, { id: 'one-abcdef', name: '一', question: '', given: {}, arms: [{ key: 'a', levels: {}, runIds: [id], seeds: [1] }] });
  const score = (accuracy: number) => ({ loss: 1 - accuracy, accuracy, images: 10 });
  const epoch: EpochEvent = { type: 'epoch', atMs: 5, epoch: 1, step: 2, train: score(0.25), plainTrain: score(0.5), validation: score(0.125), emaValidation: score(0.75), trainMs: 20, evaluateMs: 5, imagesPerSecond: 99, elapsedMs: 30 };
  const events: TrainerEvent[] = [
    { type: 'steps', atMs: 1, step: [1, 2], loss: [2.5, 1.25], accuracy: [0, 0.5], learningRate: [0, 0.1], elapsedMs: [10, 20] }, epoch,
    { type: 'steps', atMs: 6, step: [3], loss: [Number.NaN], accuracy: [0.5], learningRate: [0.1], elapsedMs: [40] },
    { type: 'ended', atMs: 9, outcome: 'failed', exit: { code: 1, signal: null }, error: { code: 'loss-not-finite', message: 'x' } },
  ];
  const writer = await openRunWriter(folder, id, 'test');
  await writer.append(...events);
  await writer.update({ status: 'failed', startedAt: '2026-11-26T00:00:00.000Z', endedAt: '2026-11-26T00:01:00.000Z' });
  await writer.close();
  await writeFirstBatch(folder, id, { width: 4, height: 4, pixels: Uint8Array.from({ length: 96 }, (_, i) => i), labels: [0, 1], indices: [3, 4], mix: null });
  return { folder, id };
}
