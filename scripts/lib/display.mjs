// A display for tests: the one there is, or an Xvfb of our own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Xvfb picks a free number and tells it on descriptor 3. @returns {Promise<{display: string, close: () => void}>} */
export async function openDisplay(size = '1600x1000x24') {
  if (process.env.DISPLAY) return { display: process.env.DISPLAY, close: () => undefined };
  const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const failed = new Promise((_, reject) => {
    xvfb.on('error', (error) => reject(new Error(`Xvfb could not be started: ${error.message}`)));
    xvfb.on('exit', (code) => reject(new Error(`Xvfb ended with code ${code} before it had a display`)));
  });
  const [number] = await Promise.race([once(xvfb.stdio[3], 'data'), failed]);
  failed.catch(() => undefined); // its later end is ours
  return { display: `:${String(number).trim()}`, close: () => xvfb.kill() };
}
