import { CultivarError } from '../contracts/errors';
import type { TensorShape } from '../core/model/matchWeights';
import { FileProblem } from './fileProblem';

/** A tensor of an open file; its values are read when they are asked for. */
export interface WeightTensor extends TensorShape {
  /** As the file has it: `float32`, `int64`, … */
  readonly type: string;
  /** Values in row-major order. Throws for a type that holds no real numbers. */
  read(): Promise<Float32Array>;
}

export interface OpenWeights {
  readonly format: 'safetensors' | 'torch' | 'torch-legacy';
  /** In the file's order, names as the file has them. */
  readonly tensors: readonly WeightTensor[];
  close(): Promise<void>;
}

/** Values of one file at most: 2 GiB as float32, nine times the largest network here. Says no before memory does. */
export const mostValues = 2 ** 29;

export const unreadable = (path: string, what: string, cause?: unknown) => new CultivarError({
  code: 'weights-unreadable',
  message: `${path} cannot be read as weights: ${what}.`,
  remedy: 'Save them again, as safetensors or with torch.save(model.state_dict(), path).',
}, { cause });

/** Number of values of a shape. @throws FileProblem for sizes that cannot be */
export function valuesOf(name: string, shape: readonly unknown[]): number {
  let values = 1;
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw new FileProblem(`${name} has an impossible shape`);
    values *= size;
  }
  if (shape.length > 8 || values > mostValues) throw new FileProblem(`${name} is too large`);
  return values;
}

/** @throws FileProblem where all tensors together are too much */
export function checkTotal(tensors: readonly TensorShape[]): void {
  const total = tensors.reduce((sum, { name, shape }) => sum + valuesOf(name, shape), 0);
  if (total > mostValues) throw new FileProblem('its tensors are too large together');
}
