"""The partial derivative, by its definition: the limit of a difference quotient."""

import streamlit as st

from calc_core import Expression, lesson
from calc_core.figures import pretty
from pages.parts.address import asked, asked_of
from pages.parts.controls import view_controls
from pages.parts.definition_view import from_the_definition
from pages.parts.derivation_view import choose_level
from pages.parts.formulas import formula_box
from pages.parts.function_input import function_input
from pages.parts.laboratory import laboratory

TEXT = r"""
How fast does $f$ change when **one variable moves and the others are held still**? Let $x_j$ go a
step $h$ and divide the change of $f$ by $h$: that is the **difference quotient**, the slope of a
secant. Its limit as $h$ goes to 0, where there is one, is the **partial derivative**. A vector
function is differentiated component by component.
"""
DEFINITION = r"""
\begin{gathered}
\frac{\partial f}{\partial x_j}(a) =
\lim_{h \to 0} \frac{f(\dots, a_j + h, \dots) - f(\dots, a_j, \dots)}{h} \\[1.2em]
\frac{\partial}{\partial x_j} \begin{pmatrix} f_1 \\ \vdots \\ f_m \end{pmatrix} =
\begin{pmatrix} \partial f_1/\partial x_j \\ \vdots \\ \partial f_m/\partial x_j \end{pmatrix}
\end{gathered}
"""


def moving(expression: Expression) -> str:
    """The variable that moves in the laboratory."""
    return asked_of("wrt", expression.variables, expression.variables[0])


def part(expression: Expression) -> int:
    """The component that the laboratory shows, counted from 0."""
    numbers = [str(k) for k in range(1, len(expression.components) + 1)]
    return numbers.index(asked_of("part", numbers, "1"))


def by_the_definition(expression: Expression, variables: str) -> None:
    """The limit worked out, for the variable and the component of the laboratory."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.subheader("From the definition", width="content")
        choose_level()
    k = part(expression)
    name = expression.letter if expression.is_scalar else f"{expression.letter}_{k + 1}"
    others = len(expression.variables) > 1 or not expression.is_scalar
    st.caption(
        f"The quotient of {pretty(name)} by {pretty(moving(expression))}"
        f"{', as chosen in the laboratory' if others else ''}, worked on until h cancels."
    )
    text = lesson.component(expression, k)
    from_the_definition(expression, text, variables if expression.is_scalar else "", moving)


def onwards(expression: Expression) -> None:
    """Where all the partial derivatives of the function stand together."""
    other, name = ("gradient", "gradient") if expression.is_scalar else ("jacobian", "Jacobian")
    of_the_lab = ("lab", "wrt", "part", "h", "left")
    keep = {key: asked(key) for key in st.query_params if key not in of_the_lab}
    st.page_link(
        f"pages/lessons/{other}.py",
        label=f"All its partial derivatives: the {name} of this function →",
        query_params=keep,
    )


st.title("Partial derivatives")
with st.container(horizontal=True, vertical_alignment="top", gap="large", key="nb_idea"):
    st.markdown(TEXT, width=560)
    formula_box(DEFINITION)
function = function_input("partial")
if function is not None:
    names = st.session_state.get("variables", "")
    view = view_controls("partial", function)
    if view is not None:
        laboratory("partial", function, names, view)
    by_the_definition(function, names)
    onwards(function)
