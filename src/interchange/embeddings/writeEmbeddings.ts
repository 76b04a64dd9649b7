import { extname } from 'node:path';
import type { Embeddings } from '../../contracts/tools';
import { CultivarError } from '../../contracts/errors';
import type { Projection } from '../../core/predictions/projectionMethods';
import { toCsv } from '../../core/tables';
import { count, number, text, type Column } from '../../core/tables/table';
import { writeFileAtomic } from '../../library/atomic';
import { safetensorsHeader } from '../../weights/safetensorsHeader';
import { npy } from './npy';

export const embeddingFormats = ['.npy', '.safetensors', '.csv'] as const;
type EmbeddingFormat = (typeof embeddingFormats)[number];

/** By a file's name. @throws CultivarError usage */
function embeddingFormat(path: string): EmbeddingFormat {
  const ending = extname(path).toLowerCase();
  if ((embeddingFormats as readonly string[]).includes(ending)) return ending as EmbeddingFormat;
  throw new CultivarError({ code: 'usage', message: `${path} must end in ${embeddingFormats.join(', ')}: the ending names the format.` });
}

/** The files that `writeEmbeddings` writes: an .npy file holds one array alone. */
export function embeddingFiles(path: string, mapped: boolean): string[] {
  if (embeddingFormat(path) !== '.npy') return [path];
  const beside = (what: string) => `${path.slice(0, -'.npy'.length)}.${what}.npy`;
  return [path, ...['indices', 'labels', 'predicted', ...(mapped ? ['map'] : [])].map(beside)];
}

/** Writes embeddings with the index, label and prediction of each image, and the map where there is one. @throws CultivarError a storage error */
export async function writeEmbeddings(path: string, runId: string, embeddings: Embeddings, map: Projection | null): Promise<void> {
  switch (embeddingFormat(path)) {
    case '.csv': return writeFileAtomic(path, toCsv(tableOf(embeddings, map)));
    case '.safetensors': return writeFileAtomic(path, safetensors(runId, embeddings, map));
    case '.npy': {
      const parts = arraysOf(embeddings, map);
      const paths = embeddingFiles(path, map !== null);
      for (const [i, { data, shape }] of parts.entries()) await writeFileAtomic(paths[i]!, Buffer.concat(npy(data, shape)));
    }
  }
}

/** In the order of `embeddingFiles`. */
function arraysOf({ features, featureCount, indices, labels, predicted }: Embeddings, map: Projection | null) {
  const images = indices.length;
  return [
    { name: 'embeddings', shape: [images, featureCount], data: features },
    ...([['indices', indices], ['labels', labels], ['predicted', predicted]] as const).map(([name, data]) => ({ name, shape: [images], data: Int32Array.from(data) })),
    ...(map ? [{ name: 'map', shape: [images, 2], data: map.points }] : []),
  ];
}

function safetensors(runId: string, embeddings: Embeddings, map: Projection | null): Buffer {
  const { split, step, classes } = embeddings;
  const arrays = arraysOf(embeddings, map).map((array) => ({ ...array, dtype: array.data instanceof Float32Array ? ('F32' as const) : ('I32' as const) }));
  const header = safetensorsHeader(arrays, { run: runId, split, step: String(step), classes: JSON.stringify(classes), ...(map && { map: map.method, seed: String(map.seed) }) });
  return Buffer.concat([header, ...arrays.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))]);
}

function tableOf({ indices, labels, predicted, classes, features, featureCount }: Embeddings, map: Projection | null) {
  const numbers = [...(map ? ['x', 'y'] : []), ...Array.from({ length: featureCount }, (_, f) => `f${f}`)];
  const columns: readonly Column[] = [count('index', 'index'), text('label', 'label'), text('predicted', 'predicted'), ...numbers.map((name) => number(name, name))];
  return {
    columns,
    rows: Array.from(indices, (index, i) => [index, classes[labels[i]!]!, classes[predicted[i]!]!, ...(map ? [map.points[2 * i]!, map.points[2 * i + 1]!] : []), ...features.subarray(i * featureCount, (i + 1) * featureCount)]),
  };
}
