import { isFast } from '../../core/config/run';
import type { ModelDescription } from '../model/trainedModel';

/** Python that makes `model`, a PyTorch module whose state_dict has the network's own names. It needs `import torch`, and torchvision for its networks. */
export function torchModel({ architecture, stem, classes }: Pick<ModelDescription, 'architecture' | 'stem' | 'classes'>): readonly string[] {
  if (isFast(architecture)) return [...fast(architecture === 'fast-residual'), `model = Network(${classes.length})`];
  const wide = /^wide-resnet-(\d+)-(\d+)$/.exec(architecture);
  if (wide) return [...wideResnet, `model = Network(${wide[1]}, ${wide[2]}, ${classes.length})`];
  return [
    `model = torchvision.models.${architecture}(num_classes=${classes.length})`,
    ...(stem === 'cifar' ? ['model.conv1, model.maxpool = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False), torch.nn.Identity()'] : []),
  ];
}

export const needsTorchvision = ({ architecture }: Pick<ModelDescription, 'architecture'>): boolean => architecture.startsWith('resnet');

const wideResnet = `
class Block(torch.nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.bn1, self.conv1 = torch.nn.BatchNorm2d(i), torch.nn.Conv2d(i, o, 3, stride, 1, bias=False)
        self.bn2, self.conv2 = torch.nn.BatchNorm2d(o), torch.nn.Conv2d(o, o, 3, 1, 1, bias=False)
        self.shortcut = None if i == o else torch.nn.Conv2d(i, o, 1, stride, bias=False)
    def forward(self, x):
        y = self.bn1(x).relu()
        return self.conv2(self.bn2(self.conv1(y)).relu()) + (x if self.shortcut is None else self.shortcut(y))

class Network(torch.nn.Module):
    def __init__(self, depth, factor, classes):
        super().__init__()
        count, widths = (depth - 4) // 6, [16 * factor, 32 * factor, 64 * factor]
        stage = lambda i, o, stride: torch.nn.Sequential(Block(i, o, stride), *[Block(o, o, 1) for _ in range(count - 1)])
        self.conv1 = torch.nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.layer1, self.layer2, self.layer3 = stage(16, widths[0], 1), stage(widths[0], widths[1], 2), stage(widths[1], widths[2], 2)
        self.bn, self.fc = torch.nn.BatchNorm2d(widths[2]), torch.nn.Linear(widths[2], classes)
    def forward(self, x):
        return self.fc(self.bn(self.layer3(self.layer2(self.layer1(self.conv1(x))))).relu().mean((2, 3)))
`.split('\n');

const fast = (residual: boolean): string[] => `
class Block(torch.nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.conv1, self.bn1 = torch.nn.Conv2d(i, o, 3, 1, 1, bias=False), torch.nn.BatchNorm2d(o, momentum=0.2)
        self.conv2, self.bn2 = torch.nn.Conv2d(o, o, 3, 1, 1, bias=False), torch.nn.BatchNorm2d(o, momentum=0.2)${residual ? `
        self.conv3, self.bn3 = torch.nn.Conv2d(o, o, 3, 1, 1, bias=False), torch.nn.BatchNorm2d(o, momentum=0.2)` : ''}
    def forward(self, x):
        silu, pool = torch.nn.functional.silu, torch.nn.functional.max_pool2d
        x = silu(self.bn1(pool(self.conv1(x), 2)))
        y = self.bn2(self.conv2(x))
        return silu(${residual ? 'x + self.bn3(self.conv3(silu(y)))' : 'y'})

class Network(torch.nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.whiten = torch.nn.Conv2d(3, 24, 2, bias=False)
        self.layer1, self.layer2, self.layer3 = Block(24, 64), Block(64, 256), Block(256, 256)
        self.fc = torch.nn.Linear(256, classes)
    def forward(self, x):
        x = torch.nn.functional.silu(self.whiten(x))
        return self.fc(self.layer3(self.layer2(self.layer1(x))).amax((2, 3))) / 9
`.split('\n');
