"""Transposes, taken inside as far as that makes the expression no longer."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.graph import ADD, ARRAY, DIV, MUL, SERIES, Node, array, make, rebuild
from calc_core.matrix.nodes import (
    ADJUGATE,
    COMMUTATION,
    EACH,
    HADAMARD,
    INVERSE,
    KRON,
    MATFN,
    MATMUL,
    MATPOW,
    ONES,
    QUOTIENT,
    TRANSPOSE,
    TRIANGLE,
    commutation,
    inverse,
    ones,
    transpose,
    triangle,
)
from calc_core.matrix.tidy.parts import is_symmetric, peel, scaled
from calc_core.tidy.base import Tidying

Rewrite = Callable[[Tidying, Node], Node]

OPPOSITE = {"lower": "upper", "upper": "lower"}


def transposed(t: Tidying, u: Node) -> Node:
    """The tidy form of uᵀ, for a tidy u."""
    if u.op == TRANSPOSE:
        t.note("transposes")
        return u.args[0]
    if is_symmetric(u):
        if u.shape:
            t.note("symmetry")
        return u
    rewrite = _REWRITES.get(u.op)
    return rewrite(t, u) if rewrite else transpose(u)


def _of_sum(t: Tidying, u: Node) -> Node:
    # (Ax − b)ᵀ stays; (B + Bᵀ)ᵀ does not, nor what gets fewer signs than it has terms.
    with t.quietly():
        turned = [transposed(t, a) for a in u.args]
    if sum(a.size for a in turned) - sum(a.size for a in u.args) >= len(u.args):
        return transpose(u)
    t.note("transposes")
    return t.sum(turned)


def _of_multiple(t: Tidying, u: Node) -> Node:
    scalars, rest = peel(u)
    return scaled(t, scalars, transposed(t, rest))


def _of_product(t: Tidying, u: Node) -> Node:
    t.note("transposes")
    return t.tidy(rebuild(u, tuple([transposed(t, a) for a in reversed(u.args)])))


def _of_inverse(t: Tidying, u: Node) -> Node:
    # (XᵀX)⁻ᵀ is (XᵀX)⁻¹, but X⁻ᵀ stays what it is.
    with t.quietly():
        inner = transposed(t, u.args[0])
    if inner.size > u.args[0].size:
        return transpose(u)
    t.note("symmetry")
    return inverse(inner)


def _inside(t: Tidying, u: Node) -> Node:
    """The same operator over the transposes, if that is no longer."""
    matrices = [a for a in u.args if a.shape]
    with t.quietly():
        turned = {a: transposed(t, a) for a in matrices}
    if sum(a.size for a in turned.values()) > sum(a.size for a in matrices):
        return transpose(u)
    t.note("transposes")
    return rebuild(u, tuple([turned.get(a, a) for a in u.args]))


def _of_kronecker(t: Tidying, u: Node) -> Node:
    t.note("transposes")
    return t.tidy(rebuild(u, tuple([transposed(t, a) for a in u.args])))


def _of_triangle(t: Tidying, u: Node) -> Node:
    return triangle(OPPOSITE[u.data], transposed(t, u.args[0]))


def _of_array(_: Tidying, u: Node) -> Node:
    rows, columns = u.data
    entries = [u.args[i * columns + j] for j in range(columns) for i in range(rows)]
    return array((columns, rows), entries)


def _of_series(t: Tidying, u: Node) -> Node:
    return make(SERIES, None, (transposed(t, u.args[0]), *u.args[1:]))


_REWRITES: dict[str, Rewrite] = {
    ADD: _of_sum,
    MUL: _of_multiple,
    DIV: _of_multiple,
    MATMUL: _of_product,
    INVERSE: _of_inverse,
    MATPOW: _inside,
    MATFN: _inside,
    ADJUGATE: _inside,
    HADAMARD: _inside,
    EACH: _inside,
    QUOTIENT: _inside,
    KRON: _of_kronecker,
    TRIANGLE: _of_triangle,
    ARRAY: _of_array,
    SERIES: _of_series,
    ONES: lambda _, u: ones(u.data[1], u.data[0]),
    COMMUTATION: lambda _, u: commutation(u.data[1], u.data[0]),
}
