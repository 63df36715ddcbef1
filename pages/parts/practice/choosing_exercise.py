"""Which exercise: by topic, kind and level, by the learner's record, or as the address says."""

from __future__ import annotations

import secrets

import streamlit as st

from calc_core.exercises import EXERCISE_KINDS
from calc_core.practice import Reference
from pages.parts.address import asked, asked_of, put
from pages.parts.practice import memory
from pages.parts.practice.trial import resumed

LEVELS = ("1", "2", "3", "4", "5")
FIRST = "partial"
#: Seeds are short enough to be read out in class.
SEEDS = 100_000
#: The topics of the kinds, as the lessons are called.
TOPICS = {
    "partial": "Partial derivatives",
    "rules": "Rules",
    "gradient": "Gradient",
    "jacobian": "Jacobian",
    "hessian": "Hessian",
    "matrix": "Matrix gradient",
    "figures": "Reading figures",
}
CHOSEN = ("kind", "difficulty", "seed", "task", "f")


def chosen() -> Reference:
    """The exercise that the address names; one is chosen if it names none."""
    if "kind" not in st.query_params:
        _go_to(resumed() or next_for_me())
    kind = asked_of("kind", tuple(EXERCISE_KINDS), FIRST)
    level = int(asked_of("difficulty", LEVELS, "1"))
    seed = asked("seed")
    if not seed.isdecimal() or len(seed) > 9:
        put("seed", str(_new_seed()))
    return Reference(kind, level, int(asked("seed")))


def choose_exercise(reference: Reference) -> None:
    """The fields above the exercise."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_which"):
        topics = list(dict.fromkeys(kind.topic for kind in EXERCISE_KINDS.values()))
        topic = EXERCISE_KINDS[reference.kind].topic
        st.session_state["topic"] = topic
        st.selectbox(
            "Topic",
            topics,
            key="topic",
            format_func=lambda name: TOPICS.get(name, name.capitalize()),
            on_change=_take_topic,
            width=200,
        )
        kinds = [kind.id for kind in EXERCISE_KINDS.values() if kind.topic == topic]
        st.session_state["kind"] = reference.kind
        st.selectbox(
            "Exercise",
            kinds,
            key="kind",
            format_func=lambda name: EXERCISE_KINDS[name].title,
            on_change=_take_kind,
            width=300,
        )
        st.session_state["difficulty"] = str(reference.level)
        st.segmented_control(
            "Level", LEVELS, key="difficulty", required=True, on_change=_take_level
        )
        st.button("Another one", on_click=_go_on, args=(reference.kind, reference.level))
        st.button(
            "Choose for me",
            on_click=_choose_for_me,
            help="What is due for another look, or what you have not practised yet.",
        )


def next_for_me() -> Reference:
    """The next exercise by the learner's record."""
    skill, level = memory.choose(tuple(EXERCISE_KINDS))
    return Reference(skill, level, _new_seed())


def go_on(reference: Reference) -> None:
    """Another exercise of the same kind and level."""
    _go_on(reference.kind, reference.level)


def _go_to(reference: Reference) -> None:
    for name in CHOSEN:
        put(name, "")
    put("kind", reference.kind)
    put("difficulty", str(reference.level), "1")
    put("seed", str(reference.seed))


def _go_on(kind: str, level: int) -> None:
    _go_to(Reference(kind, level, _new_seed()))


def _choose_for_me() -> None:
    _go_to(next_for_me())


def _take_topic() -> None:
    topic = st.session_state["topic"]
    kind = next(kind.id for kind in EXERCISE_KINDS.values() if kind.topic == topic)
    _go_on(kind, int(asked_of("difficulty", LEVELS, "1")))


def _take_kind() -> None:
    _go_on(st.session_state["kind"], int(asked_of("difficulty", LEVELS, "1")))


def _take_level() -> None:
    _go_on(asked_of("kind", tuple(EXERCISE_KINDS), FIRST), int(st.session_state["difficulty"]))


def _new_seed() -> int:
    return secrets.randbelow(SEEDS)
