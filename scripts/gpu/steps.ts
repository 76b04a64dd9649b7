// Training steps of one network on made-up images, in a process of its own: what the environment says (a GPU or none, TF32, XLA,
// determinism) is read when TensorFlow is loaded. Usage: tsx scripts/gpu/steps.ts CASE.json; prints one line of JSON.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isUsingGpuDevice, loadTensorFlow } from '../../src/engine/backend';
import { initialState, openNetwork, type Batch, type NetworkSpec, type StateTensor } from '../../src/engine/step/network';
import { gpuMemoryMiB } from './memory';

export interface StepsCase {
  readonly architecture: NetworkSpec['architecture'];
  readonly stem: NetworkSpec['stem'];
  readonly precision: NetworkSpec['precision'];
  readonly batchSize: number;
  readonly steps: number;
  /** File for what the steps have changed, in the order of the state: parameters alone, float32. */
  readonly changes?: string;
}

export interface StepsResult {
  readonly device: 'cpu' | 'gpu';
  readonly losses: readonly number[];
  /** Of the whole state after the last step. */
  readonly sha256: string;
  readonly firstStepMs: number;
  /** Of the later half of the steps. */
  readonly medianMs: number;
  /** Resident memory after a tenth of the steps, and after all. */
  readonly residentMB: readonly [number, number];
  readonly tensors: readonly [number, number];
  /** Of the process on the GPU, by nvidia-smi: after a tenth of the steps, and after all; null on the CPU or where it does not tell. */
  readonly gpuMiB: readonly [number | null, number | null];
}

const imageSize = 32;

/** Noise, another in each step. */
function batch(count: number, step: number): Batch {
  const length = count * imageSize * imageSize * 3;
  return {
    pixels: Uint8Array.from({ length }, (_, i) => Math.imul(i + step * 7919, 0x9e3779b1) >>> 24),
    labels: Int32Array.from({ length: count }, (_, i) => (i * 7 + step) % 10),
  };
}

const parameters = (state: readonly StateTensor[]) => state.filter(({ role }) => role === 'parameter').map(({ data }) => data);

async function train({ architecture, stem, precision, batchSize, steps, changes }: StepsCase, folder: string): Promise<StepsResult> {
  const tf = loadTensorFlow();
  const device = isUsingGpuDevice(tf) ? 'gpu' : 'cpu';
  const network = await openNetwork({
    architecture, stem, precision, device, classes: 10, height: imageSize, width: imageSize, channels: 3,
    mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616], labelSmoothing: 0.1, clipNorm: null,
    optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4 },
  }, folder);
  const start = initialState(network.spec, 1);
  network.writeState(start);
  const [losses, times, batches]: [number[], number[], Batch[]] = [[], [], Array.from({ length: Math.min(steps, 4) }, (_, i) => batch(batchSize, i))];
  const memory = async () => ({ resident: process.memoryUsage.rss() / 1e6, tensors: tf.memory().numTensors, gpu: device === 'gpu' ? await gpuMemoryMiB(process.pid) : null });
  let early = await memory();
  for (let step = 0; step < steps; step++) {
    const began = performance.now();
    losses.push(network.trainStep(batches[step % batches.length]!, 0.01).loss);
    times.push(performance.now() - began);
    if (step + 1 === Math.ceil(steps / 10)) early = await memory();
  }
  const late = await memory();
  const state = network.readState();
  network.close();
  const hash = createHash('sha256');
  for (const { data } of state) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  if (changes) {
    const before = parameters(start);
    writeFileSync(changes, Buffer.concat(parameters(state).map((after, i) => new Uint8Array(after.map((value, j) => value - before[i]![j]!).buffer))));
  }
  const [first, ...later] = times;
  return {
    device, losses, sha256: hash.digest('hex'), firstStepMs: first!, medianMs: later.slice(later.length >> 1).toSorted((a, b) => a - b)[later.length >> 2] ?? first!,
    residentMB: [early.resident, late.resident], tensors: [early.tensors, late.tensors], gpuMiB: [early.gpu, late.gpu],
  };
}

const folder = mkdtempSync(join(tmpdir(), 'cultivar-gpu-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
console.log(JSON.stringify(await train(JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as StepsCase, folder)));
