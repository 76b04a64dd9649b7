/** One convolution without bias and the batch norm after it, under torchvision's names. */
export interface ConvolutionNorm {
  readonly convolution: string;
  readonly norm: string;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

/** A residual block: relu between the convolutions of `path`, the shortcut added before the last one. */
export interface Block {
  readonly path: readonly ConvolutionNorm[];
  /** A projection where shapes change; null is the identity. */
  readonly shortcut: ConvolutionNorm | null;
}

/** torchvision's form of a ResNet. */
export interface ResidualNetwork {
  readonly stem: ConvolutionNorm;
  /** Max pool 3×3, stride 2, padding 1 after the stem. */
  readonly pool: boolean;
  readonly blocks: readonly Block[];
  /** Channels that the classifier sees. */
  readonly features: number;
  readonly classes: number;
}

export type ArchitectureName = 'resnet18' | 'resnet34' | 'resnet50' | 'resnet101' | 'resnet152';
export type StemName = 'imagenet' | 'cifar';

/** torchvision's max pool after the stem. */
export const stemPool = { size: 3, stride: 2, padding: 1 } as const;

const depths: Readonly<Record<ArchitectureName, { readonly bottleneck: boolean; readonly blocks: readonly number[] }>> = {
  resnet18: { bottleneck: false, blocks: [2, 2, 2, 2] },
  resnet34: { bottleneck: false, blocks: [3, 4, 6, 3] },
  resnet50: { bottleneck: true, blocks: [3, 4, 6, 3] },
  resnet101: { bottleneck: true, blocks: [3, 4, 23, 3] },
  resnet152: { bottleneck: true, blocks: [3, 8, 36, 3] },
};

/**
 * torchvision.models.resnet, v1.5: the stride of a bottleneck is on its 3×3 convolution. The `cifar` stem is 3×3 with stride 1
 * and no pool, for small images. Blocks come in the order of torchvision's modules.
 */
export function resnet(name: ArchitectureName, stem: StemName, channels: number, classes: number): ResidualNetwork {
  const { bottleneck, blocks } = depths[name];
  const imagenet = stem === 'imagenet';
  const expansion = bottleneck ? 4 : 1;
  let inChannels = 64;
  const stages = blocks.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index) => {
      const width = 64 * 2 ** stage;
      const stride = stage > 0 && index === 0 ? 2 : 1;
      const block = residualBlock(`layer${stage + 1}.${index}`, bottleneck, inChannels, width, width * expansion, stride);
      inChannels = width * expansion;
      return block;
    }),
  );
  return {
    stem: {
      convolution: 'conv1',
      norm: 'bn1',
      inChannels: channels,
      outChannels: 64,
      ...(imagenet ? { size: 7, stride: 2, padding: 3 } : { size: 3, stride: 1, padding: 1 }),
    },
    pool: imagenet,
    blocks: stages,
    features: inChannels,
    classes,
  };
}

function residualBlock(
  name: string,
  bottleneck: boolean,
  inChannels: number,
  width: number,
  outChannels: number,
  stride: number,
): Block {
  const convolution = (index: number, size: number, from: number, to: number, step: number): ConvolutionNorm => ({
    convolution: `${name}.conv${index}`,
    norm: `${name}.bn${index}`,
    inChannels: from,
    outChannels: to,
    size,
    stride: step,
    padding: (size - 1) / 2,
  });
  const path = bottleneck
    ? [
        convolution(1, 1, inChannels, width, 1),
        convolution(2, 3, width, width, stride),
        convolution(3, 1, width, outChannels, 1),
      ]
    : [convolution(1, 3, inChannels, width, stride), convolution(2, 3, width, outChannels, 1)];
  const projection = {
    convolution: `${name}.downsample.0`,
    norm: `${name}.downsample.1`,
    inChannels,
    outChannels,
    size: 1,
    stride,
    padding: 0,
  };
  return { path, shortcut: stride !== 1 || inChannels !== outChannels ? projection : null };
}
