import { dialog } from 'electron';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ExportChoice } from '../../contracts/calls/exports';
import { CultivarError, toErrorData } from '../../contracts/errors';
import { exportCheckpoints, exportFormats, exportPrecisions, type ExportResult } from '../../contracts/exports';
import { weightsKinds } from '../../core/run/weightsKind';
import { startExport, type RunningExport } from '../../export/host';
import { exportsFolder, madeExports } from '../../export/made';
import { slug } from '../../library/paths';
import { readRun } from '../../library/runs';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type ExportHandlers = Extract<keyof Handlers, `exports.${string}`>;

const choice: z.ZodType<ExportChoice> = z.strictObject({
  runId: id, format: z.enum(exportFormats), precision: z.enum(exportPrecisions), fold: z.boolean(), checkpoint: z.enum(exportCheckpoints), weights: z.enum(weightsKinds), temperature: z.boolean(), keepFailed: z.boolean(),
});

/** Validation images of a check from the window. */
const parityImages = 1000;

/** Exports, one at a time. They are written where a person said, or into the run's own folder. */
export function exportHandlers(context: AppContext): Handlers<ExportHandlers> {
  const { libraryDir } = context;
  /** Folders that a person chose in this sitting: the window itself can name no other. */
  const chosen = new Set<string>();
  let running: RunningExport | 'starting' | null = null;
  let cancelled = false;

  async function start(made: ExportChoice, parent: string | null): Promise<ExportResult> {
    if (running) throw new CultivarError({ code: 'export-running', message: 'Another export is under way.', remedy: 'Wait for it, or cancel it.' });
    if (parent !== null && !chosen.has(parent)) throw new CultivarError({ code: 'permission-denied', message: `${parent} was not chosen for an export.` });
    [running, cancelled] = ['starting', false];
    try {
      const destination = await freeFolder(parent ?? exportsFolder(libraryDir, made.runId), await folderName(libraryDir, made, parent !== null));
      const own = (running = startExport(libraryDir, { ...made, destination, parityImages }, (progress) => { context.push('export.progress', { runId: made.runId, progress }); }));
      if (cancelled) own.cancel();
      const result = await own.result;
      if (result.path) context.runs.noteWritten(result.path);
      context.attention.exportEnded(made.runId, result.manifest.run.name || made.runId, result.manifest.good ? 'completed' : 'unlike');
      return result;
    } catch (error) {
      if (toErrorData(error).code !== 'export-cancelled') context.attention.exportEnded(made.runId, await nameOf(libraryDir, made.runId), 'failed');
      throw error;
    } finally {
      running = null;
    }
  }

  return {
    'exports.chooseParent': handler<'exports.chooseParent'>(nothing, async () => {
      const window = context.window();
      const options = { title: context.words().exportPlace, properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[] };
      const { filePaths: [folder], canceled } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
      if (canceled || !folder) return null;
      chosen.add(folder);
      return folder;
    }),
    'exports.start': handler<'exports.start'>(z.tuple([choice, z.string().max(4096).nullable()]), start),
    'exports.cancel': handler<'exports.cancel'>(nothing, () => {
      cancelled = true;
      if (running && running !== 'starting') running.cancel();
      return null;
    }),
    'exports.list': handler<'exports.list'>(z.tuple([id]), (runId) => madeExports(libraryDir, runId)),
  };
}

/** Its id where it has no name, or cannot be read. */
const nameOf = (library: string, runId: string): Promise<string> => readRun(library, runId).then(({ name }) => name || runId, () => runId);

/** "onnx-int8", and outside of the run's folder the run's name before it. */
async function folderName(library: string, { runId, format, precision, fold, checkpoint, weights, temperature }: ExportChoice, elsewhere: boolean): Promise<string> {
  const { name } = await readRun(library, runId);
  return [elsewhere ? slug(name, runId) : null, format, precision, fold ? 'folded' : null, checkpoint === 'best' ? 'best' : null, weights === 'ema' ? 'ema' : null, temperature ? 'calibrated' : null].filter(Boolean).join('-');
}

/** The first of NAME, NAME-2, NAME-3 … that is not there. */
async function freeFolder(parent: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(parent, n === 1 ? name : `${name}-${n}`);
    if (!(await stat(path).catch(() => null))) return path;
  }
}
