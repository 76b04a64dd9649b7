import { CultivarError } from '../../contracts/errors';
import type { Embeddings, ProjectionRequest } from '../../contracts/tools';
import type { EvaluationSplit } from '../../contracts/trainer';
import type { Projection } from '../../core/predictions/projectionMethods';
import { doInProcess } from './toolProcess';

export interface Embedded {
  readonly embeddings: Embeddings;
  /** Where one was asked for. */
  readonly projection: Projection | null;
}

interface EmbedOptions {
  /** Of a larger split as many images, evenly spread over it. */
  readonly most?: number;
  readonly told?: (done: number, images: number) => void;
  /** Of the map, from 0 to 1. */
  readonly mapped?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * The penultimate layer of a split's images by a run's last checkpoint, in a process of its own on the CPU: also while another run trains.
 * For the test set: ask `assertTestOpened` first.
 * @throws CultivarError tool-cancelled, or as the process says
 */
export async function embed(library: string, runId: string, split: EvaluationSplit, projection: ProjectionRequest | null, { most, told, mapped, signal }: EmbedOptions = {}): Promise<Embedded> {
  const found: Embedded[] = [];
  await doInProcess({ kind: 'embed', libraryDir: library, runId, split, projection, most: most ?? null }, {
    needs: { device: 'cpu', intraOpThreads: null, xla: false }, signal,
    told: (report) => {
      if (report.kind === 'embedding') told?.(report.done, report.images);
      if (report.kind === 'mapping') mapped?.(report.share);
      if (report.kind === 'embedded') found.push(report);
    },
  });
  const [embedded] = found;
  if (!embedded) throw new CultivarError({ code: 'trainer-crashed', message: 'The process that computes embeddings ended without a result.' });
  return embedded;
}
