"""The numerical side of the matrix operators: functions of NumPy arrays, and no nodes.

All are analytic in the entries, or decided by the real part alone, so that a derivative can be had
by the complex step Im f(X + ih dX)/h (Squire and Trapp, SIAM Review 40, 1998).  Hence norms have
no absolute values in them, and transposes do not conjugate.  A scalar array stands for a 1×1
matrix, and the number 0 for a matrix of zeros of any shape.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import linalg

from calc_core.errors import InputError
from calc_core.functions import FUNCTIONS

# A NumPy scalar, or a matrix of two axes; real or complex.
Value = Any
# The least part of a matrix function that is taken for imaginary, and not for rounding.
IMAGINARY = 1e-9
# Of the exponential series: (1/2)¹⁷/17! is less than rounding.
TERMS = 16
# Of the products of Kronecker and what goes with them, 200 MB.
MOST_ENTRIES = 25_000_000


# ── the functions of single numbers ───────────────────────────────────────────────────────────────


def _chosen(condition: Value, one: Value, other: Value) -> Value:
    picked: Value = np.where(condition, one, other)
    return picked[()]


def _by_sign(below: Value, above: Value, u: Value) -> Value:
    return _chosen(np.real(u) > 0, above, below)


def _fold(is_better: Callable[[Value, Value], Value]) -> Callable[..., Value]:
    def of(first: Value, *others: Value) -> Value:
        for other in others:
            better = is_better(np.real(other), np.real(first))
            first = _chosen(better, other, first)
        return first

    return of


KINKED: Mapping[str, Callable[..., Value]] = {
    "abs": lambda u: _by_sign(-u, u, u),
    "relu": lambda u: _by_sign(0.0, u, u),
    "sign": lambda u: np.sign(np.real(u)),
    "heaviside": lambda u: np.heaviside(np.real(u), 0.5),
    "floor": lambda u: np.floor(np.real(u)),
    "ceil": lambda u: np.ceil(np.real(u)),
    "max": _fold(np.greater),
    "min": _fold(np.less),
}
"""Functions with kinks or jumps: beside these they have a continuation off the real line."""


class NoContinuation(ValueError):
    """A function of real numbers was asked for its value off the real line."""


def function(name: str, off_the_line: bool) -> Callable[..., Value]:
    """The function of that name, of real or of complex numbers.  Raises NoContinuation."""
    row = FUNCTIONS[name]
    if not off_the_line:
        return row.real
    continued = row.analytic or KINKED.get(name)
    if continued is None:
        raise NoContinuation(name)
    return continued


# ── constant matrices, read-only because they are shared ──────────────────────────────────────────


def _shared(value: Value) -> Value:
    value.setflags(write=False)
    return value


def _check_room(rows: int, columns: int) -> None:
    if rows * columns > MOST_ENTRIES:
        raise InputError(f"A matrix of {rows} rows and {columns} columns is too large to compute.")


@lru_cache(maxsize=256)
def identity(n: int) -> Value:
    """The identity matrix."""
    _check_room(n, n)
    return _shared(np.eye(n))


@lru_cache(maxsize=256)
def ones(rows: int, columns: int) -> Value:
    """The matrix of ones."""
    _check_room(rows, columns)
    return _shared(np.ones((rows, columns)))


@lru_cache(maxsize=256)
def commutation(m: int, n: int) -> Value:
    """K_mn with K_mn vec(A) = vec(Aᵀ) for every m×n matrix A."""
    _check_room(m * n, m * n)
    # Row k of K picks the entry of vec(A) that stands at place k of vec(Aᵀ).
    place = np.arange(m * n).reshape((m, n), order="F")
    return _shared(np.eye(m * n)[place.ravel()])


@lru_cache(maxsize=256)
def selection(n: int) -> Value:
    """S with vec(Diag(x)) = S x: the n²×n matrix with ones at (i + i·n, i)."""
    _check_room(n * n, n)
    picked = np.zeros((n * n, n))
    picked[np.arange(n) * (n + 1), np.arange(n)] = 1.0
    return _shared(picked)


@lru_cache(maxsize=256)
def _mask(side: str, rows: int, columns: int) -> Value:
    below = np.tri(rows, columns, 0 if side == "lower" else -1, dtype=bool)
    return _shared(below if side == "lower" else ~below)


# ── functions of matrices ─────────────────────────────────────────────────────────────────────────


def matmul(a: Value, b: Value) -> Value:
    """A B, where either may be a scalar."""
    return a @ b if a.ndim and b.ndim else a * b


def inverse(a: Value) -> Value:
    """A⁻¹.  Raises LinAlgError for a singular matrix."""
    return np.linalg.inv(a) if a.ndim else 1.0 / a


def det(a: Value) -> Value:
    """The determinant."""
    return np.linalg.det(a) if a.ndim else a


def adjugate(a: Value) -> Value:
    """The transposed cofactors, of singular matrices too."""
    if not a.ndim:
        return np.float64(1.0)
    n = len(a)
    others = np.array([[k for k in range(n) if k != i] for i in range(n)], dtype=int)
    minors = np.linalg.det(a[others[:, None, :, None], others[None, :, None, :]])
    sign = 1.0 - 2.0 * (np.add.outer(np.arange(n), np.arange(n)) % 2)
    return (sign * minors).T


def power(a: Value, k: int) -> Value:
    """A multiplied k times; powers of the inverse for negative k."""
    return np.linalg.matrix_power(a, k) if a.ndim else a ** float(k)


def trace(a: Value) -> Value:
    """The sum of the diagonal."""
    return a.trace() if a.ndim else a


def triangle(side: str, a: Value) -> Value:
    """What is on and below the diagonal, or on and above it."""
    return a * _mask(side, *a.shape) if a.ndim else a


def diag(a: Value) -> Value:
    """The diagonal matrix of a column."""
    return np.diag(a[:, 0]) if a.ndim else a


def diagonal(a: Value) -> Value:
    """The diagonal as a column."""
    return a.diagonal()[:, None] if a.ndim else a


def kron(a: Value, b: Value) -> Value:
    """A ⊗ B."""
    if not (a.ndim and b.ndim):
        return a * b
    _check_room(len(a) * len(b), a.shape[1] * b.shape[1])
    # Several times faster than np.kron on small matrices.
    blocks = a[:, None, :, None] * b[None, :, None, :]
    return blocks.reshape(len(a) * len(b), -1)


def vec(a: Value) -> Value:
    """The columns on top of one another."""
    return a.T.reshape(-1, 1) if a.ndim else a


def unvec(a: Value, rows: int, columns: int) -> Value:
    """The matrix that has this vec."""
    return a.reshape(columns, rows).T if a.ndim else a


def norm(a: Value) -> Value:
    """√Σ aᵢⱼ², with no absolute values, so as to be analytic."""
    return np.sqrt((a * a).sum())


def logsumexp(a: Value) -> Value:
    """The logarithm ln Σ exp(aᵢ), shifted by the largest entry so that nothing overflows."""
    top = a.real.max()
    return top + np.log(np.exp(a - top).sum())


def softmax(a: Value) -> Value:
    """exp(aᵢ) / Σ exp(aⱼ), shifted by the largest entry."""
    weights = np.exp(a - a.real.max())
    return weights / weights.sum()


# ── power series of matrices ──────────────────────────────────────────────────────────────────────


def _exp(a: Value) -> Value:
    """Taylor's series of a/2ˢ, of norm at most 1/2, squared s times.

    On small matrices SciPy's is no faster, and much slower where its threads wait for a processor.
    """
    norm = np.abs(a).sum(axis=0).max()
    squarings = max(0, int(np.ceil(np.log2(norm))) + 1) if norm else 0
    small, unit = a / 2.0**squarings, identity(len(a))
    total = unit
    for k in range(TERMS, 0, -1):
        total = unit + small @ total / k
    for _ in range(squarings):
        total = total @ total
    return total


def _sinh(a: Value) -> Value:
    return (_exp(a) - _exp(-a)) / 2


def _cosh(a: Value) -> Value:
    return (_exp(a) + _exp(-a)) / 2


def _tan(a: Value) -> Value:
    turn = _exp(1j * a)
    return np.linalg.solve(turn.real, turn.imag)


# Eigenvectors of a worse condition than this do not decompose a matrix well enough.
WORST_EIGENVECTORS = 1e4
# An eigenvalue that is so small beside the largest is 0.
SINGULAR = 1e-14
# Of two eigenvalues that are so much alike the difference of the logarithms is taken at once.
ALIKE = 0.5


def _log_by_series(a: Value) -> Value:
    # SciPy warns of what it cannot compute exactly; whether the value is real is looked at later.
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return linalg.logm(a)


def _log_decomposed(a: Value, towards: Value) -> tuple[Value, Value] | None:
    """Ln A and its derivative at A towards E, by the formula of Daleckii and Krein.

    With A = V Λ V⁻¹ the derivative is V (F ⊙ (V⁻¹ E V)) V⁻¹ for the divided differences
    F_ij = (ln λᵢ − ln λⱼ)/(λᵢ − λⱼ), F_ii = 1/λᵢ (Higham, Functions of Matrices, theorem 3.11).
    None where there are too few eigenvectors; nan where A has no real logarithm.
    """
    values, vectors = np.linalg.eigh(a) if np.array_equal(a, a.T) else np.linalg.eig(a)
    values = values.astype(complex)
    largest = np.abs(values).max()
    on_the_cut = (values.real <= 0) & (np.abs(values.imag) <= IMAGINARY * largest)
    if (on_the_cut | (np.abs(values) <= SINGULAR * largest)).any():
        return np.full_like(a, np.nan), np.full_like(a, np.nan)
    if not np.linalg.cond(vectors) < WORST_EIGENVECTORS:
        return None
    back = np.linalg.inv(vectors)
    slopes = _divided_differences(values)
    value = (vectors * np.log(values)) @ back
    derivative = vectors @ (slopes * (back @ towards @ vectors)) @ back
    return value.real, derivative.real


def _divided_differences(values: Value) -> Value:
    """(ln λᵢ − ln λⱼ)/(λᵢ − λⱼ), without cancellation where the two are alike."""
    apart = values[:, None] - values[None, :]
    relative = apart / values[None, :]
    alike = np.abs(relative) < ALIKE
    logs = np.log(values)
    # NumPy's log1p of complex numbers loses digits; ln(1 + z) is 2 artanh(z/(2 + z)) as well.
    near = 2 * np.arctanh(np.where(alike, relative / (2 + relative), 0.0))
    near = near / np.where(apart == 0, 1.0, apart)
    far = (logs[:, None] - logs[None, :]) / np.where(alike, 1.0, apart)
    return np.where(apart == 0, 1.0 / values[None, :], np.where(alike, near, far))


_OF_REAL: Mapping[str, Callable[[Value], Value]] = {
    "exp": _exp,
    "ln": _log_by_series,
    "sqrt": linalg.sqrtm,
    "sin": lambda a: _exp(1j * a).imag,
    "cos": lambda a: _exp(1j * a).real,
    "tan": _tan,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": lambda a: np.linalg.solve(_cosh(a), _sinh(a)),
}
MATRIX_FUNCTIONS = tuple(_OF_REAL)


def matrix_function(name: str, a: Value) -> Value:
    """The value exp A, ln A, … of a real matrix, or of A + iE with an imaginary part that is tiny.

    A decomposition would mix the small imaginary part with the rounding of the real one, unless it
    is that of the real part alone, as for the logarithm of a matrix that has one.  But
    f([[A, E], [0, A]]) has f(A) in its diagonal blocks and the derivative of f at A towards E above
    them (Higham, Functions of Matrices, theorem 3.6), and is computed on the real line.
    """
    if not a.ndim:
        return function(name, np.iscomplexobj(a))(a)
    scale = np.abs(a.imag).max() if np.iscomplexobj(a) else 0.0
    if not scale:
        return _on_the_line(name, a.real)
    n = len(a)
    at, towards = a.real, a.imag / scale
    if name == "ln" and np.isfinite(a).all():
        found = _log_decomposed(at, towards)
        if found is not None:
            return found[0] + 1j * scale * found[1]
    both = _on_the_line(name, np.block([[at, towards], [np.zeros_like(at), at]]))
    return both[:n, :n] + 1j * scale * both[:n, n:]


def _on_the_line(name: str, a: Value) -> Value:
    """The real value; nan if there is none, as for the logarithm of −I."""
    if not np.isfinite(a).all():
        return np.full_like(a, np.nan)
    if name == "ln":
        found = _log_decomposed(a, np.zeros_like(a))
        if found is not None:
            return found[0]
    value = _OF_REAL[name](a)
    if np.iscomplexobj(value):
        size = 1.0 + np.abs(value.real).max()
        value = value.real if np.abs(value.imag).max() < IMAGINARY * size else np.nan * value.real
    return value
