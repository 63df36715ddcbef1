"""The compositions and chains of layers that the lab on the rules offers beside its functions."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from pages.parts.examples import LABS


@dataclass(frozen=True)
class Composition:
    """An outer function, and what is put into it."""

    title: str
    outer: str
    inner: str
    note: str


@cache
def compositions() -> list[Composition]:
    """The compositions of the chain rule."""
    return [Composition(**row) for row in _rows()["compositions"]]


@cache
def chains() -> list[dict[str, Any]]:
    """The chains of layers, as the browser takes them."""
    return [
        {"label": row["title"], "widths": row["widths"], "note": row["note"]}
        for row in _rows()["orders"]
    ]


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((LABS / "rules.toml").read_text(encoding="utf-8"))
