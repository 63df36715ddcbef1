"""The field in which a matrix expression is typed, and what its letters are."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from calc_core import InputError, matrix_lesson
from calc_core.matrix.language import Problem
from calc_core.matrix.language.notation import matrix_notation
from calc_core.matrix_lesson import KINDS, TRAITS, Letter, Question, Understood
from pages.parts.address import asked, asked_of, choice, field, forget
from pages.parts.formulas import boxed, write
from pages.parts.math_field import Language, math_input
from pages.parts.matrix_examples import (
    KIND,
    SHAPE,
    TRAIT,
    MatrixExample,
    address_of,
    matrix_examples,
)
from pages.parts.messages import show_problem

HOW_TO_TYPE = (
    "In the syntax that you know: `a' inv(X) b`, `a.T @ inv(X) @ b`, `aᵀX⁻¹b` or pasted LaTeX. "
    "Small letters are columns, capitals matrices, Greek letters numbers. Entry by entry: `.*`, "
    "`./`, `.^`. Also `tr`, `det`, `log det`, `norm2`, `normF`, `sum`, `kron`, `vec`, `diag`, "
    "`expm`, `softmax`, `logsumexp`, `eye(n)`, `ones(n)`."
)
#: What the letters stand for, unless something else is picked; and no assumption on a matrix.
INFERRED, GENERAL = "as inferred", "of no special form"
#: The question that the page below the field answers.
ANSWERED = "matrix_answered"
#: All that belongs to one function, as the parameters begin.
OF_THE_FUNCTION = ("wrt", KIND, SHAPE, TRAIT, "value_", "entry_")

Read = tuple[Question, Understood]


def matrix_input() -> Read | None:
    """What was asked, and how it was understood; None, with a sentence on the page, if not.

    While a person types, only the field and the letters run again; the page below follows when the
    text can be read.
    """
    st.session_state[ANSWERED] = None
    read = _field()
    st.session_state[ANSWERED] = read[0] if read else None
    return read


@st.fragment
def _field() -> Read | None:
    with st.container(horizontal=True, key="nb_input"):
        text = math_input(
            "Your expression",
            key="f",
            value=matrix_examples()[0].question.text,
            language=Language("matrix", matrix_notation(_as_declared)),
            placeholder="for example  a' inv(X) b",
            help=HOW_TO_TYPE,
        )
    _offer_examples()
    if not text.strip():
        st.info("Type a function of matrices and vectors, such as `a' X b`, or pick an example.")
        return None
    read = _understood(text)
    answered = st.session_state[ANSWERED]
    if answered is not None and (read is None or answered != read[0]):
        if read is not None:
            st.rerun(scope="app")
        st.caption("Below is still the last expression that could be read.")
    return read


def _understood(text: str) -> Read | None:
    """Show how the text was read, or why it could not be, and what its letters are."""
    letters: Sequence[Letter] = matrix_lesson.letters_in(text)
    question = _question(text, letters)
    problem, understood = None, None
    try:
        understood = matrix_lesson.understand(question)
        letters = understood.letters
    except InputError as refusal:
        problem = refusal
    if understood is not None:
        _echo(understood)
        _choose_variable(understood)
    elif problem is not None:
        show_problem(problem, text)
    if letters:
        _letters(letters, question)
    return (question, understood) if understood else None


def _as_declared(text: str) -> Problem:
    """A text read with what the address says about its letters."""
    return _question(text, matrix_lesson.letters_in(text)).problem()


def _question(text: str, letters: Sequence[Letter]) -> Question:
    """What is asked, from the text and from what the address says about its letters."""
    names = [letter.name for letter in letters]
    wrt = asked("wrt")
    kinds = {name: asked_of(f"{KIND}{name}", tuple(KINDS), "") for name in names}
    shapes = {name: asked(f"{SHAPE}{name}").strip() for name in names}
    traits = {name: asked_of(f"{TRAIT}{name}", tuple(TRAITS), "") for name in names}
    return Question(
        text,
        wrt if wrt in names else "",
        {name: kind for name, kind in kinds.items() if kind},
        {name: shape for name, shape in shapes.items() if shape},
        {name: trait for name, trait in traits.items() if trait},
    )


# ── how it was read ───────────────────────────────────────────────────────────────────────────────


def _echo(understood: Understood) -> None:
    shapes = " · ".join(_shape_of(letter) for letter in understood.letters)
    notes = [f'<p class="nb-note">{html.escape(note)}</p>' for note in understood.notes]
    said = f'<small class="nb-shapes">{html.escape(shapes)} · f: {understood.shape}</small>'
    write("nb-echo", [boxed(understood.echo), said, *notes])


def _shape_of(letter: Letter) -> str:
    trait = f", {letter.trait}" if letter.trait else ""
    return f"{letter.text}: {letter.shape}{trait}"


def _choose_variable(understood: Understood) -> None:
    names = {letter.name: letter.text for letter in understood.letters}
    usual = next((name for name in ("X", "x") if name in names), next(iter(names)))
    choice(
        st.segmented_control,
        "Differentiate by",
        list(names),
        "wrt",
        usual,
        format_func=names.__getitem__,
        required=True,
    )


# ── what the letters are ──────────────────────────────────────────────────────────────────────────


def _letters(letters: Sequence[Letter], question: Question) -> None:
    said = [*question.kinds, *question.shapes, *question.traits]
    with st.expander("What the letters are", key="letters", bind="query-params"):
        st.caption(
            "Shapes are inferred from the expression. Here you can say otherwise: what a letter "
            "stands for, its rows and columns as in `m×n` or `3×2`, and what is known of a matrix."
        )
        for letter in letters:
            _letter(letter)
        if said:
            st.button("Back to what is inferred", key="forget_letters", on_click=_forget_letters)


def _letter(letter: Letter) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"nb_letter_{letter.name}"):
        st.markdown(f"${letter.latex}$", width=26)
        # A choice must keep its words: Streamlit knows by them which one it is.
        choice(
            st.selectbox,
            f"{letter.text}: {letter.kind}" if letter.kind else f"{letter.text} is",
            (INFERRED, *KINDS),
            f"{KIND}{letter.name}",
            width=128,
        )
        field(
            f"shape of {letter.text}",
            f"{SHAPE}{letter.name}",
            placeholder=letter.shape or "m×n",
            width=92,
        )
        if letter.is_square or letter.trait or not letter.kind:
            choice(
                st.selectbox,
                f"{letter.text} is assumed",
                (GENERAL, *TRAITS),
                f"{TRAIT}{letter.name}",
                width=170,
            )


def _forget_letters() -> None:
    forget(KIND, SHAPE, TRAIT)


# ── examples ──────────────────────────────────────────────────────────────────────────────────────


def _offer_examples() -> None:
    with st.expander("Examples", key="examples", on_change="rerun", bind="query-params") as fold:
        if not fold.open:
            return
        columns = st.columns(2, gap="medium")
        groups = [list(g) for _, g in groupby(enumerate(matrix_examples()), key=_group)]
        half = (len(groups) + 1) // 2
        for k, members in enumerate(groups):
            with columns[k >= half]:
                st.markdown(f"**{members[0][1].group}**")
                for number, example in members:
                    _offer(number, example)


def _group(numbered: tuple[int, MatrixExample]) -> str:
    return numbered[1].group


def _offer(number: int, example: MatrixExample) -> None:
    with st.container(key=f"nb_example_{number}"):
        st.button(
            example.label,
            key=f"example_{number}",
            type="tertiary",
            on_click=_open,
            args=(example,),
        )
        st.caption(example.note)


def _open(example: MatrixExample) -> None:
    """Set the field and what is said about the letters: what was said of others would stay."""
    forget(*OF_THE_FUNCTION)
    parameters = address_of(example.question)
    st.session_state["f"] = parameters.pop("f")
    st.session_state["examples"] = False
    st.query_params.update(parameters)
