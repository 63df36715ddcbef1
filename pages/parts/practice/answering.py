"""Answering: the box, and what is said of the answer."""

from __future__ import annotations

import html

import streamlit as st

from calc_core import InputError
from calc_core.exercises import Verdict
from calc_core.practice import Asked, CellError, Reference
from pages.parts.formulas import boxed, write
from pages.parts.math_field import sending, sent_by_enter
from pages.parts.messages import show_problem
from pages.parts.practice import asking
from pages.parts.practice.answer import answer_box
from pages.parts.practice.choosing_exercise import go_on
from pages.parts.practice.trial import Given, judge, trial_of
from pages.parts.study import Refusal


def answering(asked: Asked, clicked: tuple[float, float] | None) -> None:
    """The answer, and what is said of it; ``clicked`` is a place on the figure."""
    trial = trial_of(asked.reference)
    with sent_by_enter("answer"):
        given = answer_box(asked, clicked)
        with st.container(horizontal=True, vertical_alignment="center"):
            # Never greyed out: a click that comes before a pause in typing must not be lost.
            with sending("Check", "check") as is_sent:
                problem = _check(asked, given) if is_sent else None
            if trial.solved:
                next_exercise(asked.reference)
    if problem is not None:
        _unread(problem, given)
    elif trial.judged is not None:
        _judged(asked, given, trial.judged)


def next_exercise(reference: Reference) -> None:
    """The way on, where an exercise is done."""
    st.button("Next exercise →", key="next", on_click=go_on, args=(reference,))


def _check(asked: Asked, given: Given | None) -> Refusal | None:
    """Judge the answer; or why that cannot be done."""
    if given is None:
        return InputError("There is no answer yet.", hint="Type one above.")
    found = asking.verdict(asked.reference, given)
    if not isinstance(found, Verdict):
        return found
    judge(asked, given, found)
    return None


def _judged(asked: Asked, given: Given | None, judged: Given) -> None:
    """What was said of the answer that was judged last; it is known, or found again."""
    if judged != given:
        st.caption("The answer has changed since it was checked.")
        return
    verdict = asking.verdict(asked.reference, judged)
    if isinstance(verdict, Verdict):
        show_verdict(verdict)


def _unread(problem: Exception, given: Given | None) -> None:
    """Say what cannot be read, and in which cell."""
    if isinstance(problem, CellError) and given is not None and not isinstance(given, str):
        i, j = problem.place
        st.caption(f"In row {i + 1}, column {j + 1}:")
        show_problem(problem.problem, given[i][j])
    else:
        show_problem(problem, given if isinstance(given, str) else "")


def show_verdict(verdict: Verdict) -> None:
    """Right, or what was done, and the law that was meant; and how the answer was read."""
    kind = "nb-right" if verdict.is_right else "nb-wrong"
    parts = [f"\n\n{verdict.message}\n\n"]
    laws = dict.fromkeys(found.law for found in verdict.mistakes if found.law)
    parts += [boxed(law) for law in laws]
    if verdict.is_right and verdict.method:
        parts.append(f"<small>compared {html.escape(verdict.method)}</small>")
    elif 0 < verdict.score < 1:
        parts.append(f"<small>{round(100 * verdict.score)} of 100 points</small>")
    if verdict.read is not None:
        parts += ["<p><small>Your answer was read as</small></p>", boxed(verdict.read)]
    write(f"nb-verdict {kind}", parts)
