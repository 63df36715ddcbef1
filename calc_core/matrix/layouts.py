"""How a derivative is laid out as one matrix.

A derivative by the shape law is an array: A_ij…kl… = ∂f_ij…/∂x_kl…, with one axis for a vector, be
it a column or a row, two for a matrix and none for a scalar.  A layout writes it as one matrix:

``shape``   in the order of the shape law: a gradient by a column is a row 1×n, a Jacobian is m×n,
            the gradient of a scalar by a matrix has the shape of the matrix;
``row``     so that df = M dx, or df = tr(M dX): a gradient by an m×n matrix is n×m;
``column``  the transpose of the row: a gradient by a column is a column n×1, a Jacobian n×m.

By a scalar, f keeps its shape (``column``: that of its transpose).  All that is left (a matrix by
a vector, a vector by a matrix, a matrix by a matrix, and rows) is the Jacobian
∂vec(f)/∂vec(x), where vec stacks columns, or its transpose for ``column``.

The shapes are those of the expression graph: () for a scalar, (n, 1) for a column, (1, n) for a
row, (m, n) for a matrix.  Whether something is a column is read off its declared shape, so that a
matrix declared as m×n stays one where n happens to be 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np

from calc_core.shapes import Shape, measure

SHAPE_LAW, ROW, COLUMN = LAYOUTS = ("shape", "row", "column")

Array = Any


def is_column(shape: Shape) -> bool:
    """Whether a shape is that of a column vector."""
    return len(shape) == 2 and shape[1] == 1


def is_row(shape: Shape) -> bool:
    """Whether a shape is that of a row vector."""
    return len(shape) == 2 and shape[0] == 1


def public_shape(shape: Shape) -> Shape:
    """The axes of the shape law: a row and a column have one.

    >>> public_shape(("n", 1)), public_shape((1, "n")), public_shape(("m", "n")), public_shape(())
    (('n',), ('n',), ('m', 'n'), ())
    """
    return shape[:1] if is_column(shape) else shape[1:] if is_row(shape) else shape


def is_vectorised(f_shape: Shape, x_shape: Shape) -> bool:
    """Whether the derivative is laid out as ∂vec(f)/∂vec(x): neither f nor x is a scalar."""
    return bool(f_shape and x_shape)


def arranged(A: Array, f_shape: Shape, x_shape: Shape, layout: str) -> Array:
    """The array of the shape law as one matrix, or as a number if f and x are scalars.

    >>> gradient = np.array([1.0, 2.0])
    >>> arranged(gradient, (), ("n", 1), "shape").tolist()
    [[1.0, 2.0]]
    >>> arranged(gradient, (), ("n", 1), "column").tolist()
    [[1.0], [2.0]]
    """
    A = np.asarray(A)
    if is_vectorised(f_shape, x_shape):
        jacobian = _stacked(A, len(public_shape(f_shape)))
        return jacobian.T if layout == COLUMN else jacobian
    if not f_shape and not x_shape:
        return A[()]
    matrix = _two_axes(A, f_shape or x_shape)
    return matrix.T if _is_turned(f_shape, x_shape, layout) else matrix


def in_shape_law(
    matrix: Array,
    f_shape: Shape,
    x_shape: Shape,
    layout: str,
    sizes: Mapping[str, int] | None = None,
) -> Array:
    """The array of the shape law from what :func:`arranged` made of it.

    ``sizes`` gives numbers to letters in the shapes.

    >>> in_shape_law([[1.0], [2.0]], (), (2, 1), "column").tolist()
    [1.0, 2.0]
    """
    matrix = np.asarray(matrix)
    f_axes = _measured(public_shape(f_shape), sizes or {})
    x_axes = _measured(public_shape(x_shape), sizes or {})
    if is_vectorised(f_shape, x_shape):
        jacobian = matrix.T if layout == COLUMN else matrix
        # vec stacks columns, so that the first index of f, and of x, runs fastest.
        f_order, x_order = [*reversed(range(len(f_axes)))], [*reversed(range(len(x_axes)))]
        tensor = jacobian.reshape(f_axes[::-1] + x_axes[::-1])
        return tensor.transpose(f_order + [len(f_axes) + k for k in x_order])
    turned = _is_turned(f_shape, x_shape, layout)
    return (matrix.T if turned else matrix).reshape(f_axes + x_axes)


def arranged_shape(
    f_shape: Shape, x_shape: Shape, layout: str, sizes: Mapping[str, int] | None = None
) -> tuple[int, ...]:
    """The shape of what :func:`arranged` makes, in numbers.

    >>> arranged_shape((), (3, 2), "row"), arranged_shape((2, 1), (3, 2), "shape")
    ((2, 3), (2, 6))
    """
    f_extents, x_extents = _measured(f_shape, sizes or {}), _measured(x_shape, sizes or {})
    if is_vectorised(f_shape, x_shape):
        jacobian = (prod(f_extents), prod(x_extents))
        return jacobian[::-1] if layout == COLUMN else jacobian
    extents = f_extents + x_extents
    return extents[::-1] if _is_turned(f_shape, x_shape, layout) else extents


def _is_turned(f_shape: Shape, x_shape: Shape, layout: str) -> bool:
    """Whether the one of f and x that is no scalar lies transposed."""
    if f_shape:
        return layout == COLUMN
    return layout == ROW or (layout == SHAPE_LAW and is_column(x_shape))


def _two_axes(A: Array, shape: Shape) -> Array:
    return A[:, None] if is_column(shape) else A[None, :] if is_row(shape) else A


def _stacked(A: Array, f_axes: int) -> Array:
    """∂vec(f)/∂vec(x): the first index of f, and of x, runs fastest."""
    f_order, x_order = range(f_axes), range(f_axes, A.ndim)
    tensor = A.transpose(*reversed(f_order), *reversed(x_order))
    return tensor.reshape(prod(A.shape[:f_axes]), -1)


def _measured(shape: Shape, sizes: Mapping[str, int]) -> tuple[int, ...]:
    return tuple([measure(extent, dict(sizes)) for extent in shape])
