import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { closure, importedPackages, type Lock } from './contents';

/** Bundled into the build's config this file lies in the project's root, by itself two folders below it. */
const project = existsSync(join(import.meta.dirname, 'package-lock.json')) ? import.meta.dirname : join(import.meta.dirname, '../..');
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

/** One package that is shipped; `text` is empty where it has no licence file. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly text: string;
}

/**
 * The licences of packages, by name.
 * @throws CultivarError where one names no licence: it may not be shipped unseen
 */
export async function licencesOf(lock: Lock, paths: readonly string[]): Promise<Licence[]> {
  return Promise.all([...new Set(paths)].sort().map(async (path) => {
    const folder = join(project, path);
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { name: string; version: string; license?: string; licenses?: readonly { type: string }[] };
    const licence = lock[path]?.license ?? manifest.license ?? manifest.licenses?.map(({ type }) => type).join(' OR ');
    if (!licence) throw new CultivarError({ code: 'internal', message: `${path} names no licence, so it cannot be shipped unseen.`, remedy: 'Look at it, and name its licence in the lock file, or leave it out.' });
    const files = (await readdir(folder)).filter((name) => licenceName.test(name)).sort();
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')));
    return { name: manifest.name, version: manifest.version, licence, text: texts.map((text) => text.trim()).filter(Boolean).join('\n\n') };
  }));
}

/** As one text file. */
export const licenceText = (licences: readonly Licence[]): string =>
  licences.map(({ name, version, licence, text }) => [`${name} ${version}`, `Licence: ${licence}`, '', text].join('\n')).join(`\n\n${'-'.repeat(78)}\n\n`);

/** All that is shipped: the packages loaded at run time, those built in, and Electron. */
export async function shippedLicences(): Promise<Licence[]> {
  const read = async (file: string) => JSON.parse(await readFile(join(project, file), 'utf8')) as unknown;
  const lock = ((await read('package-lock.json')) as { packages: Lock }).packages;
  const { dependencies } = (await read('package.json')) as { dependencies: Record<string, string> };
  return licencesOf(lock, [...closure(lock, Object.keys(dependencies)), ...(await builtInPackages(lock)), 'node_modules/electron']);
}
