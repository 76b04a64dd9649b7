// npm start: set up what is missing, then open the app. Without a display, or with --terminal, the quickstart experiment runs here instead.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { electronEnvironment, hasDisplay, project, runProgram, runTypeScript, setUp } from './lib/bootstrap.mjs';

const words = process.argv.slice(2);
const terminal = words.includes('--terminal') || !hasDisplay();

if (terminal) {
  if (!hasDisplay()) console.error('There is no display here (DISPLAY and WAYLAND_DISPLAY are not set): the quickstart experiment runs in this terminal instead of the window.');
  // Electron and the built window are of no use here.
  await setUp(['runtime', 'data']);
  process.exit(await runTypeScript('src/cli/index.ts', ['quickstart', ...words.filter((word) => word !== '--terminal')]));
}

await setUp();
const env = electronEnvironment();
process.env.ELECTRON_OVERRIDE_DIST_PATH = env.ELECTRON_OVERRIDE_DIST_PATH;
const executable = createRequire(join(project, 'package.json'))('electron');
const root = process.getuid() === 0;
if (root) console.error('Running as root: Chromium refuses its own sandbox then, so the window starts with --no-sandbox.');
process.exit(await runProgram(executable, [...(root ? ['--no-sandbox'] : []), project, ...words], { env }));
