"""The integral of the factor √det(JᵀJ), which is |det J| for a square J: areas and volumes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite

import numpy as np

from calc_core.geometry.stretching import size_factor
from calc_core.geometry.view import Array, View
from calc_core.graph import Node

# Points along each axis of the two rules that are compared, by the number of axes.
RULES = {2: (40, 56), 3: (14, 20)}
ROUNDING = 1e-14


@dataclass(frozen=True)
class WholeSize:
    """An integral, and an estimate of its error, no bound: the difference of two Gauss rules."""

    value: float
    error: float


def whole_size(jacobian: Node, rows: int, view: View) -> WholeSize | None:
    """∫ √det(JᵀJ) over the ranges shown, for an m×n Jacobian.

    What is covered several times counts as often.  None where the factor is not finite.
    """
    slopes = view.function(jacobian, (rows, len(view.names)))
    coarse, fine = (_gauss(slopes, view, points) for points in RULES[len(view.shown)])
    if not isfinite(fine) or not isfinite(coarse):
        return None
    return WholeSize(fine, abs(fine - coarse) + ROUNDING * abs(fine))


def _gauss(slopes: Callable[..., Array], view: View, points: int) -> float:
    """The product of Gauss–Legendre rules (Davis & Rabinowitz, *Numerical Integration*, ch. 5)."""
    nodes, weights = np.polynomial.legendre.leggauss(points)
    axes, measures = [], []
    for low, high in (view.ranges[name] for name in view.shown):
        half = (high - low) / 2
        axes.append(low + half * (nodes + 1))
        measures.append(half * weights)
    at = np.meshgrid(*axes, indexing="ij")
    factor: Array = size_factor(slopes(*at))
    for measure in measures:
        factor = np.asarray(np.tensordot(measure, factor, axes=(0, 0)))
    return float(factor)
