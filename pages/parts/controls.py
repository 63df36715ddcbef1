"""The point, the ranges and the values of constants: what the reader sets for the figure.

Ranges and constants are widgets bound to the address of the page; the point is in the address, too,
and is set where it is seen, in the figure. A default must not depend on the function, since a value
equal to its default is left out of the address: it is a matter of the name alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from math import isfinite

import streamlit as st

from calc_core import Expression, InputError, lesson
from calc_core.figures import pretty
from calc_core.geometry import View
from pages.parts.address import asked, forget, put
from pages.parts.messages import show_problem

TURN = 6.2832
# More variables than this would be a wall of number fields, and a slice of two says little.
MOST_VARIABLES = 8
LARGEST = 1e6
# Pixels: four fields and a button stand side by side in half a page.
FIELD = 100
# Values for widgets that are not there yet: see set_widgets.
TO_BE_MADE = "to_be_made"
# The names under which experiments keep what is set in them.
STATES = "experiment_states"

USUAL_POINT = {
    "x": 1.0, "y": 0.5, "z": -0.5, "u": 1.0, "v": 0.5, "w": -0.5, "x_1": 1.0, "x_2": 0.5,
    "x_3": -0.5, "r": 1.5, "rho": 1.5, "theta": 0.8, "phi": 0.8, "s": 0.5, "t": 1.0,
}  # fmt: skip
USUAL_RANGE = {
    "r": (0.0, 2.0), "rho": (0.0, 2.0), "theta": (0.0, TURN), "phi": (0.0, TURN), "t": (0.0, TURN),
}  # fmt: skip


def usual_point(name: str) -> float:
    """Where a variable stands unless the reader says otherwise."""
    return USUAL_POINT.get(name, 1.0)


def usual_range(name: str) -> tuple[float, float]:
    """The range of a variable unless the reader says otherwise."""
    return USUAL_RANGE.get(name, (-2.0, 2.0))


def usual_state(expression: Expression) -> dict[str, float]:
    """The defaults of all the widgets that :func:`view_controls` shows for a function."""
    values = {f"is_{name}": 1.0 for name in expression.constants}
    for name in expression.variables:
        values[f"from_{name}"], values[f"to_{name}"] = usual_range(name)
    return values


def point_of(expression: Expression) -> dict[str, float] | None:
    """The point that the reader has set on the page; None if there are too many variables."""
    if len(expression.variables) > MOST_VARIABLES:
        return None
    return {name: _asked_number(f"at_{name}", usual_point(name)) for name in expression.variables}


def go_to(point: Mapping[str, float]) -> None:
    """Write a point into the address."""
    for name, value in point.items():
        put(f"at_{name}", f"{value:.6g}", f"{usual_point(name):.6g}")


def remember_states(names: Iterable[str]) -> None:
    """Note what experiments keep in the address."""
    st.session_state.setdefault(STATES, set()).update(names)


def forget_place() -> None:
    """Let the point, and what was set in experiments, be the usual ones."""
    forget("at_")
    for name in st.session_state.get(STATES, ()):
        st.query_params.pop(name, None)


def _asked_number(name: str, usual: float) -> float:
    try:
        value = float(asked(name, str(usual)))
    except ValueError:
        return usual
    return max(-LARGEST, min(LARGEST, value)) if isfinite(value) else usual


def direction_controls(expression: Expression) -> tuple[tuple[float, ...], bool]:
    """A direction, and whether only where it points counts."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_direction"):
        direction = tuple(
            _number(f"along {pretty(name)}", f"along_{name}", 1.0) for name in expression.variables
        )
        unit = st.checkbox("unit length", value=True, key="unit", bind="query-params")
    return direction, unit


def variable_choice(expression: Expression) -> str:
    """By which variable to differentiate."""
    names = {pretty(name): name for name in expression.variables}
    chosen = st.selectbox("by", list(names), key="by", bind="query-params", width=FIELD)
    return names.get(chosen, expression.variables[0])


def set_widgets(values: Mapping[str, float | str], usual: Mapping[str, float]) -> None:
    """Set widgets, and with them the address, in a callback; ``usual`` are their defaults.

    Streamlit writes into the address what is set in a widget that is there already. For one that
    is still to be made this is done by hand, just before it is made.
    """
    state = st.session_state
    state[TO_BE_MADE] = {
        key: value for key, value in values.items() if key not in state and value != usual.get(key)
    }
    state.update(values)


def _address_those_to_be_made() -> None:
    waiting = st.session_state.pop(TO_BE_MADE, {})
    if waiting:
        st.query_params.update({key: f"{value:g}" for key, value in waiting.items()})


def view_controls(kind: lesson.Lesson, expression: Expression) -> View | None:
    """The widgets, and what they say; None, with a sentence on the page, if that is no view."""
    names = expression.variables
    point = point_of(expression)
    if point is None:
        st.caption(f"There is a figure for up to {MOST_VARIABLES} variables.")
        return None
    is_solid = kind == "jacobian" and len(names) == len(expression.components) == 3
    _address_those_to_be_made()
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_constants"):
        constants = {
            name: _number(f"{pretty(name)} (constant)", f"is_{name}", 1.0)
            for name in expression.constants
        }
        shown = names if len(names) < 3 or is_solid else _axes(names)
    # A slice of a function of three variables is one of a box, which is looked at as a whole, too.
    ranges = _ranges(names if len(names) == 3 and expression.is_scalar else shown)
    if constants:
        values = ", ".join(f"{pretty(name)} = {value:g}" for name, value in constants.items())
        st.caption(f"Drawn for {values}; the derivation keeps the letters.")
    try:
        for name, (low, high) in ranges.items():
            _check_range(name, low, high)
        return View(names, point, ranges, constants, shown)
    except InputError as problem:
        show_problem(problem)
        return None


def usual_view(
    expression: Expression,
    point: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
) -> View:
    """A view without widgets, as the defaults have it but for what is given."""
    names = expression.variables
    return View(
        names,
        {name: point.get(name, usual_point(name)) for name in names},
        {name: tuple(ranges.get(name, usual_range(name))) for name in names},
        dict.fromkeys(expression.constants, 1.0),
    )


def _number(label: str, key: str, value: float, step: float = 0.1) -> float:
    return st.number_input(
        label,
        min_value=-LARGEST,
        max_value=LARGEST,
        value=value,
        step=step,
        format="%.6g",
        key=key,
        bind="query-params",
        width=FIELD,
    )


def _axes(names: tuple[str, ...]) -> tuple[str, ...]:
    """Which two of the variables are drawn along the axes; the others are held at the point."""
    pairs = {", ".join(map(pretty, pair)): pair for pair in combinations(names, 2)}
    chosen = st.selectbox("axes", list(pairs), key="axes", bind="query-params", width=FIELD)
    return pairs.get(chosen, names[:2])


def _ranges(shown: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    # Not a popover: its widgets are not there while it is closed, and so not in the address.
    ranges = {}
    with st.expander("Ranges", key="nb_ranges"):
        for name in shown:
            low, high = usual_range(name)
            with st.container(horizontal=True):
                ranges[name] = (
                    _number(f"{pretty(name)} from", f"from_{name}", low, 0.5),
                    _number(f"{pretty(name)} to", f"to_{name}", high, 0.5),
                )
    return ranges


def _check_range(name: str, low: float, high: float) -> None:
    if low >= high:
        raise InputError(
            f"The range of {pretty(name)} is empty: it goes from {low:g} to {high:g}.",
            hint="Its lower end comes first.",
        )
    if high - low < 1e-6 * max(1.0, abs(low), abs(high)):
        raise InputError(f"The range of {pretty(name)} is too narrow to be drawn.")
