import { describe, expect, it } from 'vitest';
import { exitCodes } from '../../contracts/trainer';
import { judgeEnd, type ProcessEnd } from './ending';

const end = (change: Partial<ProcessEnd>) => judgeEnd({ code: null, signal: null, reason: null, stderr: '', killedByHost: false, memoryKill: false, ...change });
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

  it('memory that ran out is told as such, not as a crash', () => {
    expect(end({ signal: 'SIGKILL', memoryKill: true })).toMatchObject({ outcome: 'failed', error: { code: 'out-of-memory' }, exit: { signal: 'SIGKILL' } });
    expect(end({ signal: 'SIGABRT', stderr: "terminate called after throwing an instance of 'std::bad_alloc'" }).error?.code).toBe('out-of-memory');
    expect(end({ signal: 'SIGABRT', stderr: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory' }).error?.code).toBe('out-of-memory');
    // What the trainer said with its last breath is evidence of why it fell, not of how it ended.
    const refused = { code: 'out-of-memory', message: 'Training on 64 images at once did not fit into memory.', remedy: 'Take a batch size of 32.' } as const;
    for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGBUS']) expect(end({ signal, reason: refused }).error).toEqual({ ...refused, message: expect.stringMatching(new RegExp(`ended by ${signal} just after memory had been refused.*most likely`)) as string });
    expect(end({ signal: 'SIGTERM', reason: refused }).error?.code).toBe('trainer-crashed');
    // Another process was ended for memory while this one failed by itself.
    expect(end({ signal: 'SIGSEGV', memoryKill: true }).error?.code).toBe('trainer-crashed');
    expect(end({ code: exitCodes.failed, reason, memoryKill: true }).error).toEqual(reason);
    expect(end({ signal: 'SIGKILL', memoryKill: true, killedByHost: true }).error?.code).toBe('trainer-unresponsive');
  });

  it('a trainer that ignores a stop', () => {
    expect(end({ signal: 'SIGKILL', killedByHost: true })).toMatchObject({ outcome: 'failed', error: { code: 'trainer-unresponsive' } });
  });
});
