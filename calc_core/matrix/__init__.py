"""Matrix expressions: their language, their laws, and their derivatives.

>>> from calc_core.matrix import matrix_gradient
>>> matrix_gradient("tr(A X B)", "X")
MatrixDerivation(∂f/∂X = Aᵀ·Bᵀ)
"""

from calc_core.matrix.derivation import MatrixDerivation, MatrixHessian
from calc_core.matrix.gradient import matrix_gradient, matrix_hessian

__all__ = ["MatrixDerivation", "MatrixHessian", "matrix_gradient", "matrix_hessian"]
