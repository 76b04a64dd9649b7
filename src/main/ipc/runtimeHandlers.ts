import { dialog, type OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { RuntimeProgress, RuntimeState } from '../../contracts/calls/runtime';
import { CultivarError } from '../../contracts/errors';
import { installRuntime, runtimeState, variantToInstall } from '../../runtime/install';
import { packVariant, unfoldPack } from '../../runtime/pack';
import type { AppContext } from '../context';
import type { Health } from '../health';
import { handler, nothing, type Handlers } from './register';

type RuntimeHandlers = Extract<keyof Handlers, `runtime.${string}`>;

/** Progress is told at most so often. */
const everyMs = 100;

/** An installed app's native runtime: what is missing, and getting it. */
export function runtimeHandlers(context: AppContext, health: Health): Handlers<RuntimeHandlers> {
  const { cacheDir } = context;
  let working: AbortController | null = null;

  async function install(work: (options: { cacheDir: string; signal: AbortSignal; onProgress: (progress: RuntimeProgress) => void }) => Promise<void>): Promise<RuntimeState> {
    if (working) throw new CultivarError({ code: 'setup-locked', message: 'The native runtime is being fetched already.', remedy: 'Wait for it, or cancel it.' });
    const controller = (working = new AbortController());
    let [key, saidAtMs] = ['', 0];
    const onProgress = (progress: RuntimeProgress) => {
      const nowMs = Date.now();
      const next = `${progress.phase} ${progress.what}`;
      if (next === key && nowMs - saidAtMs < everyMs) return;
      [key, saidAtMs] = [next, nowMs];
      context.push('runtime.progress', progress);
    };
    try {
      await work({ cacheDir, signal: controller.signal, onProgress });
      // What the checks found before is no longer so.
      await health.check();
      return await runtimeState(cacheDir);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
      throw new CultivarError({ code: 'tool-cancelled', message: 'Getting the native runtime was cancelled; what has arrived is kept.' }, { cause: error });
    } finally {
      working = null;
    }
  }

  async function packFile(): Promise<string | null> {
    const window = context.window();
    const options: OpenDialogOptions = { title: context.words().runtimePack, properties: ['openFile'], filters: [{ name: 'tar', extensions: ['tar'] }] };
    const { filePaths: [path], canceled } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
    return canceled || !path ? null : path;
  }

  return {
    'runtime.state': handler<'runtime.state'>(nothing, () => runtimeState(cacheDir)),
    'runtime.fetch': handler<'runtime.fetch'>(z.tuple([z.enum(['cpu', 'gpu'])]), (wanted) => install(async (options) => installRuntime({ ...options, variant: await variantToInstall(wanted) }))),
    'runtime.usePack': handler<'runtime.usePack'>(z.tuple([z.string().min(1).max(4096).nullable()]), async (given) => {
      const path = given ?? (await packFile());
      if (path === null) return null;
      return install(async (options) => {
        const variant = await variantToInstall(await packVariant(path));
        await unfoldPack(path, variant, options);
        await installRuntime({ ...options, variant });
      });
    }),
    'runtime.cancel': handler<'runtime.cancel'>(nothing, () => {
      working?.abort();
      return null;
    }),
  };
}
