// npm run dist:check -- [FILE.deb]: installs the package here, uses it as a person would, and removes it. As root, with a network, on a
// machine where it is not installed. Prints what it measured; exits 1 at the first thing that does not hold.
import { execFileSync } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { openDisplay } from '../../e2e/support/display';
import { installedSchema } from '../../src/library/installed';
import { wheelFile, wheelsOf } from '../../src/runtime/packages';
import { folderBytes } from '../setup/progress';
import { asPerson, newSession, openWindow, personIds, type Session } from './session';
import { appFolder } from './texts';

const project = join(import.meta.dirname, '../..');
const pictures = join(project, 'dist/check');
const started = performance.now();
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const say = (text: string) => { console.log(`[${Math.round((performance.now() - started) / 1000).toString().padStart(4)} s] ${text}`); };

function holds(condition: boolean, what: string, otherwise = ''): void {
  if (!condition) throw new Error(`Does not hold: ${what}${otherwise && `\n${otherwise}`}`);
  say(`ok    ${what}`);
}

/** Every file of the system by name, but dpkg's own records, logs and caches of other programs. */
async function systemFiles(): Promise<Set<string>> {
  const roots = ['/usr', '/opt', '/etc'];
  const lists = await Promise.all(roots.map(async (root) => (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))));
  return new Set(lists.flat());
}

async function theDeb(): Promise<string> {
  if (process.argv[2]) return resolve(process.argv[2]);
  const names = (await readdir(join(project, 'dist')).catch((): string[] => [])).filter((name) => name.endsWith('.deb') && !name.includes('with-runtime'));
  if (names.length !== 1) throw new Error(`${names.length} packages in dist/: run npm run dist, or name the file.`);
  return join(project, 'dist', names[0]!);
}

async function cultivar(session: Session, ...args: string[]): Promise<string> {
  const { code, stdout, stderr, durationMs } = await asPerson(session, '/usr/bin/cultivar', args);
  holds(code === 0, `cultivar ${args.join(' ')} (${seconds(durationMs)})`, stdout + stderr);
  return stdout;
}

async function picture(page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const language of ['en', 'ja'] as const) {
      await page.evaluate((change) => (window as unknown as { cultivar: { call(name: string, change: object): Promise<unknown> } }).cultivar.call('settings.set', change), { theme, language });
      await page.locator(`html[lang="${language}"]`).waitFor();
      await page.screenshot({ path: join(pictures, `${name}-${theme}-${language}.png`) });
    }
  }
  await page.evaluate(() => (window as unknown as { cultivar: { call(name: string, change: object): Promise<unknown> } }).cultivar.call('settings.set', { theme: 'light', language: 'en' }));
}

/** Cancelled in the middle, gone on with, proven: the page's own way. */
async function fetchRuntime(page: Page, session: Session): Promise<void> {
  await page.getByTestId('fetch-runtime').waitFor();
  await picture(page, 'missing');
  const part = join(session.home, '.cache/cultivar/downloads', `${wheelFile(wheelsOf('cpu')[0]!)}.part`);
  await page.getByTestId('fetch-runtime').click();
  await page.getByTestId('runtime-progress').getByText(/Downloading .*, [1-9]\d+(\.\d+)? MB of/).waitFor();
  await picture(page, 'fetching');
  await page.getByTestId('cancel-runtime').click();
  await page.getByTestId('runtime-kept').waitFor();
  const kept = (await stat(part)).size;
  holds(kept > 1e6, `cancelled; ${Math.round(kept / 1e6)} MB are kept`);
  await picture(page, 'cancelled');
  const from = performance.now();
  await page.getByTestId('fetch-runtime').click();
  await page.getByTestId('runtime-setup').waitFor({ state: 'detached', timeout: 900_000 });
  holds(true, `the runtime is fetched, unpacked and proven (${seconds(performance.now() - from)} for the rest)`);
}

interface Listed {
  readonly id: string;
  readonly progress: { readonly planned: number; readonly completed: number; readonly failed: number };
}

/** In the page: the first experiment, once none of its runs is left. As text, since the compiler's helpers do not exist there. */
const untilTrained = `new Promise((resolve) => {
  const look = () => cultivar.call('experiments.list').then(({ value: [first] }) => {
    if (first && first.progress.completed + first.progress.failed === first.progress.planned) resolve(first);
  });
  for (const name of ['run.changed', 'experiment.changed']) cultivar.on(name, look);
  look();
})`;

async function quickstart(page: Page): Promise<string> {
  await page.getByTestId('fetch-dataset').click();
  await page.getByTestId('run-quickstart').waitFor({ timeout: 900_000 });
  await picture(page, 'ready');
  await page.getByTestId('run-quickstart').click();
  const from = performance.now();
  const { id, progress } = await page.evaluate<Listed>(untilTrained);
  holds(progress.failed === 0, `the quickstart has trained ${progress.completed} runs (${seconds(performance.now() - from)})`);
  return id;
}

async function offlinePack(session: Session): Promise<void> {
  const pack = join(session.home, 'pack.tar');
  await cultivar(session, 'runtime', 'pack', '--out', pack);
  const installed = join(session.home, '.cache/cultivar/native');
  await rm(installed, { recursive: true });
  const missing = await asPerson(session, '/usr/bin/cultivar', ['runtime', '--json']);
  holds(missing.code === 1 && !(JSON.parse(missing.stdout) as { ready: boolean }).ready, 'without its folder the runtime counts as missing', missing.stdout);
  const offline = { ...session, env: { ...session.env, PIP_INDEX_URL: 'http://127.0.0.1:9/simple' } };
  await cultivar(offline, 'runtime', 'use', pack);
  await rm(pack);
}

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('Installing a package needs root.');
  const deb = await theDeb();
  const name = execFileSync('dpkg-deb', ['--field', deb, 'Package'], { encoding: 'utf8' }).trim();
  const before = await systemFiles();
  if (before.has(join(appFolder, 'cultivar-app'))) throw new Error('Cultivar is installed here already: remove it first.');
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'cultivar-package-'));
  execFileSync('chmod', ['755', folder]);
  const closeDisplay = await openDisplay();
  const session = await newSession(folder, (path) => chown(path, personIds.uid, personIds.gid));
  const library = join(session.home, '.local/share/cultivar');
  try {
    const install = performance.now();
    execFileSync('dpkg', ['-i', deb], { stdio: ['ignore', 'pipe', 'inherit'] });
    const installed = installedSchema.parse(JSON.parse(await readFile(join(appFolder, 'resources/app/installed.json'), 'utf8')));
    holds(true, `${name} is installed (${seconds(performance.now() - install)}): ${((await stat(deb)).size / 1e6).toFixed(1)} MB, ${Math.round((await folderBytes(appFolder)) / 1e6)} MB on disk, built with Electron ${installed.electron} (${installed.kind})`);
    execFileSync('dpkg', ['--verify', name]);

    let window = await openWindow(session);
    holds(true, `first start: words in the window after ${seconds(window.startMs)}`);
    await fetchRuntime(window.page, session);
    const experiment = await quickstart(window.page);
    await picture(window.page, 'trained');

    const report = join(session.home, 'report.html');
    await cultivar(session, 'report', experiment, '--out', report);
    const html = await readFile(report, 'utf8');
    holds(html.length > 50_000 && /<html/i.test(html), `the command line finds the window's library and exports its report (${Math.round(html.length / 1e3)} kB)`);
    await cultivar(session, 'doctor', '--json');

    const archive = join(session.home, '実験.cultivar.zip');
    await cultivar(session, 'archive', experiment, '--out', archive, '--no-checkpoints');
    const opened = await asPerson(session, '/usr/bin/cultivar-app', [archive]);
    holds(opened.code === 0, 'a second start with an archive hands it over and ends', opened.stderr);
    await window.page.getByTestId('import-open').waitFor();
    await picture(window.page, 'archive');
    await window.close();
    holds(!/Refused a request/.test(window.output()), 'the window asked no address outside of the app');

    await offlinePack(session);
    window = await openWindow(session);
    holds(true, `next start: words in the window after ${seconds(window.startMs)}`);
    await window.page.getByTestId('runtime-setup').waitFor({ state: 'detached' });
    await window.close();

    await cultivar(session, 'uninstall');
    execFileSync('dpkg', ['--purge', name], { stdio: ['ignore', 'pipe', 'inherit'] });
    const after = await systemFiles();
    const traces = [...[...after].filter((path) => !before.has(path)), ...[...before].filter((path) => !after.has(path)).map((path) => `gone: ${path}`)];
    holds(traces.length === 0, 'the system\'s files are as they were', traces.slice(0, 20).join('\n'));
    for (const path of [report, archive]) await rm(path, { force: true });
    const left = (await readdir(session.home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.startsWith(`${library}/`));
    holds(left.length === 0, 'the home holds the library and nothing else', left.slice(0, 20).join('\n'));
    say(`Everything holds. Pictures: ${pictures}`);
  } finally {
    await closeDisplay();
    try {
      execFileSync('dpkg', ['--purge', name], { stdio: 'pipe' });
    } catch {
      // gone already
    }
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
