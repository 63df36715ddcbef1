"""Powers, inverses and determinants of square matrices."""

from __future__ import annotations

from calc_core.graph import FN, NUM, ZERO, Node, add, depends, neg, num
from calc_core.matrix.nodes import (
    DET,
    MATPOW,
    d,
    det,
    free_letter,
    inverse,
    matmul,
    matrix_power,
    series,
    trace,
)

# A power of at most this exponent is written out as a sum.
WRITTEN_OUT = 4


def d_power(u: Node, x: Node, taken: frozenset[str] = frozenset()) -> Node | None:
    a, k = u.args
    if depends(k, x):
        return None
    if k.op != NUM:
        r = free_letter(u.free | taken)
        return series(
            matmul(matrix_power(a, r), d(a, x), matrix_power(a, k - 1 - r)), r, ZERO, k - 1
        )
    if k.data < 0:
        return d(inverse(matrix_power(a, num(-k.data))), x)
    if k.data <= WRITTEN_OUT:
        return add(*[_in_place(a, d(a, x), i, k.data) for i in range(k.data)])
    r = free_letter(u.free | taken)
    body = matmul(matrix_power(a, r), d(a, x), matrix_power(a, num(k.data - 1) - r))
    return series(body, r, ZERO, num(k.data - 1))


def _in_place(a: Node, change: Node, i: int, k: int) -> Node:
    """A^i dA A^(k−1−i)."""
    before = [a] if i == 1 else [matrix_power(a, num(i))] if i else []
    rest = k - 1 - i
    after = [a] if rest == 1 else [matrix_power(a, num(rest))] if rest else []
    return matmul(*before, change, *after)


def d_trace_of_power(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op != MATPOW or depends(inner.args[1], x):
        return None
    a, k = inner.args
    less = num(k.data - 1) if k.op == NUM else k - 1
    return k * trace(matmul(matrix_power(a, less), d(a, x)))


def d_inverse(u: Node, x: Node) -> Node | None:
    return neg(matmul(u, d(u.args[0], x), u))


def d_det(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return u * trace(matmul(inverse(a), d(a, x)))


def d_log_det(u: Node, x: Node) -> Node | None:
    if u.data != "ln":
        return None
    inner = u.args[0]
    inner = inner.args[0] if inner.op == FN and inner.data == "abs" else inner
    if inner.op != DET:
        return None
    a = inner.args[0]
    return trace(matmul(inverse(a), d(a, x)))


def d_adjugate(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return d(det(a) * inverse(a), x)
