import { quickstart } from '../../core/config/quickstart';
import { newExperiment } from '../../data/newRuns';
import { ensureCifar10 } from '../../data/cifar10';
import { cacheFolder, experimentFolder } from '../../library/paths';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, table, usage } from '../output';
import { trainRuns } from '../trainRuns';
import { readJsonFile } from './train';

/** experiment FILE.json: every arm with every seed. */
export async function experiment(context: CommandContext): Promise<number> {
  const [file, ...rest] = context.positionals;
  if (!file || rest.length > 0) throw usage('usage: cultivar experiment FILE.json');
  return runExperiment(context, await readJsonFile(file));
}

/** quickstart: the first experiment, on a small network and few images. */
export async function quickstartCommand(context: CommandContext): Promise<number> {
  await ensureCifar10({ libraryDir: context.library, cacheDir: cacheFolder(), onNotice: say });
  return runExperiment(context, quickstart);
}

async function runExperiment({ library, json }: CommandContext, document: unknown): Promise<number> {
  const { experiment: manifest, config, arms, runIds } = await newExperiment(library, document);
  const names = new Map(arms.flatMap(({ key }, i) => manifest.arms[i].runIds.map((runId, seed): [string, string] => [runId, `${key}, seed ${config.seeds[seed]}`])));
  say(`${config.question || config.name}\n${arms.length} arms × ${config.seeds.length} seeds = ${runIds.length} runs`);
  const { ends, interrupted } = await trainRuns(library, runIds.map((runId) => ({ runId, resume: false, label: names.get(runId) ?? runId })));
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
  if (interrupted) return exits.interrupted;
  return ends.length === runIds.length && ends.every(({ outcome }) => outcome === 'completed') ? exits.done : exits.failed;
}
