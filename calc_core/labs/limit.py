"""The partial derivative as the limit of a difference quotient, with numbers that one can watch.

    ∂f/∂x_j (a) = lim_{h→0} [f(…, a_j + h, …) − f(…, a_j, …)] / h,

the derivative of the function of one variable t ↦ f(…, t, …) in which the others are held still
(Spivak, *Calculus on Manifolds*, chapter 2).  A vector function is differentiated component by
component.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from calc_core.calculus import partial
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.figures import Style, pretty
from calc_core.figures.arrays import spans_of
from calc_core.figures.limit import slice_with_secants, sliced_surface, surface_paint
from calc_core.figures.space_frame import aspect, graph_shape
from calc_core.geometry import View
from calc_core.geometry.sampling import Height, sample_height
from calc_core.geometry.view import Range
from calc_core.graph import Node, array
from calc_core.labs.scene import Control, Scene, problem_of, program, rounded_step

MOST_COMPONENTS = 8
# How long h is at first, as a part of the range; and the longest, to the next power of ten below.
FIRST = 0.2
# A variable that is on no axis of the page has no range there.
USUAL_RANGE = (-2.0, 2.0)
# The slider goes from the longest h to this part of it.
SHORTEST = 1e-6


def limit(f: Expression, view: View, style: Style, *, compact: bool = False) -> Scene:
    """Secants that turn into the tangent as h goes to 0, on the surface and in its slice.

    ``compact``  the slice alone.
    """
    check(f)
    figures = {"slice": slice_with_secants(style)}
    if len(view.names) > 1 and not compact:
        figures = {"surface": sliced_surface(style), **figures}
    charts, notes = chart_table(f, view, style)
    return Scene(
        model="limit",
        label="The difference quotient of a step that can be dragged",
        figures=figures,
        problem=partial_problem(f, view, charts),
        program=program(f, view, f=values_of(f), slopes=derivatives(f, 1)),
        controls=(
            *asking_controls(f, view),
            step_control(view, SHORTEST),
            Control("toggle", "left", "from the left: h < 0"),
            Control("play", "play", "Let h go to 0", seconds=8.0),
        ),
        state={**asking_state(f, view), "left": False},
        notes=notes,
    )


# ── the function ──────────────────────────────────────────────────────────────────────────────────


def check(f: Expression) -> None:
    """Raise InputError if f is no function of some variable with components that can be shown."""
    if not f.variables:
        raise InputError("There is no variable that could move.", hint="Write one, such as x.")
    if len(f.shape) > 1:
        raise InputError(
            "This is about functions and vector functions, and here is a matrix.",
            hint="List the components in one row, such as (x y, x + y).",
        )
    if len(f.components) > MOST_COMPONENTS:
        raise InputError(f"This is about vector functions of up to {MOST_COMPONENTS} components.")


def values_of(f: Expression) -> Node:
    """The components, (m,)."""
    return array((len(f.components),), f.components)


def derivatives(f: Expression, order: int) -> Node:
    """∂ᵏfᵢ/∂x_jᵏ of this order k, (m, n): along each variable in turn, of each component.

    Each is taken for itself, so that none is missing where only another does not exist.
    """
    parts = [replace(f, node=node) for node in f.components]
    found = [partial(part, *[name] * order).guarded for part in parts for name in f.variables]
    return array((len(parts), len(f.variables)), found)


# ── what is drawn of it ───────────────────────────────────────────────────────────────────────────


def partial_problem(f: Expression, view: View, charts: dict[str, Any]) -> dict[str, Any]:
    """What the models of this lesson know besides the usual."""
    return problem_of(
        f, view, components=len(f.components), longest=longest_step(view), charts=charts
    )


def chart_table(
    f: Expression, view: View, style: Style
) -> tuple[dict[str, list[dict[str, Any]]], tuple[str, ...]]:
    """Axes, heights and colours, for each variable and then each component; and what is amiss.

    A chart is over the variable that moves and one other, which are those that the reader looks at
    where that is possible.
    """
    floors = {name: _floor(view, name) for name in view.names}
    heights = {
        floor: [sample_height(node, _over(view, floor), pretty) for node in f.components]
        for floor in set(floors.values())
    }
    charts = {
        name: [_chart(view, floor, height, style) for height in heights[floor]]
        for name, floor in floors.items()
    }
    return charts, _notes(f, heights[floors[view.names[0]]])


def _floor(view: View, name: str) -> tuple[str, ...]:
    """The variables along the axes when this one moves."""
    shown = view.shown[:2]
    if len(view.names) == 1 or (len(shown) == 2 and name in shown):
        return shown
    others = [other for other in (*shown, *view.names) if other != name]
    return name, others[0]


def _over(view: View, floor: tuple[str, ...]) -> View:
    ranges = {name: _range(view, name) for name in floor}
    return replace(view, shown=floor, ranges=ranges)


def _range(view: View, name: str) -> Range:
    low, high = USUAL_RANGE
    at = view.point[name]
    return view.ranges.get(name, (min(low, at - 1.0), max(high, at + 1.0)))


def _chart(view: View, floor: tuple[str, ...], height: Height, style: Style) -> dict[str, Any]:
    ranges = [_range(view, name) for name in floor]
    chart: dict[str, Any] = {
        "axes": [view.names.index(name) for name in floor],
        "ranges": [list(ends) for ends in ranges],
        "visible": list(height.visible),
    }
    if len(floor) == 2:
        shape = graph_shape(spans_of(ranges))
        chart |= {"paint": surface_paint(height, style), "aspect": aspect(shape)}
    return chart


def _notes(f: Expression, heights: list[Height]) -> tuple[str, ...]:
    if f.is_scalar:
        return heights[0].notes
    names = [pretty(f"{f.letter}_{k}") for k in range(1, len(heights) + 1)]
    pairs = zip(names, heights, strict=True)
    return tuple(f"{name}: {note}" for name, height in pairs for note in height.notes)


# ── what is set ───────────────────────────────────────────────────────────────────────────────────


def longest_step(view: View) -> float:
    """The power of ten next below the length of the first range.

    >>> longest_step(View(("x",), {"x": 0.0}, {"x": (-2.0, 2.0)}))
    1.0
    """
    low, high = view.ranges[view.shown[0]]
    return float(f"1e{int(f'{high - low:e}'.partition('e')[2])}")


def asking_controls(f: Expression, view: View) -> tuple[Control, ...]:
    """By which variable, and of which component, where there is more than one."""
    by = tuple((name, pretty(name)) for name in view.names)
    parts = tuple((str(k), pretty(f"{f.letter}_{k}")) for k in range(1, len(f.components) + 1))
    return (
        *([Control("choice", "wrt", "the variable that moves", options=by)] if len(by) > 1 else []),
        *([Control("choice", "part", "component", options=parts)] if len(parts) > 1 else []),
    )


def step_control(view: View, shortest: float) -> Control:
    """The length of h, from a part of the longest up to that."""
    longest = longest_step(view)
    return Control("slider", "h", "length of h", low=shortest * longest, high=longest, log=True)


def asking_state(f: Expression, view: View) -> dict[str, Any]:
    """How the experiments of this lesson open."""
    low, high = view.ranges[view.shown[0]]
    return {
        **({"wrt": view.names[0]} if len(view.names) > 1 else {}),
        **({"part": "1"} if len(f.components) > 1 else {}),
        "h": rounded_step(FIRST * (high - low)),
    }
