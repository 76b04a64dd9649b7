import { cpus, loadavg } from 'node:os';
import { writeManyRuns } from '../test/support/manyRuns';
import { expect, test } from './support/fixtures';
import { quantile, tellSpeed } from './support/tellSpeed';
import { call, goTo } from './support/window';

// npm run listing: how soon a library of 1,000 runs is listed, and how soon the curves of 100 runs of 1,000 steps are there to be overlaid.
const runs = 1000;

test('listing', async ({ launch, library }) => {
  const ids = writeManyRuns(library, { count: runs, epochs: 20, stepsPerEpoch: 50, events: false });
  const curved = writeManyRuns(library, { count: 100, epochs: 20, stepsPerEpoch: 50, events: true });
  expect(ids.slice(0, 100)).toEqual(curved);
  const results: Record<string, number> = {};
  for (const start of ['without an index', 'with an index'] as const) {
    const { page, end } = await launch();
    // Runs that differ in their seed alone are one row where experiments are listed; here each is to be drawn.
    await page.getByTestId('view-runs').click();
    await expect(page.getByTestId('run-row').first()).toBeVisible();
    await call(page, 'doctor.report', false); // its probe takes the cores for a second
    const timed = (what: string, name: 'runs.list' | 'runs.curves', ...args: unknown[]) => page.evaluate(async ([called, given]) => {
      const startMs = performance.now();
      await (window.cultivar.call as (...all: unknown[]) => Promise<unknown>)(called, ...given);
      return performance.now() - startMs;
    }, [name, args] as const).then((ms) => { results[what] = Math.round(ms); });
    for (let i = 1; i <= 3; i++) await timed(`runs.list, call ${i}, started ${start}`, 'runs.list');
    await timed(`runs.curves of 100 runs, first call, started ${start}`, 'runs.curves', curved, 250);
    await timed(`runs.curves of 100 runs, again, started ${start}`, 'runs.curves', curved, 250);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const cpuMs = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
    // From the click on the library until its rows are painted: the call, and drawing.
    for (let i = 1; i <= 3; i++) {
      await goTo(page, 'system/settings');
      const before = await cpuMs();
      results[`library shown, time ${i}, started ${start}`] = Math.round(await page.evaluate(() => new Promise<number>((resolve) => {
        const startMs = performance.now();
        location.hash = '#/library';
        const look = () => {
          if (document.querySelector('[data-testid=run-row]') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => setTimeout(() => { resolve(performance.now() - startMs); }));
        };
        requestAnimationFrame(look);
      })));
      results[`the same, processor time of the page, time ${i}, started ${start}`] = Math.round((await cpuMs()) - before);
    }
    await end();
  }
  const shown = Object.entries(results).filter(([what]) => what.startsWith('library shown')).map(([, ms]) => ms);
  tellSpeed({ what: `library of ${runs} runs: a click to its rows`, middle: quantile(shown, 0.5), high: Math.max(...shown), wanted: { middle: 200 } });
  console.log(`${cpus().length} × ${cpus()[0]!.model}, load average ${loadavg()[0]!.toFixed(1)}; ${runs} runs, milliseconds`);
  console.table(results);
});
