import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { between, frameHead, frameRow, frames } from './support/frames';
import { quantile, tellSpeed } from './support/tellSpeed';
import { call, goTo, stepsDone } from './support/window';

// npm run frames: how smooth the window is while a run trains, and how soon it can be used. Writes its tables into docs/performance.md.
const file = join(import.meta.dirname, '..', 'docs', 'performance.md');
const marks = ['<!-- npm run frames: begin -->', '<!-- npm run frames: end -->'] as const;
const measuredMs = 12_000;

test('frames', async ({ launch }) => {
  test.setTimeout(10 * 60_000);
  const load = loadavg()[0]!.toFixed(1);
  const starts: { windowMs: number; canTrainMs: number }[] = [];
  for (let i = 0; i < 3; i++) {
    const startMs = performance.now();
    const running = await launch();
    await expect(running.page.getByTestId('run-quickstart')).toBeVisible();
    const windowMs = performance.now() - startMs;
    await expect(running.page.getByTestId('device-status').locator('.lamp.off')).toHaveCount(0, { timeout: 60_000 });
    await expect(running.page.getByTestId('run-quickstart')).toBeEnabled();
    starts.push({ windowMs, canTrainMs: performance.now() - startMs });
    if (i < 2) await running.end();
    else await measure(running.page, load, starts);
  }
});

async function measure(page: Page, load: string, starts: readonly { windowMs: number; canTrainMs: number }[]): Promise<void> {
  const trained = async (name: string) => {
    const { id } = await call(page, 'runs.start', {
      name, data: { trainImages: 3200, validationImages: 1000 }, model: { architecture: 'resnet18', stem: 'imagenet' }, augmentation: 'crop-flip', epochs: 60, batchSize: 32,
    });
    await goTo(page, 'live');
    await stepsDone(page, id, 60);
    const measured = await frames(page, measuredMs);
    const { step } = (await call(page, 'runs.get', id)).summary;
    await page.getByTestId('stop-run').click();
    await expect(page.getByTestId('run-stopped')).toBeVisible({ timeout: 60_000 });
    return { measured, step };
  };
  const idle = await frames(page, measuredMs);
  const all = await trained('frames');
  const still = await frames(page, measuredMs);
  await call(page, 'settings.set', { leaveOneCore: true });
  const spared = await trained('frames, one core left');
  for (const [what, { intervalsMs }] of [['training on every core', all.measured], ['training, one core left to the person', spared.measured]] as const) tellSpeed({ what: `${what}, the Live page: a frame`, middle: quantile(intervalsMs, 0.5), high: quantile(intervalsMs, 0.99), wanted: { middle: 17, high: 34 } });
  const middle = (values: readonly number[]) => (([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!) / 1000).toFixed(1);
  const text = [
    '## The window while a run trains',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run frames\`: ${cpus().length} × ${cpus()[0]!.model}, Electron's built window at its first size on a display in`,
    `memory, drawn without a GPU; load average at the start ${load}. Each row counts the page's own frames for ${measuredMs / 1000} s. A frame is late past 25 ms (1.5 × 16.7).`,
    'The run is ResNet-18, ImageNet stem, batch 32, on the Live page with its five charts; work is all that the page\'s main thread does.',
    '',
    ...frameHead,
    frameRow('idle, empty library', idle),
    frameRow('training, on every core', all.measured),
    frameRow('the same page, run stopped', still),
    frameRow('training, one core left to the person', spared.measured),
    '',
    `From the start of the process until the first view can be used: ${middle(starts.map(({ windowMs }) => windowMs))} s; until the checks have run and training can start: ${middle(starts.map(({ canTrainMs }) => canTrainMs))} s`,
    `(medians of ${starts.length} starts).`,
  ].join('\n');
  await writeFile(file, between(await readFile(file, 'utf8'), marks, text));
  console.log(text);
}
