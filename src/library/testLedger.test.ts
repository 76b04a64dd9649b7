import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../test/support/tempFolder';
import { recordTestOpening, testOpenings } from './testLedger';

it('counts the openings of each revision and forgets none', async () => {
  const library = tempFolder();
  const opening = { runId: 'run-a', experimentId: null, purpose: 'evaluate' };
  expect(await testOpenings(library, 'r1')).toEqual([]);
  expect(await recordTestOpening(library, 'r1', opening)).toBe(1);
  expect(await recordTestOpening(library, 'r1', { ...opening, runId: 'run-b' })).toBe(2);
  expect(await recordTestOpening(library, 'r2', opening)).toBe(1);
  expect((await testOpenings(library, 'r1')).map(({ runId }) => runId)).toEqual(['run-a', 'run-b']);
  appendFileSync(join(library, 'test-openings', 'r1.jsonl'), '{"at":');
  await expect(recordTestOpening(library, 'r1', opening)).rejects.toMatchObject({ code: 'library-damaged', message: expect.stringContaining('Line 3') });
});
