// First half of every set-up. Runs before anything is installed, so it may use Node's own modules only.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = join(dirname(fileURLToPath(import.meta.url)), '../..');
const minimum = [20, 19];

/** Ends the process with one sentence and the command that mends it. */
function fail(sentence, command) {
  console.error(`\n${sentence}${command ? `\n  ${command}` : ''}`);
  process.exit(1);
}

function checkMachine() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail(`Cultivar runs on Linux x64; this is ${process.platform} ${process.arch}, where nobody has tested it yet.`);
  }
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < minimum[0] || (major === minimum[0] && minor < minimum[1])) {
    fail(`Node ${minimum.join('.')} or newer is needed; this is ${process.versions.node}.`, 'https://nodejs.org/en/download');
  }
}

/** npm notes what it installed, last of all, in a lock file of its own: true where that holds all of ours. Packages for other platforms are optional. */
function packagesInstalled() {
  try {
    const packages = (file) => JSON.parse(readFileSync(join(project, file), 'utf8')).packages;
    const installed = packages('node_modules/.package-lock.json');
    return Object.entries(packages('package-lock.json')).every(([path, { version, integrity, optional }]) => path === ''
      || (installed[path] ? installed[path].version === version && installed[path].integrity === integrity : optional === true));
  } catch {
    return false;
  }
}

/** npm packages as the lock file names them. Install scripts stay off: one of them fetches from a host that no longer answers. */
function installPackages() {
  if (packagesInstalled()) return;
  console.error('npm packages: installing (about 0.8 GB in node_modules)');
  const started = Date.now();
  const end = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'], { cwd: project, stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' });
  if (end.error?.code === 'ENOENT') fail('npm is missing; it comes with Node.', 'sudo apt-get install npm');
  if (end.status !== 0) {
    if (/ENOSPC|No space left/.test(end.stderr)) fail('The disk is full: the npm packages need about 0.8 GB. Free some space, then run this again.');
    if (/EACCES|EROFS/.test(end.stderr)) fail(`The npm packages cannot be written to ${join(project, 'node_modules')}: the folder belongs to someone else or is read-only.`, `sudo chown -R "$USER" '${project}'`);
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/i.test(end.stderr)) fail('The npm registry cannot be reached from here. Check the network or npm\'s registry and proxy settings, then run this again.', 'npm ping');
    fail(`npm could not install the packages:\n${end.stderr.trim().split('\n').slice(-8).join('\n')}`);
  }
  console.error(`npm packages: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Node with tsx on a TypeScript file of the project; resolves to its exit code. A signal that ends us is handed on. */
export function runTypeScript(file, args = [], { env = process.env } = {}) {
  return runProgram(process.execPath, ['--import', 'tsx', join(project, file), ...args], { env });
}

export function runProgram(command, args, { env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: project, stdio: 'inherit', env });
    const hand = (signal) => child.kill(signal);
    // The terminal sends Ctrl+C to the whole group: the child decides, we wait for it.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    process.on('SIGTERM', hand);
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
    child.on('close', (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', hand);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/** Everything that the parts need; see scripts/setup/index.ts for their names. Ends the process where a part fails. */
export async function setUp(parts = [], flags = []) {
  checkMachine();
  installPackages();
  const code = await runTypeScript('scripts/setup/index.ts', [...parts, ...flags]);
  if (code !== 0) process.exit(code);
}

export function hasDisplay() {
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The environment in which the npm package `electron` finds the binary that the set-up chose. */
export function electronEnvironment() {
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) return { ...process.env };
  const { distPath } = JSON.parse(readFileSync(join(project, '.cultivar/electron.json'), 'utf8'));
  return { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: distPath };
}
