"""Which exercise: by topic, kind and level, by the learner's record, or as the address says."""

from __future__ import annotations

import secrets

import streamlit as st

from calc_core.exercises import EXERCISE_KINDS
from calc_core.exercises.typed import OWN, TASKS, Typed
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
    "identities": "Identities",
}
# What the address has of an exercise that was typed.
TASK, FUNCTION, VARIABLES, VARIABLE = "task", "f", "of", "by"
CHOSEN = ("kind", "difficulty", "seed", TASK, FUNCTION, VARIABLES, VARIABLE)


def chosen() -> Reference:
    """The exercise that the address names; one is chosen if it names none."""
    if TASK in st.query_params:
        return Reference(OWN, source=_typed().source())
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
    if reference.kind == OWN:
        with st.container(horizontal=True):
            st.button("Exercises of all kinds", on_click=_choose_for_me)
        _own()
        return
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
    _own()


def _typed() -> Typed:
    return Typed(*[asked(name) for name in (TASK, FUNCTION, VARIABLES, VARIABLE)])


def _own() -> None:
    """An exercise of one's own, whose address can be handed out."""
    with st.expander("Set an exercise of your own", key="own_exercise"):
        st.caption(
            "The address of the page then holds the exercise: whoever opens it gets the same one. "
            "Hand it out without the part that begins with `learner=`, which is yours."
        )
        with st.form("own", border=False):
            now = _typed()
            with st.container(horizontal=True, vertical_alignment="bottom"):
                tasks = list(TASKS)
                place = tasks.index(now.task) if now.task in tasks else 1
                task = st.selectbox(
                    "Task", tasks, place, format_func=lambda name: TASKS[name].title, width=200
                )
                text = st.text_input("Function", now.text, placeholder="x^2 y + sin(x y)")
                by = st.text_input(
                    "By, at or with",
                    now.variable,
                    placeholder="x",
                    help="The variable of a partial derivative: `x`; the point of a Taylor "
                    "polynomial: `(1, 2)`; the inner functions of a chain: `x = t^2, y = t^3`; the "
                    "letter of a matrix gradient: `X`.",
                    width=180,
                )
            sent = st.form_submit_button("Set it")
        if sent and text.strip():
            _address(**{TASK: task, FUNCTION: text, VARIABLE: by})
            st.rerun()


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


def _go_to(reference: Reference) -> None:
    _address(
        kind=reference.kind,
        difficulty="" if reference.level == 1 else str(reference.level),
        seed=str(reference.seed),
    )


def _address(**chosen: str) -> None:
    """Name another exercise in the address: in one go, for the way back leads by all addresses."""
    kept = {name: value for name, value in st.query_params.items() if name not in CHOSEN}
    st.query_params.from_dict(kept | {name: value for name, value in chosen.items() if value})


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
