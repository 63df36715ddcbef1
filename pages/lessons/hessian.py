"""The Hessian of a function, and the curvature it measures."""

import numpy as np
import streamlit as st

from calc_core import Expression, lesson
from calc_core.figures import equations
from calc_core.geometry import Bending, View, bending
from pages.parts.controls import MOST_VARIABLES, point_of
from pages.parts.derivation_view import further_derivation
from pages.parts.formulas import Words, at, matrix, number, row
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
# A gradient this short, compared with the bending, is 0 but for rounding.
LEVEL = 1e-9
AT_A_CRITICAL_POINT = {
    "bowl up": "a local minimum",
    "bowl down": "a local maximum",
    "saddle": "a saddle point",
}
UNDECIDED = "critical, but an eigenvalue is 0: the second-derivative test does not decide"


def numbers(expression: Expression, picture: lesson.Picture, view: View) -> list[tuple[str, str]]:
    """H at the point, its eigenvalues with their directions, and what kind of point it is."""
    H = picture.second
    name = expression.name or "f"
    rows = [
        ("gradient", rf"\nabla {name}{at(view.at)} = {row(picture.slope)}"),
        ("Hessian", rf"H_{{{name}}}{at(view.at)} = {matrix(H)}"),
    ]
    if not picture.defined_here:
        return rows
    bent = bending(H)
    if len(H) > 1:
        for k, (value, along) in enumerate(zip(bent.values, bent.directions, strict=True), 1):
            rows.append(
                (
                    f"eigenvalue {k}",
                    rf"\lambda_{{{k}}} = {number(value)} \;\text{{ along }} {row(along)}",
                )
            )
    rows.append(("the point is", kind_of_point(picture.slope, bent)))
    return rows


def kind_of_point(slope: np.ndarray, bent: Bending) -> Words:
    """What the second-derivative test says, if it may be asked."""
    if np.abs(slope).max() > LEVEL * max(1.0, np.abs(bent.values).max()):
        return Words("not critical: the gradient is not 0")
    return Words(AT_A_CRITICAL_POINT.get(bent.kind, UNDECIDED))


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


function = lesson_page("hessian", "Hessian", TEXT, DEFINITION, numbers)
if function is not None:
    taylor(function, st.session_state.get("variables", ""))
