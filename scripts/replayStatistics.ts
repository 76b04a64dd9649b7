/**
 * npm run replay:statistics -- FILE.json
 *
 * Replays statistics that SciPy and statsmodels computed (test/fixtures/statistics.json) and prints, per kind, the largest relative deviation.
 * A value may be off by 1e-9 of itself plus 1e-12, for `seedsNeeded` by 1e-6 of itself. Exit code 0: every value is within that; 1: one is
 * not; 2: the file cannot be used. No case is left out. Values of `seedsNeeded` that are not the root are held against what the search of
 * statsmodels gives where SciPy's noncentral t fails (scripts/replay/solvePower.ts), and are counted.
 */
import { CultivarError } from '../src/contracts/errors';
import { readStatistics, type StatisticsCase } from './replay/statistics';
import { searchedSeeds } from './replay/solvePower';
import { answer, samples, type Sample } from './replay/statisticsCase';

interface Tally { cases: number; searched: number; largest: number; where: string; failed: number }

const allowed = (kind: StatisticsCase['kind'], expected: number) =>
  kind === 'seedsNeeded' ? 1e-6 * Math.abs(expected) : 1e-9 * Math.abs(expected) + 1e-12;

const within = (kind: StatisticsCase['kind'], ours: number, expected: number | null) => expected !== null && Math.abs(ours - expected) <= allowed(kind, expected);

/** Relative to the expected value; below 1e-3, where the absolute tolerance of 1e-12 takes over from 1e-9, relative to 1e-3. */
const relative = ({ ours, expected }: Sample) => Math.abs(ours - expected) / Math.max(Math.abs(expected), 1e-3);

async function replay(path: string): Promise<boolean> {
  const cases = await readStatistics(path);
  const byKind = new Map<string, Tally>();
  cases.forEach((one, index) => {
    const tally = byKind.get(one.kind) ?? { cases: 0, searched: 0, largest: 0, where: '', failed: 0 };
    byKind.set(one.kind, tally);
    tally.cases++;
    let ours: unknown;
    try {
      ours = answer(one);
    } catch (error) {
      throw new CultivarError({ code: 'config-invalid', message: `${path}: cases.${index} (${one.kind}): ${(error as Error).message}` });
    }
    if (one.kind === 'seedsNeeded' && !within(one.kind, (ours as { n: number }).n, one.expected.n)) {
      const n = searchedSeeds(one.input, one.expected.n);
      if (n !== undefined) {
        tally.searched++;
        ours = { n };
      }
    }
    for (const sample of samples(one.expected, ours)) {
      const deviation = relative(sample);
      if (!(deviation <= tally.largest)) [tally.largest, tally.where] = [deviation, `case ${index}, ${sample.where}`];
      if (within(one.kind, sample.ours, sample.expected)) continue;
      tally.failed++;
      console.log(`  case ${index}, ${one.kind} ${sample.where}: ${sample.ours}, expected ${sample.expected}`);
    }
  });
  for (const [kind, { cases: count, searched, largest, where, failed }] of byKind) {
    const notes = [searched > 0 && `${searched} as the reference's search ends where its noncentral t fails`, failed > 0 && `${failed} values past tolerance`, largest > 0 && where].filter(Boolean).join('; ');
    console.log(`${failed === 0 ? 'pass' : 'FAIL'}  ${kind.padEnd(12)} ${String(count).padStart(3)} cases, largest relative deviation ${largest.toExponential(1)}${notes && ` (${notes})`}`);
  }
  const passed = [...byKind.values()].every(({ failed }) => failed === 0);
  console.log(passed ? 'Every value is within its tolerance.' : 'A value is past its tolerance.');
  return passed;
}

const [path, ...rest] = process.argv.slice(2);
if (!path || rest.length > 0) {
  console.error('usage: npm run replay:statistics -- FILE.json');
  process.exit(2);
}
try {
  process.exitCode = (await replay(path)) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CultivarError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
