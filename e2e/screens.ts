import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { RunConfigInput } from '../src/core/config/run';
import { expect, installationWithoutRuntime, test } from './support/fixtures';
import { inBothThemes, inJapanese, opened, picture, resized, showPathsAs } from './support/pictures';
import { call, goTo, stepsDone, type Place } from './support/window';

// Pictures of every screen with real content, for the documents and for looking at: npm run screens.
const recipe = (change: RunConfigInput): RunConfigInput => ({
  data: { trainImages: 1600, validationImages: 1000 }, model: { architecture: 'resnet18', stem: 'imagenet' }, epochs: 6, batchSize: 32,
  schedule: { learningRate: 0.02 }, ...change,
});

async function finished(page: Page, runId: string): Promise<void> {
  await expect.poll(async () => (await call(page, 'runs.get', runId)).summary.status, { timeout: 240_000, intervals: [1000] }).toBe('completed');
}

test('screens', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  showPathsAs({ folder, library });

  const broken = await launch({ appFolder: await installationWithoutRuntime(folder), args: ['--library', join(folder, '空')] });
  await opened(broken);
  await goTo(broken.page, 'system/doctor');
  await expect(broken.page.getByTestId('check-runtime')).toHaveAttribute('data-state', 'failed');
  await inBothThemes(broken.page, 'system-failing');
  await goTo(broken.page, 'library');
  await picture(broken.page, 'first-start-without-data');
  await broken.end();

  const running = await launch();
  const { page } = running;
  await opened(running);
  await goTo(page, 'library');
  await expect(page.getByTestId('run-quickstart')).toBeEnabled({ timeout: 60_000 });
  await inBothThemes(page, 'first-start');
  await inJapanese(page, 'first-start');

  const plain = await call(page, 'runs.start', recipe({ name: 'No augmentation', augmentation: 'none' }));
  await finished(page, plain.id);
  const moved = await call(page, 'runs.start', recipe({ name: '切り抜きと反転', augmentation: 'crop-flip', epochs: 2 }));
  await finished(page, moved.id);
  const live = await call(page, 'runs.start', recipe({ name: 'Crop, flip and TrivialAugment', augmentation: 'crop-flip-trivialaugment', epochs: 8 }));
  await goTo(page, 'live');
  await expect.poll(async () => (await call(page, 'runs.get', live.id)).summary.epochsDone, { timeout: 120_000, intervals: [500] }).toBeGreaterThanOrEqual(4);
  await expect(page.getByTestId('first-batch').locator('canvas').first()).toBeVisible();
  await inBothThemes(page, 'live');
  await inJapanese(page, 'live');
  await goTo(page, 'library');
  await inBothThemes(page, 'library');
  await inJapanese(page, 'library');
  await page.getByTestId('nav-live').click();
  await page.getByTestId('window-close').click();
  await expect(page.getByTestId('close-cancel')).toBeVisible();
  await inBothThemes(page, 'closing');
  await page.getByTestId('close-cancel').click();
  await stepsDone(page, live.id, 1);
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible({ timeout: 30_000 });
  await picture(page, 'live-stopped');

  await call(page, 'doctor.report', true);
  const places: readonly (readonly [Place, string])[] = [
    [`runs/${plain.id}`, 'run'], ['new/run', 'new-run'], ['new/data', 'wizard-data'], ['new/question', 'wizard-question'], ['new/recipe', 'wizard-recipe'], ['new/review', 'wizard-review'], ['live/queue', 'queue'], ['system/doctor', 'system'],
    ['system/storage', 'storage'], ['system/settings', 'settings'], ['system/about', 'about'],
  ];
  for (const [place, name] of places) {
    await goTo(page, place);
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await inBothThemes(page, name);
    if (['run', 'new-run', 'wizard-question', 'wizard-review', 'system'].includes(name)) await inJapanese(page, name);
  }
  await resized(running, 1024, 700);
  await goTo(page, `runs/${plain.id}`);
  await picture(page, 'run-1024');
  await goTo(page, 'new/question');
  await picture(page, 'wizard-question-1024');
});

/** Palette, keys and words, over the page that is open. */
async function frame(page: Page): Promise<void> {
  const query = page.getByTestId('palette-query');
  await query.fill('triv');
  await inBothThemes(page, 'palette', { keepFocus: true });
  await query.fill('');
  await inJapanese(page, 'palette', { keepFocus: true });
  await query.fill('mcnemar');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('word-mcnemar')).toBeInViewport();
  await inBothThemes(page, 'words', { keepFocus: true });
  await inJapanese(page, 'words', { keepFocus: true });
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('words')).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByTestId('keys-everywhere')).toBeVisible();
  await inBothThemes(page, 'keys', { keepFocus: true });
  await inJapanese(page, 'keys', { keepFocus: true });
  await page.keyboard.press('Escape');
}

test('inspector', async ({ launch, folder, library }) => {
  showPathsAs({ folder, library });
  const running = await launch();
  const { page } = running;
  await opened(running);
  await goTo(page, 'augmentation');
  const drawn = async () => {
    await expect(page.getByRole('option').first()).toBeVisible();
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    await expect(page.locator('canvas[data-painted="0"]')).toHaveCount(0);
  };
  const study = async (name: string) => { await page.getByTestId(`study-${name}`).click(); };
  await drawn();
  await page.getByTestId('draws-of-b').getByRole('option').nth(2).click();
  await inBothThemes(page, 'inspector');
  await inJapanese(page, 'inspector');
  await page.getByTestId('operation-2').click();
  await study('drawn');
  await expect(page.getByTestId('drawn')).toHaveAttribute('data-draws', '45000', { timeout: 60_000 });
  await page.getByTestId('drawn-Rotate').click();
  await expect(page.getByTestId('drawn')).toHaveAttribute('data-draws', '45000', { timeout: 60_000 });
  await inBothThemes(page, 'inspector-drawn');
  await page.getByTestId('policy-undo').click();
  await page.getByTestId('operation-2').click();
  await study('average');
  await expect(page.getByTestId('averages').getByText('2,000')).toHaveCount(2, { timeout: 60_000 });
  await picture(page, 'inspector-average');
  await page.getByTestId('policy-b').click();
  await page.getByRole('option', { name: 'crop + flip + CutMix' }).click();
  await study('mix');
  await expect(page.getByTestId('mix')).toBeVisible();
  await inBothThemes(page, 'inspector-mixed');
  await resized(running, 1024, 700);
  await study('strength');
  await drawn();
  await picture(page, 'inspector-1024');
  await page.getByTestId('inspector-pick').click();
  await expect(page.getByTestId('image-picker').locator('canvas').first()).toBeVisible();
  await picture(page, 'inspector-pick');
});

// The write-up's comparison needs no training. CULTIVAR_SCREENS_LIBRARY: a library with a finished experiment, for the other states.
test('results', async ({ launch, folder, library }) => {
  test.setTimeout(15 * 60_000);
  showPathsAs({ folder, library });
  const trained = process.env.CULTIVAR_SCREENS_LIBRARY;
  if (trained) for (const part of ['experiments', 'runs']) await cp(join(trained, part), join(library, part), { recursive: true, filter: (path) => !path.endsWith('lock') });
  const { app, page } = await launch();
  await resized({ app, page }, 1440, 900);
  await call(page, 'settings.set', { theme: 'light', language: 'en' });
  const show = async (id: string, tab: string) => {
    await goTo(page, `experiments/${id}/${tab}`);
    await expect(page.getByTestId(`tab-${tab}`)).toHaveClass(/on/);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  };
  await call(page, 'queue.pause'); // pictures, no training
  const example = await call(page, 'experiments.addExample');
  await show(example.id, 'answer');
  await expect(page.getByTestId('confounded')).toBeVisible();
  await inBothThemes(page, 'results-confounded');
  await inJapanese(page, 'results-confounded');
  const experiment = (await call(page, 'experiments.list')).find(({ id }) => id !== example.id);
  if (!experiment) return;
  await show(experiment.id, 'answer');
  await expect(page.getByTestId('answer')).toBeVisible();
  await inBothThemes(page, 'results');
  await inJapanese(page, 'results');
  await page.getByTestId('why').first().press('w');
  await expect(page.getByTestId('why-popover')).toBeVisible();
  await inBothThemes(page, 'results-why', { keepFocus: true });
  await page.keyboard.press('Escape');
  for (const tab of ['curves', 'runs', 'setup', 'report'] as const) {
    await show(experiment.id, tab);
    if (tab === 'report') await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
    await inBothThemes(page, `results-${tab}`);
  }
  await show(experiment.id, 'images');
  const compute = page.getByTestId('compute-predictions');
  await expect(compute.or(page.getByTestId('images'))).toBeVisible();
  if (await compute.isVisible()) await compute.click();
  await expect(page.getByTestId('images').locator('canvas').first()).toBeVisible({ timeout: 120_000 });
  await inBothThemes(page, 'results-images');
  await goTo(page, 'library');
  await expect(page.getByTestId('experiment-row').first()).toBeVisible();
  await inBothThemes(page, 'library-experiments');
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette-query')).toBeVisible();
  await frame(page);
  await resized({ app, page }, 1024, 700);
  await picture(page, 'library-experiments-1024');
  await show(experiment.id, 'answer');
  await picture(page, 'results-1024');
});
