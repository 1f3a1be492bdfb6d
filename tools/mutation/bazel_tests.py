# SPDX-License-Identifier: Apache-2.0
"""Which tests of Bazel depend on a file, and what they say about a mutation of it."""

import math
import re
import sys
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional

from mutation.journal import KILLED, NOT_COMPILED, SAME_CODE, SURVIVED, Verdict
from mutation.process import Outcome, run
from mutation.working_copy import Refused

# Local strategy: a sandbox costs more than the compilation of a small file. What is built here is of no use to anyone
# else, so none of it goes to a disk cache. A test ends at its first failed assertion: the rest would say no more, and
# may take for ever.
_FLAGS = ["--noshow_progress", "--color=no", "--curses=no", "--nokeep_going", "--notest_keep_going",
          "--spawn_strategy=local", "--local_termination_grace_seconds=1", "--noremote_upload_local_results",
          "--test_output=errors", "--test_env=GTEST_FAIL_FAST=1", "--test_env=GTEST_BREAK_ON_FAILURE=1"]
_STARTUP = ["--max_idle_secs=900"]
_PASSED, _BUILD_FAILED, _TESTS_FAILED = 0, 1, 3
_LEAST_TEST_SECONDS = 20.0


class Stage(NamedTuple):
    """Tests that run together; each may take `seconds`."""

    tests: List[str]
    seconds: float


class BazelTests:
    """Runs in `tree`, the copy of the workspace."""

    def __init__(self, tree: Path, scope: str, tests: List[str], flags: List[str], build_timeout: float,
                 test_timeout: Optional[float]):
        """`tests` instead of those in `scope` that depend on the file, if any are given."""
        self._tree, self._scope, self._tests, self._flags = tree, scope, tests, flags
        self._build_timeout, self._test_timeout = build_timeout, test_timeout
        self._stages: Dict[str, List[Stage]] = {}
        self._objects: Dict[str, Dict[Path, bytes]] = {}

    def baseline(self, file: str):
        """Finds the tests of `file` and how long they take. Throws Refused if there are none or one fails."""
        tests = self._tests or self._dependents(file)
        print(f"mutate: {file}: {len(tests)} tests as they are", file=sys.stderr, flush=True)
        seconds = self._test_timeout or 3600
        outcome = self._bazel_test(tests, seconds)
        if outcome.status != _PASSED:
            failed = _failed_test(outcome.output) or _first_error(outcome.output) or f"status {outcome.status}"
            raise Refused(f"without a mutation the tests of {file} do not pass: {failed}")
        durations = dict(re.findall(r"^(//\S+) +(?:\(cached\) )?PASSED in ([0-9.]+)s", outcome.output, re.MULTILINE))
        self._objects[file] = {path: path.read_bytes() for path in self._objects_of(file)}
        self._stages[file] = self._in_stages(file, tests, {test: float(took) for test, took in durations.items()})

    def judge(self, file: str) -> Verdict:
        """The verdict on the copy as it is now; `seconds` is left 0. Throws RuntimeError if Bazel itself fails."""
        for stage in self._stages[file]:
            outcome = self._bazel_test(stage.tests, stage.seconds)
            if outcome.status is None:
                return Verdict(NOT_COMPILED, f"no end within {self._build_timeout:g} s", 0)
            if outcome.status == _BUILD_FAILED:
                return _judge_build(outcome.output)
            if outcome.status == _TESTS_FAILED:
                return Verdict(KILLED, _failed_test(outcome.output), 0)
            if outcome.status != _PASSED:
                last = outcome.output.strip().rsplit("\n", 1)[-1]
                raise RuntimeError(f"bazel ended with status {outcome.status} on a mutation of {file}: {last}")
            if stage is self._stages[file][0] and self._compiled_to_the_same(file):
                return Verdict(SAME_CODE, "", 0)
        return Verdict(SURVIVED, "", 0)

    def _dependents(self, file: str) -> List[str]:
        query = f'kind(".*_test rule", rdeps({self._scope}, {file}))'
        command = ["bazel", *_STARTUP, "query", "--noshow_progress", "--color=no", "--output=label", query]
        outcome = run(command, self._tree, self._build_timeout, gently=True)
        if outcome.status != 0:
            raise Refused(f"bazel query finds no tests of {file}: {_first_error(outcome.output)}")
        tests = sorted(set(re.findall(r"^//\S+$", outcome.output, re.MULTILINE)))
        if not tests:
            raise Refused(f"no test in {self._scope} depends on {file}")
        return tests

    def _objects_of(self, file: str) -> List[Path]:
        """The object files that Bazel has made of a .cc file; a header has none."""
        path = Path(file)
        if path.suffix not in (".cc", ".cpp"):
            return []
        return sorted((self._tree / "bazel-bin" / path.parent / "_objs").glob(f"*/{path.stem}.o"))

    def _compiled_to_the_same(self, file: str) -> bool:
        """Whether the file was compiled anew, to the objects of the file unmutated: then no test can tell."""
        written = (self._tree / file).stat().st_mtime_ns
        objects = self._objects_of(file)
        return (bool(objects) and objects == list(self._objects[file]) and
                all(path.stat().st_mtime_ns > written for path in objects) and
                all(path.read_bytes() == self._objects[file][path] for path in objects))

    def _bazel_test(self, tests: List[str], seconds: float) -> Outcome:
        limit = f"--test_timeout={math.ceil(seconds)}"
        command = ["bazel", *_STARTUP, "test", *_FLAGS, limit, *self._flags, "--", *tests]
        return run(command, self._tree, self._build_timeout + seconds * len(tests), gently=True)

    def _in_stages(self, file: str, tests: List[str], durations: Dict[str, float]) -> List[Stage]:
        """The file's own test, then those of its package, then all others; within each the quick ones first."""
        groups: Dict[tuple, List[str]] = {}
        for test in tests:
            limit = self._test_timeout or _limit(durations.get(test, 0))
            groups.setdefault((_distance(file, test), limit), []).append(test)
        return [Stage(groups[key], key[1]) for key in sorted(groups)]


def _limit(seconds: float) -> float:
    """Ten times `seconds`, up to a factor of two, so that few different limits occur."""
    limit = _LEAST_TEST_SECONDS
    while limit < 10 * seconds:
        limit *= 2
    return limit


def _distance(file: str, test: str) -> int:
    package, _, name = test[2:].partition(":")
    folder, stem = str(Path(file).parent), Path(file).stem
    if package == folder and name == stem + "_test":
        return 0
    return 1 if package == folder or package.startswith(folder + "/") else 2


def _judge_build(output: str) -> Verdict:
    error = _first_error(output)
    # A static assertion is a test too.
    return Verdict(KILLED if "static assertion failed" in error else NOT_COMPILED, error, 0)


def _first_error(output: str) -> str:
    for pattern in (r"^(\S+:\d+:\d+: error: .*)$", r"^ERROR: (.*)$", r"^FATAL: (.*)$", r"^(\S.*)$"):
        match = re.search(pattern, output, re.MULTILINE)
        if match:
            return match.group(1)[:300]
    return ""


def _failed_test(output: str) -> str:
    """Label of the first test that failed, with the case that was running or `no end within N s`."""
    match = re.search(r"^(//\S+) +(FAILED|TIMEOUT) in (?:\d+ out of \d+ in )?([0-9.]+)s", output, re.MULTILINE)
    if not match:
        return ""
    label, how, seconds = match.groups()
    if how == "TIMEOUT":
        return f"{label} (no end within {float(seconds):.0f} s)"
    cases = re.findall(r"^\[ RUN      \] (\S+)$", output, re.MULTILINE)
    return f"{label} {cases[-1]}" if cases else label
