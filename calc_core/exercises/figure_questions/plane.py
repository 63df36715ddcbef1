"""Functions and maps of the plane that are drawn: how they are made, and read at points."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.typing import NDArray

from calc_core.derive import Engine
from calc_core.exercises.functions import tidied
from calc_core.geometry.questions import (
    Arrow,
    Mark,
    Panel,
    Point,
    Range,
    field_of,
    heights_of,
    view_of,
)
from calc_core.geometry.view import View
from calc_core.graph import D, Node, array, sym
from calc_core.parse import parse
from calc_core.printing import Latex

Array = NDArray[np.float64]

LETTERS = ("x", "y")
BOX: tuple[Range, Range] = ((-2.0, 2.0), (-2.0, 2.0))
SPAN = 4.0
PANELS = "ABCD"
# Points that lie well inside, at places that can be read off.
PLACES = (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)


def written(rng: Random, text: str, **fixed: str) -> Node:
    """A function of x and y with numbers in the place of letters in braces.

    a and b are 1, 2 or 3, r and s signs, p and q halves; ``fixed`` says otherwise.
    """
    numbers = {name: str(rng.randint(1, 3)) for name in "ab"}
    numbers |= {name: rng.choice(("1", "-1")) for name in "rs"}
    numbers |= {name: rng.choice(("1/2", "-1/2")) for name in "pq"}
    filled = text.format(**{name: f"({value})" for name, value in (numbers | fixed).items()})
    return tidied(parse(filled, LETTERS).node)


def slopes(f: Node) -> tuple[Node, Node]:
    """The two partial derivatives."""
    engine = Engine()
    x, y = (engine.derive(D(f, sym(name))).result for name in LETTERS)
    return x, y


def second_derivatives(f: Node) -> tuple[Node, Node, Node]:
    """The partial derivatives by x twice, by x and y, by y twice."""
    by_x, by_y = slopes(f)
    xx, xy = slopes(by_x)
    return xx, xy, slopes(by_y)[1]


def determinant(components: Sequence[Node]) -> Node:
    """The Jacobian determinant of a map of the plane."""
    (a, b), (c, d) = slopes(components[0]), slopes(components[1])
    return tidied(a * d - b * c)


def at_point(nodes: Sequence[Node], point: Point) -> Array:
    """The values of several functions at a point."""
    view = plane(point)
    count = len(nodes)
    return view.here(view.function(array((count,), nodes), (count,)))


def plane(point: Point = (0.0, 0.0)) -> View:
    """The box that the figures show."""
    return view_of(LETTERS, BOX, point)


def level_panel(f: Node, arrows: tuple[Arrow, ...] = (), marks: tuple[Mark, ...] = ()) -> Panel:
    """Level curves of f, with arrows and points."""
    heights = heights_of(f, plane())
    return Panel("", LETTERS, BOX, heights=heights, arrows=arrows, marks=marks)


def field_panel(name: str, vector: Sequence[Node]) -> Panel:
    """A small vector field."""
    return Panel(name, LETTERS, BOX, field=field_of(vector, plane()))


def stated(f: Node, name: str = "f") -> str:
    """f(x, y) = … in LaTeX."""
    return f"{name}(x, y) = {Latex()(f)}"


def shown_point(at: Point) -> str:
    """A point in LaTeX."""
    return rf"({at[0]:g},\, {at[1]:g})"
