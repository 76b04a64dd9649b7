import { join } from 'node:path';
import { datasetFolder } from '../../library/paths';

/** What is known of a revision besides its images: made again or by a person, so it lies beside them and no hash of theirs covers it. */
export function auditFolder(library: string, datasetId: string, revision: string): string {
  if (!/^[0-9a-f]{64}$/.test(revision)) throw new RangeError(`Not a revision: ${JSON.stringify(revision)}`);
  return join(datasetFolder(library, datasetId), 'audits', revision);
}
