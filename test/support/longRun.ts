import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CounterRandom } from '../../src/core/random/philox';
import { stringifyJson } from '../../src/library/json';
import { eventsOf, writeManyRuns } from './manyRuns';

/** Appends steps with numbers of as many digits as a training's, and a rate a second. */
export function appendSteps(path: string, points: number, stepsALine: number): void {
  const random = new CounterRandom(1, 'events', 0);
  const file = openSync(path, 'a');
  const linesASecond = stepsALine === 1 ? 1 : 4;
  let elapsedMs = 0;
  for (let step = 0, line = 0; step < points; step += stepsALine, line++) {
    const column = (value: (i: number) => number) => Array.from({ length: stepsALine }, (_, i) => value(i));
    const steps = {
      type: 'steps', atMs: 1_764_150_000_000 + Math.round(elapsedMs), step: column((i) => step + i + 1), loss: column(() => Math.fround(2 * random.float())), accuracy: column(() => Math.round(64 * random.float()) / 64),
      learningRate: column((i) => 0.05 * (1 + Math.cos((Math.PI * (step + i)) / points))), elapsedMs: column(() => (elapsedMs += 1000 / (linesASecond * stepsALine) + random.float())),
    };
    const rate = { type: 'rate', atMs: steps.atMs, step, imagesPerSecond: 1000 * random.float(), inputWaitFraction: random.float() / 100, remainingMs: 1e6 * random.float(), residentBytes: 123_456_789 };
    writeSync(file, `${JSON.stringify(steps)}\n${line % linesASecond === 0 ? `${JSON.stringify(rate)}\n` : ''}`);
  }
  closeSync(file);
}

/** A completed run of so many steps, each with a line and a rate of its own. @returns its id */
export function writeLongRun(library: string, points: number): string {
  const [id] = writeManyRuns(library, { count: 1, epochs: 1, stepsPerEpoch: points, events: false }) as [string];
  const path = join(library, 'runs', id, 'events.jsonl');
  const append = (event: object) => {
    const file = openSync(path, 'a');
    writeSync(file, `${stringifyJson(event)}\n`);
    closeSync(file);
  };
  const events = eventsOf(0, 1, 10);
  const epoch = events.find(({ type }) => type === 'epoch')!;
  append({ ...events[0], totalSteps: points, stepsPerEpoch: points });
  appendSteps(path, points, 1);
  append({ ...epoch, step: points });
  append(events.at(-1)!);
  return id;
}
