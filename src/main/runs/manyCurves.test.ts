import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writeManyRuns } from '../../../test/support/manyRuns';
import { tempFolder } from '../../../test/support/tempFolder';
import { eventsFile } from '../../library/runs';
import { ManyCurves } from './manyCurves';

it('gives thin curves of many runs, leaves out what cannot be read, and reads again what has grown', async () => {
  const library = tempFolder();
  const ids = writeManyRuns(library, { count: 3, epochs: 4, stepsPerEpoch: 50, events: true });
  const curves = new ManyCurves(library);
  appendFileSync(eventsFile(library, ids[2]!), 'no event\nno event either\n');
  const found = await curves.read([ids[1]!, ids[2]!, ids[0]!], 20);
  expect(found.map(({ runId }) => runId)).toEqual([ids[1], ids[0]]);
  expect(found[0]!.steps.step).toHaveLength(20);
  expect([...found[0]!.epochs.epoch]).toEqual([1, 2, 3, 4]);
  expect((await curves.read([ids[1]!], 20))[0]).toBe(found[0]);
  appendFileSync(eventsFile(library, ids[1]!), `${JSON.stringify({ type: 'steps', atMs: 1, step: [201], loss: [1], accuracy: [1], learningRate: [0], elapsedMs: [1] })}\n`);
  expect((await curves.read([ids[1]!], 20))[0]!.steps.step.at(-1)).toBe(201);
});
