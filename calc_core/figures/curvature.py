"""Figures of the curvature of a graph: by colour, in a normal section, and as a direction turns."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrays import light
from calc_core.figures.curve import graph, graph_layout, graph_of
from calc_core.figures.moving import moving_line, moving_line_in_space, moving_points, moving_text
from calc_core.figures.naming import pretty
from calc_core.figures.plane import hover_over, map_layout, slice_title
from calc_core.figures.space_frame import HEIGHT, graph_axes, space_frame
from calc_core.figures.space_parts import graph_surface, point_in_space
from calc_core.figures.style import Style, colour_bar, flat_axis, frame
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import View

# Heights so many times as far apart as the ranges would make a needle of the surface.
STEEPEST = 3.0
# A surface that is flatter than this gets air above and below, so that its axis can be read.
FLATTEST = 0.25
MARGIN = 0.04
# What lies behind a fold of the surface is still to be seen.
OPACITY = 0.85
# How strong the colours of curvature are.
STRENGTH = 0.9


def is_to_scale(height: Height, view: View) -> bool:
    """Whether the graph can be drawn with one scale for the variables and for f.

    Only then do bends and angles look as they are: curvature is a matter of shape.
    """
    low, high = height.visible
    longest, shortest = float(view.spans.max()), float(view.spans.min())
    return high - low <= STEEPEST * longest and longest <= STEEPEST * shortest


def curvature_surface(height: Height, view: View, style: Style) -> go.Figure:
    """The graph, whose colours the live figure fills in, with its normal section and circle."""
    x, y = height.grid.axes
    traces: list[Any] = [
        graph_surface(
            x,
            y,
            height.values,
            OPACITY,
            colorscale=style.two_signs(STRENGTH),
            hovertemplate=hover_over(view.shown, "curvature %{surfacecolor:.3~g}"),
        ),
        moving_line_in_space("first", style.first, 6),
        moving_line_in_space("second", style.second, 6),
        moving_line_in_space("section", style.ink, 8),
        moving_line_in_space("circle", style.point, 6),
        moving_line_in_space("normal", style.ink, 4),
        point_in_space([np.nan] * 3, style, "the point"),
    ]
    title = slice_title("The graph, its normal section and circle", view)
    return go.Figure(traces, _space(title, height, view, style))


def _space(title: str, height: Height, view: View, style: Style) -> go.Layout:
    """Space with one scale for all three axes, where that can be."""
    low, high = _heights(height, view)
    lengths = np.array([*view.spans, high - low])
    if not is_to_scale(height, view):
        lengths = np.array([1.0, 1.0, HEIGHT])
    # The picture has room for a box of this size, however its sides compare.
    box = 1.15 * lengths / max(float(lengths[:2].max()), float(lengths[2]) * 1.15)
    return space_frame(title, style, graph_axes(view, (low, high), style), box)


def _heights(height: Height, view: View) -> tuple[float, float]:
    """The range of the upright axis."""
    low, high = height.visible
    least = FLATTEST * float(view.spans.max()) if is_to_scale(height, view) else 1e-9
    half = max((high - low) * (0.5 + MARGIN), least / 2)
    middle = (low + high) / 2
    return middle - half, middle + half


def curvature_map(height: Height, view: View, style: Style) -> go.Figure:
    """The curvature over the plane of the variables, with the direction to be turned."""
    traces: list[Any] = [
        go.Heatmap(
            name="shade",
            x=light(height.grid.axes[0]),
            y=light(height.grid.axes[1]),
            colorscale=style.two_signs(STRENGTH),
            zsmooth="best",
            colorbar=colour_bar("K = ", style),
            hovertemplate=hover_over(view.shown, "curvature %{z:.3~g}"),
        ),
        moving_line("zero", style.muted, 2.5),
        moving_line("eigenvectors", style.ink, 1.5, line={"dash": "dot"}),
        moving_line("first", style.first, 5, hoverinfo="all"),
        moving_line("second", style.second, 5, hoverinfo="all"),
        moving_line("direction", style.ink, 3),
        moving_points("end", style.ink, style, 9, hoverinfo="skip"),
        moving_text("names", style, textfont={"size": style.size + 1}),
        moving_points("point", style.point, style),
    ]
    return go.Figure(traces, map_layout("Curvature, and the direction v", view, style))


def normal_section(reach: float, view: View, style: Style) -> go.Figure:
    """The plane of the normal and of the tangent over v, cut with the graph; true to scale."""
    traces: list[Any] = [
        moving_line("tangent", style.muted, 1.5, line={"dash": "dash"}),
        moving_line("section", style.ink, 3.5),
        moving_line("circle", style.point, 3),
        moving_line("radius", style.point, 1.5, line={"dash": "dot"}),
        moving_text("names", style),
        moving_points("centre", style.point, style, 8, hoverinfo="skip"),
        moving_points("point", style.point, style),
    ]
    upright = {"range": [-0.8 * reach, 0.8 * reach], "scaleanchor": "x", "constrain": "domain"}
    layout = frame(
        slice_title("The normal section along v", view),
        style,
        xaxis=flat_axis("along the tangent", style, range=[-reach, reach], constrain="domain"),
        yaxis=flat_axis("along the normal", style, **upright),
    )
    return go.Figure(traces, layout)


def euler_curve(view: View, style: Style) -> go.Figure:
    """The normal curvature over the angle from the first principal direction."""
    traces: list[Any] = [
        # The axis grows by round numbers, and not with every move of the hand.
        moving_points("room", style.ink, style, opacity=0, hoverinfo="skip"),
        moving_line("first", style.first, 2, line={"dash": "dash"}),
        moving_line("second", style.second, 2, line={"dash": "dash"}),
        moving_line("curve", style.ink, 3.5, hoverinfo="all"),
        moving_text("names", style),
        moving_points("marks", style.ink, style, 9, hoverinfo="skip"),
        moving_points("now", style.point, style),
    ]
    angles = {"range": [-90, 90], "tickvals": list(range(-90, 91, 30)), "ticksuffix": "°"}
    layout = frame(
        slice_title("The normal curvature, as v turns", view),
        style,
        xaxis=flat_axis("angle from the first principal direction", style, **angles),
        yaxis=flat_axis("κ", style, nticks=6),
    )
    return go.Figure(traces, layout)


def curve_with_circle(height: Height, view: View, style: Style) -> go.Figure:
    """The graph of f of one variable, and the circle that lies closest to it at the point."""
    traces: list[Any] = [
        graph_of(height, style),
        moving_line("circle", style.point, 3),
        moving_line("radius", style.point, 1.5, line={"dash": "dot"}),
        moving_points("centre", style.point, style, 8, hoverinfo="skip"),
        moving_points("point", style.point, style),
    ]
    layout = graph_layout("The graph of f and its osculating circle", height, view, style)
    layout.xaxis.constrain = "domain"
    if is_to_scale(height, view):
        layout.yaxis.update(scaleanchor="x", constrain="domain")
    return go.Figure(traces, layout)


def curvature_along(
    height: Height, curvature: NDArray[np.float64], view: View, style: Style
) -> go.Figure:
    """The curvature of the graph of f of one variable, over the variable."""
    name = view.shown[0]
    traces: list[Any] = [
        graph(name, height.grid.axes[0], curvature, "κ", style),
        moving_points("point", style.point, style),
    ]
    layout = frame(
        "The curvature of the graph",
        style,
        xaxis=flat_axis(pretty(name), style, range=list(view.ranges[name])),
        yaxis=flat_axis("κ", style, nticks=6),
    )
    return go.Figure(traces, layout)
