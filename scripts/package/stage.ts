import { chmod, copyFile, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import sharp from 'sharp';
import { CultivarError } from '../../src/contracts/errors';
import type { Installed } from '../../src/library/installed';
import { linkedRuntime, runtimeFolder } from '../../src/system/runtimeLayout';
import { closure, ships, type Lock } from './contents';
import { builtInPackages, licencesOf, licenceText } from './licences';
import { appFolder, commandLine, desktopEntry, executable, mimeType, packageName } from './texts';

const project = join(import.meta.dirname, '../..');
/** Of Chromium's 55 translations, those of the window's languages. */
const locales = ['en-US.pak', 'ja.pak'];

export interface StageOptions {
  /** Stands for / on the target. */
  readonly root: string;
  readonly electronDist: string;
  readonly installed: Omit<Installed, 'folder'>;
  readonly withRuntime: boolean;
}

/** Lays out the whole file tree of the package. */
export async function stage({ root, electronDist, installed, withRuntime }: StageOptions): Promise<void> {
  const lock = (JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
  const app = join(root, appFolder);
  await rm(root, { recursive: true, force: true });
  await stageElectron(electronDist, app);
  const shipped = await stageApp(lock, join(app, 'resources/app'), installed);
  if (withRuntime) await stageRuntime(join(app, 'resources/app'));
  await write(join(app, 'LICENSES.npm.txt'), licenceText(await licencesOf(lock, [...shipped, ...(await builtInPackages(lock))])));
  await stageSystem(root, installed);
}

async function stageElectron(dist: string, app: string): Promise<void> {
  await cp(dist, app, { recursive: true, filter: (path) => !/\/resources\/.+|\/locales\/(?!(?:en-US|ja)\.pak$)|\/version$/.test(path.slice(dist.length)) });
  const left = await readdir(join(app, 'locales'));
  if (locales.some((name) => !left.includes(name))) throw new Error(`Electron lacks ${locales.join(' or ')}`);
  await rename(join(app, 'electron'), join(app, executable));
  // Decision 216 says why each stands as it does.
  await flipFuses(join(app, executable), {
    version: FuseVersion.V1,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.EnableCookieEncryption]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  });
  // Where unprivileged user namespaces are turned off, Chromium's sandbox needs this one set-uid helper.
  await chmod(join(app, 'chrome-sandbox'), 0o4755);
}

/** The built app and the npm packages that it loads at run time; gives their paths. */
async function stageApp(lock: Lock, folder: string, installed: Omit<Installed, 'folder'>): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Record<string, unknown> & { dependencies: Record<string, string> };
  const { name, productName, version, description, license, type, main } = manifest;
  await write(join(folder, 'package.json'), `${JSON.stringify({ name, productName, version, description, license, type, main, desktopName: 'cultivar.desktop' }, null, 2)}\n`);
  await write(join(folder, 'installed.json'), `${JSON.stringify(installed, null, 2)}\n`);
  await cp(join(project, 'out'), join(folder, 'out'), { recursive: true, filter: (path) => !/\.map$|\/\.stamp$/.test(path) });
  const packages = closure(lock, Object.keys(manifest.dependencies));
  for (const path of packages) await stagePackage(path, folder);
  return packages;
}

async function stagePackage(path: string, folder: string): Promise<void> {
  const from = join(project, path);
  const files = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of files) {
    const source = join(entry.parentPath, entry.name);
    const file = relative(from, source);
    if (!entry.isFile() || /(?:^|\/)node_modules\//.test(file) || !ships(path, file)) continue;
    await copy(source, join(folder, path, file));
  }
}

/** TensorFlow's libraries for the CPU, without the headers that only building the binding needs. */
async function stageRuntime(folder: string): Promise<void> {
  const linked = await linkedRuntime();
  if (linked?.variant !== 'cpu') throw new CultivarError({ code: 'runtime-missing', message: 'Here the set-up has made no runtime for the CPU, so none can go into the package.', remedy: 'Build it on a machine without a GPU, or without --with-runtime.' });
  const files = linked.files.files.filter(({ path }) => !path.includes('/include/'));
  const target = runtimeFolder(folder, 'cpu');
  for (const { path } of files) await copy(join(linked.folder, path), join(target, path));
  await write(join(target, 'files.json'), `${JSON.stringify({ ...linked.files, files }, null, 2)}\n`);
}

async function stageSystem(root: string, installed: Omit<Installed, 'folder'>): Promise<void> {
  await write(join(root, 'usr/bin/cultivar'), commandLine, 0o755);
  await symlink(join(appFolder, executable), join(root, 'usr/bin', executable));
  await write(join(root, 'usr/share/applications/cultivar.desktop'), desktopEntry);
  await write(join(root, 'usr/share/mime/packages/cultivar.xml'), mimeType);
  const icons = join(root, 'usr/share/icons/hicolor');
  await write(join(icons, 'scalable/apps/cultivar.svg'), await readFile(join(project, 'resources/icon.svg')));
  for (const side of [48, 128, 256, 512]) await write(join(icons, `${side}x${side}/apps/cultivar.png`), await sharp(join(project, 'resources/icon.png')).resize(side).png().toBuffer());
  const copyright = `Cultivar, Apache-2.0 (/usr/share/common-licenses/Apache-2.0).\n\nElectron and Chromium: ${appFolder}/LICENSE*, ${appFolder}/LICENSES.chromium.html\nnpm packages: ${appFolder}/LICENSES.npm.txt\n`;
  await write(join(root, 'usr/share/doc', packageName(installed), 'copyright'), copyright);
}

async function write(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await chmod(path, mode);
}

async function copy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  await chmod(to, ((await lstat(from)).mode & 0o111) === 0 ? 0o644 : 0o755);
}
