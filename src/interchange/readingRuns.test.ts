import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { because } from '../../test/support/because';
import { measuredRun } from '../../test/support/measuredRun';
import { openRunWriter } from '../library/runWriter';

const guide = readFileSync(join(import.meta.dirname, '../../docs/reading-runs.md'), 'utf8');
const snippets = [...guide.matchAll(/```python\n(.*?)```/gs)].map((match) => match[1]!);
const problem = spawnSync('python3', ['--version']).status === 0 ? null : 'there is no python3 on this computer\'s PATH';
if (problem) console.warn(`The snippets of docs/reading-runs.md are not run: ${problem}.`);

describe.skipIf(problem)(because(problem, 'docs/reading-runs.md'), () => {
  const run = (snippet: string, folder: string) => execFileSync('python3', ['-c', snippet.replace('"RUN"', JSON.stringify(folder))], { encoding: 'utf8' }).trim();

  it('reads a run in five lines', async () => {
    const { folder, id } = await measuredRun();
    expect(snippets[0]!.trim().split('\n')).toHaveLength(5);
    expect(run(snippets[0]!, join(folder, 'runs', id))).toBe('[(1, 0.125)]');
  });

  it('and every step, with resumes, numbers that JSON lacks and a torn last line', async () => {
    const { folder, id } = await measuredRun();
    const writer = await openRunWriter(folder, id, 'test');
    await writer.append({ type: 'resumed', atMs: 10, step: 2 }, { type: 'steps', atMs: 11, step: [3, 4], loss: [0.5, Infinity], accuracy: [1, 0], learningRate: [0.1, 0.1], elapsedMs: [50, 60] });
    await writer.close();
    appendFileSync(join(folder, 'runs', id, 'events.jsonl'), '{"type":"steps","step":[5');
    expect(run(snippets[1]!, join(folder, 'runs', id))).toBe('{"last": 4.0, "loss": [2.5, 1.25, 0.5, Infinity]}');
  });
});
