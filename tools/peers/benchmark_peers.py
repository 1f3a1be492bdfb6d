# SPDX-License-Identifier: Apache-2.0
"""Times a training step of the rotation models here and in PyTorch, in turns, and prints ratios.

Called by tools/benchmark_peers, which installs and builds what this needs. The PyTorch side is what its users write: an
nn.Sequential whose output is reshaped into weights for torch.bmm, cross-entropy, optim.SGD; no data loader.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

# Read when the library is loaded. A release older than the processor falls back to a slow kernel unless told, and an
# environment made for another machine may ask for one.
with open("/proc/cpuinfo") as cpuinfo:
    if " avx512f " in cpuinfo.read():
        os.environ["OPENBLAS_CORETYPE"] = "SKYLAKEX"

import torch  # noqa: E402 (after the environment)

WIDTH, UNITS, CLASSES = 100, 10, 12
MODELS, PIXELS = ("hypernetwork", "embedding"), (784, 3072)


def condition_network(pixels, depth, outputs):
    layers, inputs = [], pixels
    for _ in range(depth + 1):
        layers += [torch.nn.Linear(inputs, WIDTH), torch.nn.ReLU()]
        inputs = WIDTH
    return torch.nn.Sequential(*layers, torch.nn.Linear(inputs, outputs))


class Hypernetwork(torch.nn.Module):
    def __init__(self, pixels, depth):
        super().__init__()
        self.pixels = pixels
        self.f = condition_network(pixels, depth, UNITS * pixels + CLASSES * UNITS)

    def forward(self, x, condition):
        weights = self.f(condition)
        first = weights[:, : UNITS * self.pixels].view(-1, UNITS, self.pixels)
        second = weights[:, UNITS * self.pixels :].view(-1, CLASSES, UNITS)
        hidden = torch.relu(torch.bmm(first, x.unsqueeze(2)))
        return torch.bmm(second, hidden).squeeze(2)


class Embedding(torch.nn.Module):
    def __init__(self, pixels, depth):
        super().__init__()
        size = (pixels + 1) * UNITS
        self.e = condition_network(pixels, depth, size)
        self.q = torch.nn.Sequential(
            torch.nn.Linear(pixels + size, UNITS), torch.nn.ReLU(), torch.nn.Linear(UNITS, CLASSES))

    def forward(self, x, condition):
        return self.q(torch.cat([x, self.e(condition)], dim=1))


class PyTorchStep:
    def __init__(self, model, pixels, depth, batch_size):
        torch.manual_seed(1)
        self.model = (Hypernetwork if model == "hypernetwork" else Embedding)(pixels, depth)
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=1e-5)
        self.x = torch.rand(batch_size, pixels)
        self.condition = torch.rand(batch_size, pixels)
        self.labels = torch.arange(batch_size) % CLASSES

    def run(self):
        loss = torch.nn.functional.cross_entropy(self.model(self.x, self.condition), self.labels)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()

    def seconds(self, threads, budget):
        torch.set_num_threads(threads)
        self.run()
        start, steps, elapsed = time.perf_counter(), 0, 0.0
        while elapsed < budget:
            self.run()
            steps += 1
            elapsed = time.perf_counter() - start
        return elapsed / steps


class StepTimer:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit("benchmark_peers: the step timer has stopped")
        return [float(number) for number in answer]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--step-timer", required=True)
    parser.add_argument("--threads", type=int, required=True, help="the largest number of threads")
    parser.add_argument("--quick", action="store_true", help="MNIST shape, depth 4, batch 64 only")
    parser.add_argument("--model", choices=MODELS, help="this one only")
    parser.add_argument("--pixels", type=int, choices=PIXELS, help="MNIST's shape or CIFAR's only")
    parser.add_argument("--turns", type=int, default=5, help="measurements of each; medians count [5]")
    parser.add_argument("--seconds", type=float, default=0.25, help="length of a measurement [0.25]")
    arguments = parser.parse_args()
    timer = StepTimer(arguments.step_timer)
    counts = sorted({1, arguments.threads} | {n for n in (2, 4, 8, 16) if n < arguments.threads})

    print(f"PyTorch {torch.__version__}; {arguments.threads} threads at most; a step in milliseconds, the median of "
          f"{arguments.turns} turns")
    print("ratio: PyTorch at its best of all numbers of threads / hyperwidth. share: of the best 1024 x 1024 product")
    header = f"{'model':12} {'pixels':>6} {'depth':>5} {'batch':>5} {'PyTorch':>9}"
    header += "".join(f" {f'{n} thread' + ('s' if n > 1 else ''):>10} {'ratio':>6}" for n in (1, arguments.threads))
    print(header + f" {'share':>6} {'speedup':>7}")
    shapes = [(784, 4, 64)] if arguments.quick else [
        (pixels, depth, batch) for pixels in ([arguments.pixels] if arguments.pixels else PIXELS)
        for depth in (2, 4, 8) for batch in (64, 256)]
    for model in [arguments.model] if arguments.model else MODELS:
        for pixels, depth, batch in shapes:
            peer = PyTorchStep(model, pixels, depth, batch)
            ours, theirs, peaks, flops = {n: [] for n in counts}, {n: [] for n in counts}, [], 0
            for _ in range(arguments.turns):
                for n in counts:
                    request = f"step {model} {pixels} {depth} {batch} {n} {arguments.seconds}"
                    seconds, flops = timer.ask(request)
                    ours[n].append(seconds)
                    theirs[n].append(peer.seconds(n, arguments.seconds))
                peaks.append(timer.ask("peak")[0])
            best = min(statistics.median(times) for times in theirs.values())
            one, most = (statistics.median(ours[n]) for n in (1, arguments.threads))
            row = f"{model:12} {pixels:6} {depth:5} {batch:5} {best * 1e3:9.2f}"
            for seconds in (one, most):
                row += f" {seconds * 1e3:10.2f} {best / seconds:6.2f}"
            row += f" {flops / one / peaks[-1]:6.0%} {one / most:7.2f}"
            print(row, flush=True)


main()
