"""A matrix gradient at small matrices: the values, the table, and one entry read in three ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from calc_core.matrix_lesson import Entry, Letter, MatrixNumbers, MatrixStudy, Question, Understood
from pages.parts import matrix_study
from pages.parts.address import asked, asked_of, choice, field, forget, put
from pages.parts.formulas import boxed, facts, matrix, number, write
from pages.parts.messages import show_problem

VALUE, OF_F, OF_X = "value_", "entry_f", "entry_x"
#: Counts how often an entry was picked beside the table: see _table.
TURN = "table_turn"
# Pixels.
COLUMN, ROW, FIELD = 76, 35, 190
TALLEST = 12
HOW = "Rows one after the other, as in `1 2; 3 4`. Matrices that share a size change it together."
QUOTIENT = r"\frac{f(\dots + h) - f(\dots - h)}{2h} \approx"

Place = tuple[int, ...]


def matrix_numbers(question: Question, understood: Understood, study: MatrixStudy) -> None:
    """The numbers that the reader chose, and what the derivative is there."""
    _index_form(study)
    st.markdown("**Your numbers**", help=HOW)
    slot = st.container(horizontal=True, vertical_alignment="bottom", key="nb_values")
    given = {letter.name: asked(f"{VALUE}{letter.name}").strip() for letter in understood.letters}
    chosen = {name: text for name, text in given.items() if text}
    found = matrix_study.numbers(question, chosen)
    usual = found.values if isinstance(found, MatrixNumbers) else _usual(question)
    with slot:
        _fields(understood.letters, usual)
    if chosen:
        st.button("Take fresh numbers", key="fresh_numbers", on_click=forget, args=(VALUE,))
    if not isinstance(found, MatrixNumbers):
        show_problem(found)
        return
    facts([("value of the function", f"f = {_shown(found.function)}")])
    st.markdown("**The derivative, number by number**")
    f, x = _chosen_entry(found)
    _table(found, f, x)
    _explain(found, understood)
    _pick_beside(found)
    entry = matrix_study.entry(question, chosen, f, x)
    if isinstance(entry, Entry):
        _three_readings(entry, understood)
    _check(found, understood)


def _index_form(study: MatrixStudy) -> None:
    if study.index:
        st.markdown("**One formula for all entries**")
        write("nb-index", [boxed(study.index)])
    else:
        st.caption(f"There is no short formula of one entry here. {study.no_index}")


def _usual(question: Question) -> dict[str, str]:
    """Values to show beside typed ones that do not fit."""
    found = matrix_study.starting_values(question)
    return {} if isinstance(found, Exception) else found


def _fields(letters: Sequence[Letter], usual: dict[str, str]) -> None:
    for letter in letters:
        label = f"{letter.text} ({letter.shape})"
        field(label, f"{VALUE}{letter.name}", usual.get(letter.name, ""), width=FIELD)


def _shown(value: Any) -> str:
    return matrix(value) if np.ndim(value) else number(float(value))


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def _chosen_entry(found: MatrixNumbers) -> tuple[Place, Place]:
    """The entry that the address names, or the first one."""
    of_f, of_x = _places(found)
    first = found.places[0][0]
    f = asked_of(OF_F, [_written(p) for p in of_f], _written(first[0]))
    x = asked_of(OF_X, [_written(p) for p in of_x], _written(first[1]))
    return _read(f), _read(x)


def _places(found: MatrixNumbers) -> tuple[list[Place], list[Place]]:
    """All indices of f, and of X."""
    pairs = [pair for row in found.places for pair in row]
    return list(dict.fromkeys(f for f, _ in pairs)), list(dict.fromkeys(x for _, x in pairs))


def _written(place: Place) -> str:
    return ",".join(map(str, place))


def _read(text: str) -> Place:
    return tuple(map(int, text.split(","))) if text else ()


def _table(found: MatrixNumbers, f: Place, x: Place) -> None:
    rows, columns = found.table.shape
    where = next(
        (i, j)
        for i, line in enumerate(found.places)
        for j, pair in enumerate(line)
        if pair == (f, x)
    )
    # A table keeps its own selection: after a choice elsewhere it must be a new one to show that.
    key = f"table_{st.session_state.get(TURN, 0)}_{rows}x{columns}"
    st.dataframe(
        _frame(found, found.table),
        key=key,
        on_select=lambda: _pick_cell(key, found),
        selection_mode="single-cell",
        selection_default={"selection": {"cells": [(where[0], found.columns[where[1]])]}},
        **_look(found),
    )


def _look(found: MatrixNumbers) -> dict[str, Any]:
    rows, columns = found.table.shape
    fits = columns <= 8
    numbers = st.column_config.NumberColumn(format="%.4g", width=COLUMN)
    return {
        "width": COLUMN * (columns + 1) if fits else "stretch",
        "height": ROW * (min(rows, TALLEST) + 1) + 3,
        "column_config": dict.fromkeys(found.columns, numbers),
    }


def _frame(found: MatrixNumbers, table: Any) -> pd.DataFrame:
    # Zeros of differences are not quite zeros, and there is no minus zero.
    return pd.DataFrame(np.round(table, 9) + 0.0, index=found.rows, columns=found.columns)


def _pick_cell(key: str, found: MatrixNumbers) -> None:
    cells = st.session_state[key]["selection"]["cells"]
    if cells:
        row, name = cells[0]
        f, x = found.places[row][found.columns.index(name)]
        _put_entry(found, f, x)


def _put_entry(found: MatrixNumbers, f: Place, x: Place) -> None:
    first = found.places[0][0]
    put(OF_F, _written(f), _written(first[0]))
    put(OF_X, _written(x), _written(first[1]))


def _explain(found: MatrixNumbers, understood: Understood) -> None:
    x = understood.variable.text
    if found.by_vec:
        rows, columns = found.table.shape
        said = (
            f"Read as the Jacobian ∂vec(f)/∂vec({x}), {rows}×{columns}: a row for each entry of f "
            f"and a column for each entry of {x}, both taken column after column."
        )
    elif found.rows[0].isdigit() and understood.is_scalar:
        said = f"The number in row i and column j is the derivative by {x}ᵢⱼ."
    elif found.rows[0].isdigit():
        said = f"The number in row i and column j is the derivative of fᵢⱼ by {x}."
    else:
        said = f"A row for each entry of f, a column for each entry of {x}."
    st.caption(f"{said} Pick a number to see where it comes from.")


def _pick_beside(found: MatrixNumbers) -> None:
    """The entry without the table: by keyboard, and on a small screen."""
    of_f, of_x = _places(found)
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_entry"):
        _pick("entry of f", OF_F, of_f, "f")
        _pick("by the entry", OF_X, of_x, "")


def _pick(label: str, name: str, places: list[Place], letter: str) -> None:
    if len(places) > 1:
        options = [_written(place) for place in places]
        choice(
            st.selectbox,
            label,
            options,
            name,
            format_func=lambda place: f"{letter}({place})" if letter else f"({place})",
            width=130,
            then=_turn,
        )


def _turn() -> None:
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


# ── one entry ─────────────────────────────────────────────────────────────────────────────────────


def _three_readings(entry: Entry, understood: Understood) -> None:
    row, column = entry.in_vecs
    rows, columns = entry.shape
    value, rough = number(entry.value, 6), number(entry.by_differences, 6)
    steps = [entry.symbol, *filter(None, (entry.formula, entry.put_in)), value]
    x = understood.variable.latex
    jacobian = rf"\tfrac{{\partial \operatorname{{vec}} f}}{{\partial \operatorname{{vec}} {x}}}"
    facts(
        [
            ("by its formula" if entry.formula else "the derivative", " = ".join(steps)),
            (
                f"in the {rows}×{columns} Jacobian: row {row} is that of {entry.f}, "
                f"column {column} that of {entry.x}",
                rf"\left[{jacobian}\right]_{{{row},{column}}} = {value}",
            ),
            (f"as a number: {entry.f} for a small change h of {entry.x}", rf"{QUOTIENT} {rough}"),
        ]
    )


def _check(found: MatrixNumbers, understood: Understood) -> None:
    st.caption(
        "Compared with differences of f alone, in each entry of "
        f"${understood.variable.latex}$: nowhere more than ${number(found.apart, 2)}$ apart."
    )
    with st.expander("The table by differences", key="by_differences", on_change="rerun") as fold:
        if fold.open:
            st.dataframe(_frame(found, found.differences), key="differences", **_look(found))
