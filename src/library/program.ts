import { spawn } from 'node:child_process';

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: 'timed-out'; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: 'not-found' };

export interface ProgramOptions {
  /** Killed when it takes longer; without it, it may take as long as it likes. */
  readonly timeoutMs?: number;
  /** Ends the program and makes the call reject with an AbortError. */
  readonly signal?: AbortSignal;
  readonly environment?: NodeJS.ProcessEnv;
  /** Folders looked in after those of PATH. */
  readonly extraPath?: string;
}

/** Runs a program to its end, in the C locale, with its output as text. What happened is the result; only an abort throws. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<ProgramEnd> {
  const environment: NodeJS.ProcessEnv = { ...(options.environment ?? process.env), LC_ALL: 'C' };
  if (options.extraPath) environment.PATH = `${environment.PATH ?? ''}:${options.extraPath}`;
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment, signal: options.signal });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    let aborted: Error | undefined;
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
      // A child of the child may hold them open for as long as it lives.
      child.stdout.destroy();
      child.stderr.destroy();
    }, options.timeoutMs);
    child.on('error', (error) => {
      if (error.name === 'AbortError') aborted = error;
      // Without a process there is no 'close'.
      if (child.pid !== undefined) return;
      clearTimeout(timer);
      if (aborted) reject(aborted);
      else resolve({ kind: 'not-found' });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (aborted) return reject(aborted);
      const texts = { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), durationMs: performance.now() - start };
      resolve(timedOut ? { kind: 'timed-out', ...texts } : { kind: 'ended', code, signal, ...texts });
    });
  });
}
