import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LibraryRemarks, Remarks, RemarksChange, RemarksOf } from '../contracts/calls/remarks';
import { CultivarError } from '../contracts/errors';
import { changedTags, cleanTag, mostTags } from '../core/text/tags';
import { errorCode, writeJsonAtomic } from './atomic';
import { readDocument } from './document';
import { readExperiment } from './experiments';
import { acquireLockPatiently } from './lock';
import { experimentFolder, isId, runFolder } from './paths';
import { readRunManifest } from './runs';

export const longestNote = 20_000;

/** `runs/<id>/remarks.json` and `experiments/<id>/remarks.json`. */
const remarksSchema = z.strictObject({ schemaVersion: z.literal(1), note: z.string().max(longestNote), tags: z.array(z.string()).readonly(), pinned: z.boolean(), changedAt: z.iso.datetime() });

export const noRemarks: Remarks = { note: '', tags: [], pinned: false };

const folderOf = (library: string, { kind, id }: RemarksOf) => (kind === 'run' ? runFolder(library, id) : experimentFolder(library, id));
const remarksFile = 'remarks.json';
/** Not the run's own lock, which a training holds for hours. The dot keeps it out of archives. */
const lockFile = '.remarks.lock';

/** @throws CultivarError library-damaged */
export async function readRemarks(library: string, of: RemarksOf): Promise<Remarks> {
  const stored = await readDocument(join(folderOf(library, of), remarksFile), remarksSchema, { remedy: 'Restore it from a backup, or remove it: only the note and the tags are lost.' });
  return stored ? { note: stored.note, tags: stored.tags, pinned: stored.pinned } : noRemarks;
}

/**
 * Changes what is remarked, one process after another; of nothing but that. What trains is not disturbed.
 * @throws CultivarError run-unknown, experiment-unknown; usage for a tag that cannot be one or a note that is too long; library-damaged; a storage error
 */
export async function changeRemarks(library: string, of: RemarksOf, change: RemarksChange): Promise<{ readonly before: Remarks; readonly after: Remarks }> {
  const add = (change.add ?? []).map(checkedTag);
  if (change.note !== undefined && change.note.length > longestNote) throw new CultivarError({ code: 'usage', message: `A note has at most ${longestNote.toLocaleString('en')} characters.` });
  await (of.kind === 'run' ? unlessDamaged(readRunManifest(library, of.id)) : readExperiment(library, of.id));
  const folder = folderOf(library, of);
  const lock = await acquireLockPatiently(join(folder, lockFile), 'changing a note');
  try {
    const before = await readRemarks(library, of);
    const tags = changedTags(before.tags, add, change.remove ?? []);
    if (tags.length > mostTags) throw new CultivarError({ code: 'usage', message: `At most ${mostTags} tags.`, remedy: 'Remove one first.' });
    const after: Remarks = { note: change.note === undefined ? before.note : change.note.trim(), tags, pinned: change.pinned ?? before.pinned };
    if (JSON.stringify(after) !== JSON.stringify(before)) await writeJsonAtomic(join(folder, remarksFile), { schemaVersion: 1, ...after, changedAt: new Date().toISOString() } satisfies z.input<typeof remarksSchema>);
    return { before, after };
  } finally {
    await lock.release();
  }
}

/** Of all runs and experiments; remarks that cannot be read count as none here, and say so where they are changed. */
export async function listRemarks(library: string): Promise<LibraryRemarks> {
  const [runs, experiments] = await Promise.all([listKind(library, 'run'), listKind(library, 'experiment')]);
  return { runs, experiments };
}

async function listKind(library: string, kind: RemarksOf['kind']): Promise<Record<string, Remarks>> {
  const ids = (await readdir(join(library, `${kind}s`)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  })).filter(isId);
  const found = await Promise.all(ids.map(async (id) => [id, await readRemarks(library, { kind, id }).catch(() => noRemarks)] as const));
  return Object.fromEntries(found.filter(([, { note, tags, pinned }]) => note !== '' || tags.length > 0 || pinned));
}

function checkedTag(text: string): string {
  const tag = cleanTag(text);
  if (tag === null) throw new CultivarError({ code: 'usage', message: `"${text}" cannot be a tag.`, remedy: 'A tag has 1 to 40 characters, no comma, colon or quotation mark, and no sign in front.' });
  return tag;
}

/** A damaged run can be written of. */
const unlessDamaged = (reading: Promise<unknown>) => reading.catch((error: unknown) => {
  if (!(error instanceof CultivarError) || error.code !== 'run-damaged') throw error;
});
