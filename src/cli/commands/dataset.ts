import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { importOptionsSchema, validationUses, type ImportOptions } from '../../contracts/importing';
import { fits } from '../../core/images/prepare';
import { ensureCifar10 } from '../../data/cifar10';
import { readDatasetManifest } from '../../data/openDataset';
import { removeDataset } from '../../data/revisions';
import { importDataset } from '../../import/importDataset';
import { defaultOptions, planImport } from '../../import/planImport';
import { asStorageError, errorCode } from '../../library/atomic';
import { cultivarCommand } from '../../library/command';
import { cacheFolder, datasetFolder, isId } from '../../library/paths';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, say, table, usage } from '../output';
import { dataProgress, importProgress, onInterrupt } from '../progress';
import { audit, exclude } from './datasetAudit';
import { describe, show } from './datasetShow';
import { planText, resultText } from './datasetText';

export const datasetUsage = 'dataset list | import cifar10 | import PATH [--plan] [--name NAME] [--size SIDE] [--fit crop|squash|pad] [--test PERCENT] [--validation pool|test|leave-out] [--seed N] [--licence TEXT] | show NAME [--revision R] | describe NAME [--note TEXT] [--source TEXT] [--licence TEXT] | remove ID [--revision R] | audit NAME [--near DISTANCE] [--again] | audit NAME --run RUN | exclude NAME [--name LIST] [--from FILE | --twins | --remove]';
export const datasetOptions = {
  name: { type: 'string' }, size: { type: 'string' }, fit: { type: 'string' }, test: { type: 'string' }, validation: { type: 'string' }, licence: { type: 'string' }, seed: { type: 'string' }, revision: { type: 'string' }, note: { type: 'string' }, source: { type: 'string' }, near: { type: 'string' }, again: { type: 'boolean' }, run: { type: 'string' }, twins: { type: 'boolean' }, remove: { type: 'boolean' },
} as const;

/** dataset list | import cifar10 | import PATH | show NAME | describe NAME | remove ID | audit NAME | exclude NAME */
export async function dataset(context: CommandContext): Promise<number> {
  const [action, what] = context.positionals;
  if (action === 'list' && context.positionals.length === 1) return list(context);
  if (context.positionals.length !== 2 || what === undefined) throw usage(`usage: cultivar ${datasetUsage}`);
  if (action === 'show') return show(context, what);
  if (action === 'describe') return describe(context, what);
  if (action === 'audit') return audit(context, what);
  if (action === 'exclude') return exclude(context, what);
  if (action === 'remove') return remove(context, what);
  if (action !== 'import') throw usage(`usage: cultivar ${datasetUsage}`);
  return what === 'cifar10' ? fetchCifar10(context) : importImages(context, what);
}

async function list({ library, json }: CommandContext): Promise<number> {
  const ids = await readdir(join(library, 'datasets')).catch((error: unknown): string[] => {
    if (errorCode(error) === 'ENOENT') return [];
    throw asStorageError(error, library);
  });
  const manifests = (await Promise.all(ids.filter(isId).map((id) => readDatasetManifest(library, id).catch((error: unknown) => {
    // A folder whose import never came to its end is none.
    if (error instanceof CultivarError && error.code === 'dataset-unknown') return null;
    throw error;
  })))).filter((manifest) => manifest !== null);
  if (json) answerJson(manifests);
  else if (manifests.length === 0) answer(`No data set yet. ${cultivarCommand('dataset import cifar10')}`);
  else answer(table([['id', 'classes', 'training', 'test', 'size', 'revision'], ...manifests.map(({ id, classes, counts, image, revision }) => [id, `${classes.length}`, `${counts.train}`, `${counts.test}`, `${image.width} × ${image.height}`, revision.slice(0, 12)])]));
  return exits.done;
}

async function fetchCifar10({ library, json, options }: CommandContext): Promise<number> {
  if (Object.keys(options).length > 0) throw usage('dataset import cifar10 takes no options.');
  const { manifest, outcome } = await ensureCifar10({ libraryDir: library, cacheDir: cacheFolder(), onNotice: say, onProgress: dataProgress() });
  if (json) answerJson({ outcome, manifest });
  else answer(`cifar10: ${outcome === 'present' ? 'was there, and is whole' : outcome}; ${manifest.counts.train} training and ${manifest.counts.test} test images in ${datasetFolder(library, manifest.id)}`);
  return exits.done;
}

async function importImages({ library, json, options }: CommandContext, path: string): Promise<number> {
  const plan = await planImport(library, path);
  const wanted = optionsOf(options, plan.suggested);
  if (options.plan) {
    if (json) answerJson({ ...plan, samples: plan.samples.map(({ pixels: _pixels, ...sample }) => sample), options: wanted });
    else answer(planText(plan, wanted));
    return exits.done;
  }
  say(planText(plan, wanted));
  const controller = new AbortController();
  const off = onInterrupt(() => { controller.abort(); }, 'Cancelling; nothing of the import is left.');
  try {
    const result = await importDataset({ library, path, options: wanted, signal: controller.signal, onProgress: importProgress() });
    if (json) answerJson(result);
    else answer(resultText(result, wanted));
    return exits.done;
  } catch (error) {
    if (!(error instanceof CultivarError) || error.code !== 'import-cancelled') throw error;
    say(error.message);
    return exits.interrupted;
  } finally {
    off();
  }
}

function optionsOf(given: CommandContext['options'], suggested: Pick<ImportOptions, 'name' | 'side' | 'fit'>): ImportOptions {
  const whole = (value: string | undefined, name: string) => {
    if (value !== undefined && !/^\d{1,9}$/.test(value)) throw usage(`--${name} takes a whole number, not ${JSON.stringify(value)}.`);
    return value === undefined ? undefined : Number(value);
  };
  const parsed = importOptionsSchema.safeParse({
    name: given.name ?? suggested.name, side: whole(given.size, 'size') ?? suggested.side, fit: given.fit ?? suggested.fit, testPercent: whole(given.test, 'test') ?? defaultOptions.testPercent,
    seed: whole(given.seed, 'seed') ?? defaultOptions.seed, validation: given.validation ?? defaultOptions.validation, licence: given.licence ?? defaultOptions.licence,
  });
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]!.path[0]);
  const allowed: Readonly<Record<string, string>> = { side: '--size takes 8 to 256', fit: `--fit takes ${fits.join(', ')}`, testPercent: '--test takes a percentage from 0 to 50', validation: `--validation takes ${validationUses.join(', ')}`, name: '--name takes 1 to 120 characters', licence: '--licence takes at most 400 characters' };
  throw usage(`${allowed[field] ?? field}.`);
}

async function remove({ library, json, options }: CommandContext, id: string): Promise<number> {
  const { removed } = await removeDataset(library, id, options.revision ?? null);
  if (json) answerJson({ id, removed });
  else answer(`${id}: ${removed} ${removed === 1 ? 'revision' : 'revisions'} removed`);
  return exits.done;
}
