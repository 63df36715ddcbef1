"""Figures of the ways down: paths, f and its gradient along them, and what a step size does."""

from __future__ import annotations

from math import log10
from typing import Any

import plotly.graph_objects as go

from calc_core.figures.curve import graph_layout, graph_of
from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.plane import level_map, map_layout
from calc_core.figures.style import Style, faded, flat_axis, frame, legend_above
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import Range, View

PATHS = "Ways down from the point"


def paths_on_levels(height: Height, view: View, style: Style) -> go.Figure:
    """Paths over the level curves of f."""
    traces: list[Any] = [level_map(height, style, 0.35), *_paths(style)]
    return go.Figure(traces, map_layout(PATHS, view, style, **legend_above(style, 90)))


def paths_on_curve(height: Height, view: View, style: Style) -> go.Figure:
    """Paths along the graph of f of one variable."""
    pale = {"color": style.muted, "width": 2.5, "simplify": False}
    curve = graph_of(height, style, name="graph", line=pale, showlegend=False)
    layout = graph_layout(PATHS, height, view, style, **legend_above(style))
    return go.Figure([curve, *_paths(style)], layout)


def _methods(style: Style) -> dict[str, tuple[str, str, str]]:
    """Colour, marker and dash of each method, by its name in the legend."""
    return {
        "descent": (style.first, "circle", "solid"),
        "momentum": (style.second, "diamond", "solid"),
        "Newton": (style.ink, "square", "dot"),
    }


def _lines(style: Style, said: str, **marker: Any) -> list[go.Scatter]:
    """A line with its steps marked for each method.

    ``said``  what the hover has of a step;  ``marker``  further settings of the marks.
    """
    return [
        moving_line(
            name,
            colour,
            2,
            mode="lines+markers",
            line={"dash": dash},
            marker={"symbol": symbol, "size": 5, **marker},
            hovertemplate=f"{name}, step {said}<extra></extra>",
        )
        for name, (colour, symbol, dash) in _methods(style).items()
    ]


def _paths(style: Style) -> list[go.Scatter]:
    halo = {"color": style.paper, "width": 0.75}
    paths = _lines(style, "%{pointNumber}<br>f = %{customdata:.4~g}", line=halo)
    ends = [
        moving_points(
            f"{name} end",
            colour,
            style,
            10,
            marker={"symbol": symbol},
            showlegend=False,
            hoverinfo="skip",
        )
        for name, (colour, symbol, _) in _methods(style).items()
    ]
    return [*paths, *ends, moving_points("point", style.point, style, showlegend=False)]


def values_over_steps(style: Style) -> go.Figure:
    """The value of f after each step."""
    axis = flat_axis("f", style, nticks=6)
    return _over_steps("f along the steps", axis, "f", style)


def sizes_over_steps(style: Style) -> go.Figure:
    """The length of the gradient after each step: straight where each step has the same factor."""
    axis = flat_axis("|∇f|", style, type="log", exponentformat="power", nticks=6)
    return _over_steps("|∇f| along the steps, on a log scale", axis, "|∇f|", style)


def _over_steps(title: str, axis: dict[str, Any], what: str, style: Style) -> go.Figure:
    traces = _lines(style, f"%{{x}}<br>{what} = %{{y:.4~g}}")
    steps = flat_axis("step k", style, tickformat="d")
    return go.Figure(traces, frame(title, style, xaxis=steps, yaxis=axis, **legend_above(style)))


def factor_of_step(steps: Range, style: Style) -> go.Figure:
    """By how much a step shortens the rest of the way, over the step size; from 1 on it does not.

    ``steps``  the smallest and the largest step size.
    """
    low, high = steps
    grows = go.Scatter(
        name="grows",
        x=[low, high, high, low],
        y=[1, 1, 2, 2],
        mode="none",
        fill="toself",
        fillcolor=faded(style.point, 0.1),
        showlegend=False,
        hoverinfo="skip",
    )
    methods = _methods(style)
    curves = [
        moving_line(
            name,
            methods[name][0],
            3,
            hovertemplate=f"{name}: step size %{{x:.3~g}}<br>factor %{{y:.3~g}}<extra></extra>",
        )
        for name in ("descent", "momentum")
    ]
    traces = [
        grows,
        moving_line("bounds", style.muted, 1.5, line={"dash": "dash"}, showlegend=False),
        *curves,
        moving_line("now", style.point, 2, showlegend=False),
        moving_points("marks", style.point, style, 9, showlegend=False, hoverinfo="skip"),
        moving_text("names", style, showlegend=False),
    ]
    sizes = {"type": "log", "range": [log10(low), log10(high)], "dtick": 1}
    layout = frame(
        "What one step leaves of the way",
        style,
        xaxis=flat_axis("step size", style, exponentformat="power", **sizes),
        yaxis=flat_axis("factor in each step", style, range=[0, 2]),
        **legend_above(style),
    )
    return go.Figure(traces, layout)
