import { describe, expect, it } from 'vitest';
import { architectures, normsFollow, runConfigSchema, stemsFor, storedRunConfigSchema } from '../config/run';
import { lastMapSize, smallestImage, trainingFlops, walkLayers, type Layer } from './layers';
import { elements, parametersOf } from './parameters';
import { networkPlan, type NetworkChoice } from './plan';

const trained = (choice: NetworkChoice, classes: number) =>
  parametersOf(networkPlan(choice, 3, classes)).filter(({ role }) => role === 'parameter').reduce((sum, { shape }) => sum + elements(shape), 0);
const own = (architecture: NetworkChoice['architecture']): NetworkChoice => ({ architecture, stem: 'own' });

describe('wide ResNets', () => {
  // Layer by layer as in the authors' code; 36.5 M and 11.0 M in table 4 of arXiv 1605.07146.
  it.each([['wide-resnet-28-10', 10, 36_479_194], ['wide-resnet-28-10', 100, 36_536_884], ['wide-resnet-16-8', 10, 10_961_370], ['wide-resnet-16-8', 100, 11_007_540]] as const)(
    '%s with %d classes has %d parameters', (name, classes, count) => expect(trained(own(name), classes)).toBe(count));

  it('norm and activate before each convolution, and project what the first norm has made', () => {
    const names = parametersOf(networkPlan(own('wide-resnet-16-8'), 3, 10)).map(({ name }) => name.replace(/\.(bias|running_mean|running_var)$/, '.weight'));
    expect([...new Set(names)].slice(0, 11)).toEqual([
      'conv1.weight', 'layer1.0.bn1.weight', 'layer1.0.conv1.weight', 'layer1.0.bn2.weight', 'layer1.0.conv2.weight', 'layer1.0.shortcut.weight',
      'layer1.1.bn1.weight', 'layer1.1.conv1.weight', 'layer1.1.bn2.weight', 'layer1.1.conv2.weight', 'layer2.0.bn1.weight',
    ]);
    expect(names.at(-3)).toBe('bn.weight');
  });
});

describe('the fast networks', () => {
  it('has 1.97 million trained numbers; the whitening and the scales are kept beside them', () => {
    const parameters = parametersOf(networkPlan(own('fast'), 3, 10));
    const convolutions = 9 * (24 * 64 + 64 * 64 + 64 * 256 + 3 * 256 * 256);
    expect(trained(own('fast'), 10)).toBe(convolutions + 2 * 64 + 4 * 256 + 2570);
    expect(parameters.filter(({ role, kind }) => role === 'statistic' && !kind.startsWith('running')).map(({ name }) => name))
      .toEqual(['whiten.weight', ...[1, 2, 3].flatMap((layer) => [`layer${layer}.bn1.weight`, `layer${layer}.bn2.weight`])]);
  });

  it('costs 0.68 GFLOP to train on an image of 32 pixels', () => {
    // The paper's 3.6e14 for 9.9 epochs of 50,000 images are 0.73 GFLOP an image; there the whitening's bias asks for one gradient more.
    expect(trainingFlops(networkPlan(own('fast'), 3, 10), 32)).toBeCloseTo(0.679e9, -7);
  });

  it('with residual blocks has 3.19 million, and 0.93 GFLOP', () => {
    const convolutions = 9 * (24 * 64 + 2 * 64 * 64 + 64 * 256 + 5 * 256 * 256);
    expect(trained(own('fast-residual'), 10)).toBe(convolutions + 3 * 64 + 6 * 256 + 2570);
    expect(trainingFlops(networkPlan(own('fast-residual'), 3, 10), 32)).toBeCloseTo(0.934e9, -7);
  });
});

it.each(['resnet18', 'wide-resnet-16-8', 'fast', 'fast-residual'] as const)('%s takes every square image from 28 to 256 pixels', (architecture) => {
  for (let side = 28; side <= 256; side++) {
    const plan = networkPlan({ architecture, stem: stemsFor(architecture)[0]! }, 3, 7);
    const sides: number[] = [];
    walkLayers(plan.layers, side, (_, __, after) => sides.push(after));
    expect(Math.min(...sides)).toBe(lastMapSize(plan, side));
    expect(lastMapSize(plan, side)).toBeGreaterThanOrEqual(1);
  }
});

it('the fast network needs nine pixels, a ResNet one', () => {
  expect(smallestImage(networkPlan(own('fast'), 3, 10))).toBe(9);
  expect(smallestImage(networkPlan({ architecture: 'resnet18', stem: 'imagenet' }, 3, 10))).toBe(1);
});

/** Trained convolutions that take more than the image and have no norm behind them before anything that the scale matters to. */
function withoutNorm(layers: readonly Layer[]): string[] {
  return layers.flatMap((layer, i) => {
    if (layer.kind === 'residual') return [...withoutNorm(layer.path), ...withoutNorm(layer.shortcut)];
    const next = layers.slice(i + 1).find(({ kind }) => kind !== 'maxPool');
    return layer.kind === 'convolution' && layer.start !== 'whitening' && next?.kind !== 'norm' ? [layer.name] : [];
  });
}

it.each(architectures)('norms follow the convolutions of %s as its plan has it', (architecture) => {
  for (const stem of stemsFor(architecture)) expect(withoutNorm(networkPlan({ architecture, stem }, 3, 10).layers).length === 0).toBe(normsFollow(architecture));
});

it('filters are normalised where norms follow; a stored run of before that rule can be read', () => {
  const document = (architecture: string) => ({ model: { architecture, stem: architecture === 'resnet18' ? 'cifar' : 'own' }, optimizer: { kind: 'muon', normalizeFilters: true } });
  for (const architecture of ['fast', 'resnet18']) expect(runConfigSchema.safeParse(document(architecture)).success).toBe(true);
  expect(runConfigSchema.safeParse(document('wide-resnet-16-8')).success).toBe(false);
  expect(storedRunConfigSchema.safeParse(document('wide-resnet-16-8')).success).toBe(true);
});

it('a config names a stem that its network has', () => {
  const problem = (architecture: string, stem: string) => runConfigSchema.safeParse({ model: { architecture, stem } }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  expect(problem('fast', 'cifar')).toEqual(['model.stem must be "own": fast brings its own first layers']);
  expect(problem('resnet18', 'own')).toEqual(['model.stem must be "imagenet" or "cifar" for resnet18']);
  expect(problem('wide-resnet-16-8', 'own')).toBeUndefined();
  expect(() => networkPlan({ architecture: 'fast', stem: 'cifar' }, 3, 10)).toThrow('fast has no stem "cifar".');
});
