import { basename } from 'node:path';
import { CultivarError } from '../contracts/errors';
import type { FileStart, RunConfig } from '../core/config/run';
import { matchWeights, planStart } from '../core/model/matchWeights';
import { hasLibraryWeights, importWeights, libraryWeightsShapes, type LibraryWeights } from './libraryWeights';

/**
 * A config whose starting weights are in the library and fit its network: `sha256` is filled in, of the path the file's name stays.
 * @param imported what this call's sittings have read already, by path and hash: an experiment's runs share their files
 * @throws CultivarError weights-unreadable; weights-mismatch where they do not fit, or are others than the config names
 */
export async function resolveStart(library: string, config: RunConfig, classes: number, imported = new Map<string, Promise<LibraryWeights>>()): Promise<RunConfig> {
  const { start, architecture, stem } = config.model;
  if (start === 'scratch') return config;
  const key = `${start.sha256 ?? ''} ${start.path}`;
  const found = imported.get(key) ?? libraryCopy(library, start);
  imported.set(key, found);
  const { sha256, tensors } = await found;
  const { refused } = planStart(matchWeights(tensors, { architecture, stem, classes }), start);
  if (refused.length > 0) {
    throw new CultivarError({
      code: 'weights-mismatch',
      message: `${basename(start.path)} does not fit ${architecture} with the ${stem} stem and ${classes} classes: ${refused.join('; ')}.`,
      remedy: 'Choose the network that the weights are of. For another stem or other classes, stemMismatch or headMismatch "reinitialise" starts that part anew.',
    });
  }
  return { ...config, model: { ...config.model, start: { ...start, path: basename(start.path), sha256 } } };
}

async function libraryCopy(library: string, { path, sha256 }: FileStart): Promise<LibraryWeights> {
  if (sha256 !== null && (await hasLibraryWeights(library, sha256))) return libraryWeightsShapes(library, sha256);
  const copy = await importWeights(library, path);
  if (sha256 === null || copy.sha256 === sha256) return copy;
  throw new CultivarError({
    code: 'weights-mismatch',
    message: `${path} holds other weights than the config names: their sha256 is ${copy.sha256}, not ${sha256}.`,
    remedy: 'Give the file that the config was made with, or set sha256 to null to start from this one.',
  });
}
