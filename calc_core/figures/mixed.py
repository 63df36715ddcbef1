"""Figures of the mixed partial derivatives: the rectangle, the two slopes, the surface of one."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from calc_core.figures.arrays import wider
from calc_core.figures.moving import moving_line, moving_line_in_space, moving_points, moving_text
from calc_core.figures.naming import pretty
from calc_core.figures.plane import hover_over, level_map, map_layout, slice_title
from calc_core.figures.space_frame import graph_axes, graph_shape, space_frame
from calc_core.figures.space_parts import (
    UNSHADED,
    dot_in_space,
    graph_surface,
    plain_surface,
)
from calc_core.figures.style import Style, faded, flat_axis, frame
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import View

PALE = 0.4
MARGIN = 0.06


def rectangle_on_levels(height: Height, view: View, style: Style) -> go.Figure:
    """Four corners with the signs that f has there in the quotient; one corner can be dragged."""
    traces: list[Any] = [
        level_map(height, style, PALE).update(showscale=False),
        moving_line("area", style.ink, 0, fill="toself", fillcolor=faded(style.point, 0.25)),
        moving_line("across", style.first, 4),
        moving_line("upward", style.second, 4),
        moving_points("corners", style.ink, style, 9, hoverinfo="text"),
        moving_points("point", style.point, style),
        moving_text("signs", style, textfont={"size": style.size + 6}),
    ]
    return go.Figure(traces, map_layout("The rectangle of the quotient", view, style))


def two_slopes(reach: float, rise: float, view: View, style: Style) -> go.Figure:
    """One partial derivative along the other variable, and the reverse; both begin at 0."""
    a, b = (pretty(name) for name in view.shown)
    traces: list[Any] = [
        moving_line("firstTangent", style.first, 8, opacity=0.45),
        moving_line("secondTangent", style.second, 2.5, line={"dash": "dash"}),
        moving_line("first", style.first, 3.5, hoverinfo="all"),
        moving_line("second", style.second, 3.5, hoverinfo="all"),
        moving_line("firstChord", style.ink, 1.5, line={"dash": "dot"}),
        moving_line("secondChord", style.ink, 1.5, line={"dash": "dot"}),
        moving_points("ends", style.ink, style, 9, hoverinfo="skip"),
        moving_points("point", style.point, style, hoverinfo="skip"),
        moving_text("names", style, textfont={"color": [style.first, style.second]}),
    ]
    layout = frame(
        slice_title(f"Change of ∂f/∂{a} along {b}, and of ∂f/∂{b} along {a}", view),
        style,
        xaxis=flat_axis(f"step from the point, in {b} or in {a}", style, range=[-reach, reach]),
        yaxis=flat_axis("change", style, range=[-rise, rise]),
    )
    return go.Figure(traces, layout)


def surface_of_mixed(
    x: Any, y: Any, z: Any, visible: tuple[float, float], view: View, style: Style
) -> go.Figure:
    """The graph of ∂²f/∂b∂a, and over the rectangle the height of the quotient.

    ``x``, ``y``  where it is known: axes, or the places of a grid around a point, (i, j) each.
    """
    a, b = (pretty(name) for name in view.shown)
    low, high = visible
    scale, bottom, top = style.heights(low, high)
    title = f"∂²f/∂{b}∂{a}"
    traces: list[Any] = [
        graph_surface(
            x,
            y,
            z,
            0.7,
            colorscale=scale,
            cmin=bottom,
            cmax=top,
            hovertemplate=hover_over(view.shown, f"{title} = %{{z:.4~g}}"),
        ),
        plain_surface("patch", style.point, 0.6, lighting=UNSHADED),
        moving_line_in_space("rim", style.point, 6),
        _value("first", "square", style.first, style),
        _value("second", "diamond", style.second, style),
    ]
    layout = space_frame(
        slice_title(f"The surface of {title}, and Δ over the rectangle", view),
        style,
        graph_axes(view, wider(low, high, MARGIN), style, letter=""),
        graph_shape(view.spans),
    )
    return go.Figure(traces, layout)


def _value(name: str, symbol: str, colour: str, style: Style) -> go.Scatter3d:
    nothing: dict[str, Any] = {"x": [], "y": [], "z": []}
    return dot_in_space(name, colour, style, marker={"symbol": symbol}, **nothing)
