"""The Hessian of a function, and the curvature it measures."""

import streamlit as st

from calc_core import Expression
from calc_core.figures import equations
from pages.parts.controls import MOST_VARIABLES, point_of
from pages.parts.derivation_view import further_derivation
from pages.parts.lesson_page import lesson_page

TEXT = r"""
Differentiate the gradient once more, each entry by each variable: the **Hessian** holds all second
derivatives. For a function whose second derivatives are continuous the order does not matter, and
the matrix is symmetric. Its eigenvectors are the directions in which $f$ bends most and least; its
eigenvalues are how much, up or down.
"""
DEFINITION = r"""
\begin{gathered}
H_{ij} = \frac{\partial}{\partial x_j}\left(\frac{\partial f}{\partial x_i}\right) \\[0.8em]
f(x + \Delta x) \approx f(x) + \nabla f\,\Delta x + \tfrac12\,\Delta x^{\mathsf T} H\,\Delta x
\end{gathered}
"""
POLYNOMIAL = (
    "Value, slope and bending at one point make a polynomial of second degree, which is as close "
    "to the function there as such a polynomial can be. At {here}:"
)


def taylor(expression: Expression, variables: str) -> None:
    """The polynomial of second degree that is closest to the function near the point."""
    st.subheader("Taylor polynomial")
    here = point_of(expression)
    if here is None:
        st.caption(f"There is a polynomial for up to {MOST_VARIABLES} variables.")
        return
    st.markdown(POLYNOMIAL.format(here=equations(here)))
    given = {"at": here}
    further_derivation("taylor", "quadratic", expression.text, variables, given)


function = lesson_page("hessian", "Hessian", TEXT, DEFINITION)
if function is not None:
    taylor(function, st.session_state.get("variables", ""))
