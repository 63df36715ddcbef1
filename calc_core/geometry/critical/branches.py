"""The smooth functions that a function with corners is made of.

Where f is one of f₁, …, f_k at every point, all differentiable, and f is differentiable at p, then
∇f(p) is one of the ∇f_i(p): along every ray some f_i agrees with f at points as close to p as one
likes, so that every direction lies in one of finitely many hyperplanes (∇f(p) − ∇f_i(p))·d = 0, and
these do not fill the space.  If no ∇f_i is 0 in a box, then f has no critical point in it.

Source: S. Scholtes, *Introduction to Piecewise Differentiable Equations* (2012), §4.1.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from calc_core.derive import Engine
from calc_core.evaluate.interval import compile_intervals
from calc_core.geometry.critical.problem import Bools, Boxes, Problem
from calc_core.graph import (
    FN,
    MINUS_ONE,
    ONE,
    PIECEWISE,
    ZERO,
    D,
    Node,
    cases,
    neg,
    postorder,
    substitute,
    sym,
)

MOST = 16


def without_zero(problem: Problem, boxes: Boxes) -> Bools:
    """In which boxes no smooth piece of f has a critical point."""
    free = np.full(len(boxes), True)
    pieces = _pieces(problem.f)
    if pieces is None:
        return ~free
    engine = Engine()
    for piece in pieces:
        slopes = [engine.derive(D(piece, sym(name))).result for name in problem.names]
        values = compile_intervals([piece, *slopes], problem.names)(boxes.low, boxes.high)
        # The piece must be smooth in its turn: it and its slopes are sure.
        away = np.full(len(boxes), False)
        for value in values:
            free &= value.sure
        for slope in values[1:]:
            away |= (slope.low > 0) | (slope.high < 0)
        free &= away
    return free


def _pieces(f: Node) -> list[Node] | None:
    """What f may be, one choice for each corner; None for too many, or for steps without end."""
    found = [f]
    for node in reversed(list(postorder(f))):
        choices = _choices(node)
        if choices is None:
            return None
        if choices:
            found = [substitute(u, {node: c}) for u, c in product(found, choices)]
            found = list(dict.fromkeys(found))
        if len(found) > MOST:
            return None
    return found


def _choices(node: Node) -> list[Node] | None:
    """The functions that a part with a corner may be; none for a smooth part."""
    if node.op == PIECEWISE:
        return [value for value, _ in cases(node)]
    if node.op != FN:
        return []
    u = node.args[0]
    if node.data in ("floor", "ceil"):
        return None
    table = {
        "abs": [u, neg(u)],
        "sign": [ONE, MINUS_ONE],
        "heaviside": [ONE, ZERO],
        "relu": [u, ZERO],
        "min": list(node.args),
        "max": list(node.args),
    }
    return table.get(node.data, [])
