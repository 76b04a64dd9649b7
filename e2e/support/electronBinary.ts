import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Electron's binary: the one that set-up chose (ELECTRON_OVERRIDE_DIST_PATH), else that of the npm package.
 * Requiring the package would start a download.
 */
export function electronBinary(): string {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = given ?? join(dirname(createRequire(import.meta.url).resolve('electron/package.json')), 'dist');
  const path = join(folder, 'electron');
  if (!existsSync(path)) throw new Error(`There is no Electron at ${path}. Set it up first: npm run setup`);
  return path;
}
