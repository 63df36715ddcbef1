"""Integrals, which some people find in the place of derivatives."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.readings import (
    exponential,
    power_parts,
    raised,
    still_and_moving,
)
from calc_core.graph import (
    ADD,
    DIV,
    FN,
    MUL,
    NUM,
    ONE,
    POW,
    ZERO,
    Node,
    depends,
    div,
    fn,
    mul,
    neg,
    num,
    power,
)

_ANTIDERIVATIVES: dict[str, Callable[[Node], Node]] = {
    "sin": lambda u: neg(fn("cos", u)),
    "cos": lambda u: fn("sin", u),
    "exp": lambda u: fn("exp", u),
    "sinh": lambda u: fn("cosh", u),
    "cosh": lambda u: fn("sinh", u),
    "ln": lambda u: u * fn("ln", u) - u,
    "sqrt": lambda u: div(2 * u * fn("sqrt", u), num(3)),
}


def integral(u: Node, x: Node) -> Node | None:
    """An antiderivative by x, of what has one in the table; inner functions must be linear."""
    if not depends(u, x):
        return u * x if u is not ZERO else None
    if u is x:
        return div(x**2, num(2))
    if u.op == FN and u.data in _ANTIDERIVATIVES:
        return _over_slope(_ANTIDERIVATIVES[u.data](u.args[0]), u.args[0], x)
    parts = power_parts(u, x)
    if parts and parts[1].op == NUM and parts[1].data != -1:
        base, n = parts
        larger = raised(n, 1)
        return _over_slope(div(power(base, larger), larger), base, x)
    found = exponential(u, x)
    if found and u.op == POW:
        return _over_slope(div(u, fn("ln", found[0])), found[1], x)
    return _integral_of_quotient(u, x) if u.op == DIV and not depends(u.args[0], x) else None


def _integral_of_quotient(u: Node, x: Node) -> Node | None:
    """∫c/vⁿ for a linear v."""
    top, bottom = u.args
    base, n = power_parts(bottom, x) or (bottom, ONE)
    if n.op != NUM:
        return None
    if n is ONE:
        return _over_slope(top * fn("ln", fn("abs", base)), base, x)
    lowered = raised(n, -1)
    return _over_slope(neg(div(top, lowered * power(base, lowered))), base, x)


def _over_slope(found: Node, inner: Node, x: Node) -> Node | None:
    """∫f(a x + c) dx = F(a x + c)/a."""
    slope = _linear_slope(inner, x)
    return None if slope is None else found if slope is ONE else div(found, slope)


def _linear_slope(u: Node, x: Node) -> Node | None:
    """The factor a of u = a x + c, read off its form; None for anything else."""
    if u is x:
        return ONE
    if u.op == MUL:
        still, moving = still_and_moving(u, x)
        return mul(*still) if moving == [x] else None
    if u.op == ADD:
        moving = [t for t in u.args if depends(t, x)]
        return _linear_slope(moving[0], x) if len(moving) == 1 else None
    return None
