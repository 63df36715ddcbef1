"""Where on a grid a function is not defined or infinite, in one honest sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate.grid import Floats, Grid
from calc_core.geometry.numerals import numeral

Bools = NDArray[np.bool_]
Range = tuple[float, float]


@dataclass(frozen=True)
class Gaps:
    """The points of a grid at which there is no finite value.

    ``fraction``  their share of the points;
    ``within``    the smallest range of each variable that holds them all, empty if there are none;
    ``sentence``  the same for the page, empty if there are none.  It speaks of the points that were
                  tried, and claims no more than that about what lies between them.
    """

    fraction: float
    within: dict[str, Range]
    sentence: str

    def __bool__(self) -> bool:
        return self.fraction > 0


def gaps(defined: Bools, grid: Grid, show: Callable[[str], str] = str) -> Gaps:
    """What is missing where ``defined`` (of the grid's shape) is False.

    ``show`` turns a variable's name into what the reader sees.

    >>> grid = Grid.over({"x": (-2, 2)}, 41)
    >>> gaps(grid.axes[0] > 0, grid).sentence
    'Not defined for x ≤ 0 (51 % of the points).'
    """
    missing = ~np.asarray(defined, dtype=bool)
    if not missing.any():
        return Gaps(0.0, {}, "")
    within = {
        name: (float(axis[hit].min()), float(axis[hit].max()))
        for name, axis, hit in _shadows(missing, grid)
    }
    return Gaps(float(missing.mean()), within, f"Not defined {where(missing, grid, show)}.")


def where(mask: Bools, grid: Grid, show: Callable[[str], str] = str) -> str:
    """Where the mask holds, to go on a sentence with; it must hold somewhere."""
    if mask.all():
        return "anywhere in this range"
    inside = _box(mask, grid, show)
    if mask.sum() == 1:
        return f"at {', '.join(inside)}"
    share = f"{_percent(float(mask.mean()))} of the points"
    whole = _slabs(mask, grid, show)
    if whole:
        return f"for {' or '.join(whole)} ({share})"
    if inside:
        return f"on part of the range ({share}, all with {' and '.join(inside)})"
    outside = _box(~mask, grid, show)
    if outside:
        return f"on part of the range ({share}, all outside {' and '.join(outside)})"
    return f"on part of the range ({share})"


def _percent(fraction: float) -> str:
    if fraction < 0.005:
        return "under 1 %"
    if fraction > 0.995:
        return "over 99 %"
    return f"{100 * fraction:.0f} %"


def _others(grid: Grid, place: int) -> tuple[int, ...]:
    """The array axes other than that of the variable at this place: they run in reverse."""
    count = len(grid.axes)
    return tuple(k for k in range(count) if k != count - 1 - place)


def _shadows(mask: Bools, grid: Grid) -> Iterator[tuple[str, Floats, Bools]]:
    """For each variable at which of its values the mask holds anywhere."""
    for place, (name, axis) in enumerate(zip(grid.names, grid.axes, strict=True)):
        hit: Bools = np.asarray(mask.any(axis=_others(grid, place)))
        yield name, axis, hit


def _box(mask: Bools, grid: Grid, show: Callable[[str], str]) -> list[str]:
    """The mask's bounding box, said only of the variables that it bounds."""
    phrases = []
    for name, axis, hit in _shadows(mask, grid):
        first, last = np.flatnonzero(hit)[[0, -1]]
        phrase = _interval(show(name), axis, int(first), int(last))
        if phrase:
            phrases.append(phrase)
    return phrases


def _slabs(mask: Bools, grid: Grid, show: Callable[[str], str]) -> list[str]:
    """Phrases such as “x ≤ 0”, “y = 1” that together say exactly where the mask holds, or none."""
    explained = np.zeros_like(mask)
    phrases = []
    for place, (name, axis) in enumerate(zip(grid.names, grid.axes, strict=True)):
        full: Bools = np.asarray(mask.all(axis=_others(grid, place)))
        if full.any():
            shape = [-1 if k == len(grid.axes) - 1 - place else 1 for k in range(len(grid.axes))]
            explained |= full.reshape(shape)
            phrases += [_interval(show(name), axis, a, b) for a, b in _runs(full)]
    exact = len(phrases) <= 3 and bool((explained == mask).all())
    return phrases if exact else []


def _runs(mask: Bools) -> list[tuple[int, int]]:
    """First and last index of each stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]


def _interval(name: str, axis: Floats, first: int, last: int) -> str:
    """How the points axis[first..last] are said; empty when these are all."""
    bounded_below, bounded_above = first > 0, last < len(axis) - 1
    if first == last and bounded_below and bounded_above:
        return f"{name} = {numeral(_nearly(axis, first))}"
    low = _border(axis[first - 1], axis[first]) if bounded_below else None
    high = _border(axis[last + 1], axis[last]) if bounded_above else None
    if low and high:
        return f"{low[0]} {low[1]} {name} {high[1]} {high[0]}"
    if low:
        return f"{name} {'≥' if low[1] == '≤' else '>'} {low[0]}"
    return f"{name} {high[1]} {high[0]}" if high else ""


def _nearly(axis: Floats, k: int) -> float:
    """axis[k] without the dust that linspace leaves near 0."""
    step = abs(axis[1] - axis[0])
    return round(float(axis[k]), max(0, 6 - floor(log10(step))))


def _border(outside: float, inside: float) -> tuple[str, str]:
    """The shortest number from one point of the grid to the next, and ≤, or < if it is outside.

    A border is not known better than that, and 0 is likelier than −0.0169.
    """
    low, high = sorted((float(outside), float(inside)))
    dust = 1e-9 * (high - low)
    candidates: list[float] = []
    digits = -floor(log10(high - low)) - 1
    while not candidates:
        unit = 10.0**-digits
        rounded = (ceil((low - dust) / unit) * unit, floor((high + dust) / unit) * unit)
        candidates = [v for v in rounded if low - dust <= v <= high + dust]
        digits += 1
    value = min(candidates, key=lambda v: (len(numeral(v, 6)), abs(v - inside)))
    return numeral(value, 6), "<" if abs(value - outside) <= dust else "≤"
