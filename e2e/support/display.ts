import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Starts Xvfb on a free display, which it picks and tells on descriptor 3, unless there is a display already. Returns what ends it. */
export async function openDisplay(): Promise<() => Promise<void>> {
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return () => Promise.resolve();
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '4096x2400x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  let said = '';
  xvfb.stderr?.on('data', (data: Buffer) => { said += String(data); });
  const ended = once(xvfb, 'exit').then(() => { throw new Error(`Xvfb ended: ${said.trim()}`); });
  const failed = once(xvfb, 'error').then(([error]) => { throw new Error(`Xvfb could not be started (apt-get install xvfb): ${String(error)}`); });
  const [number] = (await Promise.race([once(xvfb.stdio[3] as Readable, 'data'), ended, failed])) as [Buffer];
  ended.catch(() => undefined); // its later end is the wanted one
  failed.catch(() => undefined);
  process.env.DISPLAY = `:${String(number).trim()}`;
  return async () => {
    xvfb.kill();
    if (xvfb.exitCode === null && xvfb.signalCode === null) await once(xvfb, 'exit');
  };
}
