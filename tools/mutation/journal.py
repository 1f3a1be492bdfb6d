# SPDX-License-Identifier: Apache-2.0
"""What became of each mutation, kept line by line so that an interrupted run can continue."""

import json
from pathlib import Path
from typing import Dict, List, NamedTuple, TextIO, Tuple

from mutation.mutations import Mutation
from mutation.working_copy import Refused

NOT_COMPILED, SAME_CODE, KILLED, SURVIVED = "not compiled", "same code", "killed", "survived"


class Verdict(NamedTuple):
    """`by` is the test that failed, or what the compiler said first."""

    result: str
    by: str
    seconds: float


class Journal:
    """A JSON Lines file: one object per mutation with file, sha256 of the file, id, result, by and seconds."""

    def __init__(self, path: Path):
        """Reads what is there; a last line that was cut off is dropped. Throws Refused if another line is no record."""
        self.path = path
        self._known: Dict[Tuple[str, str], Verdict] = {}
        try:
            content = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise Refused(f"--journal={path} cannot be read: {error.strerror}") from error
        self._whole = content.rfind(b"\n") + 1
        for number, line in enumerate(content[:self._whole].decode(errors="replace").splitlines(), 1):
            try:
                record = json.loads(line)
                verdict = Verdict(record["result"], record["by"], record["seconds"])
                self._known[record["sha256"], record["id"]] = verdict
            except (ValueError, KeyError, TypeError) as error:
                raise Refused(f"--journal={path}, line {number} is no result of tools/mutate: {line[:60]!r}") from error

    def find(self, sha256: str, mutation: Mutation):
        """The latest verdict on this mutation of a file with this content, or None."""
        return self._known.get((sha256, mutation.id))

    def append(self, sha256: str, mutation: Mutation, verdict: Verdict):
        self._known[sha256, mutation.id] = verdict
        record = {"file": mutation.file, "sha256": sha256, "id": mutation.id, **verdict._asdict()}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with open(self.path, "r+b" if self.path.exists() else "w+b") as stream:
            if self._whole is not None:  # the first time: over a line that was cut off
                stream.truncate(self._whole)
                self._whole = None
            stream.seek(0, 2)
            stream.write(json.dumps(record).encode() + b"\n")


class FileResults(NamedTuple):
    """The mutations of one file that were asked for, and the verdicts on those that were tried."""

    file: str
    text: str
    asked: int
    tried: List[Tuple[Mutation, Verdict]]

    def count(self, result: str) -> int:
        return sum(verdict.result == result for _, verdict in self.tried)


def write_report(results: List[FileResults], out: TextIO):
    """A table with a row per file, then each survivor as a small diff."""
    header = ("file", "mutations", NOT_COMPILED, SAME_CODE, KILLED, SURVIVED, "killed of the rest")
    rows = [header] + [_row(one) for one in results]
    widths = [max(len(row[i]) for row in rows) for i in range(len(header))]
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        out.write("  ".join(cells).rstrip() + "\n")
    for one in results:
        for mutation, verdict in one.tried:
            if verdict.result == SURVIVED:
                _write_survivor(mutation, one.text, out)
    for one in results:
        if len(one.tried) < one.asked:
            out.write(f"\n{one.file}: {one.asked - len(one.tried)} of {one.asked} mutations not tried yet\n")


def _row(one: FileResults) -> Tuple[str, ...]:
    told_apart = one.count(KILLED) + one.count(SURVIVED)
    share = f"{100 * one.count(KILLED) / told_apart:.1f} %" if told_apart else "-"
    counts = [str(one.count(result)) for result in (NOT_COMPILED, SAME_CODE, KILLED, SURVIVED)]
    return (one.file, str(len(one.tried)), *counts, share)


def _write_survivor(mutation: Mutation, text: str, out: TextIO):
    before, after = mutation.lines(text)
    out.write(f"\n{mutation.file}:{mutation.line}:{mutation.column}: {mutation.kind}\n")
    for sign, lines in (("-", before), ("+", after)):
        for line in lines:
            out.write(f"{sign}{line}\n")
