"""The plane of two variables: its frame, the level curves of f on it, and the chosen point."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from calc_core.figures.arrays import light, spans_of
from calc_core.figures.moving import moving_points
from calc_core.figures.naming import equations, pretty
from calc_core.figures.style import WITH_BAR, Style, colour_bar, faded, flat_axis, frame
from calc_core.geometry import numeral
from calc_core.geometry.sampling import GradientSample, Height, QuadraticSample
from calc_core.geometry.view import View

# Axes of lengths further apart than this would make a strip of an equal-aspect figure.
WIDEST = 3.0
LEVELS = 14


def level_steps(visible: tuple[float, float], bottom: float, top: float) -> dict[str, float]:
    """Round levels from bottom to top, so close that LEVELS of them are in the visible range."""
    low, high = visible
    size = _round_step((high - low) / LEVELS) if high > low else 1.0
    return {"start": float(np.ceil(bottom / size) * size), "end": top, "size": size}


def _round_step(step: float) -> float:
    unit = 10.0 ** floor(log10(step))
    return next(factor * unit for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * unit >= step)


def equal_axes(spans: Any) -> dict[str, Any]:
    """Settings of the second axis that make angles true, where the ranges allow it."""
    if max(spans) > WIDEST * min(spans):
        return {}
    return {"scaleanchor": "x", "scaleratio": 1, "constrain": "domain"}


def visual_unit(spans: Any) -> NDArray[np.float64]:
    """Lengths on the two axes that look the same: equal ones where :func:`equal_axes` acts."""
    lengths = np.asarray(spans, dtype=np.float64)
    return np.ones(2) if equal_axes(lengths) else lengths


def slice_title(text: str, view: View) -> str:
    """The title, and which variables are held still."""
    return f"{text}, slice {equations(view.held)}" if view.held else text


def plane_frame(
    title: str, names: Sequence[str], ranges: list[list[float]], style: Style, **more: Any
) -> go.Layout:
    """A plane of two coordinates, at one scale where their ranges allow it."""
    x, y = names
    return frame(
        title,
        style,
        xaxis=flat_axis(x, style, range=ranges[0], zeroline=False, constrain="domain"),
        yaxis=flat_axis(y, style, range=ranges[1], zeroline=False, **equal_axes(spans_of(ranges))),
        **more,
    )


def plane_of(view: View, title: str, style: Style, **more: Any) -> go.Layout:
    """The plane of the two variables shown."""
    ranges = [list(view.ranges[name]) for name in view.shown]
    return plane_frame(title, [pretty(name) for name in view.shown], ranges, style, **more)


def map_layout(title: str, view: View, style: Style, **more: Any) -> go.Layout:
    """The plane of the two variables shown, with room for a colour bar."""
    return plane_of(view, slice_title(title, view), style, **{"margin": WITH_BAR, **more})


def marked_point(x: Any, y: Any, style: Style, meaning: str) -> go.Scatter:
    """The chosen point, or where it goes."""
    hover = f"{meaning}<extra></extra>"
    return moving_points("point", style.point, style, x=x, y=y, hovertemplate=hover)


def point_marker(view: View, style: Style, meaning: str) -> go.Scatter:
    """The chosen point in the plane."""
    x, y = view.shown_at
    return marked_point([x], [y], style, meaning)


def point_and_value(sample: GradientSample | QuadraticSample) -> str:
    """What the hover of the chosen point begins with."""
    return f"the point {equations(sample.view.point)}<br>f = {numeral(sample.value)}"


def hover_over(names: Sequence[str], said: str) -> str:
    """The hover of a trace over the plane of these variables: where it is, and what is there."""
    x, y = (pretty(name) for name in names)
    return f"{x} = %{{x:.3~g}}<br>{y} = %{{y:.3~g}}<br>{said}<extra></extra>"


def level_map(height: Height, style: Style, strength: float = 0.6) -> go.Contour:
    """Level curves of f, and between them the colours of its heights, so strong."""
    low, high = height.visible
    scale, bottom, top = style.heights(low, high, strength)
    # Plotly spreads the colours over the levels it is told of, and not from zmin to zmax.
    levels = level_steps((low, high), bottom, top)
    return go.Contour(
        name="levels",
        x=light(height.grid.axes[0]),
        y=light(height.grid.axes[1]),
        z=light(np.clip(height.values, low, high)),
        contours={"coloring": "fill", **levels},
        line={"color": faded(style.ink, 0.35), "width": 1},
        colorscale=scale,
        zmin=bottom,
        zmax=top,
        connectgaps=False,
        colorbar=colour_bar("f = ", style),
        hovertemplate=hover_over(height.grid.names, "f = %{z:.4~g}"),
    )
