"""Tidying of matrix expressions: the scalar rewrites, and those of the algebra of matrices.

The scalar tidier takes a matrix for one opaque factor of a product and for a term like any other
in a sum; what concerns matrices is a table of rewrites by operator.  As there, every rewrite is
local, has a name, and is an identity wherever its left-hand side is defined.
"""

from calc_core.matrix.tidy.tidier import MatrixTidier

__all__ = ["MatrixTidier"]
