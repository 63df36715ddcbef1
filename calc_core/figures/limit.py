"""Figures of a partial derivative as a limit: the surface with a slice of it, the slice, the error.

What they show depends on the variable that moves and on the component, and is filled in by the
models of the live figures; here are the traces and how they look.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.moving import moving_line, moving_points
from calc_core.figures.plane import level_steps
from calc_core.figures.space_frame import HEIGHT, space_frame
from calc_core.figures.space_parts import LIGHTING, UNSHADED, dot_in_space, level_lines
from calc_core.figures.style import Style, flat_axis, frame, space_axis
from calc_core.geometry.sampling import Height

#: The quotients that are compared.
ONE_SIDED, CENTRAL = "forward", "central"


def surface_paint(height: Height, style: Style) -> dict[str, Any]:
    """The colours and level lines of a surface with these heights, as attributes of its trace."""
    low, high = height.visible
    scale, bottom, top = style.heights(low, high)
    steps = level_steps((low, high), low, high)
    return {
        "colorscale": [list(stop) for stop in scale],
        "cmin": bottom,
        "cmax": top,
        # Plotly draws stray lines where values are missing.
        "contours.z.show": not np.isnan(height.values).any(),
        **{f"contours.z.{name}": float(value) for name, value in steps.items()},
    }


def sliced_surface(style: Style) -> go.Figure:
    """A surface, the plane in which all but one variable are held still, and what is in it."""
    traces = [
        go.Surface(
            name="surface",
            opacity=0.85,
            connectgaps=False,
            showscale=False,
            lighting=LIGHTING,
            contours=level_lines(style),
            hovertemplate="%{z:.4~g}<extra></extra>",
        ),
        go.Mesh3d(
            name="plane",
            i=[0, 0],
            j=[1, 2],
            k=[2, 3],
            color=style.second,
            opacity=0.16,
            lighting=UNSHADED,
            hoverinfo="skip",
        ),
        _line("slice", style.second, 8, hoverinfo="skip"),
        _line("tangent", style.point, 10),
        _line("secant", style.first, 5),
        dot_in_space("moved", style.first, style),
        dot_in_space("point", style.point, style),
    ]
    axes = [space_axis("", style)] * 3
    layout = space_frame("The surface and a slice of it", style, axes, (1, 1, HEIGHT))
    return go.Figure(traces, layout)


def _line(name: str, colour: str, width: float, **more: Any) -> go.Scatter3d:
    line = {"color": colour, "width": width}
    return go.Scatter3d(name=name, mode="lines", line=line, connectgaps=False, **more)


def slice_with_secants(style: Style, *, is_central: bool = False) -> go.Figure:
    """The graph of a function of the one variable that moves, with its tangent and secant.

    ``is_central``  with the chord from x − h to x + h, too.
    """
    traces = [
        _flat("curve", style.second, 3.5, hovertemplate="%{x:.3~g}<br>%{y:.4~g}<extra></extra>"),
        _flat("legs", style.muted, 2, dash="dot", hoverinfo="skip"),
        # Below the secant and wider, so that both are seen when they have become one.
        _flat("tangent", style.point, 5),
        *([_flat("chord", style.ink, 2.5, dash="dash")] if is_central else []),
        _flat("secant", style.first, 2),
        go.Scatter(
            name="marks",
            mode="text",
            textfont={"size": style.size, "color": style.ink},
            cliponaxis=False,
            hoverinfo="skip",
        ),
        *([_spot("behind", style.ink, "diamond", 12, style)] if is_central else []),
        _spot("moved", style.first, "circle", 12, style),
        _spot("point", style.point, "circle", 12, style),
    ]
    layout = frame(
        "The slice",
        style,
        xaxis=flat_axis("", style, zeroline=False),
        yaxis=flat_axis("", style, zeroline=False),
    )
    return go.Figure(traces, layout)


def _flat(name: str, colour: str, width: float, dash: str | None = None, **more: Any) -> go.Scatter:
    """A line that says where it is, unless it is told not to."""
    return moving_line(name, colour, width, line={"dash": dash}, **{"hoverinfo": None, **more})


def _spot(name: str, colour: str, symbol: str, size: float, style: Style) -> go.Scatter:
    halo = {"color": style.paper, "width": 2}
    return moving_points(name, colour, style, size, marker={"symbol": symbol, "line": halo})


def error_of_step(style: Style) -> go.Figure:
    """How far difference quotients are from the derivative, against h, both axes logarithmic."""
    traces = [
        _flat("now", style.muted, 1.5, hoverinfo="skip"),
        _flat("floor", style.muted, 2.5, dash="dash"),
        _flat(f"{ONE_SIDED}_guide", style.first, 1.5, dash="dot"),
        _flat(f"{CENTRAL}_guide", style.ink, 1.5, dash="dot"),
        _errors(ONE_SIDED, style.first, "circle", 5),
        _errors(CENTRAL, style.ink, "diamond", 6),
        _errors("exact", style.muted, "triangle-down-open", 8),
        go.Scatter(
            name="marks",
            mode="text",
            textfont={"size": style.size - 1, "color": [style.first, style.ink, style.muted]},
            hoverinfo="skip",
        ),
        _spot(f"{ONE_SIDED}_best", style.first, "star", 15, style),
        _spot(f"{CENTRAL}_best", style.ink, "star", 15, style),
        _spot(f"{ONE_SIDED}_here", style.first, "circle", 12, style),
        _spot(f"{CENTRAL}_here", style.ink, "diamond", 12, style),
    ]
    decades = {"type": "log", "dtick": 4, "exponentformat": "power", "zeroline": False}
    layout = frame(
        "How far the quotients are off",
        style,
        xaxis=flat_axis("h", style, **decades),
        yaxis=flat_axis("error", style, **decades),
    )
    return go.Figure(traces, layout)


def _errors(name: str, colour: str, symbol: str, size: float) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=[],
        y=[],
        mode="markers",
        marker={"size": size, "symbol": symbol, "color": colour, "line": {"color": colour}},
        hovertemplate=f"{name}: h = %{{x:.2~g}}<br>error %{{y:.2~g}}<extra></extra>",
    )
