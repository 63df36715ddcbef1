"""Choices whose usual value depends on what was typed, kept in the address by hand.

Streamlit leaves a bound value out of the address while it is the default, and so a default may not
change. Here the address alone decides: a widget shows what it says, or else the usual value, and
writes there what the reader picks. It is there, too, while its widget is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st


def asked(name: str, usual: str = "") -> str:
    """What the address says, or the usual value."""
    return st.query_params.get(name, usual)


def asked_of(name: str, options: Sequence[str], usual: str) -> str:
    """The same, where there are only these options."""
    found = asked(name, usual)
    return found if found in options else usual


def put(name: str, value: str, usual: str = "") -> None:
    """Write a value into the address; a usual one is left out."""
    if value == usual:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value


def forget(*beginnings: str) -> None:
    """Take out of the address all that begins so."""
    for name in list(st.query_params):
        if name.startswith(beginnings):
            del st.query_params[name]


def choice(
    widget: Callable[..., Any],
    label: str,
    options: Sequence[str],
    name: str,
    usual: str = "",
    then: Callable[[], None] = lambda: None,
    **look: Any,
) -> str:
    """A select box, radio group or segmented control; the chosen option.

    ``then``  what is done besides when the reader picks one.
    """
    usual = usual or options[0]
    st.session_state[name] = found = asked_of(name, options, usual)
    widget(label, options, key=name, on_change=_remember, args=(name, usual, then), **look)
    return found


def field(label: str, name: str, usual: str = "", **look: Any) -> str:
    """A text field; what is in it."""
    st.session_state[name] = found = asked(name, usual)
    st.text_input(label, key=name, on_change=_remember, args=(name, usual), **look)
    return found


def _remember(name: str, usual: str, then: Callable[[], None] = lambda: None) -> None:
    put(name, st.session_state[name] or usual, usual)
    then()
