"""The formulas of the package's losses as their papers' code states them, on PyTorch with two threads, with the backward
pass. Its argument is a loss of ../losses.ts. Reads "rows classes" and then, for each "run", answers with milliseconds
per call."""
import sys

import torch
import torch.nn.functional as F

from serve import serve

torch.set_num_threads(2)


class Batch:
    def __init__(self, rows, classes):
        self.rows, self.classes = rows, classes
        self.z = (torch.randn(rows, classes) * 1.5).requires_grad_(True)
        self.labels = torch.arange(rows) * 7919 % classes
        self.counts = (1000 ** (1 - torch.arange(classes) / (classes - 1))).round()
        self.rare = (torch.arange(classes) % 2 == 0).float()
        self.positive_sums = torch.zeros(classes)
        self.negative_sums = torch.zeros(classes)
        self.seen = torch.zeros(classes)

    def one_hot(self):
        return F.one_hot(self.labels, self.classes).float()


def eql(b):
    y = b.one_hot()
    weight = 1 - b.rare * (1 - y)
    return (F.binary_cross_entropy_with_logits(b.z, y, reduction='none') * weight).sum() / b.rows


def softmax_eql(b):
    y = b.one_hot()
    weight = 1 - b.rare * (1 - y)
    return F.cross_entropy(b.z + torch.log(weight + 1e-30), b.labels)


def sigmoid(b):
    return F.binary_cross_entropy_with_logits(b.z, b.one_hot(), reduction='sum') / b.rows


def softmax(b):
    return F.cross_entropy(b.z, b.labels)


def focal_rows(b):
    y = b.one_hot()
    p = torch.sigmoid(b.z)
    ce = F.binary_cross_entropy_with_logits(b.z, y, reduction='none')
    miss = p * (1 - y) + (1 - p) * y
    return (ce * miss**2).sum(1)


def focal(b):
    return focal_rows(b).mean()


def softmax_focal(b):
    log_p = F.log_softmax(b.z, 1).gather(1, b.labels.view(-1, 1))
    return (-((1 - log_p.exp()) ** 2) * log_p).mean()


def asymmetric(b):
    y = b.one_hot()
    p = torch.sigmoid(b.z)
    rest = (1 - p + 0.05).clamp(max=1)
    loss = y * torch.log(p.clamp(min=1e-8)) + (1 - y) * torch.log(rest.clamp(min=1e-8))
    focus = torch.pow(1 - p * y - rest * (1 - y), 4 * (1 - y))
    return -(loss * focus).sum() / b.rows


def balanced(b):
    return F.cross_entropy(b.z + b.counts.log(), b.labels)


def logit_adjusted(b):
    return F.cross_entropy(b.z + (b.counts / b.counts.sum()).log(), b.labels)


def ldam(b):
    margins = 0.5 * (b.counts.min() / b.counts) ** 0.25
    return F.cross_entropy(30 * (b.z - margins * b.one_hot()), b.labels)


def temperature(b):
    return F.cross_entropy(b.z * (b.counts / b.counts.max()) ** 0.3, b.labels)


def smoothing(b):
    x = (b.counts - b.counts.min()) / (b.counts.max() - b.counts.min())
    epsilon = (0.3 * torch.sin(x * torch.pi / 2))[b.labels]
    log_p = F.log_softmax(b.z, 1)
    own = log_p.gather(1, b.labels.view(-1, 1)).squeeze(1)
    return -((1 - epsilon) * own + epsilon * log_p.mean(1)).mean()


def weights(b):
    w = (1 - 0.9999) / (1 - 0.9999**b.counts)
    return (w / w.sum() * b.classes)[b.labels]


def balanced_softmax(b):
    return (weights(b) * F.cross_entropy(b.z, b.labels, reduction='none')).mean()


def balanced_sigmoid(b):
    ce = F.binary_cross_entropy_with_logits(b.z, b.one_hot(), reduction='none')
    return (weights(b) * ce.sum(1)).mean()


def balanced_focal(b):
    return (weights(b) * focal_rows(b)).mean()


def seesaw(b):
    b.seen += torch.bincount(b.labels, minlength=b.classes)
    y = b.one_hot()
    seen = b.seen.clamp(min=1)
    ratio = seen[None, :] / seen[b.labels][:, None]
    factor = ratio.clamp(max=1) ** 0.8
    scores = F.softmax(b.z.detach(), 1)
    own = scores.gather(1, b.labels.view(-1, 1)).clamp(min=0.01)
    factor = factor * (scores / own).clamp(min=1) ** 2
    return F.cross_entropy(b.z + factor.log() * (1 - y), b.labels)


def eql_v2(b):
    y = b.one_hot()
    ratio = b.positive_sums / (b.negative_sums + 1e-10)
    f = 1 / (1 + torch.exp(-12 * (ratio - 0.8)))
    weight = (1 + 4 * (1 - f)) * y + f * (1 - y)
    loss = (F.binary_cross_entropy_with_logits(b.z, y, reduction='none') * weight).sum() / b.rows
    gradient = (torch.sigmoid(b.z.detach()) - y).abs() * weight
    b.positive_sums += (gradient * y).sum(0)
    b.negative_sums += (gradient * (1 - y)).sum(0)
    return loss


LOSSES = {
    'EqualizationLoss': eql,
    'SoftmaxEqualizationLoss': softmax_eql,
    'SigmoidCrossEntropy': sigmoid,
    'SoftmaxCrossEntropy': softmax,
    'FocalLoss': focal,
    'FocalLoss, softmax': softmax_focal,
    'AsymmetricLoss': asymmetric,
    'BalancedSoftmaxLoss': balanced,
    'LogitAdjustedLoss': logit_adjusted,
    'LDAMLoss': ldam,
    'ClassDependentTemperatureLoss': temperature,
    'LabelAwareSmoothingLoss': smoothing,
    'ClassBalancedLoss, softmax': balanced_softmax,
    'ClassBalancedLoss, sigmoid': balanced_sigmoid,
    'ClassBalancedLoss, focal': balanced_focal,
    'SeesawLoss': seesaw,
    'EqualizationLossV2': eql_v2,
}


def setup(rows, classes):
    batch = Batch(rows, classes)

    def step():
        batch.z.grad = None
        loss(batch).backward()

    step()
    return step


loss = LOSSES[sys.argv[1]]
serve(setup)
