import { runProgram } from '../../src/library/program';

/** What a process holds of a GPU's memory, in MiB; all that is used of the first GPU where the driver tells it of no process (in a container), null without a driver. */
export async function gpuMemoryMiB(pid: number): Promise<number | null> {
  const rows = await query(['--query-compute-apps=pid,used_memory']);
  const own = rows.find(([owner]) => Number(owner) === pid)?.[1];
  const [first] = own === undefined ? await query(['--query-gpu=memory.used']) : [];
  const value = Number(own ?? first?.[0] ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

async function query(args: readonly string[]): Promise<string[][]> {
  const end = await runProgram('nvidia-smi', [...args, '--format=csv,noheader,nounits'], { timeoutMs: 20_000 });
  if (end.kind !== 'ended' || end.code !== 0) return [];
  return end.stdout.split('\n').filter((line) => line.trim()).map((line) => line.split(',').map((cell) => cell.trim()));
}
