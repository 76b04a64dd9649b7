import { CounterRandom } from '../../core/random/philox';
import { elements, type ParameterSpec } from '../../core/model/parameters';

/**
 * torchvision's first value of one parameter (torchvision.models.resnet, torch.nn.Linear), each from a random stream of its
 * own, so that no other parameter changes it:
 * - convolutions: kaiming_normal_(mode='fan_out', nonlinearity='relu'), deviation sqrt(2 / (out · h · w)); of the fast network uniform in
 *   ±1/sqrt(in · h · w), torch.nn.Conv2d's own, and then torch.nn.init.dirac_ on the first filters, as many as there are inputs;
 *   whitening filters without images to take them from: each tap alone, and negated;
 * - linear weight and bias: uniform in ±1/sqrt(in);
 * - batch norm: scale and running variance 1, offset and running mean 0.
 * @param features inputs of the classifier
 */
export function initialWeights({ name, shape, kind, start }: ParameterSpec, features: number, seed: number): Float32Array {
  const data = new Float32Array(elements(shape));
  switch (kind) {
    case 'convolution': {
      const random = new CounterRandom(seed, `init:${name}`);
      const [outChannels, inChannels, height, width] = shape as [number, number, number, number];
      const length = inChannels * height * width;
      if (start === 'whitening') return data.map((_, i) => (i % length === Math.floor(i / length) % length ? (i < data.length / 2 ? 1 : -1) : 0));
      if (start === 'dirac') {
        for (let i = 0; i < data.length; i++) data[i] = (2 * random.float() - 1) / Math.sqrt(length);
        const centre = Math.floor(height / 2) * width + Math.floor(width / 2);
        for (let out = 0; out < Math.min(outChannels, inChannels); out++) {
          data.fill(0, out * length, (out + 1) * length);
          data[out * length + out * height * width + centre] = 1;
        }
        return data;
      }
      const deviation = Math.sqrt(2 / (outChannels * height * width));
      for (let i = 0; i < data.length; i++) data[i] = random.normal() * deviation;
      return data;
    }
    case 'linear':
    case 'linearBias': {
      const random = new CounterRandom(seed, `init:${name}`);
      const bound = 1 / Math.sqrt(features);
      for (let i = 0; i < data.length; i++) data[i] = (2 * random.float() - 1) * bound;
      return data;
    }
    case 'normScale':
    case 'runningVariance':
      return data.fill(1);
    case 'normOffset':
    case 'runningMean':
      return data;
  }
}
