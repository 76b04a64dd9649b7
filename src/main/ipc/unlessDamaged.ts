import { CultivarError } from '../../contracts/errors';

/** For what can be made again: damage is as nothing there. */
export function unlessDamaged(error: unknown): null {
  if (error instanceof CultivarError && error.code === 'run-damaged') return null;
  throw error;
}
