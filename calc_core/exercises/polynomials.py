"""Polynomials of second order, by their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from calc_core.exercises.functions import tidied
from calc_core.graph import NUM, Node, add, mul, num, substitute

# Where a polynomial of second order must have the value that its coefficients say.
PROBES = ((2, 3, 5, 7), (-3, 1, -2, 4))


def in_steps(u: Node, here: Mapping[Node, Node]) -> Node | None:
    """A polynomial of second order at most, tidied, with x in the place of the step x − a.

    ``here``  the variables and the point.  None if u is no such polynomial.

    >>> from calc_core.graph import sym
    >>> from calc_core.parse import parse
    >>> from calc_core.printing import Text
    >>> here = {sym("x"): num(1), sym("y"): num(0)}
    >>> print(Text()(in_steps(parse("x^2 + x y").node, here)))
    1 + 2x + x² + y + x·y
    >>> in_steps(parse("x^3").node, here) is None
    True
    """
    names = list(here)
    axes = [tuple(int(i == k) for i in range(len(names))) for k in range(len(names))]

    def value(steps: Sequence[int]) -> Fraction:
        place = {
            x: num(_rational(a) + step) for (x, a), step in zip(here.items(), steps, strict=True)
        }
        return _rational(tidied(substitute(u, place)))

    try:
        height = value([0] * len(names))
        found: dict[tuple[Node, ...], Fraction] = {(): height}
        for x, axis in zip(names, axes, strict=True):
            ahead, behind = value(axis), value([-step for step in axis])
            found[x,] = (ahead - behind) / 2
            found[x, x] = (ahead + behind) / 2 - height
        for (x, one), (y, other) in combinations(list(zip(names, axes, strict=True)), 2):
            corner = value([a + b for a, b in zip(one, other, strict=True)])
            found[x, y] = corner - value(one) - value(other) + height
        terms = [mul(num(c), *factors) for factors, c in found.items() if c]
        polynomial = tidied(add(*terms))
        for probe in PROBES:
            steps = [num(step) for step in probe[: len(names)]]
            at = substitute(polynomial, dict(zip(names, steps, strict=True)))
            if _rational(tidied(at)) != value(probe[: len(names)]):
                return None
    except (ArithmeticError, ValueError):
        return None
    return polynomial


def _rational(u: Node) -> Fraction:
    if u.op != NUM:
        raise ValueError
    return Fraction(u.data)
