"""Derivatives of functions of matrices that a teacher typed."""

from __future__ import annotations

import re

from calc_core.errors import InputError
from calc_core.exercises.matrix import MatrixAnswer
from calc_core.exercises.matrix.function import MatrixFunction
from calc_core.exercises.matrix.tasks import wanted
from calc_core.exercises.typed.asked import Asked
from calc_core.matrix.derivation import name_of
from calc_core.matrix.language import read as read_matrices


def ask_matrix(text: str, symmetric: str, wrt: str) -> Asked:
    """The derivative by a matrix or vector; ``symmetric`` the letters of symmetric matrices."""
    if not text.strip():
        raise InputError("The function is missing.", hint="Write one, such as x' A x.")
    if not wrt:
        raise InputError("What moves is missing.", hint="Write its letter beside the function: X.")
    shapes = {name_of(s): s.shape for s in read_matrices(text, wrt).symbols}
    names = tuple(name for name in re.split(r"[\s,;]+", symmetric) if name in shapes)
    function = MatrixFunction(text, wrt, shapes, names)
    skill = "vector-jacobian" if function.node.shape else "quadratic-form"
    return Asked(
        wanted(function),
        MatrixAnswer(function),
        lambda: function.derivation,
        skill if len(function.x.shape) < 2 or function.x.shape[1] == 1 else "bilinear-form",
    )
