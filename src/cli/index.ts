// The command line: the same runs without a window. `npm run --silent cultivar -- COMMAND` from the project.
import { parseArgs } from 'node:util';
import { libraryFolder } from '../library/paths';
import { cultivarVersion } from '../system/version';
import type { Command } from './command';
import { compare, compareUsage } from './commands/compare';
import { evaluate, evaluateUsage } from './commands/evaluate';
import { experiment, quickstartCommand } from './commands/experiment';
import { exportCommand, exportUsage } from './commands/export';
import { figure, figureUsage } from './commands/figure';
import { interchangeCommands, interchangeOptions } from './commands/interchangeCommands';
import { dataset, datasetOptions, datasetUsage } from './commands/dataset';
import { bin, binUsage } from './commands/bin';
import { doctor, runs, runsUsage } from './commands/library';
import { note, noteUsage, tag, tagUsage } from './commands/remarks';
import { queue } from './commands/queue';
import { extend, extendUsage } from './commands/extend';
import { report, reportUsage } from './commands/report';
import { uninstall } from './commands/uninstall';
import { runtimeCommand, runtimeUsage } from './commands/runtime';
import { toolCommands, toolOptions } from './commands/toolCommands';
import { train } from './commands/train';
import { answer, exits, outliveClosedOutput, tellError, usage } from './output';

const commands: Readonly<Record<string, Command>> = {
  doctor: { usage: 'doctor [--deep]', does: 'what this machine has, what is missing, and the command that mends it', options: ['deep'], run: doctor },
  dataset: { usage: datasetUsage, does: 'data sets: images of any layout come in; folders, zip, tar, CSV, CIFAR, IDX, .npz, Parquet', options: ['plan', 'from', ...(Object.keys(datasetOptions) as (keyof typeof datasetOptions)[])], run: dataset },
  train: { usage: 'train CONFIG.json [--resume RUN] [--wait]', does: 'one run, with progress, rate and time left', options: ['resume', 'wait'], run: train },
  extend: { usage: extendUsage, does: 'a new run that trains on from where a completed one ended', options: ['epochs', 'schedule', 'wait'], run: extend },
  queue: { usage: 'queue [pause | continue | move RUN PLACE | at-once RUNS]', does: 'what waits and trains; app and command line share it', options: [], run: queue },
  runs: { usage: runsUsage, does: 'what the library holds, by tag or by words and settings: \'seminar epochs:20 -stem:cifar\'', options: ['tag', 'find'], run: runs },
  tag: { usage: tagUsage, does: 'adds and removes tags; they change no result', options: [], run: tag },
  note: { usage: noteUsage, does: 'reads or writes the note of a run or an experiment', options: [], run: note },
  bin: { usage: binUsage, does: 'what was deleted; removes runs, or weights and keeps records, brings back, frees the disk', options: [], run: bin },
  experiment: { usage: 'experiment FILE.json [--plan] [--wait]', does: 'every arm with every seed, and what it says; or what it would do', options: ['plan', 'wait'], run: experiment },
  quickstart: { usage: 'quickstart [--wait]', does: 'a first experiment of a few minutes on CIFAR-10', options: ['wait'], run: quickstartCommand },
  evaluate: { usage: evaluateUsage, does: 'a run\'s last checkpoint on plain images', options: ['split', 'open-test', 'tta', 'arm', 'weights', 'without', 'no-matrix'], run: evaluate },
  compare: { usage: compareUsage, does: 'differences with intervals and verdicts, confounds, what cannot be concluded', options: ['margin', 'table', 'format', 'language', 'out', 'force'], run: compare },
  report: { usage: reportUsage, does: 'one HTML file to hand over: answer, figures, evidence, how to reproduce', options: ['out', 'language', 'force', 'no-compute'], run: report },
  figure: { usage: figureUsage, does: 'one chart as SVG or PNG', options: ['figure', 'out', 'format', 'language', 'force'], run: figure },
  export: { usage: exportUsage, does: 'a run\'s model in another format, checked in another runtime', options: ['format', 'out', 'precision', 'fold', 'checkpoint', 'weights', 'temperature', 'keep-failed', 'parity-images'], run: exportCommand },
  ...interchangeCommands,
  ...toolCommands,
  runtime: { usage: runtimeUsage, does: 'TensorFlow\'s libraries of an installed Cultivar: what is there, fetch, offline pack', options: ['out', 'variant'], run: runtimeCommand },
  uninstall: { usage: 'uninstall', does: 'before removing an installed Cultivar: what it keeps for you outside of the library', options: [], run: uninstall },
};

const help = () => [
  `Cultivar ${cultivarVersion()}`,
  '',
  ...Object.values(commands).flatMap(({ usage: line, does }) => [line, `    ${does}`]),
  '',
  '--json            one JSON document on stdout, everything else on stderr',
  '--library DIR     the library; else CULTIVAR_LIBRARY, else ~/.local/share/cultivar',
  '',
  'Exit codes: 0 done, 1 failed, 2 bad input, 130 interrupted',
].join('\n');

async function main(words: readonly string[]): Promise<number> {
  const json = words.includes('--json');
  try {
    const { values, positionals: [name, ...positionals] } = parse(words);
    if (values.version) return answer(cultivarVersion()), exits.done;
    const command = name === undefined ? undefined : Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (values.help || name === undefined) {
      answer(command ? `cultivar ${command.usage}\n${command.does}` : help());
      return values.help ? exits.done : exits.badInput;
    }
    if (!command) throw usage(`"${name}" is no command. There are ${Object.keys(commands).join(', ')}.`);
    const { json: _json, library, help: _help, version: _version, ...options } = values;
    const foreign = Object.keys(options).find((option) => !(command.options as readonly string[]).includes(option));
    if (foreign) throw usage(`--${foreign} is no option of ${name}. usage: cultivar ${command.usage}`);
    return await command.run({ library: libraryFolder(library), json, positionals, options });
  } catch (error) {
    return tellError(error, json);
  }
}

/** "-old" of `tag RUN +new -old` is a word, not options; with "--" before it, it is taken as one. */
function signedLast(words: readonly string[]): string[] {
  const command = words.find((word, i) => !word.startsWith('-') && words[i - 1] !== '--library');
  const signed = (word: string) => command === 'tag' && /^-[^-]/.test(word) && word !== '-h';
  return [...words.filter((word) => !signed(word)), ...(words.some(signed) ? ['--', ...words.filter(signed)] : [])];
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: signedLast(words), allowPositionals: true,
      options: {
        ...interchangeOptions, ...toolOptions,
        ...datasetOptions,
        json: { type: 'boolean' }, library: { type: 'string' }, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' },
        margin: { type: 'string' }, language: { type: 'string' }, force: { type: 'boolean' }, 'no-compute': { type: 'boolean' }, table: { type: 'string' }, figure: { type: 'string' }, resume: { type: 'string' }, epochs: { type: 'string' }, schedule: { type: 'string' }, format: { type: 'string' }, out: { type: 'string' }, deep: { type: 'boolean' }, split: { type: 'string' }, arm: { type: 'string' }, 'open-test': { type: 'boolean' }, plan: { type: 'boolean' },
        precision: { type: 'string' }, fold: { type: 'boolean' }, 'no-matrix': { type: 'boolean' }, temperature: { type: 'boolean' }, checkpoint: { type: 'string' }, 'keep-failed': { type: 'boolean' }, 'parity-images': { type: 'string' }, wait: { type: 'boolean' }, tta: { type: 'string' }, without: { type: 'string' }, variant: { type: 'string' }, tag: { type: 'string' }, find: { type: 'string' },
      },
    });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

outliveClosedOutput();
process.exitCode = await main(process.argv.slice(2));
