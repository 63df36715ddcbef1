"""The nine identities of matrix differentiation, and a collection of many more."""

import streamlit as st

from pages.parts.derivation_view import choose_level
from pages.parts.formulas import formula_box
from pages.parts.matrix_identities import the_collection, the_nine

TEXT = r"""
Nine identities carry the calculus of matrices. The first four are about **any** differentiable
matrix function $f$ and are proved for it, line by line; the other five are derived. Put in a
function of your own, and both sides are worked out at random matrices.
"""
DEFINITION = r"\partial f(X) = f(X + \partial X) - f(X) \quad\text{to first order in } \partial X"

st.title("Identities")
with st.container(horizontal=True, vertical_alignment="top", gap="large", key="nb_idea"):
    st.markdown(TEXT, width=560)
    formula_box(DEFINITION)
with st.container(horizontal=True, vertical_alignment="center", key="nb_how"):
    choose_level()
    st.toggle("shapes on each factor", key="shapes", bind="query-params")
the_nine()
the_collection()
