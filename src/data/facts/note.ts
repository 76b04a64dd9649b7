import { join } from 'node:path';
import { z } from 'zod';
import { datasetNoteSchema, type DatasetNote } from '../../contracts/datasetFacts';
import { CultivarError } from '../../contracts/errors';
import { writeJsonAtomic } from '../../library/atomic';
import { readDocument } from '../../library/document';
import { datasetFolder } from '../../library/paths';
import { readDatasetManifest } from '../openDataset';

/** `datasets/<id>/note.json`: of the data set, whichever revision is the current one. */
const storedSchema = datasetNoteSchema.extend({ schemaVersion: z.literal(1), changedAt: z.iso.datetime() });
const noteFile = (library: string, id: string) => join(datasetFolder(library, id), 'note.json');

/** What the person wrote down; null where nothing was. @throws CultivarError library-damaged */
export async function readNote(library: string, id: string): Promise<DatasetNote | null> {
  const stored = await readDocument(noteFile(library, id), storedSchema);
  if (!stored) return null;
  const { note, source, licence } = stored;
  return { note, source, licence };
}

/**
 * Writes it down beside the data set; no revision changes.
 * @throws CultivarError dataset-unknown, dataset-damaged; usage for what Cultivar fetches itself; a storage error
 */
export async function writeNote(library: string, id: string, note: DatasetNote): Promise<void> {
  const manifest = await readDatasetManifest(library, id);
  if (!manifest.import) throw new CultivarError({ code: 'usage', message: `The data set "${id}" is not of a person's own images: its source and terms are known.` });
  await writeJsonAtomic(noteFile(library, id), { schemaVersion: 1, ...datasetNoteSchema.parse(note), changedAt: new Date().toISOString() } satisfies z.input<typeof storedSchema>);
}
