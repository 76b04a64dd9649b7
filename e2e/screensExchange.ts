import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { expect, test, type RunningApp } from './support/fixtures';
import { inBothThemes, inJapanese, opened, picture, resized, showPathsAs } from './support/pictures';
import { call, dropFiles, goTo, trainingMs, type Place } from './support/window';

// Pictures of what leaves and comes in: a run's images, exports, archives, weights. CULTIVAR_SCREENS_LIBRARY: a library whose best run is shown; else one is trained.

/** For an export with its check, at a trainer's low priority. */
const exportMs = 10 * 60_000;

/** What waits in it does not train. */
async function copied(from: string, library: string): Promise<void> {
  for (const part of ['experiments', 'runs']) await cp(join(from, part), join(library, part), { recursive: true, filter: (path) => !path.endsWith('lock') });
  await writeFile(join(library, 'queue.json'), JSON.stringify({ schemaVersion: 1, paused: true, atOnce: 1, entries: [] }));
}

/** The run with the highest accuracy; where there is none, a short one is trained. */
async function trainedRun(page: Page): Promise<string> {
  const runs = (await call(page, 'runs.list')).flatMap((run) => (run.status === 'completed' && run.lastValidation ? [run] : []));
  const [best] = runs.sort((a, b) => b.lastValidation!.accuracy - a.lastValidation!.accuracy);
  if (best) return best.id;
  const { id } = await call(page, 'runs.start', { name: 'Crop + flip', data: { trainImages: 3000, validationImages: 1000 }, model: { architecture: 'resnet18', stem: 'imagenet' }, augmentation: 'crop-flip', epochs: 6, batchSize: 32, schedule: { learningRate: 0.02 } });
  await expect.poll(async () => (await call(page, 'runs.get', id)).summary.status, { timeout: trainingMs }).toBe('completed');
  return id;
}

/** Validation images of three classes as files, as a person might have them. */
async function photos(page: Page, folder: string, runId: string): Promise<string[]> {
  const { classes, labels, indices, dataRevision } = (await call(page, 'predictions.get', runId, 'validation'))!;
  // What crosses from the page are plain objects.
  const [label, index] = [Object.values(labels), Object.values(indices)];
  const picked = ['ship', 'dog', 'airplane'].map((name) => label.indexOf(classes.indexOf(name)));
  const { width, height, pixels } = await call(page, 'dataset.images', 'cifar10', picked.map((at) => index[at]!), dataRevision);
  const bytes = Object.values(pixels);
  await mkdir(folder, { recursive: true });
  return Promise.all(picked.map(async (at, i) => {
    const png = new PNG({ width, height });
    for (let pixel = 0; pixel < width * height; pixel++) for (let c = 0; c < 4; c++) png.data[pixel * 4 + c] = c === 3 ? 255 : bytes[(i * width * height + pixel) * 3 + c]!;
    const path = join(folder, `${classes[label[at]!]}.png`);
    await writeFile(path, PNG.sync.write(png));
    return path;
  }));
}

/** The window with what there is to show; `best` is the run that is shown. */
async function shown(launch: () => Promise<RunningApp>, folder: string, library: string): Promise<RunningApp & { readonly best: string }> {
  showPathsAs({ folder, library });
  const trained = process.env.CULTIVAR_SCREENS_LIBRARY;
  if (trained) await copied(trained, library);
  const running = await launch();
  await opened(running);
  return { ...running, best: await trainedRun(running.page) };
}

/** The system's dialogs are the outermost edge: their answers are given here. */
const answers = ({ app }: RunningApp, path: string) => app.evaluate(({ dialog }, filePath) => {
  dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
}, path);

test('images tried, and an export', async ({ launch, folder, library }) => {
  test.setTimeout(25 * 60_000);
  const { page, best } = await shown(launch, folder, library);
  await goTo(page, `runs/${best}`);
  const files = await photos(page, join(folder, '写真'), best);
  await page.getByTestId('try-files').setInputFiles(files);
  const tried = page.getByTestId('try-image');
  await expect(tried.locator('.top')).toHaveCount(3, { timeout: trainingMs });
  await page.getByTestId('heat-toggle').first().click();
  await expect(page.getByTestId('heat').locator('canvas').first()).toBeVisible({ timeout: trainingMs });
  await tried.scrollIntoViewIfNeeded();
  await inBothThemes(page, 'try-image');
  await inJapanese(page, 'try-image');

  await page.getByTestId('export-run').click();
  await expect(page.getByTestId('export-start')).toBeVisible();
  await inBothThemes(page, 'export');
  await inJapanese(page, 'export');
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-running')).toContainText(/\d+ of [\d,]+/, { timeout: exportMs });
  await picture(page, 'export-progress');
  await expect(page.getByTestId('export-verdict')).toBeVisible({ timeout: exportMs });
  await inBothThemes(page, 'export-outcome');
  await inJapanese(page, 'export-outcome');
});

test('a run leaves as an archive and comes back', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  const running = await shown(launch, folder, library);
  const { page, best } = running;
  const archive = join(folder, '旅.zip');
  await answers(running, archive);
  await goTo(page, `runs/${best}`);
  await page.getByTestId('share').click();
  await page.getByTestId('share-archive').click();
  await expect(page.getByTestId('share-saved')).toBeVisible({ timeout: trainingMs });
  await inBothThemes(page, 'share', { keepFocus: true });
  await page.keyboard.press('Escape');
  await call(page, 'runs.binWeights', [best]);
  await expect(page.getByTestId('weights-missing')).toBeVisible();
  await inBothThemes(page, 'run-without-weights');
  await call(page, 'runs.restoreWeights', [best]);
  await call(page, 'runs.delete', best);
  await goTo(page, 'library');
  await dropFiles(page, 'import', [archive]);
  await expect(page.getByTestId('import-banner')).toContainText('Imported', { timeout: trainingMs });
  await inBothThemes(page, 'import-banner');
  await inJapanese(page, 'import-banner');
});

test('weights of a file', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  const running = await shown(launch, folder, library);
  const { page } = running;
  // Of a ResNet-18 with the ImageNet stem: under the other one they fit but for the first convolution.
  const [source] = (await call(page, 'runs.list')).filter((run) => run.status === 'completed' && run.config.model.architecture === 'resnet18');
  const checkpoints = join(library, 'runs', source!.id, 'checkpoints');
  const weights = join(folder, 'weights.safetensors');
  await cp(join(checkpoints, (await readdir(checkpoints)).sort((a, b) => Number(a) - Number(b)).at(-1)!, 'weights.safetensors'), weights);
  await goTo(page, 'new/run');
  await dropFiles(page, 'start-weights', [weights]);
  await expect(page.getByTestId('weights-report')).toBeVisible();
  await page.getByTestId('architecture').click();
  await page.getByRole('option', { name: /ResNet-18/ }).click();
  await page.getByTestId('stem-cifar').click();
  await expect(page.getByTestId('weights-state')).toHaveAttribute('data-state', 'startable');
  await inBothThemes(page, 'weights-report');
  await inJapanese(page, 'weights-report');

  await answers(running, weights);
  await goTo(page, 'new/question');
  await page.getByTestId('add-model.start').click();
  const factor = page.getByTestId('factor-model.start');
  await factor.getByTestId('add-level').click();
  await expect(factor.getByTestId('level-fits')).toBeVisible();
  await factor.scrollIntoViewIfNeeded();
  await inBothThemes(page, 'wizard-levels');
  await inJapanese(page, 'wizard-levels');
});

// The places of planning, with runs that wait: the same pictures as in screens.ts, without training anything first.
test('planning', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  test.skip(!process.env.CULTIVAR_SCREENS_LIBRARY, 'needs a library with runs that wait: CULTIVAR_SCREENS_LIBRARY');
  const running = await shown(launch, folder, library);
  const { page } = running;
  await call(page, 'doctor.report', true); // the review asks whether training is possible
  const places: readonly (readonly [Place, string])[] = [
    ['new/data', 'wizard-data'], ['new/question', 'wizard-question'], ['new/recipe', 'wizard-recipe'], ['new/review', 'wizard-review'], ['live/queue', 'queue'], ['new/run', 'new-run'], ['library', 'library'],
    [`runs/${running.best}`, 'run'], ['system/doctor', 'system'], ['system/storage', 'storage'], ['system/settings', 'settings'], ['system/about', 'about'],
  ];
  for (const [place, name] of places) {
    await goTo(page, place);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    await inBothThemes(page, name);
    await inJapanese(page, name);
  }
  // On processors where bfloat16 is the slower precision it is said before the start.
  await goTo(page, 'new/run');
  await page.getByTestId('precision').click();
  await page.getByRole('option', { name: 'bfloat16' }).click();
  if (await page.getByTestId('slow-precision').isVisible()) {
    await page.getByTestId('slow-precision').evaluate((element) => { element.scrollIntoView({ block: 'center' }); });
    await inBothThemes(page, 'new-run-bfloat16');
    await page.getByTestId('take-float32').click();
  }
  await goTo(page, 'new/run');
  await page.getByTestId('xla').scrollIntoViewIfNeeded();
  await inBothThemes(page, 'new-run-options');
  await page.getByTestId('batch-open').click();
  await expect(page.getByTestId('batch-start')).toBeVisible();
  await inBothThemes(page, 'largest-batch', { keepFocus: true });
  await page.keyboard.press('Escape');
  await resized(running, 1024, 700);
  await goTo(page, `runs/${running.best}`);
  await picture(page, 'run-1024');
  await goTo(page, 'new/question');
  await picture(page, 'wizard-question-1024');
});

// Of a finished experiment, or what there is of one.
test('evidence', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  const trained = process.env.CULTIVAR_SCREENS_LIBRARY;
  test.skip(!trained, 'needs a library with an experiment: CULTIVAR_SCREENS_LIBRARY');
  showPathsAs({ folder, library });
  await copied(trained!, library);
  const running = await launch();
  const { page } = running;
  await opened(running);
  const [experiment] = await call(page, 'experiments.list');
  const { id } = experiment!;
  const { revision } = (await call(page, 'dataset.list')).find((one) => one.id === 'cifar10')!;
  await call(page, 'exclude.save', 'cifar10', revision, 'near duplicates of training images', Array.from({ length: 389 }, (_, i) => 50_000 + i * 25));
  await goTo(page, `experiments/${id}/answer`);
  await page.getByTestId('open-test').click();
  await page.getByTestId('test-without').click();
  await page.getByRole('option').last().click();
  await inBothThemes(page, 'open-test', { keepFocus: true });
  await page.keyboard.press('Escape');
  await goTo(page, `runs/${await trainedRun(page)}`);
  await page.getByTestId('run-results').click();
  await page.getByTestId('image-tile').first().getByRole('button').click();
  await expect(page.getByTestId('heat').first()).toBeVisible({ timeout: trainingMs });
  await inBothThemes(page, 'heat');
  await inJapanese(page, 'heat');
  await page.keyboard.press('Escape');
  const done = experiment!.runIds.filter(Boolean);
  for (const runId of done) await rm(join(library, 'runs', runId, 'predictions'), { recursive: true, force: true });
  await goTo(page, `experiments/${id}/report`);
  await expect(page.getByTestId('missing-predictions')).toBeVisible();
  await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
  await inBothThemes(page, 'missing-predictions');
  await inJapanese(page, 'missing-predictions');
});
