#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A short form of tools/kill_trials, and that it notices what must not be."""

import sys

sys.dont_write_bytecode = True

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).absolute().parent))

import script_module

FOLDER = Path(__file__).absolute().parent  # with links to what Bazel has built
SCRIPT = FOLDER / "kill_trials"
PROGRAM = FOLDER / "short_trials"

# Tests that run beside this one have the same process numbers, each in a namespace of its own, after which MPI names what
# it leaves in folders that are shared.
for parameter in ["btl_vader_backing_directory", "orte_tmpdir_base"]:
    os.environ[f"OMPI_MCA_{parameter}"] = os.environ.get("TEST_TMPDIR", tempfile.gettempdir())


kill_trials = script_module.load(SCRIPT)


def line(number, value):
    return f'{{"trial":{{"list":0,"number":{number}}},"state":"complete","outcome":{{"y":{value}}}}}'


class JournalTest(unittest.TestCase):
    STUDY = '{"study":{"seed":1}}'

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "trials.jsonl").write_text(self.text(line(0, 0.5), line(1, 0.25), line(2, 0)))
        (self.folder / "metrics.csv").write_text("number,y\n0,0.5\n")
        self.reference = kill_trials.Reference(self.folder)

    def text(self, *lines):
        return "".join(text + "\n" for text in [self.STUDY, *lines])

    def check(self, text, before=(), told=()):
        return self.reference.check_journal(text, list(before), set(told))

    def assert_wrong(self, complaint, *arguments, **more):
        with self.assertRaisesRegex(kill_trials.Wrong, complaint):
            self.check(*arguments, **more)

    def test_what_a_kill_may_leave(self):
        self.assertEqual(self.check(""), [])
        self.assertEqual(self.check(self.STUDY[:5]), [])
        self.assertEqual(self.check(self.text(line(1, 0.25)), [self.STUDY], {"0 1"}), [self.STUDY, line(1, 0.25)])
        self.check(self.text(line(2, 0)) + line(0, 0.5)[:9], told={"0 2"})  # a torn line was not told

    def test_what_it_may_not(self):
        self.assert_wrong("had finished are not in the journal: \\['0 0'\\]", self.text(line(1, 0.25)), told={"0 0", "0 1"})
        self.assert_wrong("had finished", self.text() + line(0, 0.5), told={"0 0"})
        self.assert_wrong("twice", self.text(line(1, 0.25), line(1, 0.25)))
        self.assert_wrong("trial 0 1 is wrong", self.text(line(1, 0.5)))
        self.assert_wrong("trial 0 3 is wrong", self.text(line(3, 0.5)))
        self.assert_wrong("a line that is none", self.text("", line(1, 0.25)))
        self.assert_wrong("lost or changed", self.text(line(1, 0.25)), [self.STUDY, line(0, 0.5)])
        self.assert_wrong("begins with", '{"study":{"seed":2}}\n')

    def test_another_table_or_journal_at_the_end(self):
        self.reference.check_whole(self.folder)
        for name in ["metrics.csv", "trials.jsonl"]:
            path = self.folder / name
            text = path.read_text()
            path.write_text(text.replace("0.5", "0.6"))
            with self.assertRaises(kill_trials.Wrong):
                self.reference.check_whole(self.folder)
            path.write_text(text)


class KillTrialsTest(unittest.TestCase):
    def run_script(self, program, *flags):
        return subprocess.run(
            [sys.executable, SCRIPT, f"--program={program}", *flags], capture_output=True, text=True, timeout=240
        )

    def test_ten_kills(self):
        outcome = self.run_script(PROGRAM, "--kills=10", "--seed=7")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertRegex(outcome.stdout, "^10 kills .* none wrong, none twice; .*; 10 refusals in one line, nothing lost\n$")

    def test_three_kills_of_one_of_two_processes(self):
        if not Path(f"{PROGRAM}_mpi").exists() or shutil.which("mpirun") is None:
            self.skipTest("MPI is not installed; tools/setup --mpi installs it")
        outcome = self.run_script(PROGRAM, "--kills=3", "--mpi=2")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        self.assertRegex(outcome.stdout, "^3 kills .* none wrong, none twice; .*; 8 refusals in one line, nothing lost\n$")

    def test_a_program_that_loses_a_trial_when_it_goes_on(self):
        with tempfile.TemporaryDirectory() as scratch:
            program = Path(scratch) / "loses"
            program.write_text(
                "#!/bin/bash\n"
                'for flag; do case $flag in --out=*) journal="${flag#--out=}/trials.jsonl" ;; esac; done\n'
                '[ ! -s "$journal" ] || sed -i "2d" "$journal"\n'
                f'exec {PROGRAM} "$@"\n'
            )
            program.chmod(0o755)
            outcome = self.run_script(program, "--kills=20")
        self.assertEqual(outcome.returncode, 1, outcome.stdout)
        self.assertIn("kill_trials: the journal has lost or changed lines", outcome.stderr)

    def test_a_program_that_does_not_run(self):
        outcome = self.run_script("/bin/false")
        self.assertEqual(outcome.returncode, 1)
        self.assertEqual(outcome.stderr, "kill_trials: the run that nobody kills ends with status 1: \n")


if __name__ == "__main__":
    unittest.main()
