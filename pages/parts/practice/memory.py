"""The learner's record: under a private code, which the address of the page holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from calc_core import InputError
from calc_core.progress import Attempt, MistakeCount, SkillState, Store, StoreError, open_store
from pages.parts.address import asked, put
from pages.parts.messages import say

T = TypeVar("T")
#: Where the address keeps the code.
CODE = "learner"
_TROUBLE = "memory_trouble"
_UNKNOWN = "memory_unknown"
BEGUN = (
    "Your record has begun. It is kept under the code in the address of this page: keep the "
    "address to go on with it, and see **My progress**."
)


@st.cache_resource(show_spinner=False)
def open_memory() -> Store:
    """The store, opened once for all sessions."""
    return open_store()


def code() -> str:
    """The learner's code, or nothing as long as there is nothing to keep."""
    given = asked(CODE)
    if given and given != st.session_state.get(CODE):
        known = _trying(lambda: open_memory().knows(given), False)
        st.session_state[CODE] = given if known else ""
        st.session_state[_UNKNOWN] = not known
    found: str = st.session_state.get(CODE, "")
    put(CODE, found)
    return found


def begin() -> str:
    """The learner's code; a new one if there is none yet."""
    known = code()
    if not known:
        known = _trying(lambda: open_memory().new_learner(), "")
        enter(known)
        if known:
            st.toast(BEGUN, duration="long")
    return known


def enter(new: str) -> None:
    """Go on under another code, or under none."""
    st.session_state[CODE] = new
    st.session_state[_UNKNOWN] = False
    put(CODE, new)


def say_what_is_unknown() -> None:
    """Say it if the address holds a code under which nothing is kept."""
    code()
    if st.session_state.get(_UNKNOWN):
        say(
            "Nothing is kept under the code in the address: it was deleted, or a sign is wrong.",
            "The next answer begins a new record.",
        )


def knows(given: str) -> bool:
    """Whether something is kept under a code."""
    return _trying(lambda: open_memory().knows(given), False)


def record(attempt: Attempt) -> None:
    """Keep an attempt; a learner who has none yet gets a code."""
    mine = begin()
    if mine:
        _trying(lambda: open_memory().record(mine, attempt), None)


def save_draft(data: Mapping[str, Any]) -> None:
    """Keep what the learner is in the middle of, if there is a learner."""
    mine = code()
    if mine:
        _trying(lambda: open_memory().save_draft(mine, data), None)


def draft() -> dict[str, Any]:
    """What the learner was in the middle of, or nothing."""
    mine = code()
    return _trying(lambda: open_memory().draft(mine), {}) if mine else {}


def settings() -> dict[str, Any]:
    """How the learner likes to work."""
    mine = code()
    return _trying(lambda: open_memory().settings(mine), {}) if mine else {}


def save_settings(data: Mapping[str, Any]) -> None:
    """Keep how the learner likes to work."""
    mine = begin()
    if mine:
        _trying(lambda: open_memory().save_settings(mine, data), None)


def choose(skills: Sequence[str]) -> tuple[str, int]:
    """Which skill to practise next, and at which level."""
    mine = code()
    if not mine:
        return skills[0], 1
    skill = _trying(lambda: open_memory().choose(mine, skills), skills[0])
    return skill, _trying(lambda: open_memory().level(mine, skill), 1)


def skills() -> tuple[SkillState, ...]:
    """Where the learner stands."""
    mine = code()
    return _trying(lambda: open_memory().skills(mine), ()) if mine else ()


def mistakes() -> tuple[MistakeCount, ...]:
    """Which mistakes were made, the most frequent of late first."""
    mine = code()
    return _trying(lambda: open_memory().mistakes(mine), ()) if mine else ()


def history(limit: int) -> tuple[Attempt, ...]:
    """The last attempts."""
    mine = code()
    return _trying(lambda: open_memory().history(mine, limit), ()) if mine else ()


def export() -> dict[str, Any]:
    """All that is kept."""
    mine = code()
    return _trying(lambda: open_memory().export(mine), {}) if mine else {}


def delete() -> bool:
    """Delete all that is kept; whether that could be done."""
    mine = code()
    done = _trying(lambda: (open_memory().delete(mine), True)[1], False)
    if done:
        enter("")
    return done


def trouble() -> str:
    """Why nothing is kept at the moment, if so; it is said once."""
    said: str = st.session_state.pop(_TROUBLE, "")
    return said


def _trying(doing: Callable[[], T], otherwise: T) -> T:
    """What the store gives; without it the page goes on, and says why nothing is kept."""
    try:
        return doing()
    except StoreError as problem:
        st.session_state[_TROUBLE] = str(problem)
    except InputError:  # the code was deleted elsewhere
        st.session_state[CODE] = ""
    return otherwise
