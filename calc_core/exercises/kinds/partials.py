"""Partial derivatives: the rules one by one, and all together."""

from __future__ import annotations

from random import Random

from calc_core.calculus import partial
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import function, is_sensible, level_of_steps
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.tasks import defined, expression_of
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import D, Node, sym
from calc_core.printing.latex import symbol_latex

NAMES = (("x", "y"), ("x", "t"), ("u", "v"), ("r", "s"))


def partial_work(f: Node, x: str, others: tuple[str, ...]) -> Work:
    """∂f/∂x, and what is computed in its place."""
    slips = [Slip("wrong-variable", _by(f, y)) for y in others]
    slips += [
        Slip("not-differentiated", lambda engine: f),
        Slip("differentiated-twice", lambda engine: engine.derive(D(D(f, sym(x)), sym(x))).result),
    ]
    return Work(_by(f, x), tuple(slips))


def _by(f: Node, x: str) -> Recipe:
    return lambda engine: engine.derive(D(f, sym(x))).result


def _partial(rng: Random, level: int) -> Draft:
    names = rng.choice(NAMES)
    x = rng.choice(names)
    f = function(rng, names, level, lambda f: level_of_steps(Engine().derive(D(f, sym(x))).walk()))
    others = tuple(name for name in names if name != x)
    answer = FormulaAnswer(partial_work(f, x, others), names, (f,))
    if not answer.node.free or not is_sensible(answer.node):
        raise Degenerate
    expression = expression_of(f, names)
    return Draft(
        rf"Find $\dfrac{{\partial f}}{{\partial {symbol_latex(x)}}}$ of {defined(expression)}.",
        answer,
        lambda: partial(expression, x),
    )


KINDS = (Kind("partial", "Partial derivative", "partial", _partial),)
