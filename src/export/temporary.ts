import { basename, dirname, join, resolve } from 'node:path';

/** The folder beside the destination in which process `pid` builds an export. Its name begins with a dot: unfinished, may be removed. */
export function temporaryOf(destination: string, pid: number): string {
  const target = resolve(destination);
  return join(dirname(target), `.${basename(target)}.${pid}.partial`);
}
