#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sweeps and searches in two processes leave what they leave in one, a search also if one of them is killed and one
process goes on."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

FOLDER = Path(__file__).absolute().parent  # with links to what Bazel has built
ALONE = FOLDER / "rotation"
TOGETHER = FOLDER / "rotation_mpi"
MPIRUN = Path("training/mpi/mpirun_for_tests").absolute()
FLAGS = ["--quick", "--train-images=400", "--test-images=120"]
SEARCH = ["--search=halving", "--epochs=2", "--n-trials=6"]
LONGEST = 200  # seconds for a run: far more than it takes


def mpi_command(processes):
    patience = ["--mca", "odls_base_sigkill_timeout", "2"]  # until all are killed
    return [MPIRUN, str(processes), *patience, TOGETHER]


def complaints(text):
    return [line for line in text.splitlines() if line and not line.startswith("TBB Warning")]


def lines_of(path):
    return path.read_text().splitlines() if path.exists() else []


def process_of_rank(mpirun, rank):
    for child in Path(f"/proc/{mpirun}/task/{mpirun}/children").read_text().split():
        variables = Path(f"/proc/{child}/environ").read_bytes().split(b"\0")
        if f"OMPI_COMM_WORLD_RANK={rank}".encode() in variables:
            return int(child)
    raise LookupError(f"mpirun has no process {rank}")


@unittest.skipIf(subprocess.call([MPIRUN, "--can-run", TOGETHER]), "MPI is not installed; tools/setup --mpi installs it")
class SearchInProcessesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.reference, cls.said = Path(cls.scratch.name) / "reference", ""
        alone = cls.run_program([ALONE], *SEARCH, "--threads=2", f"--out={cls.reference}")
        cls.status, cls.said = alone.returncode, alone.stdout
        assert cls.status in (0, 1), alone.stderr

    @classmethod
    def run_program(cls, command, *flags):
        return subprocess.run(
            [*command, *FLAGS, *flags], cwd=cls.scratch.name, capture_output=True, text=True, timeout=LONGEST
        )

    def assert_as_alone(self, folder):
        self.assertEqual(sorted(os.listdir(folder)), sorted(os.listdir(self.reference)))
        for name in os.listdir(folder):
            here, alone = (folder / name).read_text(), (self.reference / name).read_text()
            if name == "trials.jsonl":  # in the order in which trials have ended
                here, alone = sorted(here.splitlines()), sorted(alone.splitlines())
            elif name.endswith(".json"):
                here, alone = self.without_circumstances(here), self.without_circumstances(alone)
            self.assertEqual(here, alone, name)

    def without_circumstances(self, text):
        """A file but for the threads and the memory of whoever has written it."""
        kept = [line for line in text.splitlines() if '"threads":' not in line and "peak_memory" not in line]
        json.loads(text)
        self.assertLessEqual(len(text.splitlines()) - len(kept), 3)
        return kept

    def test_processes_leave_and_say_what_one_does(self):
        for processes in [2, 3]:
            folder = Path(self.scratch.name) / f"processes{processes}"
            together = self.run_program(mpi_command(processes), *SEARCH, "--threads=1", f"--out={folder}")
            self.assertEqual(together.returncode, self.status, together.stderr)
            self.assertEqual(complaints(together.stderr), [])
            self.assertEqual(together.stdout.replace(str(folder), ""), self.said.replace(str(self.reference), ""))
            self.assert_as_alone(folder)
        self.assertEqual(sorted(os.listdir(self.scratch.name)), ["processes2", "processes3", "reference"])

    def test_a_search_of_which_a_process_was_killed_goes_on_in_one(self):
        folder = Path(self.scratch.name) / "killed"
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        trials = len(lines_of(self.reference / "trials.jsonl"))
        with subprocess.Popen(
            [*mpi_command(2), *FLAGS, *SEARCH, "--threads=1", f"--out={folder}"],
            cwd=self.scratch.name, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        ) as process:
            while len(lines_of(folder / "trials.jsonl")) < 4:  # both have joined by then, and are in the first rung
                self.assertIsNone(process.poll(), "the search has ended too early")
                time.sleep(0.001)
            os.kill(process_of_rank(process.pid, 1), signal.SIGKILL)
            _, error = process.communicate(timeout=LONGEST)
        self.assertNotEqual(process.returncode, 0)
        said = complaints(error)
        self.assertEqual(len(said), 1, error)
        self.assertRegex(said[0], "^interrupted after [0-9]+ of [0-9]+ trials; continue with: bazel run .* --resume$")
        self.assertIn(f"--out={folder}", said[0])
        kept = lines_of(folder / "trials.jsonl")
        self.assertLess(len(kept), trials)
        resumed = self.run_program([ALONE], *SEARCH, "--threads=2", f"--out={folder}", "--resume")
        self.assertEqual(resumed.returncode, self.status, resumed.stderr)
        self.assertEqual(lines_of(folder / "trials.jsonl")[: len(kept)], kept)
        self.assert_as_alone(folder)

    def test_a_sweep_is_trained_by_all_processes(self):
        flags = ["--depths=2,3", "--epochs=2", "--repetitions=2", "--threads=1"]
        runs = {}
        for name, command in {"alone": [ALONE], "together": mpi_command(2)}.items():
            folder = Path(self.scratch.name) / f"sweep_{name}"
            self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
            run = self.run_program(command, *flags, f"--out={folder}")
            self.assertIn(run.returncode, (0, 1), run.stderr)
            self.assertEqual(complaints(run.stderr), [])
            self.assertEqual(run.stdout.count("results: "), 1)
            trainings = [json.loads(line) for line in lines_of(folder / "trials.jsonl")[1:]]
            with_seconds = lines_of(folder / "metrics.csv")
            place = with_seconds[0].split(",").index("seconds")
            metrics = [",".join(cell for i, cell in enumerate(line.split(",")) if i != place) for line in with_seconds]
            runs[name] = (len(trainings), metrics, run.returncode, len(os.listdir(folder / "checkpoints")))
        self.assertEqual(runs["alone"][:3], runs["together"][:3])
        self.assertEqual(runs["alone"][0], 2 * 2 * 2)
        # The models that the other process has trained are not here.
        self.assertLess(runs["together"][3], runs["alone"][3])

    def test_a_mistake_is_told_once(self):
        together = self.run_program(mpi_command(2), *SEARCH, "--data=nowhere", "--out=no_data")
        self.assertEqual(together.returncode, 2)
        self.assertEqual(len(complaints(together.stderr)), 1, together.stderr)
        self.assertFalse((Path(self.scratch.name) / "no_data").exists())


if __name__ == "__main__":
    unittest.main()
