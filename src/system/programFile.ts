import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The file of another of Cultivar's programs, and what Node needs to run it: TypeScript from source, by way of tsx; in the build beside
 * the program that asks (or above its chunks).
 * @param here import.meta.url of the asking file
 * @param source the program's source, relative to it
 * @param name of the built file, without `.js`
 */
export function programFile(here: string, source: string, name: string): { file: string; execArgv: string[] } {
  if (here.endsWith('.ts')) {
    return { file: fileURLToPath(new URL(source, here)), execArgv: ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href] };
  }
  const candidates = [new URL(`./${name}.js`, here), new URL(`../${name}.js`, here)].map((url) => fileURLToPath(url));
  // Nothing that loads native code may lie inside an archive.
  const file = candidates.find((path) => existsSync(path)) ?? candidates[0]!;
  return { file: file.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked'), execArgv: [] };
}
