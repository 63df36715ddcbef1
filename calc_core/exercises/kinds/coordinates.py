"""Determinants of other coordinates: polar, elliptic, cylindrical, spherical."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from calc_core.calculus import jacobian
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import is_sensible, tidied
from calc_core.exercises.kinds.areas import determinant_slips
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.recipes import (
    by_all,
    determinant_of,
    determinant_terms,
)
from calc_core.exercises.tasks import column, expression_of, listed
from calc_core.exercises.work import Recipe, Work
from calc_core.graph import (
    Node,
    add,
    array,
    div,
    entries,
    fn,
    num,
    sym,
)

LONGEST = 30

#: The names of the new coordinates, and x, y (and z) as functions of them.
System = tuple[tuple[str, ...], list[Node]]


def _polar(rng: Random) -> System:
    r, angle = rng.choice((("r", "phi"), ("rho", "theta"), ("r", "t")))
    a = num(rng.randint(1, 4))
    found = [a * sym(r) * fn("cos", sym(angle)), a * sym(r) * fn("sin", sym(angle))]
    return _in_some_order(rng, (r, angle)), found


def _elliptic(rng: Random) -> System:
    r, angle = rng.choice((("r", "phi"), ("rho", "theta"), ("r", "t")))
    a, b = (num(n) for n in rng.sample(range(1, 7), 2))
    shift = num(rng.randint(-3, 3))
    found = [a * sym(r) * fn("cos", sym(angle)) + shift, b * sym(r) * fn("sin", sym(angle))]
    return _in_some_order(rng, (r, angle)), found


def _curvilinear(rng: Random) -> System:
    u, v = sym("u"), sym("v")
    a, b = num(rng.randint(1, 3)), num(rng.randint(1, 3))
    found = rng.choice(
        (
            [a * (u**2 - v**2), b * u * v],
            [a * u / v, b * u * v],
            [a * fn("exp", u) * fn("cos", v), a * fn("exp", u) * fn("sin", v)],
            [a * u * (1 - v), b * u * v],
            [a * fn("cosh", u) * fn("cos", v), a * fn("sinh", u) * fn("sin", v)],
        )
    )
    return _in_some_order(rng, ("u", "v")), found


def _cylindrical(rng: Random) -> System:
    r, angle, z = sym("r"), sym("phi"), sym("z")
    a, b, c = (num(rng.randint(1, 3)) for _ in range(3))
    names = rng.choice((("r", "phi", "z"), ("phi", "r", "z"), ("r", "z", "phi")))
    return names, [a * r * fn("cos", angle), b * r * fn("sin", angle), c * z]


def _spherical(rng: Random) -> System:
    r, polar, angle = sym("r"), sym("theta"), sym("phi")
    a, b, c = (num(n) for n in rng.choice(((1, 1, 1), (1, 1, 2), (2, 3, 1), (2, 2, 2), (1, 2, 3))))
    names = rng.choice((("r", "theta", "phi"), ("r", "phi", "theta")))
    flat = r * fn("sin", polar)
    return names, [
        a * flat * fn("cos", angle),
        b * flat * fn("sin", angle),
        c * r * fn("cos", polar),
    ]


def _over_the_sphere(whole: Recipe) -> Recipe:
    """The determinant with r² sin θ taken out, so that sin²θ + cos²θ is seen."""
    taken = sym("r") ** 2 * fn("sin", sym("theta"))

    def recipe(engine: Engine) -> Node:
        terms = determinant_terms(engine, entries(whole(engine)))
        return taken * add(*[engine.tidy(div(term, taken))[0] for term in terms])

    return recipe


def _in_some_order(rng: Random, names: tuple[str, ...]) -> tuple[str, ...]:
    return names if rng.random() < 0.7 else names[::-1]


SYSTEMS: dict[int, Callable[[Random], System]] = {
    1: _polar,
    2: _elliptic,
    3: _curvilinear,
    4: _cylindrical,
    5: _spherical,
}


def _coordinates(rng: Random, level: int) -> Draft:
    """1 polar, 2 elliptic, 3 other coordinates of the plane, 4 cylindrical, 5 spherical."""
    names, parts = SYSTEMS[level](rng)
    F = array((len(parts),), [tidied(part) for part in parts])
    whole = by_all(F, names)
    plan = determinant_of(whole) if level < 5 else _over_the_sphere(whole)
    answer = FormulaAnswer(Work(plan, determinant_slips(whole)), names, (F,), form="simple")
    if not answer.node.free or not is_sensible(answer.node, LONGEST):
        raise Degenerate
    old = "xyz"[: len(parts)]
    expression = expression_of(F, names)
    below = listed(names)
    given = f"{column([sym(name) for name in old])} = {column(F.args)}"
    what = "volumes" if len(parts) == 3 else "areas"
    return Draft(
        rf"Find the determinant $\dfrac{{\partial({', '.join(old)})}}{{\partial({below})}}$ for "
        rf"the coordinates ${given}$, and simplify it.",
        answer,
        lambda: jacobian(expression),
        rf"Its absolute value is the factor by which {what} change.",
    )


KINDS = (Kind("coordinates", "Areas and volumes in other coordinates", "jacobian", _coordinates),)
