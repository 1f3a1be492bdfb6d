# SPDX-License-Identifier: Apache-2.0
"""Prints what PyTorch's optimisers and schedules make of a small problem in 100 steps: training/torch_optimizers_test.cc
holds the numbers.

    /usr/bin/python3 tools/peers/torch_optimizers.py
"""

import math

import torch

STEPS = 100
TARGET = torch.tensor([1.0, -2.0, 0.5, 3.0, -0.25], dtype=torch.float64)
STIFFNESS = torch.tensor([0.3, 1.0, 2.0, 0.05, 4.0], dtype=torch.float64)


def gradient(theta, step):
    """Of nothing in particular: of different sizes, with a sign that changes, each entry also depending on the next."""
    return STIFFNESS * (theta - TARGET) + 0.5 * math.cos(step) * torch.roll(theta, -1)


def after(optimizer, schedule=None, max_norm=None, **options):
    theta = torch.nn.Parameter(torch.tensor([0.0, 0.5, -1.0, 1.5, 2.0], dtype=torch.float64))
    method = optimizer([theta], **options)
    rates = schedule(method) if schedule else None
    for step in range(1, STEPS + 1):
        theta.grad = gradient(theta.detach(), step)
        if max_norm:
            torch.nn.utils.clip_grad_norm_([theta], max_norm)
        method.step()
        if rates:
            rates.step()
    return theta.detach()


optim, rate = torch.optim, torch.optim.lr_scheduler
CASES = {
    "sgd": after(optim.SGD, lr=0.02, weight_decay=0.1),
    "momentum": after(optim.SGD, lr=0.02, momentum=0.9, weight_decay=0.1),
    "nesterov": after(optim.SGD, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.1),
    "adam": after(optim.Adam, lr=0.02, weight_decay=0.1),
    "adam, other constants": after(optim.Adam, lr=0.02, betas=(0.8, 0.95), eps=0.1),
    "adamw": after(optim.AdamW, lr=0.02, weight_decay=0.1),
    "adadelta": after(optim.Adadelta, lr=1.0, weight_decay=0.1),
    "adadelta, other constants": after(optim.Adadelta, lr=0.5, rho=0.7, eps=1e-3),
    "clipped sgd": after(optim.SGD, lr=0.05, weight_decay=0.1, max_norm=1.5),
    "clipped momentum": after(optim.SGD, lr=0.02, momentum=0.9, weight_decay=0.1, max_norm=1.5),
    "clipped adamw": after(optim.AdamW, lr=0.02, weight_decay=0.1, max_norm=1.5),
    "step": after(optim.SGD, lr=0.02, schedule=lambda m: rate.StepLR(m, step_size=30, gamma=0.5)),
    "exponential": after(optim.Adam, lr=0.05, schedule=lambda m: rate.ExponentialLR(m, gamma=0.97)),
    "cosine": after(optim.AdamW, lr=0.05, weight_decay=0.1,
                    schedule=lambda m: rate.CosineAnnealingLR(m, T_max=120, eta_min=0.005)),
    "warm-up": after(optim.SGD, lr=0.02, schedule=lambda m: rate.LinearLR(m, start_factor=1 / 21, total_iters=20)),
}
for name, theta in CASES.items():
    print(f"{name}: {', '.join(repr(value) for value in theta.tolist())}")
