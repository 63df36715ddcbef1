"""Figures of a function of one variable: its graph, with its tangent or its parabola."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from calc_core.figures.arrays import light, wider
from calc_core.figures.naming import pretty
from calc_core.figures.plane import marked_point, point_and_value, slice_title
from calc_core.figures.style import Style, flat_axis, frame
from calc_core.geometry import numeral, vector
from calc_core.geometry.sampling import GradientSample, Height, QuadraticSample, tangent_patch
from calc_core.geometry.view import View

# Above and below the graph, as a part of the height that is shown.
MARGIN = 0.06


def curve_with_tangent(sample: GradientSample, style: Style) -> go.Figure:
    """The graph of f of one variable and its tangent line at the point."""
    grid, line = tangent_patch(sample)
    traces = [
        graph_of(sample.height, style),
        go.Scatter(
            name="tangent",
            x=grid.axes[0],
            y=line,
            mode="lines",
            line={"color": style.point, "width": 3.5},
            hovertemplate=f"tangent, slope {numeral(float(sample.slope[0]))}<extra></extra>",
        ),
        _point_on_graph(sample, style, f"slope = {vector(sample.slope)[1:-1]}"),
    ]
    title = "The graph of f and its tangent"
    return go.Figure(traces, graph_layout(title, sample.height, sample.view, style))


def curve_with_parabola(sample: QuadraticSample, style: Style) -> go.Figure:
    """The graph of f of one variable and its second-order Taylor parabola at the point."""
    second = numeral(float(sample.hessian[0, 0]))
    traces = [
        graph_of(sample.height, style),
        go.Scatter(
            name="parabola",
            x=light(sample.near.axes[0]),
            y=light(sample.quadratic),
            mode="lines",
            line={"color": style.point, "width": 3.5, "dash": "dash"},
            hovertemplate=f"second-order Taylor polynomial<br>f″ = {second}<extra></extra>",
        ),
        _point_on_graph(sample, style, f"f″ = {second}"),
    ]
    title = "The graph of f and its parabola"
    return go.Figure(traces, graph_layout(title, sample.height, sample.view, style))


def graph_of(height: Height, style: Style, **more: Any) -> go.Scatter:
    """The graph of f."""
    (name,), (x,) = height.grid.names, height.grid.axes
    return graph(name, x, height.values, "f", style, **more)


def graph(variable: str, x: Any, y: Any, letter: str, style: Style, **more: Any) -> go.Scatter:
    """The values y of a function, which is called by the letter, over those of a variable."""
    line = {"color": style.second, "width": 3.5, "simplify": False}
    hover = f"{pretty(variable)} = %{{x:.3~g}}<br>{letter} = %{{y:.4~g}}<extra></extra>"
    settings = {"mode": "lines", "connectgaps": False, "line": line, "hovertemplate": hover, **more}
    return go.Scatter(x=light(x), y=light(y), **settings)


def _point_on_graph(
    sample: GradientSample | QuadraticSample, style: Style, meaning: str
) -> go.Scatter:
    place = sample.view.shown_at, [sample.value]
    return marked_point(*place, style, f"{point_and_value(sample)}<br>{meaning}")


def graph_layout(title: str, height: Height, view: View, style: Style, **more: Any) -> go.Layout:
    """The variable to the right, and the heights of f upwards."""
    name = view.shown[0]
    return frame(
        slice_title(title, view),
        style,
        xaxis=flat_axis(pretty(name), style, range=list(view.ranges[name])),
        yaxis=flat_axis("f", style, range=wider(*height.visible, MARGIN)),
        **more,
    )
