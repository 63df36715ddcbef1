"""Krawczyk's operator on many boxes at once: it proves zeros of the gradient, and their absence.

With the midpoint m of a box X, Y near the inverse of the Hessian at m, g = ∇f and H = D∇f,
K(X) = m − Y g(m) + (I − Y H(X))(X − m) holds every zero of g in X.  If K(X) lies in the interior of
X, there is exactly one zero in X; if K(X) and X have no point in common, there is none.

Sources: R. Krawczyk, *Newton-Algorithmen zur Bestimmung von Nullstellen mit Fehlerschranken*,
Computing 4 (1969); R. E. Moore, *A test for existence of solutions to nonlinear systems*, SIAM J.
Numer. Anal. 14 (1977); Moore, Kearfott, Cloud, *Introduction to Interval Analysis* (SIAM 2009),
ch. 8; A. Neumaier, *Interval Methods for Systems of Equations* (1990), ch. 5.  Matrices are in
midpoint-radius form, S. M. Rump, *Fast and parallel interval arithmetic*, BIT 39 (1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calc_core.geometry.critical.problem import Array, Bools, Boxes, Problem

EPSILON = float(np.finfo(np.float64).eps)
TINY = 1e-300
# Steps in which an enclosure is narrowed; the convergence is quadratic.
STEPS = 8
# How large a box is tried around a guess, as a part of the one that is known to hold the zero.
CLOSE = 1e-5
GUESSING_STEPS = 12
# How much larger than the tested box a region of uniqueness is tried.
GROWTHS = 2.0 ** np.arange(1, 7)


@dataclass(frozen=True, slots=True)
class Krawczyk:
    """The outcome of the test on N boxes.

    ``image``   K(X), without bounds where the test cannot be made;
    ``absent``  whether the mean value form or K(X) shows that there is no zero in X;
    ``proved``  whether K(X) lies in the interior of X;
    ``unique``  whether no two zeros can be in X: ‖I − Y H(X)‖ < 1;
    ``smooth``  whether f is analytic on X.
    """

    image: Boxes
    absent: Bools
    proved: Bools
    unique: Bools
    smooth: Bools


def midpoint_radius(low: Array, high: Array) -> tuple[Array, Array]:
    """Midpoints, and radii that reach both ends."""
    middle = low / 2 + high / 2
    return middle, np.maximum(high - middle, middle - low) * (1 + 4 * EPSILON) + TINY


def _product(matrix: Array, vector: Array) -> Array:
    return np.asarray(np.einsum("kij,kj->ki", matrix, vector))


def krawczyk(problem: Problem, boxes: Boxes) -> Krawczyk:
    """Krawczyk's test on each box."""
    hessian = problem.hessian(boxes)
    middle = boxes.middle
    radius = np.maximum(boxes.high - middle, middle - boxes.low) * (1 + 4 * EPSILON) + TINY
    with np.errstate(all="ignore"):
        slope, slack = midpoint_radius(*problem.gradient_at(middle))
        bent, doubt = midpoint_radius(hessian.low, hessian.high)
        known = hessian.smooth & np.isfinite(doubt).all(axis=(1, 2)) & np.isfinite(slack).all(1)
        inverse, regular = _inverse(np.where(known[:, None, None], bent, 0.0))
        usable = known & regular
        reach = _product(np.abs(bent) + doubt, radius) + slack
        away: Bools = np.abs(slope) > reach * (1 + 64 * EPSILON)
        absent = known & away.any(axis=1)
        spread = _contraction(inverse, bent, doubt)
        image = _image(middle, radius, spread, inverse, slope, slack)
        norm = spread.sum(axis=2).max(axis=1)
    usable &= np.isfinite(image.low).all(axis=1) & np.isfinite(image.high).all(axis=1)
    image = Boxes(
        np.where(usable[:, None], image.low, -np.inf),
        np.where(usable[:, None], image.high, np.inf),
    )
    inside = (image.low > boxes.low) & (image.high < boxes.high)
    unique = usable & (norm < 1)
    return Krawczyk(image, absent, usable & inside.all(axis=1) & unique, unique, hessian.smooth)


def _inverse(matrices: Array) -> tuple[Array, Bools]:
    """Approximate inverses, and where there are any."""
    regular: Bools = np.asarray(np.isfinite(matrices).all(axis=(1, 2)))
    safe = np.where(regular[:, None, None], matrices, 0.0)
    regular &= np.linalg.det(safe) != 0
    safe = np.where(regular[:, None, None], safe, np.eye(matrices.shape[1]))
    inverse = np.linalg.inv(safe)
    return inverse, regular & np.isfinite(inverse).all(axis=(1, 2))


def _contraction(inverse: Array, bent: Array, doubt: Array) -> Array:
    """A bound of |I − Y H|, with the rounding of the products."""
    n = bent.shape[1]
    rounding = 16 * n * EPSILON
    size = np.abs(inverse)
    error = rounding * (size @ np.abs(bent) + 1)
    return np.asarray((np.abs(np.eye(n) - inverse @ bent) + size @ doubt + error) * (1 + rounding))


def _image(
    middle: Array, radius: Array, spread: Array, inverse: Array, slope: Array, slack: Array
) -> Boxes:
    """K(X) = m − Y g(m) ± (|I − Y H| r + |Y| Δg), and the rounding."""
    rounding = 16 * middle.shape[1] * EPSILON
    centre = middle - _product(inverse, slope)
    size = np.abs(inverse)
    error = _product(size, slack + rounding * np.abs(slope)) + EPSILON * (
        np.abs(centre) + np.abs(middle)
    )
    reach = (_product(spread, radius) + error) * (1 + rounding) + TINY
    return Boxes(np.nextafter(centre - reach, -np.inf), np.nextafter(centre + reach, np.inf))


def narrowed(problem: Problem, boxes: Boxes) -> Boxes:
    """Enclosures of the one zero in each box, as narrow as the arithmetic allows."""
    guess, settled = _newton(problem, boxes.middle, boxes.width)
    pad = CLOSE * boxes.width
    close = Boxes(
        np.where(settled, guess - pad, boxes.low), np.where(settled, guess + pad, boxes.high)
    )
    test = krawczyk(problem, close)
    # The one zero of the wide box is the one that the narrow box has, if it lies inside.
    inside = (close.low >= boxes.low) & (close.high <= boxes.high)
    better = (test.proved & inside.all(axis=1))[:, None]
    boxes = Boxes(
        np.where(better, test.image.low, boxes.low), np.where(better, test.image.high, boxes.high)
    )
    for _ in range(STEPS):
        image = krawczyk(problem, boxes).image
        low, high = np.maximum(boxes.low, image.low), np.minimum(boxes.high, image.high)
        gained = (high - low < 0.9 * boxes.width).any()
        boxes = Boxes(low, high)
        if not gained:
            break
    return boxes


def widest_unique(problem: Problem, zeros: Boxes, zones: Boxes) -> Boxes:
    """Regions around the zeros, as large as can be shown to hold no second one."""
    count, n = zones.low.shape
    half = (zones.width / 2)[:, None, :] * GROWTHS[None, :, None]
    centre = zeros.middle[:, None, :]
    tried = Boxes((centre - half).reshape(-1, n), (centre + half).reshape(-1, n))
    unique = krawczyk(problem, tried).unique.reshape(count, -1)
    low, high = zones.low.copy(), zones.high.copy()
    for k in range(len(GROWTHS)):
        outer = tried[k :: len(GROWTHS)]
        better = unique[:, k] & zeros.within(outer).diagonal()
        low = np.where(better[:, None], outer.low, low)
        high = np.where(better[:, None], outer.high, high)
    return Boxes(low, high)


def guesses(problem: Problem, starts: Array, scale: Array) -> Array:
    """Where Newton's method leads to from the starting points, in plain floating point, (K, n)."""
    x, settled = _newton(problem, starts, scale)
    x = x[settled[:, 0]]
    _, first = np.unique((x / scale).round(7), axis=0, return_index=True)
    return np.asarray(x[first])


def _newton(problem: Problem, x: Array, scale: Array) -> tuple[Array, Bools]:
    """Where Newton's method leads to from each point, and (N, 1) whether it has settled.

    What leaves the neighbourhood goes back to its start: far out some functions take for ever.
    """
    n, start = problem.dimension, x
    with np.errstate(all="ignore"):
        for _ in range(GUESSING_STEPS):
            found = np.array(problem.plain(*x.T))
            inverse, _ = _inverse(problem.symmetric(found[n:].T))
            step = _product(inverse, found[:n].T)
            near = np.abs(x - step - start) < 2 * scale
            x = np.where(near.all(axis=1, keepdims=True), x - step, start)
        settled = np.isfinite(x) & (np.abs(step) < 1e-9 * scale)
    return x, np.asarray(settled.all(axis=1, keepdims=True))


def signature(low: Array, high: Array) -> tuple[int, int] | None:
    """How many eigenvalues of every symmetric matrix in [low, high] are positive and negative.

    VᵀHV has the same numbers for every regular V (Sylvester's law of inertia); with V near the
    eigenvectors it is almost diagonal, and Gershgorin's discs, where none holds 0, tell them.  That
    also shows V to be regular.  None where a disc holds 0.
    """
    middle, radius = midpoint_radius(low, high)
    if not np.isfinite(radius).all():
        return None
    _, V = np.linalg.eigh((middle + middle.T) / 2)
    size: NDArray[np.float64] = np.abs(V)
    n = len(V)
    turned = V.T @ middle @ V
    error = size.T @ radius @ size + 32 * n * n * EPSILON * (size.T @ np.abs(middle) @ size)
    diagonal = np.diag(turned)
    others = np.abs(turned - np.diag(diagonal)).sum(axis=1)
    reach = (others + error.sum(axis=1)) * (1 + 16 * n * EPSILON)
    if not (np.abs(diagonal) > reach).all():
        return None
    return int((diagonal > 0).sum()), int((diagonal < 0).sum())
