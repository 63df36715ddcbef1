"""Figures of the second-order Taylor polynomial in the plane: its level curves, and its error."""

from __future__ import annotations

from math import log10
from typing import Any

import plotly.graph_objects as go

from calc_core.figures.curve import curve_with_parabola
from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.plane import level_map, level_steps, map_layout, slice_title
from calc_core.figures.style import Style, flat_axis, frame
from calc_core.geometry.sampling import Height, QuadraticSample
from calc_core.geometry.view import View

# Pale, so that two sets of lines can be told apart on it.
PALE = 0.45


def quadratic_levels(height: Height, view: View, style: Style) -> go.Figure:
    """The level curves of f, and those of the quadratic at the same heights, with their axes."""
    traces: list[Any] = [
        level_map(height, style, PALE),
        _levels_of_quadratic(height, style),
        moving_line("axes", style.ink, 1.5, line={"dash": "dot"}),
        moving_line("circle", style.ink, 1.5),
        moving_line("first", style.first, 5, hoverinfo="all"),
        moving_line("second", style.second, 5, hoverinfo="all"),
        moving_text("names", style, textfont={"size": style.size + 1}),
        moving_points("centre", style.ink, style, 10, marker={"symbol": "x"}),
        moving_points("point", style.point, style),
    ]
    return go.Figure(traces, map_layout("Level curves of f and of its quadratic", view, style))


def _levels_of_quadratic(height: Height, style: Style) -> go.Contour:
    low, high = height.visible
    _, bottom, top = style.heights(low, high)
    return go.Contour(
        name="quadratic",
        contours={"coloring": "none", **level_steps((low, high), bottom, top)},
        autocontour=False,
        line={"color": style.point, "width": 1.3},
        showscale=False,
        hoverinfo="skip",
    )


def curve_with_error(sample: QuadraticSample, style: Style) -> go.Figure:
    """The graph and its parabola, and how far they are apart at a distance to both sides."""
    figure = curve_with_parabola(sample, style)
    return figure.add_trace(moving_line("gap", style.ink, 2.5, line={"dash": "dot"}))


def taylor_errors(view: View, reach: tuple[float, float], style: Style) -> go.Figure:
    """The largest errors at a distance from the point, both on scales of powers of ten.

    There a power rᵏ is a straight line, of slope k.
    """
    traces: list[Any] = [
        _guide("square", style),
        _guide("cube", style),
        moving_line("plane", style.second, 3, hoverinfo="all"),
        moving_line("quadratic", style.point, 3.5, hoverinfo="all"),
        moving_text("names", style),
        moving_points("marks", style.ink, style, 9, hoverinfo="skip"),
    ]
    powers = {"type": "log", "dtick": 1, "exponentformat": "power", "showexponent": "all"}
    layout = frame(
        slice_title("Errors at the distance r", view),
        style,
        xaxis=flat_axis("r", style, range=[log10(end) for end in reach], **powers),
        yaxis=flat_axis("largest error", style, **powers),
    )
    return go.Figure(traces, layout)


def _guide(name: str, style: Style) -> go.Scatter:
    return moving_line(name, style.muted, 1.5, line={"dash": "dash"})
