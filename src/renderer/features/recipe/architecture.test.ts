import { describe, expect, it } from 'vitest';
import { networkFacts } from './architecture';

describe('networkFacts', () => {
  it.each([
    ['resnet18', 11_689_512], ['resnet34', 21_797_672], ['resnet50', 25_557_032], ['resnet101', 44_549_160], ['resnet152', 60_192_808],
  ] as const)('counts the parameters of torchvision’s %s', (architecture, parameters) => {
    expect(networkFacts(architecture, 'imagenet', 224, 1000).parameters).toBe(parameters);
  });
  it('counts the arithmetic of ResNet-50 at 224 pixels: 4.09 billion multiply-adds', () => {
    expect(networkFacts('resnet50', 'imagenet', 224, 1000).trainingFlops / 6e9).toBeCloseTo(4.09, 2);
  });
  it('follows the feature maps of both stems at 32 pixels', () => {
    const sides = (stem: 'imagenet' | 'cifar') => networkFacts('resnet50', stem, 32, 10).stages.map((stage) => stage.side);
    expect(sides('imagenet')).toEqual([32, 16, 8, 8, 4, 2, 1]);
    expect(sides('cifar')).toEqual([32, 32, 32, 16, 8, 4]);
    expect(networkFacts('resnet50', 'imagenet', 32, 10).trainingFlops / 1e9).toBeCloseTo(0.5, 1);
    expect(networkFacts('resnet50', 'cifar', 32, 10).trainingFlops / 1e9).toBeCloseTo(7.8, 1);
  });
});
