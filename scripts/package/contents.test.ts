import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closure, importedPackages, ships, type Lock } from './contents';
import { commandLine, control, desktopEntry, mimeType, packageFile } from './texts';

const project = join(import.meta.dirname, '../..');
const lock = (JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as { packages: Lock }).packages;
const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
const packages = closure(lock, Object.keys(dependencies));

/** Files of a package that go along, with their sizes. */
function files(path: string): { file: string; bytes: number }[] {
  const folder = join(project, path);
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    .map((source) => ({ file: relative(folder, source), bytes: statSync(source).size })).filter(({ file }) => !/(?:^|\/)node_modules\//.test(file) && ships(path, file));
}

describe('the packages of the Debian package', () => {
  it('are those that the dependencies need, installed here, and no tool of building', () => {
    expect(packages.filter((path) => !existsSync(join(project, path)))).toEqual([]);
    for (const name of Object.keys(dependencies)) expect(packages).toContain(`node_modules/${name}`);
    for (const name of ['electron', 'vite', 'typescript', 'vue', '@types/node']) expect(packages).not.toContain(`node_modules/${name}`);
  });
  it('can each be loaded by what is shipped of them: the file that Node takes is among it', () => {
    const require = createRequire(join(project, 'package.json'));
    // Their entries are scripts of their own or types; Node loads them by other paths.
    const byName = Object.keys(dependencies).filter((name) => !name.startsWith('@types/'));
    for (const name of byName) {
      const folder = join(project, 'node_modules', name);
      const entry = relative(folder, require.resolve(name));
      expect(ships(`node_modules/${name}`, entry), `${name}: ${entry}`).toBe(true);
    }
  });
  it('hold native code for Linux x64 alone', () => {
    const native = packages.flatMap((path) => files(path).map(({ file }) => `${path}/${file}`)).filter((path) => /\.(?:node|so[.\d]*|dll|dylib|exe)$/.test(path));
    expect(native.filter((path) => /darwin|win32|windows|arm64|musl|\.dll$|\.dylib$|\.exe$/.test(path))).toEqual([]);
    expect(native.map((path) => path.replace(/^.*\//, '')).sort()).toEqual(expect.arrayContaining(['libonnxruntime.so.1', 'onnxruntime_binding.node', 'tfjs_binding.node']));
  });
  it('leave TensorFlow\'s libraries to the first start', () => {
    expect(ships('node_modules/@tensorflow/tfjs-node-gpu', 'deps/lib/libtensorflow_cc.so.2')).toBe(false);
    expect(ships('node_modules/@tensorflow/tfjs-node-gpu', 'lib/napi-v8/tfjs_binding.node')).toBe(true);
  });
  it('are a fifth of what is installed here', () => {
    const bytes = packages.flatMap(files).reduce((sum, file) => sum + file.bytes, 0);
    expect(bytes).toBeLessThan(160e6);
    expect(bytes).toBeGreaterThan(60e6);
  });
  it('keep every licence file, whatever its ending', () => {
    for (const file of ['LICENSE', 'LICENSE.md', 'license.txt', 'NOTICE', 'ThirdPartyNotices.txt', 'dist/COPYING.md']) expect(ships('node_modules/zod', file)).toBe(true);
    for (const file of ['README.md', 'index.d.ts', 'src/x.ts', 'test/a.js', 'a.js.map']) expect(ships('node_modules/zod', file)).toBe(false);
  });
});

it('a nested version is found where Node finds it, another platform\'s package not at all', () => {
  const small: Lock = {
    'node_modules/a': { version: '1', dependencies: { b: '2' }, optionalDependencies: { win: '1' } },
    'node_modules/a/node_modules/b': { version: '2', dependencies: { c: '1' } },
    'node_modules/b': { version: '1' }, 'node_modules/c': { version: '1', dependencies: { a: '1' } }, 'node_modules/win': { version: '1', os: ['win32'] },
  };
  expect(closure(small, ['a'])).toEqual(['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c']);
});

it('what is built in is read from the imports', () => {
  expect(importedPackages('import x from "vue";\nimport type { Y } from \'@scope/name/deep\';\nconst z = await import("lazy");\nimport "./own";\nimport { a } from "node:fs";\n@import "@fontsource/x/latin.css";')).toEqual(['vue', '@scope/name', 'lazy', '@fontsource/x']);
});

describe('the small files', () => {
  const facts = { version: '0.1.0', electron: '33.2.1', kind: 'test', installedKilobytes: 1, glibc: '2.34', withRuntime: false, maintainer: 'A Team <team@example.org>' } as const;
  it('name a test package as one, and the Electron it was built with', () => {
    expect(packageFile(facts)).toBe('cultivar-test_0.1.0_amd64.deb');
    expect(packageFile({ ...facts, kind: 'release', withRuntime: true })).toBe('cultivar-with-runtime_0.1.0_amd64.deb');
    expect(control(facts)).toMatch(/^Package: cultivar-test$.*Electron 33\.2\.1.*TEST package/ms);
    expect(control(facts)).toContain('\nMaintainer: A Team <team@example.org>\n');
    expect(control({ ...facts, kind: 'release' })).not.toMatch(/TEST|^Package: cultivar-test/m);
  });
  it('are a control file as Debian reads it: no empty line, every further line indented', () => {
    const lines = control(facts).split('\n').slice(0, -1);
    for (const line of lines) expect(line).toMatch(/^(?:[A-Z][\w-]+: \S| \S)/);
  });
  it('hand a double-clicked archive to the app, and no other zip file', () => {
    expect(desktopEntry).toContain('MimeType=application/x-cultivar-archive;');
    expect(desktopEntry).toMatch(/^Exec=\S+ %f$/m);
    expect(mimeType).toContain('pattern="*.cultivar.zip"');
    expect(commandLine).toContain('ELECTRON_RUN_AS_NODE=1 exec /opt/cultivar/cultivar-app');
  });
});
