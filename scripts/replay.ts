/**
 * npm run replay -- FILE.json [--library DIR] [--device cpu|gpu]
 *
 * Replays training trajectories that PyTorch computed (test/fixtures/trajectories.json) through the engine and prints how far
 * it is from PyTorch's float64. On a GPU, TF32 would deviate more than is allowed: set NVIDIA_TF32_OVERRIDE=0 there. Exit code 0: every case within tolerance; 1: one is not; 2: the file cannot be used.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { DatasetProgress } from '../src/contracts/dataset';
import { CultivarError } from '../src/contracts/errors';
import { ensureCifar10 } from '../src/data/cifar10';
import { openDataset } from '../src/data/openDataset';
import { cacheFolder, libraryFolder } from '../src/library/paths';
import { compare, passes, type Deviation } from './replay/compare';
import { runCase } from './replay/runCase';
import { readTrajectories } from './replay/trajectories';

const text = ({ deviation, tolerance, where, largest }: Deviation) =>
  `${largest.toExponential(1)} (${where}: ${deviation.toExponential(1)} of ${tolerance.toExponential(1)} allowed)`;

/** Names each phase of fetching the images once; where they are there already it stays silent. */
function phaseReporter(): (progress: DatasetProgress) => void {
  let last = '';
  return ({ phase, totalBytes }) => {
    if (phase !== last) console.error(`CIFAR-10: ${phase}${totalBytes ? `, ${Math.round(totalBytes / 1e6)} MB` : ''} …`);
    last = phase;
  };
}

async function replay(path: string, library: string, device: 'cpu' | 'gpu'): Promise<boolean> {
  // Read by the driver when the library is loaded, which is later.
  if (device === 'cpu') process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  const file = await readTrajectories(path);
  await ensureCifar10({ libraryDir: library, cacheDir: cacheFolder(), onNotice: console.error, onProgress: phaseReporter() });
  const dataset = await openDataset(library, 'cifar10');
  const scratch = mkdtempSync(join(tmpdir(), 'cultivar-replay-'));
  let passed = true;
  try {
    for (const { case: trajectory, float64, float32 } of file.trajectories) {
      const result = await runCase(trajectory, file, dataset, Object.keys(float64.l2), device, scratch);
      const comparison = compare(result, float64, float32);
      const good = passes(comparison);
      passed &&= good;
      console.log(`${good ? 'pass' : 'FAIL'}  ${JSON.stringify(trajectory)}`);
      for (const [name, deviation] of Object.entries(comparison)) console.log(`      ${name.padEnd(6)}  ${text(deviation as Deviation)}`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  console.log(passed ? 'Every case is within its tolerance.' : 'A case is past its tolerance.');
  return passed;
}

function readArguments(): { path: string; library: string; device: 'cpu' | 'gpu' } {
  const usage = (why: string) =>
    new CultivarError({ code: 'usage', message: `${why} Usage: npm run replay -- FILE.json [--library DIR] [--device cpu|gpu]` });
  const options = { library: { type: 'string' }, device: { type: 'string', default: 'cpu' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw usage((error as Error).message);
  }
  const { positionals: [path, ...rest], values: { library, device } } = parsed;
  if (!path || rest.length > 0) throw usage('One file is wanted.');
  if (device !== 'cpu' && device !== 'gpu') throw usage(`There is no device "${device}".`);
  return { path, library: libraryFolder(library), device };
}

try {
  const { path, library, device } = readArguments();
  process.exitCode = (await replay(path, library, device)) ? 0 : 1;
} catch (error) {
  const badInput = error instanceof CultivarError && ['usage', 'config-unreadable', 'config-invalid'].includes(error.code);
  console.error(error instanceof CultivarError ? [error.message, error.remedy, error.command].filter(Boolean).join(' ') : error);
  process.exitCode = badInput ? 2 : 1;
}
