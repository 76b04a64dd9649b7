import { closeSync, openSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CounterRandom } from '../../src/core/random/philox';
import { replay } from '../../src/core/run/view';
import { readEvents } from '../../src/library/events';
import { eventsFile } from '../../src/library/runs';
import { tempFolder } from '../support/tempFolder';
import { trainingLibrary, waitingRun } from '../support/trainingLibrary';

const points = 1_000_000;

/** Numbers of as many digits as a training's, and a rate a second. */
function writeRun(path: string, stepsALine: number): void {
  const random = new CounterRandom(1, 'events', 0);
  const file = openSync(path, 'w');
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

test.each([1, 5, 50])('a million points open, %i a line', async (stepsALine) => {
  const library = trainingLibrary(tempFolder());
  const id = await waitingRun(library);
  writeRun(eventsFile(library, id), stepsALine);
  const figures: string[] = [];
  for (const what of ['never read before', 'again', 'and again']) {
    const [cpu, start] = [process.cpuUsage(), performance.now()];
    const view = replay((await readEvents(library, id)).events);
    const { user, system } = process.cpuUsage(cpu);
    figures.push(`${what} ${((user + system) / 1e6).toFixed(2)} s of processor time, ${((performance.now() - start) / 1000).toFixed(2)} s by the clock`);
    expect([view.steps.length, view.step, view.steps.column('step')[points - 1]]).toEqual([points, points, points]);
  }
  console.log(`1,000,000 points, ${stepsALine} a line: ${figures.join('; ')}`);
}, 600_000);
