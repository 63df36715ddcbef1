"""Area on a surface in space: the length of the cross product of its tangents."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import elementary, polynomial, tidied, vanishing
from calc_core.exercises.kinds.base import Draft, Kind
from calc_core.exercises.places import plain_point
from calc_core.exercises.plans import at_the_point
from calc_core.exercises.recipes import (
    Combine,
    by_all,
    derived_at,
    dotted,
    length,
    row_of,
    squares,
    total,
    vector,
)
from calc_core.exercises.tasks import at_point, defined, expression_of
from calc_core.exercises.work import Work
from calc_core.graph import (
    D,
    Node,
    Number,
    add,
    array,
    fn,
    mul,
    num,
    sym,
)

# The largest sum of squares under a root.
LARGEST_SQUARE = 400


def _surface(rng: Random, level: int) -> Draft:
    """1 and 2 graphs of polynomials, 3 graphs of functions, 4 and 5 surfaces in parameters."""
    names = ("u", "v")
    F = array((3,), [tidied(part) for part in _surface_parts(rng, level)])

    def accept(parts: Sequence[Number]) -> bool:
        found = [n.data for n in map(tidied, _cross([num(p) for p in parts]))]
        size = sum(c**2 for c in found)
        is_short = size.denominator == 1 and size <= LARGEST_SQUARE
        return bool(is_short and sum(c != 0 for c in found) > 1)

    here = plain_point(rng, names, by_all(F, names)(Engine()), F, accept)
    others: dict[str, Combine] = {
        "cross-for-length": lambda parts: row_of(_cross(parts)),
        "length-without-root": lambda parts: squares(_cross(parts)),
        "product-of-lengths": _product_of_lengths,
        "dot-for-cross": lambda parts: dotted(parts[::2], parts[1::2]),
        "components-added": lambda parts: total(_cross(parts)),
        "middle-sign-lost": lambda parts: length(_unsigned_cross(parts)),
    }
    work = at_the_point(Work(by_all(F, names)), here, lambda p: length(_cross(p)), others)
    expression = expression_of(F, names, "r")
    return Draft(
        rf"By what factor does {defined(expression)} turn small areas of the $uv$-plane near "
        rf"{at_point(here)} into areas on its surface? Give the exact number "
        r"$\lvert r_u \times r_v\rvert$.",
        FormulaAnswer(work, names, (F,), form="number"),
        lambda: derived_at(expression, D(F, vector(names)), ("J_{r}", "J_r"), here),
        r"The columns of the Jacobian are $r_u$ and $r_v$; the length of their cross product is "
        "the area of the parallelogram between them.",
    )


def _surface_parts(rng: Random, level: int) -> list[Node]:
    u, v = sym("u"), sym("v")
    if level <= 2:
        return [u, v, polynomial(rng, ("u", "v"), level + 1, level + 1)]
    if level == 3:
        height = mul(num(rng.randint(1, 3)), elementary(rng, vanishing(rng, ("u", "v"))))
        return [u, v, rng.choice((height, add(height, rng.choice((u, v)))))]
    a, b = num(rng.randint(1, 3)), num(rng.randint(1, 3))
    if level == 4:
        return rng.choice(
            (
                [a * u + v, u - b * v, u * v],
                [u**2, a * u * v, b * v**2],
                [u, a * u * v, v**2 + b * u],
                [a * u * v, u + v, u**2 - v],
            )
        )
    return rng.choice(
        (
            [u * fn("cos", v), u * fn("sin", v), a * v],
            [u * fn("cos", v), u * fn("sin", v), a * u**2],
            [u * fn("exp", v), a * u, b * v],
            [a * fn("exp", u), b * u * v, fn("sin", v)],
        )
    )


def _cross(parts: Sequence[Node]) -> list[Node]:
    """r_u × r_v from the Jacobian, row by row."""
    a, d, b, e, c, f = parts
    return [b * f - c * e, c * d - a * f, a * e - b * d]


def _unsigned_cross(parts: Sequence[Node]) -> list[Node]:
    a, d, b, e, c, f = parts
    return [b * f + c * e, c * d + a * f, a * e + b * d]


def _product_of_lengths(parts: Sequence[Node]) -> Node:
    return length(parts[::2]) * length(parts[1::2])


KINDS = (Kind("surface-area", "Area on a surface", "jacobian", _surface),)
