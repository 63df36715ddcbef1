"""Exercises in reading figures: what is right is found again from what is drawn."""

from __future__ import annotations

import json
import pickle
import re
from functools import cache
from math import hypot

import numpy as np
import pytest

from calc_core.errors import InputError
from calc_core.evaluate import evaluate
from calc_core.exercises import grade
from calc_core.exercises.catalogue import MISTAKES
from calc_core.exercises.click import ClickAnswer, Region, near_points, where_positive, where_zero
from calc_core.exercises.exercise import Exercise
from calc_core.exercises.kinds import figures
from calc_core.exercises.mistakes.figures import FIGURES
from calc_core.figures import DARK, LIGHT
from calc_core.figures.questions import question_figure
from calc_core.parse import parse

from another_process import told, told_by_another_process  # isort: skip

KINDS = {kind.id: kind for kind in figures.KINDS}
LEVELS, SEEDS = range(1, 6), range(8)
ALL = [(kind, level) for kind in KINDS for level in LEVELS]
each = pytest.mark.parametrize(("kind", "level"), ALL, ids=str)
CHOICES = ("gradient-field", "function-of-field", "gradient-arrow", "steepest-point",
           "signs-of-partials", "bending", "area-ratio")  # fmt: skip
PLACES = ("still-place", "critical-place", "determinant-place")
STEP = 1e-4


@cache
def made(kind: str, level: int, seed: int) -> Exercise:
    return KINDS[kind].exercise(level, seed)


def every(kind: str) -> list[Exercise]:
    return [made(kind, level, seed) for level in LEVELS for seed in SEEDS]


def panel_of(exercise: Exercise):
    return exercise.figure().panels[0]


# ── every kind, level and seed ────────────────────────────────────────────────────────────────────


def test_every_kind_is_a_choice_or_a_place():
    assert set(KINDS) == {*CHOICES, *PLACES}


@each
def test_the_own_answer_is_right_and_the_seed_gives_the_exercise_back(kind, level):
    for seed in SEEDS:
        first, second = made(kind, level, seed), KINDS[kind].exercise(level, seed)
        assert (first.task, first.answer.text()) == (second.task, second.answer.text())
        assert first.answer.field == second.answer.field
        assert grade(second, first.answer.text()).is_right
        assert first.task.count("$") % 2 == 0
        assert first.answer.latex()


def test_another_process_makes_the_same_exercises():
    order = [(kind, level, 5) for kind in KINDS for level in LEVELS]
    assert told_by_another_process(order) == [told(made(*which)) for which in order]


@pytest.mark.parametrize("kind", CHOICES)
def test_every_other_option_is_wrong_for_a_reason_that_is_said(kind):
    for exercise in every(kind):
        answer = exercise.answer
        assert len(set(answer.options)) == len(answer.options) == 4
        for place in range(4):
            verdict = answer.grade(str(place + 1))
            assert verdict.is_right == (place == answer.right)
            if place != answer.right:
                assert verdict.mistakes[0].mistake in MISTAKES
                assert verdict.message.endswith(".")
                assert verdict.message.count("$") % 2 == 0


@each
def test_the_right_option_is_not_always_the_same(kind, level):
    if kind in CHOICES:
        assert len({KINDS[kind].exercise(level, seed).answer.text() for seed in range(16)}) > 1


# ── figures ───────────────────────────────────────────────────────────────────────────────────────


@each
def test_the_figure_can_be_drawn_sent_and_told(kind, level):
    question = made(kind, level, 0).figure()
    assert pickle.loads(pickle.dumps(question)).title == question.title
    for style in (LIGHT, DARK):
        figure = question_figure(question, style)
        data = json.loads(figure.to_json())
        assert data["data"]
        assert data["layout"]["title"]["text"] == question.title
        if not question.panels[0].is_surface:
            axes = {key for key in data["layout"] if key.startswith("xaxis")}
            assert len(axes) == len(question.panels)
            assert {trace.get("xaxis", "x") for trace in data["data"]} <= {
                key.replace("axis", "") for key in axes
            }
    assert question.twin.sentence.endswith(".")
    for row in question.twin.rows:
        assert len(row) == len(question.twin.columns)
        assert all(isinstance(cell, str) for cell in row)
    assert question.twin.rows or kind == "area-ratio"
    assert question.can_click == (kind in PLACES)


def test_what_is_clicked_on_tells_where():
    for kind in PLACES:
        question = made(kind, 3, 1).figure()
        figure = question_figure(question, LIGHT)
        (ground,) = [trace for trace in figure.data if trace.name == "ground"]
        # Level curves cannot be selected, points can.
        assert (ground.type, ground.mode) == ("scatter", "markers")
        low, high = question.panels[0].ranges[0]
        assert (min(ground.x), max(ground.x)) == (low, high)


def test_named_arrows_and_points_have_their_names_on_the_figure():
    for kind in ("gradient-arrow", "steepest-point"):
        figure = question_figure(made(kind, 4, 2).figure(), LIGHT)
        words = {text for trace in figure.data if trace.text is not None for text in trace.text}
        assert {f"<b>{name}</b>" for name in "ABCD"} <= words


# ── what is right, from what is drawn ─────────────────────────────────────────────────────────────


def slopes_of_heights(panel) -> tuple[np.ndarray, np.ndarray]:
    """The partial derivatives by x and y, by differences of the heights that are drawn."""
    x, y = panel.heights.grid.axes
    upwards, across = np.gradient(panel.heights.values, y, x)
    return across, upwards


def nearest(panel, at) -> tuple[int, int]:
    x, y = panel.heights.grid.axes
    return int(np.abs(y - at[1]).argmin()), int(np.abs(x - at[0]).argmin())


def slope_at(panel, at) -> np.ndarray:
    place = nearest(panel, at)
    return np.array([part[place] for part in slopes_of_heights(panel)])


def test_the_right_arrow_runs_across_the_level_lines_and_up():
    for exercise in every("gradient-arrow"):
        panel = panel_of(exercise)
        slope = slope_at(panel, panel.marks[0].at)
        cosines = [
            float(slope @ arrow.vector) / hypot(*slope) / hypot(*arrow.vector)
            for arrow in panel.arrows
        ]
        assert int(np.argmax(cosines)) == exercise.answer.right
        assert max(cosines) > 0.98
        lengths = [hypot(*arrow.vector) for arrow in panel.arrows]
        assert np.ptp(lengths) < 1e-9


def test_the_steepest_point_has_the_largest_gradient():
    for exercise in every("steepest-point"):
        panel = panel_of(exercise)
        sizes = [hypot(*slope_at(panel, mark.at)) for mark in panel.marks]
        assert int(np.argmax(sizes)) == exercise.answer.right


def test_the_signs_are_those_of_differences():
    for exercise in every("signs-of-partials"):
        panel = panel_of(exercise)
        slope = slope_at(panel, panel.marks[0].at)
        signs = re.findall(r"[<>]", exercise.answer.options[exercise.answer.right])
        assert signs == [">" if part > 0 else "<" for part in slope]


def test_the_surface_bends_as_it_is_said():
    for exercise in every("bending"):
        panel = panel_of(exercise)
        across, upwards = slopes_of_heights(panel)
        x, y = panel.heights.grid.axes
        place = nearest(panel, panel.marks[0].at)
        xy, xx = (part[place] for part in np.gradient(across, y, x))
        yy = np.gradient(upwards, y, axis=0)[place]
        low, high = np.linalg.eigvalsh([[xx, xy], [xy, yy]])
        right = exercise.answer.options[exercise.answer.right]
        if "is 0" in right:
            assert min(abs(low), abs(high)) < 0.1 < max(abs(low), abs(high))
        else:
            assert ("both" in right) == (low * high > 0)
            assert min(abs(low), abs(high)) > 0.1
            if "both" in right:
                assert ("positive" in right) == (low > 0)


def value(text: str, at) -> float:
    named = dict(zip(("x", "y"), at, strict=True))
    return float(evaluate(parse(text, ("x", "y")).node, named))


def difference(text: str, at) -> np.ndarray:
    """The gradient of a formula by central differences."""
    moves = np.array([[STEP, 0], [0, STEP]])
    return np.array([(value(text, at + h) - value(text, at - h)) / (2 * STEP) for h in moves])


def formula(latex: str) -> str:
    return latex.replace("$", "").partition("=")[2]


def test_the_field_is_that_of_the_function():
    for exercise in every("gradient-field"):
        text = formula(re.search(r"\$f\(x, y\) = [^$]*\$", exercise.task)[0])
        panels = exercise.figure().panels
        for place, panel in enumerate(panels):
            at, vectors = panel.field
            fits = all(
                np.allclose(difference(text, at[k]), vectors[k], atol=1e-5) for k in (0, 30, 62)
            )
            assert fits == (place == exercise.answer.right)


def test_the_function_is_that_of_the_field():
    for exercise in every("function-of-field"):
        at, vectors = panel_of(exercise).field
        for place, option in enumerate(exercise.answer.options):
            text = formula(option)
            fits = all(
                np.allclose(difference(text, at[k]), vectors[k], atol=1e-5) for k in (0, 30, 62)
            )
            assert fits == (place == exercise.answer.right)


def test_the_determinant_is_the_ratio_of_the_areas():
    for exercise in every("area-ratio"):
        cell, image = exercise.figure().panels
        areas = [
            np.linalg.det(np.array([arrow.vector for arrow in panel.arrows]).T)
            for panel in (cell, image)
        ]
        right = exercise.answer.options[exercise.answer.right]
        assert float(right.strip("$")) == pytest.approx(areas[1] / areas[0])


# ── places ────────────────────────────────────────────────────────────────────────────────────────


def test_a_critical_point_is_where_the_heights_stand_still():
    for exercise in every("critical-place"):
        panel, at = panel_of(exercise), exercise.answer.example
        across, upwards = slopes_of_heights(panel)
        steepest = float(np.hypot(across, upwards).max())
        assert hypot(*slope_at(panel, at)) < 0.06 * steepest
        around = [grade(exercise, f"({at[0] + h}, {at[1] + k})") for h, k in ((0.1, 0), (0, -0.1))]
        assert all(verdict.is_right for verdict in around)
    told = {
        verdict.mistakes[0].mistake
        for exercise in every("critical-place")
        for x in np.arange(-1.5, 2, 0.5)
        for y in np.arange(-1.5, 2, 0.5)
        if not (verdict := grade(exercise, f"({x}, {y})")).is_right
    }
    assert told == {"not-critical", "minimum-clicked", "maximum-clicked", "saddle-clicked"}


def jacobian_determinant(exercise: Exercise, at) -> float:
    inside = re.search(r"F\(x, y\) = \((.*)\)\.\$\$", exercise.task)[1]
    rows = [difference(text, np.array(at)) for text in inside.split(r",\;")]
    return float(np.linalg.det(np.array(rows)))


def test_the_sign_of_the_determinant_decides():
    for exercise in every("determinant-place"):
        wanted = -1 if r"\det J < 0" in exercise.task else 1
        for at in [(-1.3, 0.9), (1.1, 0.7), (0.7, -1.6), (-0.6, -1.2), (1.7, 1.4)]:
            det = jacobian_determinant(exercise, at)
            if abs(det) > 0.5:
                verdict = grade(exercise, f"({at[0]}, {at[1]})")
                assert verdict.is_right == (wanted * det > 0), (exercise.task, at, det)


def test_where_the_function_stands_still():
    for exercise in every("still-place"):
        panel, at = panel_of(exercise), exercise.answer.example
        across, upwards = slopes_of_heights(panel)
        i, j = nearest(panel, at)
        if r"\partial y" in exercise.task:
            v = (0, 1)
        elif r"\partial x" in exercise.task:
            v = (1, 0)
        else:
            v = tuple(map(int, re.search(r"\((-?\d), (-?\d)\)", exercise.task).groups()))
        along = v[0] * across + v[1] * upwards
        assert abs(along[i, j]) < 0.1 * np.abs(along).max()


CIRCLE = ClickAnswer(
    ("x", "y"),
    ((-2.0, 2.0), (-2.0, 2.0)),
    (Region(near_points([(1.0, 0.0)], 0.2)), Region(near_points([(-1.0, 0.0)], 0.2), "sign")),
    "unknown",
    (1.0, 0.0),
)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("(1, 0)", ""),
        ("(1.1, -0.1)", ""),
        ("(1/2 + 1/2, 0)", ""),
        ("(√1, sin(0))", ""),
        ("[1, 0]", ""),
        ("(1.3, 0)", "unknown"),
        ("(-1, 0.1)", "sign"),
    ],
)
def test_a_place_is_read_and_looked_up(text, mistake):
    verdict = CIRCLE.grade(text)
    assert [m.mistake for m in verdict.mistakes] == ([mistake] if mistake else [])


@pytest.mark.parametrize("text", ["", "1", "(1, 2, 3)", "(x, 1)", "(3, 0)", "(1/0, 0)", "(1,", "a"])
def test_what_is_no_place_on_the_figure(text):
    with pytest.raises(InputError):
        CIRCLE.grade(text)


def test_regions_reach_a_little_over_their_border():
    half_plane = where_positive(parse("x", ("x", "y")).node, ("x", "y"), 0.1)
    assert half_plane((0.5, 0.0))
    assert half_plane((-0.09, 1.0))
    assert not half_plane((-0.11, 1.0))
    line = where_zero(parse("x + y", ("x", "y")).node, ("x", "y"), 0.1)
    assert line((0.05, 0.05))
    assert not line((0.2, 0.2))


def test_every_mistake_is_a_sentence_with_a_law_that_can_be_set():
    for known in FIGURES.values():
        assert known.sentence.endswith(".")
        assert known.law.count("{") == known.law.count("}")
        assert 0 <= known.worth < 1
