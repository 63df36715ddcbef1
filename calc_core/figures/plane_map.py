"""Figures of a map of the plane: a grid and its image, with one cell in both."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, spans_of
from calc_core.figures.arrows import arrow_trace, filled, outlines
from calc_core.figures.map_parts import (
    area_axis,
    area_scale,
    cell,
    coordinates,
    image_point,
    outline,
)
from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import map_layout, plane_frame, point_marker, visual_unit
from calc_core.figures.style import WITH_BAR, Style, against, faded, mix
from calc_core.geometry import numeral, vector
from calc_core.geometry.mapping import PlaneMapSample

# Cells of nearly the same colour are one trace: this many colours cannot be told from a smooth bar.
SHADES = 16
NOTHING = np.empty((2, 0))
SIDE_WIDTH = 0.011


def domain_grid(sample: PlaneMapSample, style: Style) -> go.Figure:
    """The grid in the domain, each cell in the colour of its area factor."""
    view = sample.view
    x, y = (pretty(name) for name in view.shown)
    sides = np.array([*np.eye(2)]) * sample.steps / 2
    traces = [
        *_cells(sample, sample.cells, style),
        _hover_of_cells(sample, sample.centres),
        *_fold(style, "det J = 0: f folds the plane along this line"),
        *_chosen_cell(sample.cell, style, "cell", "the cell"),
        *_sides(view.shown_at, sides, view.spans, style, (f"a step in {x}", f"a step in {y}")),
        point_marker(view, style, f"the point {equations(view.point)}"),
    ]
    layout = map_layout(
        "A grid, and a cell at the point",
        view,
        style,
        coloraxis=area_axis(sample.visible_areas, "|det J| = ", style, bar=False),
    )
    return go.Figure(traces, layout)


def image_grid(sample: PlaneMapSample, style: Style, letter: str = "f") -> go.Figure:
    """Where the grid goes, with the cell's true image and its linear image, a parallelogram."""
    ranges = image_ranges(sample)
    columns = sample.jacobian.T * sample.steps[:, None] / 2
    meanings = tuple(f"∂{letter}/∂{pretty(name)}" for name in sample.view.shown)
    linear = f"its image under J: area × {numeral(abs(sample.determinant))}"
    traces: list[Any] = [
        *_cells(sample, sample.images, style),
        _hover_of_cells(sample, sample.image_centres),
        *_fold(style, "the image of the fold: the sheet turns back here"),
        *_chosen_cell(
            _seen(sample, sample.image), style, "image", f"the cell's image under {letter}"
        ),
        *_linear_image(_seen(sample, sample.parallelogram), style, linear),
        *_sides(sample.value, columns, spans_of(ranges), style, meanings),
        image_point(sample, style, bool(np.isfinite(sample.value).all())),
    ]
    layout = plane_frame(
        f"Its image under {letter}",
        coordinates(letter, 2),
        ranges,
        style,
        coloraxis=area_axis(sample.visible_areas, "|det J| = ", style, bar=True),
        margin=WITH_BAR,
    )
    return go.Figure(traces, layout)


def image_ranges(sample: PlaneMapSample) -> list[list[float]]:
    """The window with a little margin, and with the parallelogram in it."""
    ranges = []
    for k, (low, high) in enumerate(sample.window):
        ends = np.array([low, high])
        margin = 0.05 * (high - low) or 1.0
        ranges.append([float(ends.min()) - margin, float(ends.max()) + margin])
        if np.isfinite(sample.parallelogram[k]).all():
            reach = 0.3 * (high - low)
            inside = np.clip(sample.parallelogram[k], low - reach, high + reach)
            ranges[k] = [
                min(ranges[k][0], float(inside.min()) - margin),
                max(ranges[k][1], float(inside.max()) + margin),
            ]
    return ranges


def _seen(sample: PlaneMapSample, points: Any) -> Any:
    """The points, if f has a value and a derivative at the point that they belong to."""
    return points if np.isfinite(sample.parallelogram).all() else NOTHING


def _shade(part: float, style: Style) -> str:
    """The colour at a part, 0 to 1, of the scale."""
    scale = area_scale(style)
    place = part * (len(scale) - 1)
    k = min(int(place), len(scale) - 2)
    return mix(scale[k + 1][1], scale[k][1], place - k)


def _cells(sample: PlaneMapSample, shapes: Any, style: Style) -> list[go.Scatter]:
    """The cells as filled outlines, one trace for each shade and orientation.

    Cells that f turns over are hatched: that is seen without colour, too.  They must not share a
    trace with the others, whose windings would cancel theirs where the image overlaps itself.
    """
    low, high = sample.visible_areas
    shade = np.clip((sample.areas - low) / (high - low) * SHADES, 0, SHADES - 1).astype(int)
    whole = np.isfinite(shapes).all(axis=(1, 2))
    traces = []
    for turned in (False, True):
        for k in np.unique(shade):
            chosen = whole & (shade == k) & ((sample.orientation < 0) == turned)
            if chosen.any():
                colour = _shade((k + 0.5) / SHADES, style)
                traces.append(_filled(shapes[chosen], colour, turned, style))
    return traces


def _filled(shapes: Any, colour: str, turned: bool, style: Style) -> go.Scatter:
    hatch = {
        "shape": "/",
        "bgcolor": faded(colour, 0.9),
        "fgcolor": mix(against(colour), colour, 0.45),
        "size": 8,
        "solidity": 0.2,
    }
    return filled(
        shapes.swapaxes(1, 2),
        faded(colour, 0.9),
        {"color": faded(style.paper, 0.75), "width": 1},
        fillpattern=hatch if turned else None,
        hoverinfo="skip",
    )


def _hover_of_cells(sample: PlaneMapSample, at: Any) -> go.Scatter:
    """Unseen markers in the middle of the cells: they speak, and carry the colour bar."""
    x, y = (pretty(name) for name in sample.view.shown)
    turned = np.where(sample.orientation < 0, ", turned over", "")
    text = [
        f"{x} = {numeral(a, 3)}, {y} = {numeral(b, 3)}<br>goes to {vector(image, 3)}<br>"
        f"area × {numeral(area, 3)}{flip}"
        for (a, b), image, area, flip in zip(
            sample.centres, sample.image_centres, sample.areas, turned, strict=True
        )
    ]
    return go.Scatter(
        x=light(at[:, 0]),
        y=light(at[:, 1]),
        mode="markers",
        marker={"size": 12, "opacity": 0, "color": light(sample.areas), "coloraxis": "coloraxis"},
        text=text,
        hovertemplate="%{text}<extra></extra>",
    )


def _fold(style: Style, hover: str) -> list[go.Scatter]:
    """The curve det J = 0, which the live figure fills in."""
    return [
        outline(NOTHING, style.paper, 6, "fold_edge"),
        outline(NOTHING, style.first, 3, "fold", hover),
    ]


def _chosen_cell(points: Any, style: Style, name: str, hover: str) -> list[go.Scatter]:
    """A cell, and heads on its boundary that say which way round it is gone."""
    turn = arrow_trace(np.empty((0, 8, 2)), style.point, style.paper, name="turn")
    return [*cell(points, style, name, hover), turn]


def _linear_image(points: Any, style: Style, hover: str) -> list[go.Scatter]:
    return [
        outline(points, style.paper, 5, "linear_edge"),
        outline(points, style.ink, 2.5, "linear", hover, dash="dash"),
    ]


def _sides(
    at: Any, sides: Any, spans: Any, style: Style, names: tuple[str, ...]
) -> list[go.Scatter]:
    """Arrows from the point: one for each variable, each in its colour."""
    unit = visual_unit(spans)
    thickness = SIDE_WIDTH * float(np.max(spans / unit))
    traces = []
    for k, (side, hover) in enumerate(zip(sides, names, strict=True)):
        is_drawn = np.isfinite([*at, *side]).all() and np.any(side)
        shape = outlines(at, side, unit, thickness) if is_drawn else np.empty((0, 8, 2))
        colour = (style.first, style.second)[k]
        traces.append(arrow_trace(shape, colour, style.paper, hover, ("first", "second")[k]))
    return traces
