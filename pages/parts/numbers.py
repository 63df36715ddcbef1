"""Numbers at the chosen point, typeset."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import streamlit as st
from numpy.typing import ArrayLike

from calc_core.geometry import numeral

_POWER = re.compile("×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(value: float, digits: int = 4) -> str:
    """The number in LaTeX."""
    if np.isnan(value):
        return r"\text{undefined}"
    text = numeral(float(value), digits).replace("−", "-").replace("∞", r"\infty")
    return _POWER.sub(lambda m: rf"\times 10^{{{m[1].translate(_PLAIN)}}}", text)


def row(values: ArrayLike) -> str:
    """Numbers as a row vector."""
    return matrix(np.atleast_2d(np.asarray(values, dtype=float)))


def matrix(values: ArrayLike) -> str:
    """Numbers as a matrix."""
    rows = [" & ".join(map(number, line)) for line in np.asarray(values, dtype=float)]
    return rf"\begin{{pmatrix}}{r' \\ '.join(rows)}\end{{pmatrix}}"


def at(values: Iterable[float]) -> str:
    """The arguments (1, 2)."""
    return rf"({', '.join(map(number, values))})"


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """A list of (what, LaTeX), one below the other."""
    lines = [
        f'<div class="nb-fact"><span>{what}</span><div class="nb-formula">\n\n'
        f"${latex}$\n\n</div></div>"
        for what, latex in rows
    ]
    body = "\n".join(lines)
    st.markdown(f'<div class="nb-facts">\n{body}\n</div>', unsafe_allow_html=True)
