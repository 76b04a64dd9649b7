import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { call, goTo, stepsDone } from './support/window';

// npm run frames: how smooth the window is while a run trains, and how soon it can be used. Writes its tables into docs/performance.md.
const file = join(import.meta.dirname, '..', 'docs', 'performance.md');
const [begin, end] = ['<!-- npm run frames: begin -->', '<!-- npm run frames: end -->'];
const measuredMs = 12_000;

interface Frames {
  readonly intervalsMs: readonly number[];
  /** Work of the page's main thread a frame: script, style, layout and painting together. */
  readonly workMsAFrame: number;
  readonly longestTaskMs: number;
}

/** Counts the page's own frames for a while; Chromium's counter of task time tells the work in them. */
async function frames(page: Page): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const taskSeconds = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
  const before = await taskSeconds();
  const { intervalsMs, longestTaskMs } = await page.evaluate((durationMs) => new Promise<{ intervalsMs: number[]; longestTaskMs: number }>((resolve) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); });
    observer.observe({ type: 'longtask' });
    const intervals: number[] = [];
    const startMs = performance.now();
    let lastMs = 0;
    const frame = (atMs: number) => {
      if (lastMs > 0) intervals.push(atMs - lastMs);
      lastMs = atMs;
      if (performance.now() - startMs < durationMs) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        resolve({ intervalsMs: intervals, longestTaskMs: longest });
      }
    };
    requestAnimationFrame(frame);
  }), measuredMs);
  const workMsAFrame = ((await taskSeconds()) - before) * 1000 / intervalsMs.length;
  await session.detach();
  return { intervalsMs, workMsAFrame, longestTaskMs };
}

const row = (what: string, { intervalsMs, workMsAFrame, longestTaskMs }: Frames) => {
  const sorted = [...intervalsMs].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!.toFixed(1);
  const late = (100 * sorted.filter((ms) => ms > 25).length / sorted.length).toFixed(1);
  return `| ${what} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${sorted.at(-1)!.toFixed(0)} | ${late} % | ${workMsAFrame.toFixed(2)} | ${longestTaskMs === 0 ? 'none' : longestTaskMs.toFixed(0)} |`;
};

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
    const measured = await frames(page);
    const { step } = (await call(page, 'runs.get', id)).summary;
    await page.getByTestId('stop-run').click();
    await expect(page.getByTestId('run-stopped')).toBeVisible({ timeout: 60_000 });
    return { measured, step };
  };
  const idle = await frames(page);
  const all = await trained('frames');
  const still = await frames(page);
  await call(page, 'settings.set', { leaveOneCore: true });
  const spared = await trained('frames, one core left');
  const middle = (values: readonly number[]) => (([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!) / 1000).toFixed(1);
  const text = [
    begin,
    '## The window while a run trains',
    '',
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run frames\`: ${cpus().length} × ${cpus()[0]!.model}, Electron's built window at its first size on a display in`,
    `memory, drawn without a GPU; load average at the start ${load}. Each row counts the page's own frames for ${measuredMs / 1000} s. A frame is late past 25 ms (1.5 × 16.7).`,
    'The run is ResNet-18, ImageNet stem, batch 32, on the Live page with its five charts; work is all that the page\'s main thread does.',
    '',
    '| | frames | median ms | 95 % ms | 99 % ms | longest ms | late | work ms a frame | longest task ms |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    row('idle, empty library', idle),
    row('training, on every core', all.measured),
    row('the same page, run stopped', still),
    row('training, one core left to the person', spared.measured),
    '',
    `From the start of the process until the first view can be used: ${middle(starts.map(({ windowMs }) => windowMs))} s; until the checks have run and training can start: ${middle(starts.map(({ canTrainMs }) => canTrainMs))} s`,
    `(medians of ${starts.length} starts).`,
    end,
  ].join('\n');
  const before = await readFile(file, 'utf8');
  const from = before.indexOf(begin);
  const rest = from < 0 ? `${before.trimEnd()}\n\n${text}\n` : `${before.slice(0, from)}${text}${before.slice(before.indexOf(end) + end.length)}`;
  await writeFile(file, rest);
  console.log(text);
}
