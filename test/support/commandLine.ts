import { spawn } from 'node:child_process';
import { join } from 'node:path';

interface Ended { readonly code: number | null; readonly stdout: string; readonly stderr: string }

const entry = join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

/** The command line in a process of its own. `onError` sees what has been written to stderr so far. */
export function cultivar(words: readonly string[], onError: (text: string, interrupt: () => void) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, interrupted] = ['', '', false];
  const interrupt = () => {
    if (!interrupted) child.kill('SIGINT'); // a second one would end it at once
    interrupted = true;
  };
  child.stdout.on('data', (data: Buffer) => { stdout += String(data); });
  child.stderr.on('data', (data: Buffer) => {
    stderr += String(data);
    onError(stderr, interrupt);
  });
  return new Promise((resolve) => { child.on('close', (code) => resolve({ code, stdout, stderr })); });
}
