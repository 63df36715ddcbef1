"""Every kind of exercise: reproducible, right by its own answer, and its mistakes recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises import Exercise, generate, grade
from calc_core.exercises.catalogue import MISTAKES, PLANS
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.functions import LEVELS, level_of_steps
from calc_core.exercises.kinds import (
    EXERCISE_KINDS,
    areas,
    chain,
    coordinates,
    critical,
    definition,
    directional,
    gradients,
    implicit,
    jacobians,
    partials,
    rules,
    second_order,
    surfaces,
    taylor,
)
from calc_core.exercises.mistakes.laws import LAWS
from calc_core.exercises.point_lists import Point, read_points
from calc_core.exercises.points import PointsAnswer
from calc_core.exercises.values import agree
from calc_core.geometry.critical import critical_points
from calc_core.graph import Node, entries, num, substitute, sym
from calc_core.parse import parse
from calc_core.printing import Text
from calc_core.sympy_bridge import to_sympy
from calc_core.tidy import Tidier

from another_process import told, told_by_another_process  # isort: skip

ROOT = Path(__file__).parent.parent
MODULES = (
    areas,
    chain,
    coordinates,
    critical,
    definition,
    directional,
    gradients,
    implicit,
    jacobians,
    partials,
    rules,
    second_order,
    surfaces,
    taylor,
)
KINDS = [kind.id for module in MODULES for kind in module.KINDS]
SEEDS = range(12)
# The derivations, and the mistakes one by one, of the first few.
FEW, FEWER = range(3), range(1)
TOPICS = {"partial", "rules", "gradient", "jacobian", "hessian"}

every_kind = pytest.mark.parametrize("kind", KINDS)


#: Exercises do not change, and their answers remember what they have worked out.
made = cache(generate)


def exercises(kind: str, seeds: range) -> Iterator[Exercise]:
    for level in LEVELS:
        for seed in seeds:
            yield made(kind, level, seed)


def named(exercise: Exercise) -> str:
    return f"{exercise.kind} {exercise.level} {exercise.seed}: {exercise.task}"


# ── all of them ───────────────────────────────────────────────────────────────────────────────────


def test_there_are_many_kinds() -> None:
    assert len(set(KINDS)) == len(KINDS) >= 25
    assert set(KINDS) <= set(EXERCISE_KINDS)
    mine = [EXERCISE_KINDS[kind] for kind in KINDS]
    assert len({kind.title for kind in mine}) == len(KINDS)
    assert {kind.topic for kind in mine} <= TOPICS


def test_ids_of_mistakes_belong_to_one_table() -> None:
    for name, mistake in PLANS.items():
        assert MISTAKES[name] is mistake, name
        assert name not in LAWS
        assert mistake.sentence.endswith(".")
        assert mistake.sentence.count("$") % 2 == 0
        assert mistake.law.count("{") == mistake.law.count("}")
        assert 0 <= mistake.worth < 1


ODD = re.compile(
    r"\^\{1\}|\^\{0\}|(?<![\d.])1\\,|\+ -|- -|\+ 0|"
    r"\\(cos|sin|ln|sqrt)(\\left\(|\{)-|\\begin\{pmatrix\}\s*\\end"
)


@every_kind
def test_the_task_is_whole(kind: str) -> None:
    for exercise in exercises(kind, SEEDS):
        for text in (exercise.task, exercise.remark):
            assert text.count("$") % 2 == 0, named(exercise)
            assert text.count("{") == text.count("}"), named(exercise)
        assert not ODD.search(exercise.task), named(exercise)
        assert len(exercise.task) < 420, named(exercise)


@every_kind
def test_its_own_answer_is_right(kind: str) -> None:
    for exercise in exercises(kind, SEEDS):
        verdict = grade(exercise, exercise.answer.text())
        assert verdict.score == 1, f"{named(exercise)} {exercise.answer.text()} {verdict}"
        assert exercise.answer.latex()


@every_kind
def test_the_answer_is_not_trivial(kind: str) -> None:
    for exercise in exercises(kind, SEEDS):
        answer = exercise.answer
        if isinstance(answer, PointsAnswer):
            assert answer.points
        elif isinstance(answer, FormulaAnswer):
            assert any(part is not num(0) for part in entries(answer.node)), named(exercise)
            has_letters = bool(answer.node.free)
            assert has_letters is (answer.form != "number"), named(exercise)
            assert len(answer.text()) < 330, named(exercise)


@every_kind
def test_seeds_and_levels_make_a_difference(kind: str) -> None:
    tasks = {exercise.task for exercise in exercises(kind, SEEDS)}
    assert len(tasks) > 0.6 * len(LEVELS) * len(SEEDS)


def test_another_process_makes_the_same_exercises() -> None:
    order = [(kind, level, seed) for kind in KINDS for level in LEVELS for seed in (0, 7)]
    here = [told(generate(*which)) for which in order]
    assert [told(generate(*which)) for which in order[:40]] == here[:40]
    assert told_by_another_process(order) == here


# ── the derivations ───────────────────────────────────────────────────────────────────────────────


def _determinant(result: sp.Matrix) -> sp.Expr:
    return result.det()


def _size(result: sp.Matrix) -> sp.Expr:
    return abs(result.det())


def _stretch(result: sp.Matrix) -> sp.Expr:
    return sp.sqrt((result.T * result).det())


#: What is made of the result of the derivation, where that is not the answer itself.
MADE_OF: dict[str, Callable[[sp.Matrix], sp.Expr]] = {
    "jacobian-determinant": _determinant,
    "coordinates": _determinant,
    "area-factor": _size,
    "surface-area": _stretch,
}
#: Kinds whose derivation is a part of the way, tested one by one below.
PART_OF_THE_WAY = {
    "difference-quotient",
    "steepest-direction",
    "tangent-plane",
    "linear-estimate",
    "critical-points",
    "critical-kinds",
    "point-kind",
}


def _numbers(expression: object, letters: list[sp.Symbol]) -> np.ndarray:
    point = {x: sp.Rational(7 + 3 * k, 5) for k, x in enumerate(letters)}
    parts = list(expression) if isinstance(expression, sp.MatrixBase) else [expression]
    return np.array([complex(sp.N(sp.sympify(part).subs(point), 20)) for part in parts])


@every_kind
def test_the_derivation_is_confirmed_and_leads_to_the_answer(kind: str) -> None:
    for exercise in exercises(kind, FEW):
        assert exercise.solution is not None
        derivation = exercise.solution()
        assert derivation.certificate.confirmed, f"{named(exercise)} {derivation.text()}"
        assert derivation.lines()
        if kind in PART_OF_THE_WAY:
            continue
        answer = exercise.answer
        assert isinstance(answer, FormulaAnswer)
        result = derivation.result
        if kind in MADE_OF:
            result = MADE_OF[kind](result)
        expected = to_sympy(answer.node)
        letters = sorted(sp.Tuple(result, expected).free_symbols, key=str)
        assert np.allclose(
            _numbers(result, letters).ravel(), _numbers(expected, letters).ravel(), rtol=1e-9
        ), named(exercise)


def test_the_difference_quotient_becomes_the_derivative() -> None:
    for exercise in exercises("difference-quotient", FEW):
        answer = exercise.answer
        assert isinstance(answer, FormulaAnswer)
        assert exercise.solution is not None
        at_zero = substitute(answer.node, {sym("h"): num(0)})
        assert answer.values.equality(at_zero, exercise.solution().node).is_equal


def test_the_steepest_direction_is_along_the_gradient() -> None:
    for exercise in exercises("steepest-direction", FEW):
        assert exercise.solution is not None
        slope = sp.Matrix(exercise.solution().result)
        given = sp.Matrix(to_sympy(exercise.answer.node))
        sign = 1 if "grow" in exercise.task else -1
        assert sp.simplify(
            given - sign * (slope / slope.norm()).reshape(*given.shape)
        ).is_zero_matrix


def test_the_tangent_plane_has_the_slopes_of_the_function() -> None:
    for exercise in exercises("tangent-plane", FEW):
        assert exercise.solution is not None
        derivation = exercise.solution()
        names = [sp.Symbol(name, real=True) for name in derivation.expression.variables]
        plane = to_sympy(exercise.answer.node)
        by_name = {str(x): x for x in plane.free_symbols}
        slopes = [sp.diff(plane, by_name[str(x)]) if str(x) in by_name else 0 for x in names]
        assert list(derivation.result) == slopes


def test_the_estimate_is_near_the_value() -> None:
    for exercise in exercises("linear-estimate", SEEDS):
        answer = exercise.answer
        assert isinstance(answer, FormulaAnswer)
        found, value = (float(answer.values(u)[0, 0]) for u in (answer.node, answer.roots[0]))
        assert 0 < abs(found - value) < 0.1 * max(1, abs(value))
        assert Fraction(answer.text()) == to_sympy(answer.node)


# ── the levels ────────────────────────────────────────────────────────────────────────────────────

MEASURED = (
    "partial",
    "held-still",
    "partial-at-point",
    "gradient",
    "jacobian-plane",
    "jacobian",
    "vector-partial",
    "divergence",
    "curl",
    "mixed-partial",
    "second-partial",
    "hessian",
    "laplacian",
)
#: Second derivatives of level 5 are those of functions that are hard to differentiate once.
AT_LEAST_FOUR = {"mixed-partial", "second-partial", "hessian", "laplacian"}


@pytest.mark.parametrize("kind", MEASURED)
def test_the_level_is_that_of_the_rules(kind: str) -> None:
    for exercise in exercises(kind, FEW):
        assert exercise.solution is not None
        found = level_of_steps(exercise.solution().step.walk())
        least = 4 if exercise.level == 5 and kind in AT_LEAST_FOUR else exercise.level
        assert least <= found <= exercise.level, named(exercise)


# ── the mistakes ──────────────────────────────────────────────────────────────────────────────────


def _typed(answer: FormulaAnswer, node: Node) -> str:
    if answer.layout == "column" and len(node.shape) == 1:
        return f"({'; '.join(Text()(part) for part in node.args)})"
    return str(Text()(node))


def _results(answer: FormulaAnswer) -> list[tuple[str, Node]]:
    """What the wrong plans lead to, where that has values and is not the right answer."""
    found = []
    for slip in answer.work.slips:
        try:
            node = Tidier()(slip.recipe(Engine()))[0]
        except ArithmeticError:
            continue
        made = answer.values(node)
        if np.isfinite(made).all() and not _is_right(answer, node):
            found.append((slip.mistake, node))
    return found


def _is_right(answer: FormulaAnswer, node: Node) -> bool:
    if node.shape != answer.shape:
        return False
    return bool(agree(answer.values(node), answer.values(answer.node)).all())


def _seen_at_once(answer: FormulaAnswer, node: Node) -> set[str]:
    """What an answer shows by itself: another sign, a factor, the same entries elsewhere."""
    if node.shape != answer.shape:
        return set()
    made, goal = answer.values(node), answer.values(answer.node)
    with np.errstate(all="ignore"):
        ratios = (made / goal)[goal != 0]
    found = {"sign"} if agree(-made, goal).all() else set()
    if ratios.size and np.allclose(ratios, ratios[0]):
        found.add("factor")
    if np.allclose(np.sort(made, axis=0), np.sort(goal, axis=0)):
        found |= {"transposed", "order"}
    return found


@every_kind
def test_every_wrong_plan_is_recognised(kind: str) -> None:
    for exercise in exercises(kind, FEWER):
        answer = exercise.answer
        if not isinstance(answer, FormulaAnswer):
            continue
        results = _results(answer)
        assert results, named(exercise)
        for mistake, node in results:
            verdict = grade(exercise, _typed(answer, node))
            said = {found.mistake for found in verdict.mistakes}
            same = {m for m, other in results if other.shape == node.shape and agree(
                answer.values(other), answer.values(node)).all()}  # fmt: skip
            where = f"{named(exercise)} {mistake}: {Text()(node)} {verdict}"
            assert verdict.score < 1, where
            # A wrong law may lead to the same result as a wrong plan, and so may a lost sign.
            assert said & (same | set(LAWS) | _seen_at_once(answer, node)), where


def test_a_wrong_law_in_a_wrong_plan_is_recognised() -> None:
    f, inner = parse("sin(x y)").node, {"x": parse("t^2").node, "y": sym("t")}
    answer = FormulaAnswer(chain.chain_work(f, inner, "t"), ("t", "x", "y"), (f,))
    assert answer.grade("3t^2 cos(t^3)").is_right
    # The factor y of ∂/∂x sin(xy) is missing, and so is the path over y.
    verdict = answer.grade("2t cos(t^3)")
    said = {found.mistake for found in verdict.mistakes}
    assert said == {"inner-derivative-forgotten", "one-path-only"}
    halfway = answer.grade("2t y cos(x y) + x cos(x y)")
    assert [found.mistake for found in halfway.mistakes] == ["outer-not-at-inner"]


# ── quotients, estimates, curves ──────────────────────────────────────────────────────────────────


def test_a_quotient_with_h_below_the_bar_is_nearly_right() -> None:
    exercise = generate("difference-quotient", 1, 1)
    f = re.search(r"f\(x, y\) = (.*?)\$", exercise.task)
    assert f is not None
    assert f[1] == r"4\,x^{2}\,y"
    for text in ("(4(x+h)^2 y - 4x^2 y)/h", "(8x y h + 4h^2 y)/h"):
        verdict = grade(exercise, text)
        assert [m.mistake for m in verdict.mistakes] == ["h-not-cancelled"]
    assert grade(exercise, "4y(2x + h)").is_right


def test_the_value_itself_is_no_estimate() -> None:
    for seed in SEEDS:
        exercise = generate("linear-estimate", 4, seed)
        answer = exercise.answer
        assert isinstance(answer, FormulaAnswer)
        value = f"{float(answer.values(answer.roots[0])[0, 0]):.4f}"
        verdict = grade(exercise, value)
        assert [m.mistake for m in verdict.mistakes] == ["exact-value"], (
            f"{named(exercise)} {value}"
        )


def test_an_implicit_derivative_may_use_the_equation() -> None:
    exercise = generate("implicit", 1, 0)
    found = re.search(r"\$(\d*)\\?,?x\^\{2\} \+ (\d+)\\,y\^\{2\} = (\d+)\$", exercise.task)
    assert found is not None, exercise.task
    a, b, c = (int(n or 1) for n in found.groups())
    # y² = (c − a x²)/b on the curve.
    assert grade(exercise, f"-{a}*x*y/({c} - {a}*x^2)").is_right
    wrong = grade(exercise, f"{a}*x*y/({c} - {a}*x^2)")
    assert wrong.score < 1
    assert grade(exercise, f"{a}x/({b}y)").mistakes[0].mistake == "implicit-sign-lost"


# ── points ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["critical-points", "critical-kinds"])
def test_no_critical_point_is_forgotten(kind: str) -> None:
    for exercise in exercises(kind, FEWER):
        answer = exercise.answer
        assert isinstance(answer, PointsAnswer)
        assert exercise.solution is not None
        f = exercise.solution().expression
        report = critical_points(f, box={"x": (-12, 12), "y": (-12, 12)})
        found = {(tuple(round(float(c), 6) for c in p.point.values()), p.kind) for p in report}
        kinds = {"saddle point": "saddle"}
        expected = {
            (tuple(float(c.data) for c in p.place), kinds.get(p.kind, p.kind))
            for p in answer.points
        }
        assert found == expected, named(exercise)


def test_the_kind_of_a_point_is_that_of_the_hessian() -> None:
    order = ("minimum", "maximum", "saddle", "undecided")
    seen = set()
    for exercise in exercises("point-kind", SEEDS):
        assert exercise.solution is not None
        h = sp.Matrix(exercise.solution().result)
        kind = "undecided"
        if h.det() != 0:
            kind = "saddle" if h.det() < 0 else "minimum" if h[0, 0] > 0 else "maximum"
        assert exercise.answer.text() == str(order.index(kind) + 1), named(exercise)
        seen.add(kind)
    assert seen == set(order)


FOUR = PointsAnswer(
    ("x", "y"),
    (
        Point((num(-1), num(-2)), "saddle point"),
        Point((num(-1), num(2)), "maximum"),
        Point((num(1), num(-2)), "minimum"),
        Point((num(1), num(2)), "saddle point"),
    ),
    (num(3) * sym("x") ** 2 - 3, 12 - num(3) * sym("y") ** 2),
    kinds=True,
)
ALL = "(-1, -2) saddle; (-1, 2) max; (1, -2) minimum; (1, 2) saddle point"


@pytest.mark.parametrize(
    ("text", "score", "mistakes"),
    [
        (ALL, 1, []),
        ("max (-1,2), min (1,-2), saddle (1,2), saddle (-1,-2)", 1, []),
        (
            "local maximum at (-1, 2)\nminimum: (2/2, -sqrt(4))\n(1,2) is a saddle; (-1,-2) saddle",
            1,
            [],
        ),
        (r"\left(-1,2\right)\text{ max};(1,-2)min;(1,2)\text{saddle};(-1,-2)\text{saddle}", 1, []),
        ("(-1,2) min; (1,-2) max; (1,2) saddle; (-1,-2) saddle", 0.75, ["extrema-exchanged"]),
        ("(-1,2) max; (1,-2) min", 0.5, ["point-missing"]),
        ("(-1,2) max; (1,-2) min; (1,2) min; (-1,-2) saddle", 0.88, ["saddle-as-extremum"]),
        ("(-1,2) saddle; (1,-2) min; (1,2) saddle; (-1,-2) saddle", 0.88, ["extremum-as-saddle"]),
        ("(-1,2); (1,-2); (1,2); (-1,-2)", 0.5, ["kind-not-said"]),
        ("(2,-1) max; (-2,1) min; (2,1) saddle; (-2,-1) saddle", 0.5, ["points-exchanged"]),
        ("(-1,0) max; (1,-2) min", 0.25, ["one-equation-only", "point-missing"]),
        (ALL + "; (3, 4) saddle", 0.8, ["gradient-not-zero"]),
        ("none", 0, ["point-missing"]),
    ],
)
def test_points_are_compared(text: str, score: float, mistakes: list[str]) -> None:
    verdict = FOUR.grade(text)
    assert verdict.score == score, verdict
    assert [found.mistake for found in verdict.mistakes] == mistakes, verdict


def test_what_is_said_of_points_gives_none_away() -> None:
    verdict = FOUR.grade("(-1, 2) min; (1, -2) min")
    assert verdict.wrong == ((1,),)
    assert "2 of these points are right" in verdict.message
    assert "(1, 2)" not in verdict.message
    where = FOUR.grade("(-1, 0) max")
    assert r"$\partial f/\partial x$ is 0 there" in where.message


def test_a_point_that_is_given_twice_counts_once_and_is_mentioned() -> None:
    verdict = FOUR.grade(ALL + "; (sqrt(1), 2)")
    assert verdict.is_right
    assert "more than once" in verdict.message
    twice = FOUR.grade("(-1, 2) max; (-1, 2); (3, 4) min; (1, -2) min")
    assert [found.mistake for found in twice.mistakes] == ["gradient-not-zero", "point-missing"]
    assert twice.message.startswith("2 of these points are right.")
    assert r"The point $\left(-1, 2\right)$ is given more than once" in twice.message
    assert (twice.score, twice.wrong) == (0.5, ((3,),))
    both = FOUR.grade("(-1, 2) max; (-1, 2) max; (1, -2) min; (1, -2) min")
    assert "Some points are given more than once" in both.message
    assert "more than once" not in FOUR.grade(ALL).message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(1, 2)", [("1", "2", "")]),
        ("1, 2", [("1", "2", "")]),
        ("x = 1, y = 1/2 saddle", [("1", "1/2", "saddle point")]),
        ("[(0, 0), (1, 1)]", [("0", "0", ""), ("1", "1", "")]),
        ("(0,0) and (sqrt(2), pi)", [("0", "0", ""), ("sqrt(2)", "π", "")]),
        ("(0, 0) min; (0, 0)", [("0", "0", "minimum"), ("0", "0", "")]),
    ],
)
def test_points_are_read(text: str, expected: list[tuple[str, ...]]) -> None:
    found = [(*[Text()(c) for c in p.place], p.kind) for p in read_points(text, 2)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    ["", ";", "hello", "(1, 2, 3)", "(a, 2)", "(1, 2) sattel", "(1, 2) max min", "(1,", "(1, 2) 5",
     "(__import__('os'), 1)", "(" * 5000, "(1,2);" * 60 + "(1,3)" * 600, "(1/0, 2)",
     "(9^9^9^9, 1)", "(1, 2) min; (0, 0); (1, 2) max"],
)  # fmt: skip
def test_what_is_no_list_of_points_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_points(text, 2)
    assert caught.value.message


# ── choices ───────────────────────────────────────────────────────────────────────────────────────

CHOICE = ChoiceAnswer(("a row", "a column of $x$"), 0, ("", "A gradient is a row here."))


def test_a_choice_is_made_by_number_or_by_text() -> None:
    assert CHOICE.grade("1").is_right
    assert CHOICE.grade(" A row. ").is_right
    verdict = CHOICE.grade("2")
    assert (verdict.score, verdict.message) == (0, "A gradient is a row here.")
    assert verdict.mistakes[0].mistake in MISTAKES
    assert CHOICE.text() == "1"
    assert CHOICE.field.options == CHOICE.options
    with pytest.raises(InputError):
        CHOICE.grade("3")


def test_a_wrong_kind_of_point_is_told_why() -> None:
    exercise = generate("point-kind", 1, 0)
    right = exercise.answer.text()
    for choice in {"1", "2", "3", "4"} - {right}:
        verdict = grade(exercise, choice)
        assert verdict.score == 0
        assert verdict.mistakes[0].mistake in MISTAKES
        assert "det" in verdict.message
