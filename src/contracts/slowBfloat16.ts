import type { Bfloat16Speed } from '../core/config/bfloat16';
import type { RunConfig } from '../core/config/run';
import type { CultivarErrorData } from './errors';

/** What is wrong with bfloat16 on a processor, by the reason. */
const slow = {
  'no-instruction': { message: 'This run asks for bfloat16, which this processor does not multiply itself (it lacks avx512_bf16 and amx_bf16): it is emulated, and slower than float32.' },
  'slow-instruction': { message: 'This run asks for bfloat16, which this processor multiplies more slowly than float32: its own unit for it (amx_bf16) is not open to this system.' },
};

/**
 * What is told of a config in bfloat16 where float32 would be faster; null where it would not be, or where that is not known. It is trained
 * all the same: precision is a cause, and nobody changes it in silence.
 * @param found what `auto` takes on this computer; null where that is not known (yet)
 */
export function slowBfloat16({ precision, device }: Pick<RunConfig, 'precision' | 'device'>, speed: Bfloat16Speed | null, found: 'cpu' | 'gpu' | null): CultivarErrorData | null {
  if (precision !== 'bfloat16' || speed === null || speed === 'fast' || (device === 'auto' ? found : device) !== 'cpu') return null;
  return { code: 'precision-emulated', ...slow[speed], remedy: 'Take float32 on this computer.' };
}
