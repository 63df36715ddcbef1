"""Numbers that are made of a matrix: traces, determinants, sums and norms."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.graph import Node, div, fn
from calc_core.matrix import nodes
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.extents import Times
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.words.call import Call, Word


def _of_square(build: Callable[[Node], Node]) -> Word:
    """A number made of a square matrix."""

    def read(call: Call) -> Term:
        a = call.term(0)
        if not a.is_scalar:
            call.scope.square(a, call.name)
        return call.made(1, 1, lambda: build(node) if (node := a.build()).shape else node)

    return Word(1, 1, read)


def _to_number(build: Callable[[Node], Node]) -> Word:
    """A number made of all the entries."""

    def read(call: Call) -> Term:
        a = call.term(0)
        return call.made(1, 1, lambda: build(node) if (node := a.build()).shape else node)

    return Word(1, 1, read)


def _trace(call: Call) -> Term:
    scope = call.scope
    outer, scope.in_trace = scope.in_trace, True
    a = call.term(0)
    scope.in_trace = outer
    if not a.is_scalar:
        scope.square(a, "A trace")
    return call.made(1, 1, lambda: nodes.trace(node) if (node := a.build()).shape else node)


def _logdet(call: Call) -> Term:
    a = call.term(0)
    if not a.is_scalar:
        call.scope.square(a, "A determinant")
    return call.made(1, 1, lambda: fn("ln", nodes.det(node) if (node := a.build()).shape else node))


def _mean(call: Call) -> Term:
    a = call.term(0)

    def build() -> Node:
        node = a.build()
        count = call.scope.as_number(Times((a.rows, a.columns)))
        return div(nodes.total(node), count) if node.shape else node

    return call.made(1, 1, build)


def _logsumexp(call: Call) -> Term:
    a = call.term(0)
    call.column(a)
    return call.made(1, 1, lambda: nodes.logsumexp(a.build()))


def _norm(call: Call) -> Term:
    kind = call.tree.script
    if len(call.tree.args) == 2:
        kind = call.tree.args[1]
    return norm(call.scope, call.term(0), kind, call.tree)


def _norm_1(call: Call) -> Term:
    one = Tree(t.NUMBER, (), 1, call.tree.start, call.tree.end)
    return norm(call.scope, call.term(0), one, call.tree)


def _norm_f(call: Call) -> Term:
    mark = Tree(t.NAME, (), "F", call.tree.start, call.tree.end)
    return norm(call.scope, call.term(0), mark, call.tree)


_NORMS_REFUSED = {"*": "The nuclear norm", "∞": "The maximum norm", "2": "The spectral norm"}


def norm(scope: Scope, a: Term, kind: Tree | None, tree: Tree) -> Term:
    """‖a‖ of this kind: 2, F, 1 or none."""
    mark = "" if kind is None else str(kind.data)
    if mark == "1" and not a.is_matrix:
        return Term(1, 1, lambda: _norm_of_1(a.build()), tree)
    known = mark in ("", "F", "fro", "Fro", "2") and not (mark == "2" and a.is_matrix)
    if not known and kind is not None:
        what = _NORMS_REFUSED.get(mark, "This norm")
        hint = "Write ‖A‖_F, the root of the sum of the squares of the entries."
        if not a.is_matrix:
            hint = "Write ‖x‖ or ‖x‖_1; for a weighted norm sqrt(x'*W*x)."
        raise scope.error(kind, f"{what} is not supported.", hint)
    if a.is_matrix and not mark:
        scope.note(
            tree,
            "The norm of a matrix is read as that of Frobenius: the root of the sum of squares.",
        )
    return Term(
        1, 1, lambda: nodes.norm(node) if (node := a.build()).shape else fn("abs", node), tree
    )


def _norm_of_1(node: Node) -> Node:
    return nodes.total(nodes.each("abs", node)) if node.shape else fn("abs", node)


WORDS: dict[str, Word] = {
    "trace": Word(1, 1, _trace),
    "det": _of_square(nodes.det),
    "logdet": Word(1, 1, _logdet),
    "sum": _to_number(nodes.total),
    "mean": Word(1, 1, _mean),
    "logsumexp": Word(1, 1, _logsumexp),
    "norm": Word(1, 2, _norm),
    "norm1": Word(1, 1, _norm_1),
    "normF": Word(1, 1, _norm_f),
}
