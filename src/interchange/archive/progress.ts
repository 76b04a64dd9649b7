import { CultivarError } from '../../contracts/errors';

/** How far an archive is: bytes of its files. */
export interface ArchiveProgress {
  readonly phase: 'hash' | 'write' | 'check' | 'place';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface ArchiveOptions {
  readonly onProgress?: (progress: ArchiveProgress) => void;
  readonly signal?: AbortSignal;
}

/** @throws CultivarError archive-cancelled once the signal was given */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CultivarError({ code: 'archive-cancelled', message: 'The archive was cancelled; nothing of it is left.' });
}
