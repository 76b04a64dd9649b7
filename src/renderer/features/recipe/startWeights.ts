import type { WeightsContents } from '../../../contracts/calls/interchange';
import { architectures, stemsFor, type Architecture, type FileStart, type RunConfig } from '../../../core/config/run';
import { matchWeights, planStart, type TensorShape, type WeightPart } from '../../../core/model/matchWeights';

/** A tensor that does not fit, in a line: its name and what is wrong with it. */
export interface Misfit {
  readonly name: string;
  readonly kind: 'missing' | 'otherShape' | 'unexpected';
  readonly shape: readonly number[];
  /** The shape that the network has; null for a tensor it does not know. */
  readonly wanted: readonly number[] | null;
}

/** What of a file fits the network of a recipe, and what a person has to say before it can start from it. */
export interface StartReport {
  readonly matched: number;
  /** Tensors of the network. */
  readonly of: number;
  readonly misfits: Readonly<Record<WeightPart, readonly Misfit[]>>;
  /** `startable`: once the parts that differ are begun anew. */
  readonly state: 'fits' | 'startable' | 'refused';
  /** A network of the same stem that the file would fit better; null where the recipe's own is the best. */
  readonly better: Architecture | null;
}

type Model = Pick<RunConfig['model'], 'architecture' | 'stem'>;

/** @param choice what the recipe says of a stem and a head that do not fit */
export function startReport({ tensors }: Pick<WeightsContents, 'tensors'>, model: Model, classes: number, choice: Pick<FileStart, 'stemMismatch' | 'headMismatch'>): StartReport {
  const match = matchWeights(tensors, { ...model, classes });
  const misfits: Record<WeightPart, Misfit[]> = { stem: [], head: [], body: [] };
  for (const { name, shape, wanted, part } of match.otherShape) misfits[part].push({ name, kind: 'otherShape', shape, wanted });
  for (const { name, shape, part } of match.missing) misfits[part].push({ name, kind: 'missing', shape, wanted: shape });
  for (const { name, shape } of match.unexpected) misfits.body.push({ name, kind: 'unexpected', shape, wanted: null });
  const starts = (stemMismatch: FileStart['stemMismatch'], headMismatch: FileStart['headMismatch']) => planStart(match, { stemMismatch, headMismatch }).refused.length === 0;
  return {
    matched: match.matched.length, of: match.matched.length + match.missing.length + match.otherShape.length, misfits,
    state: starts(choice.stemMismatch, choice.headMismatch) ? 'fits' : starts('reinitialise', 'reinitialise') ? 'startable' : 'refused',
    better: misfits.body.length === 0 ? null : betterNetwork(tensors, model, classes),
  };
}

/** Of the networks that have this stem, the one whose body the file fits whole. */
function betterNetwork(tensors: readonly TensorShape[], { stem }: Model, classes: number): Architecture | null {
  return architectures.filter((name) => stemsFor(name).includes(stem)).find((architecture) => {
    const { otherShape, missing, unexpected } = matchWeights(tensors, { architecture, stem, classes });
    return unexpected.length === 0 && [...otherShape, ...missing].every(({ part }) => part !== 'body');
  }) ?? null;
}
