"""What pages say when something cannot be done: a sentence and what to try, never a traceback."""

from __future__ import annotations

import html
import unicodedata

import streamlit as st

from calc_core import InputError
from calc_core.run import TookTooLong, WorkerFailed

# So much of a long text is shown on each side of the fault.
AROUND = 48


def show_problem(problem: Exception, text: str = "") -> None:
    """Say what is wrong, kindly; for bad input, point at the character."""
    match problem:
        case InputError():
            st.html(_bad_input(problem, text))
        case TookTooLong():
            _say(
                f"This took longer than {problem.seconds:g} seconds and was stopped.",
                "Try a shorter function, or fewer variables at a time.",
            )
        case WorkerFailed():
            _say("This could not be worked out.", str(problem))
        case _:
            raise problem


def say(sentence: str, hint: str = "") -> None:
    """A remark in the same form as a problem."""
    _say(sentence, hint)


def _say(sentence: str, hint: str) -> None:
    st.html(_box(_sentence(sentence, hint)))


def _bad_input(problem: InputError, text: str) -> str:
    said = _sentence(problem.message, problem.hint)
    if problem.column is None or not text:
        return _box(said)
    return _box(_pointed(text, problem.column) + said)


def _box(inside: str) -> str:
    return f'<div class="nb-problem" role="alert">{inside}</div>'


def _sentence(sentence: str, hint: str) -> str:
    hint = f' <span class="nb-hint">{html.escape(hint)}</span>' if hint else ""
    return f"<p>{html.escape(sentence)}{hint}</p>"


def _pointed(text: str, column: int) -> str:
    """The text with a caret under the character at ``column``, which may be the one after the last.

    The caret hangs on the character itself, and so is under it whatever the widths of the others.
    """
    start, end = max(0, column - AROUND), column + 1 + AROUND
    before, at, after = text[start:column], text[column : column + 1], text[column + 1 : end]
    parts = (
        "…" if start else "",
        _visible(before),
        f'<mark title="here">{_visible(at) or " "}</mark>',
        _visible(after),
        "…" if end < len(text) else "",
    )
    return f'<pre class="nb-typed" dir="ltr">{"".join(parts)}</pre>'


def _visible(text: str) -> str:
    """The text for HTML, each character that has no form or moves others replaced by a sign."""
    shown = "".join("␣" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl") else c for c in text)
    return html.escape(shown)
