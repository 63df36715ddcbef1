"""The Jacobian as a table of numbers, and the partial derivative behind one of them."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.map_parts import coordinates
from calc_core.figures.moving import moving_line, moving_points
from calc_core.figures.naming import pretty
from calc_core.figures.style import Style, flat_axis, frame


def matrix_table(names: tuple[str, ...], count: int, letter: str, style: Style) -> go.Figure:
    """The m×n matrix as coloured cells: a row for each component, a column for each variable.

    Row i stands at the height −i, so that the first one is on top, as in the matrix.
    """
    rows = coordinates(letter, count)
    columns = [f"∂/∂{pretty(name)}" for name in names]
    n = len(names)
    table = go.Heatmap(
        name="matrix",
        x=list(range(n)),
        y=[-i for i in range(count)],
        z=np.zeros((count, n)),
        text=[[""] * n] * count,
        customdata=[[""] * n] * count,
        texttemplate="%{text}",
        textfont={"size": style.size + 3 if max(n, count) < 5 else style.size, "color": style.ink},
        colorscale=style.two_signs(0.55),
        zmin=-1,
        zmax=1,
        xgap=3,
        ygap=3,
        showscale=False,
        hovertemplate="%{customdata}<extra></extra>",
    )
    no_lines = {"showgrid": False, "zeroline": False, "showline": False, "ticks": ""}
    layout = frame(
        "The entries of J",
        style,
        xaxis=flat_axis(
            "",
            style,
            range=[-0.55, n - 0.45],
            tickvals=list(range(n)),
            ticktext=columns,
            side="top",
            **no_lines,
        ),
        yaxis=flat_axis(
            "",
            style,
            range=[0.55 - count, 0.55],
            tickvals=[-i for i in range(count)],
            ticktext=list(rows),
            **no_lines,
        ),
        margin={"l": 8, "r": 8, "t": 60, "b": 8},
    )
    layout.height = min(style.height, 150 + 75 * count)
    return go.Figure([table, moving_line("picked", style.point, 4)], layout)


def partial_curve(style: Style) -> go.Figure:
    """One component along one variable, the others held still, and its tangent."""
    traces = [
        moving_line(
            "curve",
            style.second,
            3.5,
            hoverinfo=None,
            hovertemplate="%{x:.4~g}: %{y:.4~g}<extra></extra>",
        ),
        moving_line("tangent", style.point, 3, line={"dash": "dash"}),
        moving_line("step", style.ink, 1.5, line={"dash": "dot"}),
        moving_points(
            "point", style.point, style, hovertemplate="%{x:.4~g}: %{y:.4~g}<extra></extra>"
        ),
    ]
    layout = frame(
        "One component along one variable",
        style,
        xaxis=flat_axis(" ", style),
        yaxis=flat_axis(" ", style),
    )
    return go.Figure(traces, layout)
