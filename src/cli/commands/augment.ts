import type { InspectionSource } from '../../contracts/calls/inspection';
import { CultivarError } from '../../contracts/errors';
import { labelText } from '../../core/inspection';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { localeOf } from '../comparisonOf';
import { checkedOut, writeOut } from '../outFile';
import { answer, answerJson, exits, usage } from '../output';
import { augmentFile, augmentFileUsage } from './augmentFile';
import { policyOf, whole } from './augmentOptions';

const sheetUsage = 'augment RUN|DATASET --image N --out FILE.png [--policy NAME|FILE.json] [--seed N] [--epoch N] [--draws N] [--language en|ja] [--force]';
export const augmentUsage = `${sheetUsage}, or ${augmentFileUsage}`;

const most = 256;

/** augment RUN|DATASET --image N --out FILE.png: what training feeds of an image, epoch after epoch, as a sheet. */
export async function augment(context: CommandContext): Promise<number> {
  const { library, json, positionals: [what, ...rest], options } = context;
  if (what === undefined && options.input !== undefined) return augmentFile(context);
  if (!what || rest.length > 0 || options.image === undefined || !options.out || options.op !== undefined || options.magnitude !== undefined || options.input !== undefined) throw usage(`usage: cultivar ${augmentUsage}`);
  const locale = localeOf(options.language);
  const given = {
    index: whole('image', options.image, 0), seed: options.seed === undefined ? null : whole('seed', options.seed, 0), epoch: options.epoch === undefined ? null : whole('epoch', options.epoch, 1),
    draws: options.draws === undefined ? 16 : whole('draws', options.draws, 1, most), augmentation: options.policy === undefined ? null : await policyOf(options.policy),
  };
  const path = await checkedOut(options.out, options.force ?? false);
  const { augmentSheet } = await import('../../report/augmentSheet');
  const { sheetPng } = await import('../../report/sheetPng');
  const { sheet, data, augmentation, seed, drawn } = await augmentSheet(library, { source: await sourceOf(library, what), ...given }, locale);
  const bytes = await writeOut(path, await sheetPng(sheet));
  const { datasetId, revision, run, classes, labels } = data;
  if (json) {
    answerJson({ schemaVersion: 1, path, bytes, dataset: { id: datasetId, revision }, runId: run?.id ?? null, image: given.index, class: classes[labels[given.index]!], policy: augmentation, seed, draws: drawn.map(({ epoch, draws, mix }) => ({ epoch, draws, mix })) });
  } else {
    for (const one of drawn) answer(`epoch ${one.epoch}: ${labelText(one, locale) || '–'}${one.mix ? `, with image ${one.mix.partner}` : ''}`);
    answer(`${path}: ${(bytes / 1e3).toFixed(0)} kB`);
  }
  return exits.done;
}

/** A run, or else a data set: the error names what it was not found among. */
async function sourceOf(library: string, what: string): Promise<InspectionSource> {
  try {
    await readRun(library, what);
    return { runId: what };
  } catch (error) {
    if (error instanceof CultivarError && error.code === 'run-unknown') return { datasetId: what };
    throw error;
  }
}
