import type { CultivarErrorData } from '../contracts/errors';
import { slowBfloat16 } from '../contracts/slowBfloat16';
import type { RunConfig } from '../core/config/run';
import { bfloat16Speed } from '../library/processor';
import { thisMachine } from '../trainer/host/thisMachine';
import { say } from './output';

/** What is told before configs are trained in bfloat16 where this computer is slower in it than in float32; null where none is, or where nothing can train. */
export async function slowPrecision(configs: readonly RunConfig[]): Promise<CultivarErrorData | null> {
  const asking = configs.filter(({ precision }) => precision === 'bfloat16');
  const machine = asking.length > 0 ? await thisMachine() : null;
  if (!machine) return null;
  const found = machine.gpu === null ? 'cpu' : 'gpu';
  return asking.map((config) => slowBfloat16(config, bfloat16Speed(), found)).find((error) => error !== null) ?? null;
}

/** A warning about this computer, said already: a run's own is the same sentence again. */
const told = new Set<string>();
export const isTold = ({ message }: Pick<CultivarErrorData, 'message'>): boolean => told.has(message);

export function tellSlow(error: CultivarErrorData): void {
  told.add(error.message);
  say(warningText(error));
}

export const warningText = ({ message, remedy }: CultivarErrorData): string => `warning: ${[message, ...(remedy ? [remedy] : [])].join(' ')}`;
