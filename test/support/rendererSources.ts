import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'src', 'renderer');

/** What the window is written in, by path under `src/renderer`: without tests, tables of words and the page for development. Read as files, which is much quicker than as modules. */
export function rendererSources(): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return new Map(files.filter((path) => /\.(vue|ts)$/.test(path) && !/\.test\.ts$|(^|\/)(en|ja)\.ts$|^dev\//.test(path)).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
