import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { measuredRun } from '../../../test/support/measuredRun';
import { crc32c } from './crc32c';
import { epochColumns, epochFigures, measuredFigures } from './runMetrics';
import { writeMetrics } from './writeMetrics';

describe('metrics', () => {
  it('as CSV: RFC 4180 with a byte order mark, no formulas, NaN as a word', async () => {
    const { folder, id } = await measuredRun();
    const out = join(folder, '表');
    await writeMetrics(folder, 'one-abcdef', 'csv', out);
    const file = (name: string) => readFileSync(join(out, name), 'utf8');
    expect(file('steps.csv').startsWith('\uFEFFrunId,run,seed,step,loss,accuracy,learningRate,elapsedMs\r\n')).toBe(true);
    expect(file('steps.csv')).toContain(`${id},"'=試験, ""x""\n二行",1,3,NaN,0.5,0.1,40\r\n`);
    expect(file('epochs.csv')).toContain(',1,2,0.75,0.25,0.5,0.5,0.875,0.125,20,5,99,30,0.25,0.75\r\n');
    expect(file('runs.csv')).toContain('model.architecture');
    expect(readdirSync(out).sort()).toEqual(['epochs.csv', 'rates.csv', 'runs.csv', 'steps.csv']);
  });

  it('an average that is not kept is an empty field, and no figure where one is wanted', () => {
    const score = { loss: 1, accuracy: 0.5, images: 2 };
    const epoch = { type: 'epoch', atMs: 1, epoch: 1, step: 1, train: score, plainTrain: score, validation: score, trainMs: 1, evaluateMs: 1, imagesPerSecond: 1, elapsedMs: 1 } as const;
    expect(epochFigures(epoch)).toMatchObject({ emaValidationLoss: null, emaValidationAccuracy: null });
    expect(measuredFigures(epoch).map(([name]) => name)).toEqual(epochColumns.slice(0, -2));
  });

  it('as JSON, every step of every run', async () => {
    const { folder, id } = await measuredRun();
    const out = join(folder, 'm.json');
    await writeMetrics(folder, id, 'json', out);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      schemaVersion: 1, runs: [{ id, steps: { step: [1, 2, 3], loss: [2.5, 1.25, 'NaN'] }, epochs: [{ epoch: 1, step: 2, validationAccuracy: 0.125, emaValidationAccuracy: 0.75 }] }],
    });
    await expect(writeMetrics(folder, id, 'json', out)).rejects.toMatchObject({ code: 'destination-exists' });
    await expect(writeMetrics(folder, id, 'csv', join(folder, 'none/x'))).rejects.toMatchObject({ code: 'usage' });
    await expect(writeMetrics(folder, 'none', 'csv', join(folder, 'x'))).rejects.toMatchObject({ code: 'run-unknown' });
  });

  it('as TensorBoard events: whole records with right checksums', async () => {
    const { folder, id } = await measuredRun();
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
    const { folder } = await measuredRun();
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
