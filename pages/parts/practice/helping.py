"""Help with an exercise: hints, and the whole solution."""

from __future__ import annotations

import streamlit as st

from calc_core.exercises.hints import Hint
from calc_core.practice import Asked, Worked
from pages.parts.derivation_view import choose_level, result_card, show_way
from pages.parts.formulas import boxed, write
from pages.parts.messages import show_problem
from pages.parts.practice import asking
from pages.parts.practice.trial import keep, trial_of


def help_with(asked: Asked) -> None:
    """Hints, and the whole solution."""
    trial = trial_of(asked.reference)
    shown = trial.has_seen_solution
    found = asking.hints(asked.reference) if trial.hints or not shown else ()
    hints = found if isinstance(found, tuple) else ()
    _hints(hints[: trial.hints])
    with st.container(horizontal=True, key="nb_help"):
        if trial.hints < len(hints):
            label = "Another hint" if trial.hints else "A hint"
            st.button(label, type="tertiary", key="hint", on_click=_one_more, args=(asked,))
        st.button(
            "Hide the solution" if shown else "Show the solution",
            type="tertiary",
            key="solution",
            on_click=_turn_solution,
            args=(asked, not shown),
        )
    if shown:
        _solution(asked)


def _hints(shown: tuple[Hint, ...]) -> None:
    if not shown:
        return
    rows = []
    for hint in shown:
        rows.append(f"\n\n{hint.text}\n\n")
        if hint.latex:
            rows.append(boxed(hint.latex))
    write("nb-hints", rows)


def _one_more(asked: Asked) -> None:
    trial_of(asked.reference).hints += 1
    keep(asked.reference)


def _turn_solution(asked: Asked, shown: bool) -> None:
    trial_of(asked.reference).has_seen_solution = shown
    keep(asked.reference)


def _solution(asked: Asked) -> None:
    level = choose_level()
    worked = asking.solution(asked.reference, level)
    if not isinstance(worked, Worked):
        show_problem(worked)
        return
    if worked.derived is None:
        write("nb-result", [boxed(worked.answer)])
    else:
        result_card(worked.derived.data)
        show_way(worked.derived, "_solution", (repr(asked.reference), level))
    if worked.remark:
        st.markdown(worked.remark)
