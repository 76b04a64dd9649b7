import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../src/library/paths';

const run = (command: string, args: readonly string[]) => spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;

/** The Python environment of a requirements file: in the cache, named by what the file says, so that another file is another environment. */
export interface PythonEnvironment {
  readonly folder: string;
  /** The interpreter. */
  readonly python: string;
  readonly isInstalled: boolean;
}

/** Where the environment of that file lies, or would lie. */
export function pythonEnvironment(kind: string, requirementsFile: string): PythonEnvironment {
  const hash = createHash('sha256').update(readFileSync(requirementsFile)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), kind, hash);
  return { folder, python: join(folder, 'bin/python'), isInstalled: existsSync(join(folder, '.installed')) };
}

/**
 * Makes the environment where it is not there yet. One package after the other: what cannot be installed must not take the others
 * along; the next start tries it again.
 * @returns the requirements that could not be installed; null where there can be no environment at all
 */
export function installPythonEnvironment({ folder, python, isInstalled }: PythonEnvironment, requirementsFile: string): string[] | null {
  if (isInstalled) return [];
  mkdirSync(folder, { recursive: true });
  if (!run('python3', ['-m', 'venv', folder])) return null;
  const requirements = readFileSync(requirementsFile, 'utf8');
  const missing = requirements.split('\n').filter((line) => line && !line.startsWith('#')).filter((line) => !run(python, ['-m', 'pip', 'install', '--quiet', '--prefer-binary', line]));
  if (missing.length === 0) writeFileSync(join(folder, '.installed'), requirements);
  return missing;
}
