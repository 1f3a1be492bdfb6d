#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The published experiments in their quick form on a few images: which steps there are, and that two processes find in
them what one does."""

import csv
import json
import os
import random
import shutil
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

FOLDER = Path(__file__).absolute().parent  # with links to what Bazel has built
ALONE = FOLDER / "paper"
TOGETHER = FOLDER / "paper_mpi"
MPIRUN = Path("training/mpi/mpirun_for_tests").absolute()
LONGEST = 280  # seconds for a run: far more than it takes

SOME = ["colorization", "colorization_total", "colorization_total_tuned", "rotation_mnist_depth", "rotation_mnist_depth_total"]
ROTATION = ["depth", "lr", "embedding", "depth_total", "depth_primary", "depth_total_tuned", "conditions"]
STEPS = [
    "assumption1", "assumption2", "best_approximation",
    "synthetic", "synthetic_total", "synthetic_total_tuned",
    "colorization", "colorization_total", "colorization_total_tuned",
    *(f"rotation_mnist_{part}" for part in ROTATION),
    *(f"rotation_cifar10_{part}" for part in [*ROTATION, "embedding_deeper"]),
]  # fmt: skip
SHARED = ["rotation_trainings_mnist", "rotation_trainings_cifar10"]


def write_images(folder):
    noise = random.Random(1)
    for name in ("mnist", "cifar10"):
        (folder / name).mkdir(parents=True)
    for name, images in {"train": 200, "t10k": 60}.items():
        pixels = struct.pack(">4i", 2051, images, 28, 28) + noise.randbytes(images * 28 * 28)
        (folder / "mnist" / f"{name}-images-idx3-ubyte").write_bytes(pixels)
        labels = struct.pack(">2i", 2049, images) + bytes(i % 10 for i in range(images))
        (folder / "mnist" / f"{name}-labels-idx1-ubyte").write_bytes(labels)
    for name, images in {"data_batch_1": 120, "test_batch": 40}.items():
        records = (bytes([i % 10]) + noise.randbytes(3 * 32 * 32) for i in range(images))
        (folder / "cifar10" / f"{name}.bin").write_bytes(b"".join(records))


def metrics_of(folder):
    """The rows of metrics.csv without what a clock has measured."""
    rows = list(csv.DictReader((folder / "metrics.csv").read_text().splitlines()))
    return [{name: cell for name, cell in row.items() if name != "seconds"} for row in rows]


def settings_of(folder):
    return json.loads((folder / "config.json").read_text())


@unittest.skipIf(subprocess.call([MPIRUN, "--can-run", TOGETHER]), "MPI is not installed; tools/setup --mpi installs it")
class PaperInProcessesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        write_images(self.scratch / "data")

    def run_paper(self, command, folder, *flags):
        flags = [f"--data={self.scratch / 'data'}", "--form=quick", "--seeds=1", f"--out={folder}", *flags]
        run = subprocess.run([*command, *flags], cwd=self.scratch, capture_output=True, text=True, timeout=LONGEST)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        self.assertEqual(run.stdout.count("results: "), 1)

    def test_two_processes_find_what_one_does_in_every_step(self):
        together = self.scratch / "together"
        self.run_paper([MPIRUN, "2", TOGETHER], together, "--threads=1")
        self.assertEqual(sorted(os.listdir(together)), sorted([*STEPS, *SHARED, "config.json", "report.html"]))
        report = (together / "report.html").read_text()
        for step in STEPS:
            title = json.loads((together / step / "result.json").read_text())["title"]
            self.assertIn(title.replace("'", "&#39;"), report)
        plain, deeper = (settings_of(together / f"rotation_cifar10_{part}") for part in ("embedding", "embedding_deeper"))
        self.assertEqual((plain.pop("extra_layers"), deeper.pop("extra_layers")), (0, 2))
        self.assertEqual(plain, deeper)

        # Some of them once more in one process: those that take from others, and those from which they take.
        alone = self.scratch / "alone"
        shutil.copytree(together, alone)
        for step in [*SOME, *SHARED]:
            shutil.rmtree(alone / step)
        self.run_paper([ALONE], alone, "--resume")
        for step in SOME:
            self.assertEqual(metrics_of(alone / step), metrics_of(together / step), step)
            self.assertGreater(len(metrics_of(alone / step)), 0, step)

    def test_a_mistake_is_told_once(self):
        folder = self.scratch / "mistaken"
        run = subprocess.run(
            [MPIRUN, "2", TOGETHER, "--data=nowhere", f"--out={folder}"],
            cwd=self.scratch, capture_output=True, text=True, timeout=LONGEST,
        )  # fmt: skip
        self.assertEqual(run.returncode, 2)
        lines = [line for line in run.stderr.splitlines() if not line.startswith("TBB Warning")]
        self.assertEqual(len(lines), 1, run.stderr)
        self.assertIn("nowhere", lines[0])
        self.assertFalse(folder.exists())


if __name__ == "__main__":
    unittest.main()
