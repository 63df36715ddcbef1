"""The Hessian of a function, and the curvature it measures."""

import streamlit as st

st.title("Hessian")
st.write("All second partial derivatives, in a matrix.")
