import { readFileSync } from 'node:fs';
import { bfloat16SpeedIn, type Bfloat16Speed } from '../core/config/bfloat16';

/** How fast this computer's processor is in bfloat16; null where the system does not say. */
export function bfloat16Speed(): Bfloat16Speed | null {
  try {
    return bfloat16SpeedIn(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return null;
  }
}
