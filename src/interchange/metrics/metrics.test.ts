import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { writeTinyDataset } from '../../../test/support/tinyDataset';
import { runConfigSchema } from '../../core/config/run';
import type { EpochEvent, TrainerEvent } from '../../core/run/events';
import { writeFirstBatch } from '../../library/checkpoints';
import { createExperiment } from '../../library/experiments';
import { createRun } from '../../library/runs';
import { openRunWriter } from '../../library/runWriter';
import { crc32c } from './crc32c';
import { writeMetrics } from './writeMetrics';

/** A run of three steps whose last loss is not a number, with a name that tables find hard. */
async function library(): Promise<{ folder: string; id: string }> {
  const folder = tempFolder();
  const { id: dataset, revision } = writeTinyDataset(folder);
  const resolved = runConfigSchema.parse({ name: '=試験, "x"\n二行', data: { dataset } });
  const { id } = await createRun(folder, { name: resolved.name, config: { given: {}, resolved }, dataset: { id: dataset, revision }, numericsVersion: 1, experimentId: 'one-abcdef' });
  await createExperiment(folder, { id: 'one-abcdef', name: '一', question: '', given: {}, arms: [{ key: 'a', levels: {}, runIds: [id], seeds: [1] }] });
  const score = (accuracy: number) => ({ loss: 1 - accuracy, accuracy, images: 10 });
  const epoch: EpochEvent = { type: 'epoch', atMs: 5, epoch: 1, step: 2, train: score(0.25), plainTrain: score(0.5), validation: score(0.125), trainMs: 20, evaluateMs: 5, imagesPerSecond: 99, elapsedMs: 30 };
  const events: TrainerEvent[] = [
    { type: 'steps', atMs: 1, step: [1, 2], loss: [2.5, 1.25], accuracy: [0, 0.5], learningRate: [0, 0.1], elapsedMs: [10, 20] }, epoch,
    { type: 'steps', atMs: 6, step: [3], loss: [Number.NaN], accuracy: [0.5], learningRate: [0.1], elapsedMs: [40] },
    { type: 'ended', atMs: 9, outcome: 'failed', exit: { code: 1, signal: null }, error: { code: 'loss-not-finite', message: 'x' } },
  ];
  const writer = await openRunWriter(folder, id, 'test');
  await writer.append(...events);
  await writer.update({ status: 'failed', startedAt: '2026-11-26T00:00:00.000Z', endedAt: '2026-11-26T00:01:00.000Z' });
  await writer.close();
  await writeFirstBatch(folder, id, { width: 4, height: 4, pixels: Uint8Array.from({ length: 96 }, (_, i) => i), labels: [0, 1], indices: [3, 4] });
  return { folder, id };
}

describe('metrics', () => {
  it('as CSV: RFC 4180 with a byte order mark, no formulas, NaN as a word', async () => {
    const { folder, id } = await library();
    const out = join(folder, '表');
    await writeMetrics(folder, 'one-abcdef', 'csv', out);
    const file = (name: string) => readFileSync(join(out, name), 'utf8');
    expect(file('steps.csv').startsWith('\uFEFFrunId,run,seed,step,loss,accuracy,learningRate,elapsedMs\r\n')).toBe(true);
    expect(file('steps.csv')).toContain(`${id},"'=試験, ""x""\n二行",1,3,NaN,0.5,0.1,40\r\n`);
    expect(file('epochs.csv')).toContain(',1,2,0.75,0.25,0.5,0.5,0.875,0.125,20,5,99,30\r\n');
    expect(file('runs.csv')).toContain('model.architecture');
    expect(readdirSync(out).sort()).toEqual(['epochs.csv', 'rates.csv', 'runs.csv', 'steps.csv']);
  });

  it('as JSON, every step of every run', async () => {
    const { folder, id } = await library();
    const out = join(folder, 'm.json');
    await writeMetrics(folder, id, 'json', out);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      schemaVersion: 1, runs: [{ id, steps: { step: [1, 2, 3], loss: [2.5, 1.25, 'NaN'] }, epochs: [{ epoch: 1, step: 2, validationAccuracy: 0.125 }] }],
    });
    await expect(writeMetrics(folder, id, 'json', out)).rejects.toMatchObject({ code: 'destination-exists' });
    await expect(writeMetrics(folder, id, 'csv', join(folder, 'none/x'))).rejects.toMatchObject({ code: 'usage' });
    await expect(writeMetrics(folder, 'none', 'csv', join(folder, 'x'))).rejects.toMatchObject({ code: 'run-unknown' });
  });

  it('as TensorBoard events: whole records with right checksums', async () => {
    const { folder, id } = await library();
    const out = join(folder, 'tb');
    await writeMetrics(folder, id, 'tensorboard', out);
    const [name] = readdirSync(join(out, id));
    expect(name).toMatch(/^events\.out\.tfevents\.\d{10}\./);
    const data = readFileSync(join(out, id, name!));
    const records: Buffer[] = [];
    const masked = (bytes: Buffer) => { const crc = crc32c(bytes); return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0; };
    for (let at = 0; at < data.length;) {
      const length = Number(data.readBigUInt64LE(at));
      expect(data.readUInt32LE(at + 8)).toBe(masked(data.subarray(at, at + 8)));
      records.push(data.subarray(at + 12, at + 12 + length));
      expect(data.readUInt32LE(at + 12 + length)).toBe(masked(records.at(-1)!));
      at += 16 + length;
    }
    // The version, hyperparameters, first batch, three steps, one epoch, the end.
    expect(records.length).toBe(8);
    expect(records[0]!.toString('latin1')).toContain('brain.Event:2');
  });

  it('as an MLflow file store', async () => {
    const { folder } = await library();
    const out = join(folder, 'mlruns');
    await writeMetrics(folder, 'one-abcdef', 'mlflow', out);
    const [experiment] = readdirSync(out);
    const [run] = readdirSync(join(out, experiment!)).filter((name) => name !== 'meta.yaml');
    const started = Date.parse('2026-11-26T00:00:00.000Z');
    expect(readFileSync(join(out, experiment!, run!, 'metrics/stepLoss'), 'utf8')).toBe(`${started + 10} 2.5 1\n${started + 20} 1.25 2\n${started + 40} nan 3\n`);
    expect(readFileSync(join(out, experiment!, run!, 'params/model.architecture'), 'utf8')).toBe('resnet50');
    expect(readFileSync(join(out, experiment!, run!, 'meta.yaml'), 'utf8')).toContain('status: 4\n');
  });

  it('CRC-32C is that of RFC 3720', () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });
});
