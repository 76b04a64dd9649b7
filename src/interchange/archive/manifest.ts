import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal');
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);

export const archiveManifestName = 'cultivar-archive.json';

/** `cultivar-archive.json`, the first entry of an archive, schema 1. */
export const archiveManifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal('cultivar-archive'),
  /** What was asked for. */
  content: z.strictObject({ kind: z.enum(['run', 'experiment']), id, name: z.string() }),
  /** Whether the runs' checkpoints are in it. Without them runs can be read, and not resumed, evaluated or exported. */
  checkpoints: z.boolean(),
  runs: z.array(z.strictObject({ id, name: z.string(), dataset: z.strictObject({ id, revision: z.string() }) })),
  experiments: z.array(z.strictObject({ id, name: z.string() })),
  /** Every other entry. */
  files: z.record(z.string(), z.strictObject({ bytes: z.int().min(0), sha256 })),
  cultivarVersion: z.string(),
  createdAt: z.iso.datetime(),
});

export type ArchiveManifest = z.output<typeof archiveManifestSchema>;

/** The parts of an archive, as paths in it and in a library alike. */
const parts = /^(?:(runs|experiments)\/([a-z0-9][a-z0-9-]{0,79})\/(.+)|weights\/([0-9a-f]{64})\.safetensors)$/;

export type ArchivePlace = { readonly kind: 'runs' | 'experiments'; readonly id: string; readonly rest: string } | { readonly kind: 'weights'; readonly sha256: string };

/** Where a file of an archive belongs in a library; null for a path that no archive may hold. */
export function placeOf(path: string): ArchivePlace | null {
  const match = parts.exec(path);
  if (!match || path.split('/').some((part) => part === '' || part.startsWith('.')) || /[\\\0:]/.test(path) || path.length > 1000) return null;
  const [, kind, folder, rest, weights] = match;
  if (weights) return { kind: 'weights', sha256: weights };
  // Locks belong to processes, not to content.
  return rest === 'lock' ? null : { kind: kind as 'runs' | 'experiments', id: folder!, rest: rest! };
}
