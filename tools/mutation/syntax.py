# SPDX-License-Identifier: Apache-2.0
"""What mutations need to know of the grammar: brackets, which operators are binary, how far an operand extends.

Heuristics, for code laid out by clang-format: where they are wrong a mutation does not compile, or is not made.
"""

from typing import Dict, List, Set

from mutation.tokenizer import Token, tokenize

_TYPES = {"auto", "bool", "char", "const", "constexpr", "double", "float", "int", "long", "short", "signed", "static",
          "unsigned", "void", "inline", "volatile", "mutable", "extern", "explicit", "virtual", "typename", "friend"}
_SCOPES = {"namespace", "struct", "class", "enum", "union", "extern"}
_CONTROL = {"if", "for", "while", "switch", "catch"}
_NO_OPERAND = _TYPES | _SCOPES | _CONTROL | {
    "return", "case", "throw", "else", "do", "new", "delete", "operator", "template", "using", "typedef", "sizeof",
    "co_return", "co_yield", "co_await", "goto", "try", "noexcept", "override", "final", "default", "public",
    "private", "protected", "requires", "concept"}

PRECEDENCE = {"*": 10, "/": 10, "%": 10, "+": 9, "-": 9, "<<": 8, ">>": 8, "<=>": 7, "<": 6, "<=": 6, ">": 6, ">=": 6,
              "==": 5, "!=": 5, "&": 4, "^": 3, "|": 2, "&&": 1, "||": 0}
ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="}
_ENDS_OPERAND = ASSIGNMENTS | {",", ";", "?", ":"}


class Syntax:
    """The tokens of a file; every other member speaks of tokens by their index."""

    def __init__(self, text: str):
        self.text = text
        self.tokens: List[Token] = tokenize(text)
        self.match: Dict[int, int] = {}  # a bracket's partner, both ways
        self.in_template: Set[int] = set()  # template brackets and what they hold
        self.template_brackets: Set[int] = set()
        self._match_brackets()
        self._match_templates()
        self._join_shifts()
        self.code_braces = []  # those that open statements, in order
        self._init_braces: Set[int] = set()
        self._sort_braces()

    def __getitem__(self, i: int) -> str:
        """The text of token i, empty beyond both ends."""
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def __len__(self) -> int:
        return len(self.tokens)

    def kind(self, i: int) -> str:
        return self.tokens[i].kind if 0 <= i < len(self.tokens) else ""

    def source(self, first: int, last: int) -> str:
        """The source text of tokens first..last."""
        return self.text[self.tokens[first].start:self.tokens[last].end]

    def space_before(self, i: int) -> bool:
        return 0 < i < len(self) and self.tokens[i - 1].end < self.tokens[i].start

    # Brackets.

    def _match_brackets(self):
        open_brackets = []
        for i, token in enumerate(self.tokens):
            if token.kind != "punct":
                continue
            if token.text in "([{":
                open_brackets.append(i)
            elif token.text in ")]}" and open_brackets:
                self._pair(open_brackets.pop(), i)

    def _pair(self, opening: int, closing: int):
        self.match[opening], self.match[closing] = closing, opening

    def _match_templates(self):
        for i in range(len(self)):
            if self[i] != "<" or i in self.in_template or self[i - 1] == "operator":
                continue
            if self[i - 1] != "template" and (self.kind(i - 1) != "word" or
                                              self.space_before(i) and self.space_before(i + 1)):
                continue
            found = self._template_end(i)
            for opening, closing in found:
                self._pair(opening, closing)
                self.template_brackets.update((opening, closing))
            if found:
                self.in_template.update(range(i, found[-1][1] + 1))

    def _template_end(self, i: int):
        """The pairs of template brackets from the one at i on, that one last; none if it is a comparison."""
        pairs, open_brackets = [], []
        while i < len(self):
            text = self[i]
            if text == "<":
                open_brackets.append(i)
            elif text == ">":
                pairs.append((open_brackets.pop(), i))
                if not open_brackets:
                    return pairs
            elif self.kind(i) == "punct":
                if text in ("(", "[", "{"):
                    i = self.match.get(i, len(self))
                elif text == "&&" and self[i + 1] not in (">", ",", "..."):
                    return []
                elif text not in ("::", ",", "*", "&", "&&", "...", "=") and not self[i - 1] == "operator":
                    return []
            i += 1
        return []

    def _join_shifts(self):
        """Two `>` side by side that close no template are a shift: taken out of all that looks for comparisons."""
        for i in range(len(self) - 1):
            first, second = self.tokens[i], self.tokens[i + 1]
            if (first.text == ">" and second.text in (">", ">=") and first.end == second.start and
                    i not in self.in_template):
                self.tokens[i] = first._replace(text=">" + second.text, end=second.end)
                self.tokens[i + 1] = Token("nothing", "", second.end, second.end)

    def _sort_braces(self):
        for i in range(len(self)):
            if self[i] != "{" or self.kind(i) != "punct" or i not in self.match:
                continue
            if self._is_initializer(i):
                self._init_braces.add(i)
            elif not self._is_scope(i):
                self.code_braces.append(i)

    def _is_initializer(self, i: int) -> bool:
        before = self[i - 1]
        if before in ASSIGNMENTS or before in ("(", ",", "[", "return", "?") or i - 1 in self._init_braces:
            return True
        if self.kind(i - 1) != "word" and i - 1 not in self.template_brackets or before in _NO_OPERAND - _TYPES:
            return False
        if before in _TYPES and before not in ("double", "int", "bool", "float", "char"):
            return False
        return not self._is_scope(i) and not self._is_return_type(i - 1)

    def _is_scope(self, i: int) -> bool:
        j = i - 1
        while j >= 0 and self[j] not in (";", "{", "}", ")"):
            if self[j] in _SCOPES and j not in self.in_template:
                return True
            j -= 1
        return False

    def _is_return_type(self, i: int) -> bool:
        """Whether token i ends the type behind an arrow: `[](double x) -> double {`."""
        while i >= 0 and (self.kind(i) == "word" or self[i] in ("::", "*", "&") or i in self.in_template):
            i -= 1
        return self[i] == "->" and self[i - 1] in (")", "]")

    # Operators.

    def is_operand_end(self, i: int) -> bool:
        if self.kind(i) in ("number", "string", "char"):
            return True
        if self.kind(i) == "word":
            return self[i] not in _NO_OPERAND
        if self[i] == ")":
            return self[self.match.get(i, 0) - 1] not in _CONTROL
        if self[i] == "}":
            return self.match.get(i) in self._init_braces
        return self[i] == "]"

    def is_binary(self, i: int) -> bool:
        """Whether the operator at i stands between two operands."""
        text = self[i]
        if self.kind(i) != "punct" or text not in PRECEDENCE or i in self.in_template or self[i - 1] == "operator":
            return False
        if not self.is_operand_end(i - 1) or self[i + 1] in (")", "]", "}", ",", ";", ">", "=", "..."):
            return False
        # `Type& name` and `Type* name` lean to one side, an operator to neither.
        return text not in ("*", "&", "&&") or self.space_before(i) == self.space_before(i + 1)

    def is_unary(self, i: int) -> bool:
        return (self.kind(i) == "punct" and self[i] in ("-", "+", "!") and i not in self.in_template and
                self[i - 1] != "operator" and not self.is_operand_end(i - 1))

    def operand_right(self, i: int, precedence: float) -> int:
        """The last token of the right operand of an operator at i."""
        j = i + 1
        while j < len(self):
            if self.match.get(j, j) < j or self.kind(j) == "punct" and self[j] in _ENDS_OPERAND:
                break
            if self.is_binary(j) and PRECEDENCE[self[j]] <= precedence:
                break
            j = self.match.get(j, j) + 1
        return j - 1

    def operand_left(self, i: int, precedence: float, nearest: bool = False) -> int:
        """The first token of the left operand of an operator at i; `nearest`: of its last term only."""
        j = i - 1
        while j >= 0:
            if self.match.get(j, j) > j or self.kind(j) == "punct" and self[j] in _ENDS_OPERAND:
                break
            if self[j] in (")", "}") and not self.is_operand_end(j):
                break
            if self.kind(j) == "word" and self[j] in ("return", "throw", "case", "else", "co_return"):
                break
            if self.is_binary(j) and (PRECEDENCE[self[j]] < precedence or
                                      nearest and PRECEDENCE[self[j]] == precedence):
                break
            j = self.match.get(j, j) - 1
        return j + 1

    # Ranges of tokens at bracket depth 0.

    def top_level(self, first: int, last: int):
        """Indices first..last without what is inside brackets (the brackets themselves are there)."""
        i = first
        while i <= last:
            yield i
            if self.match.get(i, i) > i:
                i = self.match[i]
            else:
                i += 1

    def split(self, first: int, last: int, separator: str):
        """Ranges (first, last) between separators at depth 0; an empty one has last < first."""
        begin = first
        for i in self.top_level(first, last):
            if self[i] == separator and self.kind(i) == "punct":
                yield begin, i - 1
                begin = i + 1
        yield begin, last

    def is_declaration(self, first: int, last: int) -> bool:
        """Whether first..last declares something: `Type name`, `const auto& name = ..`, or is a type alone."""
        if first > last or self[first] in _TYPES | _SCOPES | {"using", "typedef", "static_assert", "return"}:
            return True
        if self[last] in ("*", "&", "&&", "...") or last in self.template_brackets:
            return True
        for i in self.top_level(first + 1, last):
            if self[i] in ASSIGNMENTS or self.kind(i) == "string":
                return False
            if self.kind(i) != "word":
                continue
            before = i - 1
            if self.kind(before) == "word" and self[before] not in ("throw", "new", "delete"):
                return True
            if before in self.template_brackets or self[before] in ("*", "&", "&&") and not self.space_before(before):
                return True
        return False
