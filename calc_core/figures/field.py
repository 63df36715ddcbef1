"""The figure of the gradient as a field over the level curves."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light
from calc_core.figures.arrows import arrow_trace, outlines
from calc_core.figures.moving import moving_line
from calc_core.figures.plane import (
    level_map,
    map_layout,
    point_and_value,
    point_marker,
    visual_unit,
)
from calc_core.figures.style import Style
from calc_core.geometry import numeral, vector
from calc_core.geometry.sampling import GradientSample

# The gradient at the point: the length of its arrow and its shaft's width, as parts of the span.
GRADIENT = 0.2
THICKNESS = 0.014


def gradient_field(sample: GradientSample, style: Style) -> go.Figure:
    """Level curves of f, and the direction of its gradient on a grid; two shown variables.

    All arrows have one length: they say *where* f rises fastest; how fast stands in the hover.
    """
    view = sample.view
    traces: list[Any] = [level_map(sample.height, style), _level_through_point(style)]
    traces += _arrows(sample, style)
    traces += [*_tangent_of_level(sample, style), _gradient_at_point(sample, style)]
    meaning = f"{point_and_value(sample)}<br>∇f = {vector(sample.gradient)}"
    traces.append(point_marker(view, style, meaning))
    return go.Figure(traces, map_layout("Level curves of f and the directions of ∇f", view, style))


def _level_through_point(style: Style) -> go.Scatter:
    """The level curve through the point, which the live figure fills in."""
    return go.Scatter(
        name="level",
        x=[],
        y=[],
        mode="lines",
        line={"color": style.point, "width": 3, "simplify": False},
        hoverinfo="skip",
    )


def _arrows(sample: GradientSample, style: Style) -> list[go.Scatter]:
    at = np.stack(sample.arrow_grid.full(), axis=-1).reshape(-1, 2)
    slopes = np.moveaxis(sample.arrows, 0, -1).reshape(-1, 2)
    with np.errstate(all="ignore"):
        size = np.hypot(*slopes.T)
        largest = size[np.isfinite(size)].max(initial=0.0)
        drawn = np.isfinite(size) & (size > 1e-12 * largest)
    at, slopes, size = at[drawn], slopes[drawn], size[drawn]
    unit = visual_unit(sample.view.spans)
    cell = float(np.min(sample.view.spans / unit)) / len(sample.arrow_grid.axes[0])
    # All are equally long to the eye; where the axes differ in scale, that is not in the numbers.
    arrows = slopes * (0.74 * cell / np.hypot(*(slopes / unit).T))[:, None]
    shapes = outlines(at - arrows / 2, arrows, unit, 0.07 * cell)
    hover = go.Scatter(
        x=light(at[:, 0]),
        y=light(at[:, 1]),
        mode="markers",
        marker={"size": 10, "opacity": 0},
        customdata=light(np.column_stack([slopes, size])),
        hovertemplate=(
            "∇f = (%{customdata[0]:.3~g}, %{customdata[1]:.3~g})<br>"
            "f rises by %{customdata[2]:.3~g} per unit this way<extra></extra>"
        ),
    )
    return [arrow_trace(shapes, style.ink), hover]


def _gradient_at_point(sample: GradientSample, style: Style) -> go.Scatter:
    shape = np.empty((0, 8, 2))
    size = float(np.hypot(*sample.slope))
    if np.isfinite(size) and size > 0:
        unit = visual_unit(sample.view.spans)
        span = float(np.min(sample.view.spans / unit))
        arrow = sample.slope * (GRADIENT * span / np.hypot(*(sample.slope / unit)))
        shape = outlines(sample.view.shown_at, arrow, unit, THICKNESS * span)
    hover = f"∇f = {vector(sample.slope)}<br>steepest rise: {numeral(size)} per unit"
    return arrow_trace(shape, style.point, style.paper, hover, name="gradient")


def _tangent_of_level(sample: GradientSample, style: Style) -> list[go.Scatter]:
    """A piece of the level curve's tangent at the point, and the mark of its right angle to ∇f."""
    x, y = sample.slope
    size = float(np.hypot(x, y))
    ends = np.empty((0, 2))
    if np.isfinite(size) and size > 0:
        along = np.array([-y, x]) / size
        half = GRADIENT * float(sample.view.spans.min())
        ends = sample.view.shown_at + np.outer([-half, half], along)
    place: dict[str, Any] = {"x": ends[:, 0], "y": ends[:, 1], "mode": "lines"}
    hover = "tangent of the level curve: f stands still to first order<extra></extra>"
    ink = {"color": style.ink, "width": 2.5, "dash": "dash"}
    return [
        # A light band under the dashes, which arrows would hide.
        go.Scatter(name="halo", line={"color": style.paper, "width": 6}, hoverinfo="skip", **place),
        go.Scatter(name="tangent", line=ink, hovertemplate=hover, **place),
        moving_line("corner", style.ink, 1.5),
    ]
