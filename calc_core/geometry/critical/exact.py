"""Exact coordinates: guessed and checked, or from the ideal that the gradient spans.

Source: D. Cox, J. Little, D. O'Shea, *Ideals, Varieties, and Algorithms* (4th ed. 2015), ch. 3: the
elimination ideal of one variable holds a polynomial whose roots are all the values that the
variable can have at a common zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor, isfinite, log, pi
from typing import Any

import sympy as sp

from calc_core.calculus import Function
from calc_core.geometry.critical.problem import Problem, problem
from calc_core.geometry.critical.result import Interval
from calc_core.graph import PI, ZERO, Node, fn, mul, neg, num, substitute, sym
from calc_core.sympy_bridge import to_sympy
from calc_core.tidy import Tidier

# Numbers that a person would recognise.
LARGEST_DENOMINATOR = 1000
LARGEST_FACTOR = 24
MOST_GUESSES = 64


def guess(of: Problem, enclosure: dict[str, Interval]) -> dict[str, Node] | None:
    """A point in the enclosure at which the gradient is 0 exactly: fractions, √, π and powers of e.

    The gradient is evaluated by the tidier, in exact arithmetic.
    """
    candidates = [list(_candidates(*enclosure[name])) for name in of.names]
    tidier = Tidier()
    for values in islice(product(*candidates), MOST_GUESSES):
        point = dict(zip(of.names, values, strict=True))
        table = {sym(name): value for name, value in point.items()}
        if all(tidier(substitute(slope, table))[0] is ZERO for slope in of.slopes):
            return point
    return None


def as_sympy(point: dict[str, Node]) -> dict[str, Any]:
    """The coordinates as SymPy numbers."""
    return {name: to_sympy(value) for name, value in point.items()}


def _candidates(low: float, high: float) -> Iterator[Node]:
    """Numbers with a short name between low and high."""
    plain = simplest(low, high)
    if plain.denominator <= LARGEST_DENOMINATOR:
        yield num(plain)
    turn = simplest(low / pi - 1e-15, high / pi + 1e-15)
    if turn and turn.denominator <= LARGEST_FACTOR:
        yield Tidier()(mul(num(turn), PI))[0]
    if low > 0 or high < 0:
        near, far = sorted((abs(low), abs(high)))
        square = simplest(near * near * (1 - 1e-15), far * far * (1 + 1e-15))
        if square.denominator <= LARGEST_DENOMINATOR:
            root = fn("sqrt", num(square))
            yield root if low > 0 else neg(root)
    if low > 0 and isfinite(high):
        order = simplest(log(low) - 1e-15, log(high) + 1e-15)
        if order and order.denominator <= LARGEST_FACTOR and abs(order) < LARGEST_FACTOR:
            yield fn("exp", num(order))


def simplest(low: float, high: float) -> Fraction:
    """The fraction of least denominator between low and high.

    >>> simplest(0.3, 0.34), simplest(-1e-9, 1e-9)
    (Fraction(1, 3), Fraction(0, 1))
    """
    return _simplest(Fraction(low), Fraction(high))


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    if low <= 0 <= high:
        return Fraction(0)
    if high < 0:
        return -_simplest(-high, -low)
    whole = ceil(low)
    if whole <= high:
        return Fraction(whole)
    base = floor(low)
    return base + 1 / _simplest(1 / (high - base), 1 / (low - base))


def exact_coordinates(f: Function) -> dict[str, list[Any]] | None:
    """All the real values that each variable can have at a critical point, for polynomials.

    A factor such as e^(−x²), which is never 0, does no harm.  None if the gradient is otherwise no
    polynomial with rational coefficients, or its zeros are not finitely many.  A Gröbner basis may
    take for ever: call it through :func:`calc_core.run`, and hand the result to
    :meth:`CriticalPoints.with_exact`.

    >>> exact_coordinates("x^3 - 3x")
    {'x': [-1, 1]}
    """
    given = problem(f)
    variables = [sp.Symbol(name, real=True) for name in given.names]
    polynomials = [_polynomial(to_sympy(slope), variables) for slope in given.slopes]
    if any(p is None for p in polynomials):
        return None
    basis = sp.groebner(polynomials, *variables, order="grevlex")
    if not basis.is_zero_dimensional:
        return None
    return {v.name: _roots(_eliminant(basis, v, variables)) for v in variables}


def _polynomial(slope: Any, variables: list[Any]) -> Any:
    """The numerator without factors that have no zero, if it is a polynomial."""
    numerator = sp.factor(sp.numer(sp.together(slope)))
    factors = [part for part in sp.Mul.make_args(numerator) if not isinstance(part, sp.exp)]
    rest = sp.Mul(*factors)
    if not rest.is_polynomial(*variables):
        return None
    domain = sp.Poly(rest, *variables).domain
    return rest if domain.is_QQ or domain.is_ZZ else None


def _eliminant(basis: Any, variable: Any, variables: list[Any]) -> Any:
    """The polynomial of the variable alone in the ideal of the basis."""
    others = [v for v in variables if v != variable]
    order = [*others, variable]
    lexical = sp.groebner(basis.exprs, *order, order="lex") if others else basis
    return next(sp.Poly(e, variable) for e in lexical.exprs if e.free_symbols <= {variable})


def _roots(polynomial: Any) -> list[Any]:
    """The real roots, each once."""
    if polynomial.is_ground:
        return []
    return list(dict.fromkeys(polynomial.real_roots()))
