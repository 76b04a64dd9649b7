import { join } from 'node:path';
import { z } from 'zod';
import type { DatasetManifest } from '../../contracts/dataset';
import { CultivarError } from '../../contracts/errors';
import { labelMarks, type LabelMark } from '../../core/audit/types';
import { makeFolder, writeJsonAtomic } from '../../library/atomic';
import { readDocument } from '../../library/document';
import { acquireLockPatiently } from '../../library/lock';
import { auditFolder } from './auditFolder';

/** `audits/<revision>/marks.json`: what a person said of images, by their index. */
const marksSchema = z.strictObject({ schemaVersion: z.literal(1), marks: z.record(z.string().regex(/^\d+$/), z.enum(labelMarks)) });

type Marks = Readonly<Record<number, LabelMark>>;

const fileOf = (library: string, { id, revision }: Pick<DatasetManifest, 'id' | 'revision'>) => join(auditFolder(library, id, revision), 'marks.json');

/** @throws CultivarError library-damaged */
export async function readMarks(library: string, of: Pick<DatasetManifest, 'id' | 'revision'>): Promise<Marks> {
  return (await readDocument(fileOf(library, of), marksSchema, { remedy: 'Restore it from a backup, or remove it: only what was said of images is lost.' }))?.marks ?? {};
}

/** @param mark null takes it back @throws CultivarError usage for an image that is not there; library-damaged; a storage error */
export async function markImage(library: string, manifest: Pick<DatasetManifest, 'id' | 'revision' | 'counts'>, index: number, mark: LabelMark | null): Promise<Marks> {
  if (index >= manifest.counts.train + manifest.counts.test) throw new CultivarError({ code: 'usage', message: `The data set "${manifest.id}" has no image ${index}.` });
  const folder = auditFolder(library, manifest.id, manifest.revision);
  await makeFolder(folder);
  const lock = await acquireLockPatiently(join(folder, 'marks.lock'), 'marking an image');
  try {
    const { [index]: _before, ...others } = await readMarks(library, manifest);
    const marks = mark === null ? others : { ...others, [index]: mark };
    await writeJsonAtomic(fileOf(library, manifest), { schemaVersion: 1, marks } satisfies z.input<typeof marksSchema>);
    return marks;
  } finally {
    await lock.release();
  }
}
