import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { ensureCifar10 } from '../../data/cifar10';
import { readDatasetManifest } from '../../data/openDataset';
import { asStorageError, errorCode } from '../../library/atomic';
import { cultivarCommand } from '../../library/command';
import { listRunSummaries } from '../../library/runSummaries';
import { cacheFolder, datasetFolder, isId } from '../../library/paths';
import { doctorText } from '../../contracts/doctorText';
import { runDoctor } from '../../system/doctor';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, table, usage } from '../output';
import { dataProgress } from '../progress';

/** doctor: what this machine has, what is missing, and the command that mends it. */
export async function doctor({ library, json, options }: CommandContext): Promise<number> {
  const report = await runDoctor({ libraryDir: library, cacheDir: cacheFolder(), deep: options.deep });
  if (json) answerJson(report);
  else answer(doctorText(report).trimEnd());
  return report.ok ? exits.done : exits.failed;
}

/** dataset list | import cifar10 */
export async function dataset({ library, json, positionals }: CommandContext): Promise<number> {
  const [action, what] = positionals;
  if (action === 'list' && positionals.length === 1) {
    const ids = await readdir(join(library, 'datasets')).catch((error: unknown): string[] => {
      if (errorCode(error) === 'ENOENT') return [];
      throw asStorageError(error, library);
    });
    const manifests = await Promise.all(ids.filter(isId).map((id) => readDatasetManifest(library, id)));
    if (json) answerJson(manifests);
    else if (manifests.length === 0) answer(`No data set yet. ${cultivarCommand('dataset import cifar10')}`);
    else answer(table([['id', 'classes', 'training', 'test', 'size'], ...manifests.map(({ id, classes, counts, image }) => [id, `${classes.length}`, `${counts.train}`, `${counts.test}`, `${image.width} × ${image.height}`])]));
    return exits.done;
  }
  if (action !== 'import' || positionals.length !== 2) throw usage('usage: cultivar dataset list, or cultivar dataset import cifar10');
  if (what !== 'cifar10') throw new CultivarError({ code: 'dataset-unknown', message: `"${what}" cannot be imported: this version knows cifar10 only.` });
  const { manifest, outcome } = await ensureCifar10({ libraryDir: library, cacheDir: cacheFolder(), onNotice: say, onProgress: dataProgress() });
  if (json) answerJson({ outcome, manifest });
  else answer(`cifar10: ${outcome === 'present' ? 'was there, and is whole' : outcome}; ${manifest.counts.train} training and ${manifest.counts.test} test images in ${datasetFolder(library, manifest.id)}`);
  return exits.done;
}

/** runs: what the library holds. */
export async function runs({ library, json, positionals }: CommandContext): Promise<number> {
  if (positionals.length > 0) throw usage('usage: cultivar runs');
  const found = await listRunSummaries(library);
  if (json) {
    answerJson(found);
    return exits.done;
  }
  const rows = found.map((run) => run.status === 'damaged'
    ? [run.id, 'damaged', '', '', run.failure.message]
    : [run.id, run.status, `${run.epochsDone}/${run.config.epochs}`, run.bestValidation ? percent(run.bestValidation.accuracy) : '–', run.name]);
  answer(rows.length === 0 ? 'No run yet.' : table([['id', 'status', 'epochs', 'best val.', 'name'], ...rows]));
  return exits.done;
}
