"""What figures of maps have in common: names of coordinates, windows, scales, arrows in space."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.naming import SUBSCRIPT, equations
from calc_core.figures.plane import equal_axes, light
from calc_core.figures.space import CAMERA, line_in_space, point_in_space
from calc_core.figures.style import CIVIDIS, Scale, Style, colour_bar, frame, space_axis
from calc_core.geometry import vector
from calc_core.geometry.mapping import CurveSample, PatchSample, SolidSample


def coordinates(letter: str, count: int) -> tuple[str, ...]:
    """The names of the components of a vector function.

    >>> coordinates("g", 3)
    ('g₁', 'g₂', 'g₃')
    """
    return tuple(letter + str(k + 1).translate(SUBSCRIPT) for k in range(count))


def spans_of(ranges: list[list[float]]) -> Any:
    """The lengths of ranges."""
    return np.array([high - low for low, high in ranges])


def equal(ranges: list[list[float]]) -> dict[str, Any]:
    """Settings of the second axis that make angles true in these ranges, if that can be."""
    return equal_axes(spans_of(ranges))


def padded(values: Any) -> list[float]:
    """The range of the values with a little margin."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    margin = 0.08 * (high - low) or 1.0
    return [low - margin, high + margin]


def area_scale(style: Style) -> Scale:
    """The colours of area factors, from 0 upwards."""
    return style.tinted(CIVIDIS, 0.85)


def area_axis(visible: tuple[float, float], prefix: str, style: Style, bar: bool) -> dict[str, Any]:
    """The colour axis of area factors."""
    return {
        "colorscale": area_scale(style),
        "cmin": visible[0],
        "cmax": visible[1],
        "showscale": bar,
        "colorbar": colour_bar(prefix, style),
    }


def arrow_in_space(
    at: Any, arrow: Any, colour: str, meaning: str, name: str, unit: Any = 1.0
) -> go.Scatter3d:
    """A shaft, and a head of lines: a cone would be drawn to the scale of other axes.

    ``unit``  lengths along the axes that look the same.
    """
    points = _barbed(np.asarray(at) / unit, np.asarray(arrow) / unit)
    return line_in_space(
        points * np.reshape(unit, (-1, 1)),
        colour,
        7,
        name=name,
        hovertemplate=f"{meaning}<extra></extra>",
    )


def _barbed(at: Any, arrow: Any) -> Any:
    size = float(np.linalg.norm(arrow))
    if not size > 0 or not np.isfinite([*at, *arrow]).all():
        return np.empty((3, 0))
    tip, along = at + arrow, arrow / size
    across = np.cross(along, [0.0, 0.0, 1.0] if abs(along[2]) < 0.9 else [1.0, 0.0, 0.0])
    across /= np.linalg.norm(across)
    up = np.cross(along, across)
    back = tip - 0.16 * arrow
    barbs = [back + 0.06 * size * s * side for side in (across, up) for s in (1, -1)]
    points = [at, tip]
    for barb in barbs:
        points += [barb, tip]
    return np.array(points).T


def point_of_map(sample: CurveSample | PatchSample | SolidSample, style: Style) -> go.Scatter3d:
    """The image of the chosen point."""
    meaning = f"{equations(sample.view.point)}<br>goes to {vector(sample.value)}"
    return point_in_space(sample.value, style, meaning)


def space_layout(
    title: str,
    ranges: list[list[float]],
    style: Style,
    letter: str = "f",
    cube_beyond: float = np.inf,
) -> go.Layout:
    """Space with all three axes at one scale, where the ranges allow it.

    ``cube_beyond``  lengths of ranges that differ by a larger factor are all drawn as long.
    """
    axes = [
        space_axis(name, style, range=ends)
        for name, ends in zip(coordinates(letter, 3), ranges, strict=True)
    ]
    spans: NDArray[np.float64] = spans_of(ranges)
    is_cube = bool(spans.max() > cube_beyond * spans.min())
    spans = np.ones(3) if is_cube else np.clip(spans / spans.max(), 0.25, 1.0)
    spans *= min(1.8 / float(np.linalg.norm(spans)), 1.2)
    return frame(
        title,
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            "xaxis": axes[0],
            "yaxis": axes[1],
            "zaxis": axes[2],
            "aspectmode": "manual",
            "aspectratio": dict(zip("xyz", map(float, spans), strict=True)),
            "camera": CAMERA,
            "dragmode": "turntable",
        },
    )


def outline(points: Any, colour: str, width: float, name: str, hover: str = "", **line: Any) -> Any:
    """A closed line in the plane, which says what it is."""
    return go.Scatter(
        name=name,
        x=light(points[0]),
        y=light(points[1]),
        mode="lines",
        # Plotly would leave out points that matter once the figure is zoomed.
        line={"color": colour, "width": width, "simplify": False, **line},
        connectgaps=False,
        hoverinfo=None if hover else "skip",
        hovertemplate=f"{hover}<extra></extra>" if hover else None,
    )
