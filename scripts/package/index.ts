// The second half of npm run dist, once runtime, Electron and build are there.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtInNpmRegistry, builtInPythonIndex } from '../../src/download/addresses';
import { makeFolder } from '../../src/library/atomic';
import { bindingFile, bindingPackage } from '../../src/system/runtimeLayout';
import { cultivarVersion } from '../../src/system/version';
import { tellFailure } from '../setup/failure';
import { folderBytes, Progress } from '../setup/progress';
import { run } from '../setup/run';
import { neededGlibc, removeTree, writeDeb } from './deb';
import { maintainer } from './maintainer';
import { stage } from './stage';
import { control, packageFile } from './texts';

const project = join(import.meta.dirname, '../..');
const progress = new Progress();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'with-runtime': { type: 'boolean' }, out: { type: 'string' } } });
  const withRuntime = values['with-runtime'] ?? false;
  const out = resolve(values.out ?? join(project, 'dist'));
  const { distPath, source } = JSON.parse(await readFile(join(project, '.cultivar/electron.json'), 'utf8')) as { distPath: string; source: string };
  const electron = (await readFile(join(distPath, 'version'), 'utf8')).trim().replace(/^v/, '');
  // Only the binary of Electron's own package is one for people.
  const kind = source === 'electron package' ? 'release' : 'test';
  const commit = await run('git', ['rev-parse', 'HEAD'], { cwd: project });
  const installed = {
    schemaVersion: 1, electron, kind, builtAt: new Date().toISOString(), commit: commit?.code === 0 ? commit.stdout.trim() : null,
    pythonIndex: await builtInPythonIndex(), npmRegistry: await builtInNpmRegistry(),
  } as const;
  // Asked before the work: a setting that cannot be used ends it.
  const answers = await maintainer(project);
  const root = join(out, 'root');
  const version = cultivarVersion();
  progress.say(`Laying out Cultivar ${version} with Electron ${electron}${kind === 'test' ? ' (a repack: this is a test package)' : ''}${withRuntime ? ', with TensorFlow\'s libraries for the CPU' : ''}`);
  await makeFolder(out);
  await stage({ root, electronDist: distPath, installed, withRuntime });
  const bytes = await folderBytes(root);
  progress.say(`${Math.round(bytes / 1e6)} MB of files; packing`);
  const path = join(out, packageFile({ kind, version, withRuntime }));
  const facts = { version, electron, kind, withRuntime, maintainer: answers, installedKilobytes: Math.ceil(bytes / 1024), glibc: await neededGlibc(bindingFile(bindingPackage() ?? '')) } as const;
  const size = await writeDeb(root, control(facts), path);
  await removeTree(root);
  progress.say(`${path}: ${(size / 1e6).toFixed(1)} MB, ${(bytes / 1e6).toFixed(0)} MB installed, built with Electron ${electron}; maintainer: ${answers}`);
  progress.say('No AppImage was made: its runtime, the program in front of the files, is in no package registry (docs/decisions/265-no-appimage.md).');
}

try {
  await main();
} catch (error) {
  tellFailure(error);
  process.exit(1);
}
