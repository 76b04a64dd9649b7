import { spawn } from 'node:child_process';

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr as they came. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a program to its end; null where it does not exist. `inherit` shows its output as it comes. */
export function run(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly inherit?: boolean; readonly timeoutMs?: number } = {}): Promise<ProgramEnd | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, timeout: options.timeoutMs, stdio: ['ignore', options.inherit ? 'inherit' : 'pipe', options.inherit ? 'inherit' : 'pipe'] });
    let [output, stdout] = ['', ''];
    child.stdout?.on('data', (piece: Buffer) => { output += piece.toString(); stdout += piece.toString(); });
    child.stderr?.on('data', (piece: Buffer) => { output += piece.toString(); });
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) resolve(error.code === 'ENOENT' ? null : { code: 1, signal: null, output: error.message, stdout: '' });
    });
    child.on('close', (code, signal) => resolve({ code, signal, output, stdout }));
  });
}
