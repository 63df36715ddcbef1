"""Functions of numbers, of every entry of a matrix, and of the entries of a vector."""

from __future__ import annotations

from calc_core.graph import TWO, ZERO, Node, add, depends, fn, neg
from calc_core.matrix.entrywise import entrywise, slope
from calc_core.matrix.nodes import NORM, d, diag, each, hadamard, matmul, softmax, trace, transpose
from calc_core.matrix.tidy.parts import is_column
from calc_core.outer import partials


def d_chain(u: Node, x: Node) -> Node | None:
    found = [(p, a) for p, a in partials(u, x) if p is not ZERO]
    if not found:
        return ZERO if partials(u, x) else None
    return add(*[p * d(a, x) for p, a in found])


def d_logarithmic(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    return u * d(exponent * fn("ln", base), x)


def d_larger(u: Node, x: Node) -> Node | None:
    if u.data not in ("max", "min"):
        return None
    first, *others = u.args
    rest = fn(u.data, *others) if len(others) > 1 else others[0]
    apart = fn("abs", first - rest)
    return d((first + rest + (apart if u.data == "max" else neg(apart))) / 2, x)


def d_entrywise(u: Node, x: Node) -> Node | None:
    if any(depends(p, x) for p in u.args[1:]):
        return None
    found = slope(u)
    return None if found is None else entrywise(found, d(u.args[0], x))


def d_entrywise_logarithmic(u: Node, x: Node) -> Node | None:
    if u.data != "power" or not depends(u.args[1], x):
        return None
    a, exponent = u.args
    return hadamard(u, d(exponent * each("ln", a), x))


def _inner(a: Node, change: Node) -> Node:
    """Σ a_ij dA_ij."""
    product = matmul(transpose(a), change)
    return product if is_column(a) else trace(product)


def d_norm(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return _inner(a, d(a, x)) / u


def d_squared_norm(u: Node, x: Node) -> Node | None:
    base, exponent = u.args
    if base.op != NORM or exponent is not TWO:
        return None
    a = base.args[0]
    return 2 * _inner(a, d(a, x))


def d_logsumexp(u: Node, x: Node) -> Node | None:
    a = u.args[0]
    return matmul(transpose(softmax(a)), d(a, x))


def d_softmax(u: Node, x: Node) -> Node | None:
    return matmul(diag(u) - matmul(u, transpose(u)), d(u.args[0], x))
