"""What the app is, and where to start."""

import streamlit as st

st.title("Nabla")
