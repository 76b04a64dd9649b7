import { createHash } from 'node:crypto';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

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
  readonly files: RuntimeFiles;
}

/** What the binding's package is linked to; null where the set-up has not been (wholly) run. */
export async function linkedRuntime(packageFolder = bindingPackage()): Promise<LinkedRuntime | null> {
  if (!packageFolder || !existsSync(bindingFile(packageFolder))) return null;
  try {
    const folder = dirname(dirname(realpathSync(join(packageFolder, 'deps/lib/libtensorflow_cc.so.2'))));
    const files = await readRuntimeFiles(folder);
    if (!files) return null;
    return { variant: files.variant, folder, files, cudaDataDir: files.variant === 'gpu' ? join(folder, 'nvidia/cuda_nvcc') : null };
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
