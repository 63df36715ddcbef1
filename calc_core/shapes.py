"""The shape of every operator's result, from its data and the shapes of its arguments.

A scalar has the shape ().  A matrix has two extents, (rows, columns); a column vector is (n, 1), a
row (1, n), and what has one row and one column is a scalar.  An extent is a number or a letter, or
a product of them such as ``m*n``.  Arrays of scalars have extents that are numbers, as many as they
like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from math import prod
from typing import Any

Extent = int | str
# Of extents; Any, for where all of them are numbers nobody wants to ask.
Shape = tuple[Any, ...]


def times(*extents: Extent) -> Extent:
    """The product of extents, in one spelling.

    >>> times("n", 2, "m", 3), times(2, 3), times(1, "n")
    ('6*m*n', 6, 'n')
    """
    number, letters = 1, Counter[str]()
    for extent in extents:
        for factor in str(extent).split("*"):
            if factor.isdigit():
                number *= int(factor)
            else:
                letters[factor] += 1
    names = sorted(letters.elements())
    if not names:
        return number
    return "*".join([str(number), *names] if number != 1 else names)


def measure(extent: Extent, sizes: dict[str, int]) -> int:
    """The number that an extent is, given those of its letters.  Raises KeyError.

    >>> measure("2*m*n", {"m": 3, "n": 5})
    30
    """
    parts = str(extent).split("*")
    return prod(int(part) if part.isdigit() else sizes[part] for part in parts)


def matrix_shape(rows: Extent, columns: Extent) -> Shape:
    """(rows, columns), or () if both are 1."""
    return () if rows == columns == 1 else (rows, columns)


def rows(shape: Shape) -> Extent:
    """The number of rows; 1 for a scalar."""
    return shape[0] if shape else 1


def columns(shape: Shape) -> Extent:
    """The number of columns; 1 for a scalar."""
    return shape[1] if shape else 1


Rule = Callable[[Any, tuple[Shape, ...]], Shape]


def _largest(_: Any, shapes: tuple[Shape, ...]) -> Shape:
    """That of the terms or factors; numbers, the number 0 above all, go with any."""
    return next((shape for shape in shapes if shape), ())


def _first(_: Any, shapes: tuple[Shape, ...]) -> Shape:
    return shapes[0]


def _given(data: Any, _: tuple[Shape, ...]) -> Shape:
    return matrix_shape(*data)


def _product(_: Any, shapes: tuple[Shape, ...]) -> Shape:
    return matrix_shape(rows(shapes[0]), columns(shapes[-1]))


def _kronecker(_: Any, shapes: tuple[Shape, ...]) -> Shape:
    return matrix_shape(times(*map(rows, shapes)), times(*map(columns, shapes)))


def _column(_: Any, shapes: tuple[Shape, ...]) -> Shape:
    return matrix_shape(times(rows(shapes[0]), columns(shapes[0])), 1)


SHAPES: dict[str, Rule] = {
    "array": lambda data, _: data,
    "D": lambda _, shapes: shapes[0] + shapes[1],
    "at": _first,
    "dot": lambda _, shapes: shapes[0][:-1] + shapes[1][1:],
    "add": _largest,
    "mul": _largest,
    "div": _first,
    "series": _first,
    "d": _first,
    "matrix": lambda data, _: data.shape,
    "move": lambda data, _: data.shape,
    "identity": lambda data, _: matrix_shape(data, data),
    "ones": _given,
    "commutation": lambda data, _: matrix_shape(times(*data), times(*data)),
    "transpose": lambda _, shapes: shapes[0][::-1],
    "inverse": _first,
    "adjugate": _first,
    "matmul": _product,
    "matrix power": _first,
    "hadamard": _largest,
    "each": _first,
    "quotient": _largest,
    "kron": _kronecker,
    "vec": _column,
    "unvec": _given,
    "diag": lambda _, shapes: (shapes[0][0], shapes[0][0]),
    "diagonal": lambda _, shapes: (shapes[0][0], 1),
    "diagonal selection": lambda data, _: (times(data, data), data),
    "triangle": _first,
    "matrix function": _first,
    "softmax": _first,
}
"""The operators that can give anything but a scalar."""
