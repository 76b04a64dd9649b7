import { expect, test } from 'vitest';
import { replay } from '../../src/core/run/view';
import { readEvents } from '../../src/library/events';
import { eventsFile } from '../../src/library/runs';
import { appendSteps } from '../support/longRun';
import { tempFolder } from '../support/tempFolder';
import { trainingLibrary, waitingRun } from '../support/trainingLibrary';

const points = 1_000_000;

test.each([1, 5, 50])('a million points open, %i a line', async (stepsALine) => {
  const library = trainingLibrary(tempFolder());
  const id = await waitingRun(library);
  appendSteps(eventsFile(library, id), points, stepsALine);
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
