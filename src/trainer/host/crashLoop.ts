import type { CultivarErrorData } from '../../contracts/errors';
import { cultivarCommand } from '../../library/command';

/** After three crashes within two minutes nothing is started again until a person asks for it. */
export class CrashLoopGuard {
  private crashes: number[] = [];

  /** @param atMs any clock in milliseconds */
  crashed(atMs: number): void {
    this.crashes = [...this.crashes.filter((at) => atMs - at <= 120_000), atMs];
  }

  /** Why nothing is started; null where it may be. */
  held(): CultivarErrorData | null {
    if (this.crashes.length < 3) return null;
    return {
      code: 'trainer-crash-loop',
      message: 'The training process has crashed three times within two minutes, so no further run is started. Waiting runs stay in the queue.',
      remedy: 'Check the system, then resume a run or start a new one.',
      command: cultivarCommand('doctor'),
    };
  }

  /** A person has asked for a run: try again. */
  forgive(): void {
    this.crashes = [];
  }
}
