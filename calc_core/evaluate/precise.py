"""Values to many digits, slowly: what decides where double precision is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from calc_core.graph import APP, AT, DOT, INTEGRAL, Node, discharge, inert_parts, postorder, sym
from calc_core.sympy_bridge import to_sympy

DIGITS = 60
# SymPy has no value for these, or none in reasonable time.
UNSUITABLE = (APP, AT, DOT, INTEGRAL)
# The central difference with step 10⁻¹⁵ has a relative error of about 10⁻³⁰.
STEP = sp.Float("1e-15", DIGITS)
AGREED = sp.Float("1e-12")
# Smaller than this is 0: the error of the central difference of a function of ordinary size.
NOTHING = sp.Float("1e-25")

Resolve = Callable[[Node], Node | None]


def precisely_equal(
    left: Node,
    right: Node,
    point: Mapping[str, float],
    resolve: Resolve,
    agreed: sp.Float = AGREED,
) -> bool | None:
    """Whether two expressions agree at a point; None if that cannot be told.

    ``agreed``  the relative difference that does not count, by default twelve digits.

    Inert derivatives are central differences; ``resolve`` gives a derivative-free form of the
    operand of a second derivative.
    """
    exact = {name: sp.Float(str(v), DIGITS) for name, v in point.items()}
    a, b = _value(left, exact, resolve), _value(right, exact, resolve)
    if a is None or b is None:
        return None
    return bool(abs(a - b) <= agreed * (abs(a) + abs(b)) + agreed * NOTHING / AGREED)


def _value(node: Node, point: Mapping[str, Any], resolve: Resolve) -> Any:
    """The real value of a scalar node, or None if it has none or cannot be had."""
    if any(n.op in UNSUITABLE for n in postorder(node)):
        return None
    table, known = {}, dict(point)
    for i, part in enumerate(inert_parts(node)):
        slope = _slope(part, point, resolve)
        if slope is None:
            return None
        table[part] = sym(f"_slope_{i}")
        known[f"_slope_{i}"] = slope
    values = {sp.Symbol(name, real=True): v for name, v in known.items()}
    try:
        number = to_sympy(discharge(node, table)).evalf(DIGITS, subs=values)
    except (ArithmeticError, TypeError, ValueError):
        # SymPy has its own ways of saying that there is no value: infinite, complex, undecided.
        return None
    return number if number.is_Float or number.is_Rational else None


def _slope(derivative: Node, point: Mapping[str, Any], resolve: Resolve) -> Any:
    u, x = derivative.args
    operand = resolve(u) if u.inert else u
    if operand is None:
        return None
    after = _value(operand, {**point, x.data: point[x.data] + STEP}, resolve)
    before = _value(operand, {**point, x.data: point[x.data] - STEP}, resolve)
    return None if after is None or before is None else (after - before) / (2 * STEP)
