import { CultivarError } from '../../contracts/errors';
import { readExperiment } from '../../library/experiments';
import { readRun } from '../../library/runs';
import { excludeLists, manifestOf, testListOf } from './excludeLists';

/** Of the data that an arm's runs saw. */
async function manifestOfArm(library: string, experimentId: string, armKey: string) {
  const { name, arms } = await readExperiment(library, experimentId);
  const runId = arms.find(({ key }) => key === armKey)?.runIds[0];
  if (runId === undefined) throw new CultivarError({ code: 'usage', message: `The experiment "${name}" has no arm "${armKey}".` });
  const { dataset: { id, revision } } = await readRun(library, runId);
  return manifestOf(library, id, revision);
}

/** Names of lists that hold test images: an arm's test figure may be given without one of them too. @throws CultivarError usage; run-unknown; library-damaged */
export async function testListsOfArm(library: string, experimentId: string, armKey: string): Promise<string[]> {
  const lists = await excludeLists(library, await manifestOfArm(library, experimentId, armKey));
  return lists.filter(({ counts }) => counts.test > 0).map(({ name }) => name);
}

/** A list by its name. To be looked up before the opening, which would count. @throws as `testListOf`; usage; run-unknown */
export const testListOfArm = async (library: string, experimentId: string, armKey: string, name: string) =>
  testListOf(library, await manifestOfArm(library, experimentId, armKey), name);
