/**
 * npm run bench [-- --stem imagenet|cifar] [--rounds N] [--write]
 *
 * Times, interleaved in one run: the engine's training step, the same ResNet50 run eagerly through tfjs layers, and this
 * machine's matrix-product peak. Prints a table; --write puts it into docs/performance.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../src/engine/backend';
import type { StemName } from '../src/core/model/architecture';
import { eager, engine, imageSize, matrixProduct, matrixProductFlops } from './contestants';
import { trainingFlops } from './flops';
import { measureInterleaved } from './measure';
import { currentLoad, description, table, writeIntoDocument, type Row } from './report';

const settings = [
  { stem: 'imagenet', batchSize: 128, rounds: 15 },
  { stem: 'cifar', batchSize: 32, rounds: 7 },
] as const satisfies readonly { stem: StemName; batchSize: number; rounds: number }[];

const { values } = parseArgs({ options: { stem: { type: 'string' }, rounds: { type: 'string' }, write: { type: 'boolean' } } });
const chosen = settings.filter(({ stem }) => values.stem === undefined || values.stem === stem);
if (chosen.length === 0) throw new Error(`--stem is imagenet or cifar, not ${values.stem}.`);
const givenRounds = values.rounds === undefined ? null : Number(values.rounds);
if (givenRounds !== null && !(Number.isInteger(givenRounds) && givenRounds > 0)) throw new Error('--rounds is a whole number above 0.');

const load = currentLoad();
const tf = loadTensorFlow();
const scratch = mkdtempSync(join(tmpdir(), 'cultivar-bench-'));
const rows: Row[] = [];
try {
  for (const { stem, batchSize, rounds: usualRounds } of chosen) {
    const rounds = givenRounds ?? usualRounds;
    console.error(`${stem} stem, batch ${batchSize}: ${rounds} rounds …`);
    const contestants = {
      engine: await engine(tf, stem, batchSize, 'float32', scratch),
      eager: eager(tf, stem, batchSize),
      peak: matrixProduct(tf),
    };
    const { peak, ...timings } = measureInterleaved(contestants, rounds, 2);
    for (const contestant of Object.values(contestants)) contestant.close();
    rows.push({
      stem,
      batchSize,
      rounds,
      flopsPerImage: trainingFlops(stem, imageSize),
      ...timings,
      peak: { ...peak, flops: matrixProductFlops },
    });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const command = ['npm run bench', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' ');
const text = `${description(tensorFlowVersion(tf), isUsingGpuDevice(tf) ? 'gpu' : 'cpu', command, load)}\n\n${table(rows)}`;
console.log(text);
if (values.write) writeIntoDocument(join(import.meta.dirname, '..', 'docs', 'performance.md'), text);
