"""Functions of a number, quotients and multiples gone wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.exercises.wrong_laws.quotients import QUOTIENT_RULE, FractionRule
from calc_core.graph import (
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    POW,
    Node,
    add,
    depends,
    div,
    mul,
    neg,
    num,
    power,
)
from calc_core.matrix.nodes import DET, NORM, d
from calc_core.outer import partials


def _outside(u: Node, x: Node) -> tuple[Node, Node] | None:
    """(f'(v), v) of a number u = f(v)."""
    if u.shape or (u.op == FN and u.args[0].op == DET) or u.args[0].op == NORM:
        return None
    found = [(p, a) for p, a in partials(u, x) if depends(a, x)]
    return found[0] if len(found) == 1 else None


def outer_lost(u: Node, x: Node) -> Node | None:
    """d(f(v)) = dv."""
    found = _outside(u, x)
    return d(found[1], x) if found else None


def outer_kept(u: Node, x: Node) -> Node | None:
    """d(f(v)) = f(v) dv."""
    found = _outside(u, x)
    is_its_own = u.op == POW and u.args[0].op == "const"
    return u * d(found[1], x) if found and not is_its_own else None


def _exponent(change: Callable[[Node, Node], Node]) -> Wrong:
    def apply(u: Node, x: Node) -> Node | None:
        base, exponent = u.args
        if exponent.op != NUM or base.op == NORM or not depends(base, x):
            return None
        return change(base, exponent) * d(base, x)

    return apply


exponent_kept = _exponent(lambda v, n: n * power(v, n))
exponent_lost = _exponent(lambda v, n: power(v, num(n.data - 1)))


#: The rules for fractions of numbers, by differentials.
QUOTIENT = replace(QUOTIENT_RULE, derivative=d)
RECIPROCAL = FractionRule(
    {"": lambda c, v, dc, dv: neg(c * dv), "reciprocal-with-plus": lambda c, v, dc, dv: c * dv},
    top_moves=False,
    derivative=d,
)


def bottom_held(u: Node, x: Node) -> Node | None:
    """d(u/v) = du/v."""
    top, bottom = u.args
    if u.shape or not (depends(top, x) and depends(bottom, x)):
        return None
    return div(d(top, x), bottom)


def minus_lost(u: Node, x: Node) -> Node | None:
    """d(u − v) = du + dv."""
    turned = [mul(*t.args[1:]) if _is_minus(t) and depends(t, x) else t for t in u.args]
    moving = [t for t in turned if depends(t, x)]
    return add(*[d(t, x) for t in moving]) if tuple(turned) != u.args else None


def _is_minus(t: Node) -> bool:
    return t.op == MUL and t.args[0] is MINUS_ONE


def number_lost(u: Node, x: Node) -> Node | None:
    """A number in front, or below the bar, is lost."""
    if u.op == DIV:
        return d(u.args[0], x) if u.args[1].op == NUM and depends(u.args[0], x) else None
    numbers = [f for f in u.args if f.op == NUM and f is not MINUS_ONE]
    rest = [f for f in u.args if f not in numbers]
    moving = mul(*rest)
    return d(moving, x) if numbers and depends(moving, x) else None
