# SPDX-License-Identifier: Apache-2.0
"""Statements, conditions and calls of a file, found by walking the blocks of its functions."""

from typing import Iterator, List, NamedTuple, Set, Tuple

from mutation.syntax import ASSIGNMENTS, Syntax, _CONTROL, _NO_OPERAND


class Statement(NamedTuple):
    """Tokens first..last, the semicolon included. `inside` is branch, loop, switch or body."""

    kind: str  # return, break, continue or expression
    first: int
    last: int
    inside: str


class Condition(NamedTuple):
    kind: str  # if, while, for or ternary
    first: int
    last: int


class Statements:
    """All that `syntax` holds; `loop_steps` are the tokens of the third part of a for."""

    def __init__(self, syntax: Syntax):
        self.syntax = syntax
        self.statements: List[Statement] = []
        self.conditions: List[Condition] = []
        self.loop_steps: Set[int] = set()
        self._blocks: Set[int] = set()
        for brace in syntax.code_braces:
            if brace not in self._blocks:
                self._block(brace, "body")
        self._ternaries()

    def _block(self, brace: int, inside: str) -> int:
        self._blocks.add(brace)
        end = self.syntax.match[brace]
        i = brace + 1
        while i < end:
            i = self._statement(i, inside)
        return end + 1

    def _statement(self, i: int, inside: str) -> int:
        """Records the statement at token i and returns the token after it."""
        s = self.syntax
        word = s[i]
        if word == "{":
            return self._block(i, inside)
        if word in ("if", "for", "while", "switch", "catch"):
            return self._controlled(i, inside)
        if word in ("else", "do", "try"):
            return self._statement(i + 1, {"else": "branch", "do": "loop"}.get(word, inside))
        if word in ("case", "default") and inside == "switch":
            while i < len(s) and s[i] != ":":
                i += 1
            return i + 1
        last = i
        while last < len(s) and s[last] != ";":
            if s.match.get(last, last) < last:
                return last + 1  # no semicolon: no statement
            last = s.match.get(last, last) + 1
        kind = word if word in ("return", "break", "continue") else "expression"
        if kind != "expression" or self._is_expression(i, last - 1):
            self.statements.append(Statement(kind, i, last, inside))
        return last + 1

    def _controlled(self, i: int, inside: str) -> int:
        s = self.syntax
        opening = i + 1
        while opening < len(s) and s[opening] != "(":
            opening += 1
        closing = s.match.get(opening, len(s))
        if s[i + 1] != "constexpr":
            self._condition(s[i], opening + 1, closing - 1)
        if s[closing + 1] == ";":  # the end of do .. while
            return closing + 2
        within = {"if": "branch", "switch": "switch", "catch": inside}.get(s[i], "loop")
        return self._statement(closing + 1, within)

    def _condition(self, kind: str, first: int, last: int):
        parts = list(self.syntax.split(first, last, ";"))
        if kind == "for" and len(parts) == 3:
            self.loop_steps.update(range(parts[2][0], parts[2][1] + 1))
            part = parts[1]
        elif kind in ("if", "while"):
            part = parts[-1]
        else:
            return
        first, last = part
        if first == last or first < last and not self.syntax.is_declaration(first, last):
            self.conditions.append(Condition(kind, first, last))

    def _ternaries(self):
        for i in range(len(self.syntax)):
            if self.syntax[i] == "?" and self.syntax.kind(i) == "punct":
                self.conditions.append(Condition("ternary", self.syntax.operand_left(i, -0.5), i - 1))

    def _is_expression(self, first: int, last: int) -> bool:
        """Whether first..last can be dropped: a call, an assignment, a step or a throw."""
        s = self.syntax
        if first > last:
            return False
        if s[first] == "throw":
            return first < last
        if s.is_declaration(first, last):
            return False
        changes = any(s.kind(i) == "punct" and s[i] in ASSIGNMENTS | {"++", "--"} for i in s.top_level(first, last))
        return changes or s[last] == ")"


def two_argument_calls(syntax: Syntax) -> Iterator[Tuple[str, Tuple[int, int], Tuple[int, int]]]:
    """Name and both arguments, as ranges of tokens, of each call with two."""
    for i in range(1, len(syntax)):
        if syntax[i] != "(" or i not in syntax.match:
            continue
        name = i - 1
        if name in syntax.template_brackets:
            name = syntax.match[name] - 1
        if syntax.kind(name) != "word" or syntax[name] in _CONTROL | _NO_OPERAND or syntax[name - 1] == "operator":
            continue
        arguments = list(syntax.split(i + 1, syntax.match[i] - 1, ","))
        if len(arguments) == 2 and not any(_is_parameter(syntax, *argument) for argument in arguments):
            yield syntax[name], arguments[0], arguments[1]


def _is_parameter(syntax: Syntax, first: int, last: int) -> bool:
    return first > last or syntax.is_declaration(first, last)
