import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { closure, importedPackages, type Lock } from './contents';

const project = join(import.meta.dirname, '../..');
const licenceName = /^(?:licen[cs]e|copying|notice|copyright)/i;

/** Packages that are built into the app's own files: what the sources import, with what that needs. */
export async function builtInPackages(lock: Lock): Promise<string[]> {
  const sources = join(project, 'src');
  const names = new Set<string>();
  for (const file of await readdir(sources, { recursive: true })) {
    if (!/\.(?:ts|vue|css)$/.test(file) || /\.test\.ts$|\/testing\/|\/dev\//.test(file)) continue;
    for (const name of importedPackages(await readFile(join(sources, file), 'utf8'))) if (lock[`node_modules/${name}`]) names.add(name);
  }
  return closure(lock, [...names].filter((name) => name !== 'electron').sort());
}

/**
 * The licences of all that is shipped, each with its text.
 * @throws CultivarError where a package names no licence: it may not be shipped unseen
 */
export async function licenceTexts(lock: Lock, paths: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const folder = join(project, path);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string; licenses?: readonly { type: string }[] };
    const licence = lock[path]?.license ?? manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' OR ');
    if (!licence) throw new CultivarError({ code: 'internal', message: `${path} names no licence, so it cannot be shipped unseen.`, remedy: 'Look at it, and name its licence in the lock file, or leave it out.' });
    const files = (await readdir(folder)).filter((name) => licenceName.test(name));
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
    parts.push([`${manifest.name} ${manifest.version}`, `Licence: ${licence}`, '', ...texts.map((text) => text.trim())].join('\n'));
  }
  return parts.join(`\n\n${'-'.repeat(78)}\n\n`);
}
