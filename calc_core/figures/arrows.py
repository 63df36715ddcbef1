"""Arrows in plane figures, as filled outlines, and other outlines that are filled.

Plotly 7.1 has a trace for arrows, ``go.Quiver``, but draws it underneath contours and filled
shapes, where it cannot be seen.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from calc_core.figures.arrays import joined

Array = NDArray[np.float64]

# Outline of an arrow along the first axis: how far along (in lengths, back from the tip in head
# lengths) and how far aside (in half shaft widths, or half head widths).
HEAD_RATIO = 2.6


def outlines(
    tails: ArrayLike, arrows: ArrayLike, unit: ArrayLike, thickness: float, head: float = 0.38
) -> Array:
    """Closed outlines (k, 8, 2) of arrows (k, 2) from their tails (k, 2).

    ``unit``       lengths on the two axes that look equally long: angles are taken on that scale;
    ``thickness``  of the shaft, on the same scale;
    ``head``       the largest part of an arrow that is its head.
    """
    scale = np.asarray(unit, dtype=np.float64)
    tail = np.atleast_2d(np.asarray(tails, dtype=np.float64)) / scale
    arrow = np.atleast_2d(np.asarray(arrows, dtype=np.float64)) / scale
    length = np.linalg.norm(arrow, axis=1, keepdims=True)
    along = arrow / length
    aside = np.stack([-along[:, 1], along[:, 0]], axis=1)
    tip_length = np.minimum(head * length, 2.2 * HEAD_RATIO * thickness)
    half, wide = thickness / 2, np.minimum(HEAD_RATIO * thickness, 0.6 * tip_length)
    neck, tip = tail + along * (length - tip_length), tail + arrow
    corners = [
        tail + half * aside,
        neck + half * aside,
        neck + wide * aside,
        tip,
        neck - wide * aside,
        neck - half * aside,
        tail - half * aside,
    ]
    return np.stack([*corners, corners[0]], axis=1) * scale


def arrow_trace(
    shapes: Array, colour: str, halo: str = "", hover: str = "", name: str = ""
) -> go.Scatter:
    """One trace of filled outlines (k, p, 2), with a halo around them if a colour is given."""
    settings: dict[str, Any] = {"hoverinfo": "skip"}
    if hover:
        settings = {"hovertemplate": f"{hover}<extra></extra>", "hoveron": "points"}
    line = {"color": halo or colour, "width": 1.5 if halo else 0.5}
    return filled(shapes, colour, line, name=name, **settings)


def filled(shapes: Any, colour: str, line: dict[str, Any], **more: Any) -> go.Scatter:
    """Outlines (k, p, 2) as one trace, filled with the colour."""
    x, y = joined(shapes)
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line=line,
        connectgaps=False,
        **more,
    )
