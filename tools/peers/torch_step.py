# SPDX-License-Identifier: Apache-2.0
"""A training step in PyTorch, as its users write it: loss, gradient, optim.SGD; no data loader. To be imported before
torch."""

import os
import time
import types

# Read when the library is loaded. A release older than the processor falls back to a slow kernel unless told, and an
# environment made for another machine may ask for one.
with open("/proc/cpuinfo") as cpuinfo:
    if os.environ.get("ATEN_CPU_CAPABILITY") == "avx2":
        os.environ["OPENBLAS_CORETYPE"] = "HASWELL"
    elif " avx512f " in cpuinfo.read():
        os.environ["OPENBLAS_CORETYPE"] = "SKYLAKEX"

import torch  # noqa: E402 (after the environment)


class TorchStep:
    """Steps of a module that offers one or several formulations of the same function.

    module.formulations(): a name and a function of a batch for each. The batch has x [conditions, samples of each,
    x_size], condition [conditions, condition_size] and ids [conditions]; outputs are [conditions, samples of each,
    outputs]. The loss is the mean squared error for one output, else cross-entropy.
    """

    def __init__(self, make_module, sizes):
        torch.manual_seed(1)
        self.module = make_module(sizes)
        self.formulations = self.module.formulations()
        self.optimizer = torch.optim.SGD(self.module.parameters(), lr=1e-5)
        self.batch = types.SimpleNamespace(
            x=torch.rand(sizes.conditions, sizes.samples_each, sizes.x_size),
            condition=torch.rand(sizes.conditions, sizes.condition_size),
            ids=torch.arange(sizes.conditions))
        outputs = self._agreed_outputs()
        samples = sizes.conditions * sizes.samples_each
        if outputs.shape[2] == 1:
            self.targets, self.loss = torch.rand(samples, 1), torch.nn.functional.mse_loss
        else:
            self.targets, self.loss = torch.arange(samples) % outputs.shape[2], torch.nn.functional.cross_entropy

    def parameters(self):
        return sum(parameter.numel() for parameter in self.module.parameters())

    def seconds(self, name, threads, budget):
        """Of a step by this formulation, measured for about `budget` seconds."""
        torch.set_num_threads(threads)
        self._run(name)
        start, steps, elapsed = time.perf_counter(), 0, 0.0
        while elapsed < budget:
            self._run(name)
            steps += 1
            elapsed = time.perf_counter() - start
        return elapsed / steps

    def fastest(self, threads, budget):
        """The name of the formulation with the shortest step."""
        if len(self.formulations) == 1:
            return next(iter(self.formulations))
        return min(self.formulations, key=lambda name: self.seconds(name, threads, budget))

    def _run(self, name):
        outputs = self.formulations[name](self.batch)
        loss = self.loss(outputs.reshape(-1, outputs.shape[2]), self.targets)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()

    def _agreed_outputs(self):
        """A formulation that computes something else would win for the wrong reason."""
        with torch.no_grad():
            outputs = {name: formulation(self.batch) for name, formulation in self.formulations.items()}
        first = next(iter(outputs.values()))
        for name, found in outputs.items():
            if found.shape != first.shape or not torch.allclose(found, first, rtol=1e-3, atol=1e-4):
                raise ValueError(f"{type(self.module).__name__}: '{name}' computes something else")
        return first
