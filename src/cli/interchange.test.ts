import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, it, vi } from 'vitest';
import { cultivar } from '../../test/support/commandLine';
import { tempFolder } from '../../test/support/tempFolder';
import { trainingLibrary } from '../../test/support/trainingLibrary';
import { listRuns } from '../library/runs';

vi.setConfig({ testTimeout: 900_000 });

/** The first images of "dots" as PNG files. */
function imageFiles(library: string, folder: string, count: number): void {
  const pixels = readFileSync(join(library, 'datasets', 'dots', 'images.bin'));
  mkdirSync(folder);
  for (let i = 0; i < count; i++) {
    const png = new PNG({ width: 32, height: 32 });
    for (let p = 0; p < 32 * 32; p++) png.data.set([...pixels.subarray((i * 1024 + p) * 3, (i * 1024 + p) * 3 + 3), 255], p * 4);
    writeFileSync(join(folder, `画像 ${i}.png`), PNG.sync.write(png));
  }
}

interface Predicted { readonly images: readonly { readonly name: string; readonly top?: readonly { readonly label: string; readonly probability: number }[]; readonly error?: { readonly code: string } }[] }

it('a run leaves as an export that gives the same answers, as an archive that another library reads, and as figures', async () => {
  const library = trainingLibrary();
  const config = join(library, 'run.json');
  writeFileSync(config, JSON.stringify({ data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, batchSize: 16, device: 'cpu', epochs: 1, schedule: { warmupEpochs: 0 } }));
  expect((await cultivar(['train', config, '--library', library])).code).toBe(0);
  const [run] = await listRuns(library);
  const runId = run!.id;

  const model = join(library, 'model');
  expect(await cultivar(['export', runId, '--format', 'onnx', '--out', model, '--library', library])).toMatchObject({ code: 0 });
  const images = join(library, 'images');
  imageFiles(library, images, 6);
  const ask = async (what: string) => JSON.parse((await cultivar(['predict', what, images, '--json', '--library', library])).stdout) as Predicted;
  const [own, exported] = [await ask(runId), await ask(model)];
  expect(own.images).toHaveLength(6);
  expect(exported.images.map(({ top }) => top![0]!.label)).toEqual(own.images.map(({ top }) => top![0]!.label));
  exported.images.forEach(({ top }, i) => { expect(top![0]!.probability).toBeCloseTo(own.images[i]!.top![0]!.probability, 4); });

  writeFileSync(join(images, '画像 3.png'), 'no image');
  const broken = await cultivar(['predict', model, images, '--json', '--library', library]);
  expect(broken.code).toBe(1);
  expect((JSON.parse(broken.stdout) as Predicted).images.filter(({ error }) => error)).toMatchObject([{ error: { code: 'image-unreadable' } }]);

  const checkpoint = join(library, 'runs', runId, 'checkpoints');
  const weights = await cultivar(['weights', join(checkpoint, readdirSync(checkpoint)[0]!, 'weights.safetensors'), '--model', 'resnet18', '--classes', '3', '--json']);
  expect(JSON.parse(weights.stdout)).toMatchObject({ fits: true, missing: [], unexpected: [], otherShape: [] });

  const [zip, elsewhere] = [join(library, '運ぶ.zip'), tempFolder()];
  expect((await cultivar(['archive', runId, '--out', zip, '--library', library])).code).toBe(0);
  const imported = await cultivar(['archive', 'import', zip, '--json', '--library', elsewhere]);
  expect(JSON.parse(imported.stdout)).toMatchObject({ runs: [{ id: runId, outcome: 'imported' }], datasets: [{ id: 'dots', state: 'absent' }] });
  expect(await listRuns(elsewhere)).toMatchObject([{ id: runId, manifest: { status: 'completed' } }]);

  const csv = join(library, 'figures');
  expect(await cultivar(['metrics', runId, '--format', 'csv', '--out', csv, '--library', elsewhere])).toMatchObject({ code: 0 });
  expect(readdirSync(csv).some((name) => name.endsWith('.csv'))).toBe(true);
});
