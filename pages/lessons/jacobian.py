"""The Jacobian of a vector function."""

import streamlit as st

st.title("Jacobian")
st.write("The best linear map near a point.")
