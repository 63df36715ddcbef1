"""Figures of a parametrised surface: the patch in space, and its parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, padded
from calc_core.figures.map_parts import (
    area_axis,
    arrow_in_space,
    cell,
    point_of_map,
    space_layout,
)
from calc_core.figures.moving import moving_line_in_space
from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import map_layout, point_marker
from calc_core.figures.space_parts import LIFT, LIGHTING, NO_HIGHLIGHT, UNSHADED, line_in_space
from calc_core.figures.style import WITH_BAR, Style, mix
from calc_core.geometry import value_range, vector
from calc_core.geometry.mapping import PatchSample, image_window

# Room for the colour bar and its numbers, so that the axes end above them.
BAR = 44
# The part of the range that the tangent vectors are drawn for.
STEP = 1 / 6


def surface_patch(sample: PatchSample, style: Style, letter: str = "f") -> go.Figure:
    """The surface (u, v) ↦ f(u, v) in space, coloured by area factor, with both tangent vectors."""
    u, v = (pretty(name) for name in sample.view.shown)
    traces: list[Any] = [
        area_surface(sample, sample.values),
        net(sample.values, style, LIFT / 4),
        moving_line_in_space("image", style.point, 7),
        moving_line_in_space("linear", style.ink, 5),
        go.Mesh3d(
            name="plane",
            x=[],
            y=[],
            z=[],
            color=style.ink,
            opacity=0.3,
            flatshading=True,
            lighting=UNSHADED,
            hovertemplate="the linear image of the cell<extra></extra>",
        ),
    ]
    sides = zip(sample.jacobian.T, (u, v), sample.view.spans, strict=True)
    for k, (column, name, span) in enumerate(sides):
        traces.append(
            arrow_in_space(
                sample.value,
                column * span * STEP,
                (style.first, style.second)[k],
                f"∂{letter}/∂{name} = {vector(column)}",
                ("first", "second")[k],
            )
        )
    traces.append(point_of_map(sample, style))
    title = f"The surface {letter}({u}, {v}) and its tangent vectors"
    return go.Figure(traces, area_layout(title, patch_ranges(sample), sample, style, letter))


def area_surface(sample: PatchSample, values: Any, name: str | None = None) -> go.Surface:
    """The surface of these values, (3, i, j), in the colours of its area factor."""
    u, v = (pretty(name) for name in sample.view.shown)
    x, y, z = light(values)
    return go.Surface(
        name=name,
        x=x,
        y=y,
        z=z,
        surfacecolor=light(sample.areas),
        customdata=light(np.stack(sample.grid.full(), axis=-1)),
        coloraxis="coloraxis",
        connectgaps=False,
        lighting=LIGHTING,
        contours=NO_HIGHLIGHT,
        hovertemplate=(
            f"{u} = %{{customdata[0]:.3~g}}, {v} = %{{customdata[1]:.3~g}}<br>"
            "area × %{surfacecolor:.3~g}<extra></extra>"
        ),
    )


def area_layout(
    title: str, ranges: list[list[float]], sample: PatchSample, style: Style, letter: str
) -> go.Layout:
    """Space, and below it the bar of the area factor."""
    layout = space_layout(title, ranges, style, letter)
    layout.coloraxis = area_axis(sample.visible_areas, "area × ", style, bar=True)
    layout.coloraxis.colorbar.len = 0.7
    layout.margin.b = BAR
    return layout


def patch_ranges(sample: PatchSample) -> list[list[float]]:
    """The ranges of the coordinates in space, with a margin."""
    return [padded(np.array(ends)) for ends in image_window(sample)]


def patch_domain(sample: PatchSample, style: Style) -> go.Figure:
    """The parameters, in the colour of the area factor, with a cell at the point."""
    view = sample.view
    x, y = (pretty(name) for name in view.shown)
    traces: list[Any] = [
        go.Heatmap(
            x=light(sample.grid.axes[0]),
            y=light(sample.grid.axes[1]),
            z=light(sample.areas),
            coloraxis="coloraxis",
            zsmooth="fast",
            hovertemplate=(
                f"{x} = %{{x:.3~g}}, {y} = %{{y:.3~g}}<br>area × %{{z:.3~g}}<extra></extra>"
            ),
        ),
        *cell(np.empty((2, 0)), style, "cell", "the cell"),
        point_marker(view, style, f"the point {equations(view.point)}"),
    ]
    layout = map_layout(
        "The parameters, and a cell at the point",
        view,
        style,
        coloraxis=area_axis(sample.visible_areas, "area × ", style, bar=False),
        margin={**WITH_BAR, "b": 50},
    )
    return go.Figure(traces, layout)


def net(values: Any, style: Style, lift: float, name: str | None = None) -> go.Scatter3d:
    """Every fifth parameter line, on both sides of an opaque surface: in it, it would be hidden."""
    normal = np.cross(np.gradient(values, axis=2), np.gradient(values, axis=1), axis=0)
    with np.errstate(all="ignore"):
        normal /= np.linalg.norm(normal, axis=0)
    extent = max(high - low for low, high in map(value_range, values))
    step = np.where(np.isfinite(normal), lift * extent * normal, 0.0)
    sides = [values + step, values - step] if lift else [values]
    lines = [side[:, k, :] for side in sides for k in range(0, values.shape[1], 5)]
    lines += [side[:, :, k] for side in sides for k in range(0, values.shape[2], 5)]
    gap = np.full((3, 1), np.nan)
    points = np.hstack([part for line in lines for part in (line, gap)])
    colour = mix(style.ink, style.paper, 0.6)
    return line_in_space(points, colour, 1.5, name=name, hoverinfo="skip", connectgaps=False)
