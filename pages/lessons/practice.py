"""Exercises, and what is said of the answers."""

import streamlit as st

from calc_core.practice import Asked, Reference
from pages.parts.address import choice
from pages.parts.messages import show_problem
from pages.parts.practice import asking, memory
from pages.parts.practice.answering import answering
from pages.parts.practice.choosing_exercise import choose_exercise, chosen
from pages.parts.practice.figure import figure_of
from pages.parts.practice.handing_out import hand_out
from pages.parts.practice.helping import help_with
from pages.parts.practice.progress import progress
from pages.parts.practice.rules import choosing
from pages.parts.practice.working import working

TEXT = "Write an answer in whatever form you like. If it is wrong you are told **what you did**."

ANSWER, WORKING, RULES, PROGRESS = "Answer", "Check my working", "Choose the rule", "My progress"
MODES = (ANSWER, WORKING, RULES, PROGRESS)


def practise(reference: Reference, mode: str) -> None:
    """An exercise, in one of the ways to work at it."""
    choose_exercise(reference)
    asked = asking.exercise(reference)
    if isinstance(asked, Asked):
        work_at(asked, mode)
    else:
        show_problem(asked)
    hand_out(reference, is_there=isinstance(asked, Asked))


def work_at(asked: Asked, mode: str) -> None:
    """The task, and what is done about it."""
    with st.container(border=True, key="nb_task"):
        st.markdown(asked.task)
    clicked = figure_of(asked)
    if mode == WORKING:
        working(asked)
    elif mode == RULES:
        choosing(asked)
    else:
        answering(asked, clicked)
    help_with(asked)


st.title("Practice")
st.markdown(TEXT)
memory.say_what_is_unknown()
reference = chosen()
mode = choice(
    st.segmented_control,
    "What to do",
    MODES,
    "mode",
    label_visibility="collapsed",
    required=True,
)
if mode == PROGRESS:
    progress()
else:
    practise(reference, mode)
said = memory.trouble()
if said:
    st.caption(said)
