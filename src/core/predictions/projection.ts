import { PCA } from 'ml-pca';
import { UMAP } from 'umap-js';
import { CounterRandom } from '../random/philox';
import type { Projection, ProjectionMethod } from './projectionMethods';
import { centred, onto, principalSubspace } from './subspace';

/** Distances in more components are slower and hardly others. */
const umapComponents = 50;
/** Directions beyond the wanted ones, which make those exact (Halko, Martinsson and Tropp 2011, section 4.2). */
const oversampling = 10;

/** Epochs of UMAP's descent between two words of progress. */
const tellEvery = 20;

/** Fewer images make no map. */
const fewestImages = 4;

/**
 * A map of features in two dimensions, the same for the same features and seed.
 * - `pca`: the first two principal components (ml-pca), each turned so that its largest score is positive;
 * - `umap`: McInnes, Healy and Melville 2018 (umap-js: 15 neighbours, smallest distance 0.1) over the first 50 principal components.
 * @param features [images, featureCount]
 * @param tell the share of the work that is done, from 0 to 1, now and then
 * @throws RangeError for fewer than four images
 */
export function project(features: Float32Array, featureCount: number, method: ProjectionMethod, seed: number, tell: (share: number) => void = () => undefined): Projection {
  const images = features.length / featureCount;
  if (images < fewestImages) throw new RangeError(`A map wants ${fewestImages} images at least, not ${images}.`);
  const { scores, shares } = principalScores(features, featureCount, method === 'pca' ? 2 : umapComponents);
  if (method === 'pca') return { method, seed, points: pairs(scores), explainedVariance: [shares[0] ?? 0, shares[1] ?? 0] };
  const random = new CounterRandom(seed, 'umap');
  const umap = new UMAP({ nComponents: 2, nNeighbors: Math.min(15, images - 1), minDist: 0.1, random: () => random.float() });
  const epochs = umap.initializeFit(scores);
  for (let epoch = 0; epoch < epochs; epoch = umap.step()) if (epoch % tellEvery === 0) tell(epoch / epochs);
  return { method, seed, points: pairs(umap.getEmbedding()), explainedVariance: null };
}

const pairs = (rows: readonly (readonly number[])[]) => Float32Array.from(rows.flatMap(([x = 0, y = 0]) => [x, y]));

/** @returns scores [images][components]; shares of the whole variance */
function principalScores(features: Float32Array, featureCount: number, components: number): { scores: number[][]; shares: readonly number[] } {
  const data = centred(features, featureCount);
  const directions = Math.min(components + oversampling, featureCount);
  const reduced = directions === featureCount ? data : onto(data, principalSubspace(data, directions));
  const pca = new PCA(reduced.map((row) => [...row]));
  const scores = pca.predict(reduced.map((row) => [...row]), { nComponents: Math.min(components, directions, features.length / featureCount) }).to2DArray();
  const signs = (scores[0] ?? []).map((_, axis) => Math.sign(scores.reduce((most, row) => (Math.abs(row[axis]!) > Math.abs(most) ? row[axis]! : most), 0)) || 1);
  const whole = data.reduce((sum, row) => sum + row.reduce((inner, value) => inner + value * value, 0), 0) / (data.length - 1);
  return { scores: scores.map((row) => row.map((value, axis) => value * signs[axis]!)), shares: pca.getEigenvalues().map((value) => (whole === 0 ? 0 : value / whole)) };
}
