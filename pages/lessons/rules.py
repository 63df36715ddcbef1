"""The rules of differentiation, the chain rule of several variables, and the order of its work."""

import streamlit as st

from pages.parts.formulas import formula_box
from pages.parts.laboratory import chosen_experiment
from pages.parts.rules_lab import experiment

TEXT = r"""
A **law** looks only at the outermost sign of an expression – a sum, a product, a function of
something – and says how its derivative is made of the derivatives of its parts. So every derivation
is a tree. The **chain rule** of several variables is a product of matrices, a row gradient times a
Jacobian, and in it the factors keep their order, since matrices do not commute.
"""
DEFINITION = r"""
\begin{gathered}
(u + v)' = u' + v' \qquad (u\,v)' = u'\,v + u\,v' \\[0.4em]
\bigl(f(u)\bigr)' = f'(u)\,u' \\[0.8em]
\underset{1 \times n}{\frac{\partial f}{\partial (x_1, \dots, x_n)}} =
\underset{1 \times m}{\frac{\partial f}{\partial (u_1, \dots, u_m)}}\;
\underset{m \times n}{\frac{\partial (u_1, \dots, u_m)}{\partial (x_1, \dots, x_n)}}
\end{gathered}
"""
SOURCE = "Apostol, *Mathematical Analysis*, 2nd ed., §5.4–5.5, 12.9–12.10."

st.title("Rules and the chain rule")
with st.container(horizontal=True, vertical_alignment="top", gap="large", key="nb_idea"):
    st.markdown(TEXT, width=560)
    formula_box(DEFINITION)
chosen = chosen_experiment("rules")
what_to_do, what_to_notice = chosen.text.split("\n\n", 1)
st.markdown(what_to_do)
experiment(chosen.name)
with st.container(key="nb_lab_text"):
    st.markdown(what_to_notice)
    st.caption(SOURCE)
