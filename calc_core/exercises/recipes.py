"""Recipes that many kinds share: from an engine, which holds the laws, to a result.

A recipe asks the engine for every derivative, so that wrong laws can be put in its place, and does
the rest with graph nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.exercises.functions import tidied
from calc_core.exercises.work import Recipe
from calc_core.expression import Expression
from calc_core.graph import (
    NUM,
    ONE,
    D,
    Node,
    add,
    array,
    at,
    entries,
    fn,
    mul,
    neg,
    num,
    substitute,
    sym,
)

#: Variables and what is put in for them.
Here = Mapping[Node, Node]
#: From the entries of a result to a new result.
Combine = Callable[[tuple[Node, ...]], Node]


def vector(names: Sequence[str]) -> Node:
    """(x, y, …), to differentiate by."""
    return array((len(names),), [sym(name) for name in names])


def known(node: Node) -> Recipe:
    """What needs no law."""
    return lambda engine: node


def by(u: Node, *names: str) -> Recipe:
    """The partial derivative of u by each variable in turn."""
    return goal(derivative(u, *names))


def derivative(u: Node, *names: str) -> Node:
    """The inert partial derivative of u by each variable in turn."""
    for name in names:
        u = D(u, sym(name))
    return u


def by_all(u: Node, names: Sequence[str]) -> Recipe:
    """The gradient or Jacobian of u."""
    return goal(D(u, vector(names)))


def twice_by_all(u: Node, names: Sequence[str]) -> Recipe:
    """The Hessian of u."""
    return goal(D(D(u, vector(names)), vector(names)))


def goal(inert: Node) -> Recipe:
    """An inert derivative, done."""
    return lambda engine: engine.derive(inert).result


def put_in(recipe: Recipe, here: Here) -> Recipe:
    """The result at a point."""
    return lambda engine: substitute(recipe(engine), here)


def combined(recipe: Recipe, combine: Combine) -> Recipe:
    """What is made of the entries of a result, which are tidied first."""
    return lambda engine: combine(tuple([engine.tidy(u)[0] for u in entries(recipe(engine))]))


def of_several(recipes: Sequence[Recipe], combine: Combine) -> Recipe:
    """What is made of several results."""
    return lambda engine: combine(tuple([recipe(engine) for recipe in recipes]))


# ── what is made of entries ───────────────────────────────────────────────────────────────────────


def total(parts: Sequence[Node]) -> Node:
    """The sum."""
    return add(*parts)


def squares(parts: Sequence[Node]) -> Node:
    """The sum of the squares."""
    return add(*[p**2 for p in parts])


def length(parts: Sequence[Node]) -> Node:
    """The length of a vector, the root drawn as far as it can be."""
    parts = [p if p.free else tidied(p) for p in parts]
    if all(p.op == NUM for p in parts):
        return root(Fraction(sum(p.data**2 for p in parts)))
    return fn("sqrt", squares(parts))


def root(value: Fraction) -> Node:
    """√value in the form (a/b) √m with a whole m that no square divides.

    >>> from calc_core.printing import Text
    >>> Text()(root(Fraction(20)))
    '2sqrt(5)'
    """
    inside, outside = value.numerator * value.denominator, 1
    k = 2
    while k * k <= inside:
        while inside % (k * k) == 0:
            inside, outside = inside // (k * k), outside * k
        k += 1
    factor = num(Fraction(outside, value.denominator))
    if inside <= 1:
        return factor if inside else num(0)
    rest = fn("sqrt", num(inside))
    return rest if factor is ONE else mul(factor, rest)


def dotted(parts: Sequence[Node], others: Sequence[Node]) -> Node:
    """The scalar product."""
    return add(*[a * b for a, b in zip(parts, others, strict=True)])


def row_of(parts: Sequence[Node]) -> Node:
    """The parts as a vector."""
    return array((len(parts),), parts)


def determinant(engine: Engine, matrix: Sequence[Node]) -> Node:
    """The determinant of a 2×2 or 3×3 matrix."""
    return add(*determinant_terms(engine, matrix))


def determinant_terms(engine: Engine, matrix: Sequence[Node]) -> tuple[Node, ...]:
    """The terms of the expansion along the last row, the minors tidied first."""
    if len(matrix) == 4:
        a, b, c, d = matrix
        return a * d, neg(b * c)
    (a, b, c), (d, e, f), (g, h, i) = matrix[:3], matrix[3:6], matrix[6:]
    first, second, third = (
        engine.tidy(m)[0] for m in (b * f - c * e, c * d - a * f, a * e - b * d)
    )
    return g * first, h * second, i * third


def determinant_of(jacobian: Recipe) -> Recipe:
    """The determinant of the matrix that a recipe leads to."""
    return lambda engine: determinant(engine, entries(jacobian(engine)))


def opposite(recipe: Recipe) -> Recipe:
    """The result with the other sign, entry by entry."""

    def turned(engine: Engine) -> Node:
        found = recipe(engine)
        parts = [neg(u) for u in entries(found)]
        return array(found.shape, parts) if found.shape else parts[0]

    return turned


# ── derivations ───────────────────────────────────────────────────────────────────────────────────


def derived_at(
    expression: Expression, inert: Node, symbol: tuple[str, str], here: Here
) -> Derivation:
    """The derivation of an inert derivative at a point."""
    there = at(inert, here)
    step = Engine().conclude(there, "at-point", there)
    return Derivation(expression, step, symbol, point=here)
