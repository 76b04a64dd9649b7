// What Electron runs when no app is packaged beside it: `electron [-r MODULE]… [--switch]… APP [argument]…`.
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const words = process.argv.slice(1);
const preloads = [];
let appPath;
while (words.length > 0 && appPath === undefined) {
  const word = words.shift();
  if (word === '-r' || word === '--require') preloads.push(resolve(words.shift()));
  else if (word === '-v' || word === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (!word.startsWith('-')) appPath = resolve(word);
}
const require = createRequire(import.meta.url);
for (const preload of preloads) require(preload);
if (appPath === undefined) {
  console.error('usage: electron [-r MODULE] APP');
  process.exit(2);
}
// The app's name, version and path, as for a packaged app; a bare script has none.
try {
  const manifest = JSON.parse(readFileSync(resolve(appPath, 'package.json'), 'utf8'));
  if (manifest.productName ?? manifest.name) app.name = manifest.productName ?? manifest.name;
  if (manifest.version) app.setVersion(manifest.version);
  app.setAppPath(appPath);
} catch (error) {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
// Awaited, so that 'ready' is not emitted before the app listens for it.
await import(pathToFileURL(require.resolve(appPath)).href);
