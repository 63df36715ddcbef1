"""The gradient of a function of several variables."""

import streamlit as st

st.title("Gradient")
st.write("All first partial derivatives, in a row.")
