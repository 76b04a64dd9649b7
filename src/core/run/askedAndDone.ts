import type { RunConfig } from '../config/run';
import type { StartedEvent } from './events';

/** A choice that a config made and the trainer did another way. */
export interface AskedAndDone {
  readonly field: 'device' | 'precision' | 'xla' | 'batchSize' | 'intraOpThreads' | 'workers';
  readonly asked: string;
  readonly done: string;
}

/** A run that left its device open, on a computer whose GPU could not be used. */
export const gpuWasMissed = (asked: RunConfig['device'], { device, gpuNotUsed }: { readonly device: { readonly kind: 'cpu' | 'gpu' }; readonly gpuNotUsed: string | null }) =>
  asked === 'auto' && device.kind === 'cpu' && gpuNotUsed !== null;

/**
 * Where what was done is not what was asked for: a possible confound. What was left to the trainer (`auto`, null) was not asked for, but
 * `auto` means the GPU where there is one.
 */
export function askedAndDone(config: Pick<RunConfig, AskedAndDone['field']>, done: Pick<StartedEvent, AskedAndDone['field'] | 'gpuNotUsed'>): AskedAndDone[] {
  const pairs: readonly (readonly [AskedAndDone['field'], string | number | boolean | null, string | number | boolean])[] = [
    ['device', config.device !== 'auto' || gpuWasMissed(config.device, done) ? config.device : null, done.device.kind],
    ['precision', config.precision, done.precision ?? 'float32'],
    ['xla', config.xla, done.xla ?? false],
    ['batchSize', config.batchSize, done.batchSize],
    ['intraOpThreads', config.intraOpThreads, done.intraOpThreads],
    ['workers', config.workers, done.workers],
  ];
  return pairs.flatMap(([field, asked, was]) => (asked === null || asked === was ? [] : [{ field, asked: String(asked), done: String(was) }]));
}
