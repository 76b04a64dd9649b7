import { readFileSync } from 'node:fs';

/**
 * Processes that the kernel has ended since it started because memory ran out, the machine's or a control group's (`oom_kill` of
 * proc(5) vmstat, Linux 4.13). One that rises while a process is killed is the only trace of why. null where it is not told.
 */
export function memoryKills(): number | null {
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}
