"""Gradients: as a formula, at a point, and what they say about the steepest way up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import gcd, isqrt, lcm
from random import Random

from calc_core.calculus import gradient
from calc_core.composite import steepest_ascent
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import function, is_sensible, plain_somewhere
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.letters import PAIRS, PLANE, TRIPLES
from calc_core.exercises.places import plain_point
from calc_core.exercises.plans import at_the_point
from calc_core.exercises.recipes import (
    Combine,
    Here,
    by,
    by_all,
    combined,
    derived_at,
    known,
    length,
    of_several,
    row_of,
    squares,
    total,
    vector,
)
from calc_core.exercises.tasks import at_point, defined, expression_of
from calc_core.exercises.verdict import Verdict, diagnosis, judged
from calc_core.exercises.work import Slip, Work
from calc_core.graph import NUM, D, Node, Number, neg

# The largest sum of squares under a root; the largest entry of a gradient at a point, and the
# largest denominator.
LARGEST_SQUARE, LARGEST_ENTRY, MOST_PARTS = 400, 30, 4
# A direction (p, q) in whole numbers is easy to write with length 1 where p² + q² is small.
SHORT_SQUARE = 30
# So much two directions differ by rounding; what tells more of a vector than its length.
NEAR = 1e-9
TOLD = ("rounded", "divided-by-square", "coordinates-exchanged")


def gradient_work(f: Node, names: Sequence[str]) -> Work:
    """∇f as a row, and what is computed in its place."""
    slips = (
        Slip("gradient-added", combined(by_all(f, names), total)),
        Slip("not-differentiated", known(f)),
        Slip("differentiated-twice", of_several([by(f, x, x) for x in names], row_of)),
    )
    return Work(by_all(f, names), slips)


def are_small(parts: Sequence[Number]) -> bool:
    """Whether numbers are small fractions, and not all 0."""
    small = [p.denominator <= MOST_PARTS and -LARGEST_ENTRY <= p <= LARGEST_ENTRY for p in parts]
    return all(small) and any(parts)


def point_of_gradient(
    rng: Random, f: Node, names: Sequence[str], least_moving: int = 1
) -> dict[Node, Node]:
    """A point at which the entries of ∇f are small fractions, so many of them not 0.

    Raises LookupError if there is none.
    """

    def accept(parts: Sequence[Number]) -> bool:
        return are_small(parts) and sum(p != 0 for p in parts) >= least_moving

    return plain_point(rng, names, by_all(f, names)(Engine()), f, accept)


# ── the gradient ──────────────────────────────────────────────────────────────────────────────────


def _gradient(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs; from 3 on also three variables."""
    names = rng.choice(TRIPLES if level > 2 and rng.random() < 0.3 else PAIRS)
    f = function(rng, names, level)
    answer = FormulaAnswer(gradient_work(f, names), names, (f,))
    if not answer.node.free or not is_sensible(answer.node, 80):
        raise Degenerate
    expression = expression_of(f, names)
    return Draft(
        rf"Find the gradient $\nabla f$ of {defined(expression)}, as a row.",
        answer,
        lambda: gradient(expression),
    )


def _gradient_at_point(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    names = rng.choice(PLANE)
    f = function(rng, names, level, raw=plain_somewhere)
    here = point_of_gradient(rng, f, names)
    expression = expression_of(f, names)
    return Draft(
        rf"Find the gradient of {defined(expression)} at the point {at_point(here)}, as a row.",
        FormulaAnswer(at_the_point(gradient_work(f, names), here), names, (f,), form="number"),
        lambda: derived_at(expression, D(f, vector(names)), (r"\nabla f", "∇f"), here),
    )


# ── the steepest way up ───────────────────────────────────────────────────────────────────────────


def _steepest_rate(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the gradient needs."""
    names, f, here = _with_a_slope(rng, level, lambda parts: True)
    work = at_the_point(
        Work(by_all(f, names)),
        here,
        length,
        {"length-without-root": squares, "components-added": total, "gradient-for-rate": row_of},
    )
    expression = expression_of(f, names)
    return Draft(
        rf"At the point {at_point(here)}, what is the slope of {defined(expression)} in the "
        "direction in which $f$ grows fastest? Give the exact number.",
        FormulaAnswer(work, names, (f,), form="number"),
        lambda: steepest_ascent(expression, _coordinates(here))[1],
        r"The slope in the direction of $\nabla f$ is $\lvert\nabla f\rvert$, and no slope is "
        "larger.",
    )


class Direction(FormulaAnswer):
    """A vector of length 1 is asked for; what is said is said of its direction and its length."""

    def of_wrong(self, given: Node) -> Verdict:
        """As for any numbers; of a vector of another length no factor is said besides."""
        found = super().of_wrong(given)
        if given.free or found.mistakes[0].mistake in TOLD:
            return found
        along, across = self._measured(given)
        if abs(across) < NEAR * abs(along):
            mistakes = () if along > 0 else ("other-way",)
            is_long = abs(abs(along) - 1) > NEAR
            return judged(*map(diagnosis, (*mistakes, *("not-normalised",) * is_long)))
        if abs(along) < NEAR * abs(across):
            return judged(diagnosis("along-the-level-line"))
        return found

    def _measured(self, given: Node) -> tuple[float, float]:
        """The parts of a vector along the right direction, and across it."""
        (a, b), (u, v) = self.values(given)[:, 0], self.values(self.node)[:, 0]
        return float(a * u + b * v), float(b * u - a * v)


def _steepest_direction(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the gradient needs; downhill as well from 3 on."""
    names, f, here = _with_a_slope(rng, level, _has_short_length)
    is_up = level < 3 or rng.random() < 0.5
    right, wrong = (_unit, _down) if is_up else (_down, _unit)
    others: dict[str, Combine] = {
        "other-way": wrong,
        "not-normalised": row_of if is_up else _turned(row_of),
        "divided-by-square": _over_square if is_up else _turned(_over_square),
        "along-the-level-line": _across,
        "rate-for-direction": length,
    }
    expression = expression_of(f, names)
    grows = "grow" if is_up else "fall"
    return Draft(
        rf"In which direction does {defined(expression)} {grows} fastest at the point "
        rf"{at_point(here)}? Give the vector of length 1.",
        Direction(
            at_the_point(Work(by_all(f, names)), here, right, others),
            names,
            (f,),
            form="number",
            layout="any",
        ),
        lambda: steepest_ascent(expression, _coordinates(here))[0],
        r"Along $\nabla f$ the function grows fastest; divide it by its length"
        + ("." if is_up else ", and turn it round."),
    )


def _with_a_slope(
    rng: Random, level: int, accept_too: Callable[[Sequence[Number]], bool]
) -> tuple[tuple[str, ...], Node, dict[Node, Node]]:
    """Names, a function, and a point at which its gradient is short enough for a root."""
    names = rng.choice(PLANE)
    f = function(rng, names, level, raw=plain_somewhere)

    def accept(parts: Sequence[Number]) -> bool:
        is_short = all(parts) and sum(p**2 for p in parts) <= LARGEST_SQUARE
        return are_small(parts) and is_short and accept_too(parts)

    return names, f, plain_point(rng, names, by_all(f, names)(Engine()), f, accept)


def _has_short_length(parts: Sequence[Number]) -> bool:
    """Whether the shortest whole vector of this direction has a short or a whole length."""
    common = lcm(*[p.denominator for p in parts])
    whole = [int(p * common) for p in parts]
    size = sum(n * n for n in whole) // gcd(*whole) ** 2
    return size <= SHORT_SQUARE or isqrt(size) ** 2 == size


def _coordinates(here: Here) -> list[str]:
    return [str(value.data) for value in here.values()]


def _unit(parts: Sequence[Node]) -> Node:
    size = length(parts)
    if size.free or size.op == NUM:
        return row_of([p / size for p in parts])
    # No root below the bar: p/√n = p√n/n.
    return row_of([p * size / squares(parts) for p in parts])


def _down(parts: Sequence[Node]) -> Node:
    return _unit([neg(p) for p in parts])


def _over_square(parts: Sequence[Node]) -> Node:
    return row_of([p / squares(parts) for p in parts])


def _turned(combine: Combine) -> Combine:
    return lambda parts: combine(tuple([neg(p) for p in parts]))


def _across(parts: Sequence[Node]) -> Node:
    return _unit([neg(parts[1]), parts[0]])


KINDS = (
    Kind("gradient", "Gradient", "gradient", _gradient),
    Kind("gradient-at-point", "Gradient at a point", "gradient", _gradient_at_point),
    Kind("steepest-rate", "Slope of the steepest ascent", "gradient", _steepest_rate),
    Kind("steepest-direction", "Direction of steepest ascent", "gradient", _steepest_direction),
)
