import { describe, expect, it } from 'vitest';
import { causesOf, differingCauses } from './diff';
import { inFirstForm } from './firstForm';
import { defaultRunConfig, runConfigSchema, type RunConfigInput } from './run';

it('two configs differ in the fields that can change a result', () => {
  const base = defaultRunConfig();
  expect(differingCauses(base, { ...base, name: 'another', workers: 3, checkpointEveryMinutes: 1 })).toEqual([]);
  const other = runConfigSchema.parse({ epochs: 20, optimizer: { kind: 'adam' }, schedule: { learningRate: 0.1 } });
  expect(differingCauses(base, other)).toEqual([
    'epochs', 'optimizer.kind', 'optimizer.momentum', 'optimizer.nesterov', 'optimizer.weightDecay', 'optimizer.beta1', 'optimizer.beta2', 'optimizer.epsilon', 'schedule.learningRate',
  ]);
});

describe('a config in its first form', () => {
  it('hashes as it did before later fields came, until one of them is used', () => {
    const text = (input: RunConfigInput) => JSON.stringify(inFirstForm(causesOf(runConfigSchema.parse(input))));
    // As the first version wrote it.
    expect(text({})).toBe('{"schemaVersion":1,"seed":1,"data":{"dataset":"cifar10","trainImages":null,"validationImages":5000,"splitSeed":0},"model":{"architecture":"resnet50","stem":"imagenet","start":"scratch"},"augmentation":"none","epochs":5,"batchSize":128,"optimizer":{"kind":"sgd","momentum":0.9,"nesterov":false,"weightDecay":0.0005},"schedule":{"kind":"cosine","learningRate":0.01,"warmupEpochs":0.5},"labelSmoothing":0,"clipNorm":null,"precision":"float32","device":"auto","intraOpThreads":null}');
    expect(text({ optimizer: { kind: 'adamw' } })).toContain('"optimizer":{"kind":"adamw","beta1":0.9,"beta2":0.999,"epsilon":1e-8,"weightDecay":0}');
    expect(text({ microBatches: 2 })).toContain('"microBatches":2');
    expect(text({ optimizer: { kind: 'sgd', decayNormAndBias: false } })).toContain('"decayNormAndBias":false');
  });
});
