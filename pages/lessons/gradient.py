"""The gradient of a function of several variables."""

import streamlit as st

from calc_core import Expression
from calc_core.figures import equations
from pages.parts import study
from pages.parts.controls import (
    MOST_VARIABLES,
    direction_controls,
    point_of,
    variable_choice,
)
from pages.parts.definition_view import from_the_definition
from pages.parts.derivation_view import further_derivation
from pages.parts.formulas import Words, facts
from pages.parts.lesson_page import lesson_page

TEXT = r"""
A **partial derivative** tells how fast $f$ changes when one variable moves and the others are held
still. The **gradient** collects all of them in a row. It points the way in which $f$ rises fastest,
and its length is how fast.
"""
DEFINITION = r"""
\begin{gathered}
\nabla f = \begin{pmatrix} \dfrac{\partial f}{\partial x_1} & \cdots &
\dfrac{\partial f}{\partial x_n} \end{pmatrix} \\[1.2em]
\frac{\partial f}{\partial x_j} =
\lim_{h \to 0} \frac{f(\dots, x_j + h, \dots) - f(\dots, x_j, \dots)}{h}
\end{gathered}
"""
ALONG, DEFINED = "In a direction", "From the definition"
STEEPEST = (
    "In no direction of unit length does the function rise faster than along its gradient; "
    "the rate is the gradient's length. At a right angle to it the function stands still."
)


def more(expression: Expression, variables: str) -> None:
    """What else there is to ask about the function; only the open tab is worked out."""
    st.subheader("More about this function")
    along, defined = st.tabs([ALONG, DEFINED], key="more", bind="query-params")
    if along.open:
        with along:
            in_a_direction(expression, variables)
    if defined.open:
        with defined:
            from_the_definition(expression, expression.text, variables, variable_choice)


def in_a_direction(expression: Expression, variables: str) -> None:
    """The slope at the page's point in a direction, and the steepest one beside it."""
    here = point_of(expression)
    if here is None:
        st.caption(f"There is a direction for up to {MOST_VARIABLES} variables.")
        return
    direction, unit = direction_controls(expression)
    st.caption(f"How fast the function changes at {equations(here)}, the point chosen above.")
    work, beside = st.columns([3, 2], gap="large")
    with work:
        given = {"direction": direction, "at": here} | ({} if unit else {"normalised": False})
        further_derivation("along", "directional", expression.text, variables, given)
    with beside:
        steepest(expression, variables, here)


def steepest(expression: Expression, variables: str, here: dict[str, float]) -> None:
    """Where it is steepest, to compare with."""
    found = study.steepest(expression.text, variables, here)
    if isinstance(found, Exception):  # the derivation beside it says why
        return
    rows = [("steepest along the gradient", found.gradient), ("at the rate", found.rate)]
    if not found.confirmed:
        rows.append(("beware", Words("not every step to these could be confirmed")))
    facts(rows)
    st.caption(STEEPEST)


function = lesson_page("gradient", "Gradient", TEXT, DEFINITION)
if function is not None:
    more(function, st.session_state.get("variables", ""))
