import type { RemarksOf } from '../../contracts/calls/remarks';
import { CultivarError } from '../../contracts/errors';
import { listExperimentIds } from '../../library/experiments';
import { changeRemarks, readRemarks } from '../../library/remarks';
import { readRun } from '../../library/runs';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, usage } from '../output';

export const tagUsage = 'tag RUN|EXPERIMENT [+TAG …] [-TAG …]';
export const noteUsage = 'note RUN|EXPERIMENT [TEXT]';

/** tag: adds (+) and removes (-) tags, and tells those that there are. */
export async function tag({ library, json, positionals }: CommandContext): Promise<number> {
  const [id, ...signed] = positionals;
  if (id === undefined || signed.some((word) => !/^[+-]./.test(word))) throw usage(`usage: cultivar ${tagUsage}`);
  const signedWith = (sign: string) => signed.filter((word) => word.startsWith(sign)).map((word) => word.slice(1));
  const of = await remarksOf(library, id);
  const { tags } = signed.length === 0 ? await readRemarks(library, of) : (await changeRemarks(library, of, { add: signedWith('+'), remove: signedWith('-') })).after;
  if (json) answerJson({ schemaVersion: 1, ...of, tags });
  else answer(tags.length === 0 ? 'No tags.' : tags.join(', '));
  return exits.done;
}

/** note: the note, or another one in its place; "" removes it. */
export async function note({ library, json, positionals }: CommandContext): Promise<number> {
  const [id, text, ...rest] = positionals;
  if (id === undefined || rest.length > 0) throw usage(`usage: cultivar ${noteUsage}`);
  const of = await remarksOf(library, id);
  const remarks = text === undefined ? await readRemarks(library, of) : (await changeRemarks(library, of, { note: text })).after;
  if (json) answerJson({ schemaVersion: 1, ...of, note: remarks.note });
  else answer(remarks.note === '' ? 'No note.' : remarks.note);
  return exits.done;
}

/** @throws CultivarError run-unknown where the library has neither */
async function remarksOf(library: string, id: string): Promise<RemarksOf> {
  if ((await listExperimentIds(library)).includes(id)) return { kind: 'experiment', id };
  await readRun(library, id).catch((error: unknown) => {
    if (!(error instanceof CultivarError) || error.code !== 'run-damaged') throw error;
  });
  return { kind: 'run', id };
}
