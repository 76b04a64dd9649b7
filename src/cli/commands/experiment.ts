import { CultivarError } from '../../contracts/errors';
import { quickstart } from '../../core/config/quickstart';
import { checkedExperiment, newExperiment } from '../../data/newRuns';
import { ensureCifar10 } from '../../data/cifar10';
import { listExperimentIds, readExperiment } from '../../library/experiments';
import { cacheFolder, experimentFolder } from '../../library/paths';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, table, usage } from '../output';
import { dataProgress } from '../progress';
import { isItsOwn } from '../../contracts/failures';
import { inTurn } from '../inTurn';
import { readJsonFile } from './train';

/** experiment FILE.json [--wait]: every arm with every seed. */
export async function experiment(context: CommandContext): Promise<number> {
  const [file, ...rest] = context.positionals;
  if (!file || rest.length > 0) throw usage('usage: cultivar experiment FILE.json [--wait]');
  return runExperiment(context, await readJsonFile(file));
}

/** quickstart: the first experiment, on a small network and few images. */
export async function quickstartCommand(context: CommandContext): Promise<number> {
  await ensureCifar10({ libraryDir: context.library, cacheDir: cacheFolder(), onNotice: say, onProgress: dataProgress() });
  return runExperiment(context, quickstart);
}

function runExperiment(context: CommandContext, document: unknown): Promise<number> {
  checkedExperiment(document);
  return runChecked(context, document);
}

/** The experiment and, of its runs, those that are still to be trained, told to the person. */
async function begin(library: string, document: unknown) {
  const begun = (await unfinishedExperiment(library, document)) ?? (await newExperiment(library, document));
  const { experiment: manifest, config, arms, runIds } = begun;
  const names = new Map(arms.flatMap(({ key }, i) => manifest.arms[i].runIds.map((runId, seed): [string, string] => [runId, `${key}, seed ${config.seeds[seed]}`])));
  say(`${config.question || config.name}\n${arms.length} arms × ${config.seeds.length} seeds = ${runIds.length} runs`);
  const todo = await runsToDo(library, runIds);
  if (todo.length < runIds.length) say(`Goes on with the experiment ${manifest.id}: ${runIds.length - todo.length} of its ${runIds.length} runs have ended already.`);
  return { manifest, runIds, todo: todo.map(({ runId, resume }) => ({ runId, resume, label: names.get(runId) ?? runId })) };
}

async function runChecked({ library, json, options }: CommandContext, document: unknown): Promise<number> {
  let begun: Awaited<ReturnType<typeof begin>> | null = null;
  const { interrupted, handedOver } = await inTurn(library, options.wait ?? false, async () => (begun = await begin(library, document)).todo);
  const { manifest, runIds } = begun!;
  const results = await Promise.all(manifest.arms.map(async ({ key, levels, runIds: ids }) => {
    const runs = await Promise.all(ids.map((runId) => readRun(library, runId)));
    return { key, levels, runs: runs.map(({ id, seed, status, summary }) => ({ id, seed, status, lastValidation: summary.lastValidation?.accuracy ?? null })) };
  }));
  const completed = (runs: (typeof results)[number]['runs']) => runs.filter(({ status, lastValidation }) => status === 'completed' && lastValidation !== null).map(({ lastValidation }) => lastValidation as number);
  const mean = (values: number[]) => (values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null);
  if (json) answerJson({ experimentId: manifest.id, arms: results.map((arm) => ({ ...arm, n: completed(arm.runs).length, meanValidation: mean(completed(arm.runs)) })) });
  else {
    const rows = results.map(({ key, runs }) => {
      const values = completed(runs);
      const average = mean(values);
      return [key, average === null ? '–' : percent(average), String(values.length), values.map(percent).join('  ') || '–'];
    });
    answer(`\nValidation accuracy of the last epoch\n${table([['arm', 'mean', 'n', 'each seed'], ...rows])}`);
    answer('\nThese are means over seeds; whether a difference is more than chance is not computed yet.');
    answer(`Stored in ${experimentFolder(library, manifest.id)} and ${library}/runs`);
  }
  if (interrupted) {
    say('The same command goes on with it.');
    return exits.interrupted;
  }
  if (handedOver) return exits.done;
  if ((await runsToDo(library, runIds)).length > 0) say('The same command goes on with it.');
  return results.every(({ runs }) => runs.every(({ status }) => status === 'completed')) ? exits.done : exits.failed;
}

/** The newest experiment of the very same file that was cut off, with its runs seed by seed; null where there is none. */
async function unfinishedExperiment(library: string, document: unknown): Promise<Awaited<ReturnType<typeof newExperiment>> | null> {
  const { config, arms } = checkedExperiment(document);
  const given = JSON.stringify(document);
  const all = await Promise.all((await listExperimentIds(library)).map((id) => unlessDamaged(() => readExperiment(library, id))));
  const same = all.filter((experiment) => experiment !== null).filter((experiment) => JSON.stringify(experiment.given) === given);
  for (const experiment of same.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))) {
    const runIds = config.seeds.flatMap((_, seed) => experiment.arms.map((arm) => arm.runIds[seed]!));
    const todo = await unlessDamaged(() => runsToDo(library, runIds));
    if (todo && todo.length > 0) return { experiment, config, arms, runIds };
  }
  return null;
}

/** What cannot be read, or of which a run was deleted, cannot be gone on with; it is told and stands in nobody's way. */
async function unlessDamaged<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CultivarError) || !['library-damaged', 'run-damaged', 'run-unknown'].includes(error.code)) throw error;
    say(`warning: ${error.message} The experiment it is of is passed over.`);
    return null;
  }
}

/** Runs that have not ended for good: only a reason of their own would come again; a full disk may have room by now. */
async function runsToDo(library: string, runIds: readonly string[]): Promise<{ runId: string; resume: boolean }[]> {
  const todo: { runId: string; resume: boolean }[] = [];
  for (const runId of runIds) {
    const { status, failure } = await readRun(library, runId);
    if (status === 'queued') todo.push({ runId, resume: false });
    else if (status === 'stopped' || status === 'interrupted' || (status === 'failed' && !isItsOwn(failure?.code ?? ''))) todo.push({ runId, resume: true });
  }
  return todo;
}
