# SPDX-License-Identifier: Apache-2.0
"""Numeric literals of C++ and their near neighbours."""

import re
from decimal import Decimal

_INTEGER = re.compile(r"(0[xX][0-9a-fA-F]+|0[bB][01]+|0|[1-9][0-9]*)([uUlLzZ]*)$")
_FLOATING = re.compile(r"([0-9]*\.?[0-9]*)([eE][+-]?[0-9]+)?([fFlL]?)$")
_HEXADECIMAL = re.compile(r"(0[xX][0-9a-fA-F.]+[pP])([+-]?[0-9]+)([fFlL]?)$")


def shifted(literal: str, by: int) -> str:
    """The integer literal `literal` plus `by`, with its suffix; empty if it is none or the sum is negative."""
    match = _INTEGER.match(literal.replace("'", ""))
    if not match:
        return ""
    value = int(match.group(1), 0) + by
    return f"{value}{match.group(2)}" if value >= 0 else ""


def doubled(literal: str) -> str:
    """The floating literal `literal` times two, 1.0 for 0.0; empty if it is none."""
    plain = literal.replace("'", "")
    if shifted(plain, 1):
        return ""
    match = _HEXADECIMAL.match(plain)
    if match:
        return f"{match.group(1)}{int(match.group(2)) + 1}{match.group(3)}"
    match = _FLOATING.match(plain)
    if not match or match.group(1) in ("", "."):
        return ""
    value = Decimal(match.group(1))
    text = format(2 * value if value else Decimal("1.0"), "f")
    if not match.group(2) and "." not in text:
        text += ".0"
    return text + (match.group(2) or "") + match.group(3)
