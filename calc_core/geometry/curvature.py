"""How a surface z = f(x, y) bends: the Hessian's eigenvalues, and curvature proper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Kind = Literal["bowl up", "bowl down", "saddle", "trough", "ridge", "flat", "undefined"]

# An eigenvalue this much smaller than the largest cannot be told from 0 in floating point.
RELATIVE_ZERO = 1e-9
ABSOLUTE_ZERO = 1e-12
# A sum this much smaller than its terms cannot be told from 0 either.
CANCELLED = 1e-13


@dataclass(frozen=True)
class Bending:
    """The second derivatives of f at a point, in the directions in which they are extreme.

    ``values``      the eigenvalues λ₁ ≥ λ₂ ≥ … of the Hessian: the second derivative of f along
                    each principal direction, (n,);
    ``directions``  unit vectors, one a row, (n, n); the first entry that is not 0 is positive;
    ``kind``        the shape of the quadratic form.  With an eigenvalue 0 (``trough``, ``ridge``,
                    ``flat``) the second derivatives alone do not decide the shape of f.
    """

    values: Array
    directions: Array
    kind: Kind

    @property
    def degenerate(self) -> bool:
        """Whether the second-derivative test is silent."""
        return self.kind in ("trough", "ridge", "flat", "undefined")


def bending(hessian: ArrayLike) -> Bending:
    """Principal directions of a symmetric n×n Hessian.

    >>> saddle = bending([[0, 1], [1, 0]])
    >>> saddle.kind, saddle.values.tolist()
    ('saddle', [1.0, -1.0])
    """
    H = np.asarray(hessian, dtype=np.float64)
    if not np.isfinite(H).all():
        return Bending(np.full(len(H), np.nan), np.full_like(H, np.nan), "undefined")
    values, vectors = np.linalg.eigh((H + H.T) / 2)
    values, directions = values[::-1], vectors.T[::-1]
    return Bending(values, np.array([_signed(v) for v in directions]), _kind(values))


def _signed(direction: Array) -> Array:
    direction = np.where(np.abs(direction) < ABSOLUTE_ZERO, 0.0, direction)
    leading = direction[np.flatnonzero(direction)[0]]
    return direction if leading > 0 else 0.0 - direction


def _kind(values: Array) -> Kind:
    size = np.abs(values).max()
    zero = max(RELATIVE_ZERO * size, ABSOLUTE_ZERO)
    up, down = (values > zero).any(), (values < -zero).any()
    flat_somewhere = (np.abs(values) <= zero).any()
    if up and down:
        return "saddle"
    if up:
        return "trough" if flat_somewhere else "bowl up"
    if down:
        return "ridge" if flat_somewhere else "bowl down"
    return "flat"


def second_derivative(hessian: ArrayLike, direction: ArrayLike) -> Array:
    """vᵀHv for unit vectors v along the first axis of ``direction``: (n, …) → (…)."""
    H, v = np.asarray(hessian, dtype=np.float64), np.asarray(direction, dtype=np.float64)
    return np.asarray(np.einsum("i...,ij,j...->...", v, H, v))


def graph_curvature(gradient: ArrayLike, hessian: ArrayLike) -> tuple[Array, Array]:
    """Gaussian and mean curvature of the graph of f, (2, …) and (2, 2, …) → (…) each.

    K = det H / (1 + |∇f|²)² and
    M = ((1 + f_y²) f_xx − 2 f_x f_y f_xy + (1 + f_x²) f_yy) / 2(1 + |∇f|²)^(3/2),
    positive where the graph bends up.  After M. P. do Carmo, Differential Geometry of Curves and
    Surfaces (1976), § 3-3.
    """
    p, q = np.asarray(gradient, dtype=np.float64)
    H: Any = np.asarray(hessian, dtype=np.float64)
    with np.errstate(all="ignore"):
        w = 1 + p * p + q * q
        bent = [(1 + q * q) * H[0, 0], -2 * p * q * H[0, 1], (1 + p * p) * H[1, 1]]
        gaussian = _cleared([H[0, 0] * H[1, 1], -H[0, 1] * H[1, 0]]) / w**2
        return np.asarray(gaussian), np.asarray(_cleared(bent) / (2 * w**1.5))


def _cleared(terms: list[Any]) -> Array:
    """The sum, and 0 where nothing is left of the terms but rounding."""
    total, size = sum(terms), sum(np.abs(term) for term in terms)
    return np.where(np.abs(total) <= CANCELLED * size, 0.0, total)


def principal_curvatures(gradient: ArrayLike, hessian: ArrayLike) -> tuple[Array, Array]:
    """Of the graph of f at a point: κ₁ ≥ κ₂, (2,), and directions v of the variables, (2, 2).

    They are the eigenvalues of the shape operator I⁻¹ II, where I = E + ∇fᵀ∇f holds the lengths on
    the graph and II = H/√(1 + |∇f|²) how it leaves its tangent plane.  The directions, one a row,
    are as long as makes the tangent vectors (v, ∇f v) unit ones; where ∇f is not 0 they are in
    general no eigenvectors of H.  Source: do Carmo, §§ 3-2 and 3-3.

    >>> values, _ = principal_curvatures([0, 0], [[2, 0], [0, -4]])
    >>> values.tolist()
    [2.0, -4.0]
    """
    g, H = np.asarray(gradient, dtype=np.float64), np.asarray(hessian, dtype=np.float64)
    # L Lᵀ = I: in the coordinates Lᵀv the directions of unit length on the graph are a circle.
    inverse = np.linalg.inv(np.linalg.cholesky(np.eye(2) + np.outer(g, g)))
    second = H / np.sqrt(1 + g @ g)
    values, vectors = np.linalg.eigh(inverse @ second @ inverse.T)
    return values[::-1], (inverse.T @ vectors).T[::-1]
