import type { Contestant } from './contestants';

export interface Timing {
  readonly bestMs: number;
  readonly medianMs: number;
}

/**
 * Times contestants side by side: every round runs each one in turn, so that whatever else the machine does strikes all of
 * them alike. The first `warmUps` rounds do not count.
 */
export async function measureInterleaved<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  rounds: number,
  warmUps: number,
): Promise<Record<Name, Timing>> {
  const names = Object.keys(contestants) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const name of names) {
      const started = performance.now();
      await contestants[name].run();
      if (round >= 0) times.get(name)!.push(performance.now() - started);
    }
  }
  return Object.fromEntries(names.map((name) => [name, summary(times.get(name)!)])) as Record<Name, Timing>;
}

function summary(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  return { bestMs: sorted[0]!, medianMs: sorted[sorted.length >> 1]! };
}
