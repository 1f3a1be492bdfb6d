# SPDX-License-Identifier: Apache-2.0
"""The kinds of mutations: each a function that yields (start, end, replacement) in characters of the source."""

from typing import Callable, Dict, Iterator, List, NamedTuple, Tuple

from mutation import literals
from mutation.statements import Statements, two_argument_calls
from mutation.syntax import ASSIGNMENTS, PRECEDENCE, Syntax

Edit = Tuple[int, int, str]


class Source:
    """A file as the kinds see it."""

    def __init__(self, text: str):
        self.text = text
        self.syntax = Syntax(text)
        self.found = Statements(self.syntax)

    def edit(self, first: int, last: int, replacement: str) -> Edit:
        return self.syntax.tokens[first].start, self.syntax.tokens[last].end, replacement

    def until(self, first: int, end: int, replacement: str) -> Edit:
        """From the start of token `first` to the start of token `end`."""
        return self.syntax.tokens[first].start, self.syntax.tokens[end].start, replacement

    def after(self, first: int, last: int) -> Edit:
        """What lies between the end of the token before `first` and the end of `last`, dropped."""
        return self.syntax.tokens[first - 1].end, self.syntax.tokens[last].end, ""

    def swaps(self, table: Dict[str, str], wanted: Callable[[int], bool]) -> Iterator[Edit]:
        for i in range(len(self.syntax)):
            if self.syntax[i] in table and self.syntax.kind(i) in ("punct", "word") and wanted(i):
                yield self.edit(i, i, table[self.syntax[i]])

    def joins_text(self, i: int) -> bool:
        """Whether the binary operator at i joins strings, as far as one sees."""
        s = self.syntax
        if s[i] != "+":
            return False
        first, last = s.operand_left(i, 9), s.operand_right(i, 8.5)
        texts = ("to_string", "string", "str", "Text")
        return any(s.kind(j) == "string" or s[j] in texts for j in range(first, last + 1))


def _arithmetic(source: Source) -> Iterator[Edit]:
    s = source.syntax
    return source.swaps({"+": "-", "-": "+", "*": "/", "/": "*"}, lambda i: s.is_binary(i) and not source.joins_text(i))


def _boundary(source: Source) -> Iterator[Edit]:
    return source.swaps({"<": "<=", "<=": "<", ">": ">=", ">=": ">"}, source.syntax.is_binary)


def _negation(source: Source) -> Iterator[Edit]:
    table = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
    return source.swaps(table, source.syntax.is_binary)


def _numbers(source: Source, change: Callable[[str], str]) -> Iterator[Edit]:
    s = source.syntax
    for i in range(len(s)):
        if s.kind(i) != "number" or i in s.in_template or s[i - 1] == "=" and s[i - 2] in (")", "const", "override"):
            continue
        replacement = change(s[i])
        if replacement:
            yield source.edit(i, i, replacement)


def _literal_up(source: Source) -> Iterator[Edit]:
    return _numbers(source, lambda text: literals.shifted(text, 1))


def _literal_down(source: Source) -> Iterator[Edit]:
    return _numbers(source, lambda text: literals.shifted(text, -1))


def _literal_doubled(source: Source) -> Iterator[Edit]:
    return _numbers(source, literals.doubled)


def _operands(source: Source, operators: str) -> Iterator[Edit]:
    """Each operand of a chain of + and -, or of * and /, dropped."""
    s = source.syntax
    for i in range(len(s)):
        if s[i] not in tuple(operators) or not s.is_binary(i):
            continue
        precedence = PRECEDENCE[s[i]]
        first = s.operand_left(i, precedence)
        if first == s.operand_left(i, precedence, nearest=True) and s[i] != "/":
            yield source.until(first, i + 1, "-" if s[i] == "-" else "")
        yield source.after(i, s.operand_right(i, precedence))


def _term(source: Source) -> Iterator[Edit]:
    return _operands(source, "+-")


def _factor(source: Source) -> Iterator[Edit]:
    return _operands(source, "*/")


def _sign(source: Source) -> Iterator[Edit]:
    s = source.syntax
    for i in range(len(s)):
        if s[i] == "-" and s.is_unary(i):
            yield source.until(i, i + 1, "")
        elif s[i] in ("-", "*", "/") and s.is_binary(i):
            first = s.operand_left(i, PRECEDENCE[s[i]])
            if not s.is_binary(first - 1) and not s.is_unary(first) and s[first] != "*":
                yield source.until(first, first, "-")


def _logic(source: Source) -> Iterator[Edit]:
    return source.swaps({"&&": "||", "||": "&&"}, source.syntax.is_binary)


def _not(source: Source) -> Iterator[Edit]:
    s = source.syntax
    return source.swaps({"!": ""}, s.is_unary)


def _condition(source: Source) -> Iterator[Edit]:
    s = source.syntax
    for condition in source.found.conditions:
        text = s.source(condition.first, condition.last)
        if condition.kind in ("if", "ternary") and text != "true":
            yield source.edit(condition.first, condition.last, "true")
        if text not in ("true", "false"):
            yield source.edit(condition.first, condition.last, "false")


def _named_function(source: Source, table: Dict[str, str]) -> Iterator[Edit]:
    s = source.syntax
    return source.swaps(table, lambda i: s[i + 1] == "(" and (s[i - 1] != "::" or s[i - 2] == "std") and
                        s[i - 1] not in (".", "->"))


def _min_max(source: Source) -> Iterator[Edit]:
    return _named_function(source, {"min": "max", "max": "min", "fmin": "fmax", "fmax": "fmin"})


def _floor_ceil(source: Source) -> Iterator[Edit]:
    return _named_function(source, {"floor": "ceil", "ceil": "floor"})


def _step(source: Source) -> Iterator[Edit]:
    s = source.syntax
    return source.swaps({"++": "--", "--": "++"}, lambda i: s[i - 1] != "operator" and i not in source.found.loop_steps)


def _compound(source: Source) -> Iterator[Edit]:
    s = source.syntax
    table = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*="}

    def wanted(i: int) -> bool:
        return s[i - 1] != "operator" and i not in source.found.loop_steps and s.kind(i + 1) != "string"

    return source.swaps(table, wanted)


def _statement(source: Source) -> Iterator[Edit]:
    for statement in source.found.statements:
        if statement.kind == "expression":
            yield source.edit(statement.first, statement.last, "{}")


def _jump(source: Source) -> Iterator[Edit]:
    for statement in source.found.statements:
        if statement.kind != "expression" and statement.inside == "branch":
            yield source.edit(statement.first, statement.last, "{}")


def _arguments(source: Source) -> Iterator[Edit]:
    s = source.syntax
    for name, first, second in two_argument_calls(source.syntax):
        texts = s.source(*first), s.source(*second)
        literal = [s[argument[0]] in ("[", "{") or s.kind(argument[0]) == "string" for argument in (first, second)]
        if texts[0] == texts[1] or literal[0] != literal[1] or name in ("min", "max", "hypot", "gcd", "lcm"):
            continue
        yield source.edit(first[0], second[1], texts[1] + ", " + texts[0])


def _truth(source: Source) -> Iterator[Edit]:
    in_template = source.syntax.in_template
    return source.swaps({"true": "false", "false": "true"}, lambda i: i not in in_template)


def _nextafter(source: Source) -> Iterator[Edit]:
    s = source.syntax
    for name, first, second in two_argument_calls(source.syntax):
        if name != "nextafter":
            continue
        direction = s.source(*second)
        if s[second[0]] == "-":
            yield source.until(second[0], second[0] + 1, "")
        elif "nfinity" in direction:
            yield source.edit(*second, "-" + direction)
        else:  # mirrored at the number itself
            yield source.edit(*second, f"2 * ({s.source(*first)}) - ({direction})")


def _enumerator(source: Source) -> Iterator[Edit]:
    s = source.syntax
    places: Dict[str, List[int]] = {}
    for i in range(2, len(s)):
        name = s[i]
        if s[i - 1] == "::" and s.kind(i) == "word" and name[0] == "k" and name[1:2].isupper() and s[i + 1] != "(":
            places.setdefault(s[i - 2], []).append(i)
    for found in places.values():
        names = list(dict.fromkeys(s[i] for i in found))
        for i in found:
            if len(names) > 1 and s[i + 1] != ":":  # labels of a switch stay distinct
                yield source.edit(i, i, names[(names.index(s[i]) + 1) % len(names)])


class Kind(NamedTuple):
    description: str
    edits: Callable[[Source], Iterator[Edit]]


KINDS: Dict[str, Kind] = {
    "arithmetic": Kind("+ and - swapped, * and / swapped", _arithmetic),
    "boundary": Kind("a comparison at its boundary: < and <=, > and >=", _boundary),
    "negation": Kind("a comparison negated: == and !=, < and >=, > and <=", _negation),
    "literal-up": Kind("an integer literal n becomes n + 1", _literal_up),
    "literal-down": Kind("an integer literal n becomes n - 1, from 1 on", _literal_down),
    "literal-doubled": Kind("a floating literal doubled; 0.0 becomes 1.0", _literal_doubled),
    "term": Kind("a term of a sum dropped", _term),
    "factor": Kind("a factor or divisor dropped", _factor),
    "sign": Kind("a sign dropped, or added before a difference or product", _sign),
    "logic": Kind("&& and || swapped", _logic),
    "not": Kind("! dropped", _not),
    "condition": Kind("a condition of if or ?: becomes true or false, that of a loop false", _condition),
    "min-max": Kind("std::min and std::max swapped", _min_max),
    "floor-ceil": Kind("std::floor and std::ceil swapped", _floor_ceil),
    "step": Kind("++ and -- swapped, not in the head of a for", _step),
    "compound": Kind("+= and -= swapped, *= and /= swapped, not in the head of a for", _compound),
    "statement": Kind("a call, an assignment or a throw dropped", _statement),
    "jump": Kind("return, break or continue in a branch dropped", _jump),
    "arguments": Kind("the two arguments of a call swapped", _arguments),
    "truth": Kind("true and false swapped", _truth),
    "nextafter": Kind("std::nextafter goes the other way", _nextafter),
    "enumerator": Kind("Enum::kOne becomes another enumerator that the file names", _enumerator),
}
