"""Matrices: turned, inverted, rearranged, or of a size that is written."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.graph import ZERO, Node, mul
from calc_core.matrix import nodes
from calc_core.matrix.language import products
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.extents import Extent, times
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.words.call import Call, Word


def _same_square(build: Callable[[Node], Node]) -> Word:
    """A square matrix made of one of its size."""

    def read(call: Call) -> Term:
        a = call.term(0)
        call.scope.square(a, call.name)
        return call.made(a.rows, a.columns, lambda: build(a.build()))

    return Word(1, 1, read)


def _transpose(call: Call) -> Term:
    return products.transposed(call.term(0), call.tree)


def _inv(call: Call) -> Term:
    return products.inverted(call.scope, call.term(0), call.tree)


def _triangle(side: str) -> Word:
    return _same_square(lambda node: nodes.triangle(side, node))


def _vec(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar or a.is_column:
        return call.made(a.rows, a.columns, a.build)
    # The columns first, as in (B' ⊗ A) vec(X).
    return call.made(times([a.columns, a.rows]), 1, lambda: nodes.vec(a.build()))


def _diag(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar:
        return call.made(1, 1, a.build)
    if a.is_column:
        return call.made(a.rows, a.rows, lambda: nodes.diag(a.build()))
    call.scope.square(a, "diag")
    return call.made(a.rows, 1, lambda: nodes.diagonal(a.build()))


def _capital_diag(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar:
        return call.made(1, 1, a.build)
    if a.is_matrix:
        call.scope.square(a, "Diag")
        return call.made(a.rows, a.rows, lambda: nodes.diag(nodes.diagonal(a.build())))
    call.column(a)
    return call.made(a.rows, a.rows, lambda: nodes.diag(a.build()))


def extent_of(scope: Scope, tree: Tree) -> Extent:
    """The number of rows or columns that is written here: 3, n, m*n."""
    if tree.op == t.NUMBER and isinstance(tree.data, int) and 1 <= tree.data <= 1000:
        return scope.given(tree.data)
    if tree.op == t.NAME and len(tree.data) <= 4:
        return scope.extents.letter(tree.data)
    if tree.op == t.PRODUCT:
        return times([extent_of(scope, arg) for arg in tree.args])
    raise scope.error(
        tree,
        f"{scope.source(tree)} is no number of rows or columns.",
        "Write a letter such as n, or a number from 1 to 1000.",
    )


def _eye(call: Call) -> Term:
    rows = extent_of(call.scope, call.tree.args[0]) if call.tree.args else call.scope.unknown()
    if len(call.tree.args) == 2:
        columns = extent_of(call.scope, call.tree.args[1])
        if not call.scope.same(rows, columns):
            raise call.error("An identity matrix is square.", "Write eye(n).")
    return call.made(rows, rows, lambda: nodes.identity(call.scope.value(rows)))


def _ones(call: Call) -> Term:
    rows, columns = _size(call)
    scope = call.scope
    return call.made(rows, columns, lambda: nodes.ones(scope.value(rows), scope.value(columns)))


def _zeros(call: Call) -> Term:
    rows, columns = _size(call)
    scope = call.scope
    return call.made(
        rows, columns, lambda: mul(ZERO, nodes.ones(scope.value(rows), scope.value(columns)))
    )


def _size(call: Call) -> tuple[Extent, Extent]:
    sizes = [extent_of(call.scope, arg) for arg in call.tree.args]
    return sizes[0], (sizes[1] if len(sizes) == 2 else 1)


WORDS: dict[str, Word] = {
    "transpose": Word(1, 1, _transpose),
    "inv": Word(1, 1, _inv),
    "adjugate": _same_square(nodes.adjugate),
    "triu": _triangle("upper"),
    "tril": _triangle("lower"),
    "vec": Word(1, 1, _vec),
    "diag": Word(1, 1, _diag),
    "Diag": Word(1, 1, _capital_diag),
    "eye": Word(1, 2, _eye),
    "ones": Word(1, 2, _ones),
    "zeros": Word(1, 2, _zeros),
}
