"""The one error that a person can cause."""

from __future__ import annotations


class InputError(ValueError):
    """What a person typed cannot be read or used.

    ``message``  one sentence that says what is wrong;
    ``column``   where, counted from 0 in the text as typed (None if it concerns the whole);
    ``hint``     what to write instead, or an empty string.
    """

    def __init__(self, message: str, column: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.hint = hint

    def __reduce__(self) -> tuple[type[InputError], tuple[str, int | None, str]]:
        return type(self), (self.message, self.column, self.hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()
