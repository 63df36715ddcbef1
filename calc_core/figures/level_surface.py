"""Figures of a function of three variables: a level surface in space, and a flat section."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrows import arrow_trace
from calc_core.figures.moving import (
    moving_line,
    moving_lines_in_space,
    moving_mesh,
    moving_points,
)
from calc_core.figures.naming import pretty
from calc_core.figures.plane import WIDEST, level_map, plane_of
from calc_core.figures.space_frame import all_in_sight, space_frame, variable_axes
from calc_core.figures.space_parts import UNSHADED, point_in_space
from calc_core.figures.style import WITH_BAR, Style, mix
from calc_core.geometry.domain import Gaps
from calc_core.geometry.level_surface import LevelSample
from calc_core.geometry.sampling import SURFACE_POINTS, Height
from calc_core.geometry.view import View

# The first axis comes towards the eye and the second runs to the right, as in most textbooks; far
# enough away for all of a cube to be seen, and not along the gradient at the usual point.
FRONT = {
    "eye": {"x": 1.7, "y": -1.25, "z": 0.8},
    "center": {"x": 0, "y": 0, "z": -0.15},
}


def level_surface(sample: LevelSample, style: Style, letter: str) -> go.Figure:
    """A level surface with its tangent plane, its gradient and cones; all of it moves."""
    box = sample.box
    x, y, z = (pretty(name) for name in box.names)
    place = f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>{z} = %{{z:.3~g}}<extra></extra>"
    traces = [
        moving_mesh("surface", style.second, opacity=0.65, hovertemplate=place),
        moving_mesh("cones", style.first, hovertemplate="%{text}<extra></extra>"),
        moving_mesh("plane", style.point, opacity=0.55, hoverinfo="skip", lighting=UNSHADED),
        moving_lines_in_space("rim", style.point, 4),
        moving_lines_in_space("sheet", style.muted, 3),
        moving_lines_in_space("section", style.ink, 6),
        moving_lines_in_space("corner", style.ink, 5),
        moving_lines_in_space("shaft", style.point, 10),
        moving_mesh("head", style.point, hoverinfo="skip"),
        point_in_space([np.nan] * 3, style, "the point"),
    ]
    title = f"A level surface of {letter}, and ∇{letter} across it"
    return go.Figure(traces, box_layout(title, box, style))


def box_layout(title: str, box: View, style: Style) -> go.Layout:
    """Space with the three variables along its axes, at one scale where the ranges allow it."""
    spans = box.spans if box.spans.max() <= WIDEST * box.spans.min() else np.ones(3)
    sides = all_in_sight(spans / spans.max())
    return space_frame(title, style, variable_axes(box.names, box, style), sides, FRONT)


def level_section(sample: LevelSample, view: View, style: Style, letter: str) -> go.Figure:
    """Level curves in the plane on which the third variable is held; they move with that plane."""
    (held,) = view.held
    nothing = np.empty((3, 0))
    here = Height(view.grid(SURFACE_POINTS), nothing, sample.visible, Gaps(0.0, {}, ""), ())
    levels = level_map(here, style)
    levels.colorbar.tickprefix = f"{letter} = "
    traces = [
        levels,
        moving_line("level", mix(style.ink, style.paper, 0.9), 3),
        arrow_trace(np.empty((0, 8, 2)), style.point, style.paper, f"∇{letter}", "gradient"),
        moving_points("point", style.point, style),
    ]
    title = f"A section: level curves of {letter} for {pretty(held)} held still"
    layout = plane_of(view, title, style, margin=WITH_BAR)
    return go.Figure(traces, layout)
