"""Matrix expressions as SymPy, unevaluated, so that they keep the form in which they were found.

Letters of extents are positive integer symbols; other scalars are real, as everywhere.  A product
with one row and one column is a matrix to SymPy and a scalar here: it becomes ``(a.T*b)[0, 0]``,
an entry that is not written out as a sum and that stands in any scalar expression.  Indices are
SymPy's, counted from 0.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import prod
from operator import mul as times
from typing import Any

import sympy as sp
from sympy.matrices.expressions.applyfunc import ElementwiseApplyFunction
from sympy.matrices.expressions.matexpr import MatrixElement

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    APP,
    ARRAY,
    CONST,
    DIV,
    FN,
    INTEGRAL,
    LOGIC,
    MATRIX,
    MOVE,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    SERIES,
    SYM,
    Node,
    postorder,
)
from calc_core.matrix.nodes import (
    DELTA,
    DET,
    DIAG,
    DIAGONAL,
    EACH,
    EXTENT,
    HADAMARD,
    IDENTITY,
    INVERSE,
    KRON,
    LOGSUMEXP,
    MATMUL,
    MATPOW,
    NORM,
    ONES,
    QUOTIENT,
    SOFTMAX,
    SUBSCRIPT,
    TOTAL,
    TRACE,
    TRANSPOSE,
)
from calc_core.printing import Text
from calc_core.shapes import Extent, Shape, columns, rows
from calc_core.sympy_bridge import FUNCTIONS, converted

Form = Callable[[Node, list[Any]], Any]

_SCALAR = (NUM, SYM, CONST, POW, FN, APP, PIECEWISE, REL, LOGIC, INTEGRAL)


def to_sympy_matrix(root: Node) -> Any:
    """The node as a SymPy matrix expression, or as a scalar expression if it is a scalar.

    Raises InputError where SymPy has no form for a part of it.
    """
    done: dict[Node, Any] = {}
    for node in postorder(root):
        done[node] = _formed(node, [done[a] for a in node.args])
    return done[root]


# What SymPy raises where it has no form for a combination of its own parts.
_UNBUILDABLE = (TypeError, ValueError, AttributeError, NotImplementedError)


def _formed(node: Node, args: list[Any]) -> Any:
    if node.op not in _FORMS and node.op not in _SCALAR:
        raise _no_form(node)
    try:
        return _built(node, args)
    except _UNBUILDABLE:
        pass
    try:
        return _built(node, [_steady(a) for a in args])
    except _UNBUILDABLE as error:
        raise _no_form(node) from error


def _built(node: Node, args: list[Any]) -> Any:
    return _FORMS[node.op](node, args) if node.op in _FORMS else converted(node, args)


def _steady(e: Any) -> Any:
    """The same with sums of matrices of which SymPy does not pull out a minus sign.

    Abs and its like pull it out as that of a number, which det(x aᵀ − S) does not survive.
    """
    sign, rest = _unsigned(e)
    return _signed(sign, rest)


_LINEAR = (sp.Transpose, sp.Inverse, sp.Trace, MatrixElement)


def _unsigned(e: Any) -> tuple[int, Any]:
    """(1 or −1, a form without minus signs to pull out), whose product e is."""
    pairs = [_unsigned(a) for a in e.args]
    if isinstance(e, sp.MatMul):
        sign = prod(s for s, _ in pairs)
        return sign, sp.MatMul(*[a for _, a in pairs])
    if isinstance(e, _LINEAR):
        return pairs[0][0], e.func(pairs[0][1], *e.args[1:])
    if isinstance(e, sp.Determinant):
        sign, inner = pairs[0]
        det = sp.Determinant(inner)
        return 1, det if sign > 0 else sp.Mul((-1) ** inner.shape[0], det)
    args = [_signed(*pair) for pair in pairs]
    if isinstance(e, sp.MatAdd) and e.could_extract_minus_sign():
        return -1, sp.MatAdd(*[_signed(-s, a) for s, a in pairs])
    same = all(new is old for new, old in zip(args, e.args, strict=True))
    if e is sp.S.NegativeOne:
        return -1, sp.S.One
    return 1, e if same else e.func(*args)


def _signed(sign: int, e: Any) -> Any:
    if sign > 0:
        return e
    return sp.MatMul(-1, *e.args if isinstance(e, sp.MatMul) else (e,)) if e.is_Matrix else -e


def _no_form(node: Node) -> InputError:
    return InputError(f"{Text()(node)} has no SymPy form.", hint="Use .node or .latex() instead.")


def _size(n: Extent) -> Any:
    letters = [
        sp.Integer(part) if part.isdigit() else sp.Symbol(part, integer=True, positive=True)
        for part in str(n).split("*")
    ]
    return reduce(times, letters)


def _sizes(shape: Shape) -> tuple[Any, Any]:
    return _size(rows(shape)), _size(columns(shape))


def _entry(product: Any) -> Any:
    """The only entry of a matrix of one row and one column."""
    return MatrixElement(product, sp.S.Zero, sp.S.Zero)


def _ones(shape: Shape) -> Any:
    return sp.OneMatrix(*_sizes(shape))


def _symbol(node: Node, _: list[Any]) -> Any:
    name = node.data.name if node.op == MATRIX else f"d{node.data.name}"
    return sp.MatrixSymbol(name, *_sizes(node.shape)) if node.shape else sp.Symbol(name, real=True)


def _sum(node: Node, args: list[Any]) -> Any:
    if not node.shape:
        return sp.Add(*args)
    # A number among matrices stands for that number everywhere, and 0 for nothing.
    terms = [
        term if a.shape else sp.MatMul(term, _ones(node.shape))
        for a, term in zip(node.args, args, strict=True)
        if a.shape or term != 0
    ]
    return sp.MatAdd(*terms)


def _multiple(node: Node, args: list[Any]) -> Any:
    if not node.shape:
        return sp.Mul(*args)
    if 0 in args:
        return sp.ZeroMatrix(*_sizes(node.shape))
    return sp.MatMul(*args)


def _fraction(node: Node, args: list[Any]) -> Any:
    top, bottom = args
    return sp.MatMul(1 / bottom, top) if node.shape else top / bottom


def _product(node: Node, args: list[Any]) -> Any:
    product = sp.MatMul(*args)
    return product if node.shape else _entry(product)


def _entrywise(node: Node, args: list[Any]) -> Any:
    full = [
        part if a.shape else sp.MatMul(part, _ones(node.shape))
        for a, part in zip(node.args, args, strict=True)
    ]
    return sp.HadamardProduct(*full)


def _quotient(node: Node, args: list[Any]) -> Any:
    top, bottom = args
    if not node.args[1].shape:
        return sp.MatMul(1 / bottom, top)
    turned = _applied(bottom, lambda t: 1 / t)
    return sp.HadamardProduct(top, turned) if node.args[0].shape else sp.MatMul(top, turned)


def _each(node: Node, args: list[Any]) -> Any:
    matrix, *parameters = args
    if node.data == "power":
        return sp.HadamardPower(matrix, parameters[0])
    return _applied(matrix, lambda t: FUNCTIONS[node.data](t, *parameters))


def _applied(matrix: Any, function: Callable[[Any], Any]) -> Any:
    t = sp.Dummy("t", real=True)
    return ElementwiseApplyFunction(sp.Lambda(t, function(t)), matrix)


def _diagonal(node: Node, args: list[Any]) -> Any:
    # SymPy's DiagonalOf fails where numbers are put in; (A ⊙ I) 1 does not.
    n = _size(rows(node.shape))
    return sp.MatMul(sp.HadamardProduct(args[0], sp.Identity(n)), sp.OneMatrix(n, 1))


def _total(node: Node, args: list[Any]) -> Any:
    return _summed(args[0], node.args[0].shape)


def _summed(matrix: Any, shape: Shape) -> Any:
    left = [] if rows(shape) == 1 else [_ones((1, rows(shape)))]
    right = [] if columns(shape) == 1 else [_ones((columns(shape), 1))]
    return _entry(sp.MatMul(*left, matrix, *right))


def _norm(node: Node, args: list[Any]) -> Any:
    shape = node.args[0].shape
    if not shape:
        return sp.Abs(args[0])
    if columns(shape) == 1:
        return sp.sqrt(_entry(sp.MatMul(sp.Transpose(args[0]), args[0])))
    return sp.sqrt(sp.Trace(sp.MatMul(sp.Transpose(args[0]), args[0])))


def _logsumexp(node: Node, args: list[Any]) -> Any:
    return sp.log(_summed(_applied(args[0], sp.exp), node.args[0].shape))


def _softmax(node: Node, args: list[Any]) -> Any:
    powers = _applied(args[0], sp.exp)
    return sp.MatMul(1 / _summed(powers, node.shape), powers)


def _subscript(node: Node, args: list[Any]) -> Any:
    places = [_place(name) - 1 for name in node.data] + [sp.S.Zero] * (2 - len(node.data))
    return MatrixElement(args[0], *places)


def _place(name: str) -> Any:
    return sp.Integer(name) if name.isdigit() else sp.Symbol(name, integer=True, positive=True)


def _array(node: Node, args: list[Any]) -> Any:
    return sp.ImmutableMatrix(*node.shape, args) if len(node.shape) == 2 else converted(node, args)


def _series(node: Node, args: list[Any]) -> Any:
    # To SymPy a Sum is a scalar, whatever is summed.
    if node.shape:
        raise _no_form(node)
    body, index, low, high = args
    return sp.Sum(body, (index, low, high))


_FORMS: dict[str, Form] = {
    MATRIX: _symbol,
    MOVE: _symbol,
    IDENTITY: lambda node, _: sp.Identity(_size(node.data)),
    ONES: lambda node, _: _ones(node.data),
    EXTENT: lambda node, _: _size(node.data),
    ARRAY: _array,
    ADD: _sum,
    MUL: _multiple,
    DIV: _fraction,
    MATMUL: _product,
    TRANSPOSE: lambda _, args: sp.Transpose(*args),
    INVERSE: lambda _, args: sp.Inverse(*args),
    MATPOW: lambda _, args: sp.MatPow(*args),
    HADAMARD: _entrywise,
    QUOTIENT: _quotient,
    EACH: _each,
    KRON: lambda _, args: sp.KroneckerProduct(*args),
    DIAG: lambda _, args: sp.DiagMatrix(*args),
    DIAGONAL: _diagonal,
    TRACE: lambda _, args: sp.Trace(*args),
    DET: lambda _, args: sp.Determinant(*args),
    TOTAL: _total,
    NORM: _norm,
    LOGSUMEXP: _logsumexp,
    SOFTMAX: _softmax,
    SUBSCRIPT: _subscript,
    DELTA: lambda node, _: sp.KroneckerDelta(*map(_place, node.data)),
    SERIES: _series,
}
