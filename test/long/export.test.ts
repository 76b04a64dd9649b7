import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldableFormats, precisionsOf, type ExportFormat, type ExportPrecision } from '../../src/contracts/exports';
import type { Stem } from '../../src/core/config/run';
import { ensureCifar10 } from '../../src/data/cifar10';
import { newRun } from '../../src/data/newRuns';
import { readDatasetManifest } from '../../src/data/openDataset';
import { exportModel } from '../../src/export/job';
import { cacheFolder, datasetFolder, libraryFolder } from '../../src/library/paths';
import { checkpointSteps } from '../../src/library/checkpoints';
import { runOnce } from '../../src/trainer/host/runOnce';
import { openLogitsProcess } from '../../src/trainer/host/logitsProcess';
import { itWithPython, python } from './python';

/**
 * Every export of a network that was trained on CIFAR-10, loaded with its own ecosystem's tool: the same predictions on 1,000 images of the
 * test set. They are taken out of it by number, without their labels: what is looked at is whether two programs agree, and no accuracy of
 * the test set is computed.
 */
const images = 1000;

interface Way {
  readonly name: string;
  readonly format: ExportFormat;
  readonly precision: ExportPrecision;
  readonly fold: boolean;
}
const ways: readonly Way[] = (Object.entries(precisionsOf) as [ExportFormat, readonly ExportPrecision[]][]).flatMap(([format, precisions]) => precisions.flatMap((precision) =>
  (precision === 'float32' && foldableFormats.includes(format) ? [false, true] : [false]).map((fold) => ({ name: `${format}-${precision}${fold ? '-folded' : ''}`, format, precision, fold }))));

/** Of 1,000 predictions, how many may change: sums in another order leave at most a tie; what fewer bits do is bounded as in parity. */
const mayChange: Readonly<Record<ExportPrecision, number>> = { float32: 1, float16: 10, int8: 50 };

describe.each(['imagenet', 'cifar'] as const)('a network with the %s stem', (stem: Stem) => {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-exports-'));
  const library = join(folder, 'ライブラリ');
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  beforeAll(async () => {
    await ensureCifar10({ libraryDir: libraryFolder(), cacheDir: cacheFolder() });
    mkdirSync(join(library, 'datasets'), { recursive: true });
    symlinkSync(datasetFolder(libraryFolder(), 'cifar10'), join(library, 'datasets/cifar10'));
    const { id } = await newRun(library, {
      data: { trainImages: stem === 'imagenet' ? 5000 : 1500, validationImages: 1000 }, model: { architecture: 'resnet18', stem }, epochs: stem === 'imagenet' ? 3 : 1, batchSize: 50, augmentation: 'crop-flip', device: 'cpu',
    });
    expect((await runOnce(library, id, false, () => undefined).ended).outcome).toBe('completed');
    for (const { name, format, precision, fold } of ways) {
      const { manifest } = await exportModel(library, { runId: id, format, precision, fold, checkpoint: 'last', weights: 'raw', temperature: false, keepFailed: true, parityImages: 1000, destination: join(folder, name) }, new AbortController().signal, () => undefined);
      expect({ name, problems: manifest.parity.problems }).toEqual({ name, problems: [] });
      if (manifest.parity.state !== 'not-run') {
        const { largestLogitDifference, changedPredictions, trained, exported, accuracyLossPoints } = manifest.parity;
        console.log(`${stem} ${name}: ${Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0)} bytes, largest difference ${largestLogitDifference}, ${changedPredictions} of 1000 changed, validation accuracy ${trained.value} and ${exported.value}, loss ${accuracyLossPoints} points`);
      }
    }
    const { image, counts } = await readDatasetManifest(library, 'cifar10');
    const bytes = image.width * image.height * 3;
    const pixels = readFileSync(join(datasetFolder(library, 'cifar10'), 'images.bin')).subarray(counts.train * bytes, (counts.train + images) * bytes);
    writeFileSync(join(folder, 'images.bin'), pixels);
    writeFileSync(join(folder, 'facts.json'), JSON.stringify(image));
    const png = new PNG(image);
    for (let i = 0; i < bytes; i++) png.data[Math.floor(i / 3) * 4 + (i % 3)] = pixels[i]!;
    for (let i = 3; i < png.data.length; i += 4) png.data[i] = 255;
    writeFileSync(join(folder, 'image.png'), PNG.sync.write(png));
    const trained = await openLogitsProcess({ kind: 'run', libraryDir: library, runId: id, step: (await checkpointSteps(library, id)).at(-1)!, weights: 'raw' });
    const logits: Float32Array[] = [];
    for (let start = 0; start < images; start += 100) logits.push(await trained.logits(Uint8Array.from(pixels.subarray(start * bytes, (start + 100) * bytes)), 100));
    await trained.close();
    writeFileSync(join(folder, 'logits.bin'), Buffer.concat(logits.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))));
  });

  function check(tool: string, formats: readonly ExportFormat[]): void {
    const own = ways.filter(({ format }) => formats.includes(format));
    const found = python(readFileSync(join(import.meta.dirname, 'export_predictions.py'), 'utf8'), [folder, tool, ...own.map(({ name }) => name)]) as Record<string, { changed: number; difference: number; example: string }>;
    for (const { name, precision } of own) {
      const { changed, difference, example } = found[name]!;
      console.log(`${stem} ${name} in ${tool}: largest difference ${difference}, ${changed} of ${images} predictions changed; example: ${example}`);
      expect(changed, name).toBeLessThanOrEqual(mayChange[precision]);
      if (precision === 'float32') expect(difference, name).toBeLessThan(0.01);
      expect(example, name).toMatch(/^(airplane|automobile|bird|cat|deer|dog|frog|horse|ship|truck) [01]\.\d{4}$/);
    }
  }

  it('was exported in every way and gave the same answers on validation images', () => {
    expect(ways).toHaveLength(13);
  });
  itWithPython(['onnx', 'onnxruntime', 'PIL'], `ONNX Runtime in Python agrees (${stem})`, () => { check('onnxruntime', ['onnx']); });
  itWithPython(['torch', 'torchvision', 'safetensors', 'PIL'], `PyTorch agrees, by load_state_dict (${stem})`, () => { check('torch', ['safetensors', 'weights']); });
  itWithPython(['tensorflow', 'PIL'], `TensorFlow in Python agrees (${stem})`, () => { check('tensorflow', ['savedmodel']); });
});
