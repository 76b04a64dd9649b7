import { expect, it } from 'vitest';
import { askedAndDone } from '../../src/core/run/askedAndDone';
import { replay } from '../../src/core/run/view';
import { readEvents } from '../../src/library/events';
import { readRun } from '../../src/library/runs';
import { runOnce } from '../../src/trainer/host/runOnce';
import { resultBytes, trainingLibrary, waitingRun } from '../support/trainingLibrary';

// The last batch of an epoch is smaller: a shape of its own, which has to be compiled each time it comes or never.
const config = { xla: true, data: { dataset: 'dots', trainImages: 60, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'imagenet' }, epochs: 3 } as const;

it('a run compiled by XLA says so, computes other last digits, and goes on exactly after a stop', async () => {
  const library = trainingLibrary();
  const [whole, stopped, plain] = [await waitingRun(library, config), await waitingRun(library, config), await waitingRun(library, { ...config, xla: false })];
  for (const id of [whole, plain]) expect(await runOnce(library, id, false, () => undefined).ended).toMatchObject({ outcome: 'completed', error: null });
  const handle = runOnce(library, stopped, false, (events) => {
    if (events.some(({ type }) => type === 'epoch')) handle.stop();
  });
  expect(await handle.ended).toMatchObject({ outcome: 'stopped' });
  expect(await runOnce(library, stopped, true, () => undefined).ended).toMatchObject({ outcome: 'completed', error: null });
  expect(await resultBytes(library, stopped)).toBe(await resultBytes(library, whole));

  const [compiled, usual] = await Promise.all([whole, plain].map(async (id) => ({ events: (await readEvents(library, id)).events, config: (await readRun(library, id)).config.resolved })));
  const [compiledView, usualView] = [replay(compiled!.events), replay(usual!.events)];
  expect([compiledView.plan!.xla, usualView.plan!.xla]).toEqual([true, false]);
  expect(askedAndDone(compiled!.config, compiledView.plan!)).toEqual([]);
  expect(askedAndDone(compiled!.config, usualView.plan!)).toEqual([{ field: 'xla', asked: 'true', done: 'false' }]);
  expect(compiled!.events.filter(({ type }) => type === 'warned')).toMatchObject([{ error: { code: 'xla-slower' } }]);
  expect(usual!.events.some(({ type }) => type === 'warned')).toBe(false);
  const losses = (view: typeof usualView) => [...view.steps.column('loss')];
  expect(losses(compiledView)).not.toEqual(losses(usualView));
  // The first is of equal weights; with each step the last digits lead further apart.
  losses(compiledView).slice(0, 4).forEach((loss, i) => { expect(loss).toBeCloseTo(losses(usualView)[i]!, i === 0 ? 3 : 1); });
});
