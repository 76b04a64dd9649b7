import type { Contestant } from './contestants';

export interface Timing {
  readonly bestMs: number;
  readonly medianMs: number;
  /** Processor time, the median. */
  readonly processorMs: number;
}

/**
 * Times contestants side by side: every round runs each one in turn, so that whatever else the machine does strikes all of
 * them alike. The first `warmUps` rounds do not count.
 * @param parts of one unit of work: what is told is the time of a part
 */
export async function measureInterleaved<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds: number,
  warmUps: number,
  parts = 1,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contestants) as Name[];
  const times = new Map<Name, { wall: number[]; processor: number[] }>(names.map((name) => [name, { wall: [], processor: [] }]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const [started, taken] = [performance.now(), contestants[name].processorMs()];
      await contestants[name].run();
      if (round < 0) continue;
      times.get(name)!.wall.push((performance.now() - started) / parts);
      times.get(name)!.processor.push((contestants[name].processorMs() - taken) / parts);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(times.get(name)!)])) as Record<Name, Timing>;
}

function summary({ wall, processor }: { readonly wall: readonly number[]; readonly processor: readonly number[] }): Timing {
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  return { bestMs: Math.min(...wall), medianMs: median(wall), processorMs: median(processor) };
}
