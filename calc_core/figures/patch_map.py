"""Figures of a parametrised surface: the patch in space, and its parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.map_parts import (
    area_axis,
    arrow_in_space,
    outline,
    padded,
    point_of_map,
    space_layout,
)
from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import equal_axes, light, point_marker
from calc_core.figures.space import LIFT, LIGHTING, line_in_space
from calc_core.figures.style import WITH_BAR, Style, faded, flat_axis, frame, mix
from calc_core.geometry import value_range, vector
from calc_core.geometry.mapping import PatchSample, image_window

# The part of the range that the tangent vectors are drawn for.
STEP = 1 / 6


def surface_patch(sample: PatchSample, style: Style, letter: str = "f") -> go.Figure:
    """The surface (u, v) ↦ f(u, v) in space, coloured by area factor, with both tangent vectors."""
    u, v = (pretty(name) for name in sample.view.shown)
    x, y, z = light(sample.values)
    hover = (
        f"{u} = %{{customdata[0]:.3~g}}, {v} = %{{customdata[1]:.3~g}}<br>"
        "area × %{surfacecolor:.3~g}<extra></extra>"
    )
    nothing = np.empty((3, 0))
    traces: list[Any] = [
        go.Surface(
            x=x,
            y=y,
            z=z,
            surfacecolor=light(sample.areas),
            customdata=light(np.stack(sample.grid.full(), axis=-1)),
            coloraxis="coloraxis",
            connectgaps=False,
            lighting=LIGHTING,
            contours={k: {"highlight": False} for k in "xyz"},
            hovertemplate=hover,
        ),
        net(sample.values, style, LIFT / 4),
        line_in_space(nothing, style.point, 7, name="image", hoverinfo="skip"),
        line_in_space(nothing, style.ink, 5, name="linear", hoverinfo="skip"),
        go.Mesh3d(
            name="plane",
            x=[],
            y=[],
            z=[],
            color=style.ink,
            opacity=0.3,
            flatshading=True,
            lighting={"ambient": 1, "diffuse": 0, "specular": 0},
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
    layout = space_layout(title, patch_ranges(sample), style, letter)
    layout.coloraxis = area_axis(sample.visible_areas, "area × ", style, bar=True)
    layout.coloraxis.colorbar.update(len=0.7)
    layout.margin.b = 30
    return go.Figure(traces, layout)


def patch_ranges(sample: PatchSample) -> list[list[float]]:
    """The ranges of the coordinates in space, with a margin."""
    return [padded(np.array(ends)) for ends in image_window(sample)]


def patch_domain(sample: PatchSample, style: Style) -> go.Figure:
    """The parameters, in the colour of the area factor, with a cell at the point."""
    view = sample.view
    x, y = (pretty(name) for name in view.shown)
    nothing = np.empty((2, 0))
    cell = outline(nothing, style.point, 3, "cell", "the cell")
    cell.fill, cell.fillcolor = "toself", faded(style.point, 0.3)
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
        outline(nothing, style.paper, 6, "cell_edge"),
        cell,
        point_marker(view, style, f"the point {equations(view.point)}"),
    ]
    ranges = [list(view.ranges[name]) for name in view.shown]
    layout = frame(
        "The parameters, and a cell at the point",
        style,
        xaxis=flat_axis(x, style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis(y, style, range=ranges[1], zeroline=False, **equal_axes(view.spans)),
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
