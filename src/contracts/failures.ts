import type { ErrorCode } from './errors';

/** A failure that lies in the run itself and comes again whenever it is trained. */
export const isItsOwn = (code: string) => code === 'loss-not-finite' || code === 'config-invalid';

const oneRuns: readonly ErrorCode[] = ['out-of-memory', 'run-damaged', 'run-unknown', 'run-locked', 'checkpoint-damaged', 'gpu-unusable', 'internal'];

/**
 * A failure of the machine or the library (a full disk, damaged data, no runtime), which every other run would meet as well: the queue
 * is held. A crash may be one run's, and so may a GPU that only this run asks for.
 */
export const holdsQueue = (code: string) => !isItsOwn(code) && !code.startsWith('trainer-') && !(oneRuns as readonly string[]).includes(code);
