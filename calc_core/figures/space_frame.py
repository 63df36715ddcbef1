"""The frame of a figure in space: its axes, how long they look, and from where it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.naming import pretty
from calc_core.figures.plane import WIDEST
from calc_core.figures.style import Style, frame, space_axis
from calc_core.geometry.view import View

Lengths = Sequence[float] | NDArray[np.float64]

EYE = np.array([-1.12, -1.43])
CAMERA = {
    "eye": {"x": EYE[0], "y": EYE[1], "z": 0.87},
    "center": {"x": 0, "y": 0, "z": -0.14},
}
# How high the box of a graph is, in lengths of its floor.
HEIGHT = 0.7


def space_frame(
    title: str,
    style: Style,
    axes: Iterable[Mapping[str, Any]],
    shape: Lengths | None,
    camera: Mapping[str, Any] = CAMERA,
) -> go.Layout:
    """The layout that all figures in space share.

    ``axes``   settings of the three axes;
    ``shape``  the sides of their box as they look; None for a cube.
    """
    sides: dict[str, Any] = {"aspectmode": "cube"}
    if shape is not None:
        sides = {"aspectmode": "manual", "aspectratio": aspect(shape)}
    return frame(
        title,
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            **dict(zip(("xaxis", "yaxis", "zaxis"), axes, strict=True)),
            **sides,
            "camera": camera,
            "dragmode": "turntable",
        },
    )


def aspect(shape: Lengths) -> dict[str, float]:
    """The sides of a box in the words of Plotly."""
    x, y, z = map(float, shape)
    return {"x": x, "y": y, "z": z}


def variable_axes(names: Iterable[str], view: View, style: Style) -> list[dict[str, Any]]:
    """An axis for each of the variables, over its range."""
    return [space_axis(pretty(name), style, range=list(view.ranges[name])) for name in names]


def graph_axes(
    view: View, heights: Sequence[float], style: Style, letter: str = "f"
) -> list[dict[str, Any]]:
    """The variables on the floor, and upwards the values of a function.

    ``heights``  the range of the upright axis;  ``letter``  its name.
    """
    upright = space_axis(letter, style, range=list(heights))
    return [*variable_axes(view.shown, view, style), upright]


def graph_shape(spans: NDArray[np.float64]) -> tuple[float, float, float]:
    """The sides of the box of a graph: the floor at one scale, where these ranges allow it."""
    sides = spans / spans.max()
    x, y = sides if sides.min() * WIDEST >= 1 else (1.0, 1.0)
    return float(x), float(y), HEIGHT


def all_in_sight(sides: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sides in the same ratio, so long that every corner of the box can be seen."""
    return sides * min(1.8 / float(np.linalg.norm(sides)), 1.2)
