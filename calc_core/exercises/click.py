"""Answers that are a place on a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import hypot, isfinite

import numpy as np
from numpy.typing import NDArray

from calc_core.errors import InputError
from calc_core.evaluate import compile_numpy, evaluate
from calc_core.exercises.exercise import Field
from calc_core.exercises.verdict import Verdict, diagnosis, judged, right
from calc_core.graph import Node, entries
from calc_core.parse import parse

IN_REGION = "by the place on the figure"
Point = tuple[float, float]
# What is near enough on a figure, as a part of its width: about a finger's breadth.
NEAR = 0.03
# Directions in which the surroundings of a click are looked at.
AROUND = 16

Inside = Callable[[Point], bool]


@dataclass(frozen=True)
class Region:
    """A part of the figure; ``mistake`` is what it means to click there, nothing if it is right."""

    holds: Inside
    mistake: str = ""


@dataclass(frozen=True)
class ClickAnswer:
    """A place on a figure is asked for.

    ``names``    the letters of the axes;
    ``ranges``   what the figure shows of them;
    ``regions``  parts of it, the first that holds decides: one that is right and others that say
                 what was taken for it; elsewhere ``otherwise`` is the mistake;
    ``example``  a place that is right.

    An answer is (x, y), numbers such as 1.5, 1/2 or √2 in it.
    """

    names: tuple[str, str]
    ranges: tuple[Point, Point]
    regions: tuple[Region, ...]
    otherwise: str
    example: Point

    @property
    def field(self) -> Field:
        """A place on the figure, or its coordinates."""
        return Field("click", self.names)

    def text(self) -> str:
        """A right place, as a person would type it."""
        return f"({self.example[0]:g}, {self.example[1]:g})"

    def latex(self) -> str:
        """A right place in LaTeX."""
        return _latex(self.example)

    def grade(self, text: str) -> Verdict:
        """What is to be said of a place.  Raises InputError for what is no place on the figure."""
        at = self._read(text)
        return replace(self._judged(at), read=_latex(at))

    def _judged(self, at: Point) -> Verdict:
        for region in self.regions:
            if region.holds(at):
                return judged(diagnosis(region.mistake)) if region.mistake else right(IN_REGION)
        return judged(diagnosis(self.otherwise))

    def _read(self, text: str) -> Point:
        hint = f"Click on the figure, or type ({', '.join(self.names)}) in numbers."
        parts = entries(parse(text).node)
        if len(parts) != 2 or any(part.free for part in parts):
            raise InputError("This is no point of the plane.", hint=hint)
        x, y = (_number(part, hint) for part in parts)
        if not all(low <= v <= high for v, (low, high) in zip((x, y), self.ranges, strict=True)):
            raise InputError("This point is outside the figure.", hint=hint)
        return x, y


def _latex(at: Point) -> str:
    return rf"\left({at[0]:g}, {at[1]:g}\right)"


def _number(u: Node, hint: str) -> float:
    value = float(evaluate(u, {}))
    if not isfinite(value):
        raise InputError("This is no point of the plane.", hint=hint)
    return value


# ── regions ───────────────────────────────────────────────────────────────────────────────────────


def near_points(points: Sequence[Point], reach: float) -> Inside:
    """Within reach of one of the points."""
    return lambda at: any(hypot(at[0] - x, at[1] - y) <= reach for x, y in points)


def where_positive(g: Node, names: tuple[str, str], reach: float) -> Inside:
    """Where g > 0, or within reach of such a place: at the border a click is never exact."""
    value = compile_numpy(g, names)

    def holds(at: Point) -> bool:
        return bool((value(*_around(at, reach)) > 0).any())

    return holds


def where_zero(g: Node, names: tuple[str, str], reach: float) -> Inside:
    """Within reach of a place where g changes its sign."""
    value = compile_numpy(g, names)

    def holds(at: Point) -> bool:
        found = value(*_around(at, reach))
        finite = found[np.isfinite(found)]
        return bool(finite.size and finite.min() <= 0 <= finite.max())

    return holds


def _around(at: Point, reach: float) -> NDArray[np.float64]:
    """The place itself and a ring of places around it, (2, k)."""
    turn = 2 * np.pi * np.arange(AROUND) / AROUND
    ring = np.array([np.cos(turn), np.sin(turn)]) * reach
    places: NDArray[np.float64] = np.array(at)[:, None] + np.hstack([np.zeros((2, 1)), ring])
    return places
