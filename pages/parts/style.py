"""How pages look: the style sheet, and the figure style that goes with the theme."""

from dataclasses import replace
from pathlib import Path

import streamlit as st

from calc_core.figures import DARK, LIGHT, Style

SHEET = Path(__file__).parents[2] / "assets" / "style.css"

# The papers of .streamlit/config.toml, which the figures' halos and tints must match.
BY_DAY = replace(LIGHT, paper="#fdfcf9", ink="#22262e", height=430)
BY_NIGHT = replace(DARK, paper="#161a20", ink="#e7e5df", height=430)


def load_sheet() -> None:
    """Put the style sheet on the page."""
    st.html(SHEET)


def figure_style() -> Style:
    """The style of figures for the theme that the reader has chosen."""
    return BY_NIGHT if st.context.theme.type == "dark" else BY_DAY
