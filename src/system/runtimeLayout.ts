import { createHash } from 'node:crypto';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { installedPackage } from '../library/installed';
import { cacheFolder } from '../library/paths';

/** Where the native runtime lies and what belongs to it: written by the set-up, read by doctor and by whoever starts the trainer. */
export type RuntimeVariant = 'cpu' | 'gpu';

export const tensorFlowVersion = '2.21.0';

/** `files.json` beside the libraries: what was unpacked, with hashes. Written last, so its presence means complete. */
const filesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  variant: z.enum(['cpu', 'gpu']),
  tensorFlowVersion: z.string(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int().min(0), sha256: z.string() })),
});
export type RuntimeFiles = z.output<typeof filesSchema>;

export const runtimeFolder = (cacheDir: string, variant: RuntimeVariant) => join(cacheDir, 'native', `tensorflow-${tensorFlowVersion}-${variant}`);

/** The npm package that the binding is built in; null where it is not installed. */
export function bindingPackage(): string | null {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
  } catch {
    return null;
  }
}

export const bindingFile = (packageFolder: string) => join(packageFolder, 'lib/napi-v8/tfjs_binding.node');

export interface LinkedRuntime {
  readonly variant: RuntimeVariant;
  readonly folder: string;
  /** Folder of nvcc's two files; null for the CPU libraries. */
  readonly cudaDataDir: string | null;
  /** Folder of TensorFlow's libraries for the loader's environment; null where links in the binding's package lead to them. */
  readonly libraryDir: string | null;
  readonly files: RuntimeFiles;
}

/** `in-use.json` in an installed app's cache: which libraries have been proven there. Replaced only by others that have been as well. */
const inUseSchema = z.strictObject({ schemaVersion: z.literal(1), tensorFlowVersion: z.string(), variant: z.enum(['cpu', 'gpu']) });

export const inUseFile = (cacheDir: string) => join(cacheDir, 'native', 'in-use.json');

/** The libraries of an installed app: those in its person's cache, else those that came in the package; null where there are none. */
export async function installedRuntime(cacheDir: string, appFolder: string): Promise<LinkedRuntime | null> {
  const variant = await readFile(inUseFile(cacheDir), 'utf8').then((text) => inUseSchema.parse(JSON.parse(text))).catch(() => null);
  const cached = variant?.tensorFlowVersion === tensorFlowVersion ? await runtimeIn(runtimeFolder(cacheDir, variant.variant)) : null;
  const found = cached ?? (await runtimeIn(runtimeFolder(appFolder, 'cpu')));
  return found && { ...found, libraryDir: join(found.folder, 'tensorflow') };
}

async function runtimeIn(folder: string): Promise<LinkedRuntime | null> {
  const files = await readRuntimeFiles(folder);
  return files && { variant: files.variant, folder, files, cudaDataDir: files.variant === 'gpu' ? join(folder, 'nvidia/cuda_nvcc') : null, libraryDir: null };
}

/** What the binding will be loaded with; null where the set-up has not been (wholly) run. In the project the binding's package is linked to it. */
export async function linkedRuntime(packageFolder = bindingPackage()): Promise<LinkedRuntime | null> {
  if (!packageFolder || !existsSync(bindingFile(packageFolder))) return null;
  const installed = installedPackage();
  if (installed) return installedRuntime(cacheFolder(), installed.folder);
  try {
    const folder = dirname(dirname(realpathSync(join(packageFolder, 'deps/lib/libtensorflow_cc.so.2'))));
    return await runtimeIn(folder);
  } catch {
    return null;
  }
}

/** `files.json` of a runtime folder; null where it is missing or not of this version. */
export async function readRuntimeFiles(folder: string): Promise<RuntimeFiles | null> {
  try {
    const files = filesSchema.parse(JSON.parse(await readFile(join(folder, 'files.json'), 'utf8')));
    return files.tensorFlowVersion === tensorFlowVersion ? files : null;
  } catch {
    return null;
  }
}

export interface RuntimeProblem {
  readonly path: string;
  readonly problem: 'missing' | 'size' | 'hash';
}

/** Files that are not what was unpacked: sizes always, every byte with `deep`. */
export async function verifyRuntime(folder: string, files: RuntimeFiles, { deep = false } = {}): Promise<RuntimeProblem[]> {
  const problems: RuntimeProblem[] = [];
  for (const { path, bytes, sha256 } of files.files) {
    const found = await stat(join(folder, path)).catch(() => null);
    if (!found) problems.push({ path, problem: 'missing' });
    else if (found.size !== bytes) problems.push({ path, problem: 'size' });
    else if (deep && (await fileSha256(join(folder, path))) !== sha256) problems.push({ path, problem: 'hash' });
  }
  return problems;
}

export async function fileSha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
