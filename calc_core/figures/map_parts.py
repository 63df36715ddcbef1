"""What figures of maps have in common: names of coordinates, windows, scales, arrows in space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, spans_of
from calc_core.figures.naming import SUBSCRIPT, equations
from calc_core.figures.plane import marked_point
from calc_core.figures.space_frame import CAMERA, all_in_sight, space_frame
from calc_core.figures.space_parts import line_in_space, point_in_space
from calc_core.figures.style import CIVIDIS, Scale, Style, colour_bar, faded, space_axis
from calc_core.geometry import vector
from calc_core.geometry.mapping import CurveSample, PatchSample, PlaneMapSample, SolidSample


def coordinates(letter: str, count: int) -> tuple[str, ...]:
    """The names of the components of a vector function; a single one has the letter alone.

    >>> coordinates("g", 3), coordinates("g", 1)
    (('g₁', 'g₂', 'g₃'), ('g',))
    """
    if count == 1:
        return (letter,)
    return tuple(letter + str(k + 1).translate(SUBSCRIPT) for k in range(count))


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


def where_it_goes(sample: CurveSample | PatchSample | PlaneMapSample | SolidSample) -> str:
    """What the hover of the image of the chosen point says."""
    return f"{equations(sample.view.point)}<br>goes to {vector(sample.value)}"


def point_of_map(sample: CurveSample | PatchSample | SolidSample, style: Style) -> go.Scatter3d:
    """The image of the chosen point in space."""
    return point_in_space(sample.value, style, where_it_goes(sample))


def image_point(sample: CurveSample | PlaneMapSample, style: Style, is_drawn: bool) -> go.Scatter:
    """The image of the chosen point in the plane."""
    x, y = (sample.value[:1], sample.value[1:]) if is_drawn else ([], [])
    return marked_point(x, y, style, where_it_goes(sample))


def space_layout(
    title: str,
    ranges: list[list[float]],
    style: Style,
    letter: str = "f",
    cube_beyond: float = np.inf,
    camera: Mapping[str, Any] = CAMERA,
) -> go.Layout:
    """Space with all three axes at one scale, where the ranges allow it.

    ``cube_beyond``  lengths of ranges that differ by a larger factor are all drawn as long.
    """
    axes = [
        space_axis(name, style, range=ends)
        for name, ends in zip(coordinates(letter, 3), ranges, strict=True)
    ]
    spans = spans_of(ranges)
    is_cube = bool(spans.max() > cube_beyond * spans.min())
    spans = np.ones(3) if is_cube else np.clip(spans / spans.max(), 0.25, 1.0)
    return space_frame(title, style, axes, all_in_sight(spans), camera)


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


def cell(points: Any, style: Style, name: str, hover: str) -> list[go.Scatter]:
    """A cell of the plane, or its image, with a pale edge around it."""
    inside = outline(points, style.point, 3, name, hover)
    inside.fill, inside.fillcolor = "toself", faded(style.point, 0.3)
    return [outline(points, style.paper, 6, f"{name}_edge"), inside]
