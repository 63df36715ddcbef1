"""Where a search has not decided: boxes in the plane, as few rectangles, hatched."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrays import joined
from calc_core.figures.style import Style, faded

# Undecided places are drawn on a raster this fine, rounded outwards.
RASTER = 96


def undecided(cover: Any, ends: Any, style: Style) -> go.Scatter:
    """Boxes (N, 2, 2), hatched."""
    corners = rectangles(cover, ends)
    x, y = joined(corners)
    return go.Scatter(
        name="not decided",
        x=x,
        y=y,
        mode="lines",
        line={"color": faded(style.ink, 0.55), "width": 0.5},
        fill="toself",
        fillcolor=faded(style.ink, 0.3),
        fillpattern={"shape": "/", "size": 6, "fgcolor": style.ink, "fgopacity": 0.8},
        hoveron="fills",
        text="not decided: see the list",
        hoverinfo="text",
        showlegend=bool(len(corners)),
    )


def rectangles(cover: Any, ends: Any) -> NDArray[np.float64]:
    """The union of boxes as few rectangles (k, 5, 2), rounded outwards to a raster.

    ``ends``  (low, high) on each axis of what is drawn.
    """
    ends = np.asarray(ends, dtype=np.float64)
    step = (ends[:, 1] - ends[:, 0]) / RASTER
    first = np.floor((cover[:, :, 0] - ends[:, 0]) / step).astype(int).clip(0, RASTER - 1)
    last = np.ceil((cover[:, :, 1] - ends[:, 0]) / step).astype(int).clip(first + 1, RASTER)
    # How many boxes begin at a corner, less those that end: summed up, how many lie over a cell.
    count = np.zeros((RASTER + 1, RASTER + 1), dtype=int)
    for i, j, sign in ((first, first, 1), (first, last, -1), (last, first, -1), (last, last, 1)):
        np.add.at(count, (i[:, 0], j[:, 1]), sign)
    covered = count.cumsum(axis=0).cumsum(axis=1)[:-1, :-1] > 0
    runs = [(a, b, j) for j in range(RASTER) for a, b in _runs(covered[:, j])]
    x0, x1, y0 = (np.array(runs).reshape(-1, 3) * 1.0).T
    around = [(x0, y0), (x1, y0), (x1, y0 + 1), (x0, y0 + 1), (x0, y0)]
    cells = np.stack([np.stack(corner, axis=1) for corner in around], axis=1)
    return np.asarray(ends[:, 0] + cells * step)


def _runs(row: Any) -> list[tuple[int, int]]:
    """From where to where it is true."""
    edges = np.flatnonzero(np.diff([False, *row, False]))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
