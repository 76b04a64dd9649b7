import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { between } from './support/frames';
import { quantile, tellSpeed } from './support/tellSpeed';
import { writeWaves } from './support/waves';
import { goTo } from './support/window';

// npm run tiles: from a key to the inspector's new tiles on the screen. Writes its table into docs/performance.md.
const file = join(import.meta.dirname, '..', 'docs', 'performance.md');
const marks = ['<!-- npm run tiles: begin -->', '<!-- npm run tiles: end -->'] as const;
const times = 120;

/** Presses a key again and again, each time once the canvas has been painted anew and the frame with it has come. @returns milliseconds from the key to that frame, and to the painting alone */
const repaints = (page: Page, key: string, selector: string) => page.evaluate(async ([pressed, canvasOf, count]) => {
  const canvas = document.querySelector(canvasOf)!;
  const [shownMs, paintedMs]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    await new Promise((frame) => { requestAnimationFrame(frame); });
    const startMs = performance.now();
    const painted = new Promise<void>((done) => {
      const observer = new MutationObserver(() => { observer.disconnect(); done(); });
      observer.observe(canvas, { attributeFilter: ['data-painted'] });
    });
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
    await painted;
    paintedMs.push(performance.now() - startMs);
    await new Promise((frame) => { requestAnimationFrame(frame); });
    shownMs.push(performance.now() - startMs);
  }
  return { shownMs, paintedMs };
}, [key, selector, times] as const);

/** Presses a key and waits until exact tiles stand, some times. @returns milliseconds from the key to their painting */
const exacts = (page: Page, key: string, selector: string) => page.evaluate(async ([pressed, canvasOf, count]) => {
  const canvas = document.querySelector<HTMLElement>(canvasOf)!;
  const exactMs: number[] = [];
  for (let i = 0; i < count; i++) {
    await new Promise((frame) => { requestAnimationFrame(frame); });
    const [startMs, before] = [performance.now(), canvas.dataset['painted']];
    await new Promise<void>((done) => {
      const observer = new MutationObserver(() => {
        if (canvas.dataset['painted'] === before || canvas.dataset['rough'] !== 'false') return;
        observer.disconnect();
        done();
      });
      observer.observe(canvas, { attributeFilter: ['data-painted', 'data-rough'] });
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }));
    });
    exactMs.push(performance.now() - startMs);
  }
  return exactMs;
}, [key, selector, 15] as const);

/** One grid of a data set, alone. */
async function look(page: Page, datasetId: string, draws: number): Promise<void> {
  await page.evaluate(([id, count]) => { location.hash = `#/augmentation?dataset=${id}&draws=${count}&side=a&a=crop-flip-trivialaugment`; }, [datasetId, draws] as const);
  await expect(page.getByTestId('side-b')).toHaveCount(0);
  await expect(page.getByTestId('draws-of-a').getByRole('option')).toHaveCount(draws);
  // Its pane draws tiles of its own; this one only counts, and rests while things change.
  await page.getByTestId('study-drawn').click();
}

test('tiles', async ({ launch, library }) => {
  await writeWaves(library, 224);
  const load = loadavg()[0]!.toFixed(1);
  const { page } = await launch();
  await goTo(page, 'augmentation');
  await page.getByTestId('inspector-epoch-on').click();
  await expect(page.getByTestId('draws-of-b').getByRole('option')).toHaveCount(16);
  const rows: string[] = [];
  for (const [datasetId, side] of [['cifar10', 32], ['waves', 224]] as const) {
    for (const draws of [16, 64]) {
      await look(page, datasetId, draws);
      const canvas = '[data-testid="side-a"] canvas[data-painted]';
      await repaints(page, '.', canvas);
      const { shownMs, paintedMs } = await repaints(page, '.', canvas);
      const exactMs = await exacts(page, '.', canvas);
      const at = (all: readonly number[], part: number) => quantile(all, part).toFixed(1);
      tellSpeed({ what: `inspector, ${draws} draws of ${side} × ${side}: a key to the next frame with them`, middle: quantile(shownMs, 0.5), high: quantile(shownMs, 0.99), wanted: { middle: 33 } });
      rows.push(`| ${side} × ${side} | ${draws} | ${at(paintedMs, 0.5)} | ${at(paintedMs, 0.99)} | ${at(shownMs, 0.5)} | ${at(shownMs, 0.99)} | ${at(exactMs, 0.5)} |`);
    }
  }
  const text = [
    '## The inspector\'s tiles',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run tiles\`: ${cpus().length} × ${cpus()[0]!.model}, Electron's built window at its first size on a display in memory, drawn`,
    `without a GPU; load average at the start ${load}. crop + flip + TrivialAugment, one epoch on by a key, ${times} times: from the key until the canvas is painted (drawn in the worker, moved, copied),`,
    'until the next frame begins, with the words under the tiles, and from a key that is the last until exact tiles are painted (90 ms of rest are in it where a preview',
    'came first). A frame is 16.7 ms.',
    '',
    '| images | draws | painted, median ms | painted, 99 % ms | next frame, median ms | next frame, 99 % ms | exact, median ms |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
  await writeFile(file, between(await readFile(file, 'utf8'), marks, text));
  console.log(text);
});
