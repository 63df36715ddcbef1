"""Matrix functions such as the exponential, alone and under a trace."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.errors import InputError
from calc_core.graph import ADD, DIV, MUL, Node, add, depends, mul, neg, rebuild
from calc_core.matrix.nodes import MATFN, TRANSPOSE, d, inverse, matmul, matrix_function, trace
from calc_core.matrix.tidy.parts import peel

_SLOPES: dict[str, Callable[[Node], Node]] = {
    "exp": lambda a: matrix_function("exp", a),
    "ln": inverse,
    "sin": lambda a: matrix_function("cos", a),
    "cos": lambda a: neg(matrix_function("sin", a)),
    "sinh": lambda a: matrix_function("cosh", a),
    "cosh": lambda a: matrix_function("sinh", a),
}


def d_trace_of_function(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op != MATFN or inner.data not in _SLOPES:
        return None
    a = inner.args[0]
    return trace(matmul(_SLOPES[inner.data](a), d(a, x)))


def _is_linear_in_function(u: Node, x: Node) -> bool:
    """Whether u is a sum, multiple or transpose with a moving matrix function in it."""
    if u.op == MATFN:
        return depends(u, x)
    return u.op in (ADD, MUL, DIV, TRANSPOSE) and any(
        _is_linear_in_function(a, x) for a in u.args if a.shape
    )


def d_trace_is_linear(u: Node, x: Node) -> Node | None:
    inner = u.args[0]
    if inner.op == MATFN or not _is_linear_in_function(inner, x):
        return None
    if inner.op == ADD:
        return add(*[d(trace(term), x) for term in inner.args if depends(term, x)])
    if inner.op == TRANSPOSE:
        return d(trace(inner.args[0]), x)
    parts = tuple([trace(a) if a.shape else a for a in inner.args])
    return d(rebuild(inner, parts), x)


def d_function_of_multiple(u: Node, x: Node) -> Node | None:
    """The law d f(sA) = f′(sA) A ds: with a scalar alone that moves, everything commutes."""
    scalars, a = peel(u.args[0])
    if u.data not in _SLOPES or depends(a, x) or any(n < 0 for _, n in scalars):
        return None
    factor = mul(*[s for s, _ in scalars])
    return d(factor, x) * matmul(_SLOPES[u.data](u.args[0]), a)


def refused(u: Node, _: Node) -> Node | None:
    name = {"exp": "exponential", "ln": "logarithm"}.get(u.data, u.data)
    short = {"ln": "log"}.get(u.data, u.data)
    raise InputError(
        f"The matrix {name} of a matrix that moves has a simple differential only under a trace.",
        hint=f"Write tr({short}m(X)), with nothing else in the trace, or {short} of the entries.",
    )
