// One training step of the engine for every line on stdin; answers each with the loss and the processor time so far, in seconds.
// Usage: tsx bench/stepProcess.ts STEM BATCH PRECISION
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StemName } from '../src/core/model/architecture';
import { loadTensorFlow } from '../src/engine/backend';
import type { NetworkSpec } from '../src/engine/step/network';
import { engine } from './contestants';

const [stem, batch, precision] = process.argv.slice(2) as [StemName, string, NetworkSpec['precision']];
const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const contestant = await engine(loadTensorFlow(), stem, Number(batch), precision, folder);
console.log('ready');
for await (const _line of createInterface({ input: process.stdin })) console.log(await contestant.run(), contestant.processorMs() / 1000);
