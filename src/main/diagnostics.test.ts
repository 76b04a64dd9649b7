import { expect, it } from 'vitest';
import { diagnostics } from './diagnostics';
import { RecentLines } from './recentLines';

it('tells the error, the surroundings and the last lines, and names nobody', () => {
  const text = diagnostics(
    { code: 'trainer-crashed', message: 'The training process ended at step 214.', remedy: 'Resume it.', command: 'ls /home/hanako/x', detail: 'signal SIGKILL\nat /data/lib/runs/a1' },
    {
      version: '0.1.0', report: null, lines: ['2026-11-26T10:00:00.000Z The queue of hanako could not be read.'],
      events: [{ type: 'steps', atMs: 1, step: [1], loss: [1], accuracy: [1], learningRate: [1], elapsedMs: [1] }, { type: 'noted', atMs: 2, step: 1, text: 'on desk-7' }],
      own: { folders: { LIBRARY: '/data/lib' }, names: { USER: 'hanako', HOST: 'desk-7' } },
    },
  );
  expect(text.split('\n').slice(0, 3)).toEqual(['trainer-crashed: The training process ended at step 214.', 'Resume it.', '$ ls ~/x']);
  expect(text).toContain(`Cultivar 0.1.0, Electron none, Chrome none, Node ${process.versions.node}, TensorFlow not loaded`);
  expect(text).toContain('Details:\n    signal SIGKILL\n    at LIBRARY/runs/a1\n');
  expect(text).toContain('Last events of the run:\n    {"type":"noted","atMs":2,"step":1,"text":"on HOST"}\n');
  expect(text).toContain('The queue of USER could not be read.');
  expect(text).not.toMatch(/hanako|desk-7|"steps"/);
});

it('the last lines are kept as they are written, an error with its stack, and no more than asked for', () => {
  const written: unknown[][] = [];
  const target: Pick<Console, 'error' | 'warn'> = { error: (...parts: unknown[]) => { written.push(parts); }, warn: () => undefined };
  const recent = new RecentLines(2, () => new Date(0));
  recent.follow(target);
  target.error('one');
  target.warn('two');
  target.error('three:', new Error('broken'));
  expect(written).toHaveLength(2);
  expect(recent.all.map((line) => line.split('\n')[0])).toEqual(['1970-01-01T00:00:00.000Z two', '1970-01-01T00:00:00.000Z three: Error: broken']);
  expect(recent.all[1]).toContain('diagnostics.test.ts');
});
