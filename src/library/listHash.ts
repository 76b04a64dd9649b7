import { createHash } from 'node:crypto';

/** What names a list of images: its revision and its images, ascending (docs/decisions/203). */
export const listHash = (revision: string, images: readonly number[]): string => createHash('sha256').update(JSON.stringify([1, revision, images])).digest('hex');
