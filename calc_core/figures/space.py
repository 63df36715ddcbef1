"""Figures of a scalar function as a surface in space."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import light, wider
from calc_core.figures.moving import moving_line_in_space
from calc_core.figures.naming import pretty
from calc_core.figures.plane import hover_over, level_steps, point_and_value, slice_title
from calc_core.figures.space_frame import CAMERA, EYE, graph_axes, graph_shape, space_frame
from calc_core.figures.space_parts import (
    LIFT,
    LIGHTING,
    UNSHADED,
    graph_surface,
    level_lines,
    line_in_space,
    plain_surface,
    point_in_space,
)
from calc_core.figures.style import Style
from calc_core.geometry import numeral, vector
from calc_core.geometry.sampling import GradientSample, QuadraticSample, tangent_patch


def surface_with_tangent(sample: GradientSample, style: Style) -> go.Figure:
    """The surface z = f, the tangent plane at the point, and the way of steepest rise on it."""
    traces = [
        height_surface(sample, style),
        *_tangent_plane(sample, style),
        _steepest(sample, style),
        _point_on_surface(sample, style, f"∇f = {vector(sample.gradient)}"),
    ]
    title = slice_title("The surface of f and its tangent plane", sample.view)
    return go.Figure(traces, surface_layout(title, sample, style))


def quadratic_surface(sample: QuadraticSample, style: Style) -> go.Figure:
    """The surface z = f, its second-order Taylor surface, and the principal directions on it."""
    traces = [
        height_surface(sample, style),
        *_taylor_surface(sample, style),
        *_principal_curves(sample, style),
        moving_line_in_space("ring", style.ink, 4),
        _point_on_surface(
            sample, style, f"{sample.bending.kind}: second derivatives {_values(sample)}"
        ),
    ]
    title = slice_title("The surface of f and its quadratic surface", sample.view)
    return go.Figure(traces, surface_layout(title, sample, style))


def facing(slope: Any, spans: Any) -> dict[str, Any]:
    """A camera that sees the side of the hill on which the point is.

    Usually from where x runs to the right and y away; from another corner if the surface itself
    would hide the point.
    """
    downhill = -np.asarray(slope) * spans
    size = np.linalg.norm(downhill)
    if not np.isfinite(size) or size == 0 or EYE @ downhill > -0.1 * size * np.linalg.norm(EYE):
        return CAMERA
    corners = [EYE * [a, b] for a, b in ((-1, 1), (1, -1), (-1, -1))]
    x, y = max(corners, key=lambda corner: float(corner @ downhill))
    return {**CAMERA, "eye": {"x": x, "y": y, "z": 0.87}}


def height_surface(
    sample: GradientSample | QuadraticSample, style: Style, opacity: float = 0.85
) -> go.Surface:
    """The graph of f, coloured and lined as its level curves are."""
    height = sample.height
    low, high = height.visible
    scale, bottom, top = style.heights(low, high)
    x, y = height.grid.axes
    return graph_surface(
        x,
        y,
        height.values,
        opacity,
        colorscale=scale,
        cmin=bottom,
        cmax=top,
        contours=level_lines(
            style,
            # Plotly draws stray lines where values are missing.
            show=not np.isnan(height.values).any(),
            **level_steps((low, high), low, high),
        ),
        hovertemplate=hover_over(sample.view.shown, "f = %{z:.4~g}"),
    )


def _tangent_plane(sample: GradientSample, style: Style) -> list[Any]:
    grid, heights = tangent_patch(sample)
    x, y = grid.full()
    rim = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]]).T
    slopes = [
        f"∂f/∂{pretty(name)} = {numeral(float(slope))}"
        for name, slope in zip(sample.view.shown, sample.slope, strict=True)
    ]
    hover = f"tangent plane<br>{'<br>'.join(slopes)}<extra></extra>"
    return [
        plain_surface(
            "plane",
            style.point,
            0.5,
            x=light(grid.axes[0]),
            y=light(grid.axes[1]),
            z=light(heights),
            lighting=UNSHADED,
            hovertemplate=hover,
        ),
        line_in_space(
            np.array([x[*rim], y[*rim], heights[*rim]]),
            style.point,
            5,
            name="rim",
            hoverinfo="skip",
        ),
    ]


def _steepest(sample: GradientSample, style: Style) -> go.Scatter3d:
    """From the point along the gradient, to the edge of the tangent plane."""
    size = float(np.hypot(*sample.slope))
    points = _way_up(sample, size) if np.isfinite(size) and size > 0 else np.empty((3, 0))
    hover = f"steepest rise: {numeral(size)} per unit<extra></extra>"
    return line_in_space(points, style.ink, 7, name="steepest", hovertemplate=hover)


def _way_up(sample: GradientSample, size: float) -> Any:
    slope = sample.slope
    grid, _ = tangent_patch(sample)
    half = np.array(
        [axis[1] - at for axis, at in zip(grid.axes, sample.view.shown_at, strict=True)]
    )
    step = slope * np.min(half / np.maximum(np.abs(slope), 1e-12 * size))
    start = np.array([*sample.view.shown_at, sample.value])
    end = start + np.array([*step, float(slope @ step)])
    return np.array([start, end]).T + np.array([[0], [0], [_lift(sample)]])


def _taylor_surface(sample: QuadraticSample, style: Style) -> list[Any]:
    near = sample.near
    surface = plain_surface(
        "quadratic",
        style.point,
        0.6,
        x=light(near.axes[0]),
        y=light(near.axes[1]),
        z=light(sample.quadratic),
        lighting={**LIGHTING, "ambient": 0.6, "diffuse": 0.7},
        hovertemplate=(
            f"second-order Taylor surface: {sample.bending.kind}<br>"
            "value %{z:.4~g}<extra></extra>"
        ),
    )
    full = np.array([*near.full(), sample.quadratic])
    rim = np.hstack([full[:, 0], full[:, :, -1], full[:, -1, ::-1], full[:, ::-1, 0]])
    return [surface, line_in_space(rim, style.point, 5, name="rim", hoverinfo="skip")]


def _principal_curves(sample: QuadraticSample, style: Style) -> list[Any]:
    curves = []
    triples = zip(sample.principal, sample.bending.values, sample.bending.directions, strict=True)
    lift = np.array([[0], [0], [_lift(sample)]])
    names, colours = ("first", "second"), (style.first, style.second)
    for (curve, value, direction), name, colour in zip(triples, names, colours, strict=True):
        bends = "bends up" if value > 0 else "bends down" if value < 0 else "does not bend"
        hover = (
            f"principal direction {vector(direction, 3)}<br>{bends}: "
            f"second derivative {numeral(float(value))}<extra></extra>"
        )
        curves.append(line_in_space(curve + lift, colour, 10, name=name, hovertemplate=hover))
    return curves


def _lift(sample: GradientSample | QuadraticSample) -> float:
    low, high = sample.height.visible
    return LIFT * (high - low)


def _values(sample: QuadraticSample) -> str:
    return " and ".join(numeral(float(v)) for v in sample.bending.values)


def _point_on_surface(
    sample: GradientSample | QuadraticSample, style: Style, meaning: str
) -> go.Scatter3d:
    at = [*sample.view.shown_at, sample.value]
    return point_in_space(at, style, f"{point_and_value(sample)}<br>{meaning}")


def surface_layout(title: str, sample: GradientSample | QuadraticSample, style: Style) -> go.Layout:
    """Space with the variables on the floor at one scale, and f upwards."""
    view = sample.view
    axes = graph_axes(view, wider(*sample.height.visible, 0.04), style)
    camera = facing(_shown_slope(sample), view.spans)
    return space_frame(title, style, axes, graph_shape(view.spans), camera)


def _shown_slope(sample: GradientSample | QuadraticSample) -> Any:
    return sample.slope if isinstance(sample, GradientSample) else sample.gradient
