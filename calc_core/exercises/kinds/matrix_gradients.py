"""Derivatives of functions of vectors and matrices, without entries.

The levels go by the laws on differentials that the derivative needs: one factor that moves or
several, transposes, a sum inside, an inner matrix, and at last two laws inside one another.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from calc_core.exercises.kinds.base import Degenerate, Draft, Kind
from calc_core.exercises.matrix import MatrixAnswer
from calc_core.exercises.matrix.of_matrices import (
    ALONG_LINE,
    BILINEAR,
    CHAIN_BY_MATRIX,
    DETERMINANT,
    INVERSE_FORM,
    TRACE,
)
from calc_core.exercises.matrix.of_vectors import (
    CHAIN,
    JACOBIAN,
    LEAST_SQUARES,
    LINEAR,
    QUADRATIC,
    WEIGHTED,
    Levels,
)
from calc_core.exercises.matrix.tasks import wanted
from calc_core.exercises.matrix.templates import drawn

# A longer answer is no pleasure to type.
LARGEST = 60


def _made(levels: Levels, remark: str = "") -> Callable[[Random, int], Draft]:
    """Exercises on the functions of these levels."""

    def make(rng: Random, level: int) -> Draft:
        function, plans = drawn(rng, rng.choice(levels[level - 1]))
        answer = MatrixAnswer(function, plans)
        if answer.node.size > LARGEST:
            raise Degenerate
        return Draft(wanted(function), answer, lambda: function.derivation, remark)

    return make


KINDS = (
    Kind("linear-form", "Gradient of a linear form", "matrix", _made(LINEAR)),
    Kind(
        "quadratic-form",
        "Gradient of a quadratic form",
        "matrix",
        _made(QUADRATIC, "If the matrix in the middle is symmetric, its two terms are equal."),
    ),
    Kind("least-squares", "Gradient of a sum of squares", "matrix", _made(LEAST_SQUARES)),
    Kind(
        "weighted-least-squares",
        "Gradient of weighted least squares",
        "matrix",
        _made(WEIGHTED, "It is 0 at the weighted least squares solution."),
    ),
    Kind("bilinear-form", "Derivative of a bilinear form by its matrix", "matrix", _made(BILINEAR)),
    Kind("trace-gradient", "Derivative of a trace by a matrix", "matrix", _made(TRACE)),
    Kind("inverse-form", "Derivative of a form with an inverse", "matrix", _made(INVERSE_FORM)),
    Kind("determinant-gradient", "Derivative of a determinant", "matrix", _made(DETERMINANT)),
    Kind("vector-chain", "Chain rule for a function of a vector", "matrix", _made(CHAIN)),
    Kind("matrix-chain", "Chain rule for a function of a matrix", "matrix", _made(CHAIN_BY_MATRIX)),
    Kind("vector-jacobian", "Jacobian of a vector function in matrices", "matrix", _made(JACOBIAN)),
    Kind("matrix-along-line", "A matrix that moves along a line", "matrix", _made(ALONG_LINE)),
)
