"""Small things that a page keeps for a learner as JSON: the draft and the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from calc_core.errors import InputError

EMPTY = "{}"
#: The longest draft and the longest settings, in characters of JSON.
LONGEST_DRAFT = 64_000
LONGEST_SETTINGS = 16_000


def write_note(data: Mapping[str, Any], longest: int) -> str:
    """Return the data as JSON, in ASCII, which every data base takes.

    Raises:
        InputError: it is longer than ``longest``.
        TypeError, ValueError: the data is not JSON.
    """
    note = json.dumps(dict(data), allow_nan=False, separators=(",", ":"))
    if len(note) > longest:
        raise InputError("This is too long to be kept.", hint="A shorter text can be.")
    return note


def read_note(note: str) -> dict[str, Any]:
    """Return the data of a note."""
    data: dict[str, Any] = json.loads(note)
    return data
