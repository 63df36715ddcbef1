"""Exercises for others: the address of one, and one that a teacher types."""

from __future__ import annotations

from urllib.parse import urlencode
from zlib import crc32

import streamlit as st

from calc_core.exercises.typed import OWN, TASKS, Typed
from calc_core.practice import Reference
from pages.parts.math_field import (
    FORMULAS,
    INNER_FUNCTIONS,
    MATRICES,
    Language,
    math_input,
    sending,
    sent_by_enter,
)
from pages.parts.messages import say
from pages.parts.practice.choosing_exercise import address_of, go_to, typed

USUAL_TASK = "gradient"
#: What is typed beside the function: a label and an example.
BESIDE: dict[str, tuple[str, str]] = {
    "partial": ("Variable", "x"),
    "chain": ("Inner functions", "x = t^2, y = t^3"),
    "taylor": ("At the point", "(1, 2)"),
    "matrix": ("By the letter", "X"),
}
#: Derivatives by all variables at once need none named.
BY_ALL = ("Variables", "as detected")
LANGUAGES: dict[str, Language] = {"matrix": MATRICES}


def hand_out(reference: Reference, is_there: bool) -> None:
    """The address of the exercise that is shown, if it is, and the form for one of one's own."""
    with st.expander(
        "Hand out this exercise, or set one of your own", key="own_exercise", on_change="rerun"
    ) as fold:
        if fold.open:
            if is_there:
                _address(reference)
            with sent_by_enter("own"):
                _own()


def _address(reference: Reference) -> None:
    st.caption("Whoever opens this address gets the same exercise; your record is not in it.")
    page = (st.context.url or "").partition("?")[0]
    st.code(f"{page}?{urlencode(address_of(reference))}", language=None, wrap_lines=True)


def _own() -> None:
    now = typed()
    # Another exercise in the address has fields of its own.
    key = f"own_{crc32(now.source().encode()):x}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        tasks = list(TASKS)
        task = st.selectbox(
            "Task",
            tasks,
            tasks.index(now.task if now.task in tasks else USUAL_TASK),
            format_func=lambda name: TASKS[name].title,
            width=200,
            key=f"{key}_task",
        )
        text = math_input(
            "Function",
            key=f"{key}_f",
            value=now.text,
            language=LANGUAGES.get(task, FORMULAS),
            bind=False,
            placeholder="x' A x" if task == "matrix" else "x^2 y + sin(x y)",
        )
        beside = _beside(key, task, now)
    with sending("Set it", "set_own") as is_sent:
        is_new = is_sent and _set(Typed(task, text, now.variables, beside))
    if is_new:
        st.rerun()


def _beside(key: str, task: str, now: Typed) -> str:
    label, example = BESIDE.get(task, BY_ALL)
    value = now.variable if task == now.task else ""
    if task == "chain":
        return math_input(
            label,
            key=f"{key}_inner",
            value=value,
            language=INNER_FUNCTIONS,
            bind=False,
            placeholder=example,
        )
    return st.text_input(label, value, key=f"{key}_{task}", placeholder=example, width=180)


def _set(exercise: Typed) -> bool:
    """Name the exercise in the address, if there is a function."""
    if not exercise.text.strip():
        say("There is no function yet.", "Type one above.")
        return False
    go_to(Reference(OWN, source=exercise.source()))
    return True
