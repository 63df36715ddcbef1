"""Figures of a function of three variables: a level surface in space, and a flat section."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrows import arrow_trace
from calc_core.figures.moving import moving_line, moving_points
from calc_core.figures.naming import pretty
from calc_core.figures.plane import (
    WIDEST,
    equal_axes,
    level_map,
)
from calc_core.figures.space import LIGHTING, line_in_space, point_in_space
from calc_core.figures.style import Style, flat_axis, frame, mix, space_axis
from calc_core.geometry.domain import Gaps
from calc_core.geometry.level_surface import LevelSample
from calc_core.geometry.sampling import SURFACE_POINTS, Height
from calc_core.geometry.view import View

NOTHING = np.empty((3, 0))
PLAIN = {"ambient": 1.0, "diffuse": 0.0, "specular": 0.0}
# The first axis comes towards the eye and the second runs to the right, as in most textbooks; far
# enough away for all of a cube to be seen, and not along the gradient at the usual point.
FRONT = {
    "eye": {"x": 1.7, "y": -1.25, "z": 0.8},
    "center": {"x": 0, "y": 0, "z": -0.15},
}
# More than on surfaces with colours that mean something: here the form is all there is to see.
SHADED = {**LIGHTING, "ambient": 0.62, "diffuse": 0.75, "specular": 0.12}


def level_surface(sample: LevelSample, style: Style, letter: str) -> go.Figure:
    """A level surface with its tangent plane, its gradient and cones; all of it moves."""
    box = sample.box
    x, y, z = (pretty(name) for name in box.names)
    place = f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>{z} = %{{z:.3~g}}<extra></extra>"
    traces = [
        moving_mesh("surface", style.second, opacity=0.65, hovertemplate=place),
        moving_mesh("cones", style.first, hovertemplate="%{text}<extra></extra>"),
        moving_mesh("plane", style.point, opacity=0.55, hoverinfo="skip", lighting=PLAIN),
        _line("rim", style.point, 4),
        _line("sheet", style.muted, 3),
        _line("section", style.ink, 6),
        _line("corner", style.ink, 5),
        _line("shaft", style.point, 10),
        moving_mesh("head", style.point, hoverinfo="skip"),
        point_in_space([np.nan] * 3, style, "the point"),
    ]
    title = f"A level surface of {letter}, and ∇{letter} across it"
    return go.Figure(traces, box_layout(title, box, style))


def moving_mesh(name: str, colour: str, **more: Any) -> go.Mesh3d:
    """Triangles that the live figure fills in."""
    settings: dict[str, Any] = {"lighting": SHADED, "flatshading": False, **more}
    return go.Mesh3d(name=name, x=[], y=[], z=[], i=[], j=[], k=[], color=colour, **settings)


def _line(name: str, colour: str, width: float) -> go.Scatter3d:
    return line_in_space(NOTHING, colour, width, name=name, hoverinfo="skip", connectgaps=False)


def box_layout(title: str, box: View, style: Style) -> go.Layout:
    """Space with the three variables along its axes, at one scale where the ranges allow it."""
    axes = [space_axis(pretty(name), style, range=list(box.ranges[name])) for name in box.names]
    spans = box.spans if box.spans.max() <= WIDEST * box.spans.min() else np.ones(3)
    spans = spans / spans.max()
    spans *= min(1.8 / float(np.linalg.norm(spans)), 1.2)
    return frame(
        title,
        style,
        margin={"l": 0, "r": 0, "t": 46, "b": 0},
        scene={
            **dict(zip(("xaxis", "yaxis", "zaxis"), axes, strict=True)),
            "aspectmode": "manual",
            "aspectratio": dict(zip("xyz", map(float, spans), strict=True)),
            "camera": FRONT,
            "dragmode": "turntable",
        },
    )


def level_section(sample: LevelSample, view: View, style: Style, letter: str) -> go.Figure:
    """Level curves in the plane on which the third variable is held; they move with that plane."""
    x, y = (pretty(name) for name in view.shown)
    (held,) = view.held
    here = Height(view.grid(SURFACE_POINTS), NOTHING, sample.visible, Gaps(0.0, {}, ""), ())
    levels = level_map(here, style)
    levels.colorbar.update(tickprefix=f"{letter} = ", y=-0.2)
    traces = [
        levels,
        moving_line("level", mix(style.ink, style.paper, 0.9), 3),
        arrow_trace(np.empty((0, 8, 2)), style.point, style.paper, f"∇{letter}", "gradient"),
        moving_points("point", style.point, style),
    ]
    ranges = [list(view.ranges[name]) for name in view.shown]
    layout = frame(
        f"A section: level curves of {letter} for {pretty(held)} held still",
        style,
        xaxis=flat_axis(x, style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis(y, style, range=ranges[1], zeroline=False, **equal_axes(view.spans)),
    )
    return go.Figure(traces, layout)
