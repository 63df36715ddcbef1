"""Figures of the directional derivative: the turning direction, its cosine, and f along it."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import wider
from calc_core.figures.arrows import arrow_trace
from calc_core.figures.curve import MARGIN
from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.plane import equal_axes, level_map, map_layout, slice_title
from calc_core.figures.style import Style, flat_axis, frame
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import View


def direction_on_levels(height: Height, view: View, style: Style, v: str) -> go.Figure:
    """Level curves, and around the point a ring of directions: v turns, the gradient stands."""
    none = np.empty((0, 8, 2))
    traces: list[Any] = [
        level_map(height, style, 0.5),
        moving_line("level", style.point, 2.5),
        moving_line("line", style.ink, 1.5, line={"dash": "dot"}),
        moving_line("tangent", style.muted, 2, line={"dash": "dash"}),
        moving_line("ring", style.ink, 1.5),
        moving_line("shadow", style.first, 9, opacity=0.75, hoverinfo="all"),
        moving_line("drop", style.muted, 1.5),
        arrow_trace(none, style.point, style.paper, name="gradient"),
        arrow_trace(none, style.ink, style.paper, name="direction"),
        moving_text("labels", style, textfont={"size": style.size + 2}),
        moving_points("point", style.point, style),
    ]
    return go.Figure(traces, map_layout(f"A direction {v} beside ∇f", view, style))


def cosine_of_angle(view: View, style: Style, v: str) -> go.Figure:
    """The directional derivative over the angle of the direction."""
    traces: list[Any] = [
        moving_line("measured", style.ink, 3, line={"dash": "dash"}, hoverinfo="all"),
        moving_line("cosine", style.ink, 3.5, hoverinfo="all"),
        moving_line("stem", style.first, 9, opacity=0.75),
        moving_points("marks", style.ink, style, 9),
        moving_text("names", style),
        moving_points("now", style.point, style),
    ]
    turns = range(0, 361, 45)
    angles = {
        "range": [0, 360],
        "tickvals": list(turns),
        "ticktext": [f"{turn}°" if turn % 90 == 0 else "" for turn in turns],
    }
    layout = frame(
        slice_title(f"The slope along {v}, as {v} turns", view),
        style,
        xaxis=flat_axis(f"angle of {v}", style, **angles),
        yaxis=flat_axis(f"slope along {v}", style, nticks=6),
        # The last label needs some of it.
        margin={"l": 8, "r": 26, "t": 46, "b": 8},
    )
    return go.Figure(traces, layout)


def slice_along(
    height: Height, view: View, style: Style, *, direction: str, start: str, parameter: str
) -> go.Figure:
    """The values of f on the line through the point in the direction, and their tangent."""
    traces: list[Any] = [
        moving_line("curve", style.ink, 3.5, hoverinfo="all"),
        moving_line("tangent", style.point, 3, hoverinfo="all"),
        moving_line("rise", style.first, 2.5, line={"dash": "dot"}),
        moving_text("names", style),
        moving_points("point", style.point, style),
    ]
    line = f"{start} + {parameter} {direction}"
    reach = float(view.spans.min()) / 2
    # With axes of different scales the length of the line depends on where it points.
    along = {"range": [-reach, reach]} if equal_axes(view.spans) else {}
    layout = frame(
        slice_title(f"f along the line {line}", view),
        style,
        xaxis=flat_axis(f"{parameter}, the way gone along {direction}", style, **along),
        yaxis=flat_axis(f"f({line})", style, range=wider(*height.visible, MARGIN)),
    )
    return go.Figure(traces, layout)
