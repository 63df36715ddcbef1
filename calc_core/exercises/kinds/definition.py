"""The partial derivative from its definition: the difference quotient, before its limit."""

from __future__ import annotations

from random import Random

import numpy as np

from calc_core.definition import Definition, definition
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import coefficient, is_sensible, linear_in_all, tidied
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.recipes import by, derivative, goal, known
from calc_core.exercises.tasks import defined, expression_of
from calc_core.exercises.values import Equality
from calc_core.exercises.verdict import Verdict, diagnosis, judged
from calc_core.exercises.work import Recipe, Slip, Work
from calc_core.graph import (
    NUM,
    POW,
    ZERO,
    Node,
    add,
    div,
    mul,
    num,
    postorder,
    power,
    substitute,
    sym,
)

NAMES = ("x", "y")
H = sym("h")


class CancelledQuotient(FormulaAnswer):
    """A difference quotient with h cancelled, so that it has a value at h = 0, too."""

    def of_right(self, given: Node, found: list[Equality]) -> Verdict:
        """As for any formula; a right quotient in which h still divides is nearly right."""
        if self._divides_by_h(given):
            return judged(diagnosis("h-not-cancelled"))
        return super().of_right(given, found)

    def _divides_by_h(self, given: Node) -> bool:
        there = substitute(given, {H: ZERO})
        return not np.isfinite(self.values(there)).any()


def _difference_quotient(rng: Random, level: int) -> Draft:
    """1 a square or product, 2 a square and more, 3 a square with a product, 4 a cube, 5 a bar."""
    x = rng.choice(NAMES)
    f = tidied(_function(rng, sym(x), sym("y" if x == "x" else "x"), level))
    expression = expression_of(f, NAMES)
    found = definition(expression, x)
    right = _cancelled(found)
    answer = CancelledQuotient(_work(f, x, right), (*NAMES, "h"), (f,))
    if "h" not in answer.node.free or not is_sensible(answer.node):
        raise Degenerate
    top = "f(x + h, y)" if x == "x" else "f(x, y + h)"
    return Draft(
        rf"Simplify the difference quotient $\dfrac{{{top} - f(x, y)}}{{h}}$ of "
        rf"{defined(expression)} for $h \neq 0$, until it can be evaluated at $h = 0$, too.",
        answer,
        lambda: definition(expression, x),
        rf"For $h \to 0$ this becomes $\dfrac{{\partial f}}{{\partial {x}}}$.",
    )


def _function(rng: Random, x: Node, y: Node, level: int) -> Node:
    c = num(coefficient(rng, 5))
    if level == 1:
        return mul(num(rng.randint(1, 5)), x**2, y)
    if level == 2:
        return add(mul(num(rng.randint(1, 4)), x**2), mul(c, rng.choice((x * y, y))))
    if level == 3:
        return add(mul(num(rng.randint(1, 3)), x**2, power(y, num(rng.randint(1, 3)))), c * x * y)
    if level == 4:
        return add(mul(num(rng.randint(1, 2)), x**3, y), mul(c, rng.choice((x, y, x * y))))
    return rng.choice(
        (div(c * y, x), div(c, x + y), div(y, c + x), div(c, linear_in_all(rng, NAMES)))
    )


def _cancelled(found: Definition) -> Node:
    """The quotient with h cancelled: what stands under the limit before it is taken."""
    return next(line.node.args[0] for line in found.lines("every") if line.rule == "divide")


def _work(f: Node, x: str, right: Node) -> Work:
    variable = sym(x)
    other = next(sym(name) for name in NAMES if name != x)
    moved, across = substitute(f, {variable: variable + H}), substitute(f, {other: other + H})
    both = substitute(f, {variable: variable + H, other: other + H})
    slips = [
        Slip("limit-at-once", by(f, x)),
        Slip("all-variables-moved", known(div(both - f, H))),
        Slip("wrong-variable-moved", known(div(across - f, H))),
        Slip("value-not-subtracted", known(div(moved, H))),
        Slip("value-added", known(div(moved + f, H))),
        Slip("not-divided-by-h", known(moved - f)),
        Slip("h-added-to-value", known(num(1))),
        Slip("power-of-sum", known(div(_term_by_term(f, variable) - f, H))),
        Slip("higher-powers-lost", _of_first_order(right)),
    ]
    return Work(known(right), tuple(slips))


def _term_by_term(f: Node, x: Node) -> Node:
    """f(x + h) with (x + h)ⁿ taken for xⁿ + hⁿ."""
    powers = [n for n in postorder(f) if n.op == POW and n.args[0] is x and n.args[1].op == NUM]
    table = {p: p + power(H, p.args[1]) for p in powers}
    return substitute(f, {**table, x: x + H})


def _of_first_order(quotient: Node) -> Recipe:
    """The quotient without higher powers of h than the first."""
    slope = goal(derivative(quotient, "h"))

    def kept(engine: Engine) -> Node:
        at_zero = substitute(quotient, {H: ZERO})
        return at_zero + substitute(slope(engine), {H: ZERO}) * H

    return kept


KINDS = (Kind("difference-quotient", "Difference quotient", "partial", _difference_quotient),)
