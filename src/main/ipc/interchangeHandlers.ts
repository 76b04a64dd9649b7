import { app, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import { metricsFormats, type ArchiveProgress, type MetricsFormat } from '../../contracts/calls/interchange';
import { CultivarError } from '../../contracts/errors';
import { importArchive } from '../../interchange/archive/importArchive';
import { writeArchive } from '../../interchange/archive/writeArchive';
import { writeMetrics } from '../../interchange/metrics/writeMetrics';
import { predictImages } from '../../interchange/predict/predict';
import { slug } from '../../library/paths';
import type { AppContext } from '../context';
import type { Predictors } from '../predictors';
import { handler, id, nothing, type Handlers } from './register';

type InterchangeHandlers = Extract<keyof Handlers, `predict.${string}` | `archive.${string}` | `metrics.${string}`>;

const images = z.array(z.strictObject({ name: z.string().max(1000), data: z.instanceof(Uint8Array) })).min(1).max(100);
/** Progress is told at most so often. */
const everyMs = 100;

/** Images tried on a run; runs that travel; figures for other programs. */
export function interchangeHandlers(context: AppContext, predictors: Predictors, asked: { readonly waits: () => boolean; readonly take: () => string | null }): Handlers<InterchangeHandlers> {
  const { libraryDir } = context;
  let working: AbortController | null = null;

  /** One archive at a time. */
  async function archiving<T>(work: (options: { signal: AbortSignal; onProgress: (progress: ArchiveProgress) => void }) => Promise<T>): Promise<T> {
    if (working) throw new CultivarError({ code: 'setup-locked', message: 'Another archive is being packed or unpacked.', remedy: 'Wait for it, or cancel it.' });
    const controller = (working = new AbortController());
    let [phase, saidAtMs] = ['', 0];
    const onProgress = (progress: ArchiveProgress) => {
      const nowMs = Date.now();
      if (progress.phase === phase && nowMs - saidAtMs < everyMs) return;
      [phase, saidAtMs] = [progress.phase, nowMs];
      context.push('archive.progress', progress);
    };
    try {
      return await work({ signal: controller.signal, onProgress });
    } finally {
      working = null;
    }
  }

  async function placeFor(options: SaveDialogOptions): Promise<string | null> {
    const window = context.window();
    const { filePath, canceled } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
    return canceled || !filePath ? null : filePath;
  }

  async function archiveFile(): Promise<string | null> {
    const window = context.window();
    const options: OpenDialogOptions = { title: context.words().archive.open, properties: ['openFile'], filters: [{ name: 'zip', extensions: ['zip'] }] };
    const { filePaths: [path], canceled } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled || !path ? null : path;
  }

  return {
    'predict.images': handler<'predict.images'>(z.tuple([id, images]), (runId, files) => predictors.use(runId, async (predictor) => {
      const found = [];
      for await (const prediction of predictImages(predictor, files.map(({ name, data }) => ({ name, source: data })), { top: 3, fit: 'crop' })) found.push(prediction);
      const { step, epochsDone, input } = predictor;
      return { step, epochsDone, input, images: found };
    })),
    'archive.save': handler<'archive.save'>(z.tuple([id, z.boolean()]), async (what, checkpoints) => {
      const path = await placeFor({ title: context.words().archive.save, defaultPath: `${slug(what, 'cultivar')}.cultivar.zip`, filters: [{ name: 'zip', extensions: ['zip'] }] });
      if (path === null) return null;
      const { bytes, manifest } = await archiving((options) => writeArchive(libraryDir, what, path, { ...options, checkpoints, cultivarVersion: app.getVersion() }));
      context.runs.noteWritten(path);
      return { path, bytes, runs: manifest.runs.length };
    }),
    'archive.import': handler<'archive.import'>(z.tuple([z.string().min(1).max(4096).nullable(), z.boolean()]), async (given, asNew) => {
      const path = given ?? (await archiveFile());
      return path === null ? null : archiving((options) => importArchive(libraryDir, path, { ...options, asNew }));
    }),
    'archive.asked': handler<'archive.asked'>(nothing, () => asked.take()),
    'archive.waits': handler<'archive.waits'>(nothing, () => asked.waits()),
    'archive.cancel': handler<'archive.cancel'>(nothing, () => {
      working?.abort();
      return null;
    }),
    'metrics.save': handler<'metrics.save'>(z.tuple([id, z.enum(metricsFormats)]), async (what, format) => {
      const path = await placeFor({ title: context.words().archive.metrics, defaultPath: join(app.getPath('documents'), metricsName(what, format)) });
      if (path === null) return null;
      const written = await writeMetrics(libraryDir, what, format, path);
      context.runs.noteWritten(written.path);
      return { path: written.path };
    }),
  };
}

const metricsName = (what: string, format: MetricsFormat) => `${slug(what, 'cultivar')}-${format}${format === 'json' ? '.json' : ''}`;
