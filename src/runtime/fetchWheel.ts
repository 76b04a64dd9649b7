import { join } from 'node:path';
import { pythonIndex } from '../download/addresses';
import { fetchFile } from '../download/fetchFile';
import { wheelAddress } from '../download/pythonIndex';
import { fileSha256 } from '../system/runtimeLayout';
import type { FetchWheel } from './libraries';
import { wheelFile } from './packages';

/**
 * Wheels by Cultivar's own download, from the index that pip uses here: an installed app needs no Python. One that lies in the folder
 * already, from an earlier try or an offline pack, is used where its hash is right.
 */
export const wheelFetcher = (signal?: AbortSignal): FetchWheel => async (wheel, folder, onBytes) => {
  const path = join(folder, wheelFile(wheel));
  if ((await fileSha256(path).catch(() => null)) === wheel.sha256) return path;
  const url = await wheelAddress(await pythonIndex(), wheel, signal);
  await fetchFile({ url, path, hash: { algorithm: 'sha256', encoding: 'hex', value: wheel.sha256 }, what: `${wheel.name} ${wheel.version}`, onBytes, signal });
  return path;
};
