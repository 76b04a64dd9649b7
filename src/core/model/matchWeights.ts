import { parametersOf } from './parameters';
import { networkPlan, type NetworkChoice } from './plan';

/** A tensor as a report names it. */
export interface TensorShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Parts that may differ between a file and the network it starts: small images take another stem, other classes another head. */
export type WeightPart = 'stem' | 'head' | 'body';

interface ShapeMismatch extends TensorShape {
  /** The shape that the network has. */
  readonly wanted: readonly number[];
  readonly part: WeightPart;
}

/** What of a file fits a network. Lists come in the network's order, `unexpected` in the file's. */
export interface WeightsMatch {
  readonly matched: readonly string[];
  readonly missing: readonly (TensorShape & { readonly part: WeightPart })[];
  readonly unexpected: readonly TensorShape[];
  readonly otherShape: readonly ShapeMismatch[];
}

export interface WantedNetwork extends NetworkChoice {
  readonly classes: number;
}

/** The first convolution with its norm (whose statistics belong to it), the classifier, and all else. */
export const partOf = (name: string): WeightPart => (/^(conv1|bn1|whiten)\./.test(name) ? 'stem' : /^fc\./.test(name) ? 'head' : 'body');

/** Compares the tensors of a file with a network's parameters and statistics, by name and shape (torchvision's). */
export function matchWeights(tensors: readonly TensorShape[], network: WantedNetwork): WeightsMatch {
  const wanted = parametersOf(networkPlan(network, 3, network.classes));
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const known = new Set(wanted.map(({ name }) => name));
  const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((size, i) => size === b[i]);
  const present = wanted.filter(({ name }) => given.has(name));
  return {
    matched: present.filter(({ name, shape }) => same(given.get(name)!.shape, shape)).map(({ name }) => name),
    missing: wanted.filter(({ name }) => !given.has(name)).map(({ name, shape }) => ({ name, shape, part: partOf(name) })),
    unexpected: tensors.filter(({ name }) => !known.has(name)).map(({ name, shape }) => ({ name, shape })),
    otherShape: present.filter(({ name, shape }) => !same(given.get(name)!.shape, shape))
      .map(({ name, shape }) => ({ name, shape: given.get(name)!.shape, wanted: shape, part: partOf(name) })),
  };
}

/** What a run says about a stem or a head that does not fit. */
export type MismatchChoice = 'refuse' | 'reinitialise';

export interface StartPlan {
  /** Parts that are initialised anew, as the config allows. */
  readonly reinitialised: readonly Exclude<WeightPart, 'body'>[];
  /** Why the file cannot start the network, one reason a kind; empty where it can. */
  readonly refused: readonly string[];
}

/** Whether, and with which parts initialised anew, a file may start a network. Of the body everything has to fit, and nothing may be left over. */
export function planStart(match: WeightsMatch, choice: { readonly stemMismatch: MismatchChoice; readonly headMismatch: MismatchChoice }): StartPlan {
  const unfit = (part: WeightPart) => [...match.otherShape, ...match.missing].filter((tensor) => tensor.part === part);
  const text = (tensor: TensorShape | ShapeMismatch) => ('wanted' in tensor ? `${tensor.name} is [${tensor.shape.join(', ')}], wanted [${tensor.wanted.join(', ')}]` : `${tensor.name} is missing`);
  const some = (tensors: readonly TensorShape[], say: (tensor: TensorShape) => string) =>
    `${tensors.slice(0, 3).map(say).join('; ')}${tensors.length > 3 ? ` and ${tensors.length - 3} more` : ''}`;
  const [body, stem, head] = [unfit('body'), unfit('stem'), unfit('head')];
  return {
    reinitialised: [...(stem.length > 0 && choice.stemMismatch === 'reinitialise' ? ['stem' as const] : []), ...(head.length > 0 && choice.headMismatch === 'reinitialise' ? ['head' as const] : [])],
    refused: [
      ...(body.length > 0 ? [some(body, text)] : []),
      ...(match.unexpected.length > 0 ? [`unknown to the network: ${some(match.unexpected, ({ name }) => name)}`] : []),
      ...(stem.length > 0 && choice.stemMismatch === 'refuse' ? [`the stem: ${some(stem, text)}`] : []),
      ...(head.length > 0 && choice.headMismatch === 'refuse' ? [`the head: ${some(head, text)}`] : []),
    ],
  };
}
