"""Figures of a vector function of one variable: its curve, and its components over the variable."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, padded, spans_of, wider
from calc_core.figures.arrows import arrow_trace, outlines
from calc_core.figures.curve import graph
from calc_core.figures.map_parts import (
    arrow_in_space,
    coordinates,
    image_point,
    outline,
    point_of_map,
    space_layout,
)
from calc_core.figures.moving import moving_line_in_space, moving_text
from calc_core.figures.naming import pretty
from calc_core.figures.plane import equal_axes, visual_unit
from calc_core.figures.space_parts import line_in_space
from calc_core.figures.style import Style, flat_axis, frame
from calc_core.geometry import value_range, vector
from calc_core.geometry.mapping import CurveSample

# A velocity that is faster than so many of the others is drawn so long, as a part of the figure.
FAST = 0.9
LENGTH = 0.25
WIDTH = 0.011
# In space, ranges that differ by a larger factor would be a thin tower, or a thread.
TOWER = 4.0
DASHES = ("solid", "8px,4px", "2px,4px", "8px,3px,2px,3px", "14px,4px", "4px,4px")


def plane_curve(sample: CurveSample, style: Style, letter: str = "f") -> go.Figure:
    """The curve t ↦ f(t) in the plane, with its velocity at the point."""
    name, names = pretty(sample.view.shown[0]), coordinates(letter, 2)
    ranges = [padded(row) for row in sample.values]
    spans = spans_of(ranges)
    unit = visual_unit(spans)
    arrow = sample.velocity * arrow_scale(sample)
    is_drawn = bool(np.isfinite([*sample.value, *arrow]).all())
    shape = np.empty((0, 8, 2))
    if is_drawn and np.any(arrow):
        shape = outlines(sample.value, arrow, unit, WIDTH * float(np.max(spans / unit)))
    traces = [
        _curve_in_plane(sample, style, name),
        outline(np.empty((2, 0)), style.point, 6, "image", "the image of the piece"),
        outline(np.empty((2, 0)), style.ink, 2.5, "linear", "its linear image", dash="dash"),
        arrow_trace(
            shape, style.first, style.paper, _velocity_hover(sample, letter, name), "velocity"
        ),
        image_point(sample, style, is_drawn),
    ]
    layout = frame(
        f"The curve {letter}({name}) and its velocity",
        style,
        xaxis=flat_axis(names[0], style, range=ranges[0], constrain="domain"),
        yaxis=flat_axis(names[1], style, range=ranges[1], **equal_axes(spans)),
    )
    return go.Figure(traces, layout)


def space_curve(sample: CurveSample, style: Style, letter: str = "f") -> go.Figure:
    """The curve t ↦ f(t) in space, with its velocity at the point."""
    name = pretty(sample.view.shown[0])
    arrow = sample.velocity * arrow_scale(sample)
    hover = _velocity_hover(sample, letter, name)
    traces: list[Any] = [
        line_in_space(
            sample.values,
            style.second,
            7,
            connectgaps=False,
            customdata=light(np.stack([sample.parameter, sample.speed], axis=-1)),
            hovertemplate=_curve_hover(name),
        ),
        moving_line_in_space("image", style.point, 12),
        moving_line_in_space("linear", style.ink, 5),
        arrow_in_space(sample.value, arrow, style.first, hover, "velocity", unit_in_space(sample)),
        point_of_map(sample, style),
    ]
    ranges = [padded(row) for row in sample.values]
    title = f"The curve {letter}({name}) and its velocity"
    return go.Figure(traces, space_layout(title, ranges, style, letter, TOWER))


def unit_in_space(sample: CurveSample) -> Any:
    """Lengths along the three axes that look the same."""
    spans = spans_of([padded(row) for row in sample.values])
    return spans if spans.max() > TOWER * spans.min() else np.ones(3)


def components(sample: CurveSample, style: Style, letter: str = "f") -> go.Figure:
    """The graphs of the components over the variable, each with its tangent at the point.

    Their slopes are the entries of the one column of J.
    """
    name = pretty(sample.view.shown[0])
    names = coordinates(letter, len(sample.values))
    colours = (style.second, style.first, style.ink)
    traces: list[Any] = [
        graph(
            sample.view.shown[0],
            sample.parameter,
            row,
            names[k],
            style,
            line={"color": colours[k % 3], "width": 3, "dash": DASHES[k % len(DASHES)]},
        )
        for k, row in enumerate(sample.values)
    ]
    traces += [
        outline(np.empty((2, 0)), style.point, 3, "tangents", "tangents: their slopes are in J"),
        moving_text(
            "labels",
            style,
            textposition="middle right",
            textfont={"size": style.size + 1},
            cliponaxis=None,
        ),
        go.Scatter(
            name="point",
            x=[],
            y=[],
            mode="markers",
            marker={"size": 11, "color": style.point, "line": {"color": style.paper, "width": 2}},
            hovertemplate=f"{name} = %{{x:.4~g}}: %{{y:.4~g}}<extra></extra>",
        ),
    ]
    layout = frame(
        f"The components over {name}, and their tangents" if len(names) > 1 else "The graph of f",
        style,
        xaxis=flat_axis(name, style, range=list(sample.view.ranges[sample.view.shown[0]])),
        yaxis=flat_axis(", ".join(names), style, range=wider(*value_range(sample.values), 0.16)),
    )
    return go.Figure(traces, layout)


def arrow_scale(sample: CurveSample) -> float:
    """By how much velocities are drawn shorter: the usual fast one is a quarter of the figure long.

    One factor for the whole curve, so that a longer arrow is a higher speed.
    """
    unit = unit_in_space(sample) if len(sample.values) == 3 else np.ones(len(sample.values))
    speed = sample.speed
    if (unit != 1).any():  # as fast as it looks
        slopes = np.gradient(sample.values / unit[:, None], sample.parameter, axis=1)
        speed = np.linalg.norm(slopes, axis=0)
    speeds = speed[np.isfinite(speed)]
    fast = float(np.quantile(speeds, FAST)) if speeds.size else 0.0
    extent = float((spans_of([padded(row) for row in sample.values]) / unit).max())
    return LENGTH * extent / fast if fast > 0 else 0.0


def _curve_in_plane(sample: CurveSample, style: Style, name: str) -> go.Scatter:
    x, y = sample.values
    return go.Scatter(
        x=light(x),
        y=light(y),
        mode="lines",
        connectgaps=False,
        line={"color": style.second, "width": 3.5, "simplify": False},
        customdata=light(np.stack([sample.parameter, sample.speed], axis=-1)),
        hovertemplate=_curve_hover(name),
    )


def _curve_hover(name: str) -> str:
    return f"{name} = %{{customdata[0]:.3~g}}<br>speed %{{customdata[1]:.3~g}}<extra></extra>"


def _velocity_hover(sample: CurveSample, letter: str, name: str) -> str:
    return f"d{letter}/d{name} = {vector(sample.velocity)}"
