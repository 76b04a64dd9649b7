import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { parametersOf } from '../../src/core/model/parameters';
import { networkPlan } from '../../src/core/model/plan';
import { matchWeights } from '../../src/core/model/matchWeights';
import { encodeSafetensors } from '../../src/engine/checkpoint/safetensors';
import { initialWeights } from '../../src/engine/model/initialWeights';
import { importWeights, libraryWeightsFile } from '../../src/weights/libraryWeights';
import { openWeights } from '../../src/weights/openWeights';
import { stateDict } from '../../src/weights/stateDict';
import { tempFolder } from '../support/tempFolder';
import { itWithPython, python } from './python';

const save = `
import collections, hashlib, json, sys, torch, torchvision
from safetensors.torch import save_file
out = sys.argv[1]
torch.manual_seed(3)
net = torchvision.models.resnet50(weights=None)
for _, b in net.named_buffers():
    if b.is_floating_point(): b.copy_(torch.rand_like(b) + 0.5)
state = net.state_dict()
torch.save(state, out + "/zip.pth")
torch.save(state, out + "/legacy.pth", _use_new_zipfile_serialization=False)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
net(torch.zeros(2, 3, 64, 64)).sum().backward(); optimizer.step()
torch.save({"epoch": 1, "state_dict": torch.nn.DataParallel(net).state_dict(), "optimizer": optimizer.state_dict()}, out + "/checkpoint.pth")
torch.save(net.to(memory_format=torch.channels_last).half().state_dict(), out + "/half.pth")
torch.save({k: (v.bfloat16() if v.is_floating_point() else v) for k, v in state.items()}, out + "/bfloat16.pth")
torch.save({k: (v.double() if v.is_floating_point() else v) for k, v in state.items()}, out + "/double.pth")
save_file(state, out + "/plain.safetensors")
hashes = {}
for name in ["zip.pth", "legacy.pth", "checkpoint.pth", "half.pth", "bfloat16.pth", "double.pth"]:
    loaded = torch.load(out + "/" + name, weights_only=True)
    loaded = loaded.get("state_dict", loaded)
    hashes[name] = {k.removeprefix("module."): hashlib.sha256(v.float().contiguous().numpy().tobytes()).hexdigest() for k, v in loaded.items() if v.is_floating_point()}
hashes["plain.safetensors"] = {k: hashlib.sha256(v.contiguous().numpy().tobytes()).hexdigest() for k, v in state.items() if v.is_floating_point()}
print(json.dumps(hashes))
`;

describe('weights of torchvision', () => {
  itWithPython(['torch', 'torchvision', 'safetensors'], 'resnet50 as torch.save writes it, in every form and format of numbers, is read equal to the bit', async () => {
    const folder = tempFolder();
    const expected = python(save, [folder]) as Record<string, Record<string, string>>;
    for (const [name, hashes] of Object.entries(expected)) {
      const file = await openWeights(join(folder, name));
      const { tensors } = stateDict(file);
      const found: Record<string, string> = {};
      for (const tensor of tensors) found[tensor.name] = createHash('sha256').update(new Uint8Array((await tensor.read()).buffer)).digest('hex');
      await file.close();
      expect(found, name).toEqual(hashes);
      expect(matchWeights(tensors, { architecture: 'resnet50', stem: 'imagenet', classes: 1000 }), name).toMatchObject({ missing: [], unexpected: [], otherShape: [] });
    }
    const library = tempFolder();
    const [zip, legacy] = await Promise.all(['zip.pth', 'legacy.pth'].map((name) => importWeights(library, join(folder, name))));
    expect(zip!.sha256).toBe(legacy!.sha256);
    // The library's copy is a file that torchvision takes as it is.
    expect(python(`
import json, sys, torch, torchvision
from safetensors.torch import load_file
net = torchvision.models.resnet50(weights=None)
net.load_state_dict(load_file(sys.argv[1]), strict=True)
same = all(torch.equal(v, net.state_dict()[k]) for k, v in torch.load(sys.argv[2], weights_only=True).items() if not k.endswith("num_batches_tracked"))
print(json.dumps({"same": same}))`,
    [libraryWeightsFile(library, zip!.sha256), join(folder, 'zip.pth')])).toEqual({ same: true });
  });

  itWithPython(['torch', 'torchvision', 'safetensors'], 'ours are taken by load_state_dict, strictly, for every network and both stems', () => {
    const folder = tempFolder();
    const files: Record<string, string> = {};
    for (const architecture of ['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152'] as const) {
      for (const stem of ['imagenet', 'cifar'] as const) {
        const network = networkPlan({ architecture, stem }, 3, 10);
        const tensors = parametersOf(network).map((parameter) => ({ ...parameter, data: initialWeights(parameter, network.classifier.features, 1) }));
        const path = join(folder, `${architecture}-${stem}.safetensors`);
        writeFileSync(path, Buffer.concat(encodeSafetensors(tensors, { format: 'pt' })));
        files[`${architecture}-${stem}`] = path;
      }
    }
    const loaded = python(`
import json, sys, torch, torchvision
from safetensors.torch import load_file
found = {}
for name, path in json.loads(sys.argv[1]).items():
    architecture, stem = name.split("-")
    net = getattr(torchvision.models, architecture)(weights=None, num_classes=10)
    if stem == "cifar":
        net.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False); net.maxpool = torch.nn.Identity()
    net.load_state_dict(load_file(path), strict=True)
    found[name] = True
print(json.dumps(found))`, [JSON.stringify(files)]);
    expect(Object.values(loaded as Record<string, boolean>)).toEqual(Array(10).fill(true));
    expect(readFileSync(files['resnet18-cifar']!).length).toBeGreaterThan(40_000_000);
  });
});
