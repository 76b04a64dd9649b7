import type { DatasetManifest } from '../../contracts/dataset';
import type { ValidationFacts } from '../../contracts/datasetFacts';
import { CultivarError } from '../../contracts/errors';
import { runConfigSchema, type RunConfig } from '../../core/config/run';
import type { Labels } from '../../core/data/labels';
import { usualValidation } from '../../core/data/validationShare';
import type { RunManifest } from '../../library/runManifest';
import { excludedBy } from '../audit/excludeLists';
import { splitOf } from '../datasetSplit';
import { sha256Of } from '../fileHash';

/** Different splits that are shown; more belong to an experiment about splits. */
const most = 12;

type DataConfig = RunConfig['data'];

/** The usual split of a revision first, then others that runs of it have. One that this revision cannot give (too few images) is left out. */
export async function validationFacts(library: string, manifest: DatasetManifest, labels: Labels, runs: readonly RunManifest[]): Promise<ValidationFacts[]> {
  const usual = runConfigSchema.shape.data.parse({ dataset: manifest.id, validationImages: usualValidation(manifest.id, manifest.counts.train) });
  const keyOf = ({ validationImages, splitSeed, exclude }: DataConfig) => JSON.stringify([validationImages, splitSeed, exclude?.sha256 ?? null]);
  // Of the split, not of a part of its training images.
  const wanted = new Map<string, { data: DataConfig; runs: number }>([[keyOf(usual), { data: usual, runs: 0 }]]);
  for (const { config } of runs) {
    const data = { ...config.resolved.data, trainImages: null };
    const own = wanted.get(keyOf(data)) ?? { data, runs: 0 };
    wanted.set(keyOf(data), { ...own, runs: own.runs + 1 });
  }
  const found = await Promise.all([...wanted.values()].slice(0, most).map(async ({ data, runs: count }): Promise<ValidationFacts | null> => {
    try {
      const { validation, train } = await splitOf(library, manifest, data, await excludedBy(library, manifest, data));
      const classes = manifest.classes.map(() => 0);
      for (const index of validation) classes[labels[index]!]! += 1;
      return {
        images: validation.length, seed: data.splitSeed, excludeList: data.exclude?.list ?? null, trainImages: train.length,
        aClass: { least: Math.min(...classes), most: Math.max(...classes) },
        sha256: sha256Of(new Uint8Array(validation.buffer, validation.byteOffset, validation.byteLength)), runs: count, usual: data === usual,
      };
    } catch (error) {
      if (error instanceof CultivarError && error.code === 'config-invalid') return null;
      throw error;
    }
  }));
  return found.filter((one) => one !== null);
}
