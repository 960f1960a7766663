"""Equalization Loss as its reference code states it, on PyTorch, with its backward pass. Reads "rows classes" and then,
for each "run", answers with milliseconds per call."""

import torch
import torch.nn.functional as F

from serve import serve


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


serve(setup)
