"""A field for an expression: typed as text, or as it looks, and the same text either way.

The text under the key is what counts, in the state and in the address; which editor wrote it does
not matter to the page. A visual field shows a text only if its LaTeX means the same, and writes
plain text only if that means the same as its LaTeX.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from calc_core.matrix.language.notation import matrix_notation
from calc_core.parse.notation import DEFINITIONS, FORMULA
from pages.parts.formulas import write
from pages.parts.live import State, live

# A pause in typing after which the text is read.
PAUSE = "400ms"
MATHLIVE = Path(__file__).parents[2] / "assets" / "mathlive"
#: Where serve.py has MathLive: with the version, so that a browser may keep it.
HOME = f"mathlive/{(MATHLIVE / 'VERSION').read_text(encoding='utf-8').strip()}"
# Whether the reader has chosen the visual editor, for all fields of the session.
VISUAL = "visual_editor"
STAYS = "The visual editor cannot show this text, and so it stays as text."


class Spellings(Protocol):
    """Plain text and LaTeX of the same meaning: see :class:`calc_core.parse.notation.Notation`."""

    def to_latex(self, text: str) -> str | None:
        """LaTeX for a text, if there is some."""

    def to_text(self, latex: str) -> str | None:
        """Plain text for LaTeX, if there is some."""

    def notes(self, text: str) -> tuple[str, ...]:
        """What is to be said about the reading."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is typed into a field.

    ``kind``  which keys and words the visual editor offers: "formula", "working" or "matrix".
    """

    kind: str
    notation: Spellings


FORMULAS = Language("formula", FORMULA)
INNER_FUNCTIONS = Language("formula", DEFINITIONS)
MATRICES = Language("matrix", matrix_notation())


@dataclass(frozen=True, slots=True)
class Shown:
    """A text, and the LaTeX in which the visual editor has it; None where it stays as text.

    ``notes``   on how the LaTeX was read;
    ``mended``  whether a text that could not be shown has become one that could.
    """

    text: str
    latex: str | None
    notes: tuple[str, ...] = ()
    mended: bool = False


def math_input(
    label: str,
    *,
    key: str,
    value: str = "",
    language: Language = FORMULAS,
    bind: bool = True,
    switch: bool = True,
    on_change: Callable[[], None] = lambda: None,
    **look: Any,
) -> str:
    """Show the field; the text in it.

    ``key``        of the text in the session's state, and in the address if ``bind``;
    ``switch``     whether the choice between the editors stands at the field: a grid of many
                   fields does without, and follows the choice made elsewhere;
    ``on_change``  is called, before the page runs again, when the reader has typed;
    ``look``       goes to ``st.text_input``: help, placeholder, width, ...
    """
    width = look.pop("width", "stretch")
    with st.container(key=f"nb_math_{key}", gap=None, width=width):
        text = st.text_input(
            label,
            value=value,
            key=key,
            bind="query-params" if bind else None,
            live=PAUSE,
            on_change=_typed,
            args=(key, language, on_change),
            **look,
        )
        shown = _shown(key, text or "", language)
        # First, so that it stays in its place, and keeps the focus, whatever comes below.
        if switch:
            _switch(key, shown)
        if shown and shown.latex is not None:
            _visual(label, key, shown, language, on_change, look.get("placeholder") or "")
        elif shown and switch and not shown.mended:
            st.caption(STAYS)
    return text or ""


def sent_by_enter(name: str) -> DeltaGenerator:
    """A container for fields and one button of the primary kind, which Enter in a field presses."""
    return st.container(key=f"nb_sends_{name}")


@contextmanager
def sending(label: str, key: str) -> Iterator[bool]:
    """The button that Enter presses; whether it was pressed, for as long as nothing came of it.

    What a button gives is lost when the page runs again before it is come to, and it may: a field
    tells its text at the same time.
    """
    pressed = f"{key}_pressed"
    st.button(
        label, type="primary", key=key, on_click=st.session_state.update, args=({pressed: True},)
    )
    yield bool(st.session_state.get(pressed))
    st.session_state.pop(pressed, None)


def _typed(key: str, language: Language, then: Callable[[], None]) -> None:
    shown: Shown | None = st.session_state.get(_shown_key(key))
    if shown is not None and shown.latex is not None:
        # Nobody can type into a text field that is hidden: its browser has not heard yet of what
        # was written visually, and tells what was there before.
        st.session_state[key] = shown.text
        return
    # A field that could not be shown must not turn under the hand of who mends the text.
    if shown is not None:
        text = st.session_state[key]
        mended = language.notation.to_latex(text) is not None
        st.session_state[_shown_key(key)] = Shown(text, None, mended=mended)
    then()


def _shown_key(key: str) -> str:
    return f"{key}_shown"


def _shown(key: str, text: str, language: Language) -> Shown | None:
    """What the visual editor has; None where the reader types text."""
    state = st.session_state
    if not is_visual():
        state.pop(_shown_key(key), None)
        return None
    shown: Shown | None = state.get(_shown_key(key))
    if shown is None or shown.text != text:
        latex = language.notation.to_latex(text) if text.strip() else ""
        shown = Shown(text, latex)
        state[_shown_key(key)] = shown
    return shown


def _visual(
    label: str,
    key: str,
    shown: Shown,
    language: Language,
    then: Callable[[], None],
    placeholder: str,
) -> None:
    name = f"latex of {key}"

    def keep(state: State) -> None:
        hear(key, state[name], language)
        then()

    data = {"label": label, "placeholder": placeholder, "kind": language.kind, "name": name}
    with st.container(key=f"nb_visual_{key}"):
        live("math_field", data | {"home": HOME}, {name: shown.latex}, f"{key}_visual", keep)
    if shown.notes:
        notes = [f'<p class="nb-note">{html.escape(note)}</p>' for note in shown.notes]
        write("nb-echo", notes)


def hear(key: str, latex: str, language: Language) -> None:
    """Keep what the visual editor of a field has told, as plain text if that means the same."""
    plain = language.notation.to_text(latex) if latex.strip() else ""
    text = latex if plain is None else plain
    # What could be read in two ways is told here: in the plain text it is decided.
    notes = language.notation.notes(latex) if plain else ()
    st.session_state[_shown_key(key)] = Shown(text, latex, notes)
    st.session_state[key] = text


def is_visual() -> bool:
    """Whether the reader has chosen the visual editor."""
    return bool(st.session_state.get(VISUAL))


def editor_switch(key: str) -> None:
    """The choice between the editors for fields that have none of their own."""
    with st.container(key=f"nb_editor_{key}", width="content"):
        _toggle(key, is_visual())


def _switch(key: str, shown: Shown | None) -> None:
    """The choice between the editors, as it is at this field."""
    with st.container(key=f"nb_switch_{key}", width="content"):
        _toggle(key, shown is not None and shown.latex is not None)


def _toggle(key: str, is_on: bool) -> None:
    name = f"{key}_is_visual"
    # Set only where it differs, or is lost on the way from another page: a click that comes
    # meanwhile must not be undone.
    context = get_script_run_ctx()
    page = context.page_script_hash if context else ""
    is_new = st.session_state.get(f"{name}_on") != page
    st.session_state[f"{name}_on"] = page
    if is_new or st.session_state.get(name, False) != is_on:
        st.session_state[name] = is_on
    st.toggle("visual", key=name, on_change=_choose, args=(key,))


def _choose(key: str) -> None:
    st.session_state[VISUAL] = st.session_state[f"{key}_is_visual"]
    st.session_state.pop(_shown_key(key), None)
