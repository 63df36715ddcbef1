"""What a question about a picture shows, as plain data: its panels, and the same in words.

The exercises ask, :mod:`calc_core.figures.questions` draws; this is what they have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from calc_core.evaluate import compile_numpy
from calc_core.geometry.numerals import numeral
from calc_core.geometry.sampling import Height, sample_height
from calc_core.geometry.view import View
from calc_core.graph import Node, array

Array = NDArray[np.float64]
Point = tuple[float, float]
Range = tuple[float, float]
Role = Literal["ink", "point", "first", "second"]

# Arrows along each side of a small field.
FIELD_ARROWS = 9
# Lines of each kind in the picture of a map, and points along each of them.
GRID_LINES, LINE_POINTS = 9, 61
# How the values in a table are written.
DIGITS = 3


@dataclass(frozen=True)
class Mark:
    """A point with a name beside it."""

    name: str
    at: Point


@dataclass(frozen=True)
class Arrow:
    """An arrow from its tail, with a name at its tip."""

    name: str
    tail: Point
    vector: Point
    role: Role = "ink"


@dataclass(frozen=True)
class Lines:
    """Polygons (k, p, 2) in one colour."""

    points: Array
    role: Role


@dataclass(frozen=True)
class Panel:
    """One picture in the plane of two variables, or of f as a surface over it.

    ``name``     the letter that it goes by, or nothing;
    ``letters``  the names of the axes; ``ranges``  what they show;
    ``heights``  of f on a grid, for level curves or a surface;
    ``field``    vectors (k, 2) at points (k, 2), all drawn to one scale;
    ``has_unit_grid``  whether whole numbers are to be read off.
    """

    name: str
    letters: tuple[str, str]
    ranges: tuple[Range, Range]
    heights: Height | None = None
    is_surface: bool = False
    field: tuple[Array, Array] | None = None
    arrows: tuple[Arrow, ...] = ()
    marks: tuple[Mark, ...] = ()
    lines: tuple[Lines, ...] = ()
    has_unit_grid: bool = False


@dataclass(frozen=True)
class Twin:
    """The same in words: a sentence, and a table from which the question can be answered."""

    sentence: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class FigureQuestion:
    """Panels side by side, and the same in words; ``can_click`` if a place is asked for."""

    title: str
    panels: tuple[Panel, ...]
    twin: Twin
    can_click: bool = False


def view_of(names: tuple[str, str], ranges: tuple[Range, Range], at: Point = (0.0, 0.0)) -> View:
    """The plane of two variables."""
    return View(names, dict(zip(names, at, strict=True)), dict(zip(names, ranges, strict=True)))


def heights_of(f: Node, view: View) -> Height:
    """F on a grid of the plane."""
    return sample_height(f, view)


def field_of(vector: Sequence[Node], view: View, count: int = FIELD_ARROWS) -> tuple[Array, Array]:
    """A vector field at points in the middle of count×count cells: points and vectors (k, 2)."""
    middles = []
    for name in view.shown:
        low, high = view.ranges[name]
        half = (high - low) / count / 2
        middles.append(np.linspace(low + half, high - half, count))
    x, y = np.meshgrid(*middles)
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    return places, values_at(array((2,), vector), view.names, places).T


def values_at(f: Node, names: Sequence[str], points: Array) -> Array:
    """F at points (k, 2): (k,) of a number, (2, k) of a pair."""
    found: Array = compile_numpy(f, names)(points[:, 0], points[:, 1])
    return found


def map_lines(
    components: Sequence[Node], view: View
) -> tuple[tuple[Lines, ...], tuple[Lines, ...]]:
    """The lines x = const and y = const of the plane, and their images under a map."""
    (x0, x1), (y0, y1) = (view.ranges[name] for name in view.shown)
    xs, ys = np.linspace(x0, x1, GRID_LINES), np.linspace(y0, y1, GRID_LINES)
    along_y, along_x = np.linspace(y0, y1, LINE_POINTS), np.linspace(x0, x1, LINE_POINTS)
    upright = np.array([[(x, y) for y in along_y] for x in xs])
    level = np.array([[(x, y) for x in along_x] for y in ys])
    here = (Lines(upright, "first"), Lines(level, "second"))
    images = [_mapped(components, view, lines.points) for lines in here]
    there = (Lines(images[0], "first"), Lines(images[1], "second"))
    return here, there


def _mapped(components: Sequence[Node], view: View, points: Array) -> Array:
    flat = points.reshape(-1, 2)
    return values_at(array((2,), components), view.names, flat).T.reshape(points.shape)


def extent_of(lines: Sequence[Lines]) -> tuple[Range, Range]:
    """The ranges that lines take, with a margin."""
    points = np.concatenate([part.points.reshape(-1, 2) for part in lines])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.06 * float(max(high - low))
    return (
        (float(low[0]) - margin, float(high[0]) + margin),
        (float(low[1]) - margin, float(high[1]) + margin),
    )


def table_of_values(
    f: Node, names: tuple[str, str], xs: Sequence[float], ys: Sequence[float]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Values of f on a small grid: columns by x, rows by y from above, as on the picture."""
    x, y = names
    columns = ("", *[f"{x} = {numeral(v, DIGITS)}" for v in xs])
    rows = []
    for v in sorted(ys, reverse=True):
        values = values_at(f, names, np.array([[u, v] for u in xs]))
        rows.append((f"{y} = {numeral(v, DIGITS)}", *[numeral(float(z), DIGITS) for z in values]))
    return columns, tuple(rows)
