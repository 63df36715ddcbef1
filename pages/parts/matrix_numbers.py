"""A matrix gradient at small matrices: the values, the table, and one entry read in three ways."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from calc_core import InputError, matrix_lesson
from calc_core.matrix_lesson import Letter, MatrixNumbers, Question, Understood
from pages.parts import matrix_study
from pages.parts.address import asked, asked_of, choice, field, forget, put
from pages.parts.formulas import Words, boxed, facts, matrix, number, write
from pages.parts.messages import show_problem

VALUE, OF_F, OF_X = "value_", "entry_f", "entry_x"
#: Which table is on the page: a new one when an entry was picked beside it, see _table.
TURN = "table_turn"
# Pixels of a column of numbers.
COLUMN = 74
ALONE = "–"
HOW = "Rows one after the other, as in `1 2; 3 4`; a vector is one row of numbers."
BY_VEC = (
    "The derivative has {axes} indices. As a table it is the Jacobian of the vecs: a row for each "
    "entry of f and a column for each entry of {x}, column after column."
)
BY_SHAPE = "A row and a column of the table belong to an entry of {x}."
AGREE = (
    "The same from values of f alone, by differences in each entry of {x}: nowhere more than "
    "${apart}$ away."
)


def matrix_numbers(
    question: Question, understood: Understood, study: matrix_lesson.MatrixStudy
) -> None:
    """The tab with entries and numbers."""
    _index_form(study)
    chosen = {
        letter.name: asked(f"{VALUE}{letter.name}").strip() for letter in understood.letters
    }
    chosen = {name: text for name, text in chosen.items() if text}
    found = matrix_study.numbers(question, chosen)
    values = found.values if isinstance(found, MatrixNumbers) else _others(question)
    _fields(understood.letters, values)
    if chosen:
        st.button("Take fresh numbers", key="fresh_numbers", on_click=forget, args=(VALUE,))
    if isinstance(found, Exception):
        show_problem(found)
        return
    facts([("value", f"f = {_shown(found.function)}")])
    _table(found, understood)
    _entry(question, chosen, found, understood)
    _check(found, understood)


def _index_form(study: matrix_lesson.MatrixStudy) -> None:
    st.markdown("**Every entry has a formula**" if study.index else "**Entries**")
    if study.index:
        write("nb-index", [boxed(study.index)])
    else:
        st.caption(f"There is no short formula of one entry here. {study.no_index}")


def _others(question: Question) -> dict[str, str]:
    """Values to show beside typed ones that do not fit."""
    found = matrix_study.starting_values(question)
    return {} if isinstance(found, Exception) else found


def _fields(letters: tuple[Letter, ...], values: dict[str, str]) -> None:
    st.markdown("**Your numbers**", help=HOW)
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_values"):
        for letter in letters:
            field(
                f"{letter.text} ({letter.shape})",
                f"{VALUE}{letter.name}",
                values.get(letter.name, ""),
                width=190,
            )


def _shown(value: object) -> str:
    array = pd.array  # placeholder
    del array
    return ""
