"""The page of a lesson: the idea, the function, its derivation, and the figure.

A section that only one lesson has goes after this, in the script of that lesson.
"""

from __future__ import annotations

import streamlit as st

from calc_core import Expression, lesson
from pages.parts.controls import view_controls
from pages.parts.derivation_view import derivation_view
from pages.parts.formulas import formula_box
from pages.parts.function_input import function_input
from pages.parts.laboratory import laboratory, stage

#: The experiment that stands beside the derivation, in its small form.
BESIDE: dict[lesson.Kind, str] = {"gradient": "slope", "jacobian": "cell", "hessian": "bending"}

#: Lessons that take the same functions, and what leads from one to the other.
SAME_FUNCTION: dict[lesson.Kind, tuple[lesson.Kind, str]] = {
    "gradient": ("hessian", "The Hessian of this function →"),
    "hessian": ("gradient", "The gradient of this function →"),
}


def lesson_page(kind: lesson.Kind, title: str, text: str, definition: str) -> Expression | None:
    """Draw the page; the function that it is about, if one could be read."""
    st.title(title)
    with st.container(horizontal=True, vertical_alignment="top", gap="large", key="nb_idea"):
        st.markdown(text, width=560)
        formula_box(definition)
    expression = function_input(kind)
    if expression is None:
        return None
    variables = st.session_state.get("variables", "")
    card = st.container()  # as wide as the page: a long result is to be seen at once
    work, figure = st.columns([1, 1], gap="large")
    with work:
        derivation_view(kind, expression.text, variables, "Step by step", card)
    with figure:
        st.subheader("At a point")
        view = view_controls(kind, expression)
        if view is not None:
            stage(BESIDE[kind], expression, variables, view, "beside", {"compact": True})
    if kind in SAME_FUNCTION:
        other, label = SAME_FUNCTION[kind]
        address = st.query_params.to_dict()
        st.page_link(f"pages/lessons/{other}.py", label=label, query_params=address)
    task = {"task": kind, "f": expression.text, "of": variables}
    st.page_link(
        "pages/lessons/practice.py",
        label="Practise with this function →",
        query_params={name: value for name, value in task.items() if value},
    )
    if view is not None:
        laboratory(kind, expression, variables, view)
    return expression
