import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { bindingFile, fileSha256, tensorFlowVersion } from '../../src/system/runtimeLayout';
import type { Progress } from './progress';
import { run } from './run';
import { installedAsRoot } from './systemPackages';

const poolSource = join(import.meta.dirname, '../../resources/native/pooled-malloc.c');
const poolFlags = ['-O2', '-fPIC', '-Wall', '-fno-builtin-malloc'];
const bindingFlags = ['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'];

/**
 * The N-API binding: two C++ files and the block pool in one compiler call each, without node-gyp and Node's headers.
 * Kept in the cache under a hash of all that goes into it, so a fresh clone compiles nothing and a changed source always does.
 * @throws CultivarError compiler-missing, binding-build-failed with the compiler's last lines
 */
export async function buildBinding({ cacheDir, packageFolder, progress }: { cacheDir: string; packageFolder: string; progress: Progress }): Promise<'there' | 'made'> {
  const headers = dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json'));
  const sources = [join(packageFolder, 'binding/tfjs_backend.cc'), join(packageFolder, 'binding/tfjs_binding.cc'), poolSource];
  const version = (JSON.parse(await readFile(join(headers, 'package.json'), 'utf8')) as { version: string }).version;
  const key = createHash('sha256');
  for (const source of sources) key.update(await readFile(source));
  key.update(JSON.stringify([version, tensorFlowVersion, poolFlags, bindingFlags]));
  // A machine that has the built file needs no compiler any more.
  const base = join(cacheDir, 'native', `binding-${key.digest('hex').slice(0, 16)}`);
  const cached = join(base, 'tfjs_binding.node');
  const target = bindingFile(packageFolder);
  if ((await lstat(join(packageFolder, 'lib')).catch(() => null))?.isSymbolicLink()) await rm(join(packageFolder, 'lib'));
  await mkdir(dirname(target), { recursive: true });

  const exists = await stat(cached).then(() => true, () => false);
  if (!exists) await compile();
  const same = exists && (await fileSha256(target).catch(() => '')) === (await fileSha256(cached));
  if (same) return 'there';
  // A copy: $ORIGIN in its search path must be the package's folder. Renamed into place, since a running process may have the old one open.
  await copyFile(cached, `${target}.new`);
  await rename(`${target}.new`, target);
  return 'made';

  async function compile(): Promise<void> {
    const compiler = await firstCompiler(progress);
    if (!compiler) {
      throw new CultivarError({ code: 'compiler-missing', message: 'A C++ compiler (gcc and g++) is missing; it is needed once, to build the binding to TensorFlow.', remedy: 'Install it.', command: 'sudo apt-get install gcc g++' });
    }
    await mkdir(base, { recursive: true });
    const object = join(base, 'pooled-malloc.o');
    await step('gcc', [...poolFlags, '-c', poolSource, '-o', object]);
    await step('g++', [...bindingFlags, `-I${join(headers, 'include')}`, `-I${join(packageFolder, 'deps/include')}`, sources[0], sources[1], object, '-o', `${cached}.partial`,
      `-L${join(packageFolder, 'deps/lib')}`, '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib']);
    await rename(`${cached}.partial`, cached);
    await rm(object);
    progress.say(`Binding: compiled with ${compiler}`);
  }

  async function step(program: string, args: string[]): Promise<void> {
    const end = await run(program, args);
    if (end?.code === 0) return;
    const full = /No space left on device/.test(end?.output ?? '');
    throw new CultivarError({
      code: full ? 'disk-full' : 'binding-build-failed',
      message: full ? `The disk is full: the binding could not be written to ${base}.` : `${program} could not build the binding to TensorFlow: ${firstError(end?.output ?? '')}`,
      remedy: full ? 'Free some space, then run the set-up again.' : 'Check that gcc and g++ are of version 9 or newer, then run the set-up again.',
      command: 'npm run setup',
      detail: end?.output.slice(-4000),
    });
  }
}

/** g++'s own name for itself, if gcc is there too; as root on Debian both are installed where they are missing. */
async function firstCompiler(progress: Progress): Promise<string | null> {
  const find = async () => ((await run('gcc', ['--version'])) ? (await run('g++', ['--version']))?.stdout.split('\n')[0] : undefined);
  return (await find()) ?? ((await installedAsRoot(['gcc', 'g++'], progress)) ? ((await find()) ?? null) : null);
}

const firstError = (output: string) => output.split('\n').find((line) => /error|undefined reference|cannot find/i.test(line)) ?? output.trim().split('\n').at(-1) ?? 'no reason given';
