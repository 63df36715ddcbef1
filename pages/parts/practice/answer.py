"""The box in which an answer is given, of the kind that the exercise asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from calc_core.figures import pretty
from calc_core.practice import Asked
from pages.parts.math_field import MATRICES, editor_switch, math_input
from pages.parts.practice.trial import Given, Trial, keep, trial_of

#: Rows and columns that a grid may have.
SIZES = (1, 2, 3, 4)
USUAL_SIZE = 2
HOW_MATRICES = "As on paper: `x'(A + A')`, `A^-1 b`, `tr(X) I`, `X^-T`, or LaTeX."
HOW = "As on paper: `2x y^3 cos(x y)`, `e^(2x)`, `√(x²+y²)`, `ln(3)/2`, or LaTeX."


def answer_box(asked: Asked, clicked: tuple[float, float] | None = None) -> Given | None:
    """The answer that is in the fields, or None while there is none.

    ``clicked``  the place on the figure that was clicked on.
    """
    trial = trial_of(asked.reference)
    if clicked is not None:
        _take_place(asked, trial, clicked)
    return _BOXES[asked.field.kind](asked, trial)


def key_of(asked: Asked, name: str) -> str:
    """The key of a field: another exercise has other fields."""
    return f"answer_{asked.reference.name}_{name}"


def _line(asked: Asked, trial: Trial, name: str, label: str, **look: Any) -> str:
    """A line to type in, which is kept as it is typed."""
    key = key_of(asked, name)
    return math_input(
        label,
        key=key,
        value=trial.typed.get(name, ""),
        bind=False,
        on_change=partial(_take, asked, name, key),
        **look,
    )


def _take(asked: Asked, name: str, key: str) -> None:
    trial_of(asked.reference).typed[name] = st.session_state[key]
    keep(asked.reference)


def _pick(
    widget: Callable[..., Any],
    asked: Asked,
    trial: Trial,
    name: str,
    label: str,
    options: tuple[Any, ...],
    usual: Any,
    **look: Any,
) -> Any:
    """A choice that is kept as it is made."""
    key = key_of(asked, name)
    value = trial.typed.get(name, usual)
    place = options.index(value) if value in options else None
    return widget(
        label, options, index=place, key=key, on_change=_take, args=(asked, name, key), **look
    )


def _formula(asked: Asked, trial: Trial) -> Given | None:
    return _text(asked, trial, "Your answer", help=HOW)


def _matrix(asked: Asked, trial: Trial) -> Given | None:
    return _text(asked, trial, "Your answer", help=HOW_MATRICES, language=MATRICES)


def _text(asked: Asked, trial: Trial, label: str, **look: Any) -> Given | None:
    text = _line(asked, trial, "line", label, **look)
    return text if text.strip() else None


def _grid(asked: Asked, trial: Trial) -> Given | None:
    with st.container(horizontal=True, vertical_alignment="center", key="nb_shape"):
        rows = _pick(st.selectbox, asked, trial, "rows", "Rows", SIZES, USUAL_SIZE, width=90)
        columns = _pick(
            st.selectbox, asked, trial, "columns", "Columns", SIZES, USUAL_SIZE, width=90
        )
        editor_switch(key_of(asked, "grid"))
    st.caption("Finding the shape belongs to the answer.")
    cells = []
    for i in range(rows):
        with st.container(horizontal=True, key=f"nb_row_{i}"):
            cells.append(
                tuple(
                    _line(
                        asked,
                        trial,
                        f"cell_{i}_{j}",
                        f"Row {i + 1}, column {j + 1}",
                        label_visibility="collapsed",
                        switch=False,
                        placeholder=f"{i + 1}, {j + 1}",
                    )
                    for j in range(columns)
                )
            )
    return tuple(cells) if any(cell.strip() for row in cells for cell in row) else None


def _take_place(asked: Asked, trial: Trial, clicked: tuple[float, float]) -> None:
    """What was clicked on is typed: it can be mended there, and read."""
    if trial.typed.get("clicked") != list(clicked):
        trial.typed["clicked"] = list(clicked)
        trial.typed["line"] = f"({clicked[0]:.3g}, {clicked[1]:.3g})"
        st.session_state[key_of(asked, "line")] = trial.typed["line"]
        keep(asked.reference)


def _place(asked: Asked, trial: Trial) -> Given | None:
    names = ", ".join(map(pretty, asked.field.names))
    return _text(
        asked, trial, f"The place ({names})", placeholder="click on the figure, or type (1, -0.5)"
    )


def _points(asked: Asked, trial: Trial) -> Given | None:
    count = _pick(
        st.selectbox, asked, trial, "count", "How many points", tuple(range(1, 10)), 1, width=150
    )
    editor_switch(key_of(asked, "points"))
    found = []
    for i in range(count):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"nb_point_{i}"):
            place = [
                _line(
                    asked,
                    trial,
                    f"{name}_{i}",
                    f"{pretty(name)} of point {i + 1}",
                    switch=False,
                )
                for name in asked.field.names
            ]
            kind = ""
            if asked.field.options:
                options = ("", *asked.field.options)
                kind = _pick(st.selectbox, asked, trial, f"kind_{i}", "Kind", options, "")
        if any(part.strip() for part in place):
            found.append(f"({', '.join(place)}) {kind}".strip())
    return "; ".join(found) or None


def _choice(asked: Asked, trial: Trial) -> Given | None:
    options = tuple(range(1, len(asked.field.options) + 1))
    chosen = _pick(
        st.radio,
        asked,
        trial,
        "choice",
        "Your answer",
        options,
        None,
        format_func=lambda k: asked.field.options[k - 1],
    )
    return str(chosen) if chosen else None


_BOXES: dict[str, Callable[[Asked, Trial], Given | None]] = {
    "formula": _formula,
    "matrix": _matrix,
    "grid": _grid,
    "points": _points,
    "choice": _choice,
    "click": _place,
}
