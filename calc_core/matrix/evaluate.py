"""The value of a matrix expression at numbers that a person gives.

Lists will do for vectors, and lists of rows for matrices.  What is asked of the numbers is checked
first: that every symbol has a value, that the extents fit together, that what was declared
symmetric is symmetric.  Errors are InputError, one sentence each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from calc_core.errors import InputError
from calc_core.graph import MOVE, Node, Symbol, outside_binders, postorder
from calc_core.matrix.kernels import Value
from calc_core.matrix.layouts import arranged_shape, in_shape_law, is_column, is_row
from calc_core.matrix.nodes import INVERSE, MATPOW
from calc_core.matrix.numbers import Numbers, sizes_of, symbols_in
from calc_core.printing import Text
from calc_core.shapes import Shape

TOLERANCE = 1e-8
# An inverse beyond this condition number has no digit right.
SINGULAR = 1e14


def evaluate(node: Node, values: Mapping[str, Any], symbols: Iterable[Symbol] = ()) -> Value:
    """The value: a scalar, or an array of two axes.

    ``values``   by name, of every symbol that occurs, the small change dX by the name "dX"; a
                 letter of an extent may be given, too, where no value tells it;
    ``symbols``  other symbols that were declared: their values, if given, tell extents as well.

    Raises InputError if a value is missing or does not fit, or if the result has no value there.

    >>> from calc_core.matrix.nodes import inverse, matmul, matrix, transpose
    >>> a, X = matrix("a", ("n", 1)), matrix("X", ("n", "n"))
    >>> float(evaluate(matmul(transpose(a), inverse(X), a), {"a": [1, 2], "X": [[2, 0], [0, 4]]}))
    1.5
    """
    return _value(given(node, values, symbols), node)


def evaluate_derivative(
    node: Node,
    f_shape: Shape,
    x_shape: Shape,
    layout: str,
    values: Mapping[str, Any],
    symbols: Iterable[Symbol] = (),
) -> Value:
    """The value of a derivative of f by x, which ``node`` is in that layout, by the shape law.

    Its axes are those of f and then those of x, of which a row or a column has one.  The values of
    ``symbols`` tell the extents that do not occur in the derivative.

    >>> from calc_core.graph import ZERO
    >>> from calc_core.matrix.nodes import matrix, transpose
    >>> a, x = matrix("a", ("n", 1)), matrix("x", ("n", 1))
    >>> evaluate_derivative(transpose(a), (), x.shape, "row", {"a": [1, 2]}).tolist()
    [1.0, 2.0]
    >>> evaluate_derivative(ZERO, (), x.shape, "row", {"x": [1, 2]}, [x.data]).tolist()
    [0.0, 0.0]
    """
    at = given(node, values, symbols)
    value = _value(at, node)
    # Extents that have no number are named, before they are asked for.
    at.extents(f_shape + x_shape)
    if not value.ndim:
        value = np.full(arranged_shape(f_shape, x_shape, layout, at.sizes), value)
    return in_shape_law(value, f_shape, x_shape, layout, at.sizes)[()]


def check_exponents(
    node: Node, name: str, values: Mapping[str, Any], symbols: Iterable[Symbol] = ()
) -> None:
    """Makes sure that the powers of matrices in a function are such that its derivative holds.

    ``node``  the function, whose powers X^k hold the symbol ``name`` that moves.  Of k factors X
    the derivative is a sum of k terms: at the values k must be one of 0, 1, 2, …

    Raises InputError otherwise.  Where a value is missing, that is told by :func:`evaluate`.

    >>> from calc_core.graph import sym
    >>> from calc_core.matrix.nodes import matrix, matrix_power
    >>> X = matrix("X", ("n", "n"))
    >>> check_exponents(matrix_power(X, sym("k")), "X", {"k": 3})
    """
    symbols = tuple(symbols)
    for part in outside_binders(node):
        if part.op == MATPOW and part.args[1].free and name in part.args[0].free:
            _check_exponent(part, values, symbols)


def _check_exponent(part: Node, values: Mapping[str, Any], symbols: Iterable[Symbol]) -> None:
    base, k = part.args
    if _occurring(k).keys() - values.keys():
        return
    value = float(np.real(given(k, values, symbols)(k)))
    if value < 0 or not value.is_integer():
        shown, a = Text()(k), Text()(base)
        raise InputError(
            f"The derivative of {Text()(part)} holds where {shown} is 0, 1, 2, … and not for "
            f"{shown} = {value:g}.",
            hint=f"For negative powers write inv({a})^n.",
        )


def given(node: Node, values: Mapping[str, Any], symbols: Iterable[Symbol] = ()) -> Numbers:
    """The reader of values that a person gives.  Raises InputError where they do not fit."""
    occurring = _occurring(node)
    moves = _moves_in(node)
    missing = sorted((occurring.keys() | moves.keys()) - values.keys())
    if missing:
        hint = f"Give {'one' if len(missing) == 1 else 'each of them one'}."
        raise InputError(f"There is no value for {', '.join(missing)}.", hint=hint)
    declared = {s.name: s for s in symbols if s.name in values} | occurring | moves
    arrays = {name: _array(symbol, values[name]) for name, symbol in declared.items()}
    sizes = sizes_of(declared.values(), arrays, _given_sizes(values, declared))
    for name, symbol in declared.items():
        _check_traits(symbol, arrays[name])
    return Numbers(arrays, sizes, {name[1:]: arrays[name] for name in moves})


def _value(at: Numbers, node: Node) -> Value:
    with np.errstate(all="ignore"):
        try:
            value = at.full(node)
        except np.linalg.LinAlgError as error:
            raise _singular(at, node) from error
        for part in outside_binders(node):
            if _is_inverted(at, part) and _is_singular(at, part.args[0]):
                raise _without_inverse(part.args[0])
        if not np.isfinite(value).all():
            raise _without_value(at, node)
    # A copy: constant matrices are shared, and so are the values given.
    return np.array(value, dtype=np.float64)[()]


# ── what goes in ──────────────────────────────────────────────────────────────────────────────────


def _occurring(node: Node) -> dict[str, Symbol]:
    """The symbols that need a value."""
    return {name: s for name, s in symbols_in(node).items() if name in node.free}


def _moves_in(node: Node) -> dict[str, Symbol]:
    """The small changes, by the name dX."""
    found = [leaf.data for leaf in postorder(node) if leaf.op == MOVE]
    return {f"d{x.name}": x._replace(name=f"d{x.name}") for x in found}


def _given_sizes(values: Mapping[str, Any], declared: Mapping[str, Symbol]) -> dict[str, int]:
    """Letters of extents that were given as numbers."""
    extents = [str(extent) for symbol in declared.values() for extent in symbol.shape]
    letters = {part for extent in extents for part in extent.split("*")}
    given = {name for name in values if name in letters or name not in declared}
    return {name: values[name] for name in given if isinstance(values[name], int)}


def _array(symbol: Symbol, value: Any) -> Value:
    try:
        array = np.asarray(value)
        if np.iscomplexobj(array):
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise InputError(f"The value of {symbol.name} does not consist of real numbers.") from error
    if not array.size or not np.isfinite(array).all():
        raise InputError(f"The value of {symbol.name} does not consist of finite numbers.")
    if array.ndim == 1 and is_column(symbol.shape):
        array = array[:, None]
    elif array.ndim == 1 and is_row(symbol.shape):
        array = array[None, :]
    if array.ndim and not symbol.shape:
        raise InputError(f"{symbol.name} is a number, but its value is an array.")
    return array[()]


_HOLDS: Mapping[str, Callable[[Any], Any]] = {
    "symmetric": lambda value: value - value.T,
    "diagonal": lambda value: value - np.diag(np.diag(value)),
    "lower": lambda value: np.triu(value, 1),
    "upper": lambda value: np.tril(value, -1),
    "orthogonal": lambda value: value.T @ value - np.eye(len(value)),
}
"""What is 0 if a trait holds."""
_CALLED = {"lower": "lower triangular", "upper": "upper triangular"}


def _check_traits(symbol: Symbol, value: Value) -> None:
    for trait in symbol.traits:
        off = np.abs(_HOLDS[trait](value)).max()
        if off > TOLERANCE * max(1.0, np.abs(value).max()):
            called = _CALLED.get(trait, trait)
            raise InputError(f"{symbol.name} is declared {called}, but its value is not.")


# ── what has no value ─────────────────────────────────────────────────────────────────────────────


def _is_inverted(at: Numbers, part: Node) -> bool:
    negative = part.op == MATPOW and np.real(at(part.args[1])) < 0
    return part.op == INVERSE or bool(negative)


def _is_singular(at: Numbers, node: Node) -> bool:
    a = at(node)
    return bool(a.ndim and np.linalg.norm(a) * np.linalg.norm(np.linalg.inv(a)) > SINGULAR)


def _without_inverse(a: Node) -> InputError:
    return InputError(f"{Text()(a)} has no inverse at these values.")


def _singular(at: Numbers, node: Node) -> InputError:
    """Which of the matrices that are inverted is singular."""
    for part in outside_binders(node):
        if part.op in (INVERSE, MATPOW):
            try:
                at(part)
            except np.linalg.LinAlgError:
                return _without_inverse(part.args[0])
    return InputError("A matrix that is to be inverted has no inverse at these values.")


def _without_value(at: Numbers, node: Node) -> InputError:
    """The first part that is not finite."""
    part = next(p for p in outside_binders(node) if not np.isfinite(at(p)).all())
    return InputError(f"{Text()(part)} has no finite value at these values.")
