"""Constants, other variables and signs gone wrong."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.exercises.wrong_laws.readings import still_and_moving
from calc_core.graph import (
    ADD,
    DIV,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    ZERO,
    D,
    Node,
    add,
    depends,
    div,
    mul,
    sym,
)


def numbers_lost(u: Node, x: Node) -> Node | None:
    """(3 u)' = u'."""
    if u.op == DIV:
        top = u.args[0]
        kept = mul(*[f for f in top.args if not _is_factor(f)]) if top.op == MUL else top
        return D(div(kept, u.args[1]), x) if kept is not top else None
    numbers = [f for f in u.args if _is_factor(f)]
    rest = [f for f in u.args if f not in numbers]
    return D(mul(*rest), x) if numbers and depends(mul(*rest), x) else None


def _is_factor(u: Node) -> bool:
    """Whether u is a number other than a sign."""
    return u.op == NUM and u is not MINUS_ONE


def letters_lost(u: Node, x: Node) -> Node | None:
    """(c u)' = u'."""
    still, moving = still_and_moving(u, x)
    letters = [f for f in still if f.free]
    kept = [f for f in still if f not in letters]
    return mul(*kept, D(mul(*moving), x)) if letters and moving else None


def still_factor_differentiated(u: Node, x: Node) -> Node | None:
    """(c u)' = c' u' with c' = 0."""
    still, moving = still_and_moving(u, x)
    return ZERO if any(f.free for f in still) and moving else None


def _still_terms(replaced: Callable[[Node], Node], most: int = 9) -> Wrong:
    """Terms that do not move, so many at most, taken to something else than 0."""

    def apply(u: Node, x: Node) -> Node | None:
        if not 0 < sum(not depends(t, x) for t in u.args) <= most:
            return None
        return add(*[D(t, x) if depends(t, x) else replaced(t) for t in u.args])

    return apply


terms_kept = _still_terms(lambda t: t)
term_to_one = _still_terms(lambda t: ONE, most=1)


def others_move(u: Node, x: Node) -> Node | None:
    """Other variables are differentiated as well, each by itself, factor by factor."""
    if u.op == ADD:
        still = [t for t in u.args if not depends(t, x) and t.free]
        if not still:
            return None
        return add(*[_by_itself(t) if t in still else D(t, x) for t in u.args])
    factors, moving = still_and_moving(u, x)
    letters = [f for f in factors if f.free]
    if not letters or not moving:
        return None
    numbers = [f for f in factors if not f.free]
    return mul(*numbers, *[_by_itself(f) for f in letters], D(mul(*moving), x))


def _by_itself(u: Node) -> Node:
    # Of b y the y is the more likely to be taken for a variable.
    return D(u, sym(max(u.free)))


def kept(u: Node, x: Node) -> Node | None:
    """The derivative of u as u itself."""
    return u if depends(u, x) else None


def minus_lost(u: Node, x: Node) -> Node | None:
    """(−u)' = u'."""
    if u.args[0] is not MINUS_ONE or not depends(u, x):
        return None
    return D(mul(*u.args[1:]), x)


def minus_lost_in_sum(u: Node, x: Node) -> Node | None:
    """(u − v)' = u' + v'."""
    turned = [mul(*t.args[1:]) if _is_minus(t) and depends(t, x) else t for t in u.args]
    return D(add(*turned), x) if tuple(turned) != u.args else None


def _is_minus(t: Node) -> bool:
    return t.op == MUL and t.args[0] is MINUS_ONE
