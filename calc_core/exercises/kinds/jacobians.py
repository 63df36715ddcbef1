"""Vector functions: the Jacobian, its columns, and what is made of its entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isqrt
from random import Random

from calc_core.calculus import jacobian
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import (
    is_sensible,
    level_of_steps,
    polynomial,
    raw_function,
    tidied,
)
from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.kinds.letters import PAIRS, PLANE, TRIPLES
from calc_core.exercises.recipes import (
    by,
    by_all,
    combined,
    derivative,
    known,
    of_several,
    row_of,
    total,
    vector,
)
from calc_core.exercises.tasks import column, defined, expression_of, partial_symbol
from calc_core.exercises.work import Slip, Work
from calc_core.expression import Expression
from calc_core.graph import ZERO, D, Node, add, array, entries
from calc_core.printing import Text

# Nodes in one entry, and in all.
LONGEST_ENTRY, LONGEST = 26, 90


def vector_function(
    rng: Random,
    names: Sequence[str],
    m: int,
    level: int,
    asked: Callable[[Node], Node] | None = None,
) -> Node:
    """M components, of which one is of the level and the others are simpler.

    ``asked``  the inert derivative of the function that the level is measured by; by default its
               Jacobian.

    Raises Degenerate if that is not of this level, or unwieldy.
    """
    parts = [tidied(raw_function(rng, names, level))]
    while len(parts) < m:
        other = tidied(_simple(rng, names, level))
        if other not in parts:
            parts.append(other)
    rng.shuffle(parts)
    F = array((m,), parts)
    if F.free != set(names):
        raise Degenerate
    goal = asked(F) if asked else D(F, vector(names))
    step = Engine().conclude(goal, "tidy", goal)
    found = entries(step.result)
    if level_of_steps(step.walk()) != level or not step.result.free:
        raise Degenerate
    if sum(entry.size for entry in found) > LONGEST:
        raise Degenerate
    if not all(is_sensible(entry, LONGEST_ENTRY * (3 - min(len(found), 2))) for entry in found):
        raise Degenerate
    return F


def _simple(rng: Random, names: Sequence[str], level: int) -> Node:
    if level == 1 or rng.random() < 0.5:
        return polynomial(rng, names, 2, 2)
    return raw_function(rng, names, rng.randint(1, min(level, 3)))


def jacobian_work(F: Node, names: Sequence[str]) -> Work:
    """J_ij = ∂f_i/∂x_j, and what is computed in its place."""
    whole, (m, n) = by_all(F, names), (F.shape[0], len(names))
    slips = [Slip("not-differentiated", known(F))]
    if m == 2:
        slips.append(
            Slip("rows-exchanged", combined(whole, lambda p: array((m, n), p[n:] + p[:n])))
        )
    if n == 2:
        slips.append(Slip("columns-exchanged", combined(whole, _columns_exchanged)))
    if m == n:
        slips.append(Slip("own-variable-only", combined(whole, _diagonal)))
    slips += [Slip("one-column-only", by(F, x)) for x in names]
    return Work(whole, tuple(slips))


def _columns_exchanged(parts: Sequence[Node]) -> Node:
    return array((len(parts) // 2, 2), [parts[k ^ 1] for k in range(len(parts))])


def _diagonal(parts: Sequence[Node]) -> Node:
    n = isqrt(len(parts))
    return array((n, n), [p if k % (n + 1) == 0 else ZERO for k, p in enumerate(parts)])


# ── Jacobians ─────────────────────────────────────────────────────────────────────────────────────


def _draft(rng: Random, names: tuple[str, ...], m: int, level: int) -> Draft:
    F = vector_function(rng, names, m, level)
    expression = expression_of(F, names)
    return Draft(
        rf"Find the Jacobian of {defined(expression)}, row by row.",
        FormulaAnswer(jacobian_work(F, names), names, (F,)),
        lambda: jacobian(expression),
    )


def _plane_to_plane(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    return _draft(rng, rng.choice(PAIRS), 2, level)


def _of_any_shape(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    if rng.random() < 0.5:
        return _draft(rng, rng.choice(PAIRS), 3, level)
    return _draft(rng, rng.choice(TRIPLES), 2, level)


# ── a column ──────────────────────────────────────────────────────────────────────────────────────


class ColumnAnswer(FormulaAnswer):
    """A vector that is to be written from top to bottom."""

    def text(self) -> str:
        """The right answer with semicolons, which stand for new lines."""
        return f"({'; '.join(Text()(part) for part in self.node.args)})"

    def latex(self) -> str:
        """The right answer in LaTeX."""
        return column(self.node.args)


def _column(rng: Random, level: int) -> Draft:
    """The level is that of the rules that the derivation needs."""
    names, m = rng.choice(PAIRS), rng.choice((2, 3))
    x = rng.choice(names)
    F = vector_function(rng, names, m, level, lambda F: derivative(F, x))
    others = [name for name in names if name != x]
    slips = [
        *[Slip("wrong-variable", by(F, y)) for y in others],
        Slip("not-differentiated", known(F)),
        Slip("jacobian-for-column", by_all(F, names)),
        Slip("components-summed", combined(by(F, x), total)),
    ]
    work = Work(by(F, x), tuple(slips))
    answer = ColumnAnswer(work, names, (F,), layout="column")
    if not answer.node.free:
        raise Degenerate
    expression = expression_of(F, names)
    symbol = partial_symbol("f", x)
    return Draft(
        rf"Find ${symbol}$ of {defined(expression)}, as a column.",
        answer,
        lambda: _derived(expression, derivative(F, x), (symbol, f"∂f/∂{x}")),
    )


def _derived(expression: Expression, inert: Node, symbol: tuple[str, str]) -> Derivation:
    return Derivation(expression, Engine().derive(inert), symbol)


# ── divergence and curl ───────────────────────────────────────────────────────────────────────────


def _divergence(rng: Random, level: int) -> Draft:
    """The level is that of the rules that are needed; three variables at 3 and above."""
    names = TRIPLES[0] if level > 2 and rng.random() < 0.4 else PLANE[0]
    F = vector_function(rng, names, len(names), level, lambda F: _trace(F, names))
    own = [by(part, x) for part, x in zip(F.args, names, strict=True)]
    slips = [
        Slip("parts-not-added", of_several(own, row_of)),
        Slip("all-entries-added", combined(by_all(F, names), total)),
        Slip("jacobian-for-number", by_all(F, names)),
        Slip("not-differentiated", known(add(*F.args))),
    ]
    if len(names) == 2:
        crossed = [by(F.args[0], names[1]), by(F.args[1], names[0])]
        slips.append(Slip("variables-crossed", of_several(crossed, total)))
    answer = FormulaAnswer(Work(of_several(own, total), tuple(slips)), names, (F,))
    if not answer.node.free or not is_sensible(answer.node):
        raise Degenerate
    expression = expression_of(F, names)
    goal = _trace(F, names)
    return Draft(
        rf"Find the divergence of the vector field {defined(expression)}.",
        answer,
        lambda: _concluded(expression, goal, (r"\operatorname{div} f", "div f")),
        "The divergence is the trace of the Jacobian.",
    )


def _curl(rng: Random, level: int) -> Draft:
    """The level is that of the rules that are needed."""
    names = PLANE[0]
    F = vector_function(rng, names, 2, level, lambda F: _turning(F, names))
    (p, q), (x, y) = F.args, names
    across = [by(q, x), by(p, y)]
    slips = [
        Slip("curl-turned", of_several(across[::-1], _difference)),
        Slip("curl-with-plus", of_several(across, total)),
        Slip("divergence-for-curl", of_several([by(p, x), by(q, y)], total)),
        Slip("own-variables-subtracted", of_several([by(p, x), by(q, y)], _difference)),
        Slip("parts-not-added", of_several(across, row_of)),
        Slip("jacobian-for-number", by_all(F, names)),
    ]
    answer = FormulaAnswer(Work(of_several(across, _difference), tuple(slips)), names, (F,))
    if not answer.node.free or not is_sensible(answer.node):
        raise Degenerate
    expression = expression_of(F, names)
    goal = _turning(F, names)
    return Draft(
        rf"Find the curl $\partial f_2/\partial x - \partial f_1/\partial y$ of the vector field "
        rf"{defined(expression)}.",
        answer,
        lambda: _concluded(expression, goal, (r"\operatorname{curl} f", "curl f")),
    )


def _trace(F: Node, names: Sequence[str]) -> Node:
    return add(*[derivative(part, x) for part, x in zip(F.args, names, strict=True)])


def _turning(F: Node, names: Sequence[str]) -> Node:
    return derivative(F.args[1], names[0]) - derivative(F.args[0], names[1])


def _difference(parts: Sequence[Node]) -> Node:
    return parts[0] - parts[1]


def _concluded(expression: Expression, goal: Node, symbol: tuple[str, str]) -> Derivation:
    """The derivation of a sum of derivatives."""
    return Derivation(expression, Engine().conclude(goal, "tidy", goal), symbol)


KINDS = (
    Kind("vector-partial", "Partial derivative of a vector function", "jacobian", _column),
    Kind("jacobian-plane", "Jacobian of a map of the plane", "jacobian", _plane_to_plane),
    Kind("jacobian", "Jacobian of any shape", "jacobian", _of_any_shape),
    Kind("divergence", "Divergence", "jacobian", _divergence),
    Kind("curl", "Curl in the plane", "jacobian", _curl),
)
