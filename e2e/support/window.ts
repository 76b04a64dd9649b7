import type { Page } from '@playwright/test';
import type { Answer, CultivarApi, IpcCall, IpcCalls } from '../../src/contracts/ipc';
import type { RunRecord } from '../../src/contracts/runs';
import type { RunConfigInput } from '../../src/core/config/run';
import { expect } from './fixtures';

declare global {
  interface Window {
    /** As the preload script puts it there. */
    readonly cultivar: CultivarApi;
  }
}

export type Place = 'library' | 'new/run' | `new/${'data' | 'question' | 'recipe' | 'review'}` | 'live' | 'live/queue' | `experiments/${string}` | `compare/${string}` | 'datasets' | `datasets/${string}` | 'augmentation' | 'system/doctor' | 'system/storage' | 'system/settings' | 'system/about' | `runs/${string}`;

/** Shows a place and waits until its view stands. */
export async function goTo(page: Page, place: Place): Promise<void> {
  // Before that the window may yet go to where it was left.
  await expect(page.locator('#app header').first()).toBeVisible();
  await page.evaluate((hash) => { location.hash = hash; }, `#/${place}`);
  // A place may lead on to one below it (the data sets to the one that is chosen), or say in its address what it shows.
  await page.waitForFunction((hash) => location.hash === hash || location.hash.startsWith(`${hash}/`) || location.hash.startsWith(`${hash}?`), `#/${place}`);
  await expect(page.locator('#app header, #app [class*=toolbar]').first()).toBeVisible();
}

/** The app's own call, as the page makes it. */
export async function call<C extends IpcCall>(page: Page, name: C, ...args: IpcCalls[C]['args']): Promise<IpcCalls[C]['value']> {
  const answer = (await page.evaluate(async ([called, given]) => {
    // Held by the page until it is answered: a promise that only an evaluation waits for may be collected.
    const asked = ((globalThis as { asked?: Set<unknown> }).asked ??= new Set());
    const promise = (window.cultivar.call as (...all: unknown[]) => Promise<unknown>)(called as string, ...(given as unknown[]));
    asked.add(promise);
    return promise.finally(() => { asked.delete(promise); });
  }, [name, args] as const)) as Answer<IpcCalls[C]['value']>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
  return answer.value;
}

/** For conditions that wait for training: an epoch, a whole short run. */
export const trainingMs = 240_000;

export interface Recipe {
  readonly name?: string;
  readonly trainImages: number;
  readonly epochs: number;
  readonly batchSize: number;
}

/** Fills the form in the window and starts a ResNet-18 with the ImageNet stem; returns the run's id. */
export async function startRun(page: Page, { name, trainImages, epochs, batchSize }: Recipe): Promise<string> {
  await goTo(page, 'new/run');
  if (name !== undefined) await page.getByTestId('run-name').fill(name);
  await page.getByTestId('architecture').click();
  await page.getByRole('option', { name: /ResNet-18/ }).click();
  await page.getByTestId('stem-imagenet').click();
  await page.getByTestId('policy-crop-flip').click();
  await page.getByTestId('train-images').fill(String(trainImages));
  await page.getByTestId('epochs').fill(String(epochs));
  await page.getByTestId('batch-size').fill(String(batchSize));
  // An evaluation on all 5,000 images would take most of a test's time.
  await page.getByTestId('recipe-json').click();
  const text = page.getByTestId('recipe-json-text');
  const recipe = JSON.parse(await text.inputValue()) as RunConfigInput;
  await text.fill(JSON.stringify({ ...recipe, data: { ...recipe.data, validationImages: 250 } }));
  await page.getByTestId('recipe-json').click();
  await expect(page.getByTestId('start-run')).toBeEnabled(); // the doctor's probe has to have said that it can train
  const ids = async () => (await call(page, 'runs.list')).map(({ id }) => id);
  const before = await ids();
  await page.getByTestId('start-run').click();
  // From the library, not from the queue: a short run may have left it by now.
  let started: string[] = [];
  await expect.poll(async () => (started = (await ids()).filter((id) => !before.includes(id)))).toHaveLength(1);
  return started[0]!;
}

/** Waits until the run has recorded so many steps. */
export async function stepsDone(page: Page, runId: string, steps: number): Promise<void> {
  await expect.poll(async () => recordedSteps(await call(page, 'runs.get', runId)), { timeout: trainingMs }).toBeGreaterThanOrEqual(steps);
}

export const recordedSteps = (record: RunRecord) => record.events.reduce((step, event) => (event.type === 'steps' ? (event.step.at(-1) ?? step) : step), 0);

/** The process that trains, from the run's own first event. */
export async function trainerPid(page: Page, runId: string): Promise<number> {
  const { events } = await call(page, 'runs.get', runId);
  return events.flatMap((event) => (event.type === 'started' ? [event.pid] : [])).at(-1)!;
}

/** What a chart shows, as far as pixels tell it: the canvas as PNG. */
export const chartPixels = (page: Page, testid: string) =>
  page.getByTestId(testid).locator('canvas').first().evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** Drops files of the disk on an element, as from a file manager: only files that a picker took have a place that the app can ask for. */
export async function dropFiles(page: Page, testid: string, paths: readonly string[]): Promise<void> {
  const picker = await page.evaluateHandle(() => Object.assign(document.createElement('input'), { type: 'file', multiple: true }));
  await picker.setInputFiles([...paths]);
  await page.getByTestId(testid).evaluate((element, input) => {
    const dataTransfer = new DataTransfer();
    for (const file of input.files ?? []) dataTransfer.items.add(file);
    for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, picker);
  await picker.dispose();
}
