#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The trainings leave in two processes what they leave in one, also if the run goes on from one that was cut short."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

FOLDER = Path(__file__).absolute().parent  # with links to what Bazel has built
ALONE = FOLDER / "operators"
TOGETHER = FOLDER / "operators_mpi"
MPIRUN = Path("training/mpi/mpirun_for_tests").absolute()
FLAGS = ["--quick", "--kappas=10,20", "--seeds=2", "--train-functions=50", "--test-functions=20", "--steps=30"]
LONGEST = 200  # seconds for a run: far more than it takes


@unittest.skipIf(subprocess.call([MPIRUN, "--can-run", TOGETHER]), "MPI is not installed; tools/setup --mpi installs it")
class OperatorsInProcessesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def run_program(self, command, folder, *flags):
        outcome = subprocess.run(
            [*command, *FLAGS, "--threads=1", f"--out={folder}", *flags],
            cwd=self.scratch, capture_output=True, text=True, timeout=LONGEST,
        )
        self.assertIn(outcome.returncode, (0, 1), outcome.stderr)
        return outcome.stdout.replace(str(folder), "")

    def test_two_processes_leave_and_say_what_one_does(self):
        alone, together = self.scratch / "alone", self.scratch / "together"
        said = self.run_program([ALONE], alone)
        self.assertIn("identity: mean relative L2 error", said)
        self.assertEqual(self.run_program([MPIRUN, "2", TOGETHER], together), said)
        metrics = (alone / "metrics.csv").read_text()
        self.assertEqual(len(metrics.splitlines()), 1 + 3 * 2 * 2)
        self.assertEqual((together / "metrics.csv").read_text(), metrics)
        self.assertEqual(sorted(os.listdir(together)), sorted(os.listdir(alone)))

        journal = together / "trials.jsonl"
        kept = "".join(journal.read_text().splitlines(keepends=True)[:5])
        journal.write_text(kept)
        self.assertEqual(self.run_program([MPIRUN, "2", TOGETHER], together, "--resume"), said)
        self.assertEqual((together / "metrics.csv").read_text(), metrics)
        self.assertTrue(journal.read_text().startswith(kept))


if __name__ == "__main__":
    unittest.main()
