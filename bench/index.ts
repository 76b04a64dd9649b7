/**
 * npm run bench [-- --stem imagenet|cifar] [--precision float32|bfloat16] [--rounds N] [--without pytorch|compile] [--with tfjs] [--threads N] [--profile] [--write]
 *
 * Times, interleaved in one run, a training step of ResNet50 by the engine, by PyTorch (eager and compiled; `npm run bench:env` makes its
 * environment) and, where asked for, by tfjs layers, beside this machine's matrix-product peak of the same precision. Prints a table;
 * --write puts it into docs/performance.md. --threads sets the threads of both, for a busy machine: see the processor time then. --profile
 * prints where the engine's step goes, op by op, instead.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../src/engine/backend';
import { eager, engine, imageSize, matrixProduct, matrixProductFlops, type Contestant } from './contestants';
import { trainingFlops } from './flops';
import { measureInterleaved } from './measure';
import { processContestant } from './processContestant';
import { profile } from './profile';
import { benchPython } from './pytorch/environment';
import { currentLoad, description, table, writeIntoDocument, type Row } from './report';

const cells = [
  { stem: 'imagenet', batchSize: 128, precision: 'float32', rounds: 15 },
  { stem: 'imagenet', batchSize: 128, precision: 'bfloat16', rounds: 15 },
  { stem: 'cifar', batchSize: 32, precision: 'float32', rounds: 7 },
  { stem: 'cifar', batchSize: 32, precision: 'bfloat16', rounds: 7 },
] as const;

const { values } = parseArgs({
  options: {
    stem: { type: 'string' }, precision: { type: 'string' }, rounds: { type: 'string' }, without: { type: 'string' }, with: { type: 'string' }, threads: { type: 'string' }, profile: { type: 'boolean' }, write: { type: 'boolean' },
  },
});
const chosen = cells.filter(({ stem, precision }) => (values.stem ?? stem) === stem && (values.precision ?? precision) === precision);
if (chosen.length === 0) throw new Error(`There is no cell of stem ${values.stem} and precision ${values.precision}.`);
const givenRounds = values.rounds === undefined ? null : Number(values.rounds);
if (givenRounds !== null && !(Number.isInteger(givenRounds) && givenRounds > 0)) throw new Error('--rounds is a whole number above 0.');

// Both read it when they are loaded. One thread each tells work alone: with several, a thread that waits for another may spin.
if (values.threads !== undefined) {
  if (!/^[1-9]\d*$/.test(values.threads)) throw new Error('--threads is a whole number above 0.');
  process.env['TF_NUM_INTRAOP_THREADS'] = process.env['OMP_NUM_THREADS'] = values.threads;
}
const withPytorch = values.without !== 'pytorch';
const { python, isInstalled } = benchPython();
if (withPytorch && !values.profile && !isInstalled) throw new Error('PyTorch is not installed: run "npm run bench:env" first, or leave it out with --without pytorch.');
const stepScript = join(import.meta.dirname, 'pytorch', 'step.py');

async function measure(scratch: string): Promise<{ rows: Row[]; pytorch: string | null }> {
  const tf = loadTensorFlow();
  const rows: Row[] = [];
  let pytorch: string | null = null;
  for (const { stem, batchSize, precision, rounds: usualRounds } of chosen) {
    const rounds = givenRounds ?? usualRounds;
    console.error(`${stem} stem, batch ${batchSize}, ${precision}: ${rounds} rounds …`);
    const contestants: Record<string, Contestant> = { engine: await engine(tf, stem, batchSize, precision, scratch), peak: await matrixProduct(precision, scratch) };
    if (withPytorch) {
      for (const mode of values.without === 'compile' ? ['eager'] : ['eager', 'compile']) {
        const opened = await processContestant(python, [stepScript, stem, String(batchSize), precision, mode]);
        pytorch = opened.greeting;
        contestants[mode] = opened;
      }
    }
    if (values.with === 'tfjs' && precision === 'float32') contestants['tfjs'] = eager(tf, stem, batchSize);
    try {
      const timings = await measureInterleaved(contestants, rounds, 2);
      rows.push({
        stem, batchSize, precision, rounds, flopsPerImage: trainingFlops(stem, imageSize), engine: timings['engine']!, peak: { ...timings['peak']!, flops: matrixProductFlops },
        eager: timings['eager'] ?? null, compile: timings['compile'] ?? null, tfjs: timings['tfjs'] ?? null,
      });
    } finally {
      for (const contestant of Object.values(contestants)) contestant.close();
    }
  }
  return { rows, pytorch };
}

if (values.profile) {
  for (const { stem, batchSize, precision } of chosen) console.log(await profile(stem, batchSize, precision, givenRounds ?? 3));
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
