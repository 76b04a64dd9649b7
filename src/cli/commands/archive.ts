import type { ArchiveProgress, DatasetPresence, ImportedArchive } from '../../contracts/calls/interchange';
import { importArchive } from '../../interchange/archive/importArchive';
import { writeArchive } from '../../interchange/archive/writeArchive';
import { cultivarVersion } from '../../system/version';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, say, usage } from '../output';
import { onInterrupt } from '../progress';

const usageLine = 'usage: cultivar archive RUN|EXPERIMENT --out FILE.zip [--no-checkpoints], or cultivar archive import FILE [--as-new]';

/** archive RUN|EXPERIMENT --out FILE.zip, and archive import FILE: runs that travel, with every file's hash. */
export async function archive(context: CommandContext): Promise<number> {
  const cancel = new AbortController();
  const forget = onInterrupt(() => { cancel.abort(); });
  try {
    return context.positionals[0] === 'import' ? await bring(context, cancel.signal) : await pack(context, cancel.signal);
  } catch (error) {
    if (!cancel.signal.aborted) throw error;
    say('Cancelled; nothing of it is left.');
    return exits.interrupted;
  } finally {
    forget();
  }
}

async function pack({ library, json, positionals, options }: CommandContext, signal: AbortSignal): Promise<number> {
  const [id, ...rest] = positionals;
  if (!id || rest.length > 0 || !options.out || options['as-new']) throw usage(usageLine);
  const { path, bytes, manifest } = await writeArchive(library, id, options.out, { checkpoints: !options['no-checkpoints'], cultivarVersion: cultivarVersion(), signal, onProgress: said() });
  if (json) answerJson({ schemaVersion: 1, path, bytes, content: manifest.content, checkpoints: manifest.checkpoints, runs: manifest.runs, experiments: manifest.experiments, files: Object.keys(manifest.files).length });
  else answer(`${path}: ${(bytes / 1e6).toFixed(1)} MB, ${manifest.runs.length} ${manifest.runs.length === 1 ? 'run' : 'runs'}${manifest.checkpoints ? '' : ', without checkpoints'}`);
  return exits.done;
}

async function bring({ library, json, positionals: [, path, ...rest], options }: CommandContext, signal: AbortSignal): Promise<number> {
  if (!path || rest.length > 0 || options.out || options['no-checkpoints']) throw usage(usageLine);
  const imported = await importArchive(library, path, { signal, asNew: options['as-new'] ?? false, onProgress: said() });
  if (json) answerJson({ schemaVersion: 1, ...imported });
  else answer(text(imported));
  return exits.done;
}

function text({ content, runs, experiments, datasets, checkpoints }: ImportedArchive): string {
  return [
    `${content.kind} ${JSON.stringify(content.name)}`,
    ...[...experiments, ...runs].map(({ id, archivedId, outcome }) => `${id}${id === archivedId ? '' : ` (in the archive ${archivedId})`}: ${outcome === 'imported' ? 'imported' : 'was there already, the same'}`),
    ...datasets.filter(({ state }) => state !== 'present').map(({ id, revision, state }) => dataText[state](id, revision.slice(0, 12))),
    ...(checkpoints ? [] : ['The archive has no checkpoints: the runs can be read, and not resumed, evaluated or exported.']),
  ].join('\n');
}

const dataText: Readonly<Record<DatasetPresence, (id: string, revision: string) => string>> = {
  present: () => '',
  absent: (id, revision) => `The data set "${id}" (revision ${revision}) is not in this library: the runs can be read, and not resumed or evaluated until it is.`,
  'other-revision': (id, revision) => `The data set "${id}" is another revision here than the runs' (${revision}): they can be read, and not resumed or evaluated.`,
};

/** A line for each phase. */
function said(): (progress: ArchiveProgress) => void {
  let last = '';
  const words = { hash: 'Computing hashes', write: 'Writing', check: 'Unpacking and checking every hash', place: 'Placing' };
  return ({ phase, totalBytes }) => {
    if (phase !== last) say(`${words[phase]} (${(totalBytes / 1e6).toFixed(1)} MB)`);
    last = phase;
  };
}
