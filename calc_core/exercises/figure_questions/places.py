"""Places to click on: critical points, where f stands still in a direction, where det J < 0."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from calc_core.exercises.click import (
    NEAR,
    ClickAnswer,
    Region,
    near_points,
    where_positive,
    where_zero,
)
from calc_core.exercises.figure_questions.plane import (
    BOX,
    LETTERS,
    SPAN,
    Array,
    at_point,
    determinant,
    level_panel,
    plane,
    second_derivatives,
    slopes,
    written,
)
from calc_core.exercises.functions import tidied
from calc_core.exercises.kinds.base import Degenerate, Draft
from calc_core.geometry.numerals import numeral
from calc_core.geometry.questions import (
    FigureQuestion,
    Panel,
    Point,
    Twin,
    extent_of,
    map_lines,
    table_of_values,
    values_at,
)
from calc_core.graph import Node, array, neg, num
from calc_core.printing import Latex

REACH = NEAR * SPAN
# A critical point is a single point: so much wider is the circle that is clicked into.
WIDER = 2.0
KINDS = ("minimum", "maximum", "saddle")
TABLE = (-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)

# ── critical points ───────────────────────────────────────────────────────────────────────────────

# Functions, and where they are critical: places that move with p and q where these occur.
Critical = tuple[str, tuple[Point, ...]]
_CORNERS = tuple((x, y) for x in (-1.0, 1.0) for y in (-1.0, 1.0))
CRITICAL: tuple[tuple[Critical, ...], ...] = (
    (("{s}*((x - {p})^2 + (y - {q})^2)", ((0.0, 0.0),)),),
    (
        ("{s}*((x - {p})^2 - (y - {q})^2)", ((0.0, 0.0),)),
        ("{s}*(x - {p})*(y - {q})", ((0.0, 0.0),)),
        ("{s}*((x - {p})^2 + (x - {p})*(y - {q}) + (y - {q})^2)", ((0.0, 0.0),)),
    ),
    (
        ("{s}*(x^3/3 - x) + {r}*(y - {q})^2/2", ((-1.0, 0.0), (1.0, 0.0))),
        ("{r}*(x - {p})^2/2 + {s}*(y^3/3 - y)", ((0.0, -1.0), (0.0, 1.0))),
    ),
    (
        ("{s}*(x^3/3 - x) + {r}*(y^3/3 - y)", _CORNERS),
        ("{s}*(x^3 - 3*x*y + y^3)", ((0.0, 0.0), (1.0, 1.0))),
    ),
    (
        ("{s}*x*exp(-x^2/2 - y^2/2)", ((-1.0, 0.0), (1.0, 0.0))),
        ("{s}*(x^2 - 1)^2/2 + {r}*y^2", ((-1.0, 0.0), (0.0, 0.0), (1.0, 0.0))),
    ),
)


def critical_place(rng: Random, level: int) -> Draft:
    """Click on a critical point of a kind."""
    text, places = rng.choice(CRITICAL[level - 1])
    p, q = rng.choice((-1, 1)), rng.choice((-1, 1))
    f = written(rng, text, p=f"{p}/2", q=f"{q}/2")
    by = (p / 2 if "{p}" in text else 0.0, q / 2 if "{q}" in text else 0.0)
    points = [(x + by[0], y + by[1]) for x, y in places]
    kinds = [_kind(f, point) for point in points]
    wanted = rng.choice(sorted(set(kinds)))
    right = [p for p, kind in zip(points, kinds, strict=True) if kind == wanted]
    reach = WIDER * REACH
    regions = [Region(near_points(right, reach))]
    for kind in KINDS:
        others = [p for p, k in zip(points, kinds, strict=True) if k == kind != wanted]
        regions.append(Region(near_points(others, reach), f"{kind}-clicked"))
    answer = ClickAnswer(LETTERS, BOX, tuple(regions), "not-critical", right[0])
    single = "the" if len(right) == 1 else "a"
    name = "saddle" if wanted == "saddle" else f"point where $f$ has a {wanted}"
    task = (
        f"The figure shows level curves of a function $f$. Click on {single} {name}, or type its "
        "coordinates."
    )
    remark = (
        "Around a minimum or a maximum the level lines are closed; at a saddle two of them cross."
    )
    return Draft(task, answer, None, remark, lambda: _levels(f))


def _kind(f: Node, point: Point) -> str:
    xx, xy, yy = at_point(second_derivatives(f), point)
    low, high = np.linalg.eigvalsh(np.array([[xx, xy], [xy, yy]]))
    if np.hypot(*at_point(slopes(f), point)) > 1e-9 or min(abs(low), abs(high)) < 1e-9:
        raise Degenerate
    return "minimum" if low > 0 else "maximum" if high < 0 else "saddle"


def _levels(f: Node) -> FigureQuestion:
    columns, rows = table_of_values(f, LETTERS, TABLE, TABLE)
    sentence = "Level curves of f, coloured from low to high; the table holds values of f."
    return FigureQuestion(
        "Level curves of f", (level_panel(f),), Twin(sentence, columns, rows), can_click=True
    )


# ── where f stands still in a direction ───────────────────────────────────────────────────────────

# 1 a bowl, 2 an elliptic one, 3 a turned one or a saddle, 4 cubic, 5 waves.
STILL = (
    ("{s}*((x - {p})^2 + (y - {q})^2)",),
    ("{s}*((x - {p})^2 + 2*(y - {q})^2)", "{s}*(3*(x - {p})^2 - (y - {q})^2)"),
    ("{s}*(x^2 + x*y + y^2)", "{s}*(x^2 + x*y - y^2)"),
    ("{s}*(x^3/3 - x*y)", "{s}*(x^2*y - y)", "{s}*(x^3/3 - x + x*y)"),
    ("{s}*sin(x + y)", "{s}*x*exp(-x^2/2 - y^2/2)", "{s}*sin(x)*cos(y)"),
)
# The directions of the later levels, which lie along no axis.
OBLIQUE = ((1, 1), (1, -1))


def still_place(rng: Random, level: int) -> Draft:
    """Click where f does not change in a direction."""
    f = written(rng, rng.choice(STILL[level - 1]))
    v = rng.choice(OBLIQUE) if level > 2 and rng.random() < 0.6 else rng.choice(((1, 0), (0, 1)))
    along, across = _slope_along(f, v), _slope_along(f, (-v[1], v[0]))
    right = Region(where_zero(along, LETTERS, REACH))
    other = Region(where_zero(across, LETTERS, REACH), "zero-in-other-direction")
    example = _zero_of(along)
    answer = ClickAnswer(LETTERS, BOX, (right, other), "slope-not-zero", example)
    task = (
        "The figure shows level curves of a function $f$. Click on a point where "
        f"{_as_slope(v)}, or type its coordinates."
    )
    remark = "Along a level line $f$ stands still: look where one runs in that direction."
    return Draft(task, answer, None, remark, lambda: _levels(f))


def _slope_along(f: Node, v: tuple[int, int]) -> Node:
    p, q = slopes(f)
    return tidied(num(v[0]) * p + num(v[1]) * q)


def _as_slope(v: tuple[int, int]) -> str:
    if 0 in v:
        return rf"$\dfrac{{\partial f}}{{\partial {LETTERS[v.index(1)]}}} = 0$"
    return rf"the derivative of $f$ in the direction $({v[0]}, {v[1]})$ is 0"


def _zero_of(g: Node) -> Point:
    """A place of a fine grid at which g is 0, or nearly: the first from the middle."""
    places, values = _over_box(g)
    sizes = np.where(np.isfinite(values), np.abs(values), np.inf)
    if not sizes.min() < 1e-9:
        raise Degenerate
    x, y = places[int(sizes.argmin())]
    return float(x), float(y)


def _over_box(g: Node) -> tuple[Array, Array]:
    """G at places of a grid that hold the halves and quarters, those near the middle first."""
    axis = np.arange(-1.75, 1.76, 0.25)
    x, y = np.meshgrid(axis, axis)
    places = np.stack([x.ravel(), y.ravel()], axis=1)
    order = np.argsort(np.hypot(*places.T), kind="stable")
    return places[order], values_at(g, LETTERS, places[order])


# ── where a map turns the orientation round ───────────────────────────────────────────────────────

Map = tuple[str, str]
# 1 one square, 2 a product, 3 a product and a sum, 4 two squares, 5 not polynomial.
MAPS: tuple[tuple[Map, ...], ...] = (
    (("{s}*(x - {p})^2", "y"), ("x", "{s}*(y - {q})^2")),
    (("{s}*x*y", "y"), ("x", "{s}*x*y"), ("{s}*x^2", "x + y")),
    (("x*y", "{s}*(x + 2*y)"), ("x*y", "{s}*(2*x - y)"), ("x^2 + {s}*y", "x*y")),
    (("x^2 + y", "{s}*(x + y^2)"), ("x^2 + y^2", "{s}*(x + y)"), ("x^2 - y", "{s}*(y^2 - x)")),
    (("sin(x)", "{s}*x*y"), ("x*cos(y)", "{s}*x*sin(y)"), ("x*exp(y)", "{s}*(x + y)")),
)
# The part of the figure that is right: neither everything nor a sliver.
LEAST, MOST = 0.15, 0.75


def determinant_place(rng: Random, level: int) -> Draft:
    """Click where det J is negative, or positive."""
    F = tuple(written(rng, text) for text in rng.choice(MAPS[level - 1]))
    det = determinant(F)
    is_negative = rng.random() < 0.6
    wanted = tidied(neg(det)) if is_negative else det
    places, values = _over_box(wanted)
    if not LEAST <= float((values > 1e-9).mean()) <= MOST:
        raise Degenerate
    example = places[int(np.argmax(values > 0.3))]
    region = Region(where_positive(wanted, LETTERS, REACH))
    missed = "orientation-kept" if is_negative else "orientation-turned"
    at = (float(example[0]), float(example[1]))
    answer = ClickAnswer(LETTERS, BOX, (region,), missed, at)
    sign = "<" if is_negative else ">"
    task = (
        f"The figure shows lines $x = \\text{{const}}$ and $y = \\text{{const}}$, and their images "
        f"under\n\n$$F(x, y) = ({Latex()(F[0])},\\; {Latex()(F[1])}).$$\n\n"
        rf"Click on a point $(x, y)$ where $\det J {sign} 0$, or type its coordinates."
    )
    remark = rf"$\det J = {Latex()(det)}$"
    return Draft(task, answer, None, remark, lambda: _map(F))


def _map(components: Sequence[Node]) -> FigureQuestion:
    here, there = map_lines(components, plane())
    domain = Panel("(x, y)", LETTERS, BOX, lines=here)
    image = Panel("image", ("u", "v"), extent_of(there), lines=there)
    axis = np.array([-2.0, 0.0, 2.0])
    rows = []
    for y in axis[::-1]:
        places = np.array([[x, y] for x in axis])
        found = values_at(array((2,), components), LETTERS, places).T
        pairs = [f"({numeral(float(u), 3)}, {numeral(float(v), 3)})" for u, v in found]
        rows.append((f"y = {numeral(float(y))}", *pairs))
    columns = ("", *[f"x = {numeral(float(x))}" for x in axis])
    sentence = "Two panels: lines of the plane and their images; the table holds images of points."
    twin = Twin(sentence, columns, tuple(rows))
    return FigureQuestion("Lines and their images", (domain, image), twin, can_click=True)
