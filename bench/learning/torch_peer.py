"""The same networks and steps in PyTorch, for bench.ts: reads a task a line, answers its milliseconds.

Written from the papers' tables with torch.nn alone: Debian's python3-torch comes without torchvision.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

torch.set_num_threads(1)
torch.set_flush_denormal(True)
torch.manual_seed(1)


def convolution(inputs, outputs, kernel=1, stride=1, groups=1):
    padding = kernel // 2
    return [nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False), nn.BatchNorm2d(outputs)]


class Residual(nn.Module):
    """A block of ResNet: basic when `expansion` is 1, a bottleneck when it is 4."""

    def __init__(self, inputs, channels, stride, expansion):
        super().__init__()
        outputs = channels * expansion
        if expansion == 1:
            layers = [*convolution(inputs, channels, 3, stride), nn.ReLU(True), *convolution(channels, channels, 3)]
        else:
            layers = [*convolution(inputs, channels), nn.ReLU(True), *convolution(channels, channels, 3, stride),
                      nn.ReLU(True), *convolution(channels, outputs)]
        self.body = nn.Sequential(*layers)
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(*convolution(inputs, outputs, 1, stride))

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


def resnet(blocks, expansion):
    layers = [*convolution(3, 64, 7, 2), nn.ReLU(True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, (channels, count) in enumerate(zip((64, 128, 256, 512), blocks)):
        for i in range(count):
            layers.append(Residual(inputs, channels, 2 if stage > 0 and i == 0 else 1, expansion))
            inputs = channels * expansion
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1))


class InvertedResidual(nn.Module):
    """A block of MobileNetV2."""

    def __init__(self, inputs, outputs, stride, factor):
        super().__init__()
        wide = inputs * factor
        layers = [] if factor == 1 else [*convolution(inputs, wide), nn.ReLU6(True)]
        layers += [*convolution(wide, wide, 3, stride, wide), nn.ReLU6(True), *convolution(wide, outputs)]
        self.body = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        return x + self.body(x) if self.residual else self.body(x)


def mobilenet_v2():
    layers = [*convolution(3, 32, 3, 2), nn.ReLU6(True)]
    inputs = 32
    stages = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
    for factor, outputs, count, stride in stages:
        for i in range(count):
            layers.append(InvertedResidual(inputs, outputs, stride if i == 0 else 1, factor))
            inputs = outputs
    layers += [*convolution(inputs, 1280), nn.ReLU6(True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 1)]
    return nn.Sequential(*layers)


class FocusLiteNN(nn.Module):
    """One kernel, minimum pooling, as published."""

    def __init__(self):
        super().__init__()
        self.kernel = nn.Conv2d(3, 1, 7, 5)

    def forward(self, x):
        return -F.max_pool2d(-self.kernel(x), 46)


def squared(answers, targets):
    return ((answers - targets) ** 2).mean()


def correlation(answers, targets):
    a = answers - answers.mean()
    b = targets - targets.mean()
    return 1 - (a * b).sum() / (a.norm() * b.norm() + 1e-8)


NETWORKS = {
    'focuslitenn': (FocusLiteNN, 235, correlation),
    'resnet18': (lambda: resnet((2, 2, 2, 2), 1), 224, squared),
    'resnet50': (lambda: resnet((3, 4, 6, 3), 4), 224, squared),
    'mobilenet_v2': (mobilenet_v2, 224, squared),
}
prepared = {}


def training(network, batch):
    make, side, loss = NETWORKS[network]
    model = make()
    optimiser = torch.optim.Adam(model.parameters(), 1e-4)
    pictures = torch.rand(batch, 3, side, side)
    targets = torch.arange(batch) / batch

    def step():
        optimiser.zero_grad()
        loss(model(pictures).reshape(batch), targets).backward()
        optimiser.step()

    return step


def inference(network, batch):
    make, side, _ = NETWORKS[network]
    model = make().eval()
    pictures = torch.rand(batch, 3, side, side)

    def run():
        with torch.inference_mode():
            model(pictures)

    return run


print(f'PyTorch {torch.__version__}', flush=True)
for line in sys.stdin:
    task, network, batch = line.split()
    if line not in prepared:
        prepared[line] = {'training': training, 'inference': inference}[task](network, int(batch))
    start = time.perf_counter()
    prepared[line]()
    print(1000 * (time.perf_counter() - start), flush=True)
