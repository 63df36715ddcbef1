"""How a surface bends, and by how much a map changes areas: read off the picture."""

from __future__ import annotations

from random import Random

import numpy as np

from calc_core.exercises.figure_questions.plane import (
    BOX,
    LETTERS,
    at_point,
    plane,
    second_derivatives,
    shown_point,
    written,
)
from calc_core.exercises.kinds.base import Degenerate, Draft
from calc_core.exercises.multiple_choice import choice_in_order, choice_of
from calc_core.geometry.numerals import numeral
from calc_core.geometry.questions import (
    Arrow,
    FigureQuestion,
    Lines,
    Mark,
    Panel,
    Point,
    Twin,
    extent_of,
    heights_of,
    table_of_values,
)
from calc_core.graph import Node

# ── signs of the eigenvalues ──────────────────────────────────────────────────────────────────────

UP, DOWN, BOTH, STRAIGHT = "up", "down", "both", "straight"
BENDINGS = {
    UP: "both eigenvalues of the Hessian are positive",
    DOWN: "both eigenvalues of the Hessian are negative",
    BOTH: "one eigenvalue of the Hessian is positive, the other negative",
    STRAIGHT: "one eigenvalue of the Hessian is 0",
}
# 1 bowls, 2 saddles, 3 troughs, too, 4 tilted, 5 not polynomial.
BENT = (
    ("{s}*(x^2 + y^2)", "{s}*(x^2 + 2*y^2)", "{s}*(x^2 - y^2)"),
    ("{s}*x*y", "{s}*(x^2 - 2*y^2)", "{s}*(x^2 + x*y + y^2)", "{s}*(x^2 + 3*x*y + y^2)"),
    ("{s}*x^2", "{s}*(x + y)^2", "{s}*y^2", "{s}*x*y", "{s}*(x^2 + y^2)"),
    ("{s}*(x^2 + y^2) + {r}*2*x", "{s}*x^2 + {r}*2*y", "{s}*(x^2 - y^2) + {r}*2*y"),
    ("{s}*sin(x)*sin(y)", "{s}*(cos(x) + cos(y))", "{s}*exp(-x^2/2 - y^2/2)", "{s}*cos(x + y)"),
)
SPOTS = (-1.0, 0.0, 1.0)
# An eigenvalue that is not 0 can be seen.
SEEN = 0.35
STEP = 0.5


def bending(rng: Random, level: int) -> Draft:
    """Which signs do the eigenvalues of the Hessian have at a point of a surface?"""
    f = written(rng, rng.choice(BENT[level - 1]))
    point = (0.0, 0.0) if level < 4 else (rng.choice(SPOTS), rng.choice(SPOTS))
    right = _bending(f, point)
    options = [(said, _bending_mistake(name, right)) for name, said in BENDINGS.items()]
    task = (
        f"The figure shows the surface $z = f(x, y)$. What is true at the marked point "
        f"${shown_point(point)}$?"
    )
    remark = (
        "Along an eigenvector with a positive eigenvalue the surface bends up, with a negative one "
        "down, and with 0 not at all."
    )
    return Draft(task, choice_in_order(options), None, remark, lambda: _surface(f, point))


def _bending(f: Node, point: Point) -> str:
    xx, xy, yy = at_point(second_derivatives(f), point)
    low, high = np.linalg.eigvalsh(np.array([[xx, xy], [xy, yy]]))
    sizes = sorted((abs(low), abs(high)))
    if sizes[1] < SEEN or 1e-9 < sizes[0] < SEEN:
        raise Degenerate
    if sizes[0] < 1e-9:
        return STRAIGHT
    return UP if low > 0 else DOWN if high < 0 else BOTH


def _bending_mistake(chosen: str, right: str) -> str:
    if chosen == right:
        return ""
    if STRAIGHT in (chosen, right):
        return "bends-everywhere" if chosen == STRAIGHT else "does-not-bend"
    if BOTH in (chosen, right):
        return "bends-one-way" if chosen == BOTH else "bends-both-ways"
    return "bends-the-other-way"


def _surface(f: Node, point: Point) -> FigureQuestion:
    panel = Panel(
        "", LETTERS, BOX, heights=heights_of(f, plane()), is_surface=True, marks=(Mark("", point),)
    )
    near = [[v - STEP, v, v + STEP] for v in point]
    columns, rows = table_of_values(f, LETTERS, *near)
    sentence = "The surface of f with a point on it; the table holds f around the point."
    return FigureQuestion("The surface z = f(x, y)", (panel,), Twin(sentence, columns, rows))


# ── the determinant as a ratio of areas ───────────────────────────────────────────────────────────

Rows = tuple[tuple[int, int], tuple[int, int]]


def area_ratio(rng: Random, level: int) -> Draft:
    """A cell and its image are drawn; what is det J?

    1 along the axes, 2 sheared, 3 any, 4 and 5 the same with a cell that is no unit square.
    """
    J = _matrix(rng, level)
    (a, b), (c, d) = J
    det = a * d - b * c
    side = 2 if level > 3 else 1
    wrong = [
        (-det, "orientation-sign"),
        (det * side**2, "area-not-compared"),
        (a * d + b * c, "plus-for-minus"),
        (a * d, "one-product"),
        (det + (1 if det > 0 else -1), "other-area"),
        (2 * det, "other-area"),
        (-2 * det, "other-area"),
    ]
    kept = _distinct(det, wrong)
    answer = choice_of(rng, f"${det}$", [(f"${value}$", mistake) for value, mistake in kept])
    task = (
        "On the left is a small cell with its two sides, on the right its image under a map with "
        r"the constant Jacobian $J$. What is $\det J$?"
    )
    remark = rf"$J = \begin{{pmatrix}} {a} & {b} \\ {c} & {d} \end{{pmatrix}}$"
    return Draft(task, answer, None, remark, lambda: _cell_and_image(J, side))


def _matrix(rng: Random, level: int) -> Rows:
    largest = 2 if level > 3 else 3
    small = [n for n in range(-largest, largest + 1) if n]
    a, d = rng.choice(small), rng.choice(small)
    b, c = 0, 0
    if level == 2 or level == 4:
        b = rng.choice(small)
    elif level > 2:
        b, c = rng.choice((-1, 1, 2)), rng.choice((-1, 1, 2))
    if abs(a * d - b * c) not in (1, 2, 3, 4, 5, 6) or (a, b, c, d) == (1, 0, 0, 1):
        raise Degenerate
    return (a, b), (c, d)


def _distinct(right: int, wrong: list[tuple[int, str]]) -> list[tuple[int, str]]:
    kept: dict[int, str] = {}
    for value, mistake in wrong:
        if value != right and value:
            kept.setdefault(value, mistake)
    return list(kept.items())[:3]


def _cell_and_image(J: Rows, side: int) -> FigureQuestion:
    (a, b), (c, d) = J
    first, second = (float(side), 0.0), (0.0, float(side))
    images = (float(a * side), float(c * side)), (float(b * side), float(d * side))
    cell = _panel("cell", LETTERS, first, second)
    image = _panel("image", ("u", "v"), *images)
    told = ", ".join(f"({numeral(x)}, {numeral(y)})" for x, y in images)
    sentence = (
        f"A cell with the sides ({side}, 0), the first, and (0, {side}), the second; the images of "
        f"the two sides are {told}."
    )
    return FigureQuestion("A cell and its image", (cell, image), Twin(sentence))


def _panel(name: str, letters: tuple[str, str], first: Point, second: Point) -> Panel:
    corner = (first[0] + second[0], first[1] + second[1])
    outline = Lines(np.array([[(0.0, 0.0), first, corner, second, (0.0, 0.0)]]), "ink")
    arrows = (
        Arrow("1", (0.0, 0.0), first, "first"),
        Arrow("2", (0.0, 0.0), second, "second"),
    )
    window = _roomy(outline)
    return Panel(name, letters, window, arrows=arrows, lines=(outline,), has_unit_grid=True)


def _roomy(outline: Lines) -> tuple[tuple[float, float], tuple[float, float]]:
    """A square window around an outline, whole numbers at its edges."""
    (x0, x1), (y0, y1) = extent_of((outline,))
    half = max(x1 - x0, y1 - y0) / 2 + 0.6
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return (x - half, x + half), (y - half, y + half)
