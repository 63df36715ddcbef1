"""Definite integrals on arrays: ∫ f(t) dt over [a, b], where f, a and b may vary over a grid."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

POINTS = 48
PANELS = (1, 2, 4, 8, 16, 32)
SETTLED = 1e-11
ROUNDING = 1e-14
# What halving the panels five times has not settled to this, diverges or is too wild to be drawn.
BELIEVED = 1e-3
# Points of integrand × grid that are held in memory at once.
BLOCK = 1 << 20


def _rule() -> tuple[Array, Array]:
    """Nodes and weights on [0, 1] with Σ wᵢ g(sᵢ) ≈ ∫ g.

    Gauss–Legendre after the substitution s = 3v² − 2v³, whose derivative vanishes at both ends, so
    that an integrand such as 1/√t, infinite at an end of the range, becomes a smooth one.
    """
    nodes, weights = np.polynomial.legendre.leggauss(POINTS)
    v = (nodes + 1) / 2
    return v * v * (3 - 2 * v), weights / 2 * 6 * v * (1 - v)


NODES, WEIGHTS = _rule()


def integrate(f: Callable[[Any], Any], low: Any, high: Any, grid: tuple[int, ...] = ()) -> Any:
    """∫ f from low to high, by composite Gauss rules of more and more panels until they agree.

    ``grid`` is the shape that low, high and all else in f broadcast to; f takes an array that has
    one more axis in front.  Where the rules do not come to agree the integral counts as divergent:
    nan.
    """
    width = np.subtract(high, low)
    before = _composite(f, low, width, PANELS[0], grid)
    for panels in PANELS[1:]:
        now = _composite(f, low, width, panels, grid)
        error = np.abs(now - before)
        scale = np.abs(now) + np.abs(before)
        # A nan does not settle and will not with more panels: it must not keep the others waiting.
        if not np.any(error > SETTLED * scale + ROUNDING):
            break
        before = now
    return np.where(error <= BELIEVED * scale + SETTLED, now, np.nan)


def _composite(
    f: Callable[[Any], Any], low: Any, width: Any, panels: int, grid: tuple[int, ...]
) -> Any:
    starts = np.arange(panels) / panels
    nodes = (starts[:, None] + NODES / panels).ravel()
    weights = np.tile(WEIGHTS / panels, panels)
    step = max(1, BLOCK // max(prod(grid), 1))
    total: Any = 0.0
    for i in range(0, len(nodes), step):
        t = low + width * nodes[i : i + step].reshape(-1, *[1] * len(grid))
        total = total + _weighted_sum(f(t), weights[i : i + step], len(grid))
    return total * width


def _weighted_sum(values: Any, weights: Array, dimensions: int) -> Any:
    if np.ndim(values) > dimensions:
        return np.tensordot(weights, values, axes=(0, 0))
    # An integrand in which t does not occur has not the axis of t either.
    return values * weights.sum()
