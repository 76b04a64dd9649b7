// npm run bench:env — makes the Python environment that `npm run bench` compares with, and prints its interpreter.
import { join } from 'node:path';
import { installPythonEnvironment, pythonEnvironment } from '../../scripts/lib/pythonEnvironment';

export const requirementsFile = join(import.meta.dirname, 'requirements.txt');
/** CULTIVAR_BENCH_PYTHON names an interpreter of one's own. */
export const benchPython = (): { python: string; isInstalled: boolean } => {
  const own = process.env['CULTIVAR_BENCH_PYTHON'];
  return own ? { python: own, isInstalled: true } : pythonEnvironment('bench-pytorch', requirementsFile);
};

if (process.argv[1] === import.meta.filename) {
  const environment = pythonEnvironment('bench-pytorch', requirementsFile);
  if (!environment.isInstalled) console.error(`Making a Python environment in ${environment.folder} (several GB)`);
  const missing = installPythonEnvironment(environment, requirementsFile);
  if (missing === null) console.error('python3 -m venv failed: Python 3 with venv is needed.');
  for (const line of missing ?? []) console.error(`Could not be installed: ${line}`);
  if (missing?.length === 0) console.log(environment.python);
  else process.exitCode = 1;
}
