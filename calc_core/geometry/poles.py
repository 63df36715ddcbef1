"""Where to cut a picture of a function that grows without bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate import Grid

Array = NDArray[np.float64]

# How far past the middle four fifths of the values, in their spread, a cut picture reaches.
REACH = 1.5
# A value that doubles when one looks four times closer is on its way to infinity.
GROWTH = 2.0
CLOSER = 8


def value_range(values: Array) -> tuple[float, float]:
    """Least and greatest finite value; (−1, 1) if there is none."""
    finite = values[np.isfinite(values)]
    return (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)


def robust_range(values: Array) -> tuple[float, float]:
    """A range that holds the bulk of the values and leaves out the spikes at poles.

    From the 10 % and 90 % quantiles outwards by REACH times their distance, but never further than
    the values go.
    """
    low, high = value_range(values)
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return low, high
    q10, q90 = np.quantile(finite, [0.1, 0.9])
    margin = REACH * (q90 - q10)
    return max(low, float(q10 - margin)), min(high, float(q90 + margin))


def has_pole(f: Callable[..., Array], grid: Grid, values: Array) -> bool:
    """Whether f grows without bound near its largest or smallest value on the grid.

    f takes one array for each variable.  Looked at is a finer grid over the cells around the
    extreme points: a steep but bounded function stays as it is there, near a pole it grows.
    """
    finite = np.isfinite(values)
    if not finite.any():
        return False
    middle = float(np.median(values[finite]))
    away = np.where(finite, np.abs(values - middle), -1.0)
    size = away.max()
    if size <= 0:
        return False
    closer = f(*_around(grid, int(away.argmax())).open().values())
    found = np.abs(closer[np.isfinite(closer)] - middle)
    return bool(np.isinf(closer).any() or (found.size and found.max() > GROWTH * size))


def _around(grid: Grid, flat: int) -> Grid:
    place = np.unravel_index(flat, grid.shape)[::-1]
    axes = []
    for axis, k in zip(grid.axes, place, strict=True):
        low, high = axis[max(int(k) - 1, 0)], axis[min(int(k) + 1, len(axis) - 1)]
        axes.append(np.linspace(low, high, 2 * CLOSER + 2))
    return Grid(grid.names, tuple(axes))


def shown_range(f: Callable[..., Array], grid: Grid, values: Array) -> tuple[float, float]:
    """The range of values a picture should show: all of them, unless f has a pole."""
    infinite = bool(np.isinf(values).any())
    return robust_range(values) if infinite or has_pole(f, grid, values) else value_range(values)


def without_jumps(values: Array, shown: tuple[float, float]) -> Array:
    """The values with a gap where they pass from above the shown range to below it.

    Else a picture would join +∞ and −∞ by a wall.  Other values that are out of range are moved to
    just outside it, where they are cut off; what is not finite becomes nan.
    """
    low, high = shown
    reach = 4 * (high - low) or 1.0
    bent: Any = np.where(np.isfinite(values), np.clip(values, low - reach, high + reach), np.nan)
    with np.errstate(invalid="ignore"):
        side = (bent > high).astype(int) - (bent < low).astype(int)
    jump = np.zeros(values.shape, dtype=bool)
    for axis in range(values.ndim):
        here = [slice(None)] * values.ndim
        there = list(here)
        here[axis], there[axis] = slice(None, -1), slice(1, None)
        torn = side[tuple(here)] * side[tuple(there)] < 0
        jump[tuple(here)] |= torn
        jump[tuple(there)] |= torn
    return np.where(jump, np.nan, bent)
