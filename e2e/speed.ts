import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readEvents } from '../src/library/events';
import { writeLongRun } from '../test/support/longRun';
import { electronBinary } from './support/electronBinary';
import { appEnvironment, electronArgs, expect, test } from './support/fixtures';
import { quantile, tellSpeed } from './support/tellSpeed';
import { call, goTo } from './support/window';

// npm run speed: what no other measurement covers, the cold start and the change of a page.
const starts = 7;
const hook = join(import.meta.dirname, 'support', 'startHook.cjs');

/** Milliseconds from the creation of the process until the first view is painted with its button, as a person starts the app: no driver waits in it. */
async function timeStart(folder: string, library: string): Promise<number> {
  const child = spawn(electronBinary(), ['-r', hook, ...electronArgs([])], { env: appEnvironment(folder, library), stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, log] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { out += String(data); });
  child.stderr.on('data', (data: Buffer) => { log += String(data); });
  await once(child, 'exit'); // not 'close': a probe that is still ending holds the pipes
  const told = /^usable ([\d.]+)$/m.exec(out);
  if (!told) throw new Error(`The app ended without a view: ${out}${log}`);
  return Number(told[1]);
}

test('cold start', async ({ folder, library }) => {
  await timeStart(folder, library); // the first of all: the system reads the files, and Chromium compiles the page
  const times: number[] = [];
  for (let i = 0; i < starts; i++) times.push(await timeStart(folder, library));
  tellSpeed({ what: `start of the process to a usable window (${starts} starts, each a process of its own)`, middle: quantile(times, 0.5), high: Math.max(...times), wanted: { middle: 1000 } });
  console.log('cold start, ms:', times.map(Math.round).join(' '));
});

/** Milliseconds from the change of the address until the new page stands and is painted. */
const change = (page: Page, to: string) => page.evaluate((place) => new Promise<number>((resolve) => {
  const frame = document.querySelector('.window')!;
  const before = frame.children[1];
  const startMs = performance.now();
  const look = () => {
    if (frame.children[1] !== before && frame.children.length >= 3) return requestAnimationFrame(() => setTimeout(() => { resolve(performance.now() - startMs); }));
    if (performance.now() - startMs > 20_000) throw new Error(`${place} does not come: ${location.hash}`);
    return requestAnimationFrame(look);
  };
  location.hash = `#/${place}`;
  look();
}), to);

test('a run of a million steps', async ({ launch, library }) => {
  const runId = writeLongRun(library, 1_000_000);
  await readEvents(library, runId); // as the process that records a run's end
  const { page } = await launch();
  await expect(page.getByTestId('run-row')).toBeVisible();
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    times.push(await page.evaluate((id) => new Promise<number>((resolve) => {
      const startMs = performance.now();
      const look = () => {
        const sentence = document.querySelector('[data-testid=live-chart-accuracy]')?.getAttribute('aria-label') ?? '';
        if (!/\d\.\d/.test(sentence)) return requestAnimationFrame(look); // before the record is read it says that it waits
        return requestAnimationFrame(() => setTimeout(() => { resolve(performance.now() - startMs); }));
      };
      location.hash = `#/runs/${id}`;
      look();
    }), runId));
    await goTo(page, 'library');
  }
  tellSpeed({ what: 'a run of 1,000,000 steps, each with a rate of its own (twelve days): from the press to its drawn curves (5 times)', middle: quantile(times, 0.5), high: Math.max(...times), wanted: { middle: 1000 } });
  console.log('a million steps, ms:', times.map(Math.round).join(' '));
});

test('page change', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByTestId('run-quickstart')).toBeVisible();
  await call(page, 'doctor.report', false); // its probe takes the cores for a second
  const places = ['live', 'datasets/cifar10/card', 'augmentation', 'new/data', 'new/run', 'live/queue', 'system/doctor', 'library'] as const;
  const first: number[] = [];
  for (const place of places) first.push(await change(page, place));
  const again: number[] = [];
  for (let i = 0; i < 5; i++) for (const place of places) again.push(await change(page, place));
  tellSpeed({ what: `page change, first visit (${places.length} pages, their code read)`, middle: quantile(first, 0.5), high: Math.max(...first), wanted: { middle: 100 } });
  tellSpeed({ what: 'page change, later', middle: quantile(again, 0.5), high: quantile(again, 0.99), wanted: { middle: 100, high: 100 } });
  console.log('page change, ms:', places.map((place, i) => `${place} ${Math.round(first[i]!)}`).join(', '), '; later', quantile(again, 0.5).toFixed(0), quantile(again, 0.99).toFixed(0));
});
