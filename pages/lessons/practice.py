"""Exercises, and what is said of the answers."""

import streamlit as st

from calc_core.practice import Asked
from pages.parts.messages import show_problem
from pages.parts.practice import asking, memory
from pages.parts.practice.answering import answering
from pages.parts.practice.choosing_exercise import choose_exercise, chosen

TEXT = """
An answer is compared with the right one as mathematics, in whatever form you write it. If it is
wrong you are told **what you did**: the engine that derives the answer also knows the wrong rules
that lead to the usual mistakes.
"""

st.title("Practice")
st.markdown(TEXT)
reference = chosen()
choose_exercise(reference)
asked = asking.exercise(reference)
if isinstance(asked, Asked):
    with st.container(border=True, key="nb_task"):
        st.markdown(asked.task)
    answering(asked)
else:
    show_problem(asked)
said = memory.trouble()
if said:
    st.caption(said)
