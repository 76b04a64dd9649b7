import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metricsFormats } from '../../src/contracts/calls/interchange';
import type { DatasetManifest } from '../../src/contracts/dataset';
import type { IpcCall } from '../../src/contracts/ipc';
import type { TrainerEvent } from '../../src/core/run/events';
import { weightsFile, writeCheckpoint } from '../../src/library/checkpoints';
import { stringifyJson } from '../../src/library/json';
import { runFolder } from '../../src/library/paths';
import { writePredictions } from '../../src/library/predictions';
import { eventsOf, writeManyRuns } from '../../test/support/manyRuns';
import { expect, type RunningApp } from './fixtures';
import { answering, timesAsked } from './unfed';
import { call, goTo } from './window';

type Page = RunningApp['page'];
interface Part {
  readonly name: string;
  /** Without which it has nothing to show. */
  readonly needs: IpcCall;
  readonly open: (page: Page, runId: string) => Promise<unknown>;
  /** Where it has to say so. */
  readonly within: string;
}
const atRun = (...presses: readonly string[]) => async (page: Page, runId: string) => {
  await goTo(page, `runs/${runId}`);
  for (const one of presses) await page.getByTestId(one).click();
};
const atImages = (page: Page, runId: string) => goTo(page, `compare/images?runs=${runId}`);

/** What of a run is shown or leaves it within a page. A call that does not answer stays so: what is opened through another comes before it. */
const parts: readonly Part[] = [
  { name: 'heat', needs: 'gradcam.image', open: async (page, runId) => { await atImages(page, runId); await page.getByTestId('image-tile').first().getByRole('button').click(); }, within: '[role=dialog]' },
  { name: 'images', needs: 'dataset.images', open: atImages, within: '[data-testid=images]' },
  { name: 'map', needs: 'embeddings.kept', open: atImages, within: '[data-testid=embedding-panel]' },
  { name: 'labels', needs: 'audit.labels', open: atImages, within: '[data-testid=label-panel]' },
  { name: 'answers', needs: 'predictions.kept', open: atImages, within: 'main' },
  { name: 'report', needs: 'report.preview', open: (page, runId) => goTo(page, `compare/report?runs=${runId}`), within: 'main' },
  { name: 'report-computed', needs: 'predictions.missing', open: (page, runId) => goTo(page, `compare/report?runs=${runId}`), within: 'main' },
  { name: 'earlier-exports', needs: 'exports.list', open: atRun('export-run'), within: '[data-testid=export-dialog]' },
  { name: 'export', needs: 'exports.start', open: atRun('export-run', 'export-start'), within: '[data-testid=export-dialog]' },
  { name: 'share', needs: 'archive.save', open: atRun('share', 'share-archive'), within: '.share' },
  { name: 'metrics', needs: 'metrics.save', open: atRun('share', `share-${metricsFormats[0]}`), within: '.share' },
  {
    name: 'own-images', needs: 'predict.images', within: '[data-testid=try-image]',
    open: async (page, runId) => { await goTo(page, `runs/${runId}`); await page.getByTestId('try-files').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgo=', 'base64') }); },
  },
];
/** Asked for only to say that something is missing: a wait for it is none of a person's. */
const unnoticed: readonly string[] = ['report-computed'];

/** A completed run with answers and a checkpoint, whose weights nobody opens. Before the app starts. */
export async function writeAnsweredRun(library: string): Promise<string> {
  const [epochs, stepsPerEpoch] = [4, 10];
  const [runId] = writeManyRuns(library, { count: 1, epochs, stepsPerEpoch, events: false }) as [string];
  const step = epochs * stepsPerEpoch;
  const events = eventsOf(0, epochs, stepsPerEpoch);
  const end = events.at(-1)!;
  const checkpoint: TrainerEvent = { type: 'checkpoint', atMs: end.atMs, step, bytes: 4, reason: 'end', dropped: [] };
  await writeFile(join(runFolder(library, runId), 'events.jsonl'), [...events.slice(0, -1), checkpoint, end].map((event) => `${stringifyJson(event)}\n`).join(''));
  const { classes, revision } = JSON.parse(await readFile(join(library, 'datasets', 'cifar10', 'manifest.json'), 'utf8')) as DatasetManifest;
  await writeCheckpoint(library, runId, { step, epochsDone: epochs, sums: { loss: 0, correct: 0, images: 0 }, elapsedMs: 1, validationAccuracy: 0.5, configHash: 'none', dataRevision: revision, numericsVersion: 1 }, { [weightsFile]: [Buffer.alloc(4)] });
  const labels = Uint8Array.from({ length: 300 }, (_, i) => i % classes.length);
  const probabilities = Float32Array.from({ length: labels.length * classes.length }, (_, i) => {
    const image = Math.floor(i / classes.length);
    return i % classes.length === (labels[image]! + (image % 3 === 0 ? 1 : 0)) % classes.length ? 0.8 : 0.2 / (classes.length - 1);
  });
  await writePredictions(library, runId, { split: 'validation', step, classes, dataRevision: revision, indices: Uint32Array.from(labels, (_, i) => i), labels, probabilities });
  return runId;
}

/** Shows each part while its call fails, or is never answered. What failed is said where it would stand and can be tried again; what is waited for is said. */
export async function everyPartUnfed({ app, page }: Pick<RunningApp, 'app' | 'page'>, runId: string, answer: 'never' | 'fails', visit: (name: string) => Promise<void>): Promise<void> {
  for (const { name, needs, open, within } of parts) {
    await answering(app, [needs], answer === 'never' ? 'never' : { code: 'permission-denied', message: 'The library cannot be read.', remedy: 'Give yourself the right to read it.' });
    await call(page, 'settings.set', { language: 'en' });
    // What was read, or is under way, is forgotten with its page.
    await page.reload();
    await open(page, runId);
    const place = page.locator(within);
    if (answer === 'never') {
      if (!unnoticed.includes(name)) await expect.soft(place.locator('[role=status], [aria-busy=true]').filter({ visible: true }).first(), `${name} waits`).toBeVisible();
    } else {
      const again = place.getByRole('alert').filter({ visible: true }).first().getByRole('button', { name: 'Try again' });
      await expect.soft(again, `${name} can be tried again`).toBeVisible();
      const before = await timesAsked(app, needs);
      if (await again.isVisible()) await again.click();
      await expect.soft.poll(() => timesAsked(app, needs), `${name} is tried again`).toBeGreaterThan(before);
      await expect.soft(again, `${name} failed again`).toBeVisible();
    }
    await visit(name);
    await page.keyboard.press('Escape');
  }
}
