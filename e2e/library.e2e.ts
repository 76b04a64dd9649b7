import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvents } from '../src/library/events';
import { writeLongRun } from '../test/support/longRun';
import { writeManyRuns } from '../test/support/manyRuns';
import { expect, test } from './support/fixtures';
import { call, goTo } from './support/window';

/** Bytes of the disk, as coreutils count them. */
const du = (folder: string) => Number(execFileSync('du', ['-s', '-B1', folder], { encoding: 'utf8' }).split('\t')[0]);
const weightsBytes = 2_000_000;

/** Six finished runs: three policies with two seeds each. The first has weights. */
function fill(library: string): string[] {
  const ids = writeManyRuns(library, { count: 6, epochs: 3, stepsPerEpoch: 5, events: true });
  const checkpoint = join(library, 'runs', ids[0]!, 'checkpoints', '15');
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(join(checkpoint, 'weights.safetensors'), randomBytes(weightsBytes));
  return ids;
}

test('what was found, remarked, grouped and left stands there again after a restart', async ({ launch, library }) => {
  const ids = fill(library);
  const first = await launch();
  const { page } = first;
  await call(page, 'experiments.addExample');
  await goTo(page, 'datasets');
  await goTo(page, 'library');
  await expect(page.getByTestId('experiment-row')).toHaveCount(1);
  // Loose runs that differ by their seed are one row, with mean, interval and number.
  const seeds = page.getByTestId('seeds-row');
  await expect(seeds).toHaveCount(3);
  await expect(seeds.first()).toContainText(/2 runs.*± /);
  await seeds.first().getByTestId('show-seeds').click();
  await expect(page.getByTestId('run-row')).toHaveCount(2);

  // A note and tags, by keyboard, undone and done again.
  await page.getByTestId('experiment-row').click();
  await page.getByTestId('note').fill('発表で使う');
  await page.getByTestId('note').press('Control+Enter');
  await expect.poll(async () => Object.values((await call(page, 'remarks.list')).experiments)[0]?.note).toBe('発表で使う');
  const tag = async (text: string) => {
    await page.getByTestId('remarks').getByTestId('add-tag').click();
    await page.getByTestId('tag-field').fill(text);
    await page.getByTestId('tag-field').press('Enter');
    await expect(page.getByTestId('tag').filter({ hasText: text })).toBeVisible();
    await page.getByTestId('tag-field').press('Escape');
  };
  await tag('seminar');
  await tag('wrong');
  await page.getByTestId('toast-action').last().click();
  await expect(page.getByTestId('tag')).toHaveCount(1);
  await page.getByTestId('run-row').first().click();
  await page.getByTestId('remarks').getByTestId('add-tag').click();
  await page.getByTestId('tag-field').press('ArrowDown'); // a tag that is in use is offered
  await page.getByTestId('tag-field').press('Enter');
  await expect(page.getByTestId('tag')).toHaveText('seminar');
  await page.getByTestId('tag-field').press('Escape');

  await page.getByTestId('library-search').fill('tag:seminar 発表');
  await expect(page.getByTestId('experiment-row')).toHaveCount(1);
  await expect(seeds).toHaveCount(0);
  await page.getByTestId('library-search').fill('');
  await page.getByTestId('tag-filter').click();
  await page.getByRole('menuitemcheckbox', { name: 'seminar' }).click();
  await page.keyboard.press('Escape');
  await page.getByTestId('view-runs').click();
  await expect(page.getByTestId('run-row')).toHaveCount(1);
  await page.getByTestId('library-search').fill('nothing has this');
  await expect(page.getByTestId('nothing-found')).toBeVisible();
  await page.getByTestId('clear-filters').click();
  await expect(page.getByTestId('run-row')).toHaveCount(6);

  // By settings, and by their names in a column.
  await page.getByTestId('library-search').fill('augmentation:none seed:>0');
  await expect(page.getByTestId('run-row')).toHaveCount(1);
  await page.getByTestId('library-search').fill('-augmentation:none');
  await expect(page.getByTestId('run-row')).toHaveCount(4);
  await page.getByTestId('columns').click();
  await page.getByTestId('column-augmentation').click();
  await page.keyboard.press('Escape');
  await page.getByTestId('sort-set:augmentation').click();
  await expect(page.locator('th[aria-sort=ascending]')).toHaveCount(1);
  await page.getByTestId('group-by').click();
  await page.getByRole('option', { name: 'By augmentation' }).click();
  await expect(page.getByTestId('group-row')).toHaveCount(2);
  await expect(seeds).toHaveCount(2);
  await seeds.last().getByTestId('show-seeds').click();
  const chosen = page.getByTestId('run-row').last();
  await chosen.click();
  const selectedId = await chosen.getAttribute('data-run-id');
  await first.end();

  const second = await launch();
  await expect(second.page.getByTestId('library-search')).toHaveValue('-augmentation:none');
  await expect(second.page.getByTestId('group-row')).toHaveCount(2);
  await expect(second.page.locator('tr[aria-selected=true]')).toHaveAttribute('data-run-id', selectedId!);
  await expect(second.page.getByTestId('sort-set:augmentation')).toBeVisible();
  await goTo(second.page, `runs/${ids[1]!}`);
  // Its page stands once its code is read, and is then what one comes back to.
  await second.page.waitForFunction((hash) => localStorage.getItem('cultivar.place') === hash, `/runs/${ids[1]!}`);
  await second.end();

  const third = await launch();
  await third.page.waitForFunction((hash) => location.hash === hash, `#/runs/${ids[1]!}`);
  await call(third.page, 'runs.delete', ids[1]!);
  await third.end();
  // A run that has gone leads to the library, not to an error.
  const fourth = await launch();
  await fourth.page.waitForFunction(() => location.hash === '#/library');
});

test('any selection is compared; weights go and the record stays; the bin gives the disk back', async ({ launch, library }) => {
  const [id, other] = fill(library) as [string, string];
  const { page } = await launch();
  await goTo(page, 'library');
  await page.getByTestId('view-runs').click();
  const rows = page.getByTestId('run-row');
  await expect(rows).toHaveCount(6);
  await rows.nth(1).click();
  await rows.nth(3).click({ modifiers: ['Shift'] });
  await expect(page.getByTestId('selection-bar')).toContainText('3 runs marked');
  await rows.nth(5).click({ modifiers: ['Control'] });
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await expect(page.getByTestId('selection-bar')).toContainText('5 runs marked');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('selection-bar')).toHaveCount(0);
  await rows.nth(0).focus();
  await page.keyboard.press('Control+a');
  await page.getByTestId('compare').click();
  await page.waitForFunction(() => location.hash.startsWith('#/compare/answer?runs='));
  await expect(page.getByTestId('answer')).toBeVisible();

  await goTo(page, 'library');
  await page.locator(`[data-run-id="${id}"]`).click();
  const before = await call(page, 'runs.get', id);
  const held = du(library);
  await page.getByTestId('more').click();
  await page.getByTestId('remove-weights').click();
  await expect.poll(async () => (await call(page, 'bin.list')).map((item) => [item.kind, item.id])).toEqual([['weights', id]]);
  await page.getByTestId('toast-action').click();
  await expect.poll(async () => (await call(page, 'bin.list')).length).toBe(0);
  await page.getByTestId('more').click();
  await page.getByTestId('remove-weights').click();
  await expect.poll(async () => (await call(page, 'bin.list')).length).toBe(1);
  expect((await call(page, 'runs.get', id)).events).toEqual(before.events);

  await page.locator(`[data-run-id="${other}"]`).click();
  await page.getByTestId('more').click();
  await page.getByTestId('delete-selected').click();
  await expect(rows).toHaveCount(5);
  await page.keyboard.press('Control+z');
  await expect(rows).toHaveCount(6);

  await goTo(page, 'system/storage');
  await expect(page.getByTestId('run-size')).toHaveCount(6);
  await expect(page.getByTestId('bin-item')).toHaveCount(1);
  await page.getByTestId('empty-bin').click();
  await page.getByTestId('empty-bin-now').click();
  await expect(page.getByTestId('freed')).toContainText('2 MB');
  expect(held - du(library)).toBeGreaterThanOrEqual(weightsBytes);
  await expect(page.getByTestId('bin-item')).toHaveCount(0);
});

test('pinned experiments stand in the sidebar', async ({ launch, library }) => {
  fill(library);
  const { page } = await launch();
  const { id } = await call(page, 'experiments.addExample');
  await goTo(page, 'datasets');
  await goTo(page, 'library');
  await page.getByTestId('experiment-row').click();
  await page.getByTestId('more').click();
  await page.getByTestId('pin').click();
  await page.getByTestId('pinned').click();
  await page.waitForFunction((hash) => location.hash === hash, `#/experiments/${id}/answer`);
});

test('a long run comes to the window as columns, and shows all of its steps', async ({ launch, library }) => {
  const points = 40_000;
  const runId = writeLongRun(library, points);
  const stored = await readEvents(library, runId);
  expect(stored.events.length).toBeLessThan(points / 10);
  const { page } = await launch();
  const counted = await page.evaluate(async (id) => {
    const answer = await window.cultivar.call('runs.get', id);
    if (!answer.ok) throw new Error(answer.error.message);
    let [steps, rates, typed] = [0, 0, 0];
    for (const event of answer.value.events) {
      if (event.type === 'steps') steps += event.step.length;
      else if (event.type === 'rate') rates += 1;
      else if (event.type === 'rates') rates += event.columns.imagesPerSecond.length;
      if (event.type === 'rates' && event.columns.imagesPerSecond instanceof Float64Array && event.columns.imagesPerSecond.buffer.byteLength === 8 * event.columns.imagesPerSecond.length) typed += 1;
    }
    return { steps, rates, typed };
  }, runId);
  expect(counted).toEqual({ steps: points, rates: points, typed: 1 });
  await goTo(page, `runs/${runId}`);
  await expect(page.getByTestId('live-chart-accuracy').locator('canvas')).toBeVisible();
});
