import { _electron, test as base, expect, type ElectronApplication, type Page } from '@playwright/test';
import { once } from 'node:events';
import { cp, link, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/library/paths';
import { electronBinary } from './electronBinary';

export interface LaunchOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the app, where it is not this project. */
  readonly appFolder?: string;
  /** Messages in the page's console that this test brings about. */
  readonly expectedConsole?: RegExp;
}

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly pid: number;
  /** What main and the programs it started have written. */
  output(): string;
  /** Asks the app to end, as the system does; waits until it has. */
  end(): Promise<void>;
}

interface Fixtures {
  /** A folder of its own for each test; the library's path holds Japanese and a space. */
  readonly folder: string;
  readonly library: string;
  readonly launch: (options?: LaunchOptions) => Promise<RunningApp>;
}

/** Before a machine that is slow or busy is taken for one that hangs. */
const patienceMs = 120_000;

const project = join(import.meta.dirname, '..', '..');
/** CULTIVAR_E2E_APP: another folder that holds the built app. */
const tested = process.env.CULTIVAR_E2E_APP ?? project;

export const electronArgs = (args: readonly string[], appFolder = tested) => [
  // Chromium refuses to run as root with its own sandbox.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--lang=en-US', appFolder, ...args,
];

export const appEnvironment = (folder: string, library: string, change: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<string, string>),
  XDG_CONFIG_HOME: join(folder, 'config'), CULTIVAR_LIBRARY: library, CULTIVAR_CACHE: cacheFolder(), ...change,
});

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'cultivar-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  library: async ({ folder }, use) => {
    const library = join(folder, 'ライブラリ と 実験');
    await mkdir(join(library, 'datasets'), { recursive: true });
    await copyFolder(join(process.env.CULTIVAR_E2E_DATASETS!, 'cifar10'), join(library, 'datasets', 'cifar10'));
    await use(library);
  },
  launch: async ({ folder, library }, use, testInfo) => {
    const started: { running: RunningApp; problems: string[] }[] = [];
    await use(async ({ args = [], env, appFolder, expectedConsole } = {}) => {
      const app = await _electron.launch({ executablePath: electronBinary(), timeout: patienceMs, args: electronArgs(args, appFolder), env: appEnvironment(folder, library, env) });
      const child = app.process();
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => { output += String(data); });
      const page = await app.firstWindow({ timeout: patienceMs });
      page.setDefaultTimeout(patienceMs);
      const problems: string[] = [];
      page.on('pageerror', (error) => { problems.push(String(error)); });
      page.on('console', (message) => {
        if ((message.type() === 'error' || message.type() === 'warning') && !expectedConsole?.test(message.text())) problems.push(message.text());
      });
      const running: RunningApp = {
        app, page, pid: child.pid!, output: () => output,
        end: async () => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          await ended;
        },
      };
      started.push({ running, problems });
      await page.waitForLoadState();
      return running;
    });
    for (const { running } of started) await running.end();
    await testInfo.attach('output', { body: started.map(({ running }) => running.output()).join('\n---\n'), contentType: 'text/plain' });
    expect(started.flatMap(({ problems }) => problems), 'the page wrote no error into its console').toEqual([]);
  },
});

export { expect };

/** The files themselves under a second name where the disk allows it, else copies: 184 MB a test. What is known of them besides lies in folders, and stays. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) if (entry.isFile()) await link(join(from, entry.name), join(to, entry.name)).catch(() => cp(join(from, entry.name), join(to, entry.name)));
}

/** Ids of live processes whose parent is `pid`, and theirs. */
export async function descendants(pid: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    // The second field, the command's name, may hold spaces and brackets.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (parent && state !== 'Z') parents.set(Number(entry), Number(parent));
  }
  const below = (of: number): number[] => [...parents].filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

export const alive = async (pid: number) => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
};

/** The built app with every package but TensorFlow's, as where its installation was cut off. */
export async function installationWithoutRuntime(folder: string): Promise<string> {
  const app = join(folder, '途中まで');
  await cp(join(tested, 'out'), join(app, 'out'), { recursive: true });
  await cp(join(project, 'package.json'), join(app, 'package.json'));
  await mkdir(join(app, 'node_modules'));
  for (const name of await readdir(join(project, 'node_modules'))) {
    if (name !== '@tensorflow' && !name.startsWith('.')) await symlink(join(project, 'node_modules', name), join(app, 'node_modules', name));
  }
  return app;
}
