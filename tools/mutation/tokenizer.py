# SPDX-License-Identifier: Apache-2.0
"""C++ source text as tokens: comments and preprocessor lines are left out, literals are one token each."""

import re
from typing import List, NamedTuple


class Token(NamedTuple):
    """`kind` is word, number, string, char or punct; text[start:end] of the source is `text`."""

    kind: str
    text: str
    start: int
    end: int


# Longest first. `>>` is two tokens: whether it shifts or closes template brackets is found later.
_PUNCTUATION = ("<=>", "<<=", "->*", "...", "::", "->", "++", "--", "<<", "<=", ">=", "==", "!=", "&&", "||", "+=",
                "-=", "*=", "/=", "%=", "&=", "|=", "^=", ".*", "##")

_TOKEN = re.compile(
    r"""
    (?P<comment> //(?:[^\n\\]|\\.|\\\n)* | /\*.*?\*/ )
  | (?P<raw> (?:u8|[uUL])?R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)"\w* )
  | (?P<string> (?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"\w* )
  | (?P<char> (?:u8|[uUL])?'(?:[^'\\\n]|\\.)+'\w* )
  | (?P<number> \.?[0-9](?:[eEpP][+-]|'[0-9a-zA-Z]|[0-9a-zA-Z_.])* )
  | (?P<word> [A-Za-z_]\w* )
  | (?P<space> \s+ | \\\n )
  | (?P<punct> """ + "|".join(re.escape(text) for text in _PUNCTUATION) + r""" | . )
    """, re.VERBOSE | re.DOTALL)

_DIRECTIVE = re.compile(r"(?:/\*.*?\*/|\\.|[^\n\\])*", re.DOTALL)


def tokenize(text: str) -> List[Token]:
    """All tokens of `text`. Text that is no C++, such as an open string, comes out as single characters."""
    tokens = []
    position = 0
    line_is_blank = True  # so far: a `#` then begins a preprocessor line
    while position < len(text):
        if text[position] == "#" and line_is_blank:
            position = _DIRECTIVE.match(text, position).end()
            continue
        match = _TOKEN.match(text, position)
        kind = match.lastgroup if match.lastgroup != "delimiter" else "raw"
        if kind == "space":
            line_is_blank = line_is_blank or "\n" in match.group()
        elif kind != "comment":
            line_is_blank = False
            kind = "string" if kind == "raw" else kind
            tokens.append(Token(kind, match.group(), match.start(), match.end()))
        position = match.end()
    return tokens
