import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BinItem, RunSize } from '../contracts/calls/bin';
import { errorCode, readJson } from './atomic';
import { listBin } from './bin';
import { bytesHeld, bytesHeldWith } from './bytesHeld';
import { binFolder, binnedExperiments, binnedWeights, isId, runFolder } from './paths';
import { listRuns } from './runs';
import { fewAtOnce } from './walkDisk';

/** All that the bin holds, newest first. What is taken out of it meanwhile is not in it. */
export async function binContents(library: string): Promise<BinItem[]> {
  const bin = binFolder(library);
  const item = async (kind: BinItem['kind'], id: string, folder: string, named: string): Promise<BinItem | null> => {
    const found = await stat(folder).catch((error: unknown) => { if (errorCode(error) === 'ENOENT') return null; throw error; });
    return found && { kind, id, name: await nameIn(named, id), bytes: await bytesHeld(folder), since: found.ctime.toISOString() };
  };
  const runs = (await listBin(library)).map((id) => item('run', id, join(bin, id), join(bin, id)));
  const experiments = (await idsIn(join(bin, binnedExperiments))).map((id) => item('experiment', id, join(bin, binnedExperiments, id), join(bin, binnedExperiments, id)));
  const weights = (await idsIn(join(bin, binnedWeights))).map((id) => item('weights', id, join(bin, binnedWeights, id), runFolder(library, id)));
  return (await Promise.all([...runs, ...experiments, ...weights])).filter((found) => found !== null).sort((a, b) => (a.since < b.since ? 1 : -1));
}

/** What each run takes of the disk, largest first. */
export async function runSizes(library: string): Promise<RunSize[]> {
  const sizes: RunSize[] = [];
  await fewAtOnce(await listRuns(library), async (run) => {
    const { all, part: weightsBytes } = await bytesHeldWith(runFolder(library, run.id), 'checkpoints');
    sizes.push({ id: run.id, name: run.state === 'readable' ? run.manifest.name || run.id : run.id, weightsBytes, recordBytes: all - weightsBytes });
  });
  return sizes.sort((a, b) => b.weightsBytes + b.recordBytes - a.weightsBytes - a.recordBytes);
}

const idsIn = async (folder: string) => (await readdir(folder).catch((): string[] => [])).filter(isId);

/** The name that a manifest gives, else the id. */
async function nameIn(folder: string, id: string): Promise<string> {
  const manifest = await readJson(join(folder, 'manifest.json')).catch(() => null);
  const name = typeof manifest === 'object' && manifest !== null && 'name' in manifest ? manifest.name : null;
  return typeof name === 'string' && name !== '' ? name : id;
}
