import { cpus } from 'node:os';
import type { RunConfigInput } from '../../core/config/run';

/** Leaves a core to the person at the machine, by the run's own config, where a comparison sees it; a number that was written stays. */
export function withSpareCore<C extends Pick<RunConfigInput, 'intraOpThreads'>>(given: C, leave: boolean): C {
  const cores = cpus().length;
  return leave && cores > 1 && (given.intraOpThreads ?? null) === null ? { ...given, intraOpThreads: cores - 1 } : given;
}
