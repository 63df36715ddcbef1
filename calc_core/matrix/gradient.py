"""The public calls: the derivative of a matrix expression, and the Hessian of a scalar one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from calc_core.errors import InputError
from calc_core.matrix.derivation import MatrixDerivation
from calc_core.matrix.identify import Identification
from calc_core.matrix.language import Problem, read
from calc_core.matrix.layouts import LAYOUTS, SHAPE_LAW

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


def derive(problem: Problem, layout: str = SHAPE_LAW) -> MatrixDerivation:
    """As :func:`matrix_gradient`, for what has been read."""
    step = Identification(problem.node, problem.wrt, layout).derive()
    return MatrixDerivation(problem, step, layout)
