"""Questions about level curves: the gradient at a point, where f is steep, signs of partials."""

from __future__ import annotations

from math import atan2, degrees, hypot
from random import Random

import numpy as np

from calc_core.exercises.figure_questions.plane import (
    LETTERS,
    PANELS,
    PLACES,
    at_point,
    level_panel,
    shown_point,
    slopes,
    written,
)
from calc_core.exercises.kinds.base import Degenerate, Draft
from calc_core.exercises.multiple_choice import choice_in_order
from calc_core.geometry.questions import (
    Arrow,
    FigureQuestion,
    Mark,
    Point,
    Twin,
    table_of_values,
)
from calc_core.graph import Node

# 1 linear, 2 circles, 3 ellipses, 4 turned ellipses, 5 saddles and waves.
FUNCTIONS = (
    ("{s}*{a}*x + {r}*{b}*y",),
    ("{s}*((x - {p})^2 + (y - {q})^2)",),
    ("{s}*((x - {p})^2 + 3*(y - {q})^2)", "{s}*(4*(x - {p})^2 + (y - {q})^2)"),
    ("{s}*(2*x^2 + 2*x*y + 3*y^2)", "{s}*(3*x^2 - 2*x*y + 2*y^2)"),
    ("{s}*(x^2 - 2*y^2)", "{s}*(x*y + {r}*x)", "{s}*sin(x)*cos(y) + x/2"),
)
# An arrow's length on the picture.
LENGTH = 0.95
# The least angle between two arrows, in degrees.
APART = 25.0
# How far the neighbours in the table are.
STEP = 0.25
SENTENCE = (
    "Level curves of f, coloured from low to high; the table holds values of f around the point."
)


def gradient_arrow(rng: Random, level: int) -> Draft:
    """Of four arrows at a point, which is the gradient?"""
    f = written(rng, rng.choice(FUNCTIONS[level - 1]))
    point = rng.choice(PLACES), rng.choice(PLACES)
    p, q = (float(v) for v in at_point(slopes(f), point))
    if hypot(p, q) < 0.5:
        raise Degenerate
    wrong = [
        ((-p, -q), "downhill"),
        ((-q, p), "along-level-line"),
        ((q, -p), "along-level-line"),
        ((p, -q), "sign-of-partial"),
    ]
    rng.shuffle(wrong)
    if 2 < level < 5:
        wrong.insert(0, (_from_centre(f, point, (p, q)), "towards-extremum"))
    chosen = _told_apart([((p, q), ""), *wrong])
    rng.shuffle(chosen)
    answer = choice_in_order([(PANELS[k], mistake) for k, (_, mistake) in enumerate(chosen)])
    arrows = tuple(
        Arrow(PANELS[k], point, _of_length(vector)) for k, (vector, _) in enumerate(chosen)
    )
    task = (
        f"The figure shows level curves of a function $f$. Which of the arrows at "
        f"${shown_point(point)}$ has the direction of the gradient of $f$?"
    )
    remark = "The gradient is perpendicular to the level line, and points to larger values of $f$."
    return Draft(task, answer, None, remark, lambda: _arrows_on_levels(f, point, arrows))


def _from_centre(f: Node, point: Point, slope: Point) -> Point:
    """Towards the point where f is largest, or away from where it is smallest: from symmetry."""
    xx, xy, yy = _second(f)
    centre = np.array(point) - np.linalg.solve(np.array([[xx, xy], [xy, yy]]), np.array(slope))
    away = np.array(point) - centre
    return tuple(away if away @ np.array(slope) > 0 else -away)


def _second(f: Node) -> tuple[float, float, float]:
    by_x, by_y = slopes(f)
    (xx, xy), (_, yy) = slopes(by_x), slopes(by_y)
    found = at_point((xx, xy, yy), (0.0, 0.0))
    return float(found[0]), float(found[1]), float(found[2])


def _told_apart(candidates: list[tuple[Point, str]]) -> list[tuple[Point, str]]:
    """Four of the candidates, the first among them, with angles between them."""
    kept: list[tuple[Point, str]] = []
    for vector, mistake in candidates:
        if all(_angle(vector, other) >= APART for other, _ in kept):
            kept.append((vector, mistake))
        if len(kept) == len(PANELS):
            return kept
    raise Degenerate


def _angle(one: Point, other: Point) -> float:
    turn = degrees(atan2(one[1], one[0]) - atan2(other[1], other[0])) % 360
    return min(turn, 360 - turn)


def _of_length(vector: Point) -> Point:
    scale = LENGTH / hypot(*vector)
    return vector[0] * scale, vector[1] * scale


def _arrows_on_levels(f: Node, point: Point, arrows: tuple[Arrow, ...]) -> FigureQuestion:
    columns, rows = _table(f, point)
    told = "; ".join(
        f"{arrow.name} runs along ({arrow.vector[0]:.2f}, {arrow.vector[1]:.2f})"
        for arrow in arrows
    )
    sentence = f"{SENTENCE} Of the arrows {told}." if arrows else SENTENCE
    panel = level_panel(f, arrows=arrows, marks=(Mark("", point),))
    return FigureQuestion("Level curves of f", (panel,), Twin(sentence, columns, rows))


def _table(f: Node, point: Point) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    near = [[v - STEP, v, v + STEP] for v in point]
    return table_of_values(f, LETTERS, *near)


# ── where f is steepest ───────────────────────────────────────────────────────────────────────────

# 1 a bowl, 2 an elliptic one, 3 cubic, 4 a hill, 5 waves.
STEEP = (
    ("{s}*(x^2 + y^2)", "{s}*((x - {p})^2 + (y - {q})^2)"),
    ("{s}*(x^2 + 3*y^2)", "{s}*(4*x^2 + y^2)"),
    ("{s}*(x^3/3 - x + y^2/2)", "{s}*(x^2*y + y)"),
    ("{s}*exp(-x^2 - y^2)", "{s}*exp(-x^2/2 - 2*y^2)"),
    ("{s}*sin(2*x)*cos(y)", "{s}*(sin(x) + cos(2*y))"),
)
# The steepest of the points is so many times as steep as the next, and they keep apart.
STEEPER, APART_ON_MAP = 1.5, 0.8


def steepest_point(rng: Random, level: int) -> Draft:
    """At which of four marked points is f steepest?"""
    f = written(rng, rng.choice(STEEP[level - 1]))
    points = _scattered(rng)
    steep = [float(hypot(*at_point(slopes(f), p))) for p in points]
    values = [float(at_point((f,), p)[0]) for p in points]
    order = sorted(range(len(points)), key=lambda k: -steep[k])
    best = order[0]
    if steep[best] < STEEPER * steep[order[1]] or steep[best] < 0.3:
        raise Degenerate
    highest = max(range(len(points)), key=lambda k: values[k])
    mistakes = [
        "" if k == best else "highest-not-steepest" if k == highest else "flatter"
        for k in range(len(points))
    ]
    answer = choice_in_order(list(zip(PANELS, mistakes, strict=True)))
    task = (
        "The figure shows level curves of a function $f$. At which of the points is $f$ steepest?"
    )
    remark = (
        "From line to line $f$ changes by the same step: it is steepest where they are closest."
    )
    return Draft(task, answer, None, remark, lambda: _points_on_levels(f, points))


def _scattered(rng: Random) -> list[Point]:
    found: list[Point] = []
    for _ in range(60):
        point = rng.choice(PLACES), rng.choice(PLACES)
        if all(hypot(point[0] - x, point[1] - y) >= APART_ON_MAP for x, y in found):
            found.append(point)
        if len(found) == len(PANELS):
            return found
    raise Degenerate


def _points_on_levels(f: Node, points: list[Point]) -> FigureQuestion:
    marks = tuple(Mark(name, point) for name, point in zip(PANELS, points, strict=True))
    steps = ((0.0, 0.0), (0.1, 0.0), (0.0, 0.1))
    rows = []
    for mark in marks:
        near = [at_point((f,), (mark.at[0] + h, mark.at[1] + k))[0] for h, k in steps]
        rows.append((mark.name, f"({mark.at[0]:g}, {mark.at[1]:g})", *[f"{v:.3f}" for v in near]))
    columns = ("point", "(x, y)", "f there", "f at x + 0.1", "f at y + 0.1")
    sentence = "Level curves of f with four points; the table holds f at each and close to it."
    panel = level_panel(f, marks=marks)
    return FigureQuestion("Level curves of f", (panel,), Twin(sentence, columns, tuple(rows)))


# ── signs of the partial derivatives ──────────────────────────────────────────────────────────────

_SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def signs_of_partials(rng: Random, level: int) -> Draft:
    """Which signs do the partial derivatives have at a point?"""
    f = written(rng, rng.choice(FUNCTIONS[level - 1]))
    point = rng.choice(PLACES), rng.choice(PLACES)
    p, q = (float(v) for v in at_point(slopes(f), point))
    if min(abs(p), abs(q)) < 0.35 * hypot(p, q) or hypot(p, q) < 0.3:
        raise Degenerate
    right = (1 if p > 0 else -1, 1 if q > 0 else -1)
    options = [(_as_signs(signs), _sign_mistake(signs, right)) for signs in _SIGNS]
    answer = choice_in_order(options)
    task = (
        f"The figure shows level curves of a function $f$. Which signs do its partial derivatives "
        f"have at ${shown_point(point)}$?"
    )
    remark = "A partial derivative is positive where $f$ rises as that variable alone grows."
    return Draft(task, answer, None, remark, lambda: _arrows_on_levels(f, point, ()))


def _as_signs(signs: tuple[int, int]) -> str:
    first, second = (">" if sign > 0 else "<" for sign in signs)
    return (
        rf"$\frac{{\partial f}}{{\partial x}} {first} 0$ and "
        rf"$\frac{{\partial f}}{{\partial y}} {second} 0$"
    )


def _sign_mistake(signs: tuple[int, int], right: tuple[int, int]) -> str:
    if signs == right:
        return ""
    if signs[0] != right[0] and signs[1] != right[1]:
        return "signs-of-both"
    return "sign-by-first" if signs[0] != right[0] else "sign-by-second"
