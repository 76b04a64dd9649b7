// npm run gpu:check [-- PART…]: is this computer's GPU right, steady and used? Parts: equality, determinism, xla, flat, memory; all of
// them where none is named. Prints a line for each point and exits 1 where one does not hold.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../src/library/program';
import { withoutGpus } from '../../src/system/nativeEnvironment';
import { nativeHost, runEnvironment } from '../../src/trainer/host/nativeHost';
import type { StepsCase, StepsResult } from './steps';

const project = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cultivar-gpu-check-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const failures: string[] = [];
const judge = (holds: boolean, what: string) => {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}`);
  if (!holds) failures.push(what);
};

const host = await nativeHost();
if (host.gpusUsed === 0) {
  console.error(`No GPU is used here${host.gpuNotUsed ? `: ${host.gpuNotUsed}` : '.'}`);
  process.exit(1);
}
const usual = runEnvironment(host, { intraOpThreads: null, device: 'auto', xla: false });
const exact = { NVIDIA_TF32_OVERRIDE: '0' };
const deterministic = { TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1' };
let cases = 0;

/** Runs the steps in a process of their own; what it said where it failed. */
async function steps(what: StepsCase, environment: NodeJS.ProcessEnv = {}, base = usual): Promise<StepsResult | string> {
  const file = join(folder, `case-${++cases}.json`);
  writeFileSync(file, JSON.stringify(what));
  const end = await runProgram(process.execPath, ['--import', 'tsx', join(project, 'scripts/gpu/steps.ts'), file], { environment: { ...base, ...environment } });
  if (end.kind !== 'ended') return end.kind;
  return end.code === 0 ? JSON.parse(end.stdout.trim().split('\n').at(-1)!) as StepsResult : `exit ${end.code ?? end.signal}: ${end.stderr.trim().slice(-600)}`;
}

/** ‖a - b‖ / ‖b‖ of two files of float32. */
function distance(a: string, b: string): number {
  const floats = (path: string) => new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
  const [x, y] = [floats(a), floats(b)];
  let [difference, norm] = [0, 0];
  for (let i = 0; i < y.length; i++) {
    difference += (x[i]! - y[i]!) ** 2;
    norm += y[i]! ** 2;
  }
  return Math.sqrt(difference / norm);
}

const percent = (value: number) => `${(100 * value).toPrecision(2)} %`;

/**
 * What one step changes in the parameters, against the CPU's float32 step. TF32 and bfloat16 may be off by their own rounding: by no more than
 * bfloat16 is on the CPU (twice, for another order of sums). float32 has to be ten times nearer than TF32, no more: where ReLU's input is next
 * to 0, rounding turns a whole gradient on or off (on an H100 0.9 to 3.2 % for ResNets; for the fast network, which has SiLU, 0.0009 %).
 */
async function equality(): Promise<void> {
  const networks = [['resnet18', 'imagenet'], ['resnet50', 'imagenet'], ['resnet50', 'cifar'], ['fast', 'own']] as const;
  for (const [architecture, stem] of networks) {
    const name = `${architecture}, ${stem} stem`;
    const one = async (label: string, precision: StepsCase['precision'], environment: NodeJS.ProcessEnv, base = usual) => {
      const changes = join(folder, `${architecture}-${stem}-${label}`);
      const result = await steps({ architecture, stem, precision, batchSize: 32, steps: 1, changes }, environment, base);
      if (typeof result === 'string') judge(false, `${name}, ${label}: ${result}`);
      return typeof result === 'string' ? null : { ...result, changes };
    };
    const [reference, coarse, float32, tf32, bfloat16] = await Promise.all([
      one('cpu-float32', 'float32', {}, withoutGpus(usual)), one('cpu-bfloat16', 'bfloat16', {}, withoutGpus(usual)),
      one('float32', 'float32', exact), one('tf32', 'float32', {}), one('bfloat16', 'bfloat16', {}),
    ]);
    if (!reference || !coarse || !float32 || !tf32 || !bfloat16) continue;
    const off = (other: { changes: string }) => distance(other.changes, reference.changes);
    judge(reference.device === 'cpu' && float32.device === 'gpu', `${name}: one ran on the CPU, one on the GPU`);
    const allowed = 2 * off(coarse);
    const loss = Math.abs(float32.losses[0]! / reference.losses[0]! - 1);
    judge(loss < 1e-4, `${name}: the loss is the CPU's, ${percent(loss)} off (allowed 0.01 %)`);
    judge(off(float32) < off(tf32) / 10, `${name}: a float32 step without TF32 changes the parameters as the CPU's does, ${percent(off(float32))} off (allowed ${percent(off(tf32) / 10)}, a tenth of TF32's)`);
    judge(off(tf32) < allowed, `${name}: with TF32 ${percent(off(tf32))} off (allowed ${percent(allowed)}, twice what the CPU's bfloat16 is)`);
    judge(off(bfloat16) < allowed, `${name}: in bfloat16 ${percent(off(bfloat16))} off (allowed as much)`);
  }
}

async function determinism(): Promise<void> {
  const what: StepsCase = { architecture: 'resnet50', stem: 'cifar', precision: 'bfloat16', batchSize: 128, steps: 40 };
  for (const [name, environment, wanted] of [['as it comes', {}, false], ['TF_DETERMINISTIC_OPS=1 TF_CUDNN_DETERMINISTIC=1', deterministic, true]] as const) {
    const [first, second] = [await steps(what, environment), await steps(what, environment)];
    if (typeof first === 'string' || typeof second === 'string') judge(!wanted, `${name}: ${typeof first === 'string' ? first : second as string}`);
    else {
      const same = first.sha256 === second.sha256;
      judge(same || !wanted, `40 steps twice, ${name}: ${same ? 'the same bytes' : `other bytes (last losses ${first.losses.at(-1)} and ${second.losses.at(-1)})`}, ${first.medianMs.toFixed(1)} ms a step`);
    }
  }
}

async function xla(): Promise<void> {
  const compiled = { TF_XLA_FLAGS: runEnvironment(host, { intraOpThreads: null, device: 'auto', xla: true })['TF_XLA_FLAGS'] };
  for (const precision of ['float32', 'bfloat16'] as const) {
    for (const [name, environment] of [['without XLA', {}], ['with XLA', compiled]] as const) {
      const result = await steps({ architecture: 'resnet50', stem: 'cifar', precision, batchSize: 512, steps: 40 }, environment);
      if (typeof result === 'string') judge(false, `${name}, ${precision}: ${result}`);
      else judge(Number.isFinite(result.losses.at(-1)), `ResNet50, CIFAR stem, batch 512, ${precision}, ${name}: ${result.medianMs.toFixed(1)} ms a step (${(512_000 / result.medianMs).toFixed(0)} images/s), the first ${(result.firstStepMs / 1000).toFixed(1)} s, ${result.gpuMiB[1] ?? '?'} MiB of the GPU, last loss ${result.losses.at(-1)!.toFixed(3)}`);
    }
  }
}

async function flat(): Promise<void> {
  const result = await steps({ architecture: 'resnet18', stem: 'imagenet', precision: 'float32', batchSize: 64, steps: 2000 });
  if (typeof result === 'string') return judge(false, `2,000 steps: ${result}`);
  const { residentMB: [before, after], tensors, gpuMiB } = result;
  judge(after - before < 8 && tensors[0] === tensors[1] && gpuMiB[0] === gpuMiB[1], `2,000 steps of ResNet18: resident ${before.toFixed(0)} → ${after.toFixed(0)} MB, tensors ${tensors.join(' → ')}, GPU ${gpuMiB.join(' → ')} MiB, ${result.medianMs.toFixed(1)} ms a step`);
}

async function memory(): Promise<void> {
  // 135 GB. Its largest map has 2^30 numbers: from 2^31 on, kernels that count in 32 bits end the process without a word about memory.
  const result = await steps({ architecture: 'resnet50', stem: 'cifar', precision: 'float32', batchSize: 4096, steps: 2 });
  judge(typeof result === 'string' && /did not fit into memory|out-of-memory/.test(result), `a batch of 4,096 ends with: ${typeof result === 'string' ? result.split('\n').find((line) => /memory/.test(line)) ?? result : 'no error'}`);
}

const parts = { equality, determinism, xla, flat, memory };
const asked = process.argv.slice(2);
for (const name of asked) if (!(name in parts)) throw new Error(`There is no part ${name}; parts: ${Object.keys(parts).join(', ')}`);
console.log(`${host.gpuName}, TensorFlow's GPU build`);
for (const [name, check] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await check();
console.log(failures.length === 0 ? 'All of it holds.' : `${failures.length} do not hold.`);
process.exitCode = failures.length === 0 ? 0 : 1;
