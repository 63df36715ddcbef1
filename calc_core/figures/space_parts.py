"""What figures in space are made of: lines, points, surfaces, and the light on them."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrays import light
from calc_core.figures.style import Style, mix

# By so much of the height lines are lifted off the surface that they lie on, which would hide them.
LIFT = 0.02
# Soft light: shading shows the form, and must not be taken for the colour scale.
LIGHTING = {"ambient": 0.78, "diffuse": 0.45, "specular": 0.05, "roughness": 0.9, "fresnel": 0.05}
# More than on surfaces with colours that mean something: here the form is all there is to see.
SHADED = {**LIGHTING, "ambient": 0.62, "diffuse": 0.75, "specular": 0.12}
# None on a plane, which has no form to be shown.
UNSHADED = {"ambient": 1, "diffuse": 0, "specular": 0}
# Plotly would draw lines on the surface wherever the mouse is.
NO_HIGHLIGHT = {axis: {"highlight": False} for axis in "xyz"}


def line_in_space(points: Any, colour: str, width: float, **more: Any) -> go.Scatter3d:
    """A line through points (3, k)."""
    x, y, z = light(points)
    line = {"color": colour, "width": width}
    return go.Scatter3d(x=x, y=y, z=z, mode="lines", line=line, **more)


def box_edges(box: Any) -> NDArray[np.float64]:
    """The edges of a box that is given by the ends of its sides, (3, 2), as one broken line."""
    low, high = np.asarray(box, dtype=np.float64).T
    return parallelepiped(low, np.diag(high - low))


def parallelepiped(at: Any, sides: Any) -> NDArray[np.float64]:
    """The twelve edges from a corner and three sides, as one broken line (3, k).

    >>> edges = parallelepiped([0, 0, 0], [[1, 0, 0], [0, 2, 0], [0, 0, 4]])
    >>> edges[:, :5].T.tolist()
    [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [nan, nan, nan], [0.0, 2.0, 0.0], [1.0, 2.0, 0.0]]
    """
    at, (a, b, c) = np.asarray(at), np.asarray(sides)
    gap = np.full(3, np.nan)
    points = []
    for first, second, third in ((a, b, c), (b, c, a), (c, a, b)):
        for start in (at, at + second, at + third, at + second + third):
            points += [start, start + first, gap]
    return np.array(points).T


def dot_in_space(name: str, colour: str, style: Style, **more: Any) -> go.Scatter3d:
    """A point with a halo, or several."""
    halo = {"color": style.paper, "width": 2}
    marker = {"size": 6, "color": colour, "line": halo, **more.pop("marker", {})}
    return go.Scatter3d(name=name, mode="markers", marker=marker, **more)


def point_in_space(at: Any, style: Style, meaning: str) -> go.Scatter3d:
    """The chosen point."""
    x, y, z = at
    hover = f"{meaning}<extra></extra>"
    return dot_in_space("point", style.point, style, x=[x], y=[y], z=[z], hovertemplate=hover)


def graph_surface(x: Any, y: Any, z: Any, opacity: float, **more: Any) -> go.Surface:
    """The surface of the values z over the places x, y; its colours and its hover are in ``more``.

    ``x``, ``y``  axes, or the places of a grid, (i, j) each.
    """
    settings: dict[str, Any] = {
        "showscale": False,
        "connectgaps": False,
        "lighting": LIGHTING,
        "contours": NO_HIGHLIGHT,
        **more,
    }
    return go.Surface(
        name="surface", x=light(x), y=light(y), z=light(z), opacity=opacity, **settings
    )


def plain_surface(name: str, colour: str, opacity: float, **more: Any) -> go.Surface:
    """A surface of one colour."""
    return go.Surface(
        name=name,
        colorscale=[(0, colour), (1, colour)],
        showscale=False,
        opacity=opacity,
        contours=NO_HIGHLIGHT,
        **more,
    )


def level_lines(style: Style, **more: Any) -> dict[str, Any]:
    """Contours of a surface: lines at equal heights, thin and pale, with further settings."""
    pale = {"color": mix(style.ink, style.paper, 0.5), "width": 1}
    return {**NO_HIGHLIGHT, "z": {**NO_HIGHLIGHT["z"], **pale, **more}}
