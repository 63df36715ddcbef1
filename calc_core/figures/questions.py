"""The figures of exercises: small panels side by side, with arrows and points that have names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calc_core.figures.arrays import joined, light, wider
from calc_core.figures.arrows import arrow_trace, outlines
from calc_core.figures.moving import moving_points
from calc_core.figures.naming import pretty
from calc_core.figures.plane import equal_axes, hover_over, level_map, level_steps, visual_unit
from calc_core.figures.space import facing
from calc_core.figures.space_frame import CAMERA, graph_axes, graph_shape, space_frame
from calc_core.figures.space_parts import LIFT, graph_surface, level_lines, point_in_space
from calc_core.figures.style import WITH_BAR, Style, flat_axis, frame
from calc_core.geometry.questions import (
    Array,
    Arrow,
    FigureQuestion,
    Lines,
    Mark,
    Panel,
    Role,
    view_of,
)
from calc_core.geometry.sampling import Height

# The share of the width that parts two panels, without and with letters between them, and that of
# the height.
GAP, WIDE_GAP, LEAD = 0.12, 0.2, 0.14
# The height of two rows of panels, and of two panels in one row, in heights of a figure.
TWO_ROWS, TWO_PANELS = 1.5, 0.85
# A field's longest arrow in widths of its cell; longer ones stand out less than they should.
LONGEST, EVENED = 0.86, 0.5
# The shaft of a named arrow, in spans; a small panel needs a thicker one.
SHAFT, THICK_SHAFT = 0.011, 0.022
# Places that can be clicked on, along each side.
CLICKS = 41


def question_figure(question: FigureQuestion, style: Style) -> go.Figure:
    """The picture that a question is about."""
    first = question.panels[0]
    if first.is_surface and first.heights is not None:
        return _surface(question.title, first, first.heights, style)
    traces = [
        trace.update(xaxis=f"x{k or ''}", yaxis=f"y{k or ''}")
        for k, panel in _numbered(question.panels)
        for trace in _traces(panel, style, question.can_click and not k)
    ]
    return go.Figure(traces, _layout(question, style))


def _numbered(panels: Sequence[Panel]) -> Iterator[tuple[int, Panel]]:
    """The panels with the numbers of their axes: the first has none, then come 2 and 3."""
    return ((k + 1 if k else 0, panel) for k, panel in enumerate(panels))


# ── the plane ─────────────────────────────────────────────────────────────────────────────────────


def _layout(question: FigureQuestion, style: Style) -> go.Layout:
    panels = question.panels
    columns = min(len(panels), 2)
    rows = -(-len(panels) // columns)
    gap = GAP if len({panel.letters for panel in panels}) == 1 else WIDE_GAP
    axes: dict[str, Any] = {}
    names = []
    for place, (k, panel) in enumerate(_numbered(panels)):
        row, column = divmod(place, columns)
        across, up = _cell(column, columns, gap), _cell(rows - 1 - row, rows, LEAD)
        # Beside its like a panel need not say again what goes upwards.
        is_like = column > 0 and panel.letters == panels[place - 1].letters
        axes |= _axes(panel, str(k or ""), across, up, is_like, style)
        names.append(_panel_name(panel, str(k or ""), style))
    margin = WITH_BAR if panels[0].heights is not None else {"l": 8, "r": 8, "t": 46, "b": 8}
    part = TWO_ROWS if rows > 1 else TWO_PANELS if columns > 1 else 1.0
    shown = [name for name in names if name["text"]]
    return frame(
        question.title,
        style,
        annotations=shown,
        margin=margin,
        height=round(style.height * part),
        **axes,
    )


def _cell(place: int, count: int, gap: float) -> tuple[float, float]:
    size = (1 - gap * (count - 1)) / count
    return place * (size + gap), min(1.0, place * (size + gap) + size)


def _axes(
    panel: Panel,
    number: str,
    across: tuple[float, float],
    up: tuple[float, float],
    is_like: bool,
    style: Style,
) -> dict[str, Any]:
    x, y = (pretty(letter) for letter in panel.letters)
    scale = equal_axes([high - low for low, high in panel.ranges])
    if scale:
        scale |= {"scaleanchor": f"x{number}", "constraintoward": "top"}
    few = _ticks(panel, across != (0.0, 1.0), style)
    first_range, second_range = (list(ends) for ends in panel.ranges)
    first = {"range": first_range, "domain": across, "anchor": f"y{number}", "constrain": "domain"}
    second = {"range": second_range, "domain": up, "anchor": f"x{number}", **scale}
    return {
        f"xaxis{number}": flat_axis(x, style, **first, **few),
        f"yaxis{number}": flat_axis("" if is_like else y, style, **second, **few),
    }


def _ticks(panel: Panel, is_small: bool, style: Style) -> dict[str, Any]:
    if panel.has_unit_grid:
        return {"dtick": 2, "minor": {"dtick": 1, "showgrid": True, "gridcolor": style.faint}}
    return {"zeroline": False, **({"nticks": 5} if is_small else {})}


def _panel_name(panel: Panel, number: str, style: Style) -> dict[str, Any]:
    return {
        "text": f"<b>{panel.name}</b>" if panel.name else "",
        "x": 0,
        "y": 1,
        "xref": f"x{number} domain",
        "yref": f"y{number} domain",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": style.size + 1, "color": style.ink},
    }


def _traces(panel: Panel, style: Style, can_click: bool) -> Iterator[Any]:
    span = _span(panel)
    if panel.heights is not None:
        yield level_map(panel.heights, style, 0.5)
    for lines in panel.lines:
        yield _lines(lines, style)
    if panel.field is not None:
        yield _field(*panel.field, panel, style)
    for arrow in panel.arrows:
        yield _arrow(arrow, panel, style)
    if panel.marks:
        yield _marks(panel.marks, style)
    if panel.arrows:
        yield _names(panel.arrows, span, style)
    if can_click:
        yield _clickable(panel, style)


def _span(panel: Panel) -> float:
    spans = np.array([high - low for low, high in panel.ranges])
    return float(np.min(spans / visual_unit(spans)))


def _clickable(panel: Panel, style: Style) -> go.Scatter:
    """Points that are not seen before one is clicked on: level curves cannot be selected."""
    (x0, x1), (y0, y1) = panel.ranges
    x, y = np.meshgrid(np.linspace(x0, x1, CLICKS), np.linspace(y0, y1, CLICKS))
    shown = {"opacity": 1, "size": 14, "color": style.point}
    return go.Scatter(
        name="ground",
        x=light(x.ravel()),
        y=light(y.ravel()),
        mode="markers",
        marker={"opacity": 0, "size": 8, "color": style.point},
        selected={"marker": shown},
        unselected={"marker": {"opacity": 0}},
        hovertemplate=hover_over(panel.letters, ""),
    )


def _lines(lines: Lines, style: Style) -> go.Scatter:
    x, y = joined(lines.points)
    # Where lines of two families lie on each other, both are to be seen.
    line = {"color": _colour(lines.role, style), "width": 3.5 if lines.role == "first" else 1.5}
    return go.Scatter(x=x, y=y, mode="lines", line=line, connectgaps=False, hoverinfo="skip")


def _colour(role: Role, style: Style) -> str:
    return {"ink": style.ink, "point": style.point, "first": style.first, "second": style.second}[
        role
    ]


def _field(at: Array, vectors: Array, panel: Panel, style: Style) -> go.Scatter:
    cell = _span(panel) / np.sqrt(len(at))
    size = np.hypot(*vectors.T)
    drawn = np.isfinite(size) & (size > 1e-9 * np.nanmax(size))
    at, vectors, size = at[drawn], vectors[drawn], size[drawn]
    length = LONGEST * cell * (size / size.max()) ** EVENED
    arrows = vectors / size[:, None] * length[:, None]
    spans = [high - low for low, high in panel.ranges]
    shapes = outlines(at - arrows / 2, arrows, visual_unit(spans), 0.09 * cell)
    return arrow_trace(shapes, style.ink)


def _arrow(arrow: Arrow, panel: Panel, style: Style) -> go.Scatter:
    spans = [high - low for low, high in panel.ranges]
    thickness = (THICK_SHAFT if panel.name else SHAFT) * _span(panel)
    shape = outlines(arrow.tail, arrow.vector, visual_unit(spans), thickness)
    # A halo is needed on colours only, and would eat up a small arrow.
    halo = style.paper if panel.heights is not None else ""
    return arrow_trace(shape, _colour(arrow.role, style), halo, name=arrow.name)


def _names(arrows: Sequence[Arrow], span: float, style: Style) -> go.Scatter:
    """The names of arrows, a little beyond their tips."""
    places = []
    for arrow in arrows:
        tip = np.add(arrow.tail, arrow.vector)
        places.append(tip + 0.045 * span * np.asarray(arrow.vector) / np.hypot(*arrow.vector))
    x, y = np.array(places).T
    return _labels(x, y, [arrow.name for arrow in arrows], style, "middle center")


def _labels(x: Any, y: Any, names: Sequence[str], style: Style, place: str) -> go.Scatter:
    return go.Scatter(
        x=light(x),
        y=light(y),
        mode="text",
        text=[f"<b>{name}</b>" for name in names],
        textposition=place,
        textfont={"size": style.size + 2, "color": style.ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _marks(marks: Sequence[Mark], style: Style) -> go.Scatter:
    x, y = np.array([mark.at for mark in marks]).T
    return moving_points(
        "marks",
        style.point,
        style,
        11,
        x=light(x),
        y=light(y),
        mode="markers+text",
        text=[f"<b>{mark.name}</b>" for mark in marks],
        textposition="top right",
        textfont={"size": style.size + 2, "color": style.ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


# ── space ─────────────────────────────────────────────────────────────────────────────────────────


def _surface(title: str, panel: Panel, height: Height, style: Style) -> go.Figure:
    """The graph of f with the marked point on it."""
    low, high = height.visible
    view = view_of(panel.letters, panel.ranges)
    traces = [_graph(height, panel, style)]
    traces += [
        point_in_space(_lifted(mark, height), style, "the marked point") for mark in panel.marks
    ]
    layout = space_frame(
        title,
        style,
        graph_axes(view, wider(low, high, 2 * LIFT), style),
        graph_shape(view.spans),
        _camera(panel, height),
    )
    return go.Figure(traces, layout)


def _camera(panel: Panel, height: Height) -> Any:
    """From where the marked point is not hidden by the surface."""
    if not panel.marks:
        return CAMERA
    x, y = height.grid.axes
    i, j = _nearest(panel.marks[0], height)
    across = np.gradient(height.values[i], x)[j]
    upwards = np.gradient(height.values[:, j], y)[i]
    return facing((across, upwards), np.array([x[-1] - x[0], y[-1] - y[0]]))


def _graph(height: Height, panel: Panel, style: Style) -> go.Surface:
    low, high = height.visible
    scale, bottom, top = style.heights(low, high)
    x, y = height.grid.axes
    return graph_surface(
        x,
        y,
        height.values,
        0.9,
        colorscale=scale,
        cmin=bottom,
        cmax=top,
        contours=level_lines(style, show=True, **level_steps((low, high), low, high)),
        hovertemplate=hover_over(panel.letters, "f = %{z:.4~g}"),
    )


def _lifted(mark: Mark, height: Height) -> tuple[float, float, float]:
    """The point above a mark, a little over the surface, which would hide half of it."""
    low, high = height.visible
    return *mark.at, float(height.values[_nearest(mark, height)]) + LIFT * (high - low)


def _nearest(mark: Mark, height: Height) -> tuple[int, int]:
    """The place of the grid that is nearest to a mark."""
    x, y = height.grid.axes
    return int(np.abs(y - mark.at[1]).argmin()), int(np.abs(x - mark.at[0]).argmin())
