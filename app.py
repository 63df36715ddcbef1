"""The app: page configuration and navigation. What a page shows is in pages/lessons."""

from pathlib import Path

import streamlit as st

from pages.parts.live import page_script
from pages.parts.style import load_sheet

# No icons here: the browser would fetch them, as the tab's icon, from Google.
page = st.navigation(
    [
        st.Page("pages/lessons/home.py", title="Home", default=True),
        st.Page("pages/lessons/partial.py", title="Partial derivatives"),
        st.Page("pages/lessons/rules.py", title="Rules"),
        st.Page("pages/lessons/gradient.py", title="Gradient"),
        st.Page("pages/lessons/jacobian.py", title="Jacobian"),
        st.Page("pages/lessons/hessian.py", title="Hessian"),
        st.Page("pages/lessons/matrix.py", title="Matrix gradient"),
        st.Page("pages/lessons/identities.py", title="Identities"),
        st.Page("pages/lessons/practice.py", title="Practice"),
    ],
    position="top",
)
LOGO = Path(__file__).parent / "assets" / "nabla.svg"
st.set_page_config(
    page_title=f"{page.title} · Nabla",
    page_icon=LOGO,
    layout="wide",
)
st.logo(LOGO)
load_sheet()
page.run()
page_script()
