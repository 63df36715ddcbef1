"""Sums, products and quotients of numbers and matrices, and what is linear."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.graph import (
    DIV,
    MINUS_ONE,
    MUL,
    ZERO,
    Node,
    add,
    array,
    depends,
    div,
    mul,
    neg,
    rebuild,
)
from calc_core.matrix.entrywise import entrywise
from calc_core.matrix.nodes import (
    HADAMARD,
    KRON,
    MATMUL,
    d,
    hadamard,
    kron,
    matmul,
    move,
    quotient,
    series,
    transpose,
)


def d_constant(u: Node, x: Node) -> Node | None:
    return ZERO if not depends(u, x) else None


def d_variable(u: Node, x: Node) -> Node | None:
    return move(x) if u is x else None


def d_sum(u: Node, x: Node) -> Node | None:
    return add(*[_of_term(t, x) for t in u.args if depends(t, x)])


def _of_term(t: Node, x: Node) -> Node:
    if t.op == MUL and t.args[0] is MINUS_ONE:
        return neg(d(mul(*t.args[1:]), x))
    return d(t, x)


def d_constant_multiple(u: Node, x: Node) -> Node | None:
    if u.op == DIV:
        return None if depends(u.args[1], x) else d(u.args[0], x) / u.args[1]
    still = [f for f in u.args if not depends(f, x)]
    moving = [f for f in u.args if depends(f, x)]
    return mul(*still, d(mul(*moving), x)) if still else None


def d_constant_factors(u: Node, x: Node) -> Node | None:
    """d(A U B) = A dU B for constant A and B, U being all from the first that moves to the last."""
    moving = [i for i, f in enumerate(u.args) if depends(f, x)]
    first, last = moving[0], moving[-1]
    if first == 0 and last == len(u.args) - 1:
        return None
    before, after = u.args[:first], u.args[last + 1 :]
    return matmul(*before, d(matmul(*u.args[first : last + 1]), x), *after)


# All of them are linear in each factor, and the order is kept.
_PRODUCTS: dict[str, Callable[..., Node]] = {
    MUL: mul,
    MATMUL: matmul,
    HADAMARD: hadamard,
    KRON: kron,
}


def d_product(u: Node, x: Node) -> Node | None:
    build = _PRODUCTS[u.op]
    return add(
        *[
            build(*u.args[:i], d(f, x), *u.args[i + 1 :])
            for i, f in enumerate(u.args)
            if depends(f, x)
        ]
    )


def d_reciprocal(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    return None if depends(top, x) else neg(div(mul(d(bottom, x), top), bottom**2))


def d_quotient(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    # A scalar may stand before the small change, a matrix comes last.
    falling = mul(d(bottom, x), top) if top.shape else top * d(bottom, x)
    return div(bottom * d(top, x) - falling, bottom**2)


def d_entrywise_quotient(u: Node, x: Node) -> Node | None:
    top, bottom = u.args
    terms = []
    if depends(top, x):
        terms.append(quotient(d(top, x), bottom))
    if depends(bottom, x):
        square = hadamard(bottom, bottom) if bottom.shape else bottom**2
        change = entrywise(top, d(bottom, x))
        terms.append(neg(quotient(change, square)))
    return add(*terms)


def d_transpose(u: Node, x: Node) -> Node | None:
    return transpose(d(u.args[0], x))


def d_linear_operator(u: Node, x: Node) -> Node | None:
    """A linear operator: the differential goes inside."""
    return rebuild(u, (d(u.args[0], x),))


def d_series(u: Node, x: Node) -> Node | None:
    body, index, low, high = u.args
    return None if depends(low, x) or depends(high, x) else series(d(body, x), index, low, high)


def d_entry_by_entry(u: Node, x: Node) -> Node | None:
    return array(u.data, [d(e, x) if depends(e, x) else ZERO for e in u.args])
