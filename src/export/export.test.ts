import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { because } from '../../test/support/because';
import { exportableRun } from '../../test/support/exportableRun';
import { mountProblem, tempDisk, tempFolder } from '../../test/support/tempFolder';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import { exportFormats, foldableFormats, precisionsOf, type ExportFormat, type ExportPrecision, type ExportProgress, type ExportRequest, type MeasuredParity } from '../contracts/exports';
import { weightsFile } from '../library/checkpoints';
import { runFolder } from '../library/paths';
import { runOnce } from '../trainer/host/runOnce';
import { writeFormat } from './formats';
import { exportModel, type ExportSteps } from './job';
import { TrainedModel } from './model/trainedModel';
import { openExport, openFiles, type ModelRunner } from './runtimes';
import { onnxOutputs } from './runtimes/onnxRunner';

const request = (runId: string, destination: string, change: Partial<ExportRequest> = {}): ExportRequest => ({
  runId, destination, format: 'onnx', precision: 'float32', fold: false, checkpoint: 'last', weights: 'raw', temperature: false, keepFailed: false, parityImages: 1000, ...change,
});
// Each starts TensorFlow in a process of its own once or twice, on whatever else the machine does.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

const never = new AbortController().signal;
const quiet = () => undefined;

/** npm run test:long has every way and both stems; here each format once, and int8. */
const long = process.env.CULTIVAR_LONG_TESTS !== undefined;
const everyWay: readonly (readonly [ExportFormat, ExportPrecision, boolean])[] = Object.entries(precisionsOf).flatMap(([format, precisions]) => precisions.flatMap((precision) =>
  (foldableFormats.includes(format as ExportFormat) && precision === 'float32' ? [false, true] : [false]).map((fold) => [format as ExportFormat, precision, fold] as const)));

const ways = long ? everyWay : ([['onnx', 'float32', true], ['onnx', 'int8', false], ['savedmodel', 'float32', false], ['tfjs', 'float16', false], ['safetensors', 'float32', false], ['weights', 'float32', false]] as const);

describe.each(long ? (['imagenet', 'cifar'] as const) : (['imagenet'] as const))('a trained network with the %s stem', (stem) => {
  // One training for all ways: folders of `tempFolder` go after each test.
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-書き出し-'));
  const library = trainingLibrary(folder);
  let runId = '';
  beforeAll(async () => {
    runId = await waitingRun(library, { model: { architecture: 'resnet18', stem }, epochs: 1 });
    expect(await runOnce(library, runId, false, quiet).ended).toMatchObject({ outcome: 'completed' });
  });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it.each(ways)('gives the same answers as %s, %s, folded %s, from a PNG file on', async (format, precision, fold) => {
    const destination = join(library, 'out', `${format} ${precision} ${fold}`);
    const { manifest, path } = await exportModel(library, request(runId, destination, { format, precision, fold, keepFailed: precision === 'int8' }), never, quiet);
    const parity = manifest.parity as MeasuredParity;
    expect({ path, problems: precision === 'int8' ? [] : parity.problems }).toEqual({ path: destination, problems: [] });
    expect(parity).toMatchObject({ images: 30, imageFiles: { images: 8 } });
    if (precision === 'float32') expect(parity).toMatchObject({ state: 'passed', changedPredictions: 0, accuracyLossPoints: 0, imageFiles: { equal: 8 } });
    const runner = await openExport(destination);
    expect(runner.classes).toEqual(['赤', 'green', 'blue']);
    await runner.close();
  });
});

/** Shapes that torchvision's networks lack: a norm before its convolution, and one behind a max pool; the largest of each map. */
const others = [['fast', 'onnx', 'float32', true], ['fast-residual', 'onnx', 'float32', true], ['fast', 'savedmodel', 'float32', false], ['wide-resnet-16-8', 'onnx', 'float32', true]] as const;
const everyOther = (['fast', 'fast-residual', 'wide-resnet-16-8'] as const).flatMap((architecture) => everyWay.map((way) => [architecture, ...way] as const));

it.each(long ? everyOther : others)('%s gives the same answers as %s, %s, folded %s', async (architecture, format, precision, fold) => {
  const library = trainingLibrary();
  const runId = await exportableRun(library, { model: { architecture, stem: 'own' } });
  const { manifest } = await exportModel(library, request(runId, join(library, 'out'), { format, precision, fold, keepFailed: precision === 'int8' }), never, quiet);
  const parity = manifest.parity as MeasuredParity;
  expect(precision === 'int8' ? [] : parity.problems).toEqual([]);
  if (precision === 'float32') expect(parity).toMatchObject({ state: 'passed', changedPredictions: 0 });
});

it('the average of the weights leaves where the run keeps one, and is compared with itself', async () => {
  const library = trainingLibrary();
  const out = (name: string) => request('', join(library, name), { format: 'safetensors', parityImages: 10 });
  const runId = await exportableRun(library, { emaDecay: 0.9 });
  const [raw, ema] = [await exportModel(library, { ...out('raw'), runId }, never, quiet), await exportModel(library, { ...out('ema'), runId, weights: 'ema' }, never, quiet)];
  expect([raw, ema].map(({ manifest }) => [manifest.checkpoint.weights, manifest.parity.state])).toEqual([['raw', 'passed'], ['ema', 'passed']]);
  expect(raw.manifest.files['model.safetensors']).not.toEqual(ema.manifest.files['model.safetensors']);
  const card = (name: string) => readFileSync(join(library, name, 'model-card.md'), 'utf8');
  expect(card('ema')).toContain('moving average with decay 0.9');
  expect(card('ema')).toContain('not measured');
  expect(card('raw')).not.toContain('moving average');
  const plain = { ...out('none'), runId: await exportableRun(library), weights: 'ema' as const };
  await expect(exportModel(library, plain, never, quiet)).rejects.toMatchObject({ code: 'config-invalid', message: expect.stringContaining('keeps no moving average') as string });
});

it('a temperature goes into the classifier of every format, is checked with it, and is told by the card', async () => {
  const library = trainingLibrary();
  const runId = await exportableRun(library);
  const out = (name: string) => request(runId, join(library, name), { format: 'weights', parityImages: 10 });
  /** The model that a job writes with its temperature, in every format: a job each would fit it anew. */
  const everyFormat: ExportSteps = {
    async write(format, model, options, folder) {
      for (const other of exportFormats) {
        mkdirSync(join(library, other));
        await writeFormat(other, model, options, join(library, other));
      }
      await writeFormat(format, model, options, folder);
    },
  };
  const [plain, scaled] = [await exportModel(library, out('plain'), never, quiet), await exportModel(library, { ...out('scaled'), temperature: true }, never, quiet, everyFormat)];
  const { value, images } = scaled.manifest.temperature!;
  expect(plain.manifest.temperature).toBeNull();
  expect(images).toBe(30);
  expect(scaled.manifest.parity).toMatchObject({ state: 'passed', changedPredictions: 0 });
  expect(Math.abs(value - 1)).toBeGreaterThan(1e-3);
  const pixels = Uint8Array.from({ length: 2 * 32 * 32 * 3 }, (_, i) => (i * 37) % 256);
  const logitsOf = async (opened: Promise<ModelRunner>) => {
    const runner = await opened;
    return runner.run(pixels, 2).finally(() => runner.close());
  };
  const asTrained = await logitsOf(openExport(join(library, 'plain')));
  for (const format of exportFormats) {
    const logits = await logitsOf(openFiles(join(library, format), format, scaled.manifest.model));
    logits.forEach((logit, i) => { expect(logit * value, format).toBeCloseTo(asTrained[i]!, 3); });
  }
  const onnx = await onnxOutputs(readFileSync(join(library, 'onnx/model.onnx')));
  const { probabilities } = await onnx.run(pixels, [2, 32, 32, 3]).finally(onnx.close);
  const powers = asTrained.map((logit) => Math.exp(logit / value));
  probabilities!.forEach((probability, i) => { const row = i - (i % 3); expect(probability).toBeCloseTo(powers[i]! / (powers[row]! + powers[row + 1]! + powers[row + 2]!), 5); });
  const card = (name: string) => readFileSync(join(library, name, 'model-card.md'), 'utf8');
  expect(card('scaled')).toContain(`divided by the temperature ${value.toFixed(3)}`);
  expect(card('plain')).not.toContain('temperature');
});

describe('parity', () => {
  /** Writes a model whose first convolution sees blue where red was. */
  const swapped: ExportSteps = {
    write(format, model, options, folder) {
      const tensors = model.tensors.map((tensor) => {
        if (tensor.name !== 'conv1.weight') return tensor;
        const [, channels, height, width] = tensor.shape as [number, number, number, number];
        const area = height * width;
        return { ...tensor, data: tensor.data.map((_, i) => tensor.data[Math.floor(i / (channels * area)) * channels * area + (channels - 1 - (Math.floor(i / area) % channels)) * area + (i % area)]!) };
      });
      expect(tensors[0]!.shape[0]).toBe(64);
      return writeFormat(format, new TrainedModel(model.description, tensors), options, folder);
    },
  };

  const looked = [['onnx', 'int8'], ['tfjs', 'float32'], ...(long ? ([['onnx', 'float32'], ['savedmodel', 'float32'], ['safetensors', 'float16'], ['weights', 'float32']] as const) : [])] as const;
  it.each(looked)('catches swapped colours in %s %s, and marks the export', async (format, precision) => {
    const library = trainingLibrary();
    const runId = await exportableRun(library);
    const out = join(library, 'out');
    mkdirSync(out);
    const { manifest } = await exportModel(library, request(runId, join(out, 'model'), { format, precision, keepFailed: true }), never, quiet, swapped);
    expect(manifest).toMatchObject({ good: false, parity: { state: 'failed' } });
    expect(JSON.parse(readFileSync(join(out, 'model/manifest.json'), 'utf8'))).toMatchObject({ good: false });
    expect(readFileSync(join(out, 'model/model-card.md'), 'utf8')).toContain('This export failed its check');
  });

  it('that cannot run has failed; such an export is kept only if asked', async () => {
    const library = trainingLibrary();
    const runId = await exportableRun(library);
    const broken: ExportSteps = { write: (_format, _model, _options, folder) => Promise.resolve(writeFileSync(join(folder, 'model.onnx'), 'no model')) };
    const before = readdirSync(library);
    expect(await exportModel(library, request(runId, join(library, 'a')), never, quiet, broken)).toMatchObject({ path: null, manifest: { good: false } });
    expect(readdirSync(library)).toEqual(before);
    const { manifest } = await exportModel(library, request(runId, join(library, 'a'), { keepFailed: true }), never, quiet, broken);
    expect(manifest).toMatchObject({ good: false, parity: { state: 'not-run', problems: [expect.stringContaining('ONNX Runtime does not open')] } });
  });
});

describe('an export', () => {
  it('that is damaged later is not opened', async () => {
    const library = trainingLibrary();
    const destination = join(library, 'model');
    await exportModel(library, request(await exportableRun(library), destination, { parityImages: 5 }), never, quiet);
    const file = join(destination, 'model.onnx');
    writeFileSync(file, readFileSync(file).map((value, i) => (i === 5000 ? value ^ 1 : value)));
    await expect(openExport(destination)).rejects.toMatchObject({ code: 'export-damaged', message: expect.stringContaining('model.onnx has changed') as string });
    writeFileSync(file, readFileSync(file).subarray(0, 9999));
    await expect(openExport(destination)).rejects.toMatchObject({ message: expect.stringContaining('9999 bytes') as string });
    await expect(openExport(library)).rejects.toMatchObject({ code: 'export-damaged', message: expect.stringContaining('is no export') as string });
  });

  it.each(['reference', 'parity', 'write'] as const)('cancelled in the phase "%s" leaves nothing', async (phase) => {
    const library = trainingLibrary();
    const runId = await exportableRun(library);
    const out = join(library, 'out');
    mkdirSync(out);
    const controller = new AbortController();
    const seen: ExportProgress['phase'][] = [];
    const cancelled = exportModel(library, request(runId, join(out, 'model')), controller.signal, (progress) => {
      seen.push(progress.phase);
      if (progress.phase === phase) controller.abort();
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'export-cancelled' });
    expect(seen.at(-1)).toBe(phase);
    expect(readdirSync(out)).toEqual([]);
  });

  it('refuses what the format has not, before it reads anything', async () => {
    const library = tempFolder();
    const tried = (change: Partial<ExportRequest>) => exportModel(library, request('none', join(library, 'a'), change), never, quiet);
    await expect(tried({ format: 'savedmodel', precision: 'int8' })).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('float32') as string });
    await expect(tried({ format: 'safetensors', fold: true })).rejects.toMatchObject({ code: 'usage' });
    await expect(tried({})).rejects.toMatchObject({ code: 'run-unknown' });
  });

  it('of the best checkpoint says that it was chosen; a damaged last one is passed over and told', async () => {
    const library = trainingLibrary();
    const runId = await exportableRun(library);
    const { manifest } = await exportModel(library, request(runId, join(library, 'best'), { checkpoint: 'best', format: 'weights', parityImages: 5 }), never, quiet);
    expect(manifest.checkpoint).toEqual({ choice: 'best', step: 4, epochsDone: 1, weights: 'raw' });
    expect(readFileSync(join(library, 'best/model-card.md'), 'utf8')).toContain('chosen for the trained weights\' validation accuracy');
    writeFileSync(join(runFolder(library, runId), 'checkpoints/4', weightsFile), 'damaged');
    for (const checkpoint of ['best', 'last'] as const) {
      await expect(exportModel(library, request(runId, join(library, checkpoint + '2'), { checkpoint }), never, quiet)).rejects.toMatchObject({ code: 'checkpoint-damaged' });
    }
  });
});

describe('a destination', () => {
  const phases = async (library: string, destination: string) => {
    const seen: string[] = [];
    await expect(exportModel(library, request(await exportableRun(library), destination), never, ({ phase }) => seen.push(phase))).rejects.toThrow();
    return seen;
  };

  it('that exists is told before the work', async () => {
    const library = trainingLibrary();
    const destination = join(library, 'there');
    mkdirSync(destination);
    writeFileSync(join(destination, 'mine.txt'), 'mine');
    expect(await phases(library, destination)).toEqual(['read']);
    expect(readFileSync(join(destination, 'mine.txt'), 'utf8')).toBe('mine');
    writeFileSync(join(library, 'file'), 'mine');
    await expect(exportModel(library, request(await exportableRun(library), join(library, 'file/below')), never, quiet)).rejects.toMatchObject({ code: 'destination-unwritable' });
  });

  it('beside which an earlier process left its unfinished folder is cleared of it', async () => {
    const library = trainingLibrary();
    const out = join(library, 'out');
    mkdirSync(join(out, '.model.4194304.partial'), { recursive: true });
    mkdirSync(join(out, `.model.${process.ppid}.partial`));
    await exportModel(library, request(await exportableRun(library), join(out, 'model'), { parityImages: 5 }), never, quiet);
    expect(readdirSync(out).sort()).toEqual([`.model.${process.ppid}.partial`, 'model']);
  });

  it.skipIf(mountProblem)(because(mountProblem, 'on a disk that is read-only or too small is told before the work'), async () => {
    const library = trainingLibrary();
    const disk = tempDisk(2000);
    const runId = await exportableRun(library);
    const tried = (seen: string[]) => exportModel(library, request(runId, join(disk.folder, 'model')), never, ({ phase }) => seen.push(phase));
    const seen: string[] = [];
    await expect(tried(seen)).rejects.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/takes about 4\d MB.*2 MB left/) as string });
    disk.remountReadOnly();
    await expect(tried(seen)).rejects.toMatchObject({ code: 'destination-unwritable', remedy: 'Choose another folder for the export.' });
    expect(seen).toEqual(['read', 'read']);
  });

  it.skipIf(mountProblem)(because(mountProblem, 'that fills up meanwhile gets nothing'), async () => {
    const library = trainingLibrary();
    const disk = tempDisk(60_000);
    const filling: ExportSteps = {
      async write(...given) {
        writeFileSync(join(disk.folder, 'another program'), new Uint8Array(40_000_000));
        await writeFormat(...given);
      },
    };
    await expect(exportModel(library, request(await exportableRun(library), join(disk.folder, 'model')), never, quiet, filling)).rejects.toMatchObject({ code: 'disk-full' });
    expect(readdirSync(disk.folder)).toEqual(['another program']);
  });
});

it('the example of a TensorFlow.js export runs as it stands', async () => {
  const library = trainingLibrary();
  const destination = join(library, 'model');
  await exportModel(library, request(await exportableRun(library), destination, { format: 'tfjs', parityImages: 5 }), never, quiet);
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(library, 'node_modules'));
  const png = new PNG({ width: 32, height: 32 });
  png.data.set(Uint8Array.from({ length: 4096 }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) & 255)));
  const path = join(library, '絵.png');
  writeFileSync(path, PNG.sync.write(png));
  const said = execFileSync(process.execPath, [join(destination, 'example.mjs'), path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const runner = await openExport(destination);
  const logits = await runner.run(Uint8Array.from({ length: 3072 }, (_, i) => png.data[Math.floor(i / 3) * 4 + (i % 3)]!), 1);
  await runner.close();
  const best = logits.indexOf(Math.max(...logits));
  const probability = Math.exp(logits[best]!) / logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  expect(said.trim().split('\n').at(-1)).toBe(`${['赤', 'green', 'blue'][best]} ${probability.toFixed(4)}`);
});
