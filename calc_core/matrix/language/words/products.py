"""Products and solutions that have a name."""

from __future__ import annotations

from calc_core.graph import Node, mul
from calc_core.matrix import nodes
from calc_core.matrix.language import products
from calc_core.matrix.language.extents import times
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.words.call import Call, Word


def _hadamard(call: Call) -> Term:
    return products.entrywise(call.scope, call.terms(), call.tree)


def _matmul(call: Call) -> Term:
    return products.multiply(call.scope, call.terms(), call.tree)


def _kron(call: Call) -> Term:
    return kronecker(call.scope, call.terms(), call.tree)


def kronecker(scope: Scope, terms: list[Term], tree: Tree) -> Term:
    """A ⊗ B."""
    matrices = [term for term in terms if not term.is_scalar]
    if len(matrices) < 2:
        return products.multiply(scope, terms, tree)
    numbers = [term for term in terms if term.is_scalar]
    rows = times([term.rows for term in matrices])
    columns = times([term.columns for term in matrices])

    def build() -> Node:
        product = nodes.kron(*[term.build() for term in matrices])
        return mul(*[term.build() for term in numbers], product)

    return Term(rows, columns, build, tree)


def _inner(call: Call) -> Term:
    return products.inner(call.scope, call.term(0), call.term(1), call.tree)


def _dot(call: Call) -> Term:
    a, b = call.terms()
    if a.is_matrix or b.is_matrix:
        raise call.error(
            "The word dot means different products of matrices.",
            "Write A*B for the product or inner(A, B) for tr(A'*B).",
        )
    return products.inner(call.scope, a, b, call.tree)


def _outer(call: Call) -> Term:
    a, b = call.terms()
    call.column(a)
    call.column(b)
    second = products.transposed(b, b.tree)
    return products.multiply(call.scope, [a, second], call.tree)


def _solve(call: Call) -> Term:
    return solved(call.scope, call.term(0), call.term(1), call.tree)


def solved(scope: Scope, a: Term, b: Term, tree: Tree) -> Term:
    """A⁻¹b."""
    return products.multiply(scope, [products.inverted(scope, a, a.tree), b], tree)


WORDS: dict[str, Word] = {
    "matmul": Word(2, 20, _matmul),
    "hadamard": Word(2, 20, _hadamard),
    "kron": Word(2, 20, _kron),
    "inner": Word(2, 2, _inner),
    "dot": Word(2, 2, _dot),
    "outer": Word(2, 2, _outer),
    "solve": Word(2, 2, _solve),
}
