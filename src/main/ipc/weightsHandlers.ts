import { dialog, type OpenDialogOptions } from 'electron';
import { z } from 'zod';
import { readWeightsContents } from '../../weights/contents';
import type { AppContext } from '../context';
import { handler, type Handlers } from './register';

const file = z.strictObject({ path: z.string().min(1).max(4096), sha256: z.string().regex(/^[0-9a-f]{64}$/).nullable() });

/** Starting weights: which file, and what it holds. */
export function weightsHandlers(context: AppContext): Handlers<'weights.open'> {
  async function chosen(): Promise<string | null> {
    const window = context.window();
    const options: OpenDialogOptions = { title: context.words().weights, properties: ['openFile'], filters: [{ name: 'safetensors, PyTorch', extensions: ['safetensors', 'pth', 'pt', 'bin'] }] };
    const { filePaths: [path], canceled } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled || !path ? null : path;
  }
  return {
    'weights.open': handler<'weights.open'>(z.tuple([file.nullable()]), async (given) => {
      const path = given?.path ?? (await chosen());
      return path === null ? null : readWeightsContents(context.libraryDir, { path, sha256: given?.sha256 ?? null });
    }),
  };
}
