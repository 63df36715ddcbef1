"""The way from any function to the one whose mixed partial derivatives differ."""

from __future__ import annotations

from typing import Any

import streamlit as st

from calc_core.labs import Shown
from pages.parts.examples import examples_of
from pages.parts.function_input import open_example

LABEL = "Show Peano’s counterexample"
PEANO = "x y (x^2 - y^2)/(x^2 + y^2)"


def counterexample(found: Shown, *_: Any) -> None:
    """A button to the counterexample of the gallery, unless that is what is shown."""
    if found.data["problem"]["known"] is not None:
        return
    shown = (e for e in examples_of("hessian") if e.lab.get("lab") == "mixed")
    example = next(e for e in shown if e.text.startswith(PEANO))
    st.button(LABEL, key="counterexample", on_click=open_example, args=(example,))
