"""Figures of a scalar function as a surface in space."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.naming import equations, pretty
from calc_core.figures.plane import WIDEST, level_steps, light, slice_title
from calc_core.figures.style import Style, frame, mix, space_axis
from calc_core.geometry import numeral, vector
from calc_core.geometry.sampling import GradientSample, QuadraticSample, tangent_patch
from calc_core.geometry.view import View

EYE = np.array([-1.12, -1.43])
CAMERA = {
    "eye": {"x": EYE[0], "y": EYE[1], "z": 0.87},
    "center": {"x": 0, "y": 0, "z": -0.14},
}
# By so much of the height lines are lifted off the surface that they lie on, which would hide them.
LIFT = 0.02
# Soft light: shading shows the form, and must not be taken for the colour scale.
LIGHTING = {"ambient": 0.78, "diffuse": 0.45, "specular": 0.05, "roughness": 0.9, "fresnel": 0.05}


def surface_with_tangent(sample: GradientSample, style: Style) -> go.Figure:
    """The surface z = f, the tangent plane at the point, and the way of steepest rise on it."""
    traces = [
        height_surface(sample, style),
        *_tangent_plane(sample, style),
        _steepest(sample, style),
        point_in_space(
            [*sample.view.shown_at, sample.value],
            style,
            f"the point {equations(sample.view.point)}<br>f = {numeral(sample.value)}<br>"
            f"∇f = {vector(sample.gradient)}",
        ),
    ]
    title = slice_title("The surface of f and its tangent plane", sample.view)
    return go.Figure(traces, surface_layout(title, sample, style))


def quadratic_surface(sample: QuadraticSample, style: Style) -> go.Figure:
    """The surface z = f, its second-order Taylor surface, and the principal directions on it."""
    traces = [
        height_surface(sample, style),
        *_taylor_surface(sample, style),
        *_principal_curves(sample, style),
        line_in_space(np.empty((3, 0)), style.ink, 4, name="ring", hoverinfo="skip"),
        point_in_space(
            [*sample.view.shown_at, sample.value],
            style,
            f"the point {equations(sample.view.point)}<br>f = {numeral(sample.value)}<br>"
            f"{sample.bending.kind}: second derivatives {_values(sample)}",
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
    height, (x, y) = sample.height, (pretty(name) for name in sample.view.shown)
    low, high = height.visible
    scale, bottom, top = style.heights(low, high)
    return go.Surface(
        name="surface",
        x=light(height.grid.axes[0]),
        y=light(height.grid.axes[1]),
        z=light(height.values),
        colorscale=scale,
        cmin=bottom,
        cmax=top,
        opacity=opacity,
        connectgaps=False,
        lighting=LIGHTING,
        contours={
            "x": {"highlight": False},
            "y": {"highlight": False},
            "z": {
                # Plotly draws stray lines where values are missing.
                "show": not np.isnan(height.values).any(),
                "highlight": False,
                "color": mix(style.ink, style.paper, 0.5),
                "width": 1,
                **level_steps((low, high), low, high),
            },
        },
        showscale=False,
        hovertemplate=f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>f = %{{z:.4~g}}<extra></extra>",
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
        go.Surface(
            name="plane",
            x=light(grid.axes[0]),
            y=light(grid.axes[1]),
            z=light(heights),
            colorscale=[(0, style.point), (1, style.point)],
            showscale=False,
            opacity=0.5,
            lighting={"ambient": 1, "diffuse": 0, "specular": 0},
            contours={k: {"highlight": False} for k in "xyz"},
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
    surface = go.Surface(
        name="quadratic",
        x=light(near.axes[0]),
        y=light(near.axes[1]),
        z=light(sample.quadratic),
        colorscale=[(0, style.point), (1, style.point)],
        showscale=False,
        opacity=0.6,
        lighting={**LIGHTING, "ambient": 0.6, "diffuse": 0.7},
        contours={k: {"highlight": False} for k in "xyz"},
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


def line_in_space(points: Any, colour: str, width: float, **more: Any) -> go.Scatter3d:
    """A line through points (3, k)."""
    x, y, z = light(points)
    line = {"color": colour, "width": width}
    return go.Scatter3d(x=x, y=y, z=z, mode="lines", line=line, **more)


def point_in_space(at: Any, style: Style, meaning: str) -> go.Scatter3d:
    """The chosen point."""
    x, y, z = at
    return go.Scatter3d(
        name="point",
        x=[x],
        y=[y],
        z=[z],
        mode="markers",
        marker={"size": 6, "color": style.point, "line": {"color": style.paper, "width": 2}},
        hovertemplate=f"{meaning}<extra></extra>",
    )


def surface_layout(title: str, sample: GradientSample | QuadraticSample, style: Style) -> go.Layout:
    """Space with the variables on the floor at one scale, and f upwards."""
    view, (low, high) = sample.view, sample.height.visible
    margin = 0.04 * (high - low) or 1.0
    axes = [space_axis(pretty(name), style, range=list(view.ranges[name])) for name in view.shown]
    return frame(
        title,
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            "xaxis": axes[0],
            "yaxis": axes[1],
            "zaxis": space_axis("f", style, range=[low - margin, high + margin]),
            "aspectmode": "manual",
            "aspectratio": _floor(view),
            "camera": facing(_shown_slope(sample), view.spans),
            "dragmode": "turntable",
        },
    )


def _shown_slope(sample: GradientSample | QuadraticSample) -> Any:
    return sample.slope if isinstance(sample, GradientSample) else sample.gradient


def _floor(view: View) -> dict[str, float]:
    spans = view.spans / view.spans.max()
    x, y = spans if spans.min() * WIDEST >= 1 else (1.0, 1.0)
    return {"x": float(x), "y": float(y), "z": 0.7}
