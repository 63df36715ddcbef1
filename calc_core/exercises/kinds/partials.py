"""Partial derivatives: all rules together, with more variables, and at a point."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from calc_core.calculus import partial
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import function, is_sensible, level_of_steps
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.letters import PAIRS, PLANE, TRIPLES
from calc_core.exercises.places import point
from calc_core.exercises.plans import at_the_point, partial_work
from calc_core.exercises.recipes import derivative, derived_at
from calc_core.exercises.tasks import at_point, defined, expression_of, latex, partial_symbol
from calc_core.graph import ZERO, Node


def level_of_partial(x: str) -> Callable[[Node], int]:
    """Measures a function by the rules that its derivative by x needs."""
    return lambda f: level_of_steps(Engine().derive(derivative(f, x)).walk())


def partial_draft(f: Node, x: str, names: tuple[str, ...]) -> Draft:
    """Find ∂f/∂x.  Raises Degenerate if it is a number, or unwieldy."""
    others = tuple(name for name in names if name != x)
    answer = FormulaAnswer(partial_work(f, x, others), names, (f,))
    if not answer.node.free or not is_sensible(answer.node):
        raise Degenerate
    expression = expression_of(f, names)
    return Draft(
        rf"Find ${partial_symbol('f', x)}$ of {defined(expression)}.",
        answer,
        lambda: partial(expression, x),
    )


def _partial(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    names = rng.choice(PAIRS)
    x = rng.choice(names)
    return partial_draft(function(rng, names, level, level_of_partial(x)), x, names)


def _held_still(rng: Random, level: int) -> Draft:
    """As for two variables; the answer must hold one that is held still."""
    names = rng.choice(TRIPLES)
    x = rng.choice(names)
    draft = partial_draft(function(rng, names, level, level_of_partial(x)), x, names)
    if not isinstance(draft.answer, FormulaAnswer) or draft.answer.node.free <= {x}:
        raise Degenerate
    return draft


def _partial_at_point(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    names = rng.choice(PLANE)
    x = rng.choice(names)
    f = function(rng, names, level, level_of_partial(x))
    result = partial_work(f, x, ()).right()
    here = point(rng, names, result, f, lambda parts: parts[0] is not ZERO)
    others = tuple(name for name in names if name != x)
    work = at_the_point(partial_work(f, x, others), here)
    expression = expression_of(f, names)
    symbol = partial_symbol("f", x)
    place = ", ".join(latex(value) for value in here.values())
    return Draft(
        rf"Find the number ${symbol}$ at the point {at_point(here)} for {defined(expression)}.",
        FormulaAnswer(work, names, (f,), form="number"),
        lambda: derived_at(
            expression,
            derivative(f, x),
            (rf"{symbol}({place})", f"∂f/∂{x} at the point"),
            here,
        ),
    )


KINDS = (
    Kind("partial", "Partial derivative", "partial", _partial),
    Kind("held-still", "Partial derivative with three variables", "partial", _held_still),
    Kind("partial-at-point", "Partial derivative at a point", "partial", _partial_at_point),
)
