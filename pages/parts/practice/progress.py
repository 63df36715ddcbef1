"""What has been practised and how it went, which mistakes recur, and the code of the record."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import streamlit as st

from calc_core.exercises import EXERCISE_KINDS
from calc_core.exercises.catalogue import MISTAKES
from calc_core.progress import SkillState
from calc_core.progress.codes import written_code
from pages.parts.practice import memory

SHOWN_ATTEMPTS = 20
SHOWN_MISTAKES = 8
WHAT_IS_KEPT = (
    "Your answers and what was said of them are kept under a private code, and nothing about you: "
    "no name, no address. Who has the code has the record, so keep it to yourself. It stands in "
    "the address of this page: to go on elsewhere, open that address there or type the code."
)


def progress() -> None:
    """The learner's record."""
    mine = memory.code()
    if not mine:
        st.info("Nothing is kept yet: the first answer that you check begins your record.")
        _other_code()
        return
    skills = memory.skills()
    if not skills:
        st.info("Nothing has been answered yet.")
    else:
        _skills(skills)
        _mistakes()
        _attempts()
    _record(mine)
    _other_code()


def _skills(skills: tuple[SkillState, ...]) -> None:
    st.subheader("How it stands")
    now = datetime.now(UTC)
    rows = [
        {
            "Exercise": _title(state.skill),
            "Answers": state.attempts,
            "Right": state.right,
            "Holds for": _span(state.stability),
            "Due": _when(state.due, now),
        }
        for state in skills
    ]
    st.dataframe(rows, hide_index=True)
    st.caption(
        "*Holds for*: the time after which you would still know it in nine cases of ten, by FSRS, "
        "a published model of how memory fades. Then it is due for another look."
    )


def _mistakes() -> None:
    found = memory.mistakes()[:SHOWN_MISTAKES]
    if not found:
        return
    st.subheader("Mistakes that recur")
    for each in found:
        known = MISTAKES.get(each.mistake)
        if known is not None:
            times = "once" if each.count == 1 else f"{each.count} times"
            law = f" Meant was ${known.law}$." if known.law else ""
            st.markdown(f"- **{times}**: {known.sentence.replace('{where}', '')}{law}")


def _attempts() -> None:
    attempts = memory.history(SHOWN_ATTEMPTS)
    with st.expander("The last answers"):
        rows = [
            {
                "When": attempt.at.strftime("%Y-%m-%d %H:%M"),
                "Exercise": _title(attempt.kind),
                "Level": attempt.level,
                "Answer": attempt.text,
                "Points": round(100 * attempt.score),
            }
            for attempt in attempts
        ]
        st.dataframe(rows, hide_index=True)


def _record(mine: str) -> None:
    st.subheader("Your record")
    st.markdown(WHAT_IS_KEPT)
    st.code(mine, language=None)
    with st.container(horizontal=True):
        st.download_button(
            "Download all of it",
            json.dumps(memory.export(), indent=1, ensure_ascii=False),
            "nabla-record.json",
            "application/json",
        )
        with st.popover("Delete all of it"):
            st.markdown("This cannot be undone.")
            st.button("Delete it for good", on_click=_delete, type="primary")


def _delete() -> None:
    if memory.delete():
        st.session_state.pop("trials", None)
        st.toast("Your record has been deleted.")


def _other_code() -> None:
    with st.form("other_code", border=False):
        given = st.text_input(
            "Go on with another code",
            placeholder="XXXX-XXXX-XXXX-XXXX-XXXX",
            key="other_code_field",
        )
        sent = st.form_submit_button("Use this code")
    if not sent or not given.strip():
        return
    if memory.knows(given):
        memory.enter(written_code(given))
        st.session_state.pop("trials", None)
        st.rerun()
    st.warning("Nothing is kept under this code. Look at it once more, sign by sign.")


def _title(kind: str) -> str:
    return EXERCISE_KINDS[kind].title if kind in EXERCISE_KINDS else kind


def _span(days: float) -> str:
    if days < 1:
        return "less than a day"
    whole = round(days)
    return "a day" if whole == 1 else f"{whole} days"


def _when(due: datetime, now: datetime) -> str:
    left = due - now
    if left <= timedelta(0):
        return "now"
    if left < timedelta(hours=1):
        return "within the hour"
    if left < timedelta(days=1):
        return "today"
    days = round(left / timedelta(days=1))
    return "tomorrow" if days == 1 else f"in {days} days"
