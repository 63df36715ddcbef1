r"""The operators of matrix expressions: raw constructors, as in :mod:`calc_core.graph`.

Sums, scalar multiples and fractions are those of the graph (``add``, ``mul``, ``div``): of the
factors of a ``mul`` at most one is a matrix, and the others are scalars, which commute.  The matrix
product is ``matmul``, whose order is kept.  Scalar functions of scalars are ``fn`` and ``power``.

A column vector has the shape (n, 1).  What comes out with one row and one column is a scalar:
``matmul(transpose(a), b)`` has the shape ().
"""

from __future__ import annotations

from collections.abc import Container
from itertools import chain, count

from calc_core import graph
from calc_core.graph import (
    DIFFERENTIAL,
    MATRIX,
    MOVE,
    ONE,
    SERIES,
    SYM,
    Node,
    Symbol,
    fn,
    make,
    power,
    sym,
)
from calc_core.shapes import Extent, Shape

IDENTITY, ONES, COMMUTATION, EXTENT = "identity", "ones", "commutation", "extent"
TRANSPOSE, INVERSE, MATMUL, MATPOW = "transpose", "inverse", "matmul", "matrix power"
HADAMARD, EACH, QUOTIENT = "hadamard", graph.EACH, "quotient"
KRON, VEC, UNVEC, DIAG, DIAGONAL = "kron", "vec", "unvec", "diag", "diagonal"
SELECTION, TRIANGLE = "diagonal selection", "triangle"
TRACE, DET, TOTAL, NORM, LOGSUMEXP = "trace", "det", "total", "norm", "logsumexp"
MATFN, SOFTMAX = "matrix function", "softmax"
ADJUGATE, SUBSCRIPT, DELTA = "adjugate", "subscript", "delta"

TRAITS = ("symmetric", "diagonal", "orthogonal", "lower", "upper")


def matrix(name: str, shape: Shape, traits: tuple[str, ...] = ()) -> Node:
    """A named matrix or vector; a scalar symbol if the shape is ()."""
    if shape in ((), (1, 1)):
        return sym(name)
    return make(MATRIX, Symbol(name, shape, tuple(sorted(traits))))


def symbol_of(x: Node) -> Symbol:
    """The symbol that a leaf stands for: name, shape and traits; of a scalar, its name alone."""
    return Symbol(x.data, ()) if x.op == SYM else x.data


def move(x: Node) -> Node:
    """dX, the small change of a symbol X, of its shape and traits."""
    return make(MOVE, symbol_of(x))


def differential(u: Node, x: Node) -> Node:
    """The differential of u, still to be done, when the symbol x moves by dx."""
    return make(DIFFERENTIAL, None, (u, x))


def d(u: Node, x: Node) -> Node:
    """As :func:`differential`; of x itself it is dx, the small change that x makes."""
    return move(x) if u is x else differential(u, x)


def identity(n: Extent) -> Node:
    """The n×n identity matrix."""
    return ONE if n == 1 else make(IDENTITY, n)


def ones(rows: Extent, columns: Extent = 1) -> Node:
    """The matrix of ones."""
    return ONE if rows == columns == 1 else make(ONES, (rows, columns))


def commutation(m: Extent, n: Extent) -> Node:
    """K_mn, for which K_mn vec(A) = vec(Aᵀ) for every m×n matrix A (Magnus and Neudecker, 3.7)."""
    return make(COMMUTATION, (m, n))


def extent(n: Extent) -> Node:
    """An extent as a number in a formula, as n in tr(Iₙ) = n."""
    return make(EXTENT, n)


def transpose(a: Node) -> Node:
    """Aᵀ; a scalar is its own."""
    return make(TRANSPOSE, None, (a,)) if a.shape else a


def inverse(a: Node) -> Node:
    """A⁻¹."""
    return make(INVERSE, None, (a,))


def matmul(*factors: Node) -> Node:
    """The matrix product, in this order; each factor is a matrix of two extents."""
    return factors[0] if len(factors) == 1 else make(MATMUL, None, factors)


def matrix_power(a: Node, k: Node) -> Node:
    """The k-th power of a square matrix, k an integer or the symbol of one."""
    return make(MATPOW, None, (a, k))


def hadamard(*factors: Node) -> Node:
    """The entrywise product A ⊙ B of matrices of one shape."""
    return factors[0] if len(factors) == 1 else make(HADAMARD, None, factors)


def each(name: str, a: Node, *parameters: Node) -> Node:
    """A function of the table of functions, or ``power``, of every entry of a matrix.

    ``each("power", a, k)`` is the entrywise power; of a scalar it is the function itself.
    """
    if a.shape:
        return make(EACH, name, (a, *parameters))
    return power(a, *parameters) if name == "power" else fn(name, a, *parameters)


def quotient(a: Node, b: Node) -> Node:
    """The entrywise quotient A ⊘ B; one of the two may be a scalar."""
    return make(QUOTIENT, None, (a, b))


def kron(*factors: Node) -> Node:
    """The Kronecker product A ⊗ B."""
    return factors[0] if len(factors) == 1 else make(KRON, None, factors)


def vec(a: Node) -> Node:
    """The columns of A on top of one another: (vec A)_(i + (j−1)m) = A_ij."""
    return make(VEC, None, (a,))


def unvec(a: Node, shape: Shape) -> Node:
    """The matrix of this shape whose vec is the column a."""
    return make(UNVEC, shape, (a,))


def diag(a: Node) -> Node:
    """The diagonal matrix with the entries of the column a."""
    return make(DIAG, None, (a,))


def diagonal(a: Node) -> Node:
    """The column of the diagonal entries of a square matrix."""
    return make(DIAGONAL, None, (a,))


def selection(n: Extent) -> Node:
    """The n²×n matrix S of zeros and ones with vec(Diag(x)) = S x."""
    return make(SELECTION, n)


def triangle(side: str, a: Node) -> Node:
    """A with zeros above (``lower``) or below (``upper``) the diagonal."""
    return make(TRIANGLE, side, (a,))


def trace(a: Node) -> Node:
    """The sum of the diagonal entries."""
    return make(TRACE, None, (a,))


def det(a: Node) -> Node:
    """The determinant."""
    return make(DET, None, (a,))


def total(a: Node) -> Node:
    """The sum of all the entries."""
    return make(TOTAL, None, (a,))


def norm(a: Node) -> Node:
    """The square root of the sum of the squares of the entries: ‖x‖₂ or the Frobenius norm."""
    return make(NORM, None, (a,))


def logsumexp(a: Node) -> Node:
    """The logarithm ln Σ exp(aᵢ) over the entries of a column."""
    return make(LOGSUMEXP, None, (a,))


def softmax(a: Node) -> Node:
    """exp(aᵢ) / Σ exp(aⱼ), a column."""
    return make(SOFTMAX, None, (a,))


def matrix_function(name: str, a: Node) -> Node:
    """The matrix exponential, logarithm, sine… (a power series, not entrywise): ``exp``, ``ln``."""
    return make(MATFN, name, (a,))


def series(body: Node, index: Node, low: Node, high: Node) -> Node:
    """The sum of the body over index = low, …, high; the index is bound in it."""
    return make(SERIES, None, (body, index, low, high))


def free_letter(names: Container[str]) -> Node:
    """A letter for a running index that stands for nothing else."""
    letters = chain("rstlpqh", (f"r_{n}" for n in count()))
    return next(sym(name) for name in letters if name not in names)


def adjugate(a: Node) -> Node:
    """The transposed matrix of the cofactors: adj A = det A · A⁻¹ where A is invertible."""
    return make(ADJUGATE, None, (a,))


def subscript(a: Node, i: str, j: str = "") -> Node:
    """The entry A_ij, or a_i of a column, for letters or numbers i and j."""
    return make(SUBSCRIPT, (i, j) if j else (i,), (a,))


def delta(i: str, j: str) -> Node:
    """Kronecker's delta: 1 if i = j, else 0."""
    return make(DELTA, (i, j))
