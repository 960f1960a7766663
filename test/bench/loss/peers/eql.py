"""Equalization Loss as its reference code states it, on PyTorch, with its backward pass. Reads "rows classes" and then,
for each "run", answers with milliseconds per call."""
import sys
import time

import torch
import torch.nn.functional as F


def setup(rows, classes):
    z = (torch.randn(rows, classes) * 1.5).requires_grad_(True)
    labels = torch.arange(rows) * 7919 % (classes + 1)
    rare = torch.arange(classes) % 2 == 0

    def step():
        z.grad = None
        target = z.new_zeros(rows, classes + 1)
        target[torch.arange(rows), labels] = 1
        target = target[:, :classes]
        exclude = (labels != classes).float().view(rows, 1).expand(rows, classes)
        threshold = z.new_zeros(classes)
        threshold[rare] = 1
        weight = 1 - exclude * threshold.view(1, classes).expand(rows, classes) * (1 - target)
        loss = F.binary_cross_entropy_with_logits(z, target, reduction='none')
        torch.sum(loss * weight).div(rows).backward()

    step()
    return step


def main():
    step = None
    for line in sys.stdin:
        if line.startswith('run'):
            # Once to warm up, once to be timed.
            for _ in range(2):
                calls, start = 0, time.perf_counter()
                while True:
                    step()
                    calls += 1
                    ms = (time.perf_counter() - start) * 1e3
                    if ms >= 50:
                        break
            print(ms / calls, flush=True)
        else:
            step = setup(*map(int, line.split()))
            print('ready', flush=True)


main()
