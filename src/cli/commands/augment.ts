import { z } from 'zod';
import type { InspectionSource } from '../../contracts/calls/inspection';
import { CultivarError } from '../../contracts/errors';
import { augmentationSchema, policies, type Augmentation } from '../../core/config/augmentation';
import { labelText } from '../../core/inspection';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { localeOf } from '../comparisonOf';
import { checkedOut, writeOut } from '../outFile';
import { answer, answerJson, exits, usage } from '../output';
import { readJsonFile } from './train';

export const augmentUsage = 'augment RUN|DATASET --image N --out FILE.png [--policy NAME|FILE.json] [--seed N] [--epoch N] [--draws N] [--language en|ja] [--force]';

const most = 256;

/** augment RUN|DATASET --image N --out FILE.png: what training feeds of an image, epoch after epoch, as a sheet. */
export async function augment({ library, json, positionals: [what, ...rest], options }: CommandContext): Promise<number> {
  if (!what || rest.length > 0 || options.image === undefined || !options.out) throw usage(`usage: cultivar ${augmentUsage}`);
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

function whole(name: string, text: string, least: number, greatest = Number.MAX_SAFE_INTEGER): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= greatest) return value;
  throw usage(`--${name} must be a whole number from ${least}${greatest === Number.MAX_SAFE_INTEGER ? '' : ` to ${greatest}`}, not ${text}`);
}

/** A preset, or a file with operations as a config has them (alone, or in a config). */
async function policyOf(given: string): Promise<Augmentation> {
  if ((policies as readonly string[]).includes(given)) return given as Augmentation;
  if (!given.endsWith('.json')) throw usage(`--policy must be a .json file or one of ${policies.join(', ')}, not ${given}`);
  const document = await readJsonFile(given);
  const parsed = augmentationSchema.safeParse(typeof document === 'object' && document !== null && 'augmentation' in document ? document.augmentation : document);
  if (parsed.success) return parsed.data;
  throw new CultivarError({ code: 'config-invalid', message: `${given} is no policy: ${z.prettifyError(parsed.error)}`, remedy: 'Write a list of operations, as in a config\'s "augmentation".' });
}
