# SPDX-License-Identifier: Apache-2.0
"""All mutations of a file, in order, each with an identity that does not change while the file stays as it is."""

import bisect
import hashlib
import random
from typing import Iterable, List, NamedTuple, Optional, Tuple

from mutation.kinds import KINDS, Source


class Mutation(NamedTuple):
    """text[start:end] becomes `replacement`; line and column count from 1."""

    file: str
    line: int
    column: int
    kind: str
    start: int
    end: int
    before: str
    replacement: str

    @property
    def id(self) -> str:
        change = f"{_one_line(self.before)} -> {_one_line(self.replacement)}"
        return f"{self.file}:{self.line}:{self.column} {self.kind}: {change}"

    def apply(self, text: str) -> str:
        return text[:self.start] + self.replacement + text[self.end:]

    def lines(self, text: str) -> Tuple[List[str], List[str]]:
        """The lines that change, before and after."""
        first = text.rfind("\n", 0, self.start) + 1
        last = text.find("\n", self.end)
        last = len(text) if last < 0 else last
        after = text[first:self.start] + self.replacement + text[self.end:last]
        return text[first:last].split("\n"), after.split("\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def find_mutations(file: str, text: str, kinds: Iterable[str]) -> List[Mutation]:
    """Those of the given kinds, by position; of two that make the same change the first kind's is kept."""
    source = Source(text)
    starts = [0] + [i + 1 for i, character in enumerate(text) if character == "\n"]
    found = {}
    for kind in KINDS:
        if kind not in kinds:
            continue
        for start, end, replacement in KINDS[kind].edits(source):
            if text[start:end] == replacement or (start, end, replacement) in found:
                continue
            line = bisect.bisect_right(starts, start)
            found[start, end, replacement] = Mutation(file, line, start - starts[line - 1] + 1, kind, start, end,
                                                      text[start:end], replacement)
    order = list(KINDS)
    return sorted(found.values(), key=lambda m: (m.start, order.index(m.kind)))


def sample(mutations: List[Mutation], size: Optional[int], seed: int) -> List[Mutation]:
    """`size` of them, the same for the same seed, in their order; all if size is None."""
    if size is None or size >= len(mutations):
        return mutations
    order = list(range(len(mutations)))
    random.Random(hashlib.sha256(str(seed).encode()).digest()).shuffle(order)
    return [mutations[i] for i in sorted(order[:size])]
