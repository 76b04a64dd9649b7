import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import type { Progress } from './progress';
import { run } from './run';

const project = join(import.meta.dirname, '../..');
const stamp = join(project, 'out/.stamp');

/** Hash of every file that the build reads. */
async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(join(project, 'src'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts')).map((entry) => join(entry.parentPath, entry.name));
  for (const file of [...files.sort(), ...['electron.vite.config.ts', 'package-lock.json', 'package.json'].map((name) => join(project, name))]) {
    hash.update(file.slice(project.length));
    hash.update(await readFile(file));
  }
  return hash.digest('hex');
}

/** Builds the app unless the last build was of these very sources. */
export async function ensureBuild(progress: Progress): Promise<'there' | 'made'> {
  const hash = await sourceHash();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return 'there';
  progress.say('Building the app');
  const end = await run(process.execPath, [join(project, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], { cwd: project });
  if (end?.code !== 0) {
    throw new CultivarError({ code: 'internal', message: 'The app could not be built.', remedy: 'See why:', command: 'npm run build', detail: end?.output.slice(-4000) });
  }
  await writeFile(stamp, hash);
  return 'made';
}
