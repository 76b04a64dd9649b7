import { CultivarError } from '../../src/contracts/errors';

/** One clear sentence and the command that mends it; details only where the error is ours to explain. */
export function tellFailure(error: unknown): void {
  if (!(error instanceof CultivarError)) {
    console.error(error);
    return;
  }
  console.error(`\n${error.message}`);
  if (error.remedy) console.error(error.remedy);
  if (error.command) console.error(`  ${error.command}`);
  if (error.detail && process.env['CULTIVAR_DETAILS']) console.error(`\n${error.detail}`);
}
