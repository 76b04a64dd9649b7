import { describe, expect, it } from 'vitest';
import { resnet, type ArchitectureName } from '../../core/model/architecture';
import { networkPlan } from '../../core/model/plan';
import { initialWeights } from './initialWeights';
import { elements, parametersOf } from '../../core/model/parameters';

const parameters = (name: ArchitectureName, classes = 1000) => parametersOf(networkPlan({ architecture: name, stem: 'imagenet' }, 3, classes));

describe('architectures', () => {
  // torchvision's published counts, with 1000 classes.
  it.each([
    ['resnet18', 11_689_512],
    ['resnet34', 21_797_672],
    ['resnet50', 25_557_032],
    ['resnet101', 44_549_160],
    ['resnet152', 60_192_808],
  ] as const)('%s has %d parameters', (name, count) => {
    const trained = parameters(name).filter(({ role }) => role === 'parameter');
    expect(trained.reduce((sum, { shape }) => sum + elements(shape), 0)).toBe(count);
  });

  it('names and orders parameters as torchvision does', () => {
    const names = parameters('resnet50').map(({ name }) => name);
    expect(names.slice(0, 7)).toEqual([
      'conv1.weight', 'bn1.weight', 'bn1.bias', 'bn1.running_mean', 'bn1.running_var', 'layer1.0.conv1.weight', 'layer1.0.bn1.weight',
    ]);
    const at = names.indexOf('layer1.0.bn3.running_var');
    expect(names.slice(at + 1, at + 7)).toEqual([
      'layer1.0.downsample.0.weight', 'layer1.0.downsample.1.weight', 'layer1.0.downsample.1.bias',
      'layer1.0.downsample.1.running_mean', 'layer1.0.downsample.1.running_var', 'layer1.1.conv1.weight',
    ]);
    expect(names.slice(-2)).toEqual(['fc.weight', 'fc.bias']);
    expect(new Set(names).size).toBe(names.length);
    // state_dict has 320 entries, 53 of them num_batches_tracked.
    expect(names).toHaveLength(267);
  });

  it('puts the stride of a bottleneck on its 3×3 convolution, and the cifar stem is small', () => {
    const { blocks, stem, pool } = resnet('resnet50', 'cifar', 3, 10);
    expect(blocks[3]!.path.map(({ stride }) => stride)).toEqual([1, 2, 1]);
    expect(blocks[3]!.shortcut).toMatchObject({ convolution: 'layer2.0.downsample.0', stride: 2, inChannels: 256, outChannels: 512 });
    expect(blocks[1]!.shortcut).toBeNull();
    expect({ pool, ...stem }).toMatchObject({ pool: false, size: 3, stride: 1, padding: 1 });
    expect(resnet('resnet18', 'imagenet', 3, 10).blocks[0]!.shortcut).toBeNull();
  });
});

describe('initial weights', () => {
  const { features } = resnet('resnet18', 'imagenet', 3, 10);
  const of = (name: string, seed = 1) => initialWeights(parameters('resnet18', 10).find((spec) => spec.name === name)!, features, seed);

  it('are kaiming normal over fan out for convolutions', () => {
    const weights = of('layer2.0.conv1.weight'); // 128 × 64 × 3 × 3
    const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
    const deviation = Math.sqrt(weights.reduce((sum, w) => sum + (w - mean) ** 2, 0) / weights.length);
    const wanted = Math.sqrt(2 / (128 * 9));
    expect(Math.abs(mean)).toBeLessThan((4 * wanted) / Math.sqrt(weights.length));
    expect(Math.abs(deviation / wanted - 1)).toBeLessThan(4 / Math.sqrt(2 * weights.length));
  });

  it('are uniform in ±1/sqrt(in) for the linear layer', () => {
    const weights = of('fc.weight');
    const bound = 1 / Math.sqrt(512);
    expect(Math.max(...weights)).toBeLessThanOrEqual(bound);
    expect(Math.max(...weights)).toBeGreaterThan(0.99 * bound);
    expect(Math.min(...weights)).toBeLessThan(-0.99 * bound);
    expect(of('fc.bias').every((b) => b !== 0 && Math.abs(b) <= bound)).toBe(true);
  });

  it('repeat for a seed, and differ between seeds and parameters', () => {
    expect(of('conv1.weight')).toEqual(of('conv1.weight'));
    expect(of('conv1.weight')).not.toEqual(of('conv1.weight', 2));
    expect(of('layer1.0.conv1.weight')).not.toEqual(of('layer1.0.conv2.weight'));
  });

  it('start batch norm at scale 1 and offset 0', () => {
    expect(new Set(of('bn1.weight'))).toEqual(new Set([1]));
    expect(new Set(of('bn1.running_var'))).toEqual(new Set([1]));
    expect(new Set(of('bn1.bias'))).toEqual(new Set([0]));
    expect(new Set(of('bn1.running_mean'))).toEqual(new Set([0]));
  });
});
