"""The one component of the app: a live part of a page, which moves in the browser.

The server sends a part once, with the state it is to show, and hears of the state again when the
reader has let go. It does not send back what it has just heard: only a state that the browser does
not know is told, under a new serial number. So the message stays the same from one run to the next,
and Streamlit sends nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

State = Mapping[str, Any]

LOADER = Path(__file__).parents[2] / "assets" / "live" / "loader.js"
# What the browser shows, by the name in the state: one name means one thing on a page.
KNOWN = "live_known"

_component = st.components.v2.component(
    "nabla_live",
    html='<div class="nl-root"></div>',
    js=LOADER.read_text(encoding="utf-8"),
    isolate_styles=False,
)


def live(
    module: str, data: Mapping[str, Any], state: State, key: str, keep: Callable[[State], None]
) -> None:
    """Show a live part.

    ``module``  of assets/live;
    ``state``   what it is to show, of names and plain values;
    ``keep``    is called, before the page runs again, with what the reader has made of the state.
    """
    told = _told(state, key, _subject(data))
    _component(
        key=key,
        data={**data, "module": module, "told": told},
        default={"state": None},
        on_state_change=lambda: _heard(key, keep),
    )


def page_script() -> None:
    """What every page needs of the browser besides Streamlit's own script."""
    with st.container(key="page_script"):
        _component(key="page", data={"module": "page"}, on_state_change=lambda: None)


def _subject(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a state is about: with another function the same name may have another meaning."""
    return data.get("model"), *data.get("problem", {}).get("names", ())


def _told(state: State, key: str, subject: tuple[Any, ...] = ()) -> dict[str, Any]:
    known: dict[str, Any] = st.session_state.setdefault(KNOWN, {})
    last: dict[str, Any] = st.session_state.get(f"{key}_told", {"serial": 0})
    is_new = key not in st.session_state or st.session_state.get(f"{key}_subject") != subject
    st.session_state[f"{key}_subject"] = subject
    if is_new or any(known.get(name) != value for name, value in state.items()):
        last = {"serial": last["serial"] + 1, "state": dict(state)}
        st.session_state[f"{key}_told"] = last
        known.update(state)
    return last


def _heard(key: str, keep: Callable[[State], None]) -> None:
    state = st.session_state[key]["state"]
    if state is not None:
        st.session_state[KNOWN].update(state)
        keep(state)
