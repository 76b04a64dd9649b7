/**
 * npm run bench:hosts [-- --rounds N] — the same training step in Node and in the app's executable, as the trainer runs there, interleaved; then
 * what of a step goes into input with the fullest augmentation.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataset } from '../src/data/openDataset';
import { openBatches } from '../src/engine/input';
import { libraryFolder } from '../src/library/paths';
import { electronBinary } from '../e2e/support/electronBinary';
import { measureInterleaved } from './measure';
import { processContestant } from './processContestant';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error('--rounds is a whole number above 0.');
const electron = electronBinary();
if (!existsSync(electron)) throw new Error('Electron is not there: run "npm run setup" first.');

const [stem, batchSize] = ['imagenet', 128] as const;
const args = ['--import', createRequire(import.meta.url).resolve('tsx'), join(import.meta.dirname, 'stepProcess.ts'), stem, String(batchSize), 'float32'];
const contestants = { node: await processContestant(process.execPath, args), app: await processContestant(electron, args, { ...process.env, ELECTRON_RUN_AS_NODE: '1' }) };
const { node, app } = await measureInterleaved(contestants, rounds, 3);
for (const contestant of Object.values(contestants)) contestant.close();
const ratio = (a: number, b: number) => (a / b).toFixed(3);
console.log(`A step in the app's executable against Node: ${ratio(app.medianMs, node.medianMs)} by the clock, ${ratio(app.processorMs, node.processorMs)} in processor time (${rounds} rounds, medians; best steps ${ratio(app.bestMs, node.bestMs)}).`);

const dataset = await openDataset(libraryFolder(), 'cifar10');
const source = openBatches({
  store: dataset.store, indices: Uint32Array.from({ length: 40 * batchSize }, (_, i) => i), batchSize, seed: 1, augmentation: 'crop-flip-trivialaugment', epochs: 1, startStep: 0, workers: 0,
});
const started = process.cpuUsage();
let images = 0;
for (let batch = await source.next(); batch; batch = await source.next()) {
  images += batch.labels.length;
  batch.release();
}
const { user, system } = process.cpuUsage(started);
await source.close();
const inputMs = ((user + system) / 1000 / images) * batchSize;
console.log(`Input of a batch of ${batchSize} (crop + flip + TrivialAugment): ${inputMs.toFixed(2)} ms of processor time, ${((100 * inputMs) / (node.processorMs + inputMs)).toFixed(2)} % of ResNet50's step with it.`);
