import type { Page } from '@playwright/test';
import { resultTabs } from '../src/renderer/features/results/tabs';
import { expect, test } from './support/fixtures';
import { longNames } from './support/fullLibrary';
import { writeFullRuns, type FullRuns } from './support/fullRuns';
import { inEveryLook } from './support/looks';
import { call, goTo, type Place } from './support/window';

// The pages about runs where they are very full: 1,000 runs, 100 classes, names of 60 characters, 1 seed and 20. In every size, language and theme nothing may be cut off or
// scroll sideways; the pictures are for looking at (CULTIVAR_STATES names their folder, CULTIVAR_STATES_PLACES some of the places). `npm run states`
const wanted = new RegExp(process.env.CULTIVAR_STATES_PLACES ?? '.');

/** What is done on a page before it is looked at. */
const library = (view: 'experiments' | 'runs', columns: readonly string[]) => async (page: Page) => {
  await goTo(page, 'system/settings');
  await page.evaluate((entries) => { for (const [key, value] of entries) localStorage.setItem(`cultivar.library.${key}`, value); }, [['view', view], ['columns', JSON.stringify(columns)]] as const);
};
const usual = ['curve', 'interval', 'best', 'effect', 'when'];
const settings = ['set:augmentation', 'set:epochs', 'set:data.dataset'];
const before: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  library: library('experiments', usual), 'library-tags': library('experiments', [...usual, 'tags', ...settings]), 'library-runs': library('runs', usual), 'library-runs-tags': library('runs', [...usual, 'tags', ...settings]),
};
const after: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'hundred-matrix': async (page) => {
    const ms = await page.evaluate(() => new Promise<number>((resolve) => {
      const startMs = performance.now();
      document.querySelector<HTMLElement>('[data-testid=matrix-all]')!.click();
      const look = () => { if (document.querySelector('[data-testid=matrix-canvas][data-painted="100"]')) resolve(performance.now() - startMs); else requestAnimationFrame(look); };
      look();
    }));
    console.log(`the matrix of a hundred classes is painted after ${Math.round(ms)} ms`);
    const [matrix, words] = [page.getByTestId('matrix-canvas'), page.getByTestId('matrix-cell')];
    const chosen = await words.textContent();
    await matrix.press('Shift+ArrowDown');
    await expect(words).not.toHaveText(chosen!);
    await matrix.press('Shift+ArrowUp');
    await expect(words).toHaveText(chosen!);
  },
};

const places = ({ twentySeeds, oneSeed, hundredClasses, hundredRuns, manyRuns }: FullRuns): Readonly<Record<string, Place>> => ({
  library: 'library', 'library-tags': 'library', 'library-runs': 'library', 'library-runs-tags': 'library', 'hundred-matrix': `experiments/${hundredClasses}/images`,
  ...Object.fromEntries(resultTabs.flatMap((tab) => [
    [`twenty-${tab}`, `experiments/${twentySeeds}/${tab}`], [`one-${tab}`, `experiments/${oneSeed}/${tab}`], [`hundred-${tab}`, `experiments/${hundredClasses}/${tab}`],
  ] as const)), ...Object.fromEntries(resultTabs.map((tab) => [`picked-${tab}`, `compare/${tab}?runs=${manyRuns.slice(0, 24).join(',')}`] as const)),
  run: `runs/${hundredRuns[0]!}`, live: 'live', queue: 'live/queue', 'new-run': 'new/run', 'new-data': 'new/data', 'new-question': 'new/question', 'new-recipe': 'new/recipe', 'new-review': 'new/review',
});

async function shown(page: Page, place: Place): Promise<void> {
  await goTo(page, place);
  await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
  if (place.includes('/report')) await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
}
test('very full of runs', async ({ launch, library }) => {
  test.setTimeout(30 * 60_000);
  const full = await writeFullRuns(library);
  const running = await launch({ expectedConsole: /^Blocked script execution in 'about:blank'/ });
  const { page } = running;
  await call(page, 'queue.pause');
  await call(page, 'doctor.report', false);
  // Twenty seeds that wait, so that live and queue have something to show.
  await call(page, 'experiments.start', {
    schemaVersion: 1, name: longNames[1], question: longNames[0], base: { model: { architecture: 'resnet18' }, data: { trainImages: 1000 }, epochs: 2 },
    factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'batchSize', levels: [32, 64] }], design: 'full-factorial', seeds: Array.from({ length: 20 }, (_, i) => i + 1), marginPoints: 0.5,
  });
  const found: string[] = [];
  for (const [name, place] of Object.entries(places(full))) {
    if (!wanted.test(name)) continue;
    await before[name]?.(page);
    await shown(page, place);
    await after[name]?.(page);
    found.push(...(await inEveryLook(running, `runs-${name}`)));
  }
  expect(found).toEqual([]);
});
