"""Figures of the critical points of a function: marked by their kind, in shape and in colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrays import joined, wider
from calc_core.figures.curve import curve_with_tangent
from calc_core.figures.moving import moving_line, moving_line_in_space, moving_points
from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import level_map, map_layout
from calc_core.figures.space import height_surface, surface_layout
from calc_core.figures.space_frame import space_frame
from calc_core.figures.space_parts import LIFT, line_in_space
from calc_core.figures.style import Style, faded, legend_above, space_axis
from calc_core.geometry import numeral
from calc_core.geometry.sampling import GradientSample
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
# Undecided places are drawn on a raster this fine, rounded outwards.
RASTER = 96
SIZE, SIZE_IN_SPACE = 12, 6
# Marks nearer to an end of an axis, as a part of it, have their number on the other side.
EDGE = 0.08
# The surface lets marks behind it shine through.
SHEER = 0.65


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


def marked_levels(
    sample: GradientSample, style: Style, spots: Sequence[Spot], cover: Any
) -> go.Figure:
    """Level curves of f with all critical points, and the principal directions at the point.

    ``cover``  the undecided boxes, (N, 2, 2): lower and upper end on the two axes.
    """
    view = sample.view
    ends = np.array([view.ranges[name] for name in view.shown])
    traces: list[Any] = [
        level_map(sample.height, style, 0.5).update(showscale=False),
        _undecided(cover, ends, style),
        moving_line("level", style.point, 2.5, showlegend=False),
        moving_line("first", style.first, 5, hoverinfo="all", showlegend=False),
        moving_line("second", style.second, 5, hoverinfo="all", showlegend=False),
    ]
    for kind, group in _by_kind(spots):
        at = np.array([spot.at for spot in group])[:, view.shown_places]
        traces.append(_marks(kind, at[:, 0], at[:, 1], ends, group, view, style))
    traces.append(_ring(style))
    title = "Critical points among the level curves"
    return go.Figure(traces, map_layout(title, view, style, **legend_above(style, 90)))


def marked_curve(
    sample: GradientSample, style: Style, spots: Sequence[Spot], cover: Any
) -> go.Figure:
    """The graph of f of one variable, its critical points, and the tangent at the point."""
    figure = curve_with_tangent(sample, style)
    figure.update_traces(showlegend=False)
    (name,), visible = sample.view.shown, sample.height.visible
    # Of a function that is as good as constant the heights are a single number.
    room = 0.0 if visible[1] > visible[0] else 1.0
    visible = (visible[0] - room, visible[1] + room)
    ends = np.array([sample.view.ranges[name], visible])
    bands = np.stack([cover[:, 0], np.broadcast_to(visible, (len(cover), 2))], axis=1)
    figure.add_trace(_undecided(bands, ends, style))
    for kind, group in _by_kind(spots):
        x, y = [spot.at[0] for spot in group], [spot.value for spot in group]
        figure.add_trace(_marks(kind, x, y, ends, group, sample.view, style))
    figure.update_layout(title_text="The graph of f and its critical points", **legend_above(style))
    return figure


def marked_surface(sample: GradientSample, style: Style, spots: Sequence[Spot]) -> go.Figure:
    """The surface z = f with its critical points, and f along the principal directions."""
    view = sample.view
    low, high = sample.height.visible
    lift = LIFT * (high - low)
    traces: list[Any] = [height_surface(sample, style, SHEER)]
    for kind, group in _by_kind([spot for spot in spots if low <= spot.value <= high]):
        at = np.array([spot.at for spot in group])[:, view.shown_places]
        heights = np.array([spot.value for spot in group]) + lift
        traces.append(_marks_in_space(kind, [*at.T, heights], group, view, style))
    traces += [
        moving_line_in_space("first", style.first, 9, hoverinfo=None),
        moving_line_in_space("second", style.second, 9, hoverinfo=None),
        _ring_in_space(style),
    ]
    title = "The surface, level at its critical points"
    return go.Figure(traces, surface_layout(title, sample, style))


def marked_box(
    view: View, box: Any, style: Style, spots: Sequence[Spot], places: Sequence[Any]
) -> go.Figure:
    """The critical points of a function of three variables in the box that was searched.

    ``box``     its ends, (3, 2);  ``places``  the same for what is undecided in it.
    """
    traces: list[Any] = [
        line_in_space(_edges(box), style.muted, 2, name="box", hoverinfo="skip"),
        *[line_in_space(_edges(place), style.ink, 3, name="undecided") for place in places],
        moving_line_in_space("slice", style.muted, 4),
    ]
    for kind, group in _by_kind(spots):
        at = np.array([spot.at for spot in group]).T
        traces.append(_marks_in_space(kind, at, group, view, style))
    colours = zip(("first", "second", "third"), (style.first, style.second, style.ink), strict=True)
    traces += [moving_line_in_space(name, colour, 8, hoverinfo=None) for name, colour in colours]
    traces.append(_ring_in_space(style))
    axes = [
        space_axis(pretty(name), style, range=wider(float(low), float(high), 0.04))
        for name, (low, high) in zip(view.names, box, strict=True)
    ]
    layout = space_frame("All of them in the box, and the slice", style, axes, shape=None)
    return go.Figure(traces, layout)


# ── marks ─────────────────────────────────────────────────────────────────────────────────────────


def _by_kind(spots: Sequence[Spot]) -> list[tuple[str, list[Spot]]]:
    """The spots of each kind that occurs, in the order of SHAPES."""
    groups = [(kind, [spot for spot in spots if spot.kind == kind]) for kind in SHAPES]
    return [(kind, group) for kind, group in groups if group]


def _colour(kind: str, style: Style) -> str:
    return {"minimum": style.second, "maximum": style.first, "saddle": style.paper}.get(
        kind, style.ink
    )


def _marks(
    kind: str, x: Any, y: Any, ends: Any, group: list[Spot], view: View, style: Style
) -> go.Scatter:
    """``ends``  (low, high) on each axis: marks at the frame are whole."""
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


def _marks_in_space(
    kind: str, at: Any, group: list[Spot], view: View, style: Style
) -> go.Scatter3d:
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


def _ring(style: Style) -> go.Scatter:
    """The chosen point, as a ring: a mark inside stays to be seen."""
    ring = {"symbol": "circle-open", "line": {"color": style.point, "width": 3}}
    return moving_points("point", style.point, style, 21, marker=ring, showlegend=False)


def _ring_in_space(style: Style) -> go.Scatter3d:
    return go.Scatter3d(
        name="point",
        x=[],
        y=[],
        z=[],
        mode="markers",
        marker={"size": 12, "symbol": "circle-open", "color": style.point},
        hoverinfo="skip",
    )


# ── undecided boxes ───────────────────────────────────────────────────────────────────────────────


def _undecided(cover: Any, ends: Any, style: Style) -> go.Scatter:
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


def _edges(box: Any) -> NDArray[np.float64]:
    """The twelve edges of a box (3, 2) as one line, (3, k)."""
    low, high = np.asarray(box, dtype=np.float64).T
    walk = ["000", "100", "110", "010", "000", "001", "101", "111", "011", "001"]
    lines = [walk, ["100", "101"], ["110", "111"], ["010", "011"]]
    gap = np.full((1, 3), np.nan)
    parts = [
        part
        for line in lines
        for part in (np.where(np.array([list(map(int, c)) for c in line]), high, low), gap)
    ]
    return np.asarray(np.concatenate(parts[:-1]).T)
