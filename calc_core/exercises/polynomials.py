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
    polynomial = _Sampled(u, here)
    try:
        found = tidied(add(*polynomial.terms()))
        return found if all(polynomial.agrees(found, probe) for probe in PROBES) else None
    except (ArithmeticError, ValueError):
        return None


class _Sampled:
    """A formula, by its exact values some steps from a point; ValueError where it has none."""

    def __init__(self, u: Node, here: Mapping[Node, Node]) -> None:
        self.u, self.here = u, here
        self.names = list(here)

    def value(self, steps: Sequence[int]) -> Fraction:
        """The value after a step in each variable."""
        places = zip(self.here.items(), steps, strict=True)
        table = {x: num(_rational(a) + step) for (x, a), step in places}
        return _rational(tidied(substitute(self.u, table)))

    def terms(self) -> list[Node]:
        """The terms, if it is a polynomial of second order, by its differences."""
        n = len(self.names)
        height = self.value([0] * n)
        ahead = {x: self.value(_axes(n, k)) for k, x in enumerate(self.names)}
        found: dict[tuple[Node, ...], Fraction] = {(): height}
        for k, x in enumerate(self.names):
            behind = self.value([-step for step in _axes(n, k)])
            found[x,] = (ahead[x] - behind) / 2
            found[x, x] = (ahead[x] + behind) / 2 - height
        for (i, x), (j, y) in combinations(enumerate(self.names), 2):
            found[x, y] = self.value(_axes(n, i, j)) - ahead[x] - ahead[y] + height
        return [mul(num(c), *factors) for factors, c in found.items() if c]

    def agrees(self, polynomial: Node, probe: Sequence[int]) -> bool:
        """Whether the polynomial, with x for the step x − a, has the same value there."""
        steps = probe[: len(self.names)]
        there = substitute(polynomial, dict(zip(self.names, map(num, steps), strict=True)))
        return _rational(tidied(there)) == self.value(steps)


def _axes(n: int, *along: int) -> list[int]:
    """One step along each of these axes, of n."""
    return [int(k in along) for k in range(n)]


def _rational(u: Node) -> Fraction:
    if u.op != NUM:
        raise ValueError
    return Fraction(u.data)
