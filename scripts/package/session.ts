import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';

/** A person of their own, with a home of their own: not root, whom Chromium's sandbox refuses. */
const person = { uid: 65534, gid: 65534 };

export interface Session {
  readonly home: string;
  /** Environment of that person: no variable of Cultivar's, so that every default is the real one. */
  readonly env: NodeJS.ProcessEnv;
}

export async function newSession(folder: string, chown: (path: string) => Promise<void>): Promise<Session> {
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  await chown(home);
  const runtime = join(folder, 'run');
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  await chown(runtime);
  const { PATH, DISPLAY, HTTPS_PROXY, NO_PROXY, PIP_INDEX_URL, npm_config_registry } = process.env;
  return { home, env: { PATH: PATH?.split(':').filter((path) => /^\/(?:usr\/)?(?:local\/)?s?bin$/.test(path)).join(':'), DISPLAY, HTTPS_PROXY, NO_PROXY, PIP_INDEX_URL, npm_config_registry, HOME: home, XDG_RUNTIME_DIR: runtime, LANG: 'C.UTF-8' } };
}

export const personIds = person;

/** A program of the package, as that person; its output and how it ended. */
export async function asPerson(session: Session, command: string, args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string; durationMs: number }> {
  const start = performance.now();
  const child = spawn(command, args, { env: session.env, cwd: session.home, stdio: ['ignore', 'pipe', 'pipe'], ...person });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => out.push(piece));
  child.stderr.on('data', (piece: Buffer) => err.push(piece));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), durationMs: performance.now() - start };
}

export interface OpenWindow {
  readonly page: Page;
  /** From the start of the program until the first words stood in the window. */
  readonly startMs: number;
  output(): string;
  close(): Promise<void>;
}

/** Starts the installed app as that person and reaches its page by Chromium's own debugging port: the fuses leave Playwright's Electron way shut. */
export async function openWindow(session: Session, extra: readonly string[] = []): Promise<OpenWindow> {
  const start = performance.now();
  const child = spawn('/usr/bin/cultivar-app', ['--remote-debugging-port=0', '--lang=en-US', ...extra], { env: session.env, cwd: session.home, stdio: ['ignore', 'pipe', 'pipe'], ...person });
  let output = '';
  const address = new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer) => {
      output += piece.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(output);
      if (found) resolve(found[1]!);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code, signal) => { reject(new Error(`cultivar-app ended with ${code ?? signal}:\n${output}`)); });
  });
  const browser = await chromium.connectOverCDP(await address);
  const page = await pageOf(browser);
  await page.locator('h1, h2').first().waitFor();
  return { page, startMs: performance.now() - start, output: () => output, close: () => close(child, browser) };
}

async function pageOf(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0]!;
  return context.pages()[0] ?? context.waitForEvent('page');
}

async function close(child: ChildProcess, browser: Browser): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await ended;
  await browser.close().catch(() => undefined);
}
