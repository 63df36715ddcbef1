"""The product rule gone wrong: terms, factors and their order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from calc_core.exercises.wrong_laws.law import Wrong
from calc_core.graph import TWO, Node, add, depends, mul
from calc_core.matrix.nodes import MATMUL, d, matmul, transpose
from calc_core.shapes import columns, rows


def _fit(factors: list[Node]) -> bool:
    """Whether neighbours can be multiplied."""
    return all(columns(a.shape) == rows(b.shape) for a, b in pairwise(factors))


def _product_like(u: Node, factors: list[Node]) -> Node | None:
    """The product of the factors, if they fit and it has the shape of u."""
    if not factors or not _fit(factors):
        return None
    found = matmul(*factors)
    return found if found.shape == u.shape else None


def _block(u: Node, x: Node) -> tuple[list[Node], Node, list[Node]] | None:
    """(before, middle, after) of a product: the constant factors around what moves."""
    moving = [i for i, f in enumerate(u.args) if depends(f, x)]
    if not moving:
        return None
    first, last = moving[0], moving[-1] + 1
    return list(u.args[:first]), matmul(*u.args[first:last]), list(u.args[last:])


def moved(to_front: bool) -> Wrong:
    """The product rule with every small change put in front, or at the end."""

    def apply(u: Node, x: Node) -> Node | None:
        terms = []
        for i, f in enumerate(u.args):
            if depends(f, x):
                rest = [*u.args[:i], *u.args[i + 1 :]]
                term = _product_like(u, [d(f, x), *rest] if to_front else [*rest, d(f, x)])
                if term is None:
                    return None
                terms.append(term)
        return add(*terms) if len(terms) > 1 else None

    return apply


def one_term(which: int) -> Wrong:
    """Only the first, or the last, term of the product rule."""

    def apply(u: Node, x: Node) -> Node | None:
        moving = [i for i, f in enumerate(u.args) if depends(f, x)]
        if len(moving) < 2:
            return None
        i = moving[which]
        build = matmul if u.op == MATMUL else mul
        return build(*u.args[:i], d(u.args[i], x), *u.args[i + 1 :])

    return apply


def _around(u: Node, x: Node, arranged: Callable[..., list[Node]]) -> Node | None:
    found = _block(u, x)
    if found is None or not (found[0] or found[2]):
        return None
    before, middle, after = found
    return _product_like(u, arranged(before, d(middle, x), after))


def constants_to_the_right(u: Node, x: Node) -> Node | None:
    """d(A X B) = dX A B."""
    return _around(u, x, lambda before, dm, after: [dm, *before, *after])


def constants_to_the_left(u: Node, x: Node) -> Node | None:
    """d(A X B) = A B dX."""
    return _around(u, x, lambda before, dm, after: [*before, *after, dm])


def left_constant_lost(u: Node, x: Node) -> Node | None:
    """d(A X B) = dX B."""
    return _around(u, x, lambda before, dm, after: [dm, *after] if before else [])


def right_constant_lost(u: Node, x: Node) -> Node | None:
    """d(A X B) = A dX."""
    return _around(u, x, lambda before, dm, after: [*before, dm] if after else [])


def middle_constant_lost(u: Node, x: Node) -> Node | None:
    """d(X A X) = d(X X)."""
    found = _block(u, x)
    if found is None or found[1].op != MATMUL:
        return None
    before, middle, after = found
    moving = [f for f in middle.args if depends(f, x)]
    product = _product_like(middle, moving) if len(moving) < len(middle.args) else None
    return None if product is None else _product_like(u, [*before, d(product, x), *after])


def quadratic(turned: bool) -> Wrong:
    """The differential of vᵀMv as 2vᵀM dv, or as 2vᵀMᵀ dv: right for symmetric M only."""

    def apply(u: Node, x: Node) -> Node | None:
        first, *middle, last = u.args
        if first is not transpose(last) or not middle or not depends(last, x):
            return None
        if any(depends(m, x) for m in middle):
            return None
        inside = transpose(matmul(*middle)) if turned else matmul(*middle)
        return TWO * matmul(first, inside, d(last, x))

    return apply
