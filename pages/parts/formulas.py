"""Formulas and typeset numbers on the page."""

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
    if not np.isfinite(value):
        return r"\text{undefined}"
    text = numeral(float(value), digits).replace("−", "-")
    return _POWER.sub(lambda m: rf"\times 10^{{{m[1].translate(_PLAIN)}}}", text)


def row(values: ArrayLike) -> str:
    """Numbers as a row vector."""
    return matrix(np.atleast_2d(np.asarray(values, dtype=float)))


def matrix(values: ArrayLike) -> str:
    """Numbers as a matrix."""
    rows = [" & ".join(map(number, line)) for line in np.asarray(values, dtype=float)]
    body = r" \\ ".join(rows)
    return rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def at(values: Iterable[float]) -> str:
    """The arguments (1, 2)."""
    return rf"({', '.join(map(number, values))})"


def boxed(latex: str) -> str:
    """Markdown for a formula in a box of its own, in which it scrolls if it is too wide."""
    one_line = " ".join(latex.split())
    return f'<div class="nb-formula">\n\n$\\displaystyle {one_line}$\n\n</div>'


def formula_box(latex: str) -> None:
    """A formula on the page."""
    write("nb-definition", [boxed(latex)])


class Words(str):
    """A value in words rather than in LaTeX."""


def facts(rows: Iterable[tuple[str, str]]) -> None:
    """Named values, (what, LaTeX or Words), side by side as far as there is room."""
    parts = [
        f'<div class="nb-fact"><span>{what}</span>\n'
        f"{value if isinstance(value, Words) else boxed(value)}\n</div>"
        for what, value in rows
    ]
    write("nb-facts", parts)


def write(classes: str, parts: Iterable[str]) -> None:
    """One piece of Markdown, with a little HTML in it, of certain classes."""
    body = "\n".join(parts)
    st.markdown(f'<div class="{classes}">\n{body}\n</div>', unsafe_allow_html=True)
