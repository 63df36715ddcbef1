"""The directional derivative, the tangent plane and the linear approximation."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from calc_core.composite import directional
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import function, is_sensible, plain_somewhere, tidied
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.gradients import point_of_gradient
from calc_core.exercises.kinds.in_powers import InPowers, in_powers, steps_from
from calc_core.exercises.kinds.letters import PLANE
from calc_core.exercises.places import values_at
from calc_core.exercises.plans import at_the_point
from calc_core.exercises.recipes import (
    Combine,
    Here,
    by_all,
    derived_at,
    dotted,
    known,
    length,
    put_in,
    row_of,
    vector,
)
from calc_core.exercises.tasks import at_point, defined, expression_of, listed, row
from calc_core.exercises.verdict import Verdict, diagnosis, judged
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import NUM, ONE, ZERO, D, Node, entries, num, substitute
from calc_core.printing import Text

# Directions whose length is a whole number.
DIRECTIONS = ((3, 4), (4, 3), (-3, 4), (4, -3), (-4, -3), (5, 12), (-12, 5), (8, -6), (6, 8))
# So much nearer to the value than the estimate is what was worked out by the function itself.
NEARER = 0.1
# The error of an estimate, and relative to a large value.
LEAST_ERROR, MOST_ERROR = 1e-3, 0.1
STEPS = (Fraction(1, 10), Fraction(-1, 10), Fraction(1, 5), Fraction(-1, 5), Fraction(3, 10))


# ── the slope in a direction ──────────────────────────────────────────────────────────────────────


def _directional(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the gradient needs."""
    names = rng.choice(PLANE)
    f = function(rng, names, level, raw=plain_somewhere)
    here = point_of_gradient(rng, f, names, least_moving=2)
    v = [num(c) for c in rng.choice(DIRECTIONS)]
    size = length(v)
    unit = [c / size for c in v]
    others: dict[str, Combine] = {
        "not-normalised": lambda parts: dotted(parts, v),
        "divided-by-square": lambda parts: dotted(parts, v) / size**2,
        "length-of-gradient": length,
        "products-not-added": lambda p: row_of([a * c for a, c in zip(p, unit, strict=True)]),
        "direction-exchanged": lambda parts: dotted(parts, unit[::-1]),
    }
    work = at_the_point(Work(by_all(f, names)), here, lambda p: dotted(p, unit), others)
    answer = FormulaAnswer(work, names, (f,), form="number")
    if answer.node is num(0):
        raise Degenerate
    expression = expression_of(f, names)
    place = [str(value.data) for value in here.values()]
    return Draft(
        rf"Find the slope of {defined(expression)}, per unit of length, at the point "
        rf"{at_point(here)} in the direction of ${row(v)}$.",
        answer,
        lambda: directional(expression, [c.data for c in v], place),
    )


# ── the tangent plane ─────────────────────────────────────────────────────────────────────────────


def _tangent_plane(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the gradient needs."""
    names = rng.choice(PLANE)
    f = function(rng, names, level, raw=plain_somewhere)
    here = point_of_gradient(rng, f, names, least_moving=2)
    height = values_at(f, here)
    if height is None:
        raise Degenerate
    slope, top = put_in(by_all(f, names), here), substitute(f, here)
    shown = in_powers(lambda away: _plane(slope, top, away), here)
    answer = InPowers(_plane_work(f, names, here), names, (f,), shown=shown)
    if not is_sensible(answer.node):
        raise Degenerate
    expression = expression_of(f, names)
    return Draft(
        rf"The graph $z = f({listed(names)})$ of {defined(expression)} has a tangent plane at "
        rf"{at_point(here)}. Write its $z$ as a formula in ${names[0]}$ and ${names[1]}$.",
        answer,
        lambda: derived_at(expression, D(f, vector(names)), (r"\nabla f", "∇f"), here),
        r"With the gradient at the point $a$, the plane is $z = f(a) + \nabla f(a)\,(x - a)$.",
    )


def _plane_work(f: Node, names: Sequence[str], here: Here) -> Work:
    slope, there = by_all(f, names), put_in(by_all(f, names), here)
    height = substitute(f, here)
    away = steps_from(here)
    slips = [
        Slip("height-forgotten", _plane(there, num(0), away)),
        Slip("not-shifted", _plane(there, height, list(here))),
        Slip("shifted-the-wrong-way", _plane(there, height, [x + a for x, a in here.items()])),
        Slip("derivative-not-at-point", _plane(slope, height, away)),
        Slip("slopes-exchanged", _plane(there, height, away[::-1])),
        Slip("height-not-at-point", _plane(there, f, away)),
        Slip("gradient-for-plane", there),
        Slip("function-for-plane", known(f)),
    ]
    return Work(_plane(there, height, away), tuple(slips), here)


def _plane(slope: Recipe, height: Node, away: Sequence[Node]) -> Recipe:
    return lambda engine: height + dotted(entries(slope(engine)), away)


# ── the linear approximation ──────────────────────────────────────────────────────────────────────


class Estimate(FormulaAnswer):
    """A decimal number near the value of a function, by the linear approximation."""

    approximates = True

    def text(self) -> str:
        """The estimate with a decimal point."""
        return str(Text(decimal=True)(self.node))

    def of_wrong(self, given: Node) -> Verdict:
        """As for any number; the value of the function itself, rounded, is known as such."""
        verdict = super().of_wrong(given)
        if given.free or [found.mistake for found in verdict.mistakes] == ["rounded"]:
            return verdict
        nodes = (given, self.node, self.roots[0])
        near, estimate, value = (float(self.values(u)[0, 0]) for u in nodes)
        if abs(near - value) < NEARER * abs(estimate - value):
            return judged(diagnosis("exact-value"))
        return verdict


def _linear_estimate(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the gradient needs."""
    names = rng.choice(PLANE)
    f = function(rng, names, level, raw=plain_somewhere)
    here = point_of_gradient(rng, f, names, least_moving=2)
    height = values_at(f, here)
    if height is None or height[0].op != NUM:
        raise Degenerate
    steps = [num(rng.choice(STEPS)) for _ in names]
    near = {x: tidied(a + h) for (x, a), h in zip(here.items(), steps, strict=True)}
    value = substitute(f, near)
    answer = Estimate(_estimate_work(f, names, here, steps, value), names, (value,), form="number")
    if answer.node is ZERO or not _ends_soon(answer.node):
        raise Degenerate
    if not _is_near(_number(answer, value), answer.node):
        raise Degenerate
    expression = expression_of(f, names)
    place = ", ".join(Text(decimal=True)(v) for v in near.values())
    return Draft(
        rf"Estimate $f({place})$ by the linear approximation of {defined(expression)} at "
        rf"{at_point(here)}. Do not round the result.",
        answer,
        lambda: derived_at(expression, D(f, vector(names)), (r"\nabla f", "∇f"), here),
        rf"The value itself is about ${_number(answer, value):.4f}$.",
    )


def _ends_soon(u: Node) -> bool:
    """Whether u is a number with at most three decimals."""
    return u.op == NUM and 1000 % u.data.denominator == 0


def _is_near(value: float, estimate: Node) -> bool:
    """Whether an estimate is good, but can be told from the value."""
    error = abs(value - float(estimate.data))
    return LEAST_ERROR < error < MOST_ERROR * max(1.0, abs(value))


def _number(answer: FormulaAnswer, u: Node) -> float:
    return float(answer.values(u)[0, 0])


def _estimate_work(
    f: Node, names: Sequence[str], here: Here, steps: Sequence[Node], value: Node
) -> Work:
    there = put_in(by_all(f, names), here)
    height = substitute(f, here)
    sizes = [num(abs(h.data)) for h in steps]
    slips = [
        Slip("exact-value", known(value)),
        Slip("height-forgotten", _plane(there, num(0), steps)),
        Slip("step-sign-lost", _plane(there, height, sizes)),
        Slip("slopes-exchanged", _plane(there, height, steps[::-1])),
        Slip("one-step-only", _plane(there, height, [steps[0], num(0)])),
        Slip("one-step-only", _plane(there, height, [num(0), steps[1]])),
        Slip("steps-not-multiplied", _plane(there, height, [ONE, ONE])),
        Slip("height-only", known(height)),
    ]
    return Work(_plane(there, height, steps), tuple(slips))


KINDS = (
    Kind("directional", "Directional derivative", "gradient", _directional),
    Kind("tangent-plane", "Tangent plane", "gradient", _tangent_plane),
    Kind("linear-estimate", "Linear approximation", "gradient", _linear_estimate),
)
