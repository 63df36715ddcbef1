"""You choose the rule: the learner names it, and the line is written."""

from __future__ import annotations

from typing import Any

import streamlit as st

from calc_core.practice import Asked, Chosen
from pages.parts.derivation_view import written_line
from pages.parts.formulas import boxed, write
from pages.parts.messages import show_problem
from pages.parts.practice import asking, memory
from pages.parts.practice.answering import next_exercise

AUTOMATIC = "automatic"
HELP = "Rules that you know well can be used without your asking for them."


def choosing(asked: Asked) -> None:
    """The lines so far, the part that is marked, and the rules to choose from."""
    if not asked.has_working:
        st.info(asked.instead)
        return
    key = f"chosen_{asked.reference}"
    if key not in st.session_state:
        begun = asking.begun(asked.reference, _automatic())
        if not isinstance(begun, dict):
            show_problem(begun)
            return
        st.session_state[key] = begun, ""
    state, said = st.session_state[key]
    write("nb-block", [boxed(state["goal"]), *map(written_line, state["lines"])])
    if said:
        st.markdown(said)
    if state["finished"]:
        write("nb-verdict nb-right", ["\n\nEverything is differentiated.\n\n"])
        next_exercise(asked.reference)
    else:
        _rules(asked, key, state)
    with st.container(horizontal=True):
        st.button("Start again", key="again", type="tertiary", on_click=_again, args=(key,))
        _mastered(asked, key, state)


def _rules(asked: Asked, key: str, state: dict[str, Any]) -> None:
    part = 0
    if len(state["parts"]) > 1:
        part = st.radio(
            "Which part next?",
            range(len(state["parts"])),
            format_func=lambda k: f"${state['parts'][k]}$",
            horizontal=True,
            key=f"part_{len(state['lines'])}",
        )
    write("nb-result", [boxed(state["marked"][part])])
    st.caption("Which rule is for the marked part?")
    with st.container(horizontal=True, key="nb_rules"):
        for rule, name, law in state["rules"]:
            st.button(
                name,
                key=f"rule_{rule}",
                help=f"${law}$" if law else None,
                on_click=_choose,
                args=(asked, key, rule, part),
            )


def _choose(asked: Asked, key: str, rule: str, part: int) -> None:
    state, _ = st.session_state[key]
    found = asking.chosen(asked.reference, state, rule, part)
    if isinstance(found, Chosen):
        st.session_state[key] = found.state, found.why
    else:
        st.session_state[key] = state, str(found)


def _again(key: str) -> None:
    st.session_state.pop(key, None)


def _mastered(asked: Asked, key: str, state: dict[str, Any]) -> None:
    names = {rule: name for rule, name, _ in state["rules"]}
    known = _automatic()
    options = list(dict.fromkeys((*names, *known)))
    if not options:
        return
    with st.popover("Rules that apply by themselves", help=HELP):
        st.multiselect(
            "Applied by themselves",
            options,
            default=known,
            format_func=lambda rule: names.get(rule, rule.replace("-", " ").replace(":", ": ")),
            key="mastered",
            on_change=_master,
            args=(asked, key),
        )


def _master(asked: Asked, key: str) -> None:
    rules = tuple(st.session_state["mastered"])
    st.session_state[AUTOMATIC] = rules
    memory.save_settings(memory.settings() | {AUTOMATIC: list(rules)})
    state, _ = st.session_state[key]
    found = asking.automated(asked.reference, state, rules)
    if isinstance(found, dict):
        st.session_state[key] = found, ""


def _automatic() -> tuple[str, ...]:
    if AUTOMATIC not in st.session_state:
        st.session_state[AUTOMATIC] = tuple(memory.settings().get(AUTOMATIC, ()))
    found: tuple[str, ...] = st.session_state[AUTOMATIC]
    return found
