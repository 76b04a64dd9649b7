import { FileProblem } from '../../weights/fileProblem';
import type { ImportLimits } from '../limits';
import type { Unpacked } from './container';

/** @param packedBytes of the source on the disk, or read of it so far */
export function countUnpacked(packedBytes: number | (() => number), limits: ImportLimits): Unpacked {
  let total = 0;
  return {
    add: (bytes) => {
      total += bytes;
      if (total > limits.unpackedBytes) throw new FileProblem(`it unpacks to more than ${Math.round(limits.unpackedBytes / 1e9)} GB`);
      if (total > limits.ratioFreeBytes && total > (typeof packedBytes === 'number' ? packedBytes : packedBytes()) * limits.ratio) throw new FileProblem(`it unpacks to more than ${limits.ratio} times its size, as only files that are made to fill disks do`);
    },
  };
}
