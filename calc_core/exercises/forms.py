"""The form that an answer has, apart from its value."""

from __future__ import annotations

from calc_core.graph import ADD, CONST, DIV, FN, MINUS_ONE, MUL, NUM, POW, Node, entries
from calc_core.light import lightly
from calc_core.tidy import Tidier

# An answer may be so many times as long as the tidy one, and by so many nodes longer.
LONGER, MORE = 1.7, 4


def is_number(u: Node) -> bool:
    """Whether u is a number that is worked out: 6, −2/3, 2√5, π/4, 3 ln 2, but not 2·3.

    >>> from calc_core.parse import parse
    >>> [is_number(parse(text).node) for text in ("-2/3", "2*3", "2 sqrt(5)", "sqrt(4)")]
    [True, False, True, False]
    """
    if u.free:
        return False
    tidy = Tidier()(u)[0]
    return u is tidy or _weight(u) <= _weight(tidy)


def is_simple(given: Node, tidy: Node) -> bool:
    """Whether a right answer is about as short as the tidy form, its own or the expected one.

    >>> from calc_core.parse import parse
    >>> f, g = parse("2x*3y + 0*x").node, parse("6x y").node
    >>> is_simple(f, g), is_simple(g, g)
    (False, True)
    """
    return all(
        _weight(a) <= max(LONGER * _weight(b), _weight(b) + MORE) and not _has_loose_ends(a)
        for a, b in zip(entries(given), entries(tidy), strict=True)
    )


def _weight(u: Node) -> int:
    """Numbers, letters and operations; a minus sign counts nothing."""
    if u.op in (NUM, CONST) or not u.args:
        return 1
    return (u.op in (FN, POW, DIV)) + sum(_weight(a) for a in u.args if a is not MINUS_ONE)


def _has_loose_ends(u: Node) -> bool:
    """Whether a zero, a one or a product of two numbers was left standing."""
    if u.op in (ADD, MUL) and sum(a.op == NUM and a is not MINUS_ONE for a in u.args) > 1:
        return True
    if lightly(u) is not u and u.op in (ADD, MUL, POW):
        return any(a.op == NUM and a.data in (0, 1) for a in u.args)
    return any(_has_loose_ends(a) for a in u.args)
