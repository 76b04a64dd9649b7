import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dialog, type OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { ListedDataset } from '../../contracts/calls/datasets';
import { datasetNoteSchema } from '../../contracts/datasetFacts';
import { CultivarError, toErrorData } from '../../contracts/errors';
import { importOptionsSchema, type ImportProgress } from '../../contracts/importing';
import { datasetFacts } from '../../data/facts/datasetFacts';
import { imagePage } from '../../data/facts/imagePage';
import { writeNote } from '../../data/facts/note';
import { sourceOf } from '../../data/facts/sourceOf';
import { readDatasetManifest } from '../../data/openDataset';
import { listRevisions, removeDataset } from '../../data/revisions';
import { startImport, startPlan, type RunningImport } from '../../import/host';
import { isId } from '../../library/paths';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type ImportCalls = Extract<keyof Handlers, 'dataset.list' | 'dataset.planImport' | 'dataset.import' | 'dataset.cancelImport' | 'dataset.remove' | 'dataset.facts' | 'dataset.revisions' | 'dataset.source' | 'dataset.page' | 'dataset.describe'>;

/** Progress is told at most so often. */
const everyMs = 100;
const path = z.string().min(1).max(4096);
const revision = z.string().regex(/^[0-9a-f]{64}$/);

/** Images of a person's own: what lies there, and its way into the library. */
export function importHandlers(context: AppContext): Handlers<ImportCalls> {
  const { libraryDir } = context;
  let running: RunningImport | null = null;

  async function asked(what: 'folder' | 'file'): Promise<string | null> {
    const window = context.window();
    const options: OpenDialogOptions = { title: context.words().images, properties: [what === 'folder' ? 'openDirectory' : 'openFile'] };
    const { filePaths: [chosen], canceled } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled || !chosen ? null : chosen;
  }

  return {
    'dataset.list': handler<'dataset.list'>(nothing, () => listDatasets(libraryDir)),
    'dataset.planImport': handler<'dataset.planImport'>(z.tuple([path.nullable(), z.enum(['folder', 'file'])]), async (given, what) => {
      const chosen = given ?? (await asked(what));
      return chosen === null ? null : startPlan(libraryDir, chosen);
    }),
    'dataset.import': handler<'dataset.import'>(z.tuple([path, importOptionsSchema]), async (from, options) => {
      if (running) throw new CultivarError({ code: 'setup-locked', message: 'Other images are being imported.', remedy: 'Wait for them, or cancel that import.' });
      let [phase, saidAtMs] = ['', 0];
      const onProgress = (progress: ImportProgress) => {
        const nowMs = Date.now();
        if (progress.phase === phase && progress.done !== progress.total && nowMs - saidAtMs < everyMs) return;
        [phase, saidAtMs] = [progress.phase, nowMs];
        context.push('dataset.importProgress', progress);
      };
      const own = (running = startImport(libraryDir, from, options, onProgress));
      try {
        const result = await own.result;
        context.attention.importEnded(options.name, 'completed', result.counts.train + result.counts.test, `/datasets/${result.id}/card`);
        return result;
      } catch (error) {
        if (toErrorData(error).code !== 'import-cancelled') context.attention.importEnded(options.name, 'failed', 0, '/datasets');
        throw error;
      } finally {
        running = null;
      }
    }),
    'dataset.cancelImport': handler<'dataset.cancelImport'>(nothing, () => {
      running?.cancel();
      return null;
    }),
    'dataset.remove': handler<'dataset.remove'>(z.tuple([id, revision.nullable()]), async (datasetId, wanted) => {
      await removeDataset(libraryDir, datasetId, wanted);
      return null;
    }),
    'dataset.facts': handler<'dataset.facts'>(z.tuple([id, revision.nullable()]), (datasetId, wanted) => datasetFacts(libraryDir, datasetId, wanted ?? undefined)),
    'dataset.revisions': handler<'dataset.revisions'>(z.tuple([id]), (datasetId) => listRevisions(libraryDir, datasetId)),
    'dataset.source': handler<'dataset.source'>(z.tuple([id, revision, z.int().min(0)]), (datasetId, wanted, index) => sourceOf(libraryDir, datasetId, wanted, index)),
    'dataset.page': handler<'dataset.page'>(z.tuple([id, revision, z.int().min(0).nullable(), z.int().min(0), z.int().min(1).max(512)]), (datasetId, ...page) => imagePage(libraryDir, datasetId, ...page)),
    'dataset.describe': handler<'dataset.describe'>(z.tuple([id, datasetNoteSchema]), async (datasetId, note) => {
      await writeNote(libraryDir, datasetId, note);
      return null;
    }),
  };
}

async function listDatasets(libraryDir: string): Promise<ListedDataset[]> {
  const ids = (await readdir(join(libraryDir, 'datasets')).catch((): string[] => [])).filter(isId);
  // One that is damaged is told where it is opened; it must not hide the others.
  const found = await Promise.all(ids.map((datasetId) => readDatasetManifest(libraryDir, datasetId).catch(() => null)));
  const listed = found.filter((manifest) => manifest !== null).map(({ id: own, name, classes, counts, image, revision, import: record, createdAt }): ListedDataset =>
    ({ id: own, name, classes: classes.length, counts, image, revision, imported: record !== undefined, createdAt }));
  return listed.sort((a, b) => Number(a.imported) - Number(b.imported) || a.name.localeCompare(b.name));
}
