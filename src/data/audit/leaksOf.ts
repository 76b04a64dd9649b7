import type { DatasetManifest } from '../../contracts/dataset';
import { splitLeaks } from '../../core/audit/leaks';
import { nearThreshold } from '../../core/audit/method';
import type { RunSplit, SplitLeaks } from '../../core/audit/types';
import type { RunConfig } from '../../core/config/run';
import { splitOf } from '../datasetSplit';
import { auditOrEqualImages } from './auditFile';
import { excludedBy } from './excludeLists';

/**
 * Twins between the splits that a run of this config would have, from the kept audit; where there is none, equal images are looked for now.
 * @throws CultivarError config-invalid, dataset-damaged
 */
export async function leaksOf(library: string, manifest: DatasetManifest, data: RunConfig['data']): Promise<SplitLeaks> {
  const audit = await auditOrEqualImages(library, manifest);
  const leftOut = await excludedBy(library, manifest, data);
  const split = await splitOf(library, manifest, data, leftOut);
  const threshold = audit?.method.near ? audit.method.threshold : null;
  const nothing = { groups: (['train-validation', 'train-test', 'validation-test'] as const).map((between) => ({ between, exact: 0, near: 0, images: 0 })), pairs: [] };
  return {
    datasetId: manifest.id, revision: manifest.revision, splitSeed: data.splitSeed, validationImages: data.validationImages,
    audit: audit === null ? 'none' : audit.method.near ? 'whole' : 'exact', auditedAt: audit?.createdAt ?? null, threshold,
    excluded: data.exclude && { list: data.exclude.list, sha256: data.exclude.sha256 ?? '', images: await countsOf(library, manifest, data, leftOut) },
    classes: manifest.classes,
    ...(audit === null ? nothing : splitLeaks(audit, split, threshold ?? nearThreshold)),
  };
}

/** How many images of a list would have been in each split without it. */
async function countsOf(library: string, manifest: DatasetManifest, data: RunConfig['data'], leftOut: readonly number[]): Promise<Record<RunSplit, number>> {
  const whole = await splitOf(library, manifest, { ...data, trainImages: null }, []);
  const inside = (images: Uint32Array) => {
    const all = new Set(images);
    return leftOut.filter((index) => all.has(index)).length;
  };
  return { train: inside(whole.train), validation: inside(whole.validation), test: leftOut.filter((index) => index >= manifest.counts.train).length };
}
