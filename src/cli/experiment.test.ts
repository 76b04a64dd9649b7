import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary } from '../../test/support/trainingLibrary';
import { slowBfloat16 } from '../contracts/slowBfloat16';
import type { Comparison } from '../core/judgement/comparison';
import { listExperimentIds } from '../library/experiments';
import { bfloat16Speed } from '../library/processor';
import { listRuns } from '../library/runs';

function start(words: readonly string[]): { child: ChildProcess; ended: Promise<{ code: number | null; stdout: string; stderr: string }>; sees(pattern: RegExp): Promise<void> } {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'index.ts'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { stdout += String(data); });
  child.stderr.on('data', (data: Buffer) => { stderr += String(data); });
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })),
    sees: (pattern) => expect.poll(() => stderr, { timeout: 120_000, interval: 50 }).toMatch(pattern),
  };
}

const document = {
  name: '半減', base: { data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18' }, batchSize: 16, device: 'cpu', epochs: 2, schedule: { warmupEpochs: 0 } },
  design: 'halving', halving: { firstEpochs: 1, reductionFactor: 2 }, seeds: [1],
  search: { space: [{ field: 'schedule.learningRate', kind: 'log-uniform', low: 0.005, high: 0.05 }], trials: 2 },
};

it('a plan in bfloat16 says so where this processor is slower in it', async () => {
  const library = trainingLibrary();
  const file = join(library, 'bfloat16.json');
  writeFileSync(file, JSON.stringify({ ...document, base: { ...document.base, precision: 'bfloat16' } }));
  const expected = slowBfloat16({ precision: 'bfloat16', device: 'cpu' }, bfloat16Speed(), 'cpu');
  const plan = await start(['experiment', file, '--library', library, '--plan', '--json']).ended;
  expect(JSON.parse(plan.stdout)).toMatchObject({ warnings: expected ? [expected] : [] });
});

it('a halving that is killed goes on where it was, promotes by its results, and ends with what can be said', async () => {
  const library = trainingLibrary();
  const file = join(library, '実験.json');
  writeFileSync(file, JSON.stringify(document));
  const words = ['experiment', file, '--library', library];

  const plan = await start([...words, '--plan', '--json']).ended;
  expect(JSON.parse(plan.stdout)).toMatchObject({ runs: 3, rungs: [{ epochs: 1, arms: 2 }, { epochs: 2, arms: 1 }], durationMs: null, reused: [], warnings: [] });
  expect(await listExperimentIds(library)).toEqual([]);

  const killed = start(words);
  await killed.sees(/\[2\/2\]/);
  killed.child.kill('SIGKILL');
  await killed.ended;
  // The trainer ends itself once its host is gone; what it holds is free then.
  await expect.poll(async () => (await listRuns(library)).some((run) => run.state === 'readable' && run.manifest.status === 'running'), { timeout: 60_000 }).toBe(false);
  expect(await listRuns(library)).toHaveLength(2);

  const again = await start([...words, '--json']).ended;
  expect(again.stderr).toContain('Goes on with the experiment');
  expect(again.stderr).toContain('Next: 1 run');
  expect(again.code).toBe(0);
  const { arms, then, comparison, answer } = JSON.parse(again.stdout) as { arms: { key: string; n: number; meanValidation: number; levels: { epochs: number } }[]; then: string; comparison: Comparison; answer: string };
  expect(then).toBe('complete');
  expect(arms.map(({ n, levels }) => [n, levels.epochs])).toEqual([[1, 1], [1, 1], [1, 2]]);
  const [first, second, promoted] = arms as [typeof arms[0], typeof arms[0], typeof arms[0]];
  const better = first.meanValidation >= second.meanValidation ? first : second;
  expect(promoted.key).toBe(better.key.replace('epochs 1', 'epochs 2'));
  expect(comparison.caveats).toContainEqual(expect.objectContaining({ kind: 'search-chose', trials: 2 }));
  expect(answer.length).toBeGreaterThan(10);

  // Asked once more it trains nothing and says the same; another name counts every run.
  const done = await start(words).ended;
  expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('done already') as string, stdout: expect.stringContaining(answer) as string });
  writeFileSync(file, JSON.stringify({ ...document, name: '別名' }));
  const counted = await start([...words, '--json']).ended;
  expect(counted.stderr).toContain('3 of its runs are in the library already');
  expect(JSON.parse(counted.stdout)).toMatchObject({ then: 'complete', arms: arms.map(({ meanValidation }) => ({ meanValidation })) });
  expect(await listRuns(library)).toHaveLength(3);
}, 900_000);
