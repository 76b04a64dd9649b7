import type { Architecture, Stem } from '../../../core/config/run';

/** One drawing step of a network: the side of its square feature map in pixels. */
export interface Stage {
  readonly name: 'image' | 'conv' | 'pool' | 'layer1' | 'layer2' | 'layer3' | 'layer4';
  readonly side: number;
  readonly channels: number;
}

export interface NetworkFacts {
  readonly stages: readonly Stage[];
  readonly parameters: number;
  /** Of one training step, for one image: forward and backward, a multiply and an add counted as two. */
  readonly trainingFlops: number;
}

/** torchvision's ResNets (v1.5): blocks a stage, and whether a block is a bottleneck. */
const networks: Record<Architecture, { blocks: readonly [number, number, number, number]; bottleneck: boolean }> = {
  resnet18: { blocks: [2, 2, 2, 2], bottleneck: false },
  resnet34: { blocks: [3, 4, 6, 3], bottleneck: false },
  resnet50: { blocks: [3, 4, 6, 3], bottleneck: true },
  resnet101: { blocks: [3, 4, 23, 3], bottleneck: true },
  resnet152: { blocks: [3, 8, 36, 3], bottleneck: true },
};

/** The feature maps, parameters and arithmetic of a network on `side` × `side` images, counted layer by layer (He et al. 2016). */
export function networkFacts(architecture: Architecture, stem: Stem, side: number, classes: number): NetworkFacts {
  const { blocks, bottleneck } = networks[architecture];
  let parameters = 0;
  let multiplyAdds = 0;
  /** A convolution without bias and its batch norm; returns the side of its output. */
  const convolve = (from: number, to: number, kernel: number, stride: number, input: number): number => {
    const output = Math.floor((input + 2 * ((kernel - 1) / 2) - kernel) / stride) + 1;
    parameters += from * to * kernel * kernel + 2 * to;
    multiplyAdds += from * to * kernel * kernel * output * output;
    return output;
  };

  const stages: Stage[] = [{ name: 'image', side, channels: 3 }];
  let at = stem === 'imagenet' ? convolve(3, 64, 7, 2, side) : convolve(3, 64, 3, 1, side);
  stages.push({ name: 'conv', side: at, channels: 64 });
  if (stem === 'imagenet') {
    at = Math.floor((at + 2 - 3) / 2) + 1;
    stages.push({ name: 'pool', side: at, channels: 64 });
  }
  let channels = 64;
  blocks.forEach((count, layer) => {
    const width = 64 * 2 ** layer;
    const out = bottleneck ? 4 * width : width;
    for (let block = 0; block < count; block++) {
      const stride = layer > 0 && block === 0 ? 2 : 1;
      const input = at;
      if (bottleneck) {
        convolve(channels, width, 1, 1, input);
        at = convolve(width, width, 3, stride, input);
        convolve(width, out, 1, 1, at);
      } else {
        at = convolve(channels, width, 3, stride, input);
        convolve(width, out, 3, 1, at);
      }
      if (stride > 1 || channels !== out) convolve(channels, out, 1, stride, input);
      channels = out;
    }
    stages.push({ name: `layer${layer + 1}` as Stage['name'], side: at, channels });
  });
  parameters += channels * classes + classes;
  multiplyAdds += channels * classes;
  return { stages, parameters, trainingFlops: 6 * multiplyAdds };
}
