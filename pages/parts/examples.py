"""The functions that lessons offer, and what happens when one is picked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from calc_core import lesson

GALLERY = Path(__file__).parents[2] / "assets" / "examples.toml"


@dataclass(frozen=True)
class Example:
    """A function worth looking at, and from where."""

    text: str
    note: str
    point: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The formula, typeset."""
        return f"${lesson.formula(lesson.read(self.text))}$"

    @property
    def state(self) -> dict[str, float | str]:
        """The values of the page's widgets, which are also the parameters of its address."""
        values: dict[str, float | str] = {"f": self.text}
        values |= {f"at_{name}": float(x) for name, x in self.point.items()}
        for name, (low, high) in self.ranges.items():
            values |= {f"from_{name}": float(low), f"to_{name}": float(high)}
        return values

    @property
    def address(self) -> dict[str, str]:
        """The same as parameters of an address."""
        return {name: f"{value}" for name, value in self.state.items()}


@cache
def examples_of(kind: lesson.Kind) -> list[Example]:
    """The examples of a lesson."""
    rows = tomllib.loads(GALLERY.read_text(encoding="utf-8"))[kind]
    return [Example(**row) for row in rows]
