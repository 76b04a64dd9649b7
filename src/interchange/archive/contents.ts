import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { listExperimentIds, readExperiment } from '../../library/experiments';
import { experimentFolder, runFolder } from '../../library/paths';
import type { RunManifest } from '../../library/runManifest';
import { readRun } from '../../library/runs';
import { hasLibraryWeights, libraryWeightsFile } from '../../weights/libraryWeights';
import { placeOf, type ArchiveManifest } from './manifest';

export interface ArchiveContents extends Pick<ArchiveManifest, 'content' | 'runs' | 'experiments'> {
  /** Path in the archive to the file that it is of, and its bytes. */
  readonly files: readonly { readonly path: string; readonly from: string; readonly bytes: number }[];
}

/**
 * What an archive of a run, or of an experiment with all its runs, holds.
 * @throws CultivarError run-unknown; run-locked while one trains; run-damaged, library-damaged
 */
export async function archiveContents(library: string, id: string, { checkpoints }: { readonly checkpoints: boolean }): Promise<ArchiveContents> {
  const isExperiment = (await listExperimentIds(library)).includes(id);
  const experiment = isExperiment ? await readExperiment(library, id) : null;
  const runIds = experiment ? [...new Set(experiment.arms.flatMap(({ runIds: ids }) => ids))] : [id];
  const runs = await Promise.all(runIds.map((runId) => readRun(library, runId)));
  const training = runs.find(({ status }) => status === 'running');
  if (training) {
    throw new CultivarError({ code: 'run-locked', message: `The run "${training.id}" is training: what is written while it is copied would not fit together.`, remedy: 'Stop it, or wait for its end.' });
  }
  const folders = [...runIds.map((runId) => runFolder(library, runId)), ...(experiment ? [experimentFolder(library, id)] : [])];
  const files = (await Promise.all(folders.map((folder) => filesOf(library, folder)))).flat()
    .filter(({ path }) => checkpoints || !/^runs\/[^/]+\/checkpoints\//.test(path));
  return {
    content: { kind: experiment ? 'experiment' : 'run', id, name: experiment?.name ?? runs[0]!.name },
    runs: runs.map(({ id: runId, name, dataset }) => ({ id: runId, name, dataset })),
    experiments: experiment ? [{ id, name: experiment.name }] : [],
    files: [...(await startWeights(library, runs)), ...files],
  };
}

/** Regular files below a folder that are content: no locks, nothing unfinished. In the order of their paths, so that equal content is packed alike. */
async function filesOf(library: string, folder: string): Promise<ArchiveContents['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const from = join(entry.parentPath, entry.name);
    return { path: relative(library, from).split('\\').join('/'), from, bytes: (await stat(from)).size };
  }));
  // Exports can be made again from the checkpoints, and are as large.
  return found.filter(({ path }) => placeOf(path) !== null && !/^runs\/[^/]+\/exports\//.test(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The weights that runs began with go along: without them a run could be read, and not done again. */
async function startWeights(library: string, runs: readonly RunManifest[]): Promise<ArchiveContents['files']> {
  const hashes = new Set(runs.flatMap(({ config: { resolved: { model: { start } } } }) => (start === 'scratch' || start.sha256 === null ? [] : [start.sha256])));
  const there = await Promise.all([...hashes].map(async (sha256) => ((await hasLibraryWeights(library, sha256)) ? [sha256] : [])));
  return Promise.all(there.flat().map(async (sha256) => {
    const from = libraryWeightsFile(library, sha256);
    return { path: `weights/${sha256}.safetensors`, from, bytes: (await stat(from)).size };
  }));
}
