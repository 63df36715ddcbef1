"""Values of functions that everybody knows: at 0 and 1, and at the simple parts of the circle."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from calc_core.graph import MINUS_ONE, NUM, ONE, PI, ZERO, E, Node, Number, div, fn, neg, num
from calc_core.terms import HALF, split

_VALUES: dict[tuple[str, Node], Node] = {
    ("exp", ZERO): ONE,
    ("exp", ONE): E,
    ("ln", ONE): ZERO,
    ("ln", E): ONE,
    ("sqrt", ZERO): ZERO,
    ("sqrt", ONE): ONE,
    ("asin", ZERO): ZERO,
    ("atan", ZERO): ZERO,
    ("sinh", ZERO): ZERO,
    ("cosh", ZERO): ONE,
    ("tanh", ZERO): ZERO,
    ("asin", ONE): PI / 2,
    ("acos", ZERO): PI / 2,
    ("acos", ONE): ZERO,
    ("atan", ONE): PI / 4,
    ("atan", MINUS_ONE): neg(PI / 4),
}

# Functions whose values at rational numbers are rational.
_OF_NUMBERS: dict[str, Callable[..., Number]] = {
    "abs": abs,
    "sign": lambda u: (u > 0) - (u < 0),
    "floor": floor,
    "ceil": ceil,
    "min": min,
    "max": max,
    "relu": lambda u: max(u, 0),
}

_ROOT_2, _ROOT_3 = (div(fn("sqrt", num(n)), num(2)) for n in (2, 3))
# sin(k π/12) for the k at which it has a simple form, on the first quarter of the circle.
_SINES = {0: ZERO, 2: HALF, 3: _ROOT_2, 4: _ROOT_3, 6: ONE}


def known_value(name: str, args: tuple[Node, ...]) -> Node | None:
    """The value of a function at tidy arguments, if it is one that everybody knows.

    >>> known_value("cos", (PI,)) is MINUS_ONE
    True
    """
    if name in _OF_NUMBERS and all(a.op == NUM for a in args):
        return num(_OF_NUMBERS[name](*[a.data for a in args]))
    if len(args) != 1:
        return None
    if name in ("sin", "cos", "tan"):
        twelfths = _twelfths_of_pi(args[0])
        return None if twelfths is None else _circular(name, twelfths)
    return _VALUES.get((name, args[0]))


def _twelfths_of_pi(u: Node) -> int | None:
    """K with u = k π/12, if there is one."""
    coefficient, rest = split(u)
    turns = Fraction(coefficient) * 12
    if rest is PI and turns.denominator == 1:
        return turns.numerator
    return 0 if u is ZERO else None


def _circular(name: str, k: int) -> Node | None:
    if name == "tan":
        return {0: ZERO, 3: ONE, 9: MINUS_ONE}.get(k % 12)
    k = (k + 6 if name == "cos" else k) % 24
    half = k % 12
    value = _SINES.get(min(half, 12 - half))
    if value is None or value is ZERO:
        return value
    return _negative(value) if k >= 12 else value


def _negative(u: Node) -> Node:
    # Tidy: the sign belongs to the top of a fraction.
    return div(neg(u.args[0]), u.args[1]) if u.op == "div" else neg(u)
