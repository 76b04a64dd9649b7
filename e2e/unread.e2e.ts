import { callNames } from '../src/preload/names';
import { expect, test, type RunningApp } from './support/fixtures';
import { answering } from './support/unfed';
import { call, goTo, type Place } from './support/window';

// What pages about runs say before anything was read, and where nothing can be.

/** Calls without which there is no window. */
const kept = /^(settings|window|app|doctor|system)\./;
/** From now on no other call is answered, or each fails; what the window knew is forgotten with its page. */
async function held({ app, page }: RunningApp, how: 'waiting' | 'failing'): Promise<void> {
  const failure = { code: 'permission-denied', message: 'The library cannot be read.', remedy: 'Give yourself the right to read it.' } as const;
  await answering(app, callNames.filter((name) => !kept.test(name)), how === 'failing' ? failure : 'never');
  await page.evaluate(() => { localStorage.clear(); });
}
/** With what stands there before anything was read: bars, the charts' own words, or a form that can be filled in. */
const pages: readonly (readonly [Place, 'bars' | 'words' | 'form'])[] = [
  ['library', 'bars'], ['experiments/one-abcdef/answer', 'bars'], ['experiments/one-abcdef/curves', 'bars'], ['compare/images?runs=one-abcdef', 'bars'], ['experiments/one-abcdef/report', 'bars'], ['runs/one-abcdef', 'words'],
  ['live', 'bars'], ['live/queue', 'bars'], ['new/run', 'form'], ['new/data', 'bars'], ['new/question', 'form'], ['new/recipe', 'form'], ['new/review', 'words'],
];
for (const how of ['waiting', 'failing'] as const) {
  test(`pages whose calls are ${how}`, async ({ launch }) => {
    const running = await launch({ expectedConsole: /./ });
    const { page } = running;
    await call(page, 'doctor.report', false);
    await held(running, how);
    const silent: string[] = [];
    for (const [place, before] of pages) {
      await goTo(page, place);
      await page.reload();
      const content = page.locator('main');
      const waits = { bars: content.getByTestId('loading'), words: content.getByText('Loading'), form: content.locator('input') }[before];
      const told = how === 'failing' ? content.locator('[role=alert]').filter({ has: page.locator('button') }) : waits;
      await told.first().waitFor({ timeout: 10_000 }).catch(() => silent.push(place));
      // An empty library, queue or shelf is one that was read.
      for (const words of ['Nothing trains', 'The queue is empty', 'No data set is in the library', 'CIFAR-10 is not in the library']) if ((await content.getByText(words).count()) > 0) silent.push(`${place}: ${words}`);
    }
    expect(silent).toEqual([]);
  });
}
