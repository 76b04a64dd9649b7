import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../../contracts/dataset';
import type { DatasetFacts, RevisionFacts, TestFacts } from '../../contracts/datasetFacts';
import { CultivarError } from '../../contracts/errors';
import type { Quarantined } from '../../contracts/importing';
import { classBalance } from '../../core/data/balance';
import type { RunManifest } from '../../library/runManifest';
import { listRuns } from '../../library/runs';
import { testOpenings } from '../../library/testLedger';
import { readLabels } from '../datasetSplit';
import { readDatasetManifest, revisionFolder } from '../openDataset';
import { listRevisions } from '../revisions';
import { contentFacts } from './contentFacts';
import { readNote } from './note';
import { validationFacts } from './validationFacts';

/** Quarantined files that are handed out; all are in the report. */
const shownFiles = 200;

/**
 * All that is known of a data set's revision.
 * @param wanted left out, the current one
 * @throws CultivarError dataset-unknown (the revision as well), dataset-damaged, library-damaged
 */
export async function datasetFacts(library: string, id: string, wanted?: string): Promise<DatasetFacts> {
  const revisions = await listRevisions(library, id);
  const manifest = wanted === undefined ? revisions[0]! : revisions.find(({ revision }) => revision === wanted);
  if (!manifest) throw new CultivarError({ code: 'dataset-unknown', message: `The data set "${id}" has no revision ${wanted}.` });
  const runs = (await listRuns(library)).flatMap((run) => (run.state === 'readable' && run.manifest.dataset.id === id ? [run.manifest] : []));
  const own = runs.filter(({ dataset }) => dataset.revision === manifest.revision);
  const labels = await readLabels(library, manifest);
  const { counts } = manifest;
  const classes = manifest.classes.map((name) => ({ name, train: 0, test: 0 }));
  labels.forEach((label, index) => { classes[label]![index < counts.train ? 'train' : 'test'] += 1; });
  const { channels, splits } = await contentFacts(library, manifest);
  const note = manifest.import ? (await readNote(library, id)) ?? { note: '', source: '', licence: '' } : null;
  const { source } = manifest;
  const { classCounts: _counted, warnings = [], ...imported } = manifest.import ?? { classCounts: null };
  return {
    schemaVersion: 1, id, name: manifest.name, revision: manifest.revision, current: manifest === revisions[0], createdAt: manifest.createdAt,
    image: { width: manifest.image.width, height: manifest.image.height }, bytes: bytesOf(manifest), counts: { ...counts, excluded: manifest.exclusions.length },
    classes, balance: classBalance(classes.map(({ train }) => train)), channels, normalization: manifest.normalization, splits,
    validation: await validationFacts(library, manifest, labels, own), test: await testFacts(library, manifest, runs),
    imported: manifest.import ? imported as DatasetFacts['imported'] : null, warnings, quarantined: await quarantined(library, manifest),
    source: { name: source.name, reference: source.reference, licence: source.licence }, note,
    revisions: revisions.map((one): RevisionFacts => ({
      revision: one.revision, createdAt: one.createdAt, current: one === revisions[0], images: one.counts.train + one.counts.test, bytes: bytesOf(one),
      runs: runs.filter(({ dataset }) => dataset.revision === one.revision).map((run) => ({ id: run.id, name: run.name })),
    })),
  };
}

const bytesOf = ({ files }: DatasetManifest) => Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);

async function testFacts(library: string, { counts, revision, import: record }: DatasetManifest, runs: readonly RunManifest[]): Promise<TestFacts> {
  const drawn = record?.warnings.some(({ code }) => code === 'test-drawn') ? { percent: record.testPercent, seed: record.seed } : null;
  const names = new Map(runs.map(({ id, name }) => [id, name]));
  const openings = await testOpenings(library, revision);
  return {
    images: counts.test, origin: counts.test === 0 ? 'none' : drawn ? 'drawn' : 'given', drawn,
    openings: openings.map(({ at, experimentId, armKey, purpose, runId, runIds }) => ({
      at, experimentId, armKey, purpose, runs: (runIds.length > 0 ? runIds : [runId]).map((id) => ({ id, name: names.get(id) ?? '' })),
    })),
  };
}

async function quarantined(library: string, { id, revision, import: record }: DatasetManifest): Promise<DatasetFacts['quarantined']> {
  const count = record?.quarantined ?? 0;
  if (count === 0) return { count, files: [], report: null };
  const report = join(await revisionFolder(library, id, revision), 'quarantine.jsonl');
  const text = await readFile(report, 'utf8').catch(() => null);
  if (text === null) return { count, files: [], report: null };
  return { count, files: text.split('\n').filter(Boolean).slice(0, shownFiles).map((line) => JSON.parse(line) as Quarantined), report };
}

/**
 * The data set that a person means: by its id, or by the name that it is shown under.
 * @throws CultivarError dataset-unknown with the ones that there are
 */
export async function datasetNamed(library: string, named: string, ids: readonly string[]): Promise<string> {
  if (ids.includes(named)) return named;
  const manifests = await Promise.all(ids.map((id) => readDatasetManifest(library, id).catch(() => null)));
  const found = manifests.filter((manifest) => manifest?.name === named);
  if (found.length === 1) return found[0]!.id;
  throw new CultivarError({
    code: 'dataset-unknown',
    message: found.length > 1 ? `Several data sets are called ${JSON.stringify(named)}: give the id, ${found.map((one) => one!.id).join(' or ')}.` : `The library has no data set ${JSON.stringify(named)}.`,
    ...(ids.length > 0 && { remedy: `There are: ${ids.join(', ')}.` }),
  });
}
