import type { ArchiveProgress } from '../../contracts/calls/interchange';
import { CultivarError } from '../../contracts/errors';

export interface ArchiveOptions {
  readonly onProgress?: (progress: ArchiveProgress) => void;
  readonly signal?: AbortSignal;
}

/** @throws CultivarError archive-cancelled once the signal was given */
export function checkCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CultivarError({ code: 'archive-cancelled', message: 'The archive was cancelled; nothing of it is left.' });
}
