"""Figures of vector functions: a grid and its image, curves, patches of surfaces."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrows import arrow_trace, outlines
from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import equal_axes, light, point_marker, visual_unit
from calc_core.figures.space import CAMERA, LIFT, LIGHTING, line_in_space, point_in_space
from calc_core.figures.style import (
    CIVIDIS,
    Scale,
    Style,
    against,
    colour_bar,
    faded,
    flat_axis,
    frame,
    mix,
    space_axis,
)
from calc_core.geometry import numeral, value_range, vector
from calc_core.geometry.mapping import (
    CurveSample,
    MapSample,
    PatchSample,
    PlaneMapSample,
    SolidSample,
    image_window,
)

# Cells of nearly the same colour are one trace: this many colours cannot be told from a smooth bar.
SHADES = 16
# The same for the domain and for the image, which has the colour bar: they stand side by side.
MARGIN = {"l": 8, "r": 8, "t": 46, "b": 96}
COORDINATES = ("f₁", "f₂", "f₃")


def map_figures(sample: MapSample | None, style: Style) -> tuple[go.Figure, ...]:
    """The figures of a map: the domain and its image, or the image alone, or nothing."""
    match sample:
        case PlaneMapSample():
            return domain_grid(sample, style), image_grid(sample, style)
        case CurveSample() if len(sample.value) == 2:
            return (plane_curve(sample, style),)
        case CurveSample():
            return (space_curve(sample, style),)
        case PatchSample():
            return (surface_patch(sample, style),)
        case SolidSample():
            return (solid_image(sample, style),)
        case _:
            return ()


def domain_grid(sample: PlaneMapSample, style: Style) -> go.Figure:
    """The grid in the domain, each cell in the colour of its area factor."""
    view = sample.view
    x, y = (pretty(name) for name in view.shown)
    sides = np.array([*np.eye(2)]) * sample.steps
    traces = [
        *_cells(sample, sample.cells, style),
        _hover_of_cells(sample, sample.centres),
        *_chosen_cell(sample.cell, style),
        *_sides(view.shown_at, sides, view.spans, style, (f"a step in {x}", f"a step in {y}")),
        point_marker(view, style, f"the point {equations(view.point)}"),
    ]
    ranges = [list(view.ranges[name]) for name in view.shown]
    layout = frame(
        "A grid, and a cell at the point",
        style,
        xaxis=flat_axis(x, style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis(y, style, range=ranges[1], zeroline=False, **equal_axes(view.spans)),
        coloraxis=_areas(sample.visible_areas, "|det J| = ", style, bar=False),
        margin=MARGIN,
    )
    return go.Figure(traces, layout)


def image_grid(sample: PlaneMapSample, style: Style) -> go.Figure:
    """Where the grid goes, with the cell's true image and its linear image, a parallelogram."""
    ranges = _window(sample)
    x, y = (pretty(name) for name in sample.view.shown)
    columns = sample.jacobian.T * sample.steps[:, None]
    traces: list[Any] = [
        *_cells(sample, sample.images, style),
        _hover_of_cells(sample, sample.image_centres),
    ]
    if np.isfinite(sample.parallelogram).all():
        true = "the cell's image under f"
        linear = f"its image under J: area × {numeral(abs(sample.determinant))}"
        traces += [
            *_chosen_cell(sample.image, style, true),
            _outline(sample.parallelogram, style.paper, 5),
            _outline(sample.parallelogram, style.ink, 2.5, dash="6px,4px", name=linear),
            *_sides(sample.value, columns, _spans(ranges), style, (f"∂f/∂{x}", f"∂f/∂{y}")),
        ]
    if np.isfinite(sample.value).all():
        traces.append(_image_point(sample, style))
    layout = frame(
        "Its image under f",
        style,
        xaxis=flat_axis("f₁", style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis("f₂", style, range=ranges[1], zeroline=False, **_equal(ranges)),
        coloraxis=_areas(sample.visible_areas, "|det J| = ", style, bar=True),
        margin=MARGIN,
    )
    return go.Figure(traces, layout)


def _window(sample: PlaneMapSample) -> list[list[float]]:
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


def _equal(ranges: list[list[float]]) -> dict[str, Any]:
    return equal_axes(_spans(ranges))


def _spans(ranges: list[list[float]]) -> Any:
    return np.array([high - low for low, high in ranges])


def _areas(visible: tuple[float, float], prefix: str, style: Style, bar: bool) -> dict[str, Any]:
    return {
        "colorscale": _area_scale(style),
        "cmin": visible[0],
        "cmax": visible[1],
        "showscale": bar,
        "colorbar": colour_bar(prefix, style),
    }


def _area_scale(style: Style) -> Scale:
    return style.tinted(CIVIDIS, 0.85)


def _shade(part: float, style: Style) -> str:
    """The colour at a part, 0 to 1, of the scale."""
    scale = _area_scale(style)
    place = part * (len(scale) - 1)
    k = min(int(place), len(scale) - 2)
    return mix(scale[k + 1][1], scale[k][1], place - k)


def _cells(sample: PlaneMapSample, outlines: Any, style: Style) -> list[go.Scatter]:
    """The cells as filled outlines, one trace for each shade and orientation.

    Cells that f turns over are hatched: that is seen without colour, too.  They must not share a
    trace with the others, whose windings would cancel theirs where the image overlaps itself.
    """
    low, high = sample.visible_areas
    shade = np.clip((sample.areas - low) / (high - low) * SHADES, 0, SHADES - 1).astype(int)
    whole = np.isfinite(outlines).all(axis=(1, 2))
    traces = []
    for turned in (False, True):
        for k in np.unique(shade):
            chosen = whole & (shade == k) & ((sample.orientation < 0) == turned)
            if chosen.any():
                colour = _shade((k + 0.5) / SHADES, style)
                traces.append(_filled(outlines[chosen], colour, turned, style))
    return traces


def _filled(outlines: Any, colour: str, turned: bool, style: Style) -> go.Scatter:
    gaps = np.full((len(outlines), 2, 1), np.nan)
    x, y = light(np.concatenate([outlines, gaps], axis=2)).swapaxes(0, 1)
    hatch = {
        "shape": "/",
        "bgcolor": faded(colour, 0.9),
        "fgcolor": mix(against(colour), colour, 0.45),
        "size": 8,
        "solidity": 0.2,
    }
    return go.Scatter(
        x=x.ravel()[:-1],
        y=y.ravel()[:-1],
        mode="lines",
        fill="toself",
        fillcolor=faded(colour, 0.9),
        fillpattern=hatch if turned else None,
        line={"color": faded(style.paper, 0.75), "width": 1},
        connectgaps=False,
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


def _outline(points: Any, colour: str, width: float, name: str = "", **line: Any) -> go.Scatter:
    return go.Scatter(
        x=light(points[0]),
        y=light(points[1]),
        mode="lines",
        line={"color": colour, "width": width, **line},
        hoverinfo=None if name else "skip",
        hovertemplate=f"{name}<extra></extra>" if name else None,
    )


def _chosen_cell(points: Any, style: Style, name: str = "") -> list[go.Scatter]:
    cell = _outline(points, style.point, 3, name=name)
    cell.fill, cell.fillcolor = "toself", faded(style.point, 0.3)
    return [_outline(points, style.paper, 6), cell]


def _sides(
    at: Any, sides: Any, spans: Any, style: Style, names: tuple[str, ...]
) -> list[go.Scatter]:
    """Arrows from the point: one for each variable, each in its colour."""
    unit = visual_unit(spans)
    thickness = 0.011 * float(np.max(spans / unit))
    return [
        arrow_trace(outlines(at, side, unit, thickness), colour, style.paper, name)
        for side, name, colour in zip(sides, names, (style.first, style.second), strict=False)
        if np.isfinite(side).all() and np.any(side)
    ]


def _image_point(sample: PlaneMapSample | CurveSample, style: Style) -> go.Scatter:
    x, y = sample.value
    return go.Scatter(
        x=[x],
        y=[y],
        mode="markers",
        marker={"size": 13, "color": style.point, "line": {"color": style.paper, "width": 2.5}},
        hovertemplate=(
            f"{equations(sample.view.point)}<br>goes to {vector(sample.value)}<extra></extra>"
        ),
    )


def plane_curve(sample: CurveSample, style: Style) -> go.Figure:
    """The curve t ↦ f(t) in the plane, with its velocity at the point."""
    name = pretty(sample.view.shown[0])
    x, y = sample.values
    ranges = [_padded(row) for row in sample.values]
    traces: list[Any] = [
        go.Scatter(
            x=light(x),
            y=light(y),
            mode="lines",
            connectgaps=False,
            line={"color": style.second, "width": 3.5},
            customdata=light(np.stack([sample.parameter, sample.speed], axis=-1)),
            hovertemplate=_curve_hover(name),
        )
    ]
    if np.isfinite([*sample.value, *sample.velocity]).all():
        arrow = sample.velocity * _arrow_scale(sample)
        hover = f"df/d{name} = {vector(sample.velocity)}"
        traces += _sides(sample.value, [arrow], _spans(ranges), style, (hover,))
        traces.append(_image_point(sample, style))
    layout = frame(
        f"The curve f({name}) and its velocity",
        style,
        xaxis=flat_axis("f₁", style, range=ranges[0], constrain="domain"),
        yaxis=flat_axis("f₂", style, range=ranges[1], **_equal(ranges)),
    )
    return go.Figure(traces, layout)


def space_curve(sample: CurveSample, style: Style) -> go.Figure:
    """The curve t ↦ f(t) in space, with its velocity at the point."""
    name = pretty(sample.view.shown[0])
    traces: list[Any] = [
        line_in_space(
            sample.values,
            style.second,
            7,
            connectgaps=False,
            customdata=light(np.stack([sample.parameter, sample.speed], axis=-1)),
            hovertemplate=_curve_hover(name),
        )
    ]
    if np.isfinite([*sample.value, *sample.velocity]).all():
        arrow = sample.velocity * _arrow_scale(sample)
        hover = f"df/d{name} = {vector(sample.velocity)}"
        traces += _arrow_in_space(sample.value, arrow, style.first, hover)
        traces.append(_point_of_map(sample, style))
    ranges = [_padded(row) for row in sample.values]
    return go.Figure(traces, _space_layout(f"The curve f({name}) and its velocity", ranges, style))


def _curve_hover(name: str) -> str:
    return f"{name} = %{{customdata[0]:.3~g}}<br>speed %{{customdata[1]:.3~g}}<extra></extra>"


def _arrow_scale(sample: CurveSample) -> float:
    """By how much the velocity is drawn shorter, so that it is a quarter of the figure long."""
    size = float(np.linalg.norm(sample.velocity))
    extent = max(high - low for low, high in (_padded(row) for row in sample.values))
    return 0.25 * extent / size if size > 0 else 0.0


def _padded(values: Any) -> list[float]:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (-1.0, 1.0)
    margin = 0.08 * (high - low) or 1.0
    return [low - margin, high + margin]


def surface_patch(sample: PatchSample, style: Style) -> go.Figure:
    """The surface (u, v) ↦ f(u, v) in space, coloured by area factor, with both tangent vectors."""
    u, v = (pretty(name) for name in sample.view.shown)
    x, y, z = light(sample.values)
    hover = (
        f"{u} = %{{customdata[0]:.3~g}}, {v} = %{{customdata[1]:.3~g}}<br>"
        "area × %{surfacecolor:.3~g}<extra></extra>"
    )
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
        _net(sample.values, style, LIFT / 4),
    ]
    if np.isfinite([*sample.value, *sample.jacobian.ravel()]).all():
        for column, name, colour, span in zip(
            sample.jacobian.T, (u, v), (style.first, style.second), sample.view.spans, strict=True
        ):
            meaning = f"∂f/∂{name} = {vector(column)}"
            traces += _arrow_in_space(sample.value, column * span / 6, colour, meaning)
        traces.append(_point_of_map(sample, style))
    title = f"The surface f({u}, {v}) and its tangent vectors"
    ranges = [_padded(np.array(ends)) for ends in image_window(sample)]
    layout = _space_layout(title, ranges, style)
    layout.coloraxis = _areas(sample.visible_areas, "area × ", style, bar=True)
    layout.coloraxis.colorbar.update(y=0.0, len=0.7)
    layout.margin.b = 30
    return go.Figure(traces, layout)


def _net(values: Any, style: Style, lift: float) -> go.Scatter3d:
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
    return line_in_space(points, colour, 1.5, hoverinfo="skip", connectgaps=False)


def solid_image(sample: SolidSample, style: Style) -> go.Figure:
    """Images of the coordinate surfaces through the point, and of a small box as J has it."""
    names = [pretty(name) for name in sample.view.names]
    colours = (style.first, style.second, style.point)
    traces: list[Any] = []
    for sheet, name, colour in zip(sample.sheets, sample.view.names, colours, strict=True):
        x, y, z = light(sheet)
        traces.append(
            go.Surface(
                x=x,
                y=y,
                z=z,
                colorscale=[(0, colour), (1, colour)],
                showscale=False,
                opacity=0.35,
                connectgaps=False,
                lighting=LIGHTING,
                contours={k: {"highlight": False} for k in "xyz"},
                hovertemplate=f"{equations({name: sample.view.point[name]})}<extra></extra>",
            )
        )
        traces.append(_net(sheet, style, 0.0))
    if np.isfinite([*sample.value, *sample.jacobian.ravel()]).all():
        columns = sample.jacobian.T * sample.steps[:, None]
        traces.append(
            line_in_space(_box_edges(sample.value, columns), style.ink, 4, hoverinfo="skip")
        )
        for column, step, name, colour in zip(
            columns, sample.jacobian.T, names, colours, strict=True
        ):
            meaning = f"∂f/∂{name} = {vector(step)}"
            traces += _arrow_in_space(sample.value, column, colour, meaning)
        traces.append(_point_of_map(sample, style))
    ranges = [_padded(np.array(ends)) for ends in image_window(sample)]
    title = "Images of the coordinate surfaces, and a box under J"
    return go.Figure(traces, _space_layout(title, ranges, style))


def _box_edges(at: Any, sides: Any) -> Any:
    """The twelve edges of a parallelepiped as one broken line (3, …)."""
    a, b, c = sides
    gap = np.full(3, np.nan)
    points = []
    for first, second, third in ((a, b, c), (b, c, a), (c, a, b)):
        for start in (at, at + second, at + third, at + second + third):
            points += [start, start + first, gap]
    return np.array(points).T


def _arrow_in_space(at: Any, arrow: Any, colour: str, meaning: str) -> list[Any]:
    """A shaft, and a head of lines: a cone would be drawn to the scale of other axes."""
    size = float(np.linalg.norm(arrow))
    if size == 0:
        return []
    tip, along = at + arrow, arrow / size
    across = np.cross(along, [0.0, 0.0, 1.0] if abs(along[2]) < 0.9 else [1.0, 0.0, 0.0])
    across /= np.linalg.norm(across)
    up = np.cross(along, across)
    back = tip - 0.16 * arrow
    barbs = [back + 0.06 * size * s * side for side in (across, up) for s in (1, -1)]
    points = [at, tip]
    for barb in barbs:
        points += [barb, tip]
    line = line_in_space(np.array(points).T, colour, 7, hovertemplate=f"{meaning}<extra></extra>")
    return [line]


def _point_of_map(sample: CurveSample | PatchSample | SolidSample, style: Style) -> go.Scatter3d:
    meaning = f"{equations(sample.view.point)}<br>goes to {vector(sample.value)}"
    return point_in_space(sample.value, style, meaning)


def _space_layout(title: str, ranges: list[list[float]], style: Style) -> go.Layout:
    """Space with all three axes at one scale, where the ranges allow it."""
    axes = [
        space_axis(name, style, range=ends) for name, ends in zip(COORDINATES, ranges, strict=True)
    ]
    spans = np.array([high - low for low, high in ranges])
    spans = np.clip(spans / spans.max(), 0.25, 1.0)
    spans *= min(1.8 / np.linalg.norm(spans), 1.2)
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
