"""Exercises, and what is said of the answers."""

import streamlit as st

from calc_core.practice import Asked, Reference
from pages.parts.address import choice
from pages.parts.messages import show_problem
from pages.parts.practice import asking, memory
from pages.parts.practice.answering import answering
from pages.parts.practice.choosing_exercise import choose_exercise, chosen
from pages.parts.practice.progress import progress

TEXT = """
An answer is compared with the right one as mathematics, in whatever form you write it. If it is
wrong you are told **what you did**: the engine that derives the answer also knows the wrong rules
that lead to the usual mistakes.
"""

ANSWER, PROGRESS = "Answer", "My progress"
MODES = (ANSWER, PROGRESS)


def practise(reference: Reference) -> None:
    """An exercise, in one of the ways to work at it."""
    choose_exercise(reference)
    asked = asking.exercise(reference)
    if not isinstance(asked, Asked):
        show_problem(asked)
        return
    with st.container(border=True, key="nb_task"):
        st.markdown(asked.task)
    answering(asked)


st.title("Practice")
st.markdown(TEXT)
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
    practise(reference)
said = memory.trouble()
if said:
    st.caption(said)
