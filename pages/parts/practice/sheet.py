"""The sheet on which a derivation is written: one text, or a visual field for each line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from calc_core.practice import Asked, Reference
from pages.parts.math_field import Language, editor_switch, is_visual, math_input
from pages.parts.practice import asking
from pages.parts.practice.trial import keep, trial_of

SHEET = "sheet"
#: Empty lines at the end: Enter leads to the next one before the server has made another.
SPARE = 2
LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class LineSpellings:
    """A line of working in plain text and in LaTeX; what it means may hang on those above it."""

    reference: Reference
    above: tuple[str, ...]

    def to_latex(self, text: str) -> str | None:
        """LaTeX for the line, if there is some."""
        return asking.line_in_latex(self.reference, self.above, text)

    def to_text(self, latex: str) -> str | None:
        """Plain text for the line, if there is some."""
        return asking.line_in_text(self.reference, self.above, latex)

    def notes(self, text: str) -> tuple[str, ...]:  # noqa: ARG002
        """Nothing: in the letters of an exercise a line is read in one way."""
        return ()


def sheet(asked: Asked) -> tuple[str, ...]:
    """The lines that are written."""
    editor_switch(SHEET)
    text: str = trial_of(asked.reference).typed.get(SHEET, "")
    text = "\n".join(_fields(asked, text.splitlines())) if is_visual() else _text(asked, text)
    return tuple(line for line in text.splitlines() if line.strip())


def _text(asked: Asked, text: str) -> str:
    key = f"sheet_{asked.reference.name}"
    return st.text_area(
        "Your working",
        value=text,
        key=key,
        height=200,
        on_change=lambda: _take(asked, st.session_state[key]),
    )


def _take(asked: Asked, text: str) -> None:
    trial_of(asked.reference).typed[SHEET] = text
    keep(asked.reference)


def _fields(asked: Asked, written: list[str]) -> list[str]:
    """A field for each line, and some more."""
    count = max(LEAST_LINES, len(written) + SPARE)
    lines = written + [""] * (count - len(written))
    return [
        math_input(
            f"Line {k + 1}",
            key=_key(asked, k),
            value=line,
            language=Language("working", LineSpellings(asked.reference, tuple(lines[:k]))),
            bind=False,
            switch=False,
            on_change=partial(_take_fields, asked, count),
            label_visibility="collapsed",
        )
        for k, line in enumerate(lines)
    ]


def _key(asked: Asked, k: int) -> str:
    return f"line_{k}_{asked.reference.name}"


def _take_fields(asked: Asked, count: int) -> None:
    lines = [st.session_state.get(_key(asked, k), "") for k in range(count)]
    _take(asked, "\n".join(lines).rstrip("\n"))
