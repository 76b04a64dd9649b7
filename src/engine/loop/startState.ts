import { CultivarError, type CultivarErrorData } from '../../contracts/errors';
import type { RunConfig } from '../../core/config/run';
import { matchWeights, partOf, planStart } from '../../core/model/matchWeights';
import { readLibraryWeights } from '../../weights/libraryWeights';
import { whiteningFilters, type WhiteningInput } from '../model/whitening';
import { architectureOf, type NetworkSpec } from '../step/spec';
import { initialState, type StateTensor } from '../step/network';

/**
 * The state of a network before its first step: from scratch, or with the weights of the library's copy of a file.
 * @param images of the training split: what a whitening is taken from
 * @returns also what was initialised anew although the weights come from a file; it is told
 * @throws CultivarError weights-unreadable; weights-mismatch where they do not fit
 */
export async function startState(library: string, spec: NetworkSpec, { model: { start }, seed }: RunConfig, images: TrainingImages): Promise<{ state: StateTensor[]; told: readonly CultivarErrorData[] }> {
  const scratch = whitened(spec, initialState(spec, seed), images);
  if (start === 'scratch') return { state: scratch, told: [] };
  if (start.sha256 === null) throw new CultivarError({ code: 'weights-unreadable', message: `The weights of ${start.path} were never copied into the library.`, remedy: 'Start a new run.' });
  const stored = await readLibraryWeights(library, start.sha256);
  const { refused, reinitialised } = planStart(matchWeights([...stored.values()], spec), start);
  if (refused.length > 0) throw new CultivarError({ code: 'weights-mismatch', message: `The starting weights do not fit the network: ${refused.join('; ')}.`, remedy: 'Start a new run.' });
  const anew = new Set<string>(reinitialised);
  const state = scratch.map((tensor) => (tensor.role === 'optimizer' || tensor.role === 'average' || anew.has(partOf(tensor.name)) ? tensor : { ...tensor, data: stored.get(tensor.name)!.data }));
  return { state, told: reinitialised.map((part) => ({ code: 'weights-mismatch', message: said[part](start.path) })) };
}

export type TrainingImages = Pick<WhiteningInput, 'store' | 'indices'>;

/** The state with the filters that the training images decide. */
function whitened(spec: NetworkSpec, state: readonly StateTensor[], images: TrainingImages): StateTensor[] {
  const first = architectureOf(spec).layers[0];
  if (first?.kind !== 'convolution' || first.start !== 'whitening') return [...state];
  const data = whiteningFilters({ ...images, mean: spec.mean, deviation: spec.deviation }, first.size);
  return state.map((tensor) => (tensor.name === `${first.name}.weight` && tensor.role === 'statistic' ? { ...tensor, data } : tensor));
}

const said = {
  stem: (path: string) => `The stem in ${path} has another shape; the stem and its norm were initialised anew, as the config allows.`,
  head: (path: string) => `The classifier in ${path} has another shape; it was initialised anew, as the config allows.`,
};
