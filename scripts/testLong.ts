// npm run test:long: the long versions of the tests, and the formats read by their own tools in a Python environment.
// CULTIVAR_ECO_PYTHON names an environment's interpreter of one's own; else one is made in the cache from test/long/requirements.txt.
// Last line: "N passed, N failed, N skipped".
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { installPythonEnvironment, pythonEnvironment } from './lib/pythonEnvironment';

const project = join(import.meta.dirname, '..');
const results = join(project, 'test-results');
mkdirSync(results, { recursive: true });

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(command, args, { cwd: project, env, stdio: 'inherit' }).status === 0;

/** The interpreter of the environment; null, with the reason printed, where there can be none. */
function ecosystem(): string | null {
  const given = process.env.CULTIVAR_ECO_PYTHON;
  if (given) return given;
  const requirements = join(project, 'test/long/requirements.txt');
  const environment = pythonEnvironment('ecosystem', requirements);
  if (!environment.isInstalled) console.log(`Making a Python environment in ${environment.folder} (several GB)`);
  const missing = installPythonEnvironment(environment, requirements);
  if (missing === null) {
    console.log('SKIPPED every check that needs Python: python3 -m venv failed');
    return null;
  }
  for (const line of missing) console.log(`NOT INSTALLED: ${line}; the checks that need it are skipped`);
  return environment.python;
}

const report = join(results, 'long.json');
const python = ecosystem();
const ok = run(process.execPath, [
  join(project, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/long/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...process.argv.slice(2),
], { ...process.env, CULTIVAR_LONG_TESTS: '1', ...(python && { CULTIVAR_ECO_PYTHON: python }) });

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[] }[];
}
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
for (const { assertionResults } of testResults) {
  for (const { status, fullName } of assertionResults) if (status === 'pending' || status === 'skipped') console.log(`skipped: ${fullName}`);
}
// A runner that failed without a failing test, or ran none, has failed itself.
const silent = (!ok && numFailedTests + unloaded === 0) || numPassedTests + numFailedTests + unloaded === 0 ? 1 : 0;
const failed = numFailedTests + unloaded + silent;
console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
