"""Taylor polynomials of second order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from calc_core.composite import quadratic
from calc_core.derive import Engine
from calc_core.exercises.functions import (
    coefficient,
    elementary,
    is_sensible,
    linear_in_all,
    monomial,
    plain_somewhere,
    polynomial,
    tidied,
)
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.gradients import are_small
from calc_core.exercises.kinds.in_powers import InPowers, in_powers, steps_from
from calc_core.exercises.kinds.letters import PLANE
from calc_core.exercises.places import Arithmetic, plain_point
from calc_core.exercises.recipes import Here, by_all, known, put_in, twice_by_all
from calc_core.exercises.tasks import at_point, defined, expression_of
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import (
    ONE,
    ZERO,
    Node,
    Number,
    add,
    array,
    div,
    entries,
    fn,
    mul,
    num,
    substitute,
    sym,
)
from calc_core.terms import HALF

LONGEST = 60


def taylor_work(f: Node, names: Sequence[str], here: Here) -> Work:
    """f(a) + ∇f(a)(x − a) + ½ (x − a)ᵀH(a)(x − a), and what is computed in its place."""
    slope, bend = by_all(f, names), twice_by_all(f, names)
    there, curved = put_in(slope, here), put_in(bend, here)
    height = substitute(f, here)
    away = steps_from(here)
    slips = [
        Slip("half-forgotten", _polynomial(height, there, curved, away, ONE, num(2))),
        Slip("half-on-squares-forgotten", _polynomial(height, there, curved, away, ONE, ONE)),
        Slip("cross-term-once", _polynomial(height, there, curved, away, HALF, HALF)),
        Slip("cross-term-twice", _polynomial(height, there, curved, away, HALF, num(2))),
        Slip("cross-term-forgotten", _polynomial(height, there, curved, away, HALF, ZERO)),
        Slip("first-order-only", _polynomial(height, there, curved, away, ZERO, ZERO)),
        Slip("height-forgotten", _polynomial(ZERO, there, curved, away, HALF, ONE)),
        Slip("linear-terms-forgotten", _polynomial(height, None, curved, away, HALF, ONE)),
        Slip("function-for-polynomial", known(f)),
    ]
    if any(a is not ZERO for a in here.values()):
        shifted = [x + a for x, a in here.items()]
        slips += [
            Slip("not-shifted", _polynomial(height, there, curved, list(here), HALF, ONE)),
            Slip("shifted-the-wrong-way", _polynomial(height, there, curved, shifted, HALF, ONE)),
        ]
    slips.append(Slip("derivative-not-at-point", _polynomial(height, slope, bend, away, HALF, ONE)))
    return Work(_polynomial(height, there, curved, away, HALF, ONE), tuple(slips), here)


def _polynomial(
    height: Node,
    slope: Recipe | None,
    bend: Recipe,
    away: Sequence[Node],
    on_squares: Node,
    on_cross: Node,
) -> Recipe:
    """The polynomial with these factors at the squares and at the term in xy."""
    x, y = away

    def recipe(engine: Engine) -> Node:
        first = entries(slope(engine)) if slope else (ZERO, ZERO)
        xx, xy, _, yy = entries(bend(engine))
        linear = (first[0] * x, first[1] * y)
        second = (on_squares * xx * x**2, on_cross * xy * x * y, on_squares * yy * y**2)
        return add(height, *linear, *second)

    return recipe


# ── at the origin ─────────────────────────────────────────────────────────────────────────────────


def _at_origin(rng: Random, level: int) -> Draft:
    """1 polynomials, 2 functions of one variable, 3 of a linear one, 4 products, 5 ln and roots."""
    names = rng.choice(PLANE)
    f = tidied(_smooth_at_origin(rng, names, level))
    origin = {sym(name): ZERO for name in names}
    if f.free != set(names):
        raise Degenerate
    parts = Arithmetic(dict.fromkeys(names, 0)).all(_jet(f, names).args)
    if parts is None or not _is_worth_it(parts):
        raise Degenerate
    return _draft(f, names, origin)


def _smooth_at_origin(rng: Random, names: tuple[str, ...], level: int) -> Node:
    x, y = (sym(name) for name in rng.sample(names, 2))
    if level == 1:
        return polynomial(rng, names, 5, 4)
    if level == 2:
        first = mul(num(rng.randint(1, 4)), elementary(rng, x))
        return add(first, mul(num(coefficient(rng, 3)), elementary(rng, tidied(num(2) * y))), x * y)
    if level == 3:
        return mul(num(rng.randint(1, 4)), elementary(rng, linear_in_all(rng, names)))
    if level == 4:
        front = rng.choice((add(num(1), x), add(num(2), y), elementary(rng, x), x))
        return mul(front, elementary(rng, rng.choice((y, linear_in_all(rng, names)))))
    inside = add(num(1), linear_in_all(rng, names))
    outer = rng.choice((fn("ln", inside), fn("sqrt", inside), div(ONE, inside)))
    return rng.choice((outer, mul(add(num(1), x), outer), add(outer, elementary(rng, x * y))))


# ── at a point ────────────────────────────────────────────────────────────────────────────────────


def _at_a_point(rng: Random, level: int) -> Draft:
    """1 quadratic, 2 cubic, 3 with a function of one variable, 4 and 5 of any."""
    names = rng.choice(PLANE)
    f = tidied(_smooth_elsewhere(rng, names, level))
    if f.free != set(names):
        raise Degenerate
    here = plain_point(rng, names, _jet(f, names), f, _is_worth_it)
    return _draft(f, names, here)


def _smooth_elsewhere(rng: Random, names: tuple[str, ...], level: int) -> Node:
    x, y = (sym(name) for name in rng.sample(names, 2))
    if level <= 2:
        return polynomial(rng, names, level + 2, level + 2)
    if level == 3:
        single = rng.choice((fn("ln", x), fn("exp", x), div(ONE, x)))
        return add(mul(num(rng.randint(1, 4)), y, single), monomial(rng, names, 2))
    if level == 4:
        return elementary(rng, rng.choice((x - y, x * y, x - 2 * y)))
    return plain_somewhere(rng, names, 4)


# ── both ──────────────────────────────────────────────────────────────────────────────────────────


def _jet(f: Node, names: Sequence[str]) -> Node:
    """The value, the gradient and the Hessian in one row."""
    engine = Engine()
    parts = [f, *entries(by_all(f, names)(engine)), *entries(twice_by_all(f, names)(engine))]
    return array((len(parts),), parts)


def _is_worth_it(parts: Sequence[Number]) -> bool:
    """Whether value, slopes and curvatures are small, and some term of each order is there."""
    value, *others = parts
    if not are_small(others) or not -30 <= value <= 30:
        return False
    return any(others[:2]) and any(others[2:])


def _draft(f: Node, names: tuple[str, ...], here: dict[Node, Node]) -> Draft:
    there, bend = put_in(by_all(f, names), here), put_in(twice_by_all(f, names), here)
    height = substitute(f, here)
    shown = in_powers(lambda away: _polynomial(height, there, bend, away, HALF, ONE), here)
    answer = InPowers(taylor_work(f, names, here), names, (f,), shown=shown)
    if not is_sensible(answer.node, LONGEST) or answer.values.equality(answer.node, f).is_equal:
        raise Degenerate
    expression = expression_of(f, names)
    place = [str(value.data) for value in here.values()]
    return Draft(
        rf"Find the Taylor polynomial of second order of {defined(expression)} at "
        rf"{at_point(here)}.",
        answer,
        lambda: quadratic(expression, place),
    )


KINDS = (
    Kind("taylor-origin", "Taylor polynomial at the origin", "hessian", _at_origin),
    Kind("taylor-point", "Taylor polynomial at a point", "hessian", _at_a_point),
)
