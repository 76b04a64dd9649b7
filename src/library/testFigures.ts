import { join } from 'node:path';
import { z } from 'zod';
import { CultivarError } from '../contracts/errors';
import { testFigure, type TestFigure, type WithoutList } from '../core/run/testFigure';
import { makeFolder, writeJsonAtomic } from './atomic';
import { damagedDocument, readDocument } from './document';
import { listHash } from './listHash';
import { runFolder } from './paths';
import { readPredictions } from './predictions';
import type { RunManifest } from './runManifest';
import { whileFree } from './whileFree';

/** `runs/<id>/predictions/test-without.json`: lists that a test figure was asked for without, with their images, so that it can be read wherever the run is. */
const schema = z.strictObject({
  schemaVersion: z.literal(1),
  lists: z.array(z.strictObject({ list: z.string(), sha256: z.string(), revision: z.string(), at: z.iso.datetime(), images: z.array(z.int().min(0)) })),
});
const file = (library: string, runId: string) => join(runFolder(library, runId), 'predictions', 'test-without.json');

/** @throws CultivarError library-damaged, also where images are not what their hash says */
async function readLists(library: string, runId: string): Promise<z.output<typeof schema>['lists']> {
  const path = file(library, runId);
  const lists = (await readDocument(path, schema))?.lists ?? [];
  if (lists.every(({ sha256, revision, images }) => listHash(revision, images) === sha256)) return lists;
  throw damagedDocument(path, 'the images of a list are not what its hash says');
}

/**
 * Records that a run's test figure stands without a list too, beside the plain one. The same list again stays as it was first asked for.
 * @returns false where another process is at the run
 * @throws CultivarError library-damaged, a storage error
 */
export const recordWithout = (library: string, { id, dataset: { revision } }: Pick<RunManifest, 'id' | 'dataset'>, asked: Omit<WithoutList, 'at'>): Promise<boolean> =>
  whileFree(library, id, 'recording a test figure', async () => {
    const lists = await readLists(library, id);
    if (lists.some(({ list, sha256 }) => list === asked.list && sha256 === asked.sha256)) return;
    await makeFolder(join(runFolder(library, id), 'predictions'));
    const { list, sha256, images } = asked;
    await writeJsonAtomic(file(library, id), { schemaVersion: 1, lists: [...lists, { list, sha256, revision, at: new Date().toISOString(), images: [...images] }] } satisfies z.input<typeof schema>);
  });

/** What a run's last weights say on the test set; null where it was not opened for them, and where the files are damaged: they can be measured again. */
export async function testFigureOf(library: string, { id, summary, dataset: { revision } }: Pick<RunManifest, 'id' | 'summary' | 'dataset'>): Promise<TestFigure | null> {
  try {
    const predictions = await readPredictions(library, id, 'test');
    if (!predictions || predictions.step !== summary.step || predictions.dataRevision !== revision) return null;
    return testFigure(predictions, await readLists(library, id));
  } catch (error) {
    if (error instanceof CultivarError) return null;
    throw error;
  }
}
