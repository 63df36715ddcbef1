"""Derivatives of second order: mixed and pure partials, the Hessian, the Laplacian."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from calc_core.calculus import hessian, partial
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import (
    elementary,
    function,
    is_sensible,
    level_of_steps,
    polynomial,
    tidied,
    twice_differentiable,
)
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.gradients import are_small
from calc_core.exercises.kinds.letters import PAIRS, PLANE, TRIPLES
from calc_core.exercises.places import plain_point
from calc_core.exercises.plans import at_the_point
from calc_core.exercises.recipes import (
    by,
    by_all,
    combined,
    derivative,
    derived_at,
    known,
    of_several,
    row_of,
    squares,
    total,
    twice_by_all,
    vector,
)
from calc_core.exercises.tasks import at_point, defined, expression_of, partial_symbol
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.expression import Expression
from calc_core.graph import ZERO, D, Node, Number, add, array, entries, mul, num, power, sym

# Nodes of an answer, and of one entry of a Hessian.
LONGEST, LONGEST_ENTRY = 55, 32


def _function(
    rng: Random, names: Sequence[str], level: int, asked: Callable[[Node], Node]
) -> tuple[Node, Node]:
    """A function, and its derivative that is asked for, which is of this level.

    Raises Degenerate where that is unwieldy or a number.
    """

    def step_level(f: Node) -> int:
        goal = asked(f)
        needed = level_of_steps(Engine().conclude(goal, "tidy", goal).walk())
        # What needs a product and a chain rule twice over is made by the builder for level 5.
        return level if needed == 4 and level == 5 else needed

    f = function(rng, names, level, step_level, twice_differentiable)
    goal = asked(f)
    result = Engine().conclude(goal, "tidy", goal).result
    longest = LONGEST_ENTRY if result.shape else LONGEST
    if not result.free or not all(is_sensible(part, longest) for part in entries(result)):
        raise Degenerate
    return f, result


# ── one second derivative ─────────────────────────────────────────────────────────────────────────


def _mixed(rng: Random, level: int) -> Draft:
    """The level is that of the rules that both derivatives need."""
    names = rng.choice(PAIRS)
    x, y = rng.choice((names, names[::-1]))
    f, _ = _function(rng, names, level, lambda f: derivative(f, x, y))
    slips = (
        *[Slip("differentiated-once", by(f, name)) for name in (x, y)],
        *[Slip("pure-for-mixed", by(f, name, name)) for name in (x, y)],
        Slip("partials-multiplied", of_several([by(f, x), by(f, y)], lambda p: mul(*p))),
        Slip("partials-added", of_several([by(f, x), by(f, y)], total)),
        *[Slip("differentiated-twice", by(f, x, y, name)) for name in (x, y)],
        Slip("not-differentiated", known(f)),
    )
    expression = expression_of(f, names)
    return Draft(
        rf"Find ${partial_symbol('f', x, y)}$ of {defined(expression)}.",
        FormulaAnswer(Work(by(f, x, y), slips), names, (f,)),
        lambda: partial(expression, x, y),
        "The order of the two variables does not matter here.",
    )


def _pure(rng: Random, level: int) -> Draft:
    """The level is that of the rules that both derivatives need."""
    names = rng.choice(PAIRS)
    x = rng.choice(names)
    f, _ = _function(rng, names, level, lambda f: derivative(f, x, x))
    other = next(name for name in names if name != x)
    slips = (
        Slip("differentiated-once", by(f, x)),
        Slip("mixed-for-pure", by(f, x, other)),
        Slip("square-of-derivative", of_several([by(f, x)], squares)),
        Slip("wrong-variable", by(f, other, other)),
        Slip("differentiated-twice", by(f, x, x, x)),
        Slip("not-differentiated", known(f)),
    )
    expression = expression_of(f, names)
    return Draft(
        rf"Find ${partial_symbol('f', x, x)}$ of {defined(expression)}.",
        FormulaAnswer(Work(by(f, x, x), slips), names, (f,)),
        lambda: partial(expression, x, x),
    )


# ── the Hessian ───────────────────────────────────────────────────────────────────────────────────


def hessian_work(f: Node, names: Sequence[str]) -> Work:
    """H_ij = ∂²f/∂x_j∂x_i, and what is computed in its place."""
    n = len(names)
    whole, first = twice_by_all(f, names), by_all(f, names)
    slips = [
        Slip("mixed-forgotten", combined(whole, lambda p: _only(p, n, on_diagonal=True))),
        Slip("pure-forgotten", combined(whole, lambda p: _only(p, n, on_diagonal=False))),
        Slip("products-of-partials", combined(first, _products)),
        Slip("gradient-for-hessian", first),
        Slip("laplacian-for-hessian", combined(whole, lambda p: total(p[:: n + 1]))),
    ]
    if n == 2:
        slips.append(Slip("pure-and-mixed-exchanged", combined(whole, _exchanged)))
    return Work(whole, tuple(slips))


def _only(parts: Sequence[Node], n: int, on_diagonal: bool) -> Node:
    kept = [p if (k % (n + 1) == 0) is on_diagonal else ZERO for k, p in enumerate(parts)]
    return array((n, n), kept)


def _products(parts: Sequence[Node]) -> Node:
    return array((len(parts), len(parts)), [p * q for p in parts for q in parts])


def _exchanged(parts: Sequence[Node]) -> Node:
    a, b, c, d = parts
    return array((2, 2), [b, a, d, c])


def _hessian(rng: Random, level: int) -> Draft:
    """The level is that of the rules that are needed; at 1 and 2 also three variables."""
    names = rng.choice(TRIPLES if level < 3 and rng.random() < 0.3 else PAIRS)
    f, _ = _function(rng, names, level, lambda f: D(D(f, vector(names)), vector(names)))
    expression = expression_of(f, names)
    return Draft(
        rf"Find the Hessian of {defined(expression)}.",
        FormulaAnswer(hessian_work(f, names), names, (f,)),
        lambda: hessian(expression),
    )


def _hessian_at_point(rng: Random, level: int) -> Draft:
    """1 cubic, 2 of degree four, 3 with a function of one variable, 4 of a linear one, 5 of any."""
    names = rng.choice(PLANE)
    f = tidied(_with_plain_curvature(rng, names, level))
    if f.free != set(names):
        raise Degenerate
    result = twice_by_all(f, names)(Engine())

    def accept(parts: Sequence[Number]) -> bool:
        return are_small(parts) and sum(part != 0 for part in parts) > 1

    here = plain_point(rng, names, result, f, accept)
    expression = expression_of(f, names)
    goal = D(D(f, vector(names)), vector(names))
    return Draft(
        rf"Find the Hessian of {defined(expression)} at the point {at_point(here)}.",
        FormulaAnswer(at_the_point(hessian_work(f, names), here), names, (f,), form="number"),
        lambda: derived_at(expression, goal, ("H_{f}", "H_f"), here),
    )


def _with_plain_curvature(rng: Random, names: Sequence[str], level: int) -> Node:
    x = rng.choice(list(names))
    if level <= 2:
        return polynomial(rng, names, level + 1, level + 2)
    if level == 3:
        other = next(name for name in names if name != x)
        front = power(sym(other), num(rng.randint(1, 3)))
        single = elementary(rng, mul(num(rng.randint(1, 3)), sym(x)))
        return add(mul(front, single), polynomial(rng, names, 1, 3))
    return twice_differentiable(rng, names, 3 if level == 4 else 5)


# ── the Laplacian ─────────────────────────────────────────────────────────────────────────────────


def _laplacian(rng: Random, level: int) -> Draft:
    """The level is that of the rules that are needed; at 1 also three variables."""
    names = rng.choice(TRIPLES if level == 1 and rng.random() < 0.4 else PAIRS)
    f, _ = _function(rng, names, level, lambda f: _sum_of_pure(f, names))
    pure = [by(f, x, x) for x in names]
    whole = twice_by_all(f, names)
    slips = (
        Slip("parts-not-added", of_several(pure, row_of)),
        Slip("mixed-added", combined(whole, total)),
        Slip("differentiated-once", combined(by_all(f, names), total)),
        Slip("square-of-derivative", combined(by_all(f, names), squares)),
        Slip("hessian-for-number", whole),
        *[Slip("one-term-only", recipe) for recipe in pure],
    )
    plan: Recipe = of_several(pure, total)
    expression = expression_of(f, names)
    terms = " + ".join(partial_symbol("f", x, x) for x in names)
    return Draft(
        rf"Find the Laplacian $\Delta f = {terms}$ of {defined(expression)}.",
        FormulaAnswer(Work(plan, slips), names, (f,)),
        lambda: _concluded(expression, _sum_of_pure(f, names)),
        "The Laplacian is the trace of the Hessian.",
    )


def _sum_of_pure(f: Node, names: Sequence[str]) -> Node:
    return add(*[derivative(f, x, x) for x in names])


def _concluded(expression: Expression, goal: Node) -> Derivation:
    return Derivation(expression, Engine().conclude(goal, "tidy", goal), (r"\Delta f", "Δf"))


KINDS = (
    Kind("mixed-partial", "Mixed second derivative", "hessian", _mixed),
    Kind("second-partial", "Second derivative by one variable", "hessian", _pure),
    Kind("hessian", "Hessian", "hessian", _hessian),
    Kind("hessian-at-point", "Hessian at a point", "hessian", _hessian_at_point),
    Kind("laplacian", "Laplacian", "hessian", _laplacian),
)
