"""The questions of the practice page to the core: in a worker, and each of them once."""

from __future__ import annotations

from typing import Any

import streamlit as st

from calc_core import practice
from calc_core.exercises import Verdict
from calc_core.exercises.hints import Hint
from calc_core.exercises.working import WorkReport
from calc_core.figures import Style
from calc_core.lines import Level
from calc_core.practice import Asked, Chosen, Picture, Reference, Worked
from pages.parts.practice.trial import Given
from pages.parts.study import Refusal, answer, ask


def exercise(reference: Reference) -> Asked | Refusal:
    """The exercise, or why there is none."""
    found: Asked | Refusal = answer("Making an exercise …", _exercise, reference)
    return found


def verdict(reference: Reference, given: Given) -> Verdict | Refusal:
    """What is to be said of an answer, or why it cannot be read."""
    found: Verdict | Refusal = answer("Looking at the answer …", _verdict, reference, given)
    return found


def solution(reference: Reference, level: Level) -> Worked | Refusal:
    """The worked solution."""
    found: Worked | Refusal = answer("Deriving …", _solution, reference, level)
    return found


@st.cache_data(max_entries=1000, ttl="1h", show_spinner=False)
def _exercise(reference: Reference) -> Asked | Refusal:
    found: Asked | Refusal = ask(practice.ask, reference)
    return found


@st.cache_data(max_entries=2000, ttl="1h", show_spinner=False)
def _verdict(reference: Reference, given: Given) -> Verdict | Refusal:
    found: Verdict | Refusal = ask(practice.judge, reference, given)
    return found


@st.cache_data(max_entries=400, ttl="1h", show_spinner=False)
def _solution(reference: Reference, level: Level) -> Worked | Refusal:
    found: Worked | Refusal = ask(practice.solve, reference, level)
    return found


def picture(reference: Reference, style: Style) -> Picture | Refusal:
    """The figure of an exercise."""
    found: Picture | Refusal = answer("Drawing …", _picture, reference, style)
    return found


def hints(reference: Reference) -> tuple[Hint, ...] | Refusal:
    """All hints for an exercise."""
    found: tuple[Hint, ...] | Refusal = answer("Looking for a hint …", _hints, reference)
    return found


def report(reference: Reference, lines: tuple[str, ...]) -> WorkReport | Refusal:
    """What is to be said of a person's own working."""
    found: WorkReport | Refusal = answer("Reading the lines …", _report, reference, lines)
    return found


def line_in_latex(reference: Reference, above: tuple[str, ...], line: str) -> str | None:
    """A line of working as the visual editor shows it, if it can."""
    found = _line_in_latex(reference, above, line)
    return found if isinstance(found, str) else None


def line_in_text(reference: Reference, above: tuple[str, ...], latex: str) -> str | None:
    """What the visual editor shows, as plain text, if that means the same."""
    found = _line_in_text(reference, above, latex)
    return found if isinstance(found, str) else None


def begun(reference: Reference, automatic: tuple[str, ...]) -> dict[str, Any] | Refusal:
    """The beginning of a derivation for which the learner chooses the rules."""
    found: dict[str, Any] | Refusal = ask(practice.begin_choosing, reference, automatic)
    return found


def chosen(reference: Reference, state: dict[str, Any], rule: str, part: int) -> Chosen | Refusal:
    """What comes of a rule that was chosen."""
    found: Chosen | Refusal = ask(practice.choose, reference, state, rule, part)
    return found


def automated(
    reference: Reference, state: dict[str, Any], automatic: tuple[str, ...]
) -> dict[str, Any] | Refusal:
    """Where a derivation stands when these rules apply by themselves."""
    found: dict[str, Any] | Refusal = ask(practice.make_automatic, reference, state, automatic)
    return found


@st.cache_data(max_entries=200, ttl="1h", show_spinner=False)
def _picture(reference: Reference, style: Style) -> Picture | Refusal:
    found: Picture | Refusal = ask(practice.picture, reference, style)
    return found


@st.cache_data(max_entries=400, ttl="1h", show_spinner=False)
def _hints(reference: Reference) -> tuple[Hint, ...] | Refusal:
    found: tuple[Hint, ...] | Refusal = ask(practice.hints_for, reference)
    return found


@st.cache_data(max_entries=1000, ttl="1h", show_spinner=False)
def _report(reference: Reference, lines: tuple[str, ...]) -> WorkReport | Refusal:
    found: WorkReport | Refusal = ask(practice.check, reference, lines)
    return found


@st.cache_data(max_entries=1000, ttl="1h", show_spinner=False)
def _line_in_latex(reference: Reference, above: tuple[str, ...], line: str) -> str | Refusal | None:
    found: str | Refusal | None = ask(practice.line_in_latex, reference, above, line)
    return found


@st.cache_data(max_entries=1000, ttl="1h", show_spinner=False)
def _line_in_text(reference: Reference, above: tuple[str, ...], latex: str) -> str | Refusal | None:
    found: str | Refusal | None = ask(practice.line_in_text, reference, above, latex)
    return found
