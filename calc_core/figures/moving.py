"""Traces that Python leaves empty: the live figure fills them in, by their names."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.space_parts import SHADED, line_in_space
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
    settings = {"x": [], "y": [], "mode": "markers", **more}
    return go.Scatter(name=name, marker=marker, **settings)


def moving_text(name: str, style: Style, **more: Any) -> go.Scatter:
    """Words beside what they are about."""
    font = {"size": style.size - 1, "color": style.ink, **more.pop("textfont", {})}
    settings = {"hoverinfo": "skip", "cliponaxis": False, **more}
    return go.Scatter(name=name, x=[], y=[], text=[], mode="text", textfont=font, **settings)


def moving_line_in_space(name: str, colour: str, width: float, **more: Any) -> go.Scatter3d:
    """A line in space."""
    settings = {"hoverinfo": "skip", **more}
    return line_in_space(np.empty((3, 0)), colour, width, name=name, **settings)


def moving_lines_in_space(name: str, colour: str, width: float) -> go.Scatter3d:
    """Several lines in space, with gaps between them."""
    return moving_line_in_space(name, colour, width, connectgaps=False)


def moving_mesh(name: str, colour: str, **more: Any) -> go.Mesh3d:
    """Triangles in space."""
    settings: dict[str, Any] = {"lighting": SHADED, "flatshading": False, **more}
    return go.Mesh3d(name=name, x=[], y=[], z=[], i=[], j=[], k=[], color=colour, **settings)
