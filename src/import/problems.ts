import { CultivarError } from '../contracts/errors';
import type { QuarantineReason } from '../contracts/importing';
import { errorCode } from '../library/atomic';
import { FileProblem } from '../weights/fileProblem';

/** The whole source cannot be used. @param why completes "PATH cannot be imported: …" */
export const unreadable = (path: string, why: string, more: { remedy?: string; detail?: string; cause?: unknown } = {}) =>
  new CultivarError({ code: 'import-unreadable', message: `${path} cannot be imported: ${why}.`, remedy: more.remedy, detail: more.detail }, { cause: more.cause });

export const cancelled = () => new CultivarError({ code: 'import-cancelled', message: 'The import was cancelled; nothing was left.' });

/** One file of a source cannot be used; the others can. */
export class EntryProblem extends Error {
  constructor(readonly reason: QuarantineReason, message: string) { super(message); }
}

/** What a foreign file's reader threw, for the whole source. Errors that are told already come back as they are. */
export function asUnreadable(path: string, error: unknown): unknown {
  if (error instanceof CultivarError || (error instanceof Error && error.name === 'AbortError')) return error;
  if (error instanceof FileProblem) return unreadable(path, error.message, { cause: error });
  const detail = error instanceof Error ? error.stack : undefined;
  switch (errorCode(error)) {
    case 'ENOENT': return unreadable(path, 'there is no such file or folder', { cause: error });
    case 'EACCES': case 'EPERM': return unreadable(path, 'this user may not read it', { cause: error });
    case 'ENOSPC': case 'EROFS': case 'EDQUOT': return error;
    default: return unreadable(path, error instanceof Error ? error.message.replace(/\.$/, '') : String(error), { cause: error, detail });
  }
}
