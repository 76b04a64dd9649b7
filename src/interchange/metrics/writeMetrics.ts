import { mkdir, open, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { MetricsFormat } from '../../contracts/calls/interchange';
import { CultivarError } from '../../contracts/errors';
import { writeFileAtomic } from '../../library/atomic';
import { stringifyJson } from '../../library/json';
import { createFolderWhole } from '../../library/runs';
import { writeMlflow } from './mlflow';
import { readMetrics, type RunMetrics } from './runMetrics';
import { metricsCsv, metricsDocument } from './tables';
import { tensorboardEvents } from './tensorboard';

/**
 * Writes every metric of a run, or of an experiment's runs: `json` one file, the others a folder, there whole or not at all.
 * @throws CultivarError run-unknown, run-damaged, destination-exists, or a storage error
 */
export async function writeMetrics(library: string, id: string, format: MetricsFormat, out: string): Promise<{ readonly path: string; readonly runs: number }> {
  const path = resolve(out);
  if (await stat(path).catch(() => null)) throw new CultivarError({ code: 'destination-exists', message: `${path} exists already.`, remedy: 'Choose another name, or remove what is there.' });
  if (!(await stat(dirname(path)).then((found) => found.isDirectory(), () => false))) throw new CultivarError({ code: 'usage', message: `${dirname(path)} is no folder.`, remedy: 'Choose a folder that exists.' });
  const { name, runs } = await readMetrics(library, id);
  switch (format) {
    case 'json': await writeFileAtomic(path, `${stringifyJson(metricsDocument(name, runs))}\n`); break;
    case 'csv': await createFolderWhole(path, async (folder) => {
      for (const [file, text] of Object.entries(metricsCsv(runs))) await writeFile(join(folder, file), text);
    }); break;
    case 'tensorboard': await createFolderWhole(path, async (folder) => {
      for (const run of runs) await writeEvents(library, join(folder, run.manifest.id), run);
    }); break;
    case 'mlflow': await createFolderWhole(path, (folder) => writeMlflow(folder, id, name, runs));
  }
  return { path, runs: runs.length };
}

async function writeEvents(library: string, folder: string, run: RunMetrics): Promise<void> {
  await mkdir(folder);
  // TensorBoard finds files by this name; the number is their age.
  const seconds = Math.floor(Date.parse(run.manifest.createdAt) / 1000);
  const file = await open(join(folder, `events.out.tfevents.${String(seconds).padStart(10, '0')}.${basename(folder)}`), 'wx');
  try {
    let waiting: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of tensorboardEvents(library, run)) {
      waiting.push(piece);
      if ((bytes += piece.length) < 1 << 20) continue;
      await file.writeFile(Buffer.concat(waiting));
      [waiting, bytes] = [[], 0];
    }
    await file.writeFile(Buffer.concat(waiting));
    await file.sync();
  } finally {
    await file.close();
  }
}
