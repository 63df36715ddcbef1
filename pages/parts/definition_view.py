"""A partial derivative worked out from its definition, as the limit of the difference quotient."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from calc_core import Expression
from pages.parts.controls import point_of
from pages.parts.derivation_view import further_derivation


def from_the_definition(
    expression: Expression, text: str, variables: str, by: Callable[[Expression], str]
) -> None:
    """The quotient of a single function, worked on until h cancels, and its limit.

    ``text``  of that function, which may be a component of the one on the page;
    ``by``    gives the variable, by a widget if it likes.
    """
    here = point_of(expression)
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_by"):
        variable = by(expression)
        there = here is not None and st.toggle("at the point", key="here", bind="query-params")
    given = {"variable": variable} | ({"at": here} if there else {})
    further_derivation("definition", "definition", text, variables, given)
