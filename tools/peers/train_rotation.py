# SPDX-License-Identifier: Apache-2.0
"""The published rotation experiment on MNIST in PyTorch, to hold experiments/rotation against. Called by
tools/peers/train_rotation.

The protocol: each training image I is seen once an epoch beside x, the same image rotated by a fresh random angle; twelve
classes of 30 degrees; batches of 64, plain SGD with learning rate 0.01, 10 epochs, no validation, PyTorch's initialisation.
Test images are rotated by the same angles as in experiments/rotation. The two models are those of torch_rotation.py, by
default in the order of products that computes the same function at the least cost (--published: as an nn.Sequential and
torch.bmm).

Each finished training adds a row to the table, and one that is in it already is not repeated. With --compare the errors
are set beside those of a result.json of experiments/rotation with --sweep=depth: PyTorch's range, both means, and Welch's
95 % interval of their difference over seeds. Exit status 1 if some interval does not contain zero.
"""

import argparse
import csv
import gzip
import json
import math
import os
import statistics
import sys
import time
import types
from pathlib import Path

import torch_step  # noqa: F401 (before torch)
import numpy
import torch
from torch_rotation import HAND_WRITTEN, PUBLISHED

CLASSES = 12
MEAN, DEVIATION = 0.1307, 0.3081  # of MNIST's pixels
TEST_SEED, ANGLE_STREAM, TEST_EPOCH = 20200601, 2, 0  # of rotation_run.h, rotation_source.cc and an evaluation
COLUMNS = ["model", "depth", "seed", "epochs", "images", "labels", "test_error", "train_loss", "seconds"]
CHEAPEST = {"hypernetwork": "met first", "embedding": "composed"}
# Student's 0.975 quantiles by whole degrees of freedom; rounded down, intervals are a little too wide.
STUDENT = [math.inf, 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
           2.131]


def read_images(folder, name):
    """uint8 [images, height, width] of an IDX file, or of one that gzip has packed."""
    for path in (folder / name, folder / (name + ".gz")):
        if path.exists():
            data = (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
            magic, *shape = numpy.frombuffer(data, ">i4", 4)
            if magic != 2051 or len(data) != 16 + math.prod(int(side) for side in shape):
                sys.exit(f"train_rotation: {path}: found another file, accepted: IDX images")
            return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=16).reshape(shape).copy())
    sys.exit(f"train_rotation: {folder}: found no {name}, accepted: a folder with the files of MNIST, .gz or not")


def rotate(images, degrees):
    """Counter-clockwise about the centre, nearest neighbour, zero outside: what Pillow's Image.rotate does."""
    count, height, width = images.shape
    turn = torch.deg2rad(degrees).view(-1, 1, 1)
    row = (torch.arange(height) + 0.5 - height / 2).view(1, -1, 1)
    column = (torch.arange(width) + 0.5 - width / 2).view(1, 1, -1)
    from_column = torch.floor(torch.cos(turn) * column - torch.sin(turn) * row + width / 2).long()
    from_row = torch.floor(torch.sin(turn) * column + torch.cos(turn) * row + height / 2).long()
    inside = (from_column >= 0) & (from_column < width) & (from_row >= 0) & (from_row < height)
    places = from_row.clamp(0, height - 1) * width + from_column.clamp(0, width - 1)
    return images.view(count, -1).gather(1, places.view(count, -1)).view_as(images) * inside


def mixed(state):
    """SplitMix64's, of uint64."""
    state = (state ^ (state >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return state ^ (state >> numpy.uint64(31))


def test_angles(count):
    """float64 [count], in degrees: the first number of the stream {ANGLE_STREAM, TEST_EPOCH, image} of each image, as
    models/random_stream.h defines it."""
    increment = numpy.uint64(0x9E3779B97F4A7C15)
    state = mixed(numpy.full(count, TEST_SEED, numpy.uint64))
    for key in [ANGLE_STREAM, TEST_EPOCH, numpy.arange(count)]:
        state = mixed(state + increment + mixed(numpy.broadcast_to(key, count).astype(numpy.uint64) + increment))
    return torch.from_numpy((mixed(state + increment) >> numpy.uint64(11)) * (360 * 2.0**-53))


def nearest_class(degrees, labels):
    """Half-way angles go to the lower class. published: by the difference of numbers, so that 350 is nearer to 330 than to
    0; circular: on the circle."""
    nearest = torch.ceil(degrees.double() * CLASSES / 360 - 0.5).long()
    return nearest % CLASSES if labels == "circular" else nearest.clamp(max=CLASSES - 1)


def batch_of(images, degrees):
    def scaled(pixels):
        return ((pixels.float() / 255 - MEAN) / DEVIATION).view(len(pixels), -1)
    return types.SimpleNamespace(x=scaled(rotate(images, degrees)).unsqueeze(1), condition=scaled(images))


class Training:
    def __init__(self, data, model, depth, seed, arguments):
        torch.manual_seed(seed)
        pixels = data.train[0].numel()
        sizes = types.SimpleNamespace(
            x_size=pixels, condition_size=pixels, outputs=CLASSES, condition_hidden=(100,) * (depth + 1),
            primary_hidden=(10,), scalars=(pixels + 1) * 10)
        if arguments.published:
            self.module = PUBLISHED[model](sizes)
            self.run = self.module.formulations()["published"]
        else:
            self.module = HAND_WRITTEN[model](sizes)
            self.run = self.module.formulations()[CHEAPEST[model]]
        self.optimizer = torch.optim.SGD(self.module.parameters(), lr=0.01)
        self.data, self.labels = data, arguments.labels

    def loss(self, images, degrees):
        outputs = self.run(batch_of(images, degrees))[:, 0]
        return torch.nn.functional.cross_entropy(outputs, nearest_class(degrees, self.labels)), outputs

    def epoch(self):
        """The mean loss while training."""
        total = 0.0
        for samples in torch.randperm(len(self.data.train)).split(64):
            loss, _ = self.loss(self.data.train[samples], 360 * torch.rand(len(samples)))
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(samples)
        return total / len(self.data.train)

    def test_error(self):
        degrees = test_angles(len(self.data.test))
        wrong = 0
        with torch.no_grad():
            for images, turned in zip(self.data.test.split(500), degrees.split(500)):
                _, outputs = self.loss(images, turned)
                wrong += (outputs.argmax(1) != nearest_class(turned, self.labels)).sum().item()
        return wrong / len(self.data.test)


def earlier_rows(path):
    if not path.exists():
        return []
    with path.open(newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            sys.exit(f"train_rotation: {path}: found the columns {reader.fieldnames}, accepted: a table of this script")
        return list(reader)


def write_rows(path, rows):
    """Whole or not at all."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)


def train_all(arguments, rows):
    data = types.SimpleNamespace(train=read_images(arguments.data, "train-images-idx3-ubyte")[:arguments.train_images],
                                 test=read_images(arguments.data, "t10k-images-idx3-ubyte")[:arguments.test_images])
    for row in rows:
        found = (int(row["epochs"]), int(row["images"]), row["labels"])
        if found != (arguments.epochs, len(data.train), arguments.labels):
            sys.exit(f"train_rotation: {arguments.out}: found rows of {found[0]} epochs, {found[1]} images and {found[2]} "
                     "labels, accepted: a table of the same settings")
    done = {(row["model"], int(row["depth"]), int(row["seed"])) for row in rows}
    for seed in arguments.seeds:
        for depth in arguments.depths:
            for model in ("hypernetwork", "embedding"):
                if (model, depth, seed) in done:
                    continue
                start = time.perf_counter()
                training = Training(data, model, depth, seed, arguments)
                for _ in range(arguments.epochs):
                    loss = training.epoch()
                rows.append({"model": model, "depth": depth, "seed": seed, "epochs": arguments.epochs,
                             "images": len(data.train), "labels": arguments.labels, "test_error": training.test_error(), "train_loss": loss,
                             "seconds": round(time.perf_counter() - start, 1)})
                write_rows(arguments.out, rows)
                print(f"{model}, depth {depth}, seed {seed}: test error {100 * rows[-1]['test_error']:.2f} %, "
                      f"{rows[-1]['seconds']} s", flush=True)


def errors_here(result, model, depth, seeds):
    """Mean and standard deviation of the test error over seeds, from the interval that the result has."""
    for series in result["series"]:
        if (series["name"], series["x_name"], series["y_name"]) == (model, "depth", "test_error") and depth in series["x"]:
            place = series["x"].index(depth)
            low, high = series["y_ci95"][place]
            return series["y"][place], (high - low) / 2 / STUDENT[seeds - 1] * math.sqrt(seeds)
    return None


def compare(arguments, rows):
    """How many differ."""
    result = json.loads(arguments.compare.read_text())
    seeds = int(result["settings"]["repetitions"])
    if seeds < 2:
        sys.exit(f"train_rotation: {arguments.compare}: found one repetition, accepted: two or more")
    different = 0
    print(f"{'model':<13} {'depth':>5}  {'PyTorch: lowest, mean, highest':<32} {'here':>8}  difference, 95 %")
    for model in ("hypernetwork", "embedding"):
        for depth in arguments.depths:
            errors = [float(row["test_error"]) for row in rows if (row["model"], int(row["depth"])) == (model, depth)]
            here = errors_here(result, model, depth, seeds)
            if here is None or len(errors) < 2:
                continue
            mean, deviation = here
            parts = [statistics.variance(errors) / len(errors), deviation ** 2 / seeds]
            freedom = sum(parts) ** 2 / (parts[0] ** 2 / (len(errors) - 1) + parts[1] ** 2 / (seeds - 1))
            reach = STUDENT[min(int(freedom), len(STUDENT) - 1)] * math.sqrt(sum(parts))
            apart = mean - statistics.mean(errors)
            is_different = abs(apart) > reach
            different += is_different
            spread = f"{100 * min(errors):.2f}, {100 * statistics.mean(errors):.2f}, {100 * max(errors):.2f} %"
            print(f"{model:<13} {depth:>5}  {spread:<32} {100 * mean:>6.2f} %  {100 * apart:+.2f} "
                  f"[{100 * (apart - reach):+.2f}, {100 * (apart + reach):+.2f}]"
                  f"{'  different' if is_different else ''}")
    return different


def integers(text):
    return [int(part) for part in text.split(",")]


def main():
    parser = argparse.ArgumentParser(prog="train_rotation", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the files of MNIST, .gz or not")
    parser.add_argument("--out", type=Path, required=True, help="table to which each training adds a row")
    parser.add_argument("--depths", type=integers, default=list(range(2, 10)))
    parser.add_argument("--seeds", type=integers, default=[1, 2, 3])
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--train-images", type=int, default=60000)
    parser.add_argument("--test-images", type=int, default=10000)
    parser.add_argument("--labels", choices=["circular", "published"], default="circular")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--published", action="store_true", help="in the published order of products, which is slower")
    parser.add_argument("--compare", type=Path, help="result.json of experiments/rotation")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    rows = earlier_rows(arguments.out)
    train_all(arguments, rows)
    sys.exit(1 if arguments.compare and compare(arguments, rows) else 0)


if __name__ == "__main__":
    main()
