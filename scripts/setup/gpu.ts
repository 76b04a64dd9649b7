import { run } from './run';

/** Names of the GPUs that the driver's tool lists; empty where there is none or it does not answer. */
export async function listedGpus(): Promise<string[]> {
  const end = await run('nvidia-smi', ['-L'], { timeoutMs: 15_000 });
  return end?.code === 0 ? end.stdout.split('\n').filter((line) => line.startsWith('GPU ')) : [];
}
