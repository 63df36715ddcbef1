"""The field in which a function is typed, what was understood by it, and what is wrong with it."""

from __future__ import annotations

import html

import streamlit as st

from calc_core import Expression, InputError, lesson
from calc_core.figures import pretty
from pages.parts.controls import forget_place, go_to, set_widgets, usual_state
from pages.parts.examples import Example, examples_of
from pages.parts.formulas import boxed, write
from pages.parts.math_field import math_input
from pages.parts.messages import show_problem

HOW_TO_TYPE = (
    "As on paper or on a calculator: `x^2 y`, `3x²y³`, `sin(x y)`, `√(x²+y²)`, `e^-x^2`, `ln|x|`, "
    "or pasted LaTeX. A vector function is a list in brackets: `(x y, x + y)`. Letters such as `a` "
    "and `b` beside x, y are constants."
)
# So many examples stand below the field; the others are a click away.
AT_ONCE = 5
# The question that the page below the field answers: see function_input.
ANSWERED = "answered"


def function_input(kind: lesson.Lesson) -> Expression | None:
    """The function typed, or None while there is none, with a sentence on the page about it.

    While a person types, only the field runs again; the page below follows when the text can be
    read, and stays as it is when it cannot.
    """
    st.session_state[ANSWERED] = None
    expression = _field(kind)
    st.session_state[ANSWERED] = _question()
    return expression


def _question() -> tuple[str, str]:
    return st.session_state.get("f", ""), st.session_state.get("variables", "")


@st.fragment
def _field(kind: lesson.Lesson) -> Expression | None:
    examples = examples_of(kind)
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_input"):
        text = math_input(
            "Your function",
            key="f",
            value=examples[0].text,
            placeholder="for example  x^2 y + sin(x y)",
            help=HOW_TO_TYPE,
        )
        variables = _variables_field()
    _offer(examples)
    expression = _understood(kind, text, variables)
    answered = st.session_state[ANSWERED]
    if answered not in (None, _question()):
        if expression is not None:
            st.rerun(scope="app")
        st.caption("Below is still the last function that could be read.")
    return expression


def _variables_field() -> str:
    return st.text_input(
        "Variables",
        key="variables",
        bind="query-params",
        placeholder="as detected",
        help="Their names in order, such as `x, y`. Every other letter is a constant.",
        width=140,
    )


def _understood(kind: lesson.Lesson, text: str, variables: str) -> Expression | None:
    """Show how the text was read, or why it could not be."""
    if not text.strip():
        st.info("Type a function of several variables, such as `x^2 y`, or pick one above.")
        return None
    try:
        expression = lesson.read(text, variables)
    except InputError as problem:
        show_problem(problem, text)
        return None
    _echo(expression)
    try:
        lesson.check(kind, expression)
    except InputError as problem:
        show_problem(problem)
        if kind not in ("partial", "jacobian"):
            st.page_link(
                "pages/lessons/jacobian.py",
                label="Open it in the lesson on the Jacobian →",
                query_params={"f": text},
            )
        return None
    return expression


def _echo(expression: Expression) -> None:
    names = ", ".join(map(pretty, expression.variables)) or "none"
    said = f"variables: {names}"
    if expression.constants:
        said += f" · constants: {', '.join(map(pretty, expression.constants))}"
    notes = [f'<p class="nb-note">{html.escape(note.message)}</p>' for note in expression.notes]
    write("nb-echo", [boxed(lesson.echo(expression)), f"<small>{said}</small>", *notes])


def _offer(examples: list[Example]) -> None:
    with st.container(horizontal=True, key="nb_examples", vertical_alignment="center"):
        st.caption("Try", width="content")
        for k, example in enumerate(examples[:AT_ONCE]):
            _example_button(example, f"example_{k}", help=example.note)
        with st.popover(
            f"All {len(examples)} …", type="tertiary", key="gallery", on_change="rerun"
        ) as gallery:
            if gallery.open:
                _gallery(examples)


def _gallery(examples: list[Example]) -> None:
    """Every example with what there is to see."""
    for k, example in enumerate(examples):
        with st.container(key=f"nb_example_{k}"):
            _example_button(example, f"gallery_{k}")
            st.caption(example.note)


def _example_button(example: Example, key: str, help: str | None = None) -> None:  # noqa: A002
    st.button(
        example.label, key=key, help=help, type="tertiary", on_click=open_example, args=(example,)
    )


def open_example(example: Example) -> None:
    """Set the field, and the widgets of the figure: what was set for another would stay."""
    usual = usual_state(lesson.read(example.text))
    forget_place()
    go_to(example.point)
    st.query_params.update(example.lab)
    set_widgets({"variables": ""} | usual | example.widgets, usual)
