import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { datasetTabs } from '../../src/renderer/features/datasets/tabs';
import { resultTabs } from '../../src/renderer/features/results/tabs';
import { writeManyRuns } from '../../test/support/manyRuns';
import { expect } from './fixtures';
import { call, goTo, type Place } from './window';

/** What stands in the library while every page is looked at. */
export interface World {
  readonly experimentId: string;
  readonly runIds: readonly string[];
}

/** Every route of the router that shows a page, as it is written there, with the places at which it is looked at. */
export const routePlaces: Readonly<Record<string, (world: World) => readonly Place[]>> = {
  '/library': () => ['library'],
  '/new/run': () => ['new/run'],
  '/new/:step(data|question|recipe|review)': () => ['new/data', 'new/question', 'new/recipe', 'new/review'],
  '/live/queue': () => ['live/queue'],
  '/live': () => ['live'],
  '/runs/:id': ({ runIds }) => [`runs/${runIds[0]!}`],
  '/experiments/:id/:tab(${resultTabs.join(\'|\')})': ({ experimentId }) => resultTabs.map((tab) => `experiments/${experimentId}/${tab}` as const),
  '/compare/:tab(${resultTabs.join(\'|\')})': ({ runIds }) => resultTabs.map((tab) => `compare/${tab}?runs=${runIds.join(',')}` as const),
  '/datasets': () => ['datasets'],
  '/datasets/:id([a-z0-9][a-z0-9-]*)/:tab(${datasetTabs.join(\'|\')})': () => datasetTabs.map((tab) => `datasets/cifar10/${tab}` as const),
  '/augmentation': () => ['augmentation'],
  '/system/:tab(doctor|storage|settings|about)': () => ['system/doctor', 'system/storage', 'system/settings', 'system/about'],
};

/** Paths of the router's routes that show a page, read off its source: those that only lead on, and the development page's own, have none. */
export async function routesOfRouter(): Promise<string[]> {
  const source = await readFile(join(import.meta.dirname, '..', '..', 'src', 'renderer', 'router.ts'), 'utf8');
  return [...source.matchAll(/path: (['`])(\/.*?)\1, component/g)].map((match) => match[2]!).filter((path) => path !== '/components');
}

/** The write-up's example, runs with curves and one that waits with a name of 60 characters; the queue is paused. To be called before the app starts. */
export function furnish(library: string): readonly string[] {
  return writeManyRuns(library, { count: 9, epochs: 4, stepsPerEpoch: 10, events: true });
}
export async function furnished(page: Page, runIds: readonly string[]): Promise<World> {
  await call(page, 'queue.pause');
  await call(page, 'doctor.report', false);
  const { id } = await call(page, 'experiments.addExample');
  const name = 'Crop, flip and TrivialAugment with a cosine of twenty epochs';
  await call(page, 'runs.start', { name, model: { architecture: 'resnet18' }, epochs: 1, data: { trainImages: 64, validationImages: 250 } });
  expect(name).toHaveLength(60);
  return { experimentId: id, runIds: runIds.slice(0, 6) };
}

/** Shows every page, one after the other, each with its content there. */
export async function everywhere(page: Page, world: World, visit: (place: Place) => Promise<void>): Promise<void> {
  for (const places of Object.values(routePlaces)) {
    for (const place of places(world)) {
      await goTo(page, place);
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0);
      if (place.includes('/report')) await expect(page.frameLocator('[data-testid=report-frame]').locator('h1').first()).toBeVisible();
      await visit(place);
    }
  }
}
