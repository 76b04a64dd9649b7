// npm run speed: every speed that a person feels, measured in the built app's own window; one table, printed and written into docs/performance.md.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { between } from '../e2e/support/frames';
import { speedFile, type Speed } from '../e2e/support/tellSpeed';

const project = join(import.meta.dirname, '..');
const [results, document] = [join(project, 'test-results', 'speeds.jsonl'), join(project, 'docs', 'performance.md')];
const measurements = ['speed', 'listing', 'overlay', 'tiles', 'frames'];

mkdirSync(join(project, 'test-results'), { recursive: true });
rmSync(results, { force: true });
const load = loadavg()[0]!.toFixed(1);
let failed = false;
for (const name of measurements) {
  // Each alone: what one leaves behind is not measured in the next. Its folder is Playwright's to empty.
  const output = join(project, 'test-results', `speed-${name}`);
  const { status } = spawnSync(join(project, 'node_modules/.bin/playwright'), ['test', `--project=${name}`, `--output=${output}`], { cwd: project, stdio: 'inherit', env: { ...process.env, [speedFile]: results } });
  failed ||= status !== 0;
}

const speeds = readFileSync(results, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Speed);
const ms = (value: number | null | undefined) => (value === null || value === undefined ? '' : value < 100 ? value.toFixed(1) : value.toFixed(0));
const met = ({ middle, high, wanted }: Speed) => middle <= wanted.middle && (wanted.high === undefined || (high !== null && high <= wanted.high));
const table = [
  '| | median ms | 99 % or slowest, ms | wanted, ms | met |',
  '|---|---:|---:|---:|---|',
  ...speeds.map((speed) => `| ${speed.what} | ${ms(speed.middle)} | ${ms(speed.high)} | ${[ms(speed.wanted.middle), ms(speed.wanted.high)].filter(Boolean).join(', ')} | ${met(speed) ? 'yes' : 'no'} |`),
];
const text = [
  '## What a person waits for',
  '',
  `Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run speed\`: ${cpus().length} × ${cpus()[0]!.model}, Electron's built window at its first size on a display in memory,`,
  `drawn without a GPU; load average at the start ${load}. The parts of it alone, with more figures: \`npm run listing\`, \`overlay\`, \`tiles\`, \`frames\`.`,
  '',
  ...table,
].join('\n');
writeFileSync(document, between(readFileSync(document, 'utf8'), ['<!-- npm run speed: begin -->', '<!-- npm run speed: end -->'], text));
console.log(`\n${text}`);
if (failed) {
  console.error('A measurement failed: its rows are missing.');
  process.exitCode = 1;
}
