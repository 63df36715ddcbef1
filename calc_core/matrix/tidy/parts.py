"""How a matrix expression is read while it is being tidied."""

from __future__ import annotations

from calc_core.graph import DIV, MATRIX, MINUS_ONE, MOVE, MUL, ONE, ZERO, Node, mul
from calc_core.matrix.nodes import (
    DIAG,
    IDENTITY,
    INVERSE,
    MATMUL,
    MATPOW,
    TRANSPOSE,
    inverse,
    matrix_power,
    ones,
)
from calc_core.shapes import Shape
from calc_core.tidy.base import Signed, Tidying


def is_moving(u: Node) -> bool:
    """Whether a small change dX occurs in u."""
    return any(" " in name for name in u.free)


def is_zero(u: Node) -> bool:
    """Whether u is the number 0, which stands for the zero matrix of any shape, or a multiple."""
    return u is ZERO or (u.op == MUL and ZERO in u.args)


def zero(shape: Shape) -> Node:
    """A zero that has a shape, for where that matters."""
    return mul(ZERO, ones(*shape)) if shape else ZERO


def is_column(u: Node) -> bool:
    """Whether u has one column, and more rows than one."""
    return len(u.shape) == 2 and u.shape[1] == 1


def is_row(u: Node) -> bool:
    """Whether u has one row, and more columns than one."""
    return len(u.shape) == 2 and u.shape[0] == 1


def is_square(u: Node) -> bool:
    """Whether u is a matrix of as many rows as columns."""
    return len(u.shape) == 2 and u.shape[0] == u.shape[1]


def has_trait(u: Node, *traits: str) -> bool:
    """Whether u is a symbol declared to be one of these."""
    return u.op in (MATRIX, MOVE) and any(trait in u.data.traits for trait in traits)


def is_symmetric(u: Node) -> bool:
    """Whether u is its own transpose by its form alone."""
    return u.op in (IDENTITY, DIAG) or not u.shape or has_trait(u, "symmetric", "diagonal")


def peel(u: Node) -> tuple[list[Signed], Node]:
    """The scalar factors of a matrix (below the bar: to the power −1), and the matrix alone."""
    if u.op == MUL:
        inner = next((f for f in u.args if f.shape), None)
        if inner is not None:
            scalars, rest = peel(inner)
            return [(f, 1) for f in u.args if f is not inner] + scalars, rest
    elif u.op == DIV and u.args[0].shape:
        scalars, rest = peel(u.args[0])
        return [*scalars, (u.args[1], -1)], rest
    return [], u


def scaled(t: Tidying, scalars: list[Signed], u: Node) -> Node:
    """The scalars times u."""
    return t.powers([*scalars, (u, 1)]) if scalars else u


def chain(u: Node) -> tuple[Node, ...]:
    """The factors of a matrix product, u alone if it is none."""
    return u.args if u.op == MATMUL else (u,)


def as_matrix_power(u: Node) -> tuple[Node, Node]:
    """(base, exponent) with u = base^exponent."""
    if u.op == INVERSE:
        return u.args[0], MINUS_ONE
    if u.op == MATPOW:
        return u.args[0], u.args[1]
    return u, ONE


def matrix_power_node(base: Node, exponent: Node) -> Node:
    """base^exponent in the form that a person writes it; the exponent is not 0."""
    if exponent is ONE:
        return base
    return inverse(base) if exponent is MINUS_ONE else matrix_power(base, exponent)


def bare(u: Node) -> Node:
    """U without a transposition sign."""
    return u.args[0] if u.op == TRANSPOSE else u
