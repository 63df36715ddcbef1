"""What the app is, and where to start."""

import streamlit as st

st.title("Nabla")
st.write("The calculus of several variables, step by step.")
