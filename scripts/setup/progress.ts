import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6).toLocaleString('en-US')} MB`;
const terminal = process.stderr.isTTY === true;

/** One line a step on stderr; long ones tell bytes and rate, redrawn on a terminal, every few seconds elsewhere. */
export class Progress {
  private readonly start = performance.now();

  say(text: string): void {
    process.stderr.write(`${terminal ? '\r\x1b[K' : ''}[${Math.round((performance.now() - this.start) / 1000).toString().padStart(3)} s] ${text}\n`);
  }

  /** Tells how far a transfer is until the returned function is called. `bytes` is asked for, so that any program can do the work. */
  watch(what: string, totalBytes: number | null, bytes: () => number | Promise<number>): () => void {
    const start = performance.now();
    let asking = false;
    const show = async () => {
      if (asking) return;
      asking = true;
      const done = await bytes();
      asking = false;
      if (stopped) return;
      const seconds = (performance.now() - start) / 1000;
      const of = totalBytes === null ? '' : ` of ${megabytes(totalBytes)}`;
      const line = `${what}: ${megabytes(done)}${of}, ${megabytes(done / Math.max(seconds, 0.001))}/s`;
      if (terminal) process.stderr.write(`\r\x1b[K      ${line}`);
      else this.say(line);
    };
    let stopped = false;
    const timer = setInterval(() => void show(), terminal ? 250 : 5000);
    return () => {
      stopped = true;
      clearInterval(timer);
      if (terminal) process.stderr.write('\r\x1b[K');
    };
  }
}

/** Bytes of all files under a folder; files that vanish meanwhile count as nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => stat(join(entry.parentPath, entry.name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((a, b) => a + b, 0);
}
