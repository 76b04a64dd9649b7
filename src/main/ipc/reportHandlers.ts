import { dialog, type SaveDialogOptions } from 'electron';
import { z } from 'zod';
import type { ReportTarget } from '../../contracts/calls/experiments';
import type { Comparison } from '../../core/judgement/comparison';
import type { Locale } from '../../core/text/format';
import { writeFileAtomic } from '../../library/atomic';
import { compareExperiment, comparePickedRuns } from '../../library/comparisons';
import { slug } from '../../library/paths';
import { storedPredictions } from '../../report/storedPredictions';
import { cultivarVersion } from '../../system/version';
import type { AppContext } from '../context';
import { handler, id, type Handlers } from './register';

type ReportCalls = Extract<keyof Handlers, `report.${string}` | `file.${string}`>;

const target: z.ZodType<ReportTarget> = z.union([z.strictObject({ experimentId: id }), z.strictObject({ runIds: z.array(id).min(1).max(1000) })]);
const language = z.enum(['en', 'ja']);
const content = z.union([z.string().max(64_000_000), z.instanceof(Uint8Array)]);

/** Reports, tables and charts, saved where a person says. */
export function reportHandlers(context: AppContext): Handlers<ReportCalls> {
  const { libraryDir } = context;

  async function place(options: SaveDialogOptions): Promise<string | null> {
    const window = context.window();
    const { filePath, canceled } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
    return canceled || !filePath ? null : filePath;
  }
  const compared = (of: ReportTarget): Promise<Comparison> => ('experimentId' in of ? compareExperiment(libraryDir, of.experimentId) : comparePickedRuns(libraryDir, of.runIds));
  /** With the predictions that are stored: computing missing ones is an act of its own (`predictions.compute`). */
  async function html(comparison: Comparison, locale: Locale): Promise<string> {
    // Loaded when a report is first asked for: it brings the charts' library, which the start has no use for.
    const { writeReport } = await import('../../report');
    return writeReport({ library: libraryDir, comparison, locale, cultivarVersion: cultivarVersion(), predictions: (runId) => storedPredictions(libraryDir, runId) });
  }
  async function written(path: string, data: string | Uint8Array): Promise<{ path: string; bytes: number }> {
    await writeFileAtomic(path, data);
    context.runs.noteWritten(path);
    return { path, bytes: Buffer.byteLength(data) };
  }

  return {
    'report.save': handler<'report.save'>(z.tuple([target, language]), async (of, locale) => {
      const comparison = await compared(of);
      const path = await place({ defaultPath: `${slug(comparison.subject.name, 'report')}.html`, filters: [{ name: 'HTML', extensions: ['html'] }] });
      return path === null ? null : written(path, await html(comparison, locale));
    }),
    'report.preview': handler<'report.preview'>(z.tuple([target, language]), async (of, locale) => html(await compared(of), locale)),
    'file.save': handler<'file.save'>(z.tuple([z.string().min(1).max(200), content]), async (name, data) => {
      const path = await place({ defaultPath: name.replace(/[\\/]/g, '-') });
      return path === null ? null : written(path, data);
    }),
  };
}
