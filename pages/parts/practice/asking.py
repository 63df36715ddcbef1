"""The questions of the practice page to the core: in a worker, and each of them once."""

from __future__ import annotations

import streamlit as st

from calc_core import practice
from calc_core.exercises import Verdict
from calc_core.lines import Level
from calc_core.practice import Asked, Reference, Worked
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
