import { describe, expect, it } from 'vitest';
import { networkFacts } from './architecture';

describe('networkFacts', () => {
  it.each([
    ['resnet18', 11_689_512], ['resnet34', 21_797_672], ['resnet50', 25_557_032], ['resnet101', 44_549_160], ['resnet152', 60_192_808],
  ] as const)('counts the parameters of torchvision’s %s', (architecture, parameters) => {
    expect(networkFacts(architecture, 'imagenet', 224, 1000).parameters).toBe(parameters);
  });
  it('counts the arithmetic of ResNet-50 at 224 pixels: 4.09 billion multiply-adds', () => {
    // Images need no gradient: the first convolution takes two passes, the others three.
    const stem = 2 * 112 ** 2 * 7 ** 2 * 3 * 64;
    expect((networkFacts('resnet50', 'imagenet', 224, 1000).trainingFlops + stem) / 6e9).toBeCloseTo(4.09, 2);
  });
  it('follows the feature maps of both stems at 32 pixels', () => {
    const sides = (stem: 'imagenet' | 'cifar') => networkFacts('resnet50', stem, 32, 10).stages.map((stage) => stage.side);
    expect(sides('imagenet')).toEqual([32, 16, 8, 8, 4, 2, 1]);
    expect(sides('cifar')).toEqual([32, 32, 32, 16, 8, 4]);
    expect(networkFacts('resnet50', 'imagenet', 32, 10).trainingFlops / 1e9).toBeCloseTo(0.5, 1);
    expect(networkFacts('resnet50', 'cifar', 32, 10).trainingFlops / 1e9).toBeCloseTo(7.8, 1);
  });
  it.each(['fast', 'fast-residual'] as const)('follows the %s network, whose pools lie within its layers', (architecture) => {
    expect(networkFacts(architecture, 'own', 32, 10).stages).toEqual([
      { name: 'image', side: 32 }, { name: 'conv', side: 31 }, { name: 'layer1', side: 15 }, { name: 'layer2', side: 7 }, { name: 'layer3', side: 3 },
    ]);
  });
});
