"""Training steps of torchvision's ResNet50 for every line on stdin; answers each with the last loss and the processor time so far, in seconds.
Usage: python step.py STEM BATCH PRECISION eager|compile|reduce-overhead STEPS     STEM: imagenet|cifar, PRECISION: float32|bfloat16
channels_last, bfloat16 by autocast, the fused SGD: PyTorch's fastest, as far as its documents tell. Noise images, as pixels change no time.
On a GPU where there is one: with cuDNN's tuning, TF32 for products as for convolutions, and images that come from the host in each step as bytes.
"""
import sys, time
import torch, torchvision

stem, batch, precision, mode, steps = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
device = 'cuda' if torch.cuda.is_available() else 'cpu'
torch.backends.cudnn.benchmark = True
torch.set_float32_matmul_precision('high' if device == 'cuda' else 'highest')
torch.manual_seed(1)
model = torchvision.models.resnet50(num_classes=10)
if stem == 'cifar':
    model.conv1 = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False)
    model.maxpool = torch.nn.Identity()
model = model.to(device, memory_format=torch.channels_last).train()
images = torch.randint(0, 256, (batch, 3, 32, 32), dtype=torch.uint8).contiguous(memory_format=torch.channels_last)
labels = torch.arange(batch) % 10
if device == 'cuda':
    images, labels = images.pin_memory(), labels.pin_memory()
mean, deviation = (torch.tensor(v, device=device).view(1, 3, 1, 1) for v in ((0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616)))
optimizer = torch.optim.SGD(model.parameters(), 0.001, momentum=0.9, weight_decay=5e-4, fused=True)
forward = {'eager': lambda: model, 'compile': lambda: torch.compile(model), 'reduce-overhead': lambda: torch.compile(model, mode='reduce-overhead')}[mode]()

def step():
    x, y = images.to(device, non_blocking=True), labels.to(device, non_blocking=True)
    x = ((x.float() / 255 - mean) / deviation).contiguous(memory_format=torch.channels_last)
    with torch.autocast(device, torch.bfloat16, enabled=precision == 'bfloat16'):
        logits = forward(x)
    loss = torch.nn.functional.cross_entropy(logits.float(), y)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    optimizer.step()
    return float(loss.detach())

if mode != 'eager':
    for _ in range(3 if device == 'cuda' else 1):
        step()  # compiles; here, so that 'ready' means ready
print(f'ready PyTorch {torch.__version__}' + (f', cuDNN {torch.backends.cudnn.version()}' if device == 'cuda' else ''), flush=True)
for _ in sys.stdin:
    for _ in range(steps):
        loss = step()
    print(loss, time.process_time(), flush=True)
