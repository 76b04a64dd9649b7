"""One training step of torchvision's ResNet50 for every line on stdin; answers each with the loss and the processor time so far, in seconds.
Usage: python step.py STEM BATCH PRECISION eager|compile     STEM: imagenet|cifar, PRECISION: float32|bfloat16
channels_last, bfloat16 by autocast, the fused SGD: PyTorch's fastest on a CPU, as far as its documents tell. Noise images, as pixels change no time.
"""
import sys, time
import torch, torchvision

stem, batch, precision, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
torch.manual_seed(1)
model = torchvision.models.resnet50(num_classes=10)
if stem == 'cifar':
    model.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False)
    model.maxpool = torch.nn.Identity()
model = model.to(memory_format=torch.channels_last).train()
images = torch.randint(0, 256, (batch, 3, 32, 32), dtype=torch.uint8).contiguous(memory_format=torch.channels_last)
labels = torch.arange(batch) % 10
mean, deviation = (torch.tensor(v).view(1, 3, 1, 1) for v in ((0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616)))
optimizer = torch.optim.SGD(model.parameters(), 0.001, momentum=0.9, weight_decay=5e-4, fused=True)
forward = torch.compile(model) if mode == 'compile' else model

def step():
    x = ((images.float() / 255 - mean) / deviation).contiguous(memory_format=torch.channels_last)
    with torch.autocast('cpu', torch.bfloat16, enabled=precision == 'bfloat16'):
        logits = forward(x)
    loss = torch.nn.functional.cross_entropy(logits.float(), labels)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return float(loss.detach())

if mode == 'compile':
    step()  # compiles; here, so that 'ready' means ready
print(f'ready PyTorch {torch.__version__}', flush=True)
for _ in sys.stdin:
    print(step(), time.process_time(), flush=True)
