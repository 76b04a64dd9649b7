import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeManyRuns } from '../test/support/manyRuns';
import { expect, test } from './support/fixtures';
import { longNames } from './support/fullLibrary';
import { inEveryLook } from './support/looks';
import { call, dropFiles, goTo } from './support/window';

// What lies over a page and says a name: toasts and questions, with names of 60 characters. In every size, language and theme nothing may be cut off or scroll sideways;
// the pictures are for looking at (CULTIVAR_STATES names their folder). `npm run states`

const archive = join(import.meta.dirname, '../test/fixtures/import/folders.zip');

test('toasts and questions with long names', async ({ launch, library, folder }) => {
  test.setTimeout(20 * 60_000);
  for (const [i, id] of writeManyRuns(library, { count: 3, epochs: 2, stepsPerEpoch: 5, events: true }).entries()) {
    const file = join(library, 'runs', id, 'manifest.json');
    await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), name: longNames[i] }));
  }
  const running = await launch();
  const { page } = running;
  const found: string[] = [];
  const look = async (name: string) => { found.push(...(await inEveryLook(running, `over-${name}`))); };
  await call(page, 'queue.pause');
  await call(page, 'runs.start', { name: longNames[1], model: { architecture: 'resnet18' }, data: { trainImages: 64, validationImages: 250 }, epochs: 1 });
  // A toast stays for ten seconds: too short to be looked at in every way.
  await page.addInitScript(() => {
    const start = window.setTimeout.bind(window);
    window.setTimeout = ((work: () => void, ms?: number) => start(work, ms === 10_000 ? 2 ** 31 - 1 : ms)) as typeof window.setTimeout;
  });
  await page.reload();
  await goTo(page, 'live/queue');
  await page.getByTestId('queue-remove').click();
  for (const i of [1, 2]) {
    await goTo(page, `runs/resnet18-0000${i}-abcdef`);
    await page.getByTestId('delete-run').click();
    await expect(page.getByText(longNames[i]!).filter({ visible: true }).first()).toBeVisible();
  }
  await expect(page.getByTestId('toast-action')).toHaveCount(3);
  await look('toasts');

  await page.reload();
  const named = join(folder, `${longNames[1]}.zip`);
  await cp(archive, named);
  await goTo(page, 'datasets');
  await dropFiles(page, 'datasets-drop', [named]);
  await page.getByTestId('import-start').click();
  await page.getByTestId('import-close').click();
  const { id } = (await call(page, 'dataset.list')).find(({ imported }) => imported)!;
  await goTo(page, `datasets/${id}/card`);
  await page.getByTestId('dataset-remove').click();
  await expect(page.getByTestId('dataset-remove-now')).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText(longNames[1]);
  await look('remove');
  expect(found).toEqual([]);
});
