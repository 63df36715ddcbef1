"""The fields of the lab on the rules, what it offers, and what is said about bad input."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from calc_core import Expression, InputError, parse
from calc_core.labs import composition, rules
from calc_core.parse.definitions import read_definitions
from pages.parts.examples import examples_of
from pages.parts.formulas import write
from pages.parts.function_input import AT_ONCE, HOW_TO_TYPE
from pages.parts.math_field import INNER_FUNCTIONS, math_input
from pages.parts.messages import show_problem
from pages.parts.rules_gallery import compositions

T = TypeVar("T")
#: What is offered: a label, what there is to see, and what is then in the fields.
Offer = tuple[str, str, dict[str, str]]

HOW_TO_COMPOSE = (
    "A name, the sign = and a function, one after the other: `u = x y, v = x + y`. What x and y "
    "depend on in turn comes after a semicolon: `u = x y; x = cos t, y = sin t`."
)


def tree_input() -> tuple[str, str] | None:
    """The function of the tree and its variables; None, with a sentence, if it cannot be read."""
    examples = examples_of("rules")
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_input"):
        text = math_input("Your function", key="f", value=examples[0].text, help=HOW_TO_TYPE)
        variables = st.text_input(
            "Variables",
            key="variables",
            bind="query-params",
            placeholder="as detected",
            help="Their names in order, such as `x, y`. Every other letter is a constant.",
            width=140,
        )
    _offer([(e.label, e.note, {"f": e.text, "variables": ""}) for e in examples], {"f": text})
    if not text.strip():
        st.info("Type a function of several variables, such as `x^2 y`, or pick one above.")
        return None
    expression = _read(lambda: rules.read(text, variables), text)
    if expression is None:
        return None
    _notes(expression)
    return text, variables


def chain_input() -> tuple[str, str] | None:
    """The outer and the inner functions; None, with a sentence, if they cannot be read."""
    first = compositions()[0]
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_compose"):
        outer = math_input("Outer function", key="outer", value=first.outer, help=HOW_TO_TYPE)
        inner = math_input(
            "Inner functions",
            key="inner",
            value=first.inner,
            language=INNER_FUNCTIONS,
            help=HOW_TO_COMPOSE,
        )
    fields = {"outer": outer, "inner": inner}
    _offer(
        [(c.title, c.note, {"outer": c.outer, "inner": c.inner}) for c in compositions()], fields
    )
    expression = _read(lambda: parse(outer), outer)
    definitions = _read(lambda: read_definitions(inner), inner)
    if expression is None or definitions is None:
        return None
    if _read(lambda: composition.read(outer, inner), "") is None:
        return None
    _notes(expression, *definitions.functions)
    return outer, inner


def typed_widths() -> tuple[int, ...] | None:
    """How many numbers there are in each layer of the composition that the address holds."""
    first = compositions()[0]
    outer = st.query_params.get("outer", first.outer)
    inner = st.query_params.get("inner", first.inner)
    try:
        return composition.read(outer, inner).widths
    except InputError:
        return None


def _offer(offers: list[Offer], fields: dict[str, str]) -> None:
    """Some of the examples, all of them a click away, and the sentence on the one that is shown."""
    with st.container(horizontal=True, key="nb_examples", vertical_alignment="center"):
        st.caption("Try", width="content")
        for k, offer in enumerate(offers[:AT_ONCE]):
            _button(offer, f"example_{k}", with_help=True)
        with st.popover(
            f"All {len(offers)} …", type="tertiary", key="gallery", on_change="rerun"
        ) as gallery:
            if gallery.open:
                for k, offer in enumerate(offers):
                    with st.container(key=f"nb_example_{k}"):
                        _button(offer, f"gallery_{k}")
                        st.caption(offer[1])
    note = next((note for _, note, values in offers if fields.items() <= values.items()), "")
    if note:
        st.caption(note)


def _button(offer: Offer, key: str, with_help: bool = False) -> None:
    label, note, values = offer
    st.button(
        label,
        key=key,
        help=note if with_help else None,
        type="tertiary",
        on_click=st.session_state.update,
        args=(values,),
    )


def _read(reading: Callable[[], T], text: str) -> T | None:
    try:
        return reading()
    except InputError as problem:
        show_problem(problem, text)
        return None


def _notes(*expressions: Expression) -> None:
    """Where something could be read in two ways: how it was."""
    said = dict.fromkeys(note.message for f in expressions for note in f.notes)
    if said:
        write("nb-echo", [f'<p class="nb-note">{html.escape(message)}</p>' for message in said])
