# SPDX-License-Identifier: Apache-2.0
"""Builds and tests by two shell commands, for trees that Bazel does not build."""

from pathlib import Path

from mutation.journal import KILLED, NOT_COMPILED, SURVIVED, Verdict
from mutation.process import run
from mutation.working_copy import Refused


class ShellTests:
    """The commands run in the copy; {file} in them is the mutated file."""

    def __init__(self, tree: Path, build: str, test: str, build_timeout: float, test_timeout: float):
        self._tree, self._build, self._test = tree, build, test
        self._build_timeout, self._test_timeout = build_timeout, test_timeout

    def baseline(self, file: str):
        """Throws Refused if the build or the test of the file as it is fails."""
        verdict = self.judge(file)
        if verdict.result == NOT_COMPILED:
            raise Refused(f"without a mutation --build fails on {file}: {verdict.by}")
        if verdict.result == KILLED:
            raise Refused(f"without a mutation --test fails on {file}: {verdict.by}")

    def judge(self, file: str) -> Verdict:
        """The verdict on the copy as it is now; `seconds` is left 0."""
        built = self._run(self._build, file, self._build_timeout)
        if built.status != 0:
            return Verdict(NOT_COMPILED, _reason(built, self._build_timeout), 0)
        tested = self._run(self._test, file, self._test_timeout)
        if tested.status != 0:
            return Verdict(KILLED, _reason(tested, self._test_timeout), 0)
        return Verdict(SURVIVED, "", 0)

    def _run(self, command: str, file: str, seconds: float):
        return run(["/bin/sh", "-c", command.replace("{file}", file)], self._tree, seconds)


def _reason(outcome, seconds: float) -> str:
    if outcome.status is None:
        return f"no end within {seconds:g} s"
    lines = [line.strip() for line in outcome.output.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line]
    return (errors + lines + [f"status {outcome.status}"])[0]
