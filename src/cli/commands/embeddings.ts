import { projectionMethods, type ProjectionMethod } from '../../core/predictions/projectionMethods';
import { embeddingFiles, embeddingFormats, writeEmbeddings } from '../../interchange/embeddings/writeEmbeddings';
import { readRun } from '../../library/runs';
import { assertTestOpened } from '../../library/testOpened';
import { embed } from '../../trainer/host/embed';
import { cancellable, progressLine } from '../cancellable';
import type { CommandContext } from '../command';
import { checkedOut } from '../outFile';
import { answer, answerJson, exits, usage } from '../output';

export const embeddingsUsage = `embeddings RUN --out FILE${embeddingFormats.join('|')} [--split validation|test] [--map pca|umap] [--seed N] [--force]`;

/** embeddings RUN --out FILE: the penultimate layer of every image of a split by the run's last checkpoint. */
export async function embeddings({ library, json, positionals: [runId, ...rest], options }: CommandContext): Promise<number> {
  if (!runId || rest.length > 0 || !options.out) throw usage(`usage: cultivar ${embeddingsUsage}`);
  const split = options.split ?? 'validation';
  if (split !== 'validation' && split !== 'test') throw usage(`--split must be validation or test, not ${split}`);
  const { map } = options;
  if (map !== undefined && !isMethod(map)) throw usage(`--map must be ${projectionMethods.join(' or ')}, not ${map}`);
  const seed = Number(options.seed ?? 0);
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage(`--seed must be a whole number from 0, not ${options.seed}`);
  const run = await readRun(library, runId);
  if (split === 'test') await assertTestOpened(library, run);
  const paths = await Promise.all(embeddingFiles(options.out, map !== undefined).map((path) => checkedOut(path, options.force ?? false)));
  const line = progressLine();
  const found = await cancellable((signal) => embed(library, run.id, split, map === undefined ? null : { method: map, seed }, {
    told: (done, images) => { line.show(`${done} of ${images} images`); }, mapped: (share) => { line.show(`map, ${Math.round(share * 100)} %`); }, signal,
  }));
  line.end();
  if (!found) return exits.interrupted;
  const { embeddings: made, projection } = found;
  await writeEmbeddings(paths[0]!, run.id, made, projection);
  const { step, epochsDone, featureCount } = made;
  if (json) answerJson({ schemaVersion: 1, runId: run.id, split, step, epochsDone, images: made.indices.length, featureCount, paths, map: projection && { method: projection.method, seed, explainedVariance: projection.explainedVariance } });
  else answer(`${paths.join('\n')}\n${made.indices.length} ${split} images, ${featureCount} numbers each; weights after step ${step} (${epochsDone} epochs)`);
  return exits.done;
}

const isMethod = (text: string): text is ProjectionMethod => (projectionMethods as readonly string[]).includes(text);
