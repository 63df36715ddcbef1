"""The form that an answer has, apart from its value."""

from __future__ import annotations

from calc_core.graph import (
    ADD,
    CONST,
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    POW,
    Node,
    entries,
    fn,
    num,
    postorder,
    power,
    substitute,
)
from calc_core.light import lightly
from calc_core.terms import HALF
from calc_core.tidy import Tidier

# An answer may be so many times as long as the tidy one, and by so many nodes longer.
LONGER, MORE = 1.7, 4


def is_number(u: Node) -> bool:
    """Whether u is a number that is worked out: 6, −2/3, 2√5, π/4, 3 ln 2, but not 2·3.

    >>> from calc_core.parse import parse
    >>> [is_number(parse(text).node) for text in ("-2/3", "2*3", "2 sqrt(5)", "sqrt(4)", "5^(1/2)")]
    [True, False, True, False, True]
    """
    if u.free:
        return False
    u = _with_square_roots(u)
    tidy = Tidier()(u)[0]
    return u is tidy or _weight(u) <= _weight(tidy)


def _with_square_roots(u: Node) -> Node:
    """5^(1/2) as √5: two ways to write the same number."""
    table = {
        n: fn("sqrt", n.args[0])
        for n in postorder(u)
        if n.op == POW and Tidier()(n.args[1])[0] is HALF
    }
    return substitute(u, table) if table else u


def with_odd_roots(u: Node) -> Node:
    """x^(p/q) with an odd q as the real root of x^p, which has a value for negative x as well.

    >>> from calc_core.parse import parse
    >>> from calc_core.printing import Text
    >>> Text()(with_odd_roots(parse("x^(2/3) + sqrt(x)").node))
    'root(x, 3)² + sqrt(x)'
    """
    powers = [n for n in postorder(u) if n.op == POW and _is_odd_fraction(n.args[1])]
    table = {n: _rooted(*n.args) for n in reversed(powers)}
    for n, replaced in table.items():
        u = substitute(u, {n: replaced})
    return u


def _is_odd_fraction(exponent: Node) -> bool:
    return exponent.op == NUM and exponent.data.denominator > 1 and exponent.data.denominator % 2


def _rooted(base: Node, exponent: Node) -> Node:
    top, bottom = exponent.data.as_integer_ratio()
    return power(fn("root", base, num(bottom)), num(top))


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
    parts = [a for a in u.args if u.op != MUL or a is not MINUS_ONE]
    return (u.op in (FN, POW, DIV)) + sum(_weight(a) for a in parts)


def _has_loose_ends(u: Node) -> bool:
    """Whether a zero, a one or a product of two numbers was left standing."""
    if u.op in (ADD, MUL) and sum(a.op == NUM and a is not MINUS_ONE for a in u.args) > 1:
        return True
    is_tempting = u.op in (ADD, MUL, POW) and lightly(u) is not u
    if is_tempting and any(a.op == NUM and a.data in (0, 1) for a in u.args):
        return True
    return any(_has_loose_ends(a) for a in u.args)
