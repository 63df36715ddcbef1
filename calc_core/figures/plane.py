"""Figures of a scalar function in the plane: its field of gradients, its curve and tangent."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrows import arrow_trace, outlines
from calc_core.figures.moving import moving_line
from calc_core.figures.naming import equations, pretty
from calc_core.figures.style import WITH_BAR, Style, colour_bar, faded, flat_axis, frame
from calc_core.geometry import numeral, vector
from calc_core.geometry.sampling import GradientSample, Height, QuadraticSample, tangent_patch
from calc_core.geometry.view import View

# Axes of lengths further apart than this would make a strip of an equal-aspect figure.
WIDEST = 3.0
LEVELS = 14
# The gradient at the point: the length of its arrow and its shaft's width, as parts of the span.
GRADIENT = 0.2
THICKNESS = 0.014


def light(values: Any) -> NDArray[np.float32]:
    """Values as they travel to the browser: half the size, and exact to a pixel.

    What is too large for that is too large for a figure, too, and left out.
    """
    with np.errstate(over="ignore"):
        found = np.asarray(values, dtype=np.float32)
    return np.where(np.isinf(found), np.float32(np.nan), found)


def level_steps(visible: tuple[float, float], bottom: float, top: float) -> dict[str, float]:
    """Round levels from bottom to top, so close that LEVELS of them are in the visible range."""
    low, high = visible
    size = _round_step((high - low) / LEVELS) if high > low else 1.0
    return {"start": float(np.ceil(bottom / size) * size), "end": top, "size": size}


def _round_step(step: float) -> float:
    unit = 10.0 ** floor(log10(step))
    return next(factor * unit for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * unit >= step)


def equal_axes(spans: Any) -> dict[str, Any]:
    """Settings of the second axis that make angles true, where the ranges allow it."""
    if max(spans) > WIDEST * min(spans):
        return {}
    return {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain"}


def visual_unit(spans: Any) -> NDArray[np.float64]:
    """Lengths on the two axes that look the same: equal ones where :func:`equal_axes` acts."""
    lengths = np.asarray(spans, dtype=np.float64)
    return np.ones(2) if equal_axes(lengths) else lengths


def slice_title(text: str, view: View) -> str:
    """The title, and which variables are held still."""
    return f"{text}, slice {equations(view.held)}" if view.held else text


def point_marker(view: View, style: Style, meaning: str, **more: Any) -> go.Scatter:
    """The chosen point, with a halo so that it stands out on any colour."""
    x, y = view.shown_at
    return go.Scatter(
        name="point",
        x=[x],
        y=[y],
        mode="markers",
        marker={"size": 13, "color": style.point, "line": {"color": style.paper, "width": 2.5}},
        hovertemplate=f"{meaning}<extra></extra>",
        **more,
    )


def gradient_field(sample: GradientSample, style: Style) -> go.Figure:
    """Level curves of f, and the direction of its gradient on a grid; two shown variables.

    All arrows have one length: they say *where* f rises fastest; how fast stands in the hover.
    """
    view = sample.view
    traces: list[Any] = [level_map(sample.height, style), _level_through_point(style)]
    traces += _arrows(sample, style)
    traces += [*_tangent_of_level(sample, style), _gradient_at_point(sample, style)]
    meaning = f"the point {equations(view.point)}<br>f = {numeral(sample.value)}"
    traces.append(point_marker(view, style, f"{meaning}<br>∇f = {vector(sample.gradient)}"))
    return go.Figure(traces, map_layout("Level curves of f and the directions of ∇f", view, style))


def map_layout(title: str, view: View, style: Style, **more: Any) -> go.Layout:
    """The plane of the two variables shown, seen from above."""
    x, y = (pretty(name) for name in view.shown)
    ranges = [list(view.ranges[name]) for name in view.shown]
    return frame(
        slice_title(title, view),
        style,
        xaxis=flat_axis(x, style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis(y, style, range=ranges[1], zeroline=False, **equal_axes(view.spans)),
        **{"margin": WITH_BAR, **more},
    )


def level_map(height: Height, style: Style, strength: float = 0.6) -> go.Contour:
    """Level curves of f, and between them the colours of its heights, so strong."""
    x, y = (pretty(name) for name in height.grid.names)
    low, high = height.visible
    scale, bottom, top = style.heights(low, high, strength)
    # Plotly spreads the colours over the levels it is told of, and not from zmin to zmax.
    levels = level_steps((low, high), bottom, top)
    return go.Contour(
        name="levels",
        x=light(height.grid.axes[0]),
        y=light(height.grid.axes[1]),
        z=light(np.clip(height.values, low, high)),
        contours={"coloring": "fill", **levels},
        line={"color": faded(style.ink, 0.35), "width": 1},
        colorscale=scale,
        zmin=bottom,
        zmax=top,
        connectgaps=False,
        colorbar=colour_bar("f = ", style),
        hovertemplate=f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>f = %{{z:.4~g}}<extra></extra>",
    )


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


def curve_with_tangent(sample: GradientSample, style: Style) -> go.Figure:
    """The graph of f of one variable and its tangent line at the point."""
    view = sample.view
    traces = [_curve(sample, style)]
    grid, line = tangent_patch(sample)
    traces.append(
        go.Scatter(
            name="tangent",
            x=grid.axes[0],
            y=line,
            mode="lines",
            line={"color": style.point, "width": 3.5},
            hovertemplate=f"tangent, slope {numeral(float(sample.slope[0]))}<extra></extra>",
        )
    )
    traces.append(_point_on_curve(sample, style, f"slope = {vector(sample.slope)[1:-1]}"))
    return go.Figure(traces, _curve_layout("The graph of f and its tangent", view, sample, style))


def curve_with_parabola(sample: QuadraticSample, style: Style) -> go.Figure:
    """The graph of f of one variable and its second-order Taylor parabola at the point."""
    second = numeral(float(sample.hessian[0, 0]))
    traces = [
        _curve(sample, style),
        go.Scatter(
            name="parabola",
            x=light(sample.near.axes[0]),
            y=light(sample.quadratic),
            mode="lines",
            line={"color": style.point, "width": 3.5, "dash": "dash"},
            hovertemplate=f"second-order Taylor polynomial<br>f″ = {second}<extra></extra>",
        ),
        _point_on_curve(sample, style, f"f″ = {second}"),
    ]
    title = "The graph of f and its parabola"
    return go.Figure(traces, _curve_layout(title, sample.view, sample, style))


def _curve(sample: GradientSample | QuadraticSample, style: Style) -> go.Scatter:
    height, name = sample.height, pretty(sample.view.shown[0])
    return go.Scatter(
        x=light(height.grid.axes[0]),
        y=light(height.values),
        mode="lines",
        connectgaps=False,
        line={"color": style.second, "width": 3.5, "simplify": False},
        hovertemplate=f"{name} = %{{x:.3~g}}<br>f = %{{y:.4~g}}<extra></extra>",
    )


def _point_on_curve(
    sample: GradientSample | QuadraticSample, style: Style, meaning: str
) -> go.Scatter:
    return go.Scatter(
        name="point",
        x=sample.view.shown_at,
        y=[sample.value],
        mode="markers",
        marker={"size": 13, "color": style.point, "line": {"color": style.paper, "width": 2.5}},
        hovertemplate=(
            f"the point {equations(sample.view.point)}<br>f = {numeral(sample.value)}<br>{meaning}"
            "<extra></extra>"
        ),
    )


def _curve_layout(
    title: str, view: View, sample: GradientSample | QuadraticSample, style: Style
) -> go.Layout:
    name = view.shown[0]
    low, high = sample.height.visible
    margin = 0.06 * (high - low) or 1.0
    return frame(
        slice_title(title, view),
        style,
        xaxis=flat_axis(pretty(name), style, range=list(view.ranges[name])),
        yaxis=flat_axis("f", style, range=[low - margin, high + margin]),
    )
