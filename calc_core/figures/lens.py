"""A small cell and its image under a lens, and how their sizes compare as the cell shrinks."""

from __future__ import annotations

import plotly.graph_objects as go

from calc_core.figures.moving import moving_line, moving_points, moving_text
from calc_core.figures.style import Style, faded, flat_axis, frame

# The lens shows the linear image so that it just fits into −1 … 1.
LENS = 1.35


def lens(style: Style) -> go.Figure:
    """The cell's image and its linear image, magnified as the cell shrinks."""
    image = moving_line("image", style.point, 3, hoverinfo="text", text="the image of the cell")
    image.fill, image.fillcolor = "toself", faded(style.point, 0.25)
    unseen = {"range": [-LENS, LENS], "showticklabels": False, "ticks": "", "showgrid": False}
    traces = [
        image,
        moving_line("linear_edge", style.paper, 5),
        moving_line(
            "linear",
            style.ink,
            2.5,
            line={"dash": "dash"},
            hoverinfo="text",
            text="its image under J",
        ),
        moving_points("point", style.point, style, hoverinfo="skip"),
        moving_text("scale", style, textposition="top right"),
    ]
    layout = frame(
        "The image of the cell under a lens",
        style,
        xaxis=flat_axis("", style, **unseen, constrain="domain"),
        yaxis=flat_axis("", style, **unseen, scaleanchor="x", constrain="domain"),
    )
    return go.Figure(traces, layout)


def ratios(title: str, size: str, ratio: str, limit: str, style: Style) -> go.Figure:
    """Size of the image over size of the cell, against the cell's side, down to the limit.

    ``size``, ``ratio``  titles of the axes;  ``limit``  what the ratio tends to.
    """
    traces = [
        moving_line(
            "limit",
            style.ink,
            2.5,
            line={"dash": "dash"},
            hoverinfo=None,
            hovertemplate=f"{limit} = %{{y:.4~g}}<extra></extra>",
        ),
        moving_line(
            "ratio",
            style.second,
            3.5,
            hoverinfo=None,
            hovertemplate=f"{size}: %{{x:.3~g}}<br>ratio %{{y:.4~g}}<extra></extra>",
        ),
        moving_points(
            "now",
            style.point,
            style,
            hovertemplate=f"{size}: %{{x:.3~g}}<br>ratio %{{y:.4~g}}<extra></extra>",
        ),
    ]
    layout = frame(
        title,
        style,
        xaxis=flat_axis(size, style, type="log", dtick=1, minor={"dtick": "D1"}),
        yaxis=flat_axis(ratio, style, zeroline=True),
    )
    return go.Figure(traces, layout)
