import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeManyRuns } from '../test/support/manyRuns';
import { expect, test } from './support/fixtures';
import { between, frameHead, frameRow, frames } from './support/frames';
import { quantile, tellSpeed } from './support/tellSpeed';
import { goTo } from './support/window';

// npm run overlay: how smoothly the curves of 100 runs of 1,000 points are moved along and zoomed. Writes its table into docs/performance.md.
const file = join(import.meta.dirname, '..', 'docs', 'performance.md');
const marks = ['<!-- npm run overlay: begin -->', '<!-- npm run overlay: end -->'] as const;
const measuredMs = 6000;

/** Turns the wheel over the chart once a frame from now on, as a trackpad does; a new one ends the last. */
const turn = (page: Page, how: 'pan' | 'zoom' | 'none') => page.getByTestId('curves-over').evaluate((over, kind) => {
  const at = over.getBoundingClientRect();
  const own = String(Math.random());
  over.dataset['turning'] = own;
  let count = 0;
  const next = () => {
    if (over.dataset['turning'] !== own || kind === 'none') return;
    // There and back: 150 frames one way.
    const way = Math.floor(count++ / 150) % 2 === 0 ? 1 : -1;
    const event = kind === 'pan' ? { deltaX: 12 * way } : { ctrlKey: true, deltaY: count % 6 === 0 ? -way : 0 };
    if (kind === 'pan' || event.deltaY !== 0) over.dispatchEvent(new WheelEvent('wheel', { ...event, clientX: at.left + at.width / 2, clientY: at.top + 100, bubbles: true, cancelable: true }));
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}, how);

test('overlay', async ({ launch, library }) => {
  const load = loadavg()[0]!.toFixed(1);
  const ids = writeManyRuns(library, { count: 100, epochs: 20, stepsPerEpoch: 50, events: true });
  const { page } = await launch();
  await expect(page.locator('#app header').first()).toBeVisible();
  await goTo(page, `compare/curves?runs=${ids.join(',')}` as 'library');
  await page.getByTestId('curves-runs').click();
  await page.getByTestId('curves-train').click();
  const overlay = page.getByTestId('overlay');
  await expect(overlay).toHaveAttribute('data-shows', '100 0 20');
  const still = await frames(page, measuredMs);
  const over = page.getByTestId('curves-over');
  await over.focus();
  // A quarter of the whole, so that there is something to move along.
  for (let i = 0; i < 6; i++) await page.keyboard.press('+');
  await expect(overlay).toHaveAttribute('data-shows', /^100 /);
  await turn(page, 'pan');
  const pan = await frames(page, measuredMs);
  await turn(page, 'zoom');
  const zoom = await frames(page, measuredMs);
  await turn(page, 'none');
  await page.keyboard.press('0');
  await expect(overlay).toHaveAttribute('data-shows', '100 0 20');
  for (const [what, { intervalsMs }] of [['panned', pan], ['zoomed', zoom]] as const) tellSpeed({ what: `100 curves of 1,000 points ${what}: a frame`, middle: quantile(intervalsMs, 0.5), high: quantile(intervalsMs, 0.99), wanted: { middle: 17, high: 34 } });
  const text = [
    '## A hundred curves',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run overlay\`: ${cpus().length} × ${cpus()[0]!.model}, Electron's built window at its first size on a display in memory, drawn`,
    `without a GPU; load average at the start ${load}. The Curves tab with 100 runs of 1,000 steps over each other; each row counts the page's own frames for ${measuredMs / 1000} s.`,
    '',
    ...frameHead,
    frameRow('100 runs of 1,000 points, still', still),
    frameRow('moved along, a wheel event a frame', pan),
    frameRow('zoomed in and out, ten wheel events a second', zoom),
  ].join('\n');
  await writeFile(file, between(await readFile(file, 'utf8'), marks, text));
  console.log(text);
});
