#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One model trained in several processes: checkpoints go on in another number of them, and no process is left alone."""

import os
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(__file__).absolute().parent / "train_together"
MPIRUN = Path("training/mpi/mpirun_for_tests").absolute()
LONGEST = 60  # seconds for a run: far more than it takes


def command(processes):
    return [MPIRUN, str(processes), PROGRAM]


def complaints(text):
    return [line for line in text.splitlines() if line and not line.startswith("TBB Warning")]


@unittest.skipIf(subprocess.call([MPIRUN, "--can-run", PROGRAM]), "MPI is not installed; tools/setup --mpi installs it")
class TrainingTogetherTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_program(self, processes, *arguments):
        return subprocess.run(
            [*command(processes), *map(str, arguments)], capture_output=True, text=True, timeout=LONGEST
        )

    def train(self, processes, file, steps, threads=1):
        run = self.run_program(processes, self.folder / file, steps, threads)
        self.assertEqual((run.returncode, complaints(run.stderr)), (0, []))
        return run.stdout.splitlines()

    def test_a_checkpoint_goes_on_in_any_number_of_processes(self):
        whole = self.train(1, "whole", 12)
        self.assertEqual(len(whole), 12)
        parts = []
        for processes, threads in [(3, 1), (1, 2), (2, 1), (4, 2)]:
            parts += self.train(processes, "parts", 3, threads)
        self.assertEqual(parts, whole)
        self.assertEqual((self.folder / "parts").read_bytes(), (self.folder / "whole").read_bytes())

    def test_a_process_that_throws_before_it_has_met_the_others_ends_all(self):
        for rank in [0, 1]:
            run = self.run_program(2, self.folder / "file", 3, 1, "throw", rank)
            self.assertEqual(run.returncode, 2)
            prefix = "process 1: " if rank == 1 else ""
            self.assertEqual(complaints(run.stderr), [prefix + "there is no data here"])
            self.assertFalse((self.folder / "file").exists())

    def test_a_mistake_of_all_is_told_once(self):
        run = self.run_program(2, self.folder / "file")
        self.assertEqual(run.returncode, 2)
        self.assertEqual(complaints(run.stderr), ["found other arguments, accepted: see train_together.cc"])

    def test_the_status_of_any_process_is_that_of_the_run(self):
        for rank in [0, 1]:
            self.assertEqual(self.run_program(2, self.folder / f"file{rank}", 3, 1, "status", rank).returncode, 3)

    def test_a_process_that_is_killed_ends_all(self):
        with subprocess.Popen(
            [*command(2), str(self.folder / "file"), "9", "1", "sleep", "0"], stdout=subprocess.PIPE, text=True
        ) as process:
            for line in process.stdout:
                if line.startswith("waiting"):
                    break
            os.kill(int(line.split()[1]), signal.SIGKILL)
            process.communicate(timeout=LONGEST)
        self.assertNotEqual(process.returncode, 0)
        self.assertFalse((self.folder / "file").exists())


if __name__ == "__main__":
    unittest.main()
