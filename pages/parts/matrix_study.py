"""The caches in front of the functions on matrices; each gives an answer or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import streamlit as st

from calc_core import lesson, matrix_lesson
from calc_core.lines import Level
from calc_core.matrix_lesson import Question
from pages.parts.study import Refusal, answer, ask

DERIVING, COUNTING = "Deriving …", "Working out the numbers …"


def derivative(
    question: Question, layout: str, level: Level, show_shapes: bool
) -> matrix_lesson.MatrixStudy | Refusal:
    """The derivation of a matrix gradient."""
    return _asked(DERIVING, "study", question, layout, level, show_shapes)


def hessian(
    question: Question, level: Level, show_shapes: bool
) -> matrix_lesson.MatrixStudy | Refusal:
    """That of a Hessian."""
    return _asked(DERIVING, "hessian_of", question, level, show_shapes)


def code(question: Question, layout: str) -> tuple[matrix_lesson.Programme, ...] | Refusal:
    """Programmes that compute the derivative."""
    return _asked("Writing the code …", "code_of", question, layout)


def starting_values(question: Question) -> dict[str, str] | Refusal:
    """Small values to begin with."""
    return _asked(COUNTING, "starting_values", question)


def numbers(question: Question, chosen: Mapping[str, str]) -> matrix_lesson.MatrixNumbers | Refusal:
    """The derivative at numbers."""
    return _asked(COUNTING, "numbers_of", question, dict(chosen))


def entry(
    question: Question,
    chosen: Mapping[str, str],
    f: tuple[int, ...],
    x: tuple[int, ...],
) -> matrix_lesson.Entry | Refusal:
    """One entry of it."""
    return _asked(COUNTING, "entry_of", question, dict(chosen), f, x)


def proof(number: int) -> tuple[matrix_lesson.ProofLine, ...] | Refusal:
    """The proof of one of the nine identities."""
    return _asked(DERIVING, "proof_of", number)


def for_ones_own(
    number: int, text: str, level: Level, show_shapes: bool
) -> lesson.Derived | Refusal:
    """One of the nine for an f of one's own."""
    return _asked(DERIVING, "derivation_of", number, text, level, show_shapes)


def sides(number: int, text: str) -> matrix_lesson.SidesShown | Refusal:
    """Both sides of one of the nine in numbers."""
    return _asked(COUNTING, "sides_of", number, text)


def collected(index: int, level: Level, show_shapes: bool) -> matrix_lesson.MatrixStudy | Refusal:
    """One of the collection, derived."""
    return _asked(DERIVING, "open_identity", index, level, show_shapes)


def _asked(message: str, job: str, *question: Any) -> Any:
    return answer(message, _worked_out, job, *question)


@st.cache_data(max_entries=800, ttl="1h", show_spinner=False)
def _worked_out(job: str, *question: Any) -> Any:
    return ask(cast("Any", getattr(matrix_lesson, job)), *question)
