import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { CounterRandom } from '../../src/core/random/philox';
import { isFast, stemsFor, type Architecture } from '../../src/core/config/run';
import { encodeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { initialState, openNetwork, type NetworkSpec, type StateTensor } from '../../src/engine/step/network';
import { torchModel } from '../../src/export/paper/torchNetworks';
import { tempFolder } from '../support/tempFolder';
import { itWithPython, python } from './python';

const spec = (architecture: Architecture): NetworkSpec => ({
  architecture, stem: stemsFor(architecture).at(-1)!, classes: 7, height: 32, width: 32, channels: 3, mean: [0.5, 0.4, 0.6], deviation: [0.25, 0.2, 0.3],
  // Without momentum or decay a step takes the gradient off; a large rate leaves more of its digits.
  labelSmoothing: 0.1, optimizer: { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 }, clipNorm: null, precision: 'float32', device: 'cpu',
});
const [images, rate] = [6, 64];

/** torch's logits in evaluation, its gradients (double precision) and the running statistics after one pass, each as one file of float64 in the state's order. */
const program = (network: Pick<NetworkSpec, 'architecture' | 'stem'>) => `
import json, sys, numpy as np, torch
${network.architecture.startsWith('resnet') ? 'import torchvision' : ''}
from safetensors.torch import load_file
${torchModel({ ...network, classes: Array.from({ length: 7 }, String) }).join('\n')}
folder = sys.argv[1]
model.load_state_dict(load_file(folder + "/weights.safetensors"), strict=False)
names = json.loads(sys.argv[2])
missing = [n for n in model.state_dict() if n not in names and not n.endswith("num_batches_tracked")]
model = model.double()
x = torch.from_numpy(np.fromfile(folder + "/images.bin", "u1").reshape(${images}, 32, 32, 3).astype("f8")) / 255
x = ((x - torch.tensor([0.5, 0.4, 0.6])) / torch.tensor([0.25, 0.2, 0.3])).permute(0, 3, 1, 2)
y = torch.arange(${images}) % 7
with torch.no_grad(): model.eval()(x).numpy().astype("f8").tofile(folder + "/logits.bin")
model.train()
loss = torch.nn.functional.cross_entropy(model(x), y, label_smoothing=0.1)
loss.backward()
parameters, buffers = dict(model.named_parameters()), dict(model.named_buffers())
np.concatenate([(parameters[n].grad if n in parameters else buffers[n]).numpy().ravel() for n in names]).astype("f8").tofile(folder + "/after.bin")
print(json.dumps({"loss": loss.item(), "missing": missing}))`;

const doubles = (path: string) => new Float64Array(new Uint8Array(readFileSync(path)).buffer);
const norm = (values: ArrayLike<number>) => Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));

describe('a network beside PyTorch', () => {
  for (const architecture of ['fast', 'fast-residual', 'wide-resnet-16-8', 'resnet18'] as const) {
    itWithPython(['torch', 'numpy', 'safetensors', ...(architecture === 'resnet18' ? ['torchvision'] : [])], `${architecture}: logits, loss, every gradient and every running statistic`, async () => {
      const folder = tempFolder();
      const of = spec(architecture);
      const random = new CounterRandom(11, 'networks', 0);
      // Nothing at its neutral first value, so that whatever is left out shows; and no filter that hands pixels on, since bytes tie in a max
      // pool, where torch and oneDNN send the gradient to different ones of the equals.
      const start = initialState(of, 3).map((tensor): StateTensor => ({
        ...tensor, data: tensor.data.map((value) => (tensor.shape.length > 1 ? value + 0.02 * random.normal() : Math.abs(value + 0.2 * random.normal()) + 0.05)),
      }));
      const pixels = Uint8Array.from({ length: images * 32 * 32 * 3 }, () => random.integer(256));
      writeFileSync(join(folder, 'images.bin'), pixels);
      writeFileSync(join(folder, 'weights.safetensors'), Buffer.concat(encodeSafetensors(start, { format: 'pt' })));
      const names = start.map(({ name }) => name);
      const { loss, missing } = python(program(of), [folder, JSON.stringify(names)]) as { loss: number; missing: string[] };
      expect(missing).toEqual([]);

      const network = await openNetwork(of, folder);
      network.writeState(start);
      const batch = { pixels, labels: Int32Array.from({ length: images }, (_, i) => i % 7) };
      const { logits } = network.evaluate(batch);
      const step = network.trainStep(batch, rate);
      const after = network.readState();
      network.close();

      const wantedLogits = doubles(join(folder, 'logits.bin'));
      expect(norm(wantedLogits.map((value, i) => value - logits[i]!)) / norm(wantedLogits)).toBeLessThan(1e-5);
      expect(Math.abs(step.loss / loss - 1)).toBeLessThan(1e-5);
      const wanted = doubles(join(folder, 'after.bin'));
      const errors: number[] = [];
      let at = 0;
      for (const [index, { name, role, data, shape }] of after.entries()) {
        const want = wanted.subarray(at, (at += data.length));
        const fixed = role === 'statistic' && !name.includes('running');
        if (fixed) {
          expect(data, name).toEqual(start[index]!.data);
          continue;
        }
        // The fast networks' offsets learn 64 times as fast.
        const times = isFast(architecture) && name.endsWith('bias') && name !== 'fc.bias' ? 64 * rate : rate;
        const found = role === 'statistic' ? data : data.map((value, i) => (start[index]!.data[i]! - value) / times);
        errors.push(norm(want.map((value, i) => value - found[i]!)) / norm(want));
        // A value beside a relu's kink may fall to the other side in single precision and take its whole share along.
        expect(errors.at(-1), `${name} [${shape.join()}]`).toBeLessThan(2e-2);
      }
      // No relu comes behind the classifier.
      for (const error of errors.slice(-2)) expect(error).toBeLessThan(2e-5);
    });
  }
});
