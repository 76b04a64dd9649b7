import type { CultivarErrorData } from '../../contracts/errors';
import { exitCodes } from '../../contracts/trainer';
import type { EndedEvent, RunOutcome } from '../../core/run/events';

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** What the trainer said of an end of its own (exit code `failed`). */
  readonly reason: CultivarErrorData | null;
  /** The last it wrote to stderr. */
  readonly stderr: string;
  /** The host ended it because it did not answer to a stop. */
  readonly killedByHost: boolean;
  /** The kernel ended a process for want of memory while this one ran. */
  readonly memoryKill: boolean;
}

/** How a run ended, from how its process ended. */
export function judgeEnd({ code, signal, reason, stderr, killedByHost, memoryKill }: ProcessEnd): Pick<EndedEvent, 'outcome' | 'error' | 'exit'> {
  const exit = { code, signal };
  const failed = (error: CultivarErrorData): { outcome: RunOutcome; error: CultivarErrorData; exit: EndedEvent['exit'] } => ({ outcome: 'failed', error, exit });
  if (killedByHost) {
    return failed({ code: 'trainer-unresponsive', message: 'The training process did not stop when asked and was ended. What was recorded before, and its last checkpoint, are kept.', remedy: 'Resume the run; it goes on from its last checkpoint.' });
  }
  if (signal === null && code === exitCodes.completed) return { outcome: 'completed', error: null, exit };
  if (signal === null && code === exitCodes.stopped) return { outcome: 'stopped', error: null, exit };
  if (signal === null && code === exitCodes.failed && reason) return failed(reason);
  if ((signal === 'SIGKILL' && memoryKill) || (signal !== null && outOfMemoryWords.test(stderr))) {
    return failed({
      code: 'out-of-memory',
      message: `Memory ran out and the training process was ended (${signal}). What was recorded before, and its last checkpoint, are kept.`,
      remedy: 'Take a smaller batch size, or end other programs that use this memory; "largest-batch" finds the largest that fits.',
      ...(stderr && { detail: stderr }),
    });
  }
  if (signal !== null && isFault(signal) && reason?.code === 'out-of-memory') {
    return failed({ ...reason, message: `The training process was ended by ${signal} just after memory had been refused to it, most likely for want of memory. What was recorded before, and its last checkpoint, are kept.` });
  }
  const how = signal ? `was ended by ${signal}${signalHint(signal)}` : `ended with code ${code}`;
  return failed({
    code: 'trainer-crashed',
    message: `The training process ${how}. What was recorded before, and its last checkpoint, are kept.`,
    remedy: 'Resume the run; it goes on from its last checkpoint.',
    ...(stderr && { detail: stderr }),
  });
}

/** The last words of C++ and of V8 where an allocation is refused. */
const outOfMemoryWords = /std::bad_alloc|out of memory|RESOURCE_EXHAUSTED|OOM when allocating/i;

/** Native code that does not look at what it got where an allocation was refused ends so, as after any fault of its own. */
const isFault = (signal: string): boolean => ['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGABRT'].includes(signal);

function signalHint(signal: string): string {
  if (signal === 'SIGKILL') return ' (by another program, or by the system where memory ran out)';
  return isFault(signal) ? ' (a fault in native code)' : '';
}
