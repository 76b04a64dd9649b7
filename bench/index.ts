/**
 * npm run bench [-- --stem imagenet|cifar] [--precision float32|bfloat16] [--batch N] [--rounds N] [--without pytorch|compile] [--with tfjs] [--threads N] [--profile] [--write]
 *
 * Times, interleaved in one run, a training step of ResNet50 by the engine, by PyTorch (eager and compiled; `npm run bench:env` makes its
 * environment) and, where asked for, by tfjs layers, beside this machine's matrix-product peak of the same precision. Prints a table;
 * --write puts it into docs/performance.md. --threads sets the threads of both, for a busy machine: see the processor time then. --profile
 * prints where the engine's step goes, op by op, instead. On a GPU a round is ten steps, and PyTorch compiled is the better of its two ways
 * (its default, and "reduce-overhead" with CUDA graphs).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../src/engine/backend';
import { currentNativeEnvironment } from '../src/system/nativeEnvironment';
import { runtimeFacts } from '../src/system/runtimeFacts';
import { eager, engine, imageSize, matrixProduct, matrixProductFlops, type Contestant } from './contestants';
import { trainingFlops } from './flops';
import { measureInterleaved } from './measure';
import { processContestant } from './processContestant';
import { profile } from './profile';
import { benchPython } from './pytorch/environment';
import { currentLoad, description, table, writeIntoDocument, type Row } from './report';

const cells = [
  { stem: 'imagenet', batchSize: { cpu: 128, gpu: 512 }, precision: 'float32', rounds: 15 },
  { stem: 'imagenet', batchSize: { cpu: 128, gpu: 512 }, precision: 'bfloat16', rounds: 15 },
  { stem: 'cifar', batchSize: { cpu: 32, gpu: 256 }, precision: 'float32', rounds: 7 },
  { stem: 'cifar', batchSize: { cpu: 32, gpu: 256 }, precision: 'bfloat16', rounds: 7 },
] as const;
/** Of a unit of work. One step is too short on a GPU to be told from the time that a line between processes takes. */
const stepsAtOnce = { cpu: 1, gpu: 10 } as const;
const compiledModes = { cpu: ['compile'], gpu: ['compile', 'reduce-overhead'] } as const;

const { values } = parseArgs({
  options: {
    stem: { type: 'string' }, precision: { type: 'string' }, batch: { type: 'string' }, rounds: { type: 'string' }, without: { type: 'string' }, with: { type: 'string' }, threads: { type: 'string' }, profile: { type: 'boolean' }, write: { type: 'boolean' },
  },
});
const chosen = cells.filter(({ stem, precision }) => (values.stem ?? stem) === stem && (values.precision ?? precision) === precision);
if (chosen.length === 0) throw new Error(`There is no cell of stem ${values.stem} and precision ${values.precision}.`);
function wholeNumber(name: 'rounds' | 'batch'): number | null {
  const value = values[name] === undefined ? null : Number(values[name]);
  if (value !== null && !(Number.isInteger(value) && value > 0)) throw new Error(`--${name} is a whole number above 0.`);
  return value;
}
const [givenRounds, givenBatch] = [wholeNumber('rounds'), wholeNumber('batch')];

// Both read it when they are loaded. One thread each tells work alone: with several, a thread that waits for another may spin.
if (values.threads !== undefined) {
  if (!/^[1-9]\d*$/.test(values.threads)) throw new Error('--threads is a whole number above 0.');
  process.env['TF_NUM_INTRAOP_THREADS'] = process.env['OMP_NUM_THREADS'] = values.threads;
}
const withPytorch = values.without !== 'pytorch';
const { python, isInstalled } = benchPython();
if (withPytorch && !values.profile && !isInstalled) throw new Error('PyTorch is not installed: run "npm run bench:env" first, or leave it out with --without pytorch.');
const stepScript = join(import.meta.dirname, 'pytorch', 'step.py');

// A GPU's memory is shared with PyTorch here: the trainer's own settings, which the library reads when it is loaded.
Object.assign(process.env, await currentNativeEnvironment(await runtimeFacts()));

async function measure(scratch: string): Promise<{ rows: Row[]; pytorch: string | null }> {
  const tf = loadTensorFlow();
  const device = isUsingGpuDevice(tf) ? 'gpu' : 'cpu';
  const steps = stepsAtOnce[device];
  const rows: Row[] = [];
  let pytorch: string | null = null;
  for (const { stem, batchSize: usualBatch, precision, rounds: usualRounds } of chosen) {
    const [rounds, batchSize] = [givenRounds ?? usualRounds, givenBatch ?? usualBatch[device]];
    console.error(`${stem} stem, batch ${batchSize}, ${precision}: ${rounds} rounds …`);
    const contestants: Record<string, Contestant> = { engine: await engine(tf, stem, batchSize, precision, scratch, steps), peak: await matrixProduct(precision, device, scratch) };
    if (withPytorch) {
      const modes = ['eager', ...(values.without === 'compile' ? [] : compiledModes[device])];
      const opened = await Promise.all(modes.map((mode) => processContestant(python, [stepScript, stem, String(batchSize), precision, mode, String(steps)])));
      pytorch = opened[0]!.greeting;
      modes.forEach((mode, i) => { contestants[mode] = opened[i]!; });
    }
    if (values.with === 'tfjs' && precision === 'float32') contestants['tfjs'] = eager(tf, stem, batchSize);
    try {
      const timings = await measureInterleaved(contestants, rounds, 2, steps);
      const compiled = compiledModes[device].map((mode) => timings[mode]).filter((timing) => timing !== undefined).toSorted((a, b) => a.medianMs - b.medianMs)[0] ?? null;
      rows.push({
        stem, batchSize, precision, rounds, flopsPerImage: trainingFlops(stem, imageSize), engine: timings['engine']!, peak: { ...timings['peak']!, flops: matrixProductFlops(device) / steps },
        eager: timings['eager'] ?? null, compile: compiled, tfjs: timings['tfjs'] ?? null,
      });
    } finally {
      for (const contestant of Object.values(contestants)) contestant.close();
    }
  }
  return { rows, pytorch };
}

if (values.profile) {
  for (const { stem, batchSize, precision } of chosen) console.log(await profile(stem, givenBatch ?? batchSize.cpu, precision, givenRounds ?? 3));
} else {
  const load = currentLoad();
  const scratch = mkdtempSync(join(tmpdir(), 'cultivar-bench-'));
  try {
    const { rows, pytorch } = await measure(scratch);
    const tf = loadTensorFlow();
    const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');
    const text = `${description([`TensorFlow ${tensorFlowVersion(tf)}`, pytorch].filter(Boolean).join(', '), isUsingGpuDevice(tf) ? 'gpu' : 'cpu', command, load)}\n\n${table(rows)}`;
    console.log(text);
    if (values.write) writeIntoDocument(join(import.meta.dirname, '..', 'docs', 'performance.md'), text);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
