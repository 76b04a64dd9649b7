import { expect, it } from 'vitest';
import { differingCauses } from './diff';
import { defaultRunConfig, runConfigSchema } from './run';

it('two configs differ in the fields that can change a result', () => {
  const base = defaultRunConfig();
  expect(differingCauses(base, { ...base, name: 'another', workers: 3, checkpointEveryMinutes: 1 })).toEqual([]);
  const other = runConfigSchema.parse({ epochs: 20, optimizer: { kind: 'adam' }, schedule: { learningRate: 0.1 } });
  expect(differingCauses(base, other)).toEqual([
    'epochs', 'optimizer.kind', 'optimizer.momentum', 'optimizer.nesterov', 'optimizer.weightDecay', 'optimizer.beta1', 'optimizer.beta2', 'optimizer.epsilon', 'schedule.learningRate',
  ]);
});
