import { join, resolve } from 'node:path';
import type { RuntimeProgress, RuntimeState } from '../../contracts/calls/runtime';
import { cacheFolder } from '../../library/paths';
import { installRuntime, runtimeState, variantInUse, variantToInstall } from '../../runtime/install';
import { wheelFetcher } from '../../runtime/fetchWheel';
import { packName, packVariant, unfoldPack, writePack } from '../../runtime/pack';
import type { RuntimeVariant } from '../../system/runtimeLayout';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, say, usage } from '../output';
import { onInterrupt } from '../progress';

export const runtimeUsage = 'runtime [fetch | use PACK | pack [--out FILE]] [--variant cpu|gpu]';

/** runtime: what is there; fetch, use: get it; pack: an offline pack for another computer. */
export async function runtimeCommand(context: CommandContext): Promise<number> {
  const { positionals: [action, file, ...rest], options } = context;
  if (rest.length > 0 || (file !== undefined) !== (action === 'use') || (options.out && action !== 'pack')) throw usage(`usage: cultivar ${runtimeUsage}`);
  const wanted = variantOf(options.variant);
  const controller = new AbortController();
  const off = onInterrupt(() => { controller.abort(); }, 'Cancelling; what has arrived is kept, and a next try goes on from there.');
  const work = { cacheDir: cacheFolder(), signal: controller.signal, onProgress: progressLine(), onNotice: say };
  try {
    switch (action) {
      case undefined: return tell(context, await runtimeState(work.cacheDir));
      case 'fetch': {
        await installRuntime({ ...work, variant: await variantToInstall(wanted) });
        return tell(context, await runtimeState(work.cacheDir));
      }
      case 'use': {
        const path = resolve(file ?? '');
        const variant = await packVariant(path);
        await variantToInstall(variant);
        await unfoldPack(path, variant, work);
        await installRuntime({ ...work, variant });
        return tell(context, await runtimeState(work.cacheDir));
      }
      case 'pack': {
        const variant = wanted ?? 'cpu';
        const path = resolve(options.out ?? join('.', packName(variant)));
        const bytes = await writePack(path, variant, wheelFetcher(work.signal), work);
        if (context.json) answerJson({ schemaVersion: 1, path, bytes, variant });
        else answer(`${path}: ${(bytes / 1e6).toFixed(0)} MB. On the other computer: cultivar runtime use FILE, or "Use an offline pack" in the window.`);
        return exits.done;
      }
      default: throw usage(`"${action}" is no action of runtime. usage: cultivar ${runtimeUsage}`);
    }
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    say('Cancelled.');
    return exits.interrupted;
  } finally {
    off();
  }
}

function variantOf(text: string | undefined): RuntimeVariant | null {
  if (text === undefined || text === 'cpu' || text === 'gpu') return text ?? null;
  throw usage(`--variant is cpu or gpu, not "${text}".`);
}

async function tell({ json }: CommandContext, state: RuntimeState): Promise<number> {
  const variant = await variantInUse();
  if (json) answerJson({ schemaVersion: 1, ...state, variant });
  else if (variant !== null) answer(`The native runtime is there, for the ${variant.toUpperCase()}.`);
  else answer(['The native runtime is not here yet.', ...state.plans.map(planText)].join('\n'));
  return state.ready ? exits.done : exits.failed;
}

const planText = ({ variant, target, downloadBytes, arrivedBytes, diskBytes, from, warning }: RuntimeState['plans'][number]) => [
  `  cultivar runtime fetch --variant ${variant}   for ${target}: ${Math.round(downloadBytes / 1e6)} MB${arrivedBytes > 0 ? ` (${Math.round(arrivedBytes / 1e6)} MB are here)` : ''}${from === null ? '' : ` from ${from}`}, ${(diskBytes / 1e9).toFixed(1)} GB on disk`,
  ...(warning === null ? [] : [`  ${warning}`]),
].join('\n');

const terminal = process.stderr.isTTY === true;

/** One redrawn line on a terminal; elsewhere a line a package and phase, and one about every ten seconds. */
function progressLine(): (progress: RuntimeProgress) => void {
  let [key, shownAtMs] = ['', 0];
  const words = { checking: 'checking', downloading: 'downloading', unpacking: 'unpacking', proving: 'a small training step with' } as const;
  return ({ phase, what, doneBytes, totalBytes }) => {
    const now = performance.now();
    const fresh = `${phase} ${what}` !== key;
    if (!fresh && now - shownAtMs < (terminal ? 200 : 10_000)) return;
    [key, shownAtMs] = [`${phase} ${what}`, now];
    const bytes = totalBytes === null ? '' : `: ${Math.round(doneBytes / 1e6)} of ${Math.round(totalBytes / 1e6)} MB`;
    process.stderr.write(terminal ? `\r\x1b[K${words[phase]} ${what}${bytes}` : `${words[phase]} ${what}${bytes}\n`);
    if (terminal && phase === 'proving') process.stderr.write('\n');
  };
}
