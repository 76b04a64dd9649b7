// The second half of the set-up, run by scripts/lib/bootstrap.mjs once the npm packages are there.
// Parts: runtime electron data build (all where none is named). Safe to repeat; offline where nothing is missing.
import { cacheFolder, libraryFolder } from '../../src/library/paths';
import { ensureCifar10 } from '../../src/data/cifar10';
import { gpuSurroundings } from '../../src/system/nvidia';
import { bindingPackage } from '../../src/system/runtimeLayout';
import { ensureBuild } from './build';
import { ensureElectron } from './electron';
import { chooseDevice } from '../../src/runtime/chooseDevice';
import { proveRuntime } from './device';
import { ensureRoom } from '../../src/runtime/disk';
import { tellFailure } from './failure';
import { ensureNativeRuntime } from './nativeRuntime';
import { Progress } from './progress';
import { takeSetupLock } from './setupLock';
import { ensureSystemPackages } from './systemPackages';

const progress = new Progress();
const cacheDir = cacheFolder();

async function runtime(): Promise<void> {
  const packageFolder = bindingPackage();
  if (!packageFolder) throw new Error('@tensorflow/tfjs-node-gpu is not installed');
  const { variant, target, warning } = chooseDevice(await gpuSurroundings());
  if (warning) progress.say(`WARNING: ${warning}`);
  const outcome = await ensureNativeRuntime({ cacheDir, variant, packageFolder, progress });
  if (outcome === 'made') {
    await proveRuntime(packageFolder, progress);
    progress.say(`Native runtime: ready, for ${target}`);
  }
}

async function electron(): Promise<void> {
  const needXvfb = process.argv.includes('--tests') && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  const binary = await ensureElectron(cacheDir, progress);
  await ensureSystemPackages(binary.distPath, progress, { needXvfb });
}

async function data(): Promise<void> {
  let bytes = 0;
  let current: string | null = null;
  let stop: (() => void) | undefined;
  const result = await ensureCifar10({
    libraryDir: libraryFolder(),
    cacheDir,
    onNotice: (sentence) => progress.say(sentence),
    onProgress: ({ phase, doneBytes, totalBytes }) => {
      bytes = doneBytes;
      if (phase === current) return;
      current = phase;
      stop?.();
      stop = progress.watch(`CIFAR-10, ${phase}`, totalBytes, () => bytes);
    },
  });
  stop?.();
  if (stop) progress.say(`CIFAR-10: ${result.manifest.counts.train + result.manifest.counts.test} images in ${libraryFolder()}`);
}

const parts: Record<string, () => Promise<unknown>> = { runtime, electron, data, build: () => ensureBuild(progress) };

try {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const unknown = named.find((name) => !(name in parts));
  if (unknown) {
    console.error(`usage: npm run setup -- [${Object.keys(parts).join('] [')}]`);
    process.exit(2);
  }
  await ensureRoom(cacheDir, 0, 'The set-up');
  const lock = await takeSetupLock(cacheDir, progress);
  try {
    for (const name of named.length > 0 ? named : Object.keys(parts)) await parts[name]();
  } finally {
    await lock.release();
  }
} catch (error) {
  tellFailure(error);
  process.exit(1);
}
