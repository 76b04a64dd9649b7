import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetFacts } from '../../contracts/datasetFacts';
import { imbalanced } from '../../core/data/balance';
import { datasetFacts, datasetNamed } from '../../data/facts/datasetFacts';
import { readNote, writeNote } from '../../data/facts/note';
import { listRevisions } from '../../data/revisions';
import { isId } from '../../library/paths';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, table, usage } from '../output';
import { warningTexts } from './datasetText';

/** Every number that the window's card shows. */
export async function show({ library, json, options }: CommandContext, named: string): Promise<number> {
  const id = await resolved(library, named);
  const facts = await datasetFacts(library, id, options.revision === undefined ? undefined : await wholeRevision(library, id, options.revision));
  if (json) answerJson(facts);
  else answer(factsText(facts));
  return exits.done;
}

/** Writes a note, a source or terms beside a data set of a person's own; what is not given stays. */
export async function describe({ library, json, options }: CommandContext, named: string): Promise<number> {
  if (options.note === undefined && options.source === undefined && options.licence === undefined) throw usage('dataset describe takes --note, --source or --licence.');
  const id = await resolved(library, named);
  const before = (await readNote(library, id)) ?? { note: '', source: '', licence: '' };
  const note = { note: options.note ?? before.note, source: options.source ?? before.source, licence: options.licence ?? before.licence };
  await writeNote(library, id, note);
  if (json) answerJson({ id, ...note });
  else answer(`${id}: noted; its content and its revision are as they were.`);
  return exits.done;
}

async function resolved(library: string, named: string): Promise<string> {
  return datasetNamed(library, named, (await readdir(join(library, 'datasets')).catch((): string[] => [])).filter(isId));
}

async function wholeRevision(library: string, id: string, start: string): Promise<string> {
  const found = (await listRevisions(library, id)).filter(({ revision }) => revision.startsWith(start));
  if (found.length === 1) return found[0]!.revision;
  throw usage(found.length === 0 ? `The data set "${id}" has no revision ${start}.` : `${start} begins ${found.length} revisions of "${id}": write more of it.`);
}

const whole = (value: number) => value.toLocaleString('en-US');
const figures = (values: readonly number[]) => values.map((value) => value.toFixed(4)).join('  ');
const short = (hash: string) => hash.slice(0, 12);

export function factsText(facts: DatasetFacts): string {
  const { counts, balance, channels, test, imported, classes, note } = facts;
  const ratio = balance.ratio === null ? `${classes[balance.least.label]!.name} has no training images`
    : balance.ratio === 1 ? 'every class has as many training images'
      : `the largest class (${classes[balance.most.label]!.name}, ${whole(balance.most.images)}) has ${balance.ratio.toFixed(2)} times the images of the smallest (${classes[balance.least.label]!.name}, ${whole(balance.least.images)})${balance.ratio >= imbalanced ? ': imbalanced' : ''}`;
  return [
    `${facts.name} (${facts.id}), revision ${short(facts.revision)}${facts.current ? '' : ', not the one that new runs are made on'}`,
    `${whole(counts.train)} training and ${whole(counts.test)} test images of ${facts.image.width} × ${facts.image.height} pixels, ${classes.length} classes, ${(facts.bytes / 1e6).toFixed(1)} MB${counts.excluded > 0 ? `; ${whole(counts.excluded)} excluded` : ''}`,
    imported && `Before resizing: ${imported.sizes.width.least} × ${imported.sizes.height.least} to ${imported.sizes.width.most} × ${imported.sizes.height.most} pixels, ${whole(imported.sizes.distinct)} ${imported.sizes.distinct === 1 ? 'size' : 'sizes'}, medians ${imported.sizes.width.median} and ${imported.sizes.height.median}; ${whole(imported.resampled)} resized (${imported.fit})`,
    `Source: ${note?.source || facts.source.name}. Terms: ${note?.licence || facts.source.licence || 'not known'}`,
    note?.note && `Note: ${note.note}`,
    '', table([['class', 'training', 'test'], ...classes.map(({ name, train, test: held }) => [name, whole(train), whole(held)])]), `Balance: ${ratio}.`,
    '', `Channels of the ${whole(channels.images)} training images (red, green, blue; pixels from 0 to 1)`, `  mean       ${figures(channels.mean)}`, `  deviation  ${figures(channels.deviation)}`,
    '', 'Splits', ...facts.splits.map(({ split, images, sha256 }) => `  ${split}: ${whole(images)} images, sha256 ${short(sha256)} (pixels and labels)`),
    ...facts.validation.map((one) => `  validation ${one.usual ? 'of a new run' : `of ${one.runs} ${one.runs === 1 ? 'run' : 'runs'}`}: ${whole(one.images)} of the training images, ${one.aClass.least === one.aClass.most ? one.aClass.least : `${one.aClass.least} to ${one.aClass.most}`} a class, seed ${one.seed}${one.excludeList === null ? '' : `, without the list "${one.excludeList}"`}, sha256 ${short(one.sha256)} (indices); ${whole(one.trainImages)} are left to train on${one.usual && one.runs > 0 ? `; ${one.runs} ${one.runs === 1 ? 'run has' : 'runs have'} it` : ''}`),
    test.origin === 'none' ? '  There is no test set.' : `  The test set is locked (${test.drawn ? `drawn at the import: ${test.drawn.percent} % of each class, seed ${test.drawn.seed}` : 'given with the images'}); opened ${test.openings.length} ${test.openings.length === 1 ? 'time' : 'times'}.`,
    ...test.openings.map(({ at, purpose, runs }) => `    ${at}  ${purpose}: ${runs.map(({ id, name }) => name || id).join(', ')}`),
    ...(facts.warnings.length > 0 ? ['', 'From the import', ...warningTexts(facts.warnings).map((text) => `  ${text}`), ...facts.quarantined.files.slice(0, 20).map(({ file, message }) => `    ${file}: ${message}`), facts.quarantined.report && `    Every one is listed in ${facts.quarantined.report}`] : []),
    '', 'Revisions', ...facts.revisions.map(({ revision, createdAt, current, images, runs }) => `  ${short(revision)}  ${createdAt.slice(0, 10)}  ${whole(images)} images, ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}${current ? ', current' : ''}`),
  ].filter((line) => typeof line === 'string').join('\n');
}
