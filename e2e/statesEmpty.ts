import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeManyRuns } from '../test/support/manyRuns';
import { datasetTabs } from '../src/renderer/features/datasets/tabs';
import { resultTabs } from '../src/renderer/features/results/tabs';
import { expect, test, type RunningApp } from './support/fixtures';
import { inEveryLook } from './support/looks';
import { call, goTo, type Place } from './support/window';

// Every page where there is nothing to show yet: it has to say what is missing and what to do. In every size, language and theme nothing may be cut off or
// scroll sideways; the pictures are for looking at (CULTIVAR_STATES names their folder). `npm run states`

/** A blank page is none of a person's: what is missing is said, with a way on. */
async function emptyPlaces(running: RunningApp, places: readonly Place[]): Promise<string[]> {
  const { page } = running;
  const found: string[] = [];
  for (const place of places) {
    await goTo(page, place);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    if (place.includes('/report')) await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
    found.push(...(await inEveryLook(running, `empty-${place.replace(/[^a-z0-9]+/g, '-')}`)));
  }
  return found;
}
const wizard = ['new/run', 'new/data', 'new/question', 'new/recipe', 'new/review'] as const;

test('a library that holds nothing', async ({ launch, library }) => {
  test.setTimeout(20 * 60_000);
  await rm(join(library, 'datasets', 'cifar10'), { recursive: true });
  const running = await launch();
  await call(running.page, 'doctor.report', false);
  expect(await emptyPlaces(running, [
    'library', 'live', 'live/queue', ...wizard, 'compare/answer', 'compare/images', 'experiments/gone-abcdef/answer', 'runs/gone-abcdef', 'datasets', 'datasets/cifar10/audit',
    'augmentation', 'system/doctor', 'system/storage', 'system/settings', 'system/about',
  ])).toEqual([]);
});

test('an experiment whose runs all wait, and runs of which nothing was computed', async ({ launch, library }) => {
  test.setTimeout(20 * 60_000);
  const [alone, other] = writeManyRuns(library, { count: 2, epochs: 4, stepsPerEpoch: 10, events: true });
  const running = await launch({ expectedConsole: /^Blocked script execution in 'about:blank'/ });
  const { page } = running;
  await call(page, 'queue.pause');
  const { id } = await call(page, 'experiments.start', {
    schemaVersion: 1, name: 'Crop and flip', question: '', base: { model: { architecture: 'resnet18' }, data: { trainImages: 1000 }, epochs: 2 }, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], design: 'full-factorial', seeds: [1, 2], marginPoints: 0.5,
  });
  const [waiting] = (await call(page, 'experiments.list')).find((one) => one.id === id)!.runIds;
  expect(await emptyPlaces(running, [
    ...resultTabs.map((tab) => `experiments/${id}/${tab}` as const), `runs/${waiting!}`, 'live', 'live/queue', `compare/images?runs=${waiting!}`, `compare/images?runs=${alone!}`, `compare/answer?runs=${alone!},${other!}`, `runs/${alone!}`,
    ...datasetTabs.map((tab) => `datasets/cifar10/${tab}` as const),
  ])).toEqual([]);
});
