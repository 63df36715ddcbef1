"""What a map does to small pieces of space, read off its Jacobian J."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def determinant(jacobian: ArrayLike) -> Array:
    """The determinant of J on a grid, (n, n, …) → (…); its sign is the orientation.

    >>> determinant([[2, 0], [0, -3]]).item()
    -6.0
    """
    J = _stack(jacobian)
    with np.errstate(all="ignore"):
        if J.shape[-1] == 2:
            return np.asarray(J[..., 0, 0] * J[..., 1, 1] - J[..., 0, 1] * J[..., 1, 0])
        return np.asarray(np.linalg.det(J))


def size_factor(jacobian: ArrayLike) -> Array:
    """By how much small lengths, areas or volumes grow, (m, n, …) → (…) for m ≥ n.

    √det(JᵀJ), which for a square J is |det J|, and for a curve the speed.
    """
    J = _stack(jacobian)
    rows, columns = J.shape[-2:]
    if rows == columns:
        return np.asarray(np.abs(determinant(jacobian)))
    with np.errstate(all="ignore"):
        gram = np.swapaxes(J, -1, -2) @ J
        return np.asarray(np.sqrt(np.maximum(np.linalg.det(gram), 0.0)))


def singular_values(jacobian: ArrayLike) -> Array:
    """The half-axes of the image of the unit sphere, largest first, (m, n, …) → (min(m, n), …)."""
    J = _stack(jacobian)
    finite = np.asarray(np.isfinite(J).all(axis=(-1, -2)))[..., None]
    # LAPACK refuses to work on nan, and one bad point must not take the others with it.
    usable: Array = np.where(finite[..., None], J, 0.0)
    values = np.linalg.svd(usable, full_matrices=False, compute_uv=False)
    return np.moveaxis(np.where(finite, values, np.nan), -1, 0)


def _stack(jacobian: ArrayLike) -> Array:
    return np.moveaxis(np.asarray(jacobian, dtype=np.float64), (0, 1), (-2, -1))
