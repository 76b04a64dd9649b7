"""Trains fast networks in PyTorch on a GPU, one recipe a line of a JSON Lines file, and appends what they reach on held-out images.

    python search.py IMAGES.npy LABELS.npy RECIPES.jsonl RESULTS.jsonl

IMAGES: uint8 [50000, 32, 32, 3], CIFAR-10's training images; LABELS: [50000]. Several processes may share the files: each takes the next recipe
that is free. The test set has no part in it. Of every recipe 45,000 images are trained on (the last incomplete batch of an epoch is left out) and
5,000, the same for all, are held out. A recipe is what differs from `usual`.
"""
import fcntl, json, math, sys, time
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

device = 'cuda' if torch.cuda.is_available() else 'cpu'
torch.backends.cudnn.benchmark = True
held_out = 5000
usual = dict(
    widths=[64, 256, 256], convolutions=[2, 2, 2], pool_first=[0, 0, 0], epochs=18, batch=512, optimizer='sgd', rate=0.75, warm_up=4 / 18, final=0.0,
    decay=0.0013, momentum=0.85, filter_rate=0.12, filter_momentum=0.6, smoothing=0.2, padding=2, cutout=0, seed=1,
    sizes=None,  # [[share of the epochs, side], …]: from that share on images are shrunk to that side
    crop=None,  # [share, side]: crops of that side until that share of the epochs
    drop=None,  # [from, to, share, pool]: between these shares of the epochs so many images are left out, by chance among the `pool` with the lowest last loss
    ema=0.0,  # decay of a moving average of the weights, from half of the run on
)


class Norm(nn.Module):
    """Batch norm whose scale stays 1."""

    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(channels))
        for name, value in (('scale', 1.0), ('mean', 0.0), ('variance', 1.0)):
            self.register_buffer(name, torch.full((channels,), value))

    def forward(self, x):
        return F.batch_norm(x, self.mean, self.variance, self.scale, self.bias, self.training, 0.2, 1e-5)


def dirac(inputs, outputs):
    convolution = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    nn.init.dirac_(convolution.weight.data[:inputs])
    return convolution


class Block(nn.Module):
    def __init__(self, inputs, outputs, convolutions, pool_first):
        super().__init__()
        self.pool_first = pool_first
        self.convolutions = nn.ModuleList([dirac(outputs if k else inputs, outputs) for k in range(convolutions)])
        self.norms = nn.ModuleList([Norm(outputs) for _ in range(convolutions)])

    def forward(self, x):
        first, *others = zip(self.convolutions, self.norms)
        x = first[0](F.max_pool2d(x, 2)) if self.pool_first else F.max_pool2d(first[0](x), 2)
        x = before = F.silu(first[1](x))
        for index, (convolution, norm) in enumerate(others):
            x = norm(convolution(x))
            if len(others) > 1 and index == len(others) - 1:
                x = x + before
            x = F.silu(x)
        return x


class Network(nn.Module):
    def __init__(self, recipe):
        super().__init__()
        widths = recipe['widths']
        self.whiten = nn.Conv2d(3, 24, 2, bias=False)
        self.whiten.weight.requires_grad = False
        self.blocks = nn.Sequential(*[Block(*one) for one in zip([24, *widths[:-1]], widths, recipe['convolutions'], recipe['pool_first'])])
        self.fc = nn.Linear(widths[-1], 10)

    def forward(self, x):
        return self.fc(torch.amax(self.blocks(F.silu(self.whiten(x))), (2, 3))).float() / 9


def multiplications(recipe, side):
    """Of a training step, an image: the image needs no gradient, and what reads the whitening none of its inputs."""
    side, inputs = side - 1, 24
    total = 3 * 4 * inputs * side**2 / 3
    for index, (width, count, pool_first) in enumerate(zip(recipe['widths'], recipe['convolutions'], recipe['pool_first'])):
        pooled = side // 2
        total += 9 * inputs * width * (pooled if pool_first else side) ** 2 * (1 if index else 2 / 3) + (count - 1) * 9 * width**2 * pooled**2
        side, inputs = pooled, width
    return total


def whitening(images):
    patches = F.unfold(images[:5000].float(), 2).transpose(1, 2).reshape(-1, 12).double()
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    filters = (vectors / torch.sqrt(values + 5e-4)).T.flip(0).reshape(-1, 3, 2, 2).float()
    return torch.cat([filters, -filters])


def orthogonalised(matrix, steps=3):
    x = matrix / (matrix.norm() + 1e-7)
    x = x.T if (tall := x.shape[0] > x.shape[1]) else x
    for _ in range(steps):
        gram = x @ x.T
        x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x
    return x.T if tall else x


class Optimizer:
    """SGD, or Muon for the filters and SGD for the rest; rates are tensors, so that a CUDA graph can hold the step."""

    def __init__(self, network, recipe):
        self.recipe, self.all = recipe, [p for p in network.parameters() if p.requires_grad]
        offsets = {id(m.bias) for m in network.modules() if isinstance(m, Norm)}
        muon = recipe['optimizer'] == 'muon'
        self.filters = [p for p in self.all if muon and p.ndim == 4]
        self.offsets = [p for p in self.all if id(p) in offsets]
        self.rest = [p for p in self.all if id(p) not in offsets and not (muon and p.ndim == 4)]
        self.momenta = {id(p): torch.zeros_like(p) for p in self.all}
        self.rate, self.filter_rate = torch.zeros((), device=device), torch.zeros((), device=device)

    def sgd(self, parameters, times):
        if not parameters:
            return
        momenta = [self.momenta[id(p)] for p in parameters]
        gradients = torch._foreach_add([p.grad for p in parameters], parameters, alpha=self.recipe['decay'] / times)
        torch._foreach_mul_(momenta, self.recipe['momentum'])
        torch._foreach_add_(momenta, gradients)
        moves = torch._foreach_mul(momenta, self.recipe['momentum'])
        torch._foreach_add_(moves, gradients)
        torch._foreach_mul_(moves, self.rate * times)
        torch._foreach_sub_(parameters, moves)

    @torch.no_grad()
    def step(self):
        self.sgd(self.rest, 1.0)
        self.sgd(self.offsets, 64.0)
        for p in self.filters:
            momentum = self.momenta[id(p)].mul_(self.recipe['filter_momentum']).add_(p.grad)
            outputs, fan_in = p.shape[0], p[0].numel()
            move = orthogonalised((p.grad + momentum * self.recipe['filter_momentum']).reshape(outputs, fan_in)).view_as(p)
            p.mul_(math.sqrt(outputs) / p.norm()).sub_(move * (self.filter_rate * math.sqrt(max(1.0, outputs / fan_in))))


def crops(images, padding, side, generator):
    n, _, height, _ = images.shape
    padded = F.pad(images, (padding,) * 4, 'reflect') if padding else images
    places = height + 2 * padding - side + 1
    top, left = (torch.randint(0, places, (n,), device=device, generator=generator)[:, None] + torch.arange(side, device=device) for _ in range(2))
    return padded[torch.arange(n, device=device)[:, None, None, None], torch.arange(3, device=device)[None, :, None, None], top[:, None, :, None], left[:, None, None, :]]


def cut_out(images, side, generator):
    n, _, height, _ = images.shape
    inside = lambda: (lambda at: (at >= 0) & (at < side))(
        torch.arange(height, device=device)[None] - torch.randint(0, height, (n,), device=device, generator=generator)[:, None] + side // 2)
    return images.masked_fill(inside()[:, None, :, None] & inside()[:, None, None, :], 0)


class Step:
    """One training step, replayed as a CUDA graph for each size of image where there is a GPU."""

    def __init__(self, network, optimizer, smoothing):
        self.network, self.optimizer, self.smoothing, self.graphs = network, optimizer, smoothing, {}
        for p in optimizer.all:
            p.grad = torch.zeros_like(p)

    def once(self, x, y):
        with torch.autocast(device, torch.bfloat16, enabled=device == 'cuda', cache_enabled=False):
            logits = self.network(x)
        losses = F.cross_entropy(logits, y, label_smoothing=self.smoothing, reduction='none')
        losses.mean().backward()
        self.optimizer.step()
        for p in self.optimizer.all:
            p.grad.zero_()
        return losses.detach()

    def __call__(self, x, y):
        x = x.to(memory_format=torch.channels_last)
        if device == 'cpu':
            return self.once(x, y)
        if x.shape not in self.graphs:
            self.graphs[x.shape] = self.captured(x, y)
        graph, of_x, of_y, losses = self.graphs[x.shape]
        of_x.copy_(x)
        of_y.copy_(y)
        graph.replay()
        return losses

    def captured(self, x, y):
        x, y = x.clone(memory_format=torch.channels_last), y.clone()
        state = [*self.network.parameters(), *self.network.buffers(), *self.optimizer.momenta.values()]
        before = [tensor.detach().clone() for tensor in state]
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                self.once(x, y)
        torch.cuda.current_stream().wait_stream(side)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            losses = self.once(x, y)
        with torch.no_grad():
            for tensor, value in zip(state, before):
                tensor.copy_(value)
        return graph, x, y, losses


@torch.no_grad()
def evaluate(network, images, labels):
    network.eval()
    plain = mirrored = 0
    loss = 0.0
    for x, y in zip(images.split(1000), labels.split(1000)):
        with torch.autocast(device, torch.bfloat16, enabled=device == 'cuda'):
            logits, others = network(x.to(memory_format=torch.channels_last)), network(x.flip(3))
        plain += (logits.argmax(1) == y).sum().item()
        mirrored += ((logits + others).argmax(1) == y).sum().item()
        loss += F.cross_entropy(logits, y, reduction='sum').item()
    return dict(accuracy=100 * plain / len(labels), mirrored=100 * mirrored / len(labels), loss=round(loss / len(labels), 4))


def train(recipe, images, labels, others, other_labels):
    recipe = {**usual, **recipe}
    torch.manual_seed(recipe['seed'])
    generator = torch.Generator(device=device).manual_seed(recipe['seed'])
    network = Network(recipe)
    network.whiten.weight.data[:] = whitening(images.cpu())
    network = network.to(device).to(memory_format=torch.channels_last).train()
    optimizer = Optimizer(network, recipe)
    step = Step(network, optimizer, recipe['smoothing'])
    count, batch, epochs = len(images), recipe['batch'], recipe['epochs']
    first_flips = torch.rand(count, device=device, generator=generator) < 0.5
    last_loss = torch.full((count,), 1e9, device=device)
    averages = [p.detach().clone() for p in optimizer.all]
    cost, started, shrunk = 0.0, time.time(), {32: images}
    for epoch in range(epochs):
        share = epoch / epochs
        side = next((side for since, side in reversed(recipe['sizes'] or []) if share >= since), 32)
        if side not in shrunk:
            shrunk[side] = F.interpolate(images, size=(side, side), mode='bilinear', antialias=True)
        seen = recipe['crop'][1] if recipe['crop'] and share < recipe['crop'][0] else side
        order = torch.randperm(count, device=device, generator=generator)
        if recipe['drop'] and recipe['drop'][0] <= share < recipe['drop'][1]:
            kept = int(count * (1 - recipe['drop'][2])) // batch * batch
            known = last_loss.argsort()[: int(count * recipe['drop'][3])]
            takes_part = torch.ones(count, dtype=torch.bool, device=device)
            takes_part[known[torch.randperm(len(known), device=device, generator=generator)[: count - kept]]] = False
            order = order[takes_part[order]]
        flips, steps = first_flips ^ bool(epoch % 2), len(order) // batch
        for index in range(steps):
            progress, up = (epoch + index / steps) / epochs, recipe['warm_up']
            factor = progress / up if progress < up else 1 - (1 - recipe['final']) * (progress - up) / (1 - up)
            optimizer.rate.fill_(recipe['rate'] * factor)
            optimizer.filter_rate.fill_(recipe['filter_rate'] * factor)
            chosen = order[index * batch:(index + 1) * batch]
            x = crops(shrunk[side][chosen], recipe['padding'], seen, generator)
            x = torch.where(flips[chosen][:, None, None, None], x.flip(3), x)
            last_loss[chosen] = step(cut_out(x, recipe['cutout'], generator) if recipe['cutout'] else x, labels[chosen])
            if recipe['ema'] and progress > 0.5:
                torch._foreach_lerp_(averages, [p.detach() for p in optimizer.all], 1 - recipe['ema'])
        cost += steps / (count // batch) * multiplications(recipe, seen) / multiplications(usual, 32)
    found = evaluate(network, others, other_labels)
    if recipe['ema']:
        with torch.no_grad():
            for p, average in zip(optimizer.all, averages):
                p.copy_(average)
        found['average'] = evaluate(network, others, other_labels)['accuracy']
    return {**found, 'cost': round(cost, 2), 'seconds': round(time.time() - started, 1)}


def main(images_file, labels_file, recipes_file, results_file):
    images = (torch.from_numpy(np.load(images_file)).float() / 255 - torch.tensor([0.4914, 0.4822, 0.4465])) / torch.tensor([0.2470, 0.2435, 0.2616])
    labels = torch.from_numpy(np.load(labels_file)).long()
    order = torch.from_numpy(np.random.RandomState(0).permutation(len(images)))
    of = lambda which: (images.permute(0, 3, 1, 2)[which].to(device).contiguous(), labels[which].to(device))
    data = (*of(order[held_out:]), *of(order[:held_out]))
    recipes = [json.loads(line) for line in open(recipes_file) if line.strip()]
    while True:
        with open(f'{recipes_file}.next', 'a+') as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            index = int(file.read() or 0)
            file.seek(0)
            file.truncate()
            file.write(str(index + 1))
        if index >= len(recipes):
            return
        line = json.dumps({'recipe': recipes[index], **train(recipes[index], *data)})
        with open(results_file, 'a') as file:
            file.write(line + '\n')


if __name__ == '__main__':
    main(*sys.argv[1:5])
