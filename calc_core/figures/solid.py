"""Figures of how a map changes volume, or area: a piece of the domain, its image, their ratio."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import padded
from calc_core.figures.level_surface import FRONT, box_layout
from calc_core.figures.map_parts import space_layout
from calc_core.figures.moving import (
    moving_line,
    moving_lines_in_space,
    moving_mesh,
    moving_points,
)
from calc_core.figures.patch_map import area_layout, area_surface, net
from calc_core.figures.space_parts import LIFT, box_edges, line_in_space, point_in_space
from calc_core.figures.style import Style, flat_axis, frame, mix
from calc_core.geometry.box_image import BoxImage, without_far
from calc_core.geometry.mapping import PatchSample
from calc_core.geometry.sampling import Range

# On a log scale.
TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)


def block(sample: BoxImage, style: Style) -> go.Figure:
    """The box of the ranges, and in it a small one around the point."""
    box = sample.box
    whole = box_edges([box.ranges[name] for name in box.names])
    traces = [
        line_in_space(whole, mix(style.ink, style.paper, 0.4), 2, hoverinfo="skip"),
        moving_mesh("piece", style.point, opacity=0.35, hoverinfo="skip"),
        *_edges(style),
        point_in_space([np.nan] * 3, style, "the point"),
    ]
    return go.Figure(traces, box_layout("A box around the point", box, style))


def _edges(style: Style) -> list[go.Scatter3d]:
    """For each variable, in its colour, the edges along it."""
    return [
        moving_lines_in_space(f"edge{k}", colour, 6)
        for k, colour in enumerate((style.first, style.second, style.ink))
    ]


def solid_with_piece(sample: BoxImage, style: Style, letter: str) -> go.Figure:
    """The image of the ranges as a net, the true image of the small box, and the linear one."""
    traces = [
        *(net(face, style, 0.0) for face in sample.faces),
        moving_mesh("image", style.point, opacity=0.35, hoverinfo="skip"),
        moving_lines_in_space("creases", style.point, 3),
        *_edges(style),
        point_in_space([np.nan] * 3, style, "where the point goes"),
    ]
    ranges = [padded(np.array(ends)) for ends in sample.window]
    title = "Its image, and what J makes of it"
    layout = space_layout(title, ranges, style, letter, camera=FRONT)
    return go.Figure(traces, layout)


def sheet_with_piece(
    sample: PatchSample, window: tuple[Range, ...], style: Style, letter: str
) -> go.Figure:
    """A surface in the colours of its area factor, the image of a cell, and its tangent piece."""
    values = without_far(sample.values, window)
    traces = [
        area_surface(sample, values, "surface"),
        net(values, style, LIFT / 4, name="net"),
        moving_mesh("around", style.muted, opacity=0.3, hoverinfo="skip"),
        moving_mesh("image", style.point, hoverinfo="skip"),
        moving_lines_in_space("creases", mix(style.ink, style.point, 0.5), 3),
        moving_mesh("plane", mix(style.ink, style.paper, 0.5), opacity=0.45, hoverinfo="skip"),
        *_edges(style)[:2],
        moving_mesh("head0", style.first, hoverinfo="skip"),
        moving_mesh("head1", style.second, hoverinfo="skip"),
        point_in_space([np.nan] * 3, style, "where the point goes"),
    ]
    ranges = [padded(np.array(ends)) for ends in window]
    title = "The surface, and the cell's tangent piece"
    return go.Figure(traces, area_layout(title, ranges, sample, style, letter))


def shrinking(style: Style, smallest: float, largest: float, factor: str, what: str) -> go.Figure:
    """The measured ratio by the size of the piece, on a log scale, and what it tends to."""
    ends = [float(np.log10(end)) for end in (smallest / 1.2, largest * 1.2)]
    ticks = [tick for tick in TICKS if smallest <= tick <= largest]
    traces = [
        moving_line(
            "limit",
            style.ink,
            2,
            line={"dash": "dash"},
            hovertemplate=f"{factor} = %{{y:.5~g}}<extra></extra>",
        ),
        moving_line(
            "ratio",
            style.second,
            3.5,
            line={"shape": "spline"},
            hovertemplate="%{y:.5~g}<extra></extra>",
        ),
        moving_points("here", style.point, style, hovertemplate="%{y:.5~g}<extra></extra>"),
    ]
    layout = frame(
        f"{what} of the image over {what.lower()} of the piece",
        style,
        xaxis=flat_axis(
            "edge, as a part of the range", style, type="log", range=ends, tickvals=ticks
        ),
        yaxis=flat_axis("", style, range=[0, 1]),
    )
    layout.height = 360
    return go.Figure(traces, layout)
