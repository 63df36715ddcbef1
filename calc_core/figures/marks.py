"""Marks of critical points: each kind has its own shape and colour, in the plane and in space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.moving import moving_points
from calc_core.figures.naming import equations
from calc_core.figures.style import Style
from calc_core.geometry import numeral
from calc_core.geometry.view import View

#: What is marked, and by which shape: one that Plotly has in the plane and in space.
SHAPES = {
    "minimum": "circle",
    "maximum": "square",
    "saddle": "diamond",
    "undecided": "x",
    "no gradient": "cross",
}
# More marks than this have no numbers beside them: these would lie over each other.
MOST_NUMBERED = 40
SIZE, SIZE_IN_SPACE = 12, 6
# Marks nearer to an end of an axis, as a part of it, have their number on the other side.
EDGE = 0.08


@dataclass(frozen=True)
class Spot:
    """A critical point, or a small place that may be one.

    ``at``      a value for each variable;
    ``kind``    one of :data:`SHAPES`;
    ``number``  in the list, from 1;  0 for what is in no list.
    """

    at: tuple[float, ...]
    kind: str
    value: float
    number: int

    def meaning(self, names: tuple[str, ...]) -> str:
        """What stands in the hover."""
        head = f"{self.number}: {self.kind}" if self.number else self.kind
        where = equations(dict(zip(names, self.at, strict=True)))
        return f"{head}<br>{where}<br>f = {numeral(self.value)}"


def by_kind(spots: Sequence[Spot]) -> list[tuple[str, list[Spot]]]:
    """The spots of each kind that occurs, in the order of SHAPES."""
    groups = [(kind, [spot for spot in spots if spot.kind == kind]) for kind in SHAPES]
    return [(kind, group) for kind, group in groups if group]


def _colour(kind: str, style: Style) -> str:
    return {"minimum": style.second, "maximum": style.first, "saddle": style.paper}.get(
        kind, style.ink
    )


def marks(
    kind: str, x: Any, y: Any, ends: Any, group: list[Spot], view: View, style: Style
) -> go.Scatter:
    """Points of one kind.  ``ends``  (low, high) on each axis: marks at the frame are whole."""
    parts = (np.array([x, y], dtype=np.float64).T - ends[:, 0]) / (ends[:, 1] - ends[:, 0])
    is_light = kind == "saddle"
    numbers = [str(spot.number) if spot.number else "" for spot in group]
    return go.Scatter(
        name=kind,
        x=np.asarray(x, dtype=np.float64),
        y=np.asarray(y, dtype=np.float64),
        mode="markers+text" if len(group) <= MOST_NUMBERED else "markers",
        text=numbers,
        textposition=[
            f"{'bottom' if v > 1 - EDGE else 'top'} {'left' if u > 1 - EDGE else 'right'}"
            for u, v in parts
        ],
        cliponaxis=not bool(((parts >= 0) & (parts <= 1)).all()),
        textfont={"size": style.size - 2, "color": style.ink},
        marker={
            "size": SIZE,
            "symbol": SHAPES[kind],
            "color": _colour(kind, style),
            "opacity": 1,
            "line": {"color": style.ink if is_light else style.paper, "width": 1.5},
        },
        customdata=[spot.meaning(view.names) for spot in group],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=True,
    )


def marks_in_space(kind: str, at: Any, group: list[Spot], view: View, style: Style) -> go.Scatter3d:
    """Points of one kind, (3, k)."""
    x, y, z = at
    return go.Scatter3d(
        name=kind,
        x=x,
        y=y,
        z=z,
        mode="markers",
        marker={
            "size": SIZE_IN_SPACE,
            "symbol": SHAPES[kind],
            "color": _colour(kind, style),
            "line": {"color": style.ink if kind == "saddle" else style.paper, "width": 2},
        },
        customdata=[spot.meaning(view.names) for spot in group],
        hovertemplate="%{customdata}<extra></extra>",
    )


def ring(style: Style) -> go.Scatter:
    """The chosen point, as a ring: a mark inside stays to be seen."""
    marker = {"symbol": "circle-open", "line": {"color": style.point, "width": 3}}
    return moving_points("point", style.point, style, 21, marker=marker, showlegend=False)


def ring_in_space(style: Style) -> go.Scatter3d:
    """The same in space."""
    return go.Scatter3d(
        name="point",
        x=[],
        y=[],
        z=[],
        mode="markers",
        marker={"size": 12, "symbol": "circle-open", "color": style.point},
        hoverinfo="skip",
    )
