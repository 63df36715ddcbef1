"""Exercises on matrices: answers in the language of matrices, and the mistakes in them.

What is right is derived by :mod:`calc_core.matrix`; what people do in its place are wrong laws on
differentials, put before the right ones in the same table.
"""

from calc_core.exercises.matrix.answer import MatrixAnswer
from calc_core.exercises.matrix.function import MatrixFunction

__all__ = ["MatrixAnswer", "MatrixFunction"]
