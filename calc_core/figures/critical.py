"""Figures of the critical points of a function: marked by their kind, in shape and in colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import wider
from calc_core.figures.curve import curve_with_tangent
from calc_core.figures.marks import Spot, by_kind, marks, marks_in_space, ring, ring_in_space
from calc_core.figures.moving import moving_line, moving_line_in_space
from calc_core.figures.naming import pretty
from calc_core.figures.plane import level_map, map_layout
from calc_core.figures.space import height_surface, surface_layout
from calc_core.figures.space_frame import space_frame
from calc_core.figures.space_parts import LIFT, box_edges, line_in_space
from calc_core.figures.style import Style, legend_above, space_axis
from calc_core.figures.undecided import undecided
from calc_core.geometry.sampling import GradientSample
from calc_core.geometry.view import View

# The surface lets marks behind it shine through.
SHEER = 0.65


def marked_levels(
    sample: GradientSample, style: Style, spots: Sequence[Spot], cover: Any
) -> go.Figure:
    """Level curves of f with all critical points, and the principal directions at the point.

    ``cover``  the undecided boxes, (N, 2, 2): lower and upper end on the two axes.
    """
    view = sample.view
    ends = np.array([view.ranges[name] for name in view.shown])
    traces: list[Any] = [
        level_map(sample.height, style, 0.5).update(showscale=False),
        undecided(cover, ends, style),
        moving_line("level", style.point, 2.5, showlegend=False),
        moving_line("first", style.first, 5, hoverinfo="all", showlegend=False),
        moving_line("second", style.second, 5, hoverinfo="all", showlegend=False),
    ]
    for kind, group in by_kind(spots):
        at = np.array([spot.at for spot in group])[:, view.shown_places]
        traces.append(marks(kind, at[:, 0], at[:, 1], ends, group, view, style))
    traces.append(ring(style))
    title = "Critical points among the level curves"
    return go.Figure(traces, map_layout(title, view, style, **legend_above(style, 90)))


def marked_curve(
    sample: GradientSample, style: Style, spots: Sequence[Spot], cover: Any
) -> go.Figure:
    """The graph of f of one variable, its critical points, and the tangent at the point."""
    figure = curve_with_tangent(sample, style)
    figure.update_traces(showlegend=False)
    (name,), visible = sample.view.shown, sample.height.visible
    # Of a function that is as good as constant the heights are a single number.
    room = 0.0 if visible[1] > visible[0] else 1.0
    visible = (visible[0] - room, visible[1] + room)
    ends = np.array([sample.view.ranges[name], visible])
    bands = np.stack([cover[:, 0], np.broadcast_to(visible, (len(cover), 2))], axis=1)
    figure.add_trace(undecided(bands, ends, style))
    for kind, group in by_kind(spots):
        x, y = [spot.at[0] for spot in group], [spot.value for spot in group]
        figure.add_trace(marks(kind, x, y, ends, group, sample.view, style))
    figure.update_layout(title_text="The graph of f and its critical points", **legend_above(style))
    return figure


def marked_surface(sample: GradientSample, style: Style, spots: Sequence[Spot]) -> go.Figure:
    """The surface z = f with its critical points, and f along the principal directions."""
    view = sample.view
    low, high = sample.height.visible
    lift = LIFT * (high - low)
    traces: list[Any] = [height_surface(sample, style, SHEER)]
    for kind, group in by_kind([spot for spot in spots if low <= spot.value <= high]):
        at = np.array([spot.at for spot in group])[:, view.shown_places]
        heights = np.array([spot.value for spot in group]) + lift
        traces.append(marks_in_space(kind, [*at.T, heights], group, view, style))
    traces += [
        moving_line_in_space("first", style.first, 9, hoverinfo=None),
        moving_line_in_space("second", style.second, 9, hoverinfo=None),
        ring_in_space(style),
    ]
    title = "The surface, level at its critical points"
    return go.Figure(traces, surface_layout(title, sample, style))


def marked_box(
    view: View, box: Any, style: Style, spots: Sequence[Spot], places: Sequence[Any]
) -> go.Figure:
    """The critical points of a function of three variables in the box that was searched.

    ``box``     its ends, (3, 2);  ``places``  the same for what is undecided in it.
    """
    traces: list[Any] = [
        line_in_space(box_edges(box), style.muted, 2, name="box", hoverinfo="skip"),
        *[line_in_space(box_edges(place), style.ink, 3, name="undecided") for place in places],
        moving_line_in_space("slice", style.muted, 4),
    ]
    for kind, group in by_kind(spots):
        at = np.array([spot.at for spot in group]).T
        traces.append(marks_in_space(kind, at, group, view, style))
    colours = zip(("first", "second", "third"), (style.first, style.second, style.ink), strict=True)
    traces += [moving_line_in_space(name, colour, 8, hoverinfo=None) for name, colour in colours]
    traces.append(ring_in_space(style))
    axes = [
        space_axis(pretty(name), style, range=wider(float(low), float(high), 0.04))
        for name, (low, high) in zip(view.names, box, strict=True)
    ]
    layout = space_frame("All of them in the box, and the slice", style, axes, shape=None)
    return go.Figure(traces, layout)
