"""Arrays as figures want them: light to send, joined to one line, with room at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray


def light(values: Any) -> NDArray[np.float32]:
    """Values as they travel to the browser: half the size, and exact to a pixel.

    What is too large for that is too large for a figure, too, and left out.
    """
    with np.errstate(over="ignore"):
        found = np.asarray(values, dtype=np.float32)
    return np.where(np.isinf(found), np.float32(np.nan), found)


def joined(shapes: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Outlines (k, p, 2) as the x and the y of one line, with gaps between them.

    >>> joined([[[0, 0], [1, 0]], [[5, 5], [6, 5]]])[0].tolist()
    [0.0, 1.0, nan, 5.0, 6.0]
    """
    shapes = np.asarray(shapes)
    gaps = np.full((len(shapes), 1, 2), np.nan)
    points = light(np.concatenate([shapes, gaps], axis=1).reshape(-1, 2)[:-1])
    return points[:, 0], points[:, 1]


def wider(low: float, high: float, part: float) -> list[float]:
    """The range with so much of its length added at both ends; around a single number, 1.

    >>> wider(0.0, 10.0, 0.25), wider(3.0, 3.0, 0.25)
    ([-2.5, 12.5], [2.0, 4.0])
    """
    margin = part * (high - low) or 1.0
    return [low - margin, high + margin]


def padded(values: Any) -> list[float]:
    """The range of the finite values with a little room."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    return wider(low, high, 0.08)


def spans_of(ranges: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """The lengths of ranges."""
    return np.array([high - low for low, high in ranges])
