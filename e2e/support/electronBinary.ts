import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const project = join(import.meta.dirname, '../..');

/**
 * Electron's binary: ELECTRON_OVERRIDE_DIST_PATH, else the one that the set-up has chosen, else that of the npm package.
 * Requiring the package would start a download.
 */
export function electronBinary(): string {
  const own = join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? chosenBySetup() ?? own, 'electron');
  if (!existsSync(path)) throw new Error(`There is no Electron at ${path}. Set it up first: npm run setup`);
  return path;
}

function chosenBySetup(): string | null {
  const record = join(project, '.cultivar/electron.json');
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as { distPath: string }).distPath : null;
}
