"""The caches in front of the core, and the time limit around it.

A class of thirty that opens the same link asks the same question: it is worked out once.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import plotly
import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx

from calc_core import InputError, labs, lesson, run
from calc_core.figures import Style
from calc_core.geometry import View
from calc_core.labs import Shown
from calc_core.lines import Level
from calc_core.run import TookTooLong, WorkerFailed

SECONDS = 5.0
# A reader is told to wait after this long; what is quicker must not flicker.
PATIENCE = 0.1

Refusal = InputError | TookTooLong | WorkerFailed
#: What an operation takes besides the function.
Given = Mapping[str, Any]


def derive(
    operation: lesson.Operation, text: str, variables: str, level: Level, given: Given
) -> lesson.Derived | Refusal:
    """The derivation, or why there is none."""
    return answer("Deriving …", _derive, operation, text, variables, level, given)


def steepest(text: str, variables: str, at: Mapping[str, float]) -> lesson.Steepest | Refusal:
    """Where a function rises fastest from a point, or why that cannot be said."""
    return answer("Deriving …", _steepest, text, variables, at)


def scene(
    lab: str, text: str, variables: str, view: View, style: Style, options: Given
) -> Shown | Refusal:
    """What a laboratory shows of a function, or why there is nothing."""
    return answer("Drawing …", _scene, lab, text, variables, view, style, options)


def answer(message: str, asking: Callable[..., Any], *question: Any) -> Any:
    """What a cached function gives, with a message while that takes long."""
    with _waiting(message):
        try:
            return asking(*question)
        except WorkerFailed as failure:  # it may go better next time, and so is not kept
            return failure


@st.cache_data(max_entries=400, ttl="1h", show_spinner=False)
def _derive(
    operation: lesson.Operation, text: str, variables: str, level: Level, given: Given
) -> Any:
    return ask(lesson.derive, operation, text, variables, level, given)


@st.cache_data(max_entries=400, ttl="1h", show_spinner=False)
def _steepest(text: str, variables: str, at: Mapping[str, float]) -> Any:
    return ask(lesson.steepest, text, variables, at)


@st.cache_data(max_entries=200, ttl="1h", show_spinner=False)
def _scene(lab: str, text: str, variables: str, view: View, style: Style, options: Given) -> Any:
    return ask(labs.scene, lab, text, variables, view, style, plotly.__version__, options)


def ask(job: Callable[..., Any], *question: Any) -> Any:
    """What a job gives in a worker, or why it gives nothing."""
    try:
        return run.run(job, *question, seconds=SECONDS)
    except (InputError, TookTooLong) as refusal:
        # An answer, too: the next thirty who ask must not wait for it again.
        return refusal


@contextlib.contextmanager
def _waiting(text: str) -> Iterator[None]:
    """Say that something is being worked on, if it takes long enough to be noticed.

    Streamlit's own spinner stays silent for half a second.
    """
    slot = st.empty()
    # Once the work is done the message must not come any more, late as the timer may be.
    lock, done = threading.Lock(), threading.Event()

    def say() -> None:
        with lock:
            if not done.is_set():
                slot.caption(f":hourglass_flowing_sand: {text}")

    timer = threading.Timer(PATIENCE, say)
    add_script_run_ctx(timer)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            done.set()
            slot.empty()
