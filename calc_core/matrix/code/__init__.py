"""A result as a function in NumPy, JAX, PyTorch or Julia."""

from __future__ import annotations

import keyword
from collections.abc import Iterable

from calc_core.errors import InputError
from calc_core.graph import Node, Symbol
from calc_core.matrix.code.programme import of_derivative, of_value
from calc_core.matrix.code.writing import LANGUAGES, written
from calc_core.matrix.layouts import SHAPE_LAW
from calc_core.shapes import Shape

__all__ = ["LANGUAGES", "as_code"]


def as_code(
    node: Node,
    symbols: Iterable[Symbol],
    language: str,
    name: str = "gradient",
    comment: str = "",
    *,
    f_shape: Shape | None = None,
    x_shape: Shape | None = None,
    layout: str = SHAPE_LAW,
) -> str:
    """A function of the symbols, in this order, that gives the value of the node.

    Vectors are arrays of one axis, both those that go in and those that come out.  With the shapes
    of f and x the node is taken for the derivative of f by x in the layout, and the function gives
    an array by the shape law: its axes are those of f and then those of x.

    ``language`` is one of :data:`LANGUAGES`, and ``comment`` the text of the docstring.  Raises
    InputError for what has no counterpart in the language.

    >>> from calc_core.matrix.nodes import inverse, matmul, matrix
    >>> A, b = matrix("A", ("n", "n")), matrix("b", ("n", 1))
    >>> print(as_code(matmul(inverse(A), b), [A.data, b.data], "numpy", "solution", "A⁻¹ b"))
    import numpy as np
    <BLANKLINE>
    <BLANKLINE>
    def solution(
        A: np.ndarray,  # (n, n)
        b: np.ndarray,  # (n,)
    ) -> np.ndarray:  # (n,)
        \"\"\"A⁻¹ b
    <BLANKLINE>
        Vectors are arrays of one axis.
        \"\"\"
        return np.linalg.solve(A, b)
    <BLANKLINE>
    """
    if language not in LANGUAGES:
        raise InputError(f"There is no code in {language}.", hint=f"Take {', '.join(LANGUAGES)}.")
    if not name.isidentifier() or keyword.iskeyword(name):
        raise InputError(f"{name} is no name for a function.")
    if f_shape is None or x_shape is None:
        programme = of_value(node, symbols, name, comment)
    else:
        programme = of_derivative(node, symbols, name, comment, f_shape, x_shape, layout)
    return written(programme, language)
