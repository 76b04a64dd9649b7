import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../contracts/trainer';
import { judgeEnd, type ProcessEnd } from './ending';

const end = (change: Partial<ProcessEnd>) => judgeEnd({ code: null, signal: null, reason: null, stderr: '', killedByHost: false, ...change });
const reason = { code: 'loss-not-finite', message: 'NaN' } as const;

describe('how a run ended is what its process ended with', () => {
  it('exit codes', () => {
    expect(end({ code: exitCodes.completed })).toMatchObject({ outcome: 'completed', error: null });
    expect(end({ code: exitCodes.stopped })).toMatchObject({ outcome: 'stopped', error: null });
    expect(end({ code: exitCodes.failed, reason })).toMatchObject({ outcome: 'failed', error: reason });
  });

  it('no message changes it', () => {
    expect(end({ code: exitCodes.completed, reason })).toMatchObject({ outcome: 'completed', error: null });
    expect(end({ code: 139, reason })).toMatchObject({ outcome: 'failed', error: { code: 'trainer-crashed' } });
    expect(end({ signal: 'SIGSEGV', reason })).toMatchObject({ outcome: 'failed', error: { code: 'trainer-crashed' } });
  });

  it('a crash names its signal or code, and keeps what was written last', () => {
    expect(end({ signal: 'SIGSEGV', stderr: 'last words' }).error).toMatchObject({ message: expect.stringMatching(/SIGSEGV.*native code/), detail: 'last words' });
    expect(end({ signal: 'SIGKILL' }).error?.message).toMatch(/SIGKILL.*memory/);
    expect(end({ code: exitCodes.failed }).error?.message).toMatch(/code 1/);
  });

  it('a trainer that ignores a stop', () => {
    expect(end({ signal: 'SIGKILL', killedByHost: true })).toMatchObject({ outcome: 'failed', error: { code: 'trainer-unresponsive' } });
  });
});
