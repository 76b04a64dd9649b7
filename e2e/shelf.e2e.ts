import { expect, test } from './support/fixtures';
import { writeSmallDatasets } from './support/fullLibrary';
import { goTo } from './support/window';

test('two hundred data sets are searched and scrolled', async ({ launch, library }) => {
  await writeSmallDatasets(library, 199);
  const { page } = await launch();
  await goTo(page, 'datasets');
  const list = page.getByRole('navigation', { name: 'Datasets' });
  const [search, rows] = [list.getByRole('searchbox', { name: 'Search data sets' }), list.locator('button')];
  const row = (id: string) => list.getByTestId(`dataset-${id}`);
  await expect(rows).toHaveCount(200);

  // Down to the last one by the wheel: the search stays at the top.
  await expect(rows.last()).not.toBeInViewport();
  await rows.nth(1).hover();
  await page.mouse.wheel(0, 1_000_000);
  await expect(rows.last()).toBeInViewport();
  await expect(search).toBeInViewport();

  // Width, case and kana do not count; what is found is chosen by keyboard.
  await search.fill('０４１');
  await expect(rows).toHaveCount(1);
  await search.fill('やまざくら');
  await expect(rows).toHaveCount(66);
  await search.fill('DONAUDAMPF');
  await expect(rows).toHaveCount(66);
  await search.fill(' 121 ');
  await expect(rows).toHaveCount(1);
  await search.press('Tab');
  await expect(row('small-121')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row('small-121')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('121');
  await search.fill('no such name');
  await expect(list.getByRole('status')).toHaveText('No data set has this in its name.');
  await expect(rows).toHaveCount(0);

  // The whole list shows where the chosen one is, as does an address.
  await search.fill('');
  await expect(rows).toHaveCount(200);
  await expect(row('small-121')).toBeInViewport();
  await goTo(page, 'datasets/small-003/card');
  await expect(row('small-003')).toHaveAttribute('aria-current', 'true');
  await expect(row('small-003')).toBeInViewport();
});
