# SPDX-License-Identifier: Apache-2.0
"""Times training steps here and in PyTorch, in turns within one run, and prints ratios.

Called by tools/benchmark_peers, which installs and builds what this needs. The tables: the rotation models, against
PyTorch as published and written by hand in the cheapest order; and every scheme, for two shapes of batches, against the
fastest of the formulations in torch_schemes.py.
"""

import argparse
import statistics
import subprocess
import sys
import types

import torch_step
import torch
from torch_rotation import HAND_WRITTEN, PUBLISHED
from torch_schemes import SCHEMES

PIXELS = (784, 3072)
CHOOSING_SECONDS = 0.1  # for each formulation


def rotation_sizes(pixels, depth, batch):
    return types.SimpleNamespace(
        x_size=pixels, condition_size=pixels, outputs=12, condition_hidden=(100,) * (depth + 1), primary_hidden=(10,),
        scalars=(pixels + 1) * 10, generated_has_bias=0, conditions=batch, samples_each=1)


def scheme_sizes(scheme, shape):
    """points: a coordinate network of 128 conditions with 100 points each. images: 64 pairs of images."""
    if shape == "points":
        sizes = dict(x_size=2, condition_size=64, outputs=1, condition_hidden=(128, 128), primary_hidden=(128, 128),
                     scalars=128, conditions=128, samples_each=100)
        if scheme in ("hypernetwork", "chunked-hypernetwork"):
            sizes["primary_hidden"] = (32, 32)  # 1,185 weights to generate
    else:
        sizes = dict(x_size=784, condition_size=784, outputs=12, condition_hidden=(100, 100), primary_hidden=(10,),
                     scalars=128, conditions=64, samples_each=1)
    if scheme == "shift-deeponet":
        sizes["scalars"] = 16  # so often is the trunk evaluated
    if scheme in ("shift-deeponet", "flex-deeponet"):
        sizes["outputs"] = 1  # torch_schemes.py has them for one
    return types.SimpleNamespace(**sizes, known_conditions=sizes["conditions"], chunk=128, chunk_name=8)


class StepTimer:
    """The side that runs here."""

    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def step(self, scheme, sizes, threads, seconds):
        """Seconds per step, operations of its products, number of parameters."""
        settings = {**vars(sizes), "threads": threads, "seconds": seconds}
        words = [f"{name}={','.join(map(str, value)) if isinstance(value, tuple) else value}"
                 for name, value in settings.items()]
        return self._ask(f"step {scheme} {' '.join(words)}")

    def peak(self):
        """Operations per second of the best matrix product."""
        return self._ask("peak")[0]

    def _ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit("benchmark_peers: the step timer has stopped")
        return [float(number) for number in answer]


def require_equal_parameters(scheme, peer, parameters):
    if peer.parameters() != parameters:
        sys.exit(f"benchmark_peers: {scheme} has {parameters:.0f} parameters here and {peer.parameters()} in PyTorch")


def time_rotation(timer, arguments, counts, model, sizes):
    """Medians: our seconds by number of threads, published and hand-written PyTorch's at their best; our share."""
    peers = [torch_step.TorchStep(models[model], sizes) for models in (PUBLISHED, HAND_WRITTEN)]
    chosen = {(peer, n): peer.fastest(n, CHOOSING_SECONDS) for peer in peers for n in counts}
    ours, theirs, peaks, flops = {n: [] for n in counts}, {key: [] for key in chosen}, [], 0
    for _ in range(arguments.turns):
        for n in counts:
            seconds, flops, parameters = timer.step(model, sizes, n, arguments.seconds)
            ours[n].append(seconds)
            for peer in peers:
                require_equal_parameters(model, peer, parameters)
                theirs[peer, n].append(peer.seconds(chosen[peer, n], n, arguments.seconds))
        peaks.append(timer.peak())
    ours = {n: statistics.median(times) for n, times in ours.items()}
    best = [min(statistics.median(theirs[peer, n]) for n in counts) for peer in peers]
    return ours, best, flops / ours[1] / peaks[-1]


def rotation_table(timer, arguments):
    most = arguments.threads
    counts = sorted({1, most} | {n for n in (2, 4, 8, 16) if n < most})
    print("\nrotation: the published models. published, by hand: PyTorch as published and in the cheapest order, each\n"
          "at its best of all numbers of threads, and how many times as long it takes.")
    header = f"{'model':12} {'pixels':>6} {'depth':>5} {'batch':>5} {'published':>9} {'by hand':>9}"
    for n in (1, most):
        header += f" {f'{n} thread' + ('s' if n > 1 else ''):>10} {'published':>9} {'by hand':>7}"
    print(header + f" {'share':>6} {'speedup':>7}")
    shapes = [(784, 4, 64)] if arguments.quick else [
        (pixels, depth, batch) for pixels in ([arguments.pixels] if arguments.pixels else PIXELS)
        for depth in (2, 4, 8) for batch in (64, 256)]
    for model in [arguments.model] if arguments.model in PUBLISHED else PUBLISHED:
        for pixels, depth, batch in shapes:
            sizes = rotation_sizes(pixels, depth, batch)
            ours, (published, by_hand), share = time_rotation(timer, arguments, counts, model, sizes)
            row = f"{model:12} {pixels:6} {depth:5} {batch:5} {published * 1e3:9.2f} {by_hand * 1e3:9.2f}"
            for n in (1, most):
                row += f" {ours[n] * 1e3:10.2f} {published / ours[n]:9.2f} {by_hand / ours[n]:7.2f}"
            print(row + f" {share:6.0%} {ours[1] / ours[most]:7.2f}", flush=True)


def schemes_table(timer, arguments, shape):
    counts = sorted({1, arguments.threads})
    sizes = scheme_sizes("embedding", shape)
    print(f"\nschemes, {shape}: {sizes.conditions} conditions with {sizes.samples_each} samples each. PyTorch: the\n"
          "fastest formulation at the same number of threads, and how many times as long it takes.")
    header = f"{'scheme':20} {'parameters':>10}"
    for n in counts:
        header += f" {f'{n} thread' + ('s' if n > 1 else ''):>10} {'PyTorch':>9} {'ratio':>6} {'formulation':16}"
    print(header + f" {'share':>6}")
    for scheme in [arguments.model] if arguments.model else SCHEMES:
        sizes = scheme_sizes(scheme, shape)
        peer = torch_step.TorchStep(SCHEMES[scheme], sizes)
        row, share = f"{scheme:20} {peer.parameters():10}", 0
        for n in counts:
            chosen = peer.fastest(n, CHOOSING_SECONDS)
            ours, theirs = [], []
            for _ in range(arguments.turns):
                seconds, flops, parameters = timer.step(scheme, sizes, n, arguments.seconds)
                ours.append(seconds)
                theirs.append(peer.seconds(chosen, n, arguments.seconds))
            require_equal_parameters(scheme, peer, parameters)
            here, there = statistics.median(ours), statistics.median(theirs)
            row += f" {here * 1e3:10.2f} {there * 1e3:9.2f} {there / here:6.2f} {chosen:16}"
            if n == 1:
                share = flops / here / timer.peak()
        print(row + f" {share:6.0%}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--step-timer", required=True)
    parser.add_argument("--threads", type=int, required=True, help="the largest number of threads")
    parser.add_argument("--table", choices=("rotation", "points", "images"), help="this one only")
    parser.add_argument("--quick", action="store_true", help="rotation: MNIST shape, depth 4, batch 64 only")
    parser.add_argument("--model", choices=SCHEMES, help="this one only")
    parser.add_argument("--pixels", type=int, choices=PIXELS, help="rotation: MNIST's shape or CIFAR's only")
    parser.add_argument("--turns", type=int, default=5, help="measurements of each; medians count [5]")
    parser.add_argument("--seconds", type=float, default=0.25, help="length of a measurement [0.25]")
    arguments = parser.parse_args()
    timer = StepTimer(arguments.step_timer)
    print(f"PyTorch {torch.__version__}; {arguments.threads} threads at most; steps in milliseconds, the median of "
          f"{arguments.turns} turns\nshare: of the best 1024 x 1024 product, on one thread, by the operations of the "
          "step in the order that is run here")
    if arguments.table in (None, "rotation") and arguments.model in (None, *PUBLISHED):
        rotation_table(timer, arguments)
    for shape in ("points", "images"):
        if arguments.table in (None, shape):
            schemes_table(timer, arguments, shape)


main()
