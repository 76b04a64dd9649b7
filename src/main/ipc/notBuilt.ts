import { CultivarError } from '../../contracts/errors';

/** Refuses a call that the contract has and nothing answers yet. */
export function notBuilt(call: string): never {
  throw new CultivarError({ code: 'internal', message: `${call} is not built yet.` });
}
