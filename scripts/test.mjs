// npm test: the set-up, then every check. Goes on after a failing stage, so that one run shows all that is wrong.
// Last line: "N passed, N failed, N skipped", tests counted one by one, every other stage as one.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { electronEnvironment, project, setUp } from './lib/bootstrap.mjs';

const results = join(project, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const started = Date.now();
const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`;

// The build is a stage of its own: when it fails, the other checks still run.
await setUp(['runtime', 'electron', 'data'], ['--tests']);
const env = { ...electronEnvironment(), PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'e2e.json'), CI: process.env.CI ?? '' };
const bin = (name) => join(project, 'node_modules/.bin', name);

/** A stage is one command; with `count` its own report is counted instead. */
const stages = [
  { name: 'types', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'import layers', command: ['npm', 'run', '--silent', 'layers'] },
  { name: 'dead code', command: ['npm', 'run', '--silent', 'dead-code'] },
  { name: 'unit', command: [bin('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile=${join(results, 'unit.json')}`], count: countVitest },
  { name: 'engine parity', command: ['npm', 'run', '--silent', 'replay', '--', 'test/fixtures/trajectories.json'] },
  { name: 'augmentation parity', command: ['npm', 'run', '--silent', 'replay:augmentation', '--', 'test/fixtures/augmentation-vectors.json'] },
  { name: 'augmentation parity, odd sizes', command: ['npm', 'run', '--silent', 'replay:augmentation', '--', 'test/fixtures/augmentation-vectors-odd.json'] },
  { name: 'statistics parity', command: ['npm', 'run', '--silent', 'replay:statistics', '--', 'test/fixtures/statistics.json'] },
  { name: 'build', command: [process.execPath, '--import', 'tsx', 'scripts/setup/index.ts', 'build'] },
  { name: 'e2e', command: [bin('playwright'), 'test', '--project=e2e', '--reporter=list,json'], count: countPlaywright },
];

function countVitest() {
  const { numPassedTests: passed, numFailedTests, numPendingTests: skipped, numTodoTests, testResults } = JSON.parse(readFileSync(join(results, 'unit.json'), 'utf8'));
  // A file that does not load has no test to fail.
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  for (const { assertionResults } of testResults) {
    for (const { status, fullName } of assertionResults) if (status === 'pending' || status === 'skipped') console.log(`skipped: ${fullName}`);
  }
  return { passed, failed: numFailedTests + unloaded, skipped: skipped + numTodoTests };
}

function countPlaywright() {
  const { stats, suites } = JSON.parse(readFileSync(env.PLAYWRIGHT_JSON_OUTPUT_NAME, 'utf8'));
  const tellSkipped = (suite) => {
    for (const { title, tests } of suite.specs ?? []) {
      for (const { status, annotations } of tests) if (status === 'skipped') console.log(`skipped: ${title}: ${annotations.map(({ description }) => description).join(', ')}`);
    }
    (suite.suites ?? []).forEach(tellSkipped);
  };
  suites.forEach(tellSkipped);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function run([command, ...args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: project, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => { console.error(error.message); resolve(1); });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const total = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
for (const { name, command, count } of stages) {
  const since = Date.now();
  console.log(`\n=== ${name} ===`);
  const code = await run(command);
  let counts = code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  if (count) {
    try {
      const counted = count();
      const nothing = counted.passed + counted.failed === 0;
      // A runner that failed without a failing test, or ran none, has failed itself.
      counts = { ...counted, failed: counted.failed + (nothing || (code !== 0 && counted.failed === 0) ? 1 : 0) };
    } catch (error) {
      console.error(`${name}: no report was written (${error.message})`);
    }
  }
  for (const key of Object.keys(total)) total[key] += counts[key];
  summary.push(`${counts.failed === 0 ? 'ok  ' : 'FAIL'}  ${name.padEnd(32)} ${seconds(since).padStart(6)}  ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
}
console.log(`\n${summary.join('\n')}\nall ${seconds(started)}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
