"""What is found: the critical points, and what could not be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import nextafter
from typing import Any, Literal

import numpy as np

from calc_core.geometry.numerals import numeral

Kind = Literal["minimum", "maximum", "saddle", "undecided"]
Interval = tuple[float, float]
# Digits to which an exact value is compared with an enclosure.
DIGITS = 30
CONSTANT = "f is constant: every point is critical."
# Small boxes that fill less than this part of the box around them are said to be a part of it.
PART = 0.5


@dataclass(frozen=True)
class CriticalPoint:
    """One critical point, or a place that looks like a degenerate one.

    ``point``      the midpoint of the enclosure;
    ``enclosure``  an interval for each variable;
    ``kind``       what f has there; "undecided" where the Hessian may have an eigenvalue 0;
    ``certified``  whether it is proved that exactly one critical point is in the enclosure, and of
                   which kind it is;
    ``value``      f at the point;
    ``exact``      the coordinates as SymPy numbers, where they are known;
    ``examined``   of an undecided one, what a further look has shown.
    """

    point: dict[str, float]
    enclosure: dict[str, Interval]
    kind: Kind
    certified: bool
    value: float
    exact: dict[str, Any] | None = None
    examined: str = ""


@dataclass(frozen=True)
class Place:
    """A part of the box about which something is to be said.

    ``box``       an interval for each variable that holds it;
    ``why``       what is special there, a sentence;
    ``examined``  what a further look has shown;
    ``cover``     the small boxes that it consists of, (N, n, 2), to be drawn.
    """

    box: dict[str, Interval]
    why: str
    examined: str = ""
    cover: Any = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class CriticalPoints(Sequence[CriticalPoint]):
    """The critical points of f in a box: a sequence of :class:`CriticalPoint`.

    ``box``              what was searched: an interval for each variable;
    ``complete``         whether every part of the box holds a certified point or is proved to have
                         none, so that the list is the whole truth;
    ``undecided_boxes``  where that could not be decided: critical points that are not isolated,
                         edges of the domain;
    ``kinks``            where f has no gradient, and may have an extremum nevertheless (Fermat's
                         theorem is silent there): these are no critical points;
    ``boundary_note``    says if a critical point may lie on the border of the box, or outside;
    ``is_constant``      whether it is proved that the gradient is 0 all over the box: then none of
                         its points is listed.
    """

    points: tuple[CriticalPoint, ...]
    box: dict[str, Interval]
    complete: bool
    undecided_boxes: tuple[Place, ...] = ()
    kinks: tuple[Place, ...] = ()
    boundary_note: str = ""
    is_constant: bool = False

    def __iter__(self) -> Iterator[CriticalPoint]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, index: Any) -> Any:
        return self.points[index]

    def with_exact(self, coordinates: Mapping[str, Sequence[Any]] | None) -> CriticalPoints:
        """The same with exact values, from :func:`~calc_core.geometry.critical.exact_coordinates`.

        A certified point gets them if, for each variable, exactly one of the values that a critical
        point may have is in the enclosure: that is then the one.
        """
        if coordinates is None:
            return self
        points = tuple([_with_exact(p, coordinates) for p in self.points])
        return replace(self, points=points)

    def counted(self) -> str:
        """How many are certified, and of which kind.

        >>> CriticalPoints((), {}, complete=True).counted()
        'no certified critical points.'
        """
        certified = [p for p in self.points if p.certified]
        kinds = [(k, sum(p.kind == k for p in certified)) for k in ("minimum", "maximum", "saddle")]
        parts = ", ".join(_count(n, k) for k, n in kinds if n)
        return (
            f"{_count(len(certified), 'certified critical point')}{f': {parts}' if parts else ''}."
        )

    def places(self) -> tuple[str, ...]:
        """Where it is undecided, or f has no gradient, a sentence or more each."""
        if self.is_constant:
            return (CONSTANT,)
        told = [_told("Undecided", place) for place in self.undecided_boxes]
        return (*told, *[_told("No gradient", place) for place in self.kinks])

    def summary(self) -> str:
        """What was found, in sentences."""
        if self.is_constant:
            return CONSTANT
        doubtful = [
            f"Undecided at {_where({k: (v, v) for k, v in p.point.items()})}: {p.examined}"
            for p in self.points
            if not p.certified
        ]
        end = ["There are no others in the box."] if self.complete else []
        told = [self.counted(), *doubtful, *self.places(), *end, self.boundary_note]
        return " ".join(told).strip()


def _told(head: str, place: Place) -> str:
    return f"{head} in {_part(place)}{_where(place.box)}: {place.why} {place.examined}".rstrip()


def _part(place: Place) -> str:
    """How much of its box the place is, if that is not most of it."""
    share = share_covered(place.box, place.cover)
    if share >= PART:
        return ""
    return f"{len(place.cover)} small boxes, {numeral(100 * share, 2)} % of "


def share_covered(box: Mapping[str, Interval], cover: Any) -> float:
    """What part of a box is filled by small ones, (N, n, 2)."""
    if cover is None or len(cover) < 2:
        return 1.0
    widths = np.array([high - low for low, high in box.values()])
    parts = (cover[:, :, 1] - cover[:, :, 0]) / np.where(widths > 0, widths, 1)
    return float(parts.prod(axis=1).sum())


def _count(n: int, word: str) -> str:
    plural = {"minimum": "minima", "maximum": "maxima"}.get(word, f"{word}s")
    return f"{n or 'no'} {word if n == 1 else plural}"


def _where(box: Mapping[str, Interval]) -> str:
    parts = []
    for name, (low, high) in box.items():
        if high - low < 1e-3 * max(1.0, abs(low)):
            parts.append(f"{name} ≈ {numeral(round((low + high) / 2, 5) + 0.0)}")
        else:
            parts.append(f"{numeral(low)} ≤ {name} ≤ {numeral(high)}")
    return ", ".join(parts)


def _with_exact(point: CriticalPoint, coordinates: Mapping[str, Sequence[Any]]) -> CriticalPoint:
    if not point.certified or point.exact is not None:
        return point
    return replace(point, exact=exact_in(point.enclosure, coordinates))


def exact_in(
    enclosure: Mapping[str, Interval], coordinates: Mapping[str, Sequence[Any]]
) -> dict[str, Any] | None:
    """Of the values that each variable can have the one in its interval; None unless it is one."""
    found = {}
    for name, (low, high) in enclosure.items():
        inside = [value for value in coordinates[name] if _is_in(value, low, high)]
        if len(inside) != 1:
            return None
        found[name] = inside[0]
    return found


def _is_in(value: Any, low: float, high: float) -> bool:
    """Whether an exact number lies in the interval, an ulp of doubt on either side."""
    near = value.evalf(DIGITS)
    return bool(nextafter(low, -1e308) <= near <= nextafter(high, 1e308))
