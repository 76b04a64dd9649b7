import { describe, expect, it } from 'vitest';
import { CultivarError } from '../../contracts/errors';
import { translate } from '../backend/session';
import { stepBytes } from '../step/batchThatFits';
import type { NetworkSpec } from '../step/network';
import { tellOfMemory } from './tellOfMemory';

const spec: NetworkSpec = {
  architecture: 'resnet18', stem: 'cifar', classes: 10, height: 32, width: 32, channels: 3, mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25],
  labelSmoothing: 0, optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4 }, clipNorm: null, precision: 'float32', device: 'cpu',
};
const ranOut = translate(new Error('Session fail to run with error: RESOURCE_EXHAUSTED: OOM when allocating tensor with shape[4096,32,32,64]'));
const told = (freeBytes: number, changes: Partial<NetworkSpec> = {}) => tellOfMemory(ranOut, { ...spec, ...changes }, 4096, freeBytes) as CultivarError;

describe('memory that ran out', () => {
  it('is told with the batch that fits: it does, and eight images more do not', () => {
    const error = told(4e9);
    expect(error).toMatchObject({ code: 'out-of-memory', message: 'Training on 4096 images at once did not fit into memory, of which 4.0 GB were free.', detail: ranOut.detail });
    const [, fits, parts] = /batch size of (\d+), .* microBatches to (\d+)\.$/.exec(error.remedy!)!.map(Number) as [number, number, number];
    const needed = stepBytes(spec);
    expect(needed(fits)).toBeLessThanOrEqual(4e9);
    expect(needed(fits + 8)).toBeGreaterThan(4e9);
    expect(fits * parts).toBeGreaterThanOrEqual(4096);
  });

  it('half the precision of the maps holds more images', () => {
    const fits = (error: CultivarError) => Number(/batch size of (\d+)/.exec(error.remedy!)![1]);
    expect(fits(told(4e9, { precision: 'bfloat16' }))).toBeGreaterThan(1.5 * fits(told(4e9)));
  });

  it('never names a size that has failed, nor one that cannot be', () => {
    expect(told(1e12, { microBatch: 64 }).remedy).toMatch(/batch size of 56,/);
    expect(told(1e6).remedy).toMatch(/^Not even eight images fit/);
  });

  it('leaves other errors alone', () => {
    const other = new CultivarError({ code: 'internal', message: 'no' });
    expect(tellOfMemory(other, spec, 4096, 4e9)).toBe(other);
  });
});
