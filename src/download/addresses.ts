import { CultivarError } from '../contracts/errors';
import { installedPackage } from '../library/installed';
import { runProgram } from '../library/program';
import { npmSettings } from './npmSettings';
import { pipSettings } from './pipSettings';

/** The package index that pip uses here: the configured one, else pip's built-in one, which an installed package carries along. */
export async function pythonIndex(): Promise<string> {
  return (await pipSettings()).index ?? installedPackage()?.pythonIndex ?? builtInPythonIndex();
}

/** The registry that npm uses here, by the same rule. */
export async function npmRegistry(): Promise<string> {
  return (await npmSettings()).registry ?? installedPackage()?.npmRegistry ?? builtInNpmRegistry();
}

/** @throws CultivarError pip-missing */
export async function builtInPythonIndex(): Promise<string> {
  const end = await runProgram('python3', ['-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'], { timeoutMs: 30_000 });
  const address = end.kind === 'ended' && end.code === 0 ? end.stdout.trim() : '';
  if (address) return address;
  throw new CultivarError({ code: 'pip-missing', message: 'No Python package index is known here: pip, which has one built in, is missing, and PIP_INDEX_URL is not set.', remedy: 'Install pip, or set PIP_INDEX_URL.', command: 'sudo apt-get install python3-pip' });
}

/** @throws CultivarError download-failed without npm */
export async function builtInNpmRegistry(): Promise<string> {
  // An empty file stands for both configurations, so that the built-in value answers.
  const end = await runProgram('npm', ['config', 'get', 'registry', '--userconfig=/dev/null', '--globalconfig=/dev/null'], { timeoutMs: 60_000, environment: { ...process.env, npm_config_registry: undefined, NPM_CONFIG_REGISTRY: undefined } });
  const address = end.kind === 'ended' && end.code === 0 ? end.stdout.trim() : '';
  if (address.startsWith('http')) return address;
  throw new CultivarError({ code: 'download-failed', message: 'No npm registry is known here: npm, which has one built in, is missing, and npm_config_registry is not set.', remedy: 'Install npm, or set npm_config_registry.', command: 'sudo apt-get install npm' });
}
