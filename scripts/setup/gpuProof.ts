// npm run gpu:proof -- DIR: the GPU build proven as far as a machine without a GPU allows. Lays the GPU wheel and its CUDA libraries out
// in DIR (2.9 GB to fetch, 4.5 GB on disk), beside the runtime in use, which stays as it is. Exits 1 where something does not hold.
import { cp, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CultivarError } from '../../src/contracts/errors';
import { bindingPackage, readRuntimeFiles, runtimeFolder, verifyRuntime } from '../../src/system/runtimeLayout';
import { cudaLibraries } from '../../src/system/runtimeFacts';
import { buildBinding } from './binding';
import { tellFailure } from './failure';
import { ensureLibraries, link } from './nativeRuntime';
import { folderBytes, Progress } from './progress';
import { run } from './run';

const project = join(import.meta.dirname, '../..');
const progress = new Progress();
const failures: string[] = [];

function judge(holds: boolean, what: string, reason = ''): void {
  progress.say(`${holds ? 'ok  ' : 'FAIL'}  ${what}${holds || !reason ? '' : `: ${reason}`}`);
  if (!holds) failures.push(what);
}

/** Node's packages by links, but the binding's own copied: it is linked to the GPU libraries here. The sources are copied, so that they find it. */
async function stageProject(folder: string): Promise<string> {
  const modules = join(folder, 'node_modules');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(modules, '@tensorflow'), { recursive: true });
  const original = bindingPackage();
  if (!original) throw new CultivarError({ code: 'runtime-missing', message: 'The npm packages are not installed.', command: 'npm run setup' });
  const linkAll = async (from: string, to: string, leaveOut: string) => {
    for (const name of await readdir(from)) if (name !== leaveOut) await symlink(join(from, name), join(to, name));
  };
  await linkAll(join(project, 'node_modules'), modules, '@tensorflow');
  await linkAll(dirname(original), join(modules, '@tensorflow'), 'tfjs-node-gpu');
  const staged = join(modules, '@tensorflow/tfjs-node-gpu');
  const made = ['deps', 'lib'].map((name) => join(original, name));
  await cp(original, staged, { recursive: true, filter: (path) => !made.includes(path) });
  await cp(join(project, 'src'), join(folder, 'src'), { recursive: true });
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json']) await cp(join(project, file), join(folder, file));
  return staged;
}

/** Opens a library with every symbol bound (RTLD_NOW), in a process of its own so that no other one's libraries help it out. */
async function opens(path: string): Promise<string | null> {
  const env = { ...process.env };
  delete env.LD_LIBRARY_PATH;
  const end = await run('python3', ['-c', 'import ctypes, os, sys; ctypes.CDLL(sys.argv[1], os.RTLD_NOW)', path], { env });
  return end?.code === 0 ? null : (end?.output.trim().split('\n').at(-1) ?? 'python3 is missing');
}

/** The folders in which a library looks for others, as the dynamic linker sees them when it is opened under this path. */
async function searchPath(path: string): Promise<string[]> {
  const end = await run('readelf', ['-d', path]);
  const [, list = ''] = /R(?:UN)?PATH\)\s+Library r(?:un)?path: \[(.*)\]/.exec(end?.output ?? '') ?? [];
  return list.split(':').filter(Boolean).map((folder) => folder.replace('$ORIGIN', dirname(path)));
}

async function prove(folder: string): Promise<void> {
  const cacheDir = join(folder, 'cache');
  const libraries = runtimeFolder(cacheDir, 'gpu');
  await mkdir(cacheDir, { recursive: true });
  await ensureLibraries({ cacheDir, variant: 'gpu', progress });
  const files = await readRuntimeFiles(libraries);
  judge(files !== null, 'the list of files is there');
  if (!files) return;
  const problems = await verifyRuntime(libraries, files, { deep: true });
  judge(problems.length === 0, `${files.files.length} files have the recorded sha256 (${Math.round((await folderBytes(libraries)) / 1e6)} MB)`, problems[0] && `${problems[0].path} ${problems[0].problem}`);

  const staged = await stageProject(join(folder, 'project'));
  await link(libraries, staged, 'gpu');
  await buildBinding({ cacheDir, packageFolder: staged, progress });

  const cuda = join(staged, 'deps/nvidia/cuda_runtime/lib');
  const names = (await readdir(cuda)).sort();
  for (const name of names) {
    const error = await opens(join(cuda, name));
    judge(error === null, `${name} opens with every symbol bound`, error ?? '');
  }
  for (const name of ['libtensorflow_framework.so.2', 'libtensorflow_cc.so.2']) {
    const path = join(staged, 'deps/lib', name);
    const error = await opens(path);
    judge(error === null, `${name} opens with every symbol bound`, error ?? '');
  }
  // All CUDA libraries are opened from libtensorflow_framework (in 2.21 cusolver too), by its own search path; $ORIGIN is the folder of the link.
  const folders = await searchPath(join(staged, 'deps/lib/libtensorflow_framework.so.2'));
  const found = (await Promise.all([...new Set(folders)].map((entry) => readdir(entry).catch((): string[] => [])))).flat();
  const lost = cudaLibraries.filter((wanted) => !found.includes(wanted));
  judge(lost.length === 0, `TensorFlow finds all of ${cudaLibraries.length} CUDA libraries by its own search path`, lost.join(', '));
  const ptxas = await run(join(staged, 'deps/nvidia/cuda_nvcc/bin/ptxas'), ['--version']);
  judge(ptxas?.code === 0, `ptxas runs (${/release [\d.]+/.exec(ptxas?.stdout ?? '')?.[0] ?? 'no version'})`, ptxas?.output ?? 'not found');
  await proveDoctor(folder);
}

/** On this machine the driver is what is missing, and doctor must say so; with one, that the GPU is ready. */
async function proveDoctor(folder: string): Promise<void> {
  const staged = join(folder, 'project');
  const doctor = `import { runDoctor } from ${JSON.stringify(join(staged, 'src/system/doctor.ts'))};
    import { doctorText } from ${JSON.stringify(join(staged, 'src/contracts/doctorText.ts'))};
    const report = await runDoctor({ libraryDir: ${JSON.stringify(join(folder, 'library'))}, cacheDir: ${JSON.stringify(join(folder, 'cache'))} });
    console.error(doctorText(report));
    console.log(JSON.stringify(report));`;
  const end = await run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', doctor], { cwd: staged });
  const json = end?.stdout.trim().split('\n').at(-1) ?? '';
  if (end?.code !== 0 || !json.startsWith('{')) return judge(false, 'doctor runs on the GPU layout', end?.output.slice(-1500));
  const report = JSON.parse(json) as { checks: { id: string; state: string; value: string; error?: { message: string } }[]; device: { kind: string } | null };
  process.stderr.write(`\n${end.output.replace(json, '').trim()}\n\n`);
  const check = (id: string) => report.checks.find((one) => one.id === id);
  judge(check('runtime')?.state === 'passed', 'doctor: the GPU runtime is whole', check('runtime')?.value);
  const driver = await readFile('/proc/driver/nvidia/version', 'utf8').then(() => true, () => false);
  if (driver) judge(report.device?.kind === 'gpu' && check('testStep')?.state === 'passed', 'doctor: a real step runs on the GPU', check('testStep')?.error?.message);
  else {
    const words = report.checks.flatMap(({ value, error }) => [value, error?.message ?? '']).join('\n');
    judge(/libcuda\.so\.1|driver is not installed/.test(words), 'doctor: says that the driver (libcuda.so.1) is what is missing');
    judge(report.device?.kind !== 'gpu', 'doctor: does not call the device a GPU');
  }
}

const [target] = process.argv.slice(2);
if (!target) {
  console.error('usage: npm run gpu:proof -- DIR (needs about 8 GB there while it runs)');
  process.exit(2);
}
try {
  await prove(resolve(target));
  progress.say(failures.length === 0 ? 'The GPU build holds, as far as this machine can tell.' : `${failures.length} failed: ${failures.join('; ')}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} catch (error) {
  tellFailure(error);
  process.exitCode = 1;
}
