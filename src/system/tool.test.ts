import { expect, test } from 'vitest';
import { runTool } from './tool';

test('an end, a time limit and a missing program are told apart', async () => {
  expect(await runTool('sh', ['-c', 'echo out; echo err >&2; exit 3'], { timeoutMs: 10_000 })).toMatchObject({ kind: 'ended', code: 3, stdout: 'out\n', stderr: 'err\n' });
  expect(await runTool('sh', ['-c', 'kill -SEGV $$'], { timeoutMs: 10_000 })).toMatchObject({ kind: 'ended', code: null, signal: 'SIGSEGV' });
  expect(await runTool('sh', ['-c', 'echo started; exec sleep 60'], { timeoutMs: 200 })).toMatchObject({ kind: 'timed-out', stdout: 'started\n' });
  expect(await runTool('no-such-program-here', [], { timeoutMs: 1000 })).toEqual({ kind: 'not-found' });
});
