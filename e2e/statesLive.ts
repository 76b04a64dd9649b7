import { expect, test } from './support/fixtures';
import { longNames } from './support/fullLibrary';
import { inEveryLook, tightLooks } from './support/looks';
import { writeDataset } from './support/madeDataset';
import { call, goTo, stepsDone, trainingMs, type Place } from './support/window';

// What follows a training that really runs, one of 2 × 20 of an experiment with names of 60 characters, where there is least room. Nothing may be cut off or scroll sideways;
// the pictures are for looking at (CULTIVAR_STATES names their folder). `npm run states`

test('a training that runs, of an experiment of twenty seeds', async ({ launch, library }) => {
  test.setTimeout(20 * 60_000);
  await writeDataset(library, {
    id: 'named', name: longNames[2], classes: longNames, side: 32, counts: { train: 96, test: 12 }, labelOf: (image) => image % 3,
    pixelOf: (image, x, y, channel) => ((image * 37 + x * 5 * (1 + (image % 3)) + y * 11 + channel * 83) % 200) + (channel === image % 3 ? 55 : 0),
  });
  const running = await launch();
  const { page } = running;
  // Softly: what was seen stands, also where a machine is too slow for the rest.
  const look = async (name: string) => { expect.soft(await inEveryLook(running, `live-${name}`, tightLooks), name).toEqual([]); };
  const { id: experimentId } = await call(page, 'experiments.start', {
    schemaVersion: 1, name: longNames[2], question: longNames[2], design: 'full-factorial', marginPoints: 0.5, seeds: Array.from({ length: 20 }, (_, i) => i + 1),
    base: { name: longNames[1], data: { dataset: 'named', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 32, epochs: 1000 },
    factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }],
  });
  await goTo(page, 'live');
  // Before the first event: the network is being built.
  await expect.poll(async () => (await call(page, 'queue.get')).activeRunId, { timeout: trainingMs }).not.toBeNull();
  const runId = (await call(page, 'queue.get')).activeRunId!;
  await expect(page.getByTestId('pause-run')).toBeVisible();
  await look('preparing');
  await stepsDone(page, runId, 4);
  await expect(page.getByTestId('live-progress')).toBeVisible();
  await look('training');
  const places: readonly (readonly [Place, string])[] = [['live/queue', 'queue'], [`runs/${runId}`, 'run'], ['library', 'library'], [`experiments/${experimentId}/answer`, 'answer'], [`experiments/${experimentId}/curves`, 'curves'], [`experiments/${experimentId}/runs`, 'runs']];
  for (const [place, name] of places) {
    await goTo(page, place);
    await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
    await look(name);
  }
  expect((await call(page, 'queue.get')).activeRunId, 'it still trains').toBe(runId);
  await goTo(page, 'live');
  await page.getByTestId('note-moment').click();
  await look('note');
  await page.keyboard.press('Escape');
  await page.getByTestId('pause-run').click();
  await expect.poll(async () => (await call(page, 'runs.get', runId)).events.at(-1)?.type, { timeout: trainingMs }).toBe('paused');
  await look('paused');
  await page.getByTestId('window-close').click();
  await expect(page.getByTestId('close-cancel')).toBeVisible();
  await look('closing');
  await page.getByTestId('close-cancel').click();
  await call(page, 'queue.pause');
  await page.getByTestId('stop-run').click();
  await expect(page.getByTestId('run-stopped')).toBeVisible({ timeout: trainingMs });
  await look('stopped');
});
