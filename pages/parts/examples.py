"""The functions that lessons offer, and what happens when one is picked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from calc_core import lesson

LABS = Path(__file__).parents[2] / "assets" / "labs"


@dataclass(frozen=True)
class Example:
    """A function worth looking at, from where, and in which experiment.

    ``lab``  parameters of the address that the laboratory understands, such as its ``lab``.
    """

    text: str
    note: str
    point: Mapping[str, float] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    lab: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The formula, typeset."""
        return f"${lesson.formula(lesson.read(self.text))}$"

    @property
    def widgets(self) -> dict[str, float | str]:
        """The values of the page's widgets."""
        values: dict[str, float | str] = {"f": self.text}
        for name, (low, high) in self.ranges.items():
            values |= {f"from_{name}": float(low), f"to_{name}": float(high)}
        return values

    @property
    def address(self) -> dict[str, str]:
        """The example as parameters of an address."""
        values = self.widgets | {f"at_{name}": x for name, x in self.point.items()}
        return {name: f"{value}" for name, value in values.items()} | dict(self.lab)


@dataclass(frozen=True)
class Experiment:
    """A part of a laboratory.

    ``name``  of its builder in :data:`calc_core.labs.LABS`, and in the address of the page;
    ``text``  what to drag, what to notice, and why it is so, as Markdown.
    """

    name: str
    title: str
    text: str


@cache
def examples_of(kind: str) -> list[Example]:
    """The examples of a lesson."""
    return [Example(**row) for row in _read(kind)["examples"]]


@cache
def experiments_of(kind: str) -> list[Experiment]:
    """The experiments of a lesson's laboratory."""
    return [Experiment(**row) for row in _read(kind).get("experiments", ())]


def _read(kind: str) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((LABS / f"{kind}.toml").read_text(encoding="utf-8"))
