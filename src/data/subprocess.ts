import { spawn } from 'node:child_process';

export type SubprocessResult =
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'not-found' };

/**
 * Runs a program to its end, with its output as text.
 * @throws AbortError when the signal is given (the program is ended first)
 */
export function runProgram(command: string, args: readonly string[], options: { readonly signal?: AbortSignal } = {}): Promise<SubprocessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal: options.signal });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => out.push(piece));
    child.stderr.on('data', (piece: Buffer) => err.push(piece));
    let failure: (Error & { code?: string }) | undefined;
    child.on('error', (error: Error & { code?: string }) => {
      failure = error;
      if (child.pid === undefined) settle(null, null);
    });
    child.on('close', settle);
    function settle(code: number | null, signal: NodeJS.Signals | null): void {
      if (failure?.code === 'ENOENT') resolve({ kind: 'not-found' });
      else if (failure) reject(failure);
      else resolve({ kind: 'exit', code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    }
  });
}
