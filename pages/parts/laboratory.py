"""Live figures on a page: the picture beside a derivation, and the laboratory below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from calc_core import Expression, InputError
from calc_core.figures import equations
from calc_core.geometry import View
from calc_core.labs import Shown, State
from pages.parts import study
from pages.parts.address import asked, choice, put
from pages.parts.controls import go_to, remember_states
from pages.parts.counterexample import counterexample
from pages.parts.critical_points import point_list
from pages.parts.examples import Experiment, experiments_of
from pages.parts.live import live
from pages.parts.messages import show_problem
from pages.parts.style import figure_style

#: What an experiment has on the page below its figures.
BELOW: Mapping[str, Callable[[Shown, Expression, str, View], None]] = {
    "critical": point_list,
    "mixed": counterexample,
}


def laboratory(kind: str, expression: Expression, variables: str, view: View) -> None:
    """The experiments of a lesson, of which the one that the address names is open."""
    if not experiments_of(kind):
        return
    st.subheader("Laboratory")
    _experiment(chosen_experiment(kind), expression, variables, view)


def chosen_experiment(kind: str) -> Experiment:
    """The experiment that the reader chooses of those of a lesson; the address keeps it."""
    experiments = {experiment.name: experiment for experiment in experiments_of(kind)}
    name = choice(
        st.segmented_control,
        "Experiment",
        list(experiments),
        "lab",
        format_func=lambda name: experiments[name].title,
        label_visibility="collapsed",
        required=True,
    )
    return experiments[name]


def _experiment(experiment: Experiment, expression: Expression, variables: str, view: View) -> None:
    with st.container(key="nb_lab_text"):
        st.markdown(experiment.text)
    found = stage(experiment.name, expression, variables, view)
    if found is not None and experiment.name in BELOW:
        BELOW[experiment.name](found, expression, variables, view)


def stage(
    lab: str,
    expression: Expression,
    variables: str,
    view: View,
    key: str = "stage",
    options: Mapping[str, Any] | None = None,
) -> Shown | None:
    """One live scene, with what is to be said about it; None if there is none to be shown.

    ``key``  tells two on one page apart.
    """
    style = figure_style()
    found = study.scene(lab, expression.text, variables, _held_still(view), style, options or {})
    if isinstance(found, InputError):  # nothing is wrong: the experiment is about other functions
        st.caption(str(found))
        return None
    if isinstance(found, Exception):
        show_problem(found)
        return None
    usual = found.state
    remember_states(usual)
    controls = {control["name"]: control for control in found.data["controls"]}
    asked_for = {name: _asked(name, usual[name], controls.get(name)) for name in usual}
    state = {"at": view.at.tolist(), **asked_for}
    live("stage", found.data, state, key, lambda told: _keep(told, view, usual))
    for note in (*found.notes, *_held(view)):
        st.caption(note)
    return found


def _held_still(view: View) -> View:
    """The view with the point as far as figures depend on it: what is shown may move in them."""
    middle = {name: sum(view.ranges[name]) / 2 for name in view.shown}
    return replace(view, point={**view.point, **middle})


def _held(view: View) -> list[str]:
    return [f"A slice: {equations(view.held)}."] if view.held else []


def _keep(told: State, view: View, usual: State) -> None:
    """Write into the address what the reader has made of the state."""
    # What is reported may be about the function before, if the hand let go just now.
    if len(told.get("at", ())) == len(view.names):
        go_to(dict(zip(view.names, told["at"], strict=True)))
    for name, value in usual.items():
        put(name, _text(told.get(name, value)), _text(value))


def _asked(name: str, usual: Any, control: Mapping[str, Any] | None) -> Any:
    """What the address says, in the form of the usual value."""
    text = asked(name, _text(usual))
    try:
        return _possible(_value(text, usual), usual, control)
    except ValueError:
        return usual


def _possible(value: Any, usual: Any, control: Mapping[str, Any] | None) -> Any:
    """The value, or the next one to which the control can be set."""
    match control:
        case {"kind": "slider", "low": low, "high": high} if isinstance(value, float):
            return max(low, min(high, value))
        case {"kind": "choice", "options": options}:
            return value if value in [option for option, _ in options] else usual
        case _:
            return value


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(int(value))
        case float() | int():
            return f"{value:.6g}"
        case list() | tuple():
            return " ".join(map(_text, value))
        case _:
            return str(value)


def _value(text: str, usual: Any) -> Any:
    match usual:
        case bool():
            return text == "1"
        case float() | int():
            return _number(text)
        case list() | tuple():
            parts = [_number(part) for part in text.split()]
            return parts if len(parts) == len(usual) else list(usual)
        case _:
            return text


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) < 1e9:
        raise ValueError(text)
    return value
