"""Which exercise: by topic, kind and level, by the learner's record, or as the address says."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qsl

import streamlit as st

from calc_core.exercises import EXERCISE_KINDS
from calc_core.exercises.typed import OWN, Typed
from calc_core.practice import Reference
from pages.parts.address import asked, asked_of, put
from pages.parts.messages import say
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
    "identities": "Identities",
}
# What the address has of an exercise that was typed.
TASK, FUNCTION, VARIABLES, VARIABLE = "task", "f", "of", "by"
CHOSEN = ("kind", "difficulty", "seed", TASK, FUNCTION, VARIABLES, VARIABLE)


def chosen() -> Reference:
    """The exercise that the address names; one is chosen if it names none."""
    if TASK in st.query_params:
        return Reference(OWN, source=typed().source())
    if "kind" not in st.query_params:
        go_to(resumed() or next_for_me())
    kind = asked_of("kind", tuple(EXERCISE_KINDS), FIRST)
    level = int(asked_of("difficulty", LEVELS, "1"))
    seed = asked("seed")
    if not seed.isdecimal() or len(seed) > 9:
        put("seed", str(_new_seed()))
    return Reference(kind, level, int(asked("seed")))


def typed() -> Typed:
    """What the address has of an exercise that was typed."""
    return Typed(*[asked(name) for name in (TASK, FUNCTION, VARIABLES, VARIABLE)])


def choose_exercise(reference: Reference) -> None:
    """The fields above the exercise."""
    if reference.kind == OWN:
        st.button("Exercises of all kinds", on_click=_choose_for_me)
        return
    _say_what_is_not_there()
    with st.container(horizontal=True, vertical_alignment="bottom", key="nb_which"):
        _choose_kind(reference)
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


def _choose_kind(reference: Reference) -> None:
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


def _say_what_is_not_there() -> None:
    kind, level = asked("kind"), asked("difficulty")
    if kind not in EXERCISE_KINDS:
        say(f"There is no exercise called “{kind}”.", "Here is another one.")
    if level and level not in LEVELS:
        say(f"There is no level “{level}”.", "Levels go from 1 to 5; this is the first.")


def next_for_me() -> Reference:
    """The next exercise by the learner's record."""
    skill, level = memory.choose(tuple(EXERCISE_KINDS))
    return Reference(skill, level, _new_seed())


def go_on(reference: Reference) -> None:
    """Another exercise of the same kind and level."""
    if reference.kind == OWN:
        _choose_for_me()
    else:
        _go_on(reference.kind, reference.level)


def address_of(reference: Reference) -> dict[str, str]:
    """What names an exercise in the address of the page."""
    if reference.kind == OWN:
        return dict(parse_qsl(reference.source))
    level = {} if reference.level == 1 else {"difficulty": str(reference.level)}
    return {"kind": reference.kind, **level, "seed": str(reference.seed)}


def go_to(reference: Reference) -> None:
    """Name another exercise in the address: in one go, for the way back leads by all addresses."""
    kept = {name: value for name, value in st.query_params.items() if name not in CHOSEN}
    st.query_params.from_dict(kept | address_of(reference))


def _go_on(kind: str, level: int) -> None:
    go_to(Reference(kind, level, _new_seed()))


def _choose_for_me() -> None:
    go_to(next_for_me())


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
