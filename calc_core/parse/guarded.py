"""Reading a text from beginning to end: whatever is wrong with it is said at a place in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from calc_core.errors import InputError
from calc_core.parse import limits

T = TypeVar("T")


def guarded(text: str, read: Callable[[str], T]) -> T:
    """What is read of the text, which is checked first.

    Raises InputError, its column inside the text, for what cannot be read or is nested too deep.
    """
    text = limits.check_text(text)
    try:
        return read(text)
    except InputError as error:
        raise _within(error, text) from None
    except RecursionError:
        raise InputError("The formula is nested too deep.", None, "Write it flatter.") from None


def _within(error: InputError, text: str) -> InputError:
    """The same error, its column inside the text."""
    if error.column is None or 0 <= error.column < len(text):
        return error
    last = max(len(text.rstrip()) - 1, 0)
    return InputError(error.message, last if error.column > 0 else 0, error.hint)
