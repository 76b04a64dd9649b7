import { CultivarError } from '../contracts/errors';
import { cultivarCommand } from './command';
import type { RunManifest } from './runManifest';
import { testOpenings } from './testLedger';

/**
 * Test images are shown, embedded or explained for a run only once its figures on them are known: looking at them is an opening too.
 * @throws CultivarError usage where the test set was never opened for this run; library-damaged
 */
export async function assertTestOpened(library: string, { id, dataset: { revision } }: RunManifest): Promise<void> {
  const openings = await testOpenings(library, revision);
  if (openings.some(({ runId, runIds }) => runId === id || runIds.includes(id))) return;
  throw new CultivarError({
    code: 'usage', message: 'The test set has not been opened for this run, and its images are out of reach until then.',
    remedy: 'Use the validation images; or, after every choice is made, open it: each opening is recorded.', command: cultivarCommand(`evaluate ${id} --split test --open-test`),
  });
}
