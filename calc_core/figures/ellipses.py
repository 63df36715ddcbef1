"""The unit circle of directions, the ellipse that J makes of it, and where in the plane it does."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from calc_core.figures.arrays import light
from calc_core.figures.arrows import filled
from calc_core.figures.map_parts import coordinates
from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.naming import pretty
from calc_core.figures.plane import plane_of, point_marker
from calc_core.figures.style import Style, faded, flat_axis, frame
from calc_core.geometry import numeral
from calc_core.geometry.ellipses import EllipseField

CIRCLE = 1.4
QUARTERS = (0, 90, 180, 270, 360)


def ellipse_field(field: EllipseField, style: Style) -> go.Figure:
    """At each place of a grid, the ellipse that J there makes of the unit circle, all to one scale.

    Tissot's indicatrix, as maps of the Earth have it; dashed where the map turns the plane over.
    """
    view = field.view
    traces: list[Any] = [
        _ellipses(field, turned, style) for turned in (False, True) if field.chosen(turned).any()
    ]
    traces += [
        _hover_of_ellipses(field),
        moving_line("ellipse", style.point, 3),
        point_marker(view, style, "the point"),
    ]
    layout = plane_of(view, "The ellipse at each place, and the point", style)
    return go.Figure(traces, layout)


def _ellipses(field: EllipseField, turned: bool, style: Style) -> go.Scatter:
    shapes = field.outlines[field.chosen(turned)]
    colour = style.first if turned else style.second
    line = {"color": colour, "width": 1.5, "dash": "3px,2px" if turned else "solid"}
    return filled(shapes.swapaxes(1, 2), faded(colour, 0.22), line, hoverinfo="skip")


def _hover_of_ellipses(field: EllipseField) -> go.Scatter:
    text = [
        f"half axes {numeral(a, 3)} and {numeral(b, 3)}<br>det J = {numeral(det, 3)}"
        for (a, b), det in zip(field.axes, field.determinants, strict=True)
    ]
    return go.Scatter(
        x=light(field.centres[:, 0]),
        y=light(field.centres[:, 1]),
        mode="markers",
        marker={"size": 14, "opacity": 0},
        text=text,
        hovertemplate="%{text}<extra></extra>",
    )


def direction_circle(names: tuple[str, ...], style: Style) -> go.Figure:
    """The unit circle of steps from the point, with the singular vectors v₁ and v₂ in it."""
    x, y = (f"step in {pretty(name)}" for name in names)
    traces = [
        moving_line("circle", style.muted, 2),
        *_axes_of(style, ("v₁", "v₂")),
        moving_line("direction", style.point, 0.5, fill="toself", fillcolor=style.point),
        moving_text("labels", style, textposition="top center"),
    ]
    layout = _around_the_circle("Steps of length 1 from the point", x, y, style)
    return go.Figure(traces, layout)


def image_ellipse(letter: str, style: Style) -> go.Figure:
    """The ellipse of all J v with |v| = 1: its half axes are σ₁ u₁ and σ₂ u₂."""
    x, y = (f"change of {name}" for name in coordinates(letter, 2))
    ellipse = moving_line("ellipse", style.point, 2.5)
    ellipse.fill, ellipse.fillcolor = "toself", faded(style.point, 0.12)
    traces = [
        moving_line(
            "circle", style.muted, 1.5, line={"dash": "dot"},
            hoverinfo="text", text="the unit circle, to compare",
        ),
        ellipse,
        *_axes_of(style, ("σ₁ u₁", "σ₂ u₂")),
        moving_line("direction", style.point, 0.5, fill="toself", fillcolor=style.point),
        moving_text("labels", style, textposition="top center"),
    ]  # fmt: skip
    layout = _around_the_circle("What J makes of them", x, y, style)
    return go.Figure(traces, layout)


def _around_the_circle(title: str, x: str, y: str, style: Style) -> go.Layout:
    """The plane around the unit circle, with these names at its axes."""
    span = {"range": [-CIRCLE, CIRCLE], "zeroline": True, "constrain": "domain"}
    return frame(
        title,
        style,
        xaxis=flat_axis(x, style, **span),
        yaxis=flat_axis(y, style, **span, scaleanchor="x"),
    )


def _axes_of(style: Style, names: tuple[str, str]) -> list[go.Scatter]:
    """Two arrows in the colours of the first and the second axis."""
    return [
        moving_line(name, colour, 0.5, fill="toself", fillcolor=colour, hoverinfo="text", text=text)
        for name, colour, text in zip(
            ("first", "second"), (style.first, style.second), names, strict=True
        )
    ]


def stretch_curve(style: Style) -> go.Figure:
    """|J v| against the direction of v: between σ₂ and σ₁."""
    dashed = {"dash": "dash"}
    traces = [
        moving_line("most", style.first, 2, line=dashed),
        moving_line("least", style.second, 2, line=dashed),
        moving_line(
            "stretch",
            style.ink,
            3,
            hoverinfo=None,
            hovertemplate="%{x:.0f}°: |J v| = %{y:.4~g}<extra></extra>",
        ),
        moving_text("labels", style, textposition="top left"),
        moving_points(
            "now",
            style.point,
            style,
            hovertemplate="%{x:.4~g}°: |J v| = %{y:.4~g}<extra></extra>",
        ),
    ]
    degrees = {"range": [0, 360], "tickvals": QUARTERS, "ticktext": [f"{q}°" for q in QUARTERS]}
    layout = frame(
        "By how much J stretches each direction",
        style,
        xaxis=flat_axis("direction of v", style, **degrees),
        yaxis=flat_axis("|J v|", style, range=[0, 1]),
    )
    return go.Figure(traces, layout)
