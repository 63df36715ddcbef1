"""Traces that Python leaves empty: the live figure fills them in, by their names."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from calc_core.figures.style import Style


def moving_line(name: str, colour: str, width: float, **more: Any) -> go.Scatter:
    """A line, or several with gaps between them."""
    line = {"color": colour, "width": width, "simplify": False, **more.pop("line", {})}
    settings = {"mode": "lines", "connectgaps": False, "hoverinfo": "skip", **more}
    return go.Scatter(name=name, x=[], y=[], line=line, **settings)


def moving_points(
    name: str, colour: str, style: Style, size: float = 13, **more: Any
) -> go.Scatter:
    """Points with a halo, so that they stand out on any colour."""
    halo = {"color": style.paper, "width": 2.5 if size > 10 else 1.5}
    marker = {"size": size, "color": colour, "line": halo, **more.pop("marker", {})}
    return go.Scatter(name=name, x=[], y=[], mode="markers", marker=marker, **more)


def moving_text(name: str, style: Style, **more: Any) -> go.Scatter:
    """Words beside what they are about."""
    font = {"size": style.size - 1, "color": style.ink, **more.pop("textfont", {})}
    settings = {"hoverinfo": "skip", "cliponaxis": False, **more}
    return go.Scatter(name=name, x=[], y=[], text=[], mode="text", textfont=font, **settings)
