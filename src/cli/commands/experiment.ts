import { quickstart } from '../../core/config/quickstart';
import { ensureCifar10 } from '../../data/cifar10';
import { advanceExperiment, type Advance } from '../../data/experiments/fill';
import { planExperiment } from '../../data/experiments/plan';
import { startExperiment } from '../../data/experiments/start';
import { runsToDo, unfinishedExperiment } from '../../data/experiments/unfinished';
import { plannedLeaks } from '../../data/audit/plannedLeaks';
import { checkedExperiment } from '../../data/newRuns';
import { compareExperiment } from '../../library/comparisons';
import type { ExperimentManifest } from '../../library/experiments';
import { cacheFolder } from '../../library/paths';
import { readQueue, readWaiting } from '../../library/queueFile';
import { freeBytes } from '../../system/storage';
import { thisMachine } from '../../trainer/host/thisMachine';
import { leaksText } from '../auditText';
import type { CommandContext } from '../command';
import { planJson, planText, experimentJson, experimentText } from '../experimentText';
import { inTurn, type Turn } from '../inTurn';
import { answer, answerJson, exits, say, usage } from '../output';
import { dataProgress } from '../progress';
import { slowPrecision, tellSlow, warningText } from '../slowPrecision';
import type { RunToTrain } from '../trainRuns';
import { readJsonFile } from './train';

/** experiment FILE.json [--plan] [--wait]: every arm with every seed, and what it says; or what starting it would do. */
export async function experiment(context: CommandContext): Promise<number> {
  const [file, ...rest] = context.positionals;
  if (!file || rest.length > 0) throw usage('usage: cultivar experiment FILE.json [--plan] [--wait]');
  const document = await readJsonFile(file);
  return context.options.plan ? tellPlan(context, document) : runExperiment(context, document);
}

/** quickstart: the first experiment, on a small network and few images. */
export async function quickstartCommand(context: CommandContext): Promise<number> {
  await ensureCifar10({ libraryDir: context.library, cacheDir: cacheFolder(), onNotice: say, onProgress: dataProgress() });
  return runExperiment(context, quickstart);
}

async function tellPlan({ library, json }: CommandContext, document: unknown): Promise<number> {
  const { config, arms } = checkedExperiment(document);
  const slow = await slowPrecision(arms.flatMap(({ runs }) => runs));
  const { waiting } = await readWaiting(library);
  const plan = await planExperiment(library, document, { machine: await thisMachine(), freeBytes: await freeBytes(library), ahead: waiting.length });
  const leaks = await plannedLeaks(library, document);
  if (json) answerJson({ ...planJson(plan, config, arms), leaks, warnings: slow ? [slow] : [] });
  else answer([...(slow ? [warningText(slow), ''] : []), planText(plan, config, arms), ...leaks.map(leaksText)].join('\n'));
  return exits.done;
}

/** Turn by turn: what a halving, or a budget of minutes, asks for next is known when the runs before have ended. */
async function runExperiment({ library, json, options }: CommandContext, document: unknown): Promise<number> {
  const slow = await slowPrecision(checkedExperiment(document).arms.flatMap(({ runs }) => runs));
  if (slow) tellSlow(slow);
  const machine = await thisMachine();
  let advance: Advance | null = null;
  let turn: Turn;
  for (let first = true; ; first = false) {
    let todo: RunToTrain[] = [];
    turn = await inTurn(library, options.wait ?? false, async () => {
      advance = advance ? await advanceExperiment(library, advance.experiment.id, machine) : await begin(library, document, machine);
      const { experiment: now, newRunIds } = advance;
      todo = (await labelled(library, now)).filter(({ runId }) => first || newRunIds.includes(runId));
      if (!first && todo.length > 0) say(`Next: ${todo.length} ${todo.length === 1 ? 'run' : 'runs'} that the results so far ask for.`);
      return todo;
    });
    if (turn.interrupted || turn.handedOver || todo.length === 0 || advance!.then !== 'waiting') break;
  }
  return tellEnd({ library, json }, turn, advance!);
}

async function begin(library: string, document: unknown, machine: Awaited<ReturnType<typeof thisMachine>>): Promise<Advance> {
  const before = await unfinishedExperiment(library, document, machine, (message) => { say(`warning: ${message} The experiment it is of is passed over.`); });
  const advance = before?.advance ?? (await startExperiment(library, document, machine));
  const { name, question } = advance.experiment;
  say(question || name);
  const runIds = advance.experiment.arms.flatMap((arm) => arm.runIds);
  if (before?.complete) say(`This experiment is done already: ${advance.experiment.id}. Nothing is left to train.`);
  else if (before) say(`Goes on with the experiment ${advance.experiment.id}: ${runIds.length - before.todo} of its ${runIds.length} runs have ended already.`);
  if (advance.reused.length > 0) say(`${advance.reused.length} of its runs are in the library already, equal in every cause and surroundings; they are counted, not trained again.`);
  if (advance.then === 'budget-used') say(`The budget leaves ${advance.leftOut} runs out.`);
  return advance;
}

/** What is still to be trained, seed by seed. */
async function labelled(library: string, experiment: ExperimentManifest): Promise<RunToTrain[]> {
  const names = new Map(experiment.arms.flatMap(({ key, runIds, seeds }) => runIds.map((runId, i): [string, string] => [runId, `${key}, seed ${seeds[i]}`])));
  return (await runsToDo(library, experiment)).map((run) => ({ ...run, label: names.get(run.runId) ?? run.runId }));
}

async function tellEnd({ library, json }: Pick<CommandContext, 'library' | 'json'>, { interrupted, handedOver }: Turn, advance: Advance): Promise<number> {
  const comparison = await compareExperiment(library, advance.experiment.id);
  if (json) answerJson(experimentJson(advance, comparison));
  else answer(experimentText(library, advance, comparison));
  if (handedOver) return exits.done;
  const left = await runsToDo(library, advance.experiment);
  if (interrupted || left.length > 0) say((await readQueue(library)).paused ? 'The queue is paused.' : 'The same command goes on with it.');
  if (interrupted) return exits.interrupted;
  return comparison.arms.every(({ runs }) => runs.every(({ status }) => status === 'completed' || status === 'given')) ? exits.done : exits.failed;
}
