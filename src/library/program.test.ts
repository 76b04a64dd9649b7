import { expect, test } from 'vitest';
import { runProgram } from './program';

test('an end, a time limit and a missing program are told apart', async () => {
  expect(await runProgram('sh', ['-c', 'echo out; echo err >&2; exit 3'], { timeoutMs: 10_000 })).toMatchObject({ kind: 'ended', code: 3, stdout: 'out\n', stderr: 'err\n' });
  expect(await runProgram('sh', ['-c', 'kill -SEGV $$'], { timeoutMs: 10_000 })).toMatchObject({ kind: 'ended', code: null, signal: 'SIGSEGV' });
  expect(await runProgram('sh', ['-c', 'echo started; exec sleep 60'], { timeoutMs: 200 })).toMatchObject({ kind: 'timed-out', stdout: 'started\n' });
  expect(await runProgram('no-such-program-here', [], { timeoutMs: 1000 })).toEqual({ kind: 'not-found' });
});

test('a grandchild that holds the pipes open does not hold the call', async () => {
  const result = await runProgram('sh', ['-c', 'sleep 5 & exec sleep 60'], { timeoutMs: 200 });
  expect(result).toMatchObject({ kind: 'timed-out' });
  expect(result.kind === 'timed-out' && result.durationMs).toBeLessThan(4000);
});

test('an abort ends the program and rejects', async () => {
  const abort = new AbortController();
  const running = runProgram('sleep', ['60'], { signal: abort.signal });
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(runProgram('sleep', ['60'], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
});
