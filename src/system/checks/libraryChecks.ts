import { randomBytes } from 'node:crypto';
import { access, constants, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DoctorCheck } from '../../contracts/doctor';
import { CultivarError, toErrorData } from '../../contracts/errors';
import { verifyDataset } from '../../data/openDataset';
import { asStorageError, errorCode } from '../../library/atomic';
import { cultivarCommand } from '../../library/command';
import { listRuns } from '../../library/runs';
import { failed, passed, warning } from './check';

/** The library can be written, and each of its runs can be read. Looking makes no library where there is none. */
export async function libraryCheck(libraryDir: string): Promise<DoctorCheck> {
  try {
    const made = await tryWriting(libraryDir);
    if (!made) return passed('library', 'not made yet', libraryDir);
    const runs = await listRuns(libraryDir);
    const broken = runs.flatMap((run) => (run.state === 'damaged' ? [run] : []));
    const count = `schema 1, ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`;
    if (broken.length === 0) return passed('library', `${count}, all readable`, libraryDir);
    return warning('library', {
      ...broken[0]!.error,
      message: broken.length === 1 ? broken[0]!.error.message : `${broken.length} runs are damaged: ${broken.slice(0, 5).map((run) => run.id).join(', ')}${broken.length > 5 ? '…' : ''}. ${broken[0]!.error.message}`,
    }, `${count}, ${broken.length} damaged`, libraryDir);
  } catch (error) {
    return failed('library', toErrorData(error), undefined, libraryDir);
  }
}

/** False where there is no folder yet, though it could be made. */
async function tryWriting(folder: string): Promise<boolean> {
  const path = join(folder, `.doctor-${randomBytes(4).toString('hex')}`);
  try {
    const file = await open(path, 'wx');
    await file.close();
    await rm(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') {
      await couldBeMade(folder);
      return false;
    }
    if (errorCode(error) === 'ENOTDIR') {
      throw new CultivarError({ code: 'library-damaged', message: `${folder} is a file, not a folder.`, remedy: 'Choose another place with --library DIR or CULTIVAR_LIBRARY.' });
    }
    throw asStorageError(error, folder);
  }
}

async function couldBeMade(folder: string): Promise<void> {
  const above = dirname(folder);
  if (!(await stat(above).catch(() => null))) return couldBeMade(above);
  await access(above, constants.W_OK).catch((error: unknown) => {
    throw asStorageError(error, above);
  });
}

/** CIFAR-10, whole. @param deep compare every hash now, also of files seen before */
export async function datasetCheck(libraryDir: string, deep: boolean): Promise<DoctorCheck> {
  try {
    const { counts, source } = await verifyDataset(libraryDir, 'cifar10', { deep });
    const images = (counts.train + counts.test).toLocaleString('en-US');
    return passed('dataset', `CIFAR-10, ${images} images, every hash matches`, source.reference);
  } catch (error) {
    const data = toErrorData(error);
    if (data.code === 'dataset-unknown') {
      return warning('dataset', { ...data, message: 'CIFAR-10 is not in the library.', remedy: 'Fetch it (139 MB).', command: cultivarCommand('dataset import cifar10') }, 'CIFAR-10 is not there', libraryDir);
    }
    return failed('dataset', data);
  }
}

