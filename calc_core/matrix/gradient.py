"""The public calls: the derivative of a matrix expression, and the Hessian of a scalar one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from calc_core.errors import InputError
from calc_core.graph import ZERO
from calc_core.matrix.derivation import MatrixDerivation, MatrixHessian
from calc_core.matrix.identify import Identification
from calc_core.matrix.language import Problem, read
from calc_core.matrix.layouts import COLUMN, LAYOUTS, ROW, SHAPE_LAW, is_column

Shapes = Mapping[str, Any]


def matrix_gradient(
    text: str,
    wrt: str | None = None,
    shapes: Shapes | None = None,
    symmetric: str | Iterable[str] = (),
    structure: str | Mapping[str, str] | None = None,
    *,
    layout: str = SHAPE_LAW,
) -> MatrixDerivation:
    """The derivative of a scalar, vector or matrix by a scalar, vector or matrix.

    ``text``       lower case letters are column vectors, capitals matrices, Greek letters scalars;
    ``wrt``        what it is differentiated by: X or x unless given;
    ``shapes``     other kinds and extents, such as ``{"A": ("m", "n"), "t": "scalar"}``;
    ``symmetric``  the names of symmetric matrices;
    ``structure``  "symmetric", "diagonal", "lower", "upper" for ``wrt``, or traits by name;
    ``layout``     "shape" (a scalar's derivative has the shape of X, that by a vector is a row),
                   "row" (numerator layout) or "column" (denominator layout).

    ``.evaluate`` gives the numbers in the order of the shape law,
    shape(D(f, X)) = shape(f) + shape(X), whatever the layout.  Raises InputError if the text cannot
    be read, the shapes do not fit together, or a law is missing.

    >>> matrix_gradient("a' inv(X) b", "X")
    MatrixDerivation(∂f/∂X = -X⁻ᵀ·a·bᵀ·X⁻ᵀ)
    """
    if layout not in LAYOUTS:
        raise InputError(f"There is no layout “{layout}”.", hint="Take shape, row or column.")
    return derive(read(text, wrt, shapes, symmetric, structure), layout)


def derive(
    problem: Problem, layout: str = SHAPE_LAW, name: tuple[str, str] = ("f", "f")
) -> MatrixDerivation:
    """As :func:`matrix_gradient`, for what has been read; ``name`` in LaTeX and in text."""
    step = Identification(problem.node, problem.wrt, layout).derive()
    return MatrixDerivation(problem, step, layout, name)


def matrix_hessian(
    text: str,
    wrt: str | None = None,
    shapes: Shapes | None = None,
    symmetric: str | Iterable[str] = (),
    structure: str | Mapping[str, str] | None = None,
) -> MatrixHessian:
    """The Hessian H_ij = ∂²f/∂x_j∂x_i of a scalar function of a vector, n×n, in closed form.

    The gradient is derived as a column, and then its Jacobian.  The arguments are those of
    :func:`matrix_gradient`; raises InputError as that does, and if f is no scalar or x no vector.

    >>> matrix_hessian("norm2(A x - b)^2", "x")
    MatrixHessian(∂²f/∂x² = 2Aᵀ·A)
    """
    return derive_hessian(read(text, wrt, shapes, symmetric, structure))


def derive_hessian(problem: Problem) -> MatrixHessian:
    """As :func:`matrix_hessian`, for what has been read."""
    if problem.node.shape:
        raise InputError(
            "This is not a scalar; only a scalar function has a Hessian matrix.",
            hint="Type a scalar, such as x'Bx.",
        )
    if not is_column(problem.wrt.shape):
        raise InputError(
            "The Hessian here is that of a function of a vector.",
            hint="Differentiate by a vector, such as x.",
        )
    first = derive(problem, COLUMN)
    if first.node is ZERO:
        raise InputError("The function does not depend on what it is differentiated by.")
    slope = replace(problem, node=first.node)
    step = Identification(slope.node, slope.wrt, ROW).derive()
    return MatrixHessian(first, slope, step)
