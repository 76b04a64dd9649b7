import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { freeBytes, storageReport } from './storage';

test('bytes by kind', async () => {
  const [library, cache] = [tempFolder(), tempFolder()];
  const put = (folder: string, path: string, bytes: number) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), Buffer.alloc(bytes, 1));
  };
  put(library, 'datasets/cifar10/images.bin', 400_000);
  put(library, 'runs/a/checkpoints/10/weights.safetensors', 100_000);
  put(library, 'runs/a/exports/model.onnx', 50_000);
  put(library, 'runs/a/events.jsonl', 20_000);
  put(library, 'bin/b/checkpoints/1/weights', 10_000);
  put(library, 'experiments/e/manifest.json', 5000);
  put(cache, 'tensorflow/lib.so', 300_000);
  const report = await storageReport(library, cache);
  const near = (bytes: number, expected: number) => expect(Math.abs(bytes - expected)).toBeLessThan(8192);
  near(report.datasetsBytes, 400_000);
  near(report.checkpointsBytes, 100_000);
  near(report.exportsBytes, 50_000);
  near(report.eventsBytes, 20_000);
  near(report.binBytes, 10_000);
  near(report.cacheBytes, 300_000);
  expect(Math.abs(report.libraryBytes - 585_000)).toBeLessThan(6 * 8192);
  expect(report.freeBytes).toBeGreaterThan(0);
});

test('a library that does not exist yet', async () => {
  const library = join(tempFolder(), 'not', 'there');
  expect(await storageReport(library, library)).toMatchObject({ libraryBytes: 0, cacheBytes: 0 });
  expect(await freeBytes(library)).toBeGreaterThan(0);
});
