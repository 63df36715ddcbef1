"""The three experiments of the lab on the rules: what is asked, and what the browser shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from calc_core.labs import network, rules
from pages.parts import study
from pages.parts.address import asked, forget, put
from pages.parts.live import State, live
from pages.parts.messages import show_problem
from pages.parts.rules_gallery import chains
from pages.parts.rules_input import chain_input, tree_input, typed_widths

#: What each experiment keeps in the address, beside what is typed.
KEPT = {"tree": ("by", "pick", "open"), "chain": ("path",), "order": ("widths",)}
STILL = "Below is still the last one that could be read."


@st.fragment
def experiment(name: str) -> None:
    """The experiment of this name; while a person types, only it runs again."""
    EXPERIMENTS[name]()


def tree_lab() -> None:
    """A derivation as a tree."""
    _answered("tree", tree_input(), lambda question: study.answer("Deriving …", _tree, *question))


def chain_lab() -> None:
    """The chain rule as boxes, arrows and matrices."""
    _answered(
        "chain", chain_input(), lambda question: study.answer("Deriving …", _chain, *question)
    )


def order_lab() -> None:
    """Forward and backward order."""
    presets = chains()
    widths = typed_widths()
    if widths is not None:
        own = "The composition that is typed under “The chain rule”."
        presets = [*presets, {"label": "your composition", "widths": list(widths), "note": own}]
    _show("order", {"lab": "order", "id": str(widths), "presets": presets})


EXPERIMENTS: dict[str, Callable[[], None]] = {
    "tree": tree_lab,
    "chain": chain_lab,
    "order": order_lab,
}


def _answered(
    name: str, question: tuple[str, str] | None, asking: Callable[[tuple[str, str]], Any]
) -> None:
    """Show the answer to a question; without one, the answer before stays where it is."""
    last = f"rules_{name}"
    found = None if question is None else asking(question)
    if isinstance(found, Exception):
        show_problem(found)
        found = None
    if found is None:
        if last in st.session_state:
            st.caption(STILL)
            _show(name, st.session_state[last])
        return
    before = st.session_state.get(last, found)
    if before["id"] != found["id"]:
        # What was picked in the function before means nothing in this one.
        forget(*KEPT[name])
    st.session_state[last] = found
    _show(name, found)


def _show(name: str, data: dict[str, Any]) -> None:
    state = {part: asked(part) for part in KEPT[name]}
    live("rules", data, state, f"rules_live_{name}", _keep)


def _keep(told: State) -> None:
    for name, value in told.items():
        put(name, str(value))


@st.cache_data(max_entries=200, ttl="1h", show_spinner=False)
def _tree(text: str, variables: str) -> Any:
    return study.ask(rules.tree, text, variables)


@st.cache_data(max_entries=200, ttl="1h", show_spinner=False)
def _chain(outer: str, inner: str) -> Any:
    return study.ask(network.diagram, outer, inner)
