import { startAudit } from '../../audit/host';
import { CultivarError } from '../../contracts/errors';
import type { DatasetManifest } from '../../contracts/dataset';
import type { DatasetAudit } from '../../core/audit/types';
import { readAudit } from '../../data/audit/auditFile';
import { excludeLists, readExcluded, removeExcludeList, saveExcludeList } from '../../data/audit/excludeLists';
import { labelsOf } from '../../data/audit/labelsOf';
import { readDatasetManifest } from '../../data/openDataset';
import { cultivarCommand } from '../../library/command';
import { readFile } from 'node:fs/promises';
import { auditText, labelText, pairsWithin } from '../auditText';
import { cancellable } from '../cancellable';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, table, usage } from '../output';
import { auditProgress } from '../progress';

/** dataset audit NAME [--near DISTANCE] [--again] [--revision R], or dataset audit NAME --run RUN for label errors */
export async function audit(context: CommandContext, id: string): Promise<number> {
  const { library, json, options } = context;
  if (options.run !== undefined) return auditLabels(context, id, options.run);
  const manifest = await readDatasetManifest(library, id, options.revision);
  const found = await kept(context, manifest);
  if (found === null) return exits.interrupted;
  const near = distanceOf(options.near, found);
  if (json) answerJson({ ...found, method: { ...found.method, threshold: near }, pairs: pairsWithin(found, near) });
  else answer(auditText(found, near));
  return exits.done;
}

/** The audit that is kept, or a new one; null where it was cancelled. */
async function kept({ library, options }: CommandContext, manifest: DatasetManifest): Promise<DatasetAudit | null> {
  const before = options.again ? null : await readAudit(library, manifest);
  if (before?.method.near) return before;
  const progress = auditProgress();
  return cancellable((signal) => startAudit({ library, datasetId: manifest.id, revision: manifest.revision, background: false }, progress, signal));
}

function distanceOf(given: string | undefined, { method: { threshold, keptUpTo } }: Pick<DatasetAudit, 'method'>): number {
  if (given === undefined) return threshold;
  const distance = Number(given);
  if (given.trim() === '' || !(distance >= 0 && distance <= keptUpTo)) throw usage(`--near takes a distance from 0 to ${keptUpTo}, not ${JSON.stringify(given)}.`);
  return distance;
}

async function auditLabels({ library, json }: CommandContext, id: string, runId: string): Promise<number> {
  const found = await labelsOf(library, runId);
  if (found === null) throw new CultivarError({ code: 'usage', message: `No predictions of the run "${runId}" are kept for its last weights.`, remedy: 'Evaluate it; its predictions on validation images are kept then.', command: cultivarCommand(`evaluate ${runId}`) });
  if (found.datasetId !== id) throw usage(`The run "${runId}" is of the data set "${found.datasetId}", not "${id}".`);
  if (json) answerJson(found);
  else answer(labelText(found));
  return exits.done;
}

/** dataset exclude NAME [--name LIST (--from FILE | --twins [--near DISTANCE] | --remove)] */
export async function exclude(context: CommandContext, id: string): Promise<number> {
  const { library, json, options: { name, from, twins, remove, near, revision } } = context;
  const manifest = await readDatasetManifest(library, id, revision);
  if (name === undefined) return tellLists(context, manifest);
  if (Number(from !== undefined) + Number(twins === true) + Number(remove === true) > 1) throw usage('A list comes from --from FILE or from --twins, or is removed with --remove: one of the three.');
  if (remove) {
    await removeExcludeList(library, manifest, name);
    if (!json) answer(`${id}: the list "${name}" is removed; runs that saw it keep their images.`);
    else answerJson({ id, removed: name });
    return exits.done;
  }
  if (from === undefined && !twins) return tellImages(context, manifest, name);
  const images = from === undefined ? twinsAmongTraining(await mustBeAudited(library, manifest), near) : await imagesIn(from);
  const list = await saveExcludeList(library, manifest, name, images);
  if (json) answerJson(list);
  else answer(`${id}: "${list.name}" leaves out ${list.counts.train} training images${list.counts.test > 0 ? ` and names ${list.counts.test} test images, which stay in the test` : ''}. In a config: "data": { "dataset": "${id}", "exclude": { "list": ${JSON.stringify(list.name)} } }`);
  return exits.done;
}

async function tellLists({ library, json }: CommandContext, manifest: DatasetManifest): Promise<number> {
  const lists = await excludeLists(library, manifest);
  if (json) answerJson(lists);
  else if (lists.length === 0) answer(`${manifest.id} has no list of images to leave out.`);
  else answer(table([['list', 'training', 'test', 'used by', 'sha256'], ...lists.map(({ name, counts, usedBy, sha256 }) => [name, `${counts.train}`, `${counts.test}`, `${usedBy.length} runs`, sha256.slice(0, 12)])]));
  return exits.done;
}

async function tellImages({ library, json }: CommandContext, manifest: DatasetManifest, name: string): Promise<number> {
  const list = (await excludeLists(library, manifest)).find((one) => one.name === name);
  if (!list) throw usage(`${manifest.id} has no list called ${JSON.stringify(name)}.`);
  const images = await readExcluded(library, manifest, list.sha256);
  if (json) answerJson({ ...list, images });
  else answer(images.join('\n'));
  return exits.done;
}

async function mustBeAudited(library: string, manifest: DatasetManifest): Promise<DatasetAudit> {
  const found = await readAudit(library, manifest);
  if (found?.method.near) return found;
  throw new CultivarError({ code: 'usage', message: `${manifest.id} was not audited yet.`, remedy: 'Audit it first.', command: cultivarCommand(`dataset audit ${manifest.id}`) });
}

/** Training images that have a twin in the test, and of training images that are each other's twins all but the first. */
function twinsAmongTraining(found: DatasetAudit, near: string | undefined): number[] {
  const isTest = (index: number) => index >= found.counts.train;
  return [...new Set(pairsWithin(found, distanceOf(near, found)).flatMap(({ a, b }) => (isTest(a) ? [] : isTest(b) ? [a] : [b])))];
}

/** Whole numbers, one a line or as a JSON array. */
async function imagesIn(file: string): Promise<number[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CultivarError({ code: 'config-unreadable', message: `${file} cannot be read.` });
  });
  const words = text.split(/[\s,[\]]+/).filter(Boolean);
  const wrong = words.find((word) => !/^\d{1,9}$/.test(word));
  if (wrong !== undefined) throw usage(`${file} holds ${JSON.stringify(wrong)}, which is no index of an image.`);
  return words.map(Number);
}
