import { dialog } from 'electron';
import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ReportTarget } from '../../contracts/calls/experiments';
import type { AppContext } from '../context';
import { notBuilt } from './notBuilt';
import { handler, id, type Handlers } from './register';

type ReportCalls = Extract<keyof Handlers, `report.${string}` | `file.${string}`>;

const target: z.ZodType<ReportTarget> = z.union([z.strictObject({ experimentId: id }), z.strictObject({ runIds: z.array(id).min(1).max(1000) })]);
const language = z.enum(['en', 'ja']);
const content = z.union([z.string().max(64_000_000), z.instanceof(Uint8Array)]);

/** Reports, tables and charts, saved where a person says. */
export function reportHandlers(context: AppContext): Handlers<ReportCalls> {
  return {
    'report.save': handler<'report.save'>(z.tuple([target, language]), () => notBuilt('report.save')),
    'report.preview': handler<'report.preview'>(z.tuple([target, language]), () => notBuilt('report.preview')),
    'file.save': handler<'file.save'>(z.tuple([z.string().min(1).max(200), content]), async (name, written) => {
      const window = context.window();
      const options = { defaultPath: name.replace(/[\\/]/g, '-') };
      const { filePath, canceled } = window ? await dialog.showSaveDialog(window, options) : await dialog.showSaveDialog(options);
      if (canceled || !filePath) return null;
      const bytes = typeof written === 'string' ? new TextEncoder().encode(written) : written;
      await writeFile(filePath, bytes);
      return { path: filePath, bytes: bytes.length };
    }),
  };
}
