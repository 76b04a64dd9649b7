"""The judge: a Cultivar run config trained by PyTorch on the same images. Prints one JSON line an epoch.

Usage: python train.py DATASET_FOLDER SPLIT.json [--learning-rate X] [--seed N]
DATASET_FOLDER is datasets/cifar10 of a library; SPLIT.json comes from split.ts and holds the config and the split.
No augmentation (the baseline); torchvision's own initialisation; order drawn by PyTorch, so the curve is comparable, not equal.
"""
import argparse, json, math, time
import numpy as np, torch, torchvision

p = argparse.ArgumentParser()
p.add_argument('dataset'); p.add_argument('split')
p.add_argument('--learning-rate', type=float); p.add_argument('--seed', type=int); p.add_argument('--epochs', type=int); p.add_argument('--warmup', type=float)
a = p.parse_args()
split = json.load(open(a.split)); config = split['config']
assert config['augmentation'] == 'none' and config['optimizer']['kind'] == 'sgd' and config['schedule']['kind'] == 'cosine'
manifest = json.load(open(f'{a.dataset}/manifest.json'))
images = np.fromfile(f'{a.dataset}/images.bin', np.uint8).reshape(-1, 32, 32, 3)
labels = torch.from_numpy(np.fromfile(f'{a.dataset}/labels.bin', np.uint8).astype(np.int64))
mean, deviation = (torch.tensor(manifest['normalization'][k]).view(1, 3, 1, 1) for k in ('mean', 'deviation'))
seed = config['seed'] if a.seed is None else a.seed
epochs, batch = a.epochs or config['epochs'], config['batchSize']
peak = a.learning_rate or config['schedule']['learningRate']
torch.manual_seed(seed)

model = getattr(torchvision.models, config['model']['architecture'])(num_classes=len(manifest['classes']))
if config['model']['stem'] == 'cifar':
    model.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False); model.maxpool = torch.nn.Identity()
    torch.nn.init.kaiming_normal_(model.conv1.weight, mode='fan_out', nonlinearity='relu')
model = model.to(memory_format=torch.channels_last)
o = config['optimizer']
optimizer = torch.optim.SGD(model.parameters(), peak, momentum=o['momentum'], nesterov=o['nesterov'], weight_decay=o['weightDecay'])

def batch_of(index):
    x = torch.from_numpy(images[index]).permute(0, 3, 1, 2).float() / 255
    return ((x - mean) / deviation).contiguous(memory_format=torch.channels_last), labels[index]

@torch.no_grad()
def score(index):
    model.eval(); hits = loss = 0
    for at in range(0, len(index), 500):
        x, y = batch_of(index[at:at + 500]); z = model(x)
        hits += int((z.argmax(1) == y).sum()); loss += float(torch.nn.functional.cross_entropy(z, y, reduction='sum'))
    return dict(accuracy=hits / len(index), loss=loss / len(index), images=len(index))

train, validation, check = (np.array(split[k]) for k in ('train', 'validation', 'trainCheck'))
steps_per_epoch = math.ceil(len(train) / batch); total = steps_per_epoch * epochs
warm = (config['schedule']['warmupEpochs'] if a.warmup is None else a.warmup) * steps_per_epoch
step = 0
for epoch in range(1, epochs + 1):
    model.train(); order = train[torch.randperm(len(train)).numpy()]; started = time.time(); loss_sum = hits = 0
    for at in range(0, len(order), batch):
        rate = peak * (step + 1) / warm if step < warm else peak * (1 + math.cos(math.pi * (step - warm) / (total - warm))) / 2
        for group in optimizer.param_groups: group['lr'] = rate
        x, y = batch_of(order[at:at + batch]); z = model(x); loss = torch.nn.functional.cross_entropy(z, y, label_smoothing=config['labelSmoothing'])
        optimizer.zero_grad(); loss.backward(); optimizer.step(); step += 1
        loss_sum += float(loss.detach()) * len(y); hits += int((z.argmax(1) == y).sum())
    seconds = time.time() - started
    print(json.dumps(dict(epoch=epoch, learningRate=peak, seed=seed, train=dict(loss=loss_sum / len(order), accuracy=hits / len(order)), plainTrain=score(check),
                          validation=score(validation), imagesPerSecond=len(order) / seconds)), flush=True)
