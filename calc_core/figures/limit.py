"""Figures of a partial derivative as a limit: the surface with a slice of it, the slice, the error.

What they show depends on the variable that moves and on the component, and is filled in by the
models of the live figures; here are the traces and how they look.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.plane import WIDEST, level_steps
from calc_core.figures.space import CAMERA, LIGHTING
from calc_core.figures.style import Style, flat_axis, frame, mix, space_axis
from calc_core.geometry.sampling import Height
from calc_core.geometry.view import Range

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


def floor_aspect(ranges: list[Range]) -> dict[str, float]:
    """The sides of the figure's box: the floor at one scale, where the ranges allow it."""
    spans = np.array([high - low for low, high in ranges])
    spans = spans / spans.max()
    x, y = spans if spans.min() * WIDEST >= 1 else (1.0, 1.0)
    return {"x": float(x), "y": float(y), "z": 0.7}


def sliced_surface(style: Style) -> go.Figure:
    """A surface, the plane in which all but one variable are held still, and what is in it."""
    traces = [
        go.Surface(
            name="surface",
            opacity=0.85,
            connectgaps=False,
            showscale=False,
            lighting=LIGHTING,
            contours={
                "x": {"highlight": False},
                "y": {"highlight": False},
                "z": {
                    "highlight": False,
                    "color": mix(style.ink, style.paper, 0.5),
                    "width": 1,
                },
            },
            hovertemplate="%{z:.4~g}<extra></extra>",
        ),
        go.Mesh3d(
            name="plane",
            i=[0, 0],
            j=[1, 2],
            k=[2, 3],
            color=style.second,
            opacity=0.16,
            lighting={"ambient": 1, "diffuse": 0, "specular": 0},
            hoverinfo="skip",
        ),
        _line("slice", style.second, 8, hoverinfo="skip"),
        _line("tangent", style.point, 10),
        _line("secant", style.first, 5),
        _dot("moved", style.first, style),
        _dot("point", style.point, style),
    ]
    layout = frame(
        "The surface and a slice of it",
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            "xaxis": space_axis("", style),
            "yaxis": space_axis("", style),
            "zaxis": space_axis("", style),
            "aspectmode": "manual",
            "aspectratio": {"x": 1, "y": 1, "z": 0.7},
            "camera": CAMERA,
            "dragmode": "turntable",
        },
    )
    return go.Figure(traces, layout)


def _line(name: str, colour: str, width: float, **more: Any) -> go.Scatter3d:
    line = {"color": colour, "width": width}
    return go.Scatter3d(name=name, mode="lines", line=line, connectgaps=False, **more)


def _dot(name: str, colour: str, style: Style) -> go.Scatter3d:
    marker = {"size": 6, "color": colour, "line": {"color": style.paper, "width": 2}}
    return go.Scatter3d(name=name, mode="markers", marker=marker)


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


def _flat(name: str, colour: str, width: float, **more: Any) -> go.Scatter:
    line = {"color": colour, "width": width, "simplify": False}
    if dash := more.pop("dash", ""):
        line["dash"] = dash
    return go.Scatter(name=name, x=[], y=[], mode="lines", connectgaps=False, line=line, **more)


def _spot(name: str, colour: str, symbol: str, size: float, style: Style) -> go.Scatter:
    line = {"color": style.paper, "width": 2}
    marker = {"size": size, "symbol": symbol, "color": colour, "line": line}
    return go.Scatter(name=name, x=[], y=[], mode="markers", marker=marker)


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
