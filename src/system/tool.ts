import { spawn } from 'node:child_process';

export type ToolResult =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: 'timed-out'; readonly stdout: string; readonly stderr: string; readonly durationMs: number }
  | { readonly kind: 'not-found' };

export interface ToolOptions {
  readonly timeoutMs: number;
  readonly environment?: NodeJS.ProcessEnv;
  /** Folders looked in after those of PATH. */
  readonly extraPath?: string;
}

/** Runs a program of the system to its end, or kills it after `timeoutMs`. Never throws: what happened is the result. */
export function runTool(command: string, args: readonly string[], options: ToolOptions): Promise<ToolResult> {
  const environment = { ...(options.environment ?? process.env) };
  if (options.extraPath) environment.PATH = `${environment.PATH ?? ''}:${options.extraPath}`;
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...environment, LC_ALL: 'C' } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let timedOut = false;
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs);
    // Without a process there is no 'close'.
    child.on('error', () => {
      if (child.pid !== undefined) return;
      clearTimeout(timer);
      resolve({ kind: 'not-found' });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const texts = { stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), durationMs: performance.now() - start };
      resolve(timedOut ? { kind: 'timed-out', ...texts } : { kind: 'ended', code, signal, ...texts });
    });
  });
}
