"""Figures of the curvature of a graph: by colour, in a normal section, and as a direction turns."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.naming import pretty
from calc_core.figures.plane import light, map_layout, slice_title
from calc_core.figures.space import CAMERA, LIGHTING, line_in_space, point_in_space
from calc_core.figures.style import Scale, Style, colour_bar, flat_axis, frame, space_axis
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import View

# Heights so many times as far apart as the ranges would make a needle of the surface.
STEEPEST = 3.0
# A surface that is flatter than this gets air above and below, so that its axis can be read.
FLATTEST = 0.25
MARGIN = 0.04
# What lies behind a fold of the surface is still to be seen.
OPACITY = 0.85


def is_to_scale(height: Height, view: View) -> bool:
    """Whether the graph can be drawn with one scale for the variables and for f.

    Only then do bends and angles look as they are: curvature is a matter of shape.
    """
    low, high = height.visible
    longest, shortest = float(view.spans.max()), float(view.spans.min())
    return high - low <= STEEPEST * longest and longest <= STEEPEST * shortest


def curvature_surface(height: Height, view: View, style: Style) -> go.Figure:
    """The graph, whose colours the live figure fills in, with its normal section and circle."""
    nothing = np.empty((3, 0))
    x, y = (pretty(name) for name in view.shown)
    traces: list[Any] = [
        go.Surface(
            name="surface",
            x=light(height.grid.axes[0]),
            y=light(height.grid.axes[1]),
            z=light(height.values),
            colorscale=_two_signs(style),
            opacity=OPACITY,
            showscale=False,
            connectgaps=False,
            lighting=LIGHTING,
            contours={k: {"highlight": False} for k in "xyz"},
            hovertemplate=(
                f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>curvature %{{surfacecolor:.3~g}}"
                "<extra></extra>"
            ),
        ),
        line_in_space(nothing, style.first, 6, name="first", hoverinfo="skip"),
        line_in_space(nothing, style.second, 6, name="second", hoverinfo="skip"),
        line_in_space(nothing, style.ink, 8, name="section", hoverinfo="skip"),
        line_in_space(nothing, style.point, 6, name="circle", hoverinfo="skip"),
        line_in_space(nothing, style.ink, 4, name="normal", hoverinfo="skip"),
        point_in_space([np.nan] * 3, style, "the point"),
    ]
    title = slice_title("The graph, its normal section and circle", view)
    return go.Figure(traces, _space(title, height, view, style))


def _two_signs(style: Style) -> Scale:
    return style.tinted((*style.below[::-1], style.neutral, *style.above), 0.9)


def _space(title: str, height: Height, view: View, style: Style) -> go.Layout:
    """Space with one scale for all three axes, where that can be."""
    low, high = _heights(height, view)
    lengths = np.array([*view.spans, high - low])
    if not is_to_scale(height, view):
        lengths = np.array([1.0, 1.0, 0.7])
    # The picture has room for a box of this size, however its sides compare.
    box = 1.15 * lengths / max(float(lengths[:2].max()), float(lengths[2]) * 1.15)
    axes = [space_axis(pretty(name), style, range=list(view.ranges[name])) for name in view.shown]
    return frame(
        title,
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            "xaxis": axes[0],
            "yaxis": axes[1],
            "zaxis": space_axis("f", style, range=[low, high]),
            "aspectmode": "manual",
            "aspectratio": dict(zip("xyz", box.tolist(), strict=True)),
            "camera": CAMERA,
            "dragmode": "turntable",
        },
    )


def _heights(height: Height, view: View) -> tuple[float, float]:
    """The range of the upright axis."""
    low, high = height.visible
    least = FLATTEST * float(view.spans.max()) if is_to_scale(height, view) else 1e-9
    half = max((high - low) * (0.5 + MARGIN), least / 2)
    middle = (low + high) / 2
    return middle - half, middle + half


def curvature_map(height: Height, view: View, style: Style) -> go.Figure:
    """The curvature over the plane of the variables, with the direction to be turned."""
    x, y = (pretty(name) for name in view.shown)
    traces: list[Any] = [
        go.Heatmap(
            name="shade",
            x=light(height.grid.axes[0]),
            y=light(height.grid.axes[1]),
            colorscale=_two_signs(style),
            zsmooth="best",
            colorbar=colour_bar("K = ", style),
            hovertemplate=(
                f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>curvature %{{z:.3~g}}<extra></extra>"
            ),
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
    name = view.shown[0]
    low, high = height.visible
    margin = 0.06 * (high - low) or 1.0
    traces: list[Any] = [
        _over(name, height.grid.axes[0], height.values, "f", style),
        moving_line("circle", style.point, 3),
        moving_line("radius", style.point, 1.5, line={"dash": "dot"}),
        moving_points("centre", style.point, style, 8, hoverinfo="skip"),
        moving_points("point", style.point, style),
    ]
    scale = {"scaleanchor": "x", "constrain": "domain"} if is_to_scale(height, view) else {}
    layout = frame(
        "The graph of f and its osculating circle",
        style,
        xaxis=flat_axis(pretty(name), style, range=list(view.ranges[name]), constrain="domain"),
        yaxis=flat_axis("f", style, range=[low - margin, high + margin], **scale),
    )
    return go.Figure(traces, layout)


def curvature_along(
    height: Height, curvature: NDArray[np.float64], view: View, style: Style
) -> go.Figure:
    """The curvature of the graph of f of one variable, over the variable."""
    name = view.shown[0]
    traces: list[Any] = [
        _over(name, height.grid.axes[0], curvature, "κ", style),
        moving_points("point", style.point, style),
    ]
    layout = frame(
        "The curvature of the graph",
        style,
        xaxis=flat_axis(pretty(name), style, range=list(view.ranges[name])),
        yaxis=flat_axis("κ", style, nticks=6),
    )
    return go.Figure(traces, layout)


def _over(name: str, x: Any, y: Any, letter: str, style: Style) -> go.Scatter:
    return go.Scatter(
        x=light(x),
        y=light(y),
        mode="lines",
        connectgaps=False,
        line={"color": style.second, "width": 3.5, "simplify": False},
        hovertemplate=f"{pretty(name)} = %{{x:.3~g}}<br>{letter} = %{{y:.4~g}}<extra></extra>",
    )
