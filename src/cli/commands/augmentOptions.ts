import { z } from 'zod';
import { CultivarError } from '../../contracts/errors';
import { augmentationSchema, policies, type Augmentation } from '../../core/config/augmentation';
import { usage } from '../output';
import { readJsonFile } from './train';

export function whole(name: string, text: string, least: number, greatest = Number.MAX_SAFE_INTEGER): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(value) && value >= least && value <= greatest) return value;
  throw usage(`--${name} must be a whole number from ${least}${greatest === Number.MAX_SAFE_INTEGER ? '' : ` to ${greatest}`}, not ${text}`);
}

/** A preset, or a file with operations as a config has them (alone, or in a config). */
export async function policyOf(given: string): Promise<Augmentation> {
  if ((policies as readonly string[]).includes(given)) return given as Augmentation;
  if (!given.endsWith('.json')) throw usage(`--policy must be a .json file or one of ${policies.join(', ')}, not ${given}`);
  const document = await readJsonFile(given);
  const parsed = augmentationSchema.safeParse(typeof document === 'object' && document !== null && 'augmentation' in document ? document.augmentation : document);
  if (parsed.success) return parsed.data;
  throw new CultivarError({ code: 'config-invalid', message: `${given} is no policy: ${z.prettifyError(parsed.error)}`, remedy: 'Write a list of operations, as in a config\'s "augmentation".' });
}
