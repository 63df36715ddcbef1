"""Check my working: sheets as students write them, the line that is marked, and what is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from calc_core import chain, directional, gradient, hessian, implicit, jacobian, parse, partial
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.exercises import EXERCISE_KINDS, Exercise, Verdict, generate, grade
from calc_core.exercises.choice import ChoiceAnswer
from calc_core.exercises.formula import FormulaAnswer
from calc_core.exercises.mistakes.working import WORKING
from calc_core.exercises.vectors import worked_out
from calc_core.exercises.verdict import right as known_right
from calc_core.exercises.work import Slip, Work
from calc_core.exercises.working import check_work
from calc_core.exercises.working.slips import slips
from calc_core.exercises.wrong_laws.table import WRONG_LAWS
from calc_core.expression import Expression
from calc_core.graph import (
    D,
    Node,
    array,
    at,
    discharge,
    div,
    entries,
    inert_parts,
    neg,
    num,
    substitute,
    sym,
)
from calc_core.light import lightly
from calc_core.parse.working_line import read_line
from calc_core.parse.working_scanner import Scope
from calc_core.printing import Text

TEXT = Text()
X, Y, U = sym("x"), sym("y"), sym("u")


# ── exercises to write on ─────────────────────────────────────────────────────────────────────────


def _vector(names: tuple[str, ...]) -> Node:
    return array((len(names),), [sym(name) for name in names])


def _by(goal: Node) -> Callable[[Engine], Node]:
    return lambda engine: engine.derive(goal).result


def _exercise(work: Work, e: Expression, roots: tuple[Node, ...], solution, form="any") -> Exercise:
    names = e.variables + e.constants
    return Exercise("k", 1, 0, "s", e.text, FormulaAnswer(work, names, roots, form), solution)


def of_partial(text: str, x: str = "x") -> Exercise:
    e = parse(text)
    others = [Slip("wrong-variable", _by(D(e.node, sym(y)))) for y in e.variables if y != x]
    work = Work(_by(D(e.node, sym(x))), tuple(others))
    return _exercise(work, e, (e.node,), lambda: partial(e, x))


def of_mixed(text: str, *by: str) -> Exercise:
    e = parse(text)
    goal = e.node
    for x in by:
        goal = D(goal, sym(x))
    return _exercise(Work(_by(goal)), e, (e.node,), lambda: partial(e, *by))


def of_gradient(text: str) -> Exercise:
    e = parse(text)
    work = Work(_by(D(e.node, _vector(e.variables))))
    return _exercise(work, e, (e.node,), lambda: gradient(e))


def of_jacobian(text: str) -> Exercise:
    e = parse(text)
    work = Work(_by(D(e.node, _vector(e.variables))))
    return _exercise(work, e, entries(e.node), lambda: jacobian(e))


def of_hessian(text: str) -> Exercise:
    e = parse(text)
    x = _vector(e.variables)
    return _exercise(Work(_by(D(D(e.node, x), x))), e, (e.node,), lambda: hessian(e))


def at_point(text: str, x: str, *values: int) -> Exercise:
    e = parse(text)
    here = {sym(v): num(c) for v, c in zip(e.variables, values, strict=True)}
    work = Work(lambda engine: substitute(engine.derive(D(e.node, sym(x))).result, here))
    return _exercise(work, e, (e.node,), lambda: partial(e, x), "number")


def along_curve(text: str, **inner: str) -> Exercise:
    e = parse(text)
    whole = at(e.node, {sym(name): parse(value).node for name, value in inner.items()})
    work = Work(lambda engine: engine.tidy(engine.derive(D(whole, sym("t"))).result)[0])
    answer = FormulaAnswer(work, ("t", *inner))
    return Exercise("k", 1, 0, "s", e.text, answer, lambda: chain(e, inner))


def slope_along(text: str, direction: tuple[int, int], point: tuple[int, int]) -> Exercise:
    e = parse(text)
    found = directional(e, direction, at=point)
    return _exercise(Work(lambda engine: found.node), e, (e.node,), lambda: found, "number")


def of_equation(text: str, dependent: str = "y") -> Exercise:
    """dy/dx on the curve of an equation in x and y, or ∂z/∂x on a surface."""
    found = implicit(text, dependent, "x")
    f, y = found.expression.node, sym(dependent)
    goal = neg(div(D(f, X), D(f, y)))
    work = Work(lambda engine: neg(div(_by(D(f, X))(engine), _by(D(f, y))(engine))))
    assert found.step.after is goal
    return _exercise(work, found.expression, (f,), lambda: found)


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Sheet:
    """Lines, the index of the one that is marked (None for none) and the mistake that is said.

    ``done``  whether the last line is the answer, where nothing is marked.
    """

    exercise: Exercise
    lines: tuple[str, ...]
    marked: int | None = None
    mistake: str = ""
    done: bool = True


def right(exercise: Exercise, *lines: str, done: bool = True) -> Sheet:
    return Sheet(exercise, lines, done=done)


def wrong(exercise: Exercise, marked: int, mistake: str, *lines: str) -> Sheet:
    return Sheet(exercise, lines, marked, mistake)


PRODUCT = of_partial("x^2 sin(x y)")
SUM = of_partial("3x^2 y + 4x")
QUOTIENT = of_partial("x/(x^2 + y^2)")
POWER = of_partial("(2x + y)^3")
LOG = of_partial("ln(x^2 + y)")
ROOT = of_partial("sqrt(x^2 + y^2)")
EXP = of_partial("e^(x y)")
DAMPED = of_partial("x e^(-x) y")
MONOMIAL = of_partial("x^3 y^2")
COSINE = of_partial("cos(x) y")
GRADIENT = of_gradient("x^2 y + sin(y)")
JACOBIAN = of_jacobian("(x y, x + y^2)")
HESSIAN = of_hessian("x^2 y + y^3")
MIXED = of_mixed("x^2 sin(y)", "x", "y")
NUMBER = at_point("x^2 y + y", "x", 1, 2)
CURVE = along_curve("x^2 y", x="cos t", y="t")
SLOPE = slope_along("x^2 y", (3, 4), (1, 2))
ELLIPSE = of_equation("2x^2 + 4y^2 = 7")
SPHERE = of_equation("x^2 + y^2 + z^2 = 9", "z")

SHEETS = (
    # right, in the notations that people use
    right(PRODUCT, "f_x = 2x sin(xy) + x^2 cos(xy) y"),
    right(PRODUCT, "= 2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "f_x = d/dx[x^2] sin(xy) + x^2 d/dx[sin(xy)]", "= 2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "∂f/∂x = ∂/∂x(x^2) sin(xy) + x^2 ∂/∂x(sin(xy))", "= 2x sin(xy) + x²y cos(xy)"),
    right(PRODUCT, "(x^2)' sin(xy) + x^2 (sin(xy))'", "2x sin(xy) + x^2 cos(xy) y"),
    right(
        PRODUCT,
        r"\frac{\partial f}{\partial x} = \frac{\partial}{\partial x}\left(x^2\right) \sin(xy)"
        r" + x^2 \frac{\partial}{\partial x}\left(\sin(xy)\right)",
        r"= 2x\sin(xy) + x^2 y \cos(xy)",
    ),
    right(PRODUCT, "∂_x f = 2x sin(xy) + ∂_x(sin(xy)) x^2", "= 2x sin(xy) + y cos(xy) x^2"),
    right(PRODUCT, "D_x f = diff(x^2, x) sin(xy) + x^2 D(sin(xy), x)",
          "= x (2 sin(xy) + x y cos(xy))"),
    right(PRODUCT, "z_x = 2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "df/dx = (x^2)_x sin(xy) + x^2 (sin xy)_x",
          "=> df/dx = 2x sin(xy) + x^2 y cos xy"),
    right(PRODUCT, "u = x^2, v = sin(xy)", "u' = 2x", "v' = y cos(xy)", "f_x = u'v + uv'",
          "= 2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "u = x y", "f_x = 2x sin(u) + x^2 d/du[sin u] u_x",
          "= 2x sin(u) + x^2 cos(u) y", "= 2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "f = x^2 sin(xy)", "so f_x = 2x sin(xy) + x^2 y cos(xy)."),
    right(PRODUCT, "", "f_x = 2x sin(xy) + x^2 y cos(xy)   [product rule]", "   "),
    right(PRODUCT, "f_x =", "2x sin(xy) + x^2 y cos(xy)"),
    right(PRODUCT, "slope in x = 2x sin(xy) + x^2 y cos(xy)"),
    right(SUM, "f_x = d/dx[3x^2 y] + d/dx[4x]", "= 3y d/dx[x^2] + 4", "= 6xy + 4"),
    right(QUOTIENT, "f_x = (x^2+y^2 - x·2x)/(x^2+y^2)^2", "= (y^2 - x^2)/(x^2+y^2)^2"),
    right(QUOTIENT, "f_x = (x'(x^2+y^2) - x (x^2+y^2)')/(x^2+y^2)^2", "= (y² - x²)/(x² + y²)²"),
    right(ROOT, r"\frac{\partial f}{\partial x} = \frac{2x}{2\sqrt{x^2+y^2}}",
          r"= \frac{x}{\sqrt{x^2+y^2}}"),
    right(POWER, "f_x = 3 (2x+y)^2 d/dx[2x+y]", "= 6(2x+y)^2"),
    right(COSINE, "f_x = y (cos x)'", "= - y sin x"),
    right(GRADIENT, "f_x = 2xy", "f_y = x^2 + cos y", "grad f = (2xy, x^2 + cos y)"),
    right(GRADIENT, "∇f = (d/dx[x^2 y], d/dy[x^2 y + sin y])", "= (2xy, x^2 + cos y)"),
    right(GRADIENT, "2xy", "x^2 + cos(y)", "(2xy, x^2 + cos(y))"),
    right(JACOBIAN, "J = [[d/dx[xy], d/dy[xy]], [1, 2y]]", "= [[y, x], [1, 2y]]"),
    right(JACOBIAN, "f_x = (y, 1)", "f_y = (x, 2y)", "J_f = [[y, x],[1, 2y]]"),
    right(JACOBIAN, r"Df = \begin{pmatrix} y & x \\ 1 & 2y \end{pmatrix}"),
    right(HESSIAN, "f_x = 2xy, f_y = x^2 + 3y^2", "f_xx = 2y", "f_xy = 2x", "f_yy = 6y",
          "H = [[2y, 2x],[2x, 6y]]"),
    right(MIXED, "f_x = 2x sin y", "f_xy = 2x cos y"),
    right(MIXED, "∂²f/∂y∂x = ∂/∂y(2x sin y)", "= 2x cos y"),
    right(NUMBER, "f_x = 2xy", "f_x(1,2) = 2·1·2", "= 4"),
    right(NUMBER, "2xy", "= 4"),
    right(NUMBER, "f_x(1,2) = 2xy|_(x=1, y=2)", "= 4"),
    right(NUMBER, r"\left. 2xy \right|_{(1,2)} = 4"),
    right(CURVE, "df/dt = f_x dx/dt + f_y dy/dt", "= 2xy·(-sin t) + x^2·1",
          "= -2 t cos t sin t + cos^2 t"),
    right(SLOPE, "∇f = (2xy, x^2)", "∇f(1,2) = (4, 1)", "v = (3/5, 4/5)",
          "D_v f = (4,1)·(3/5,4/5)", "= 12/5 + 4/5", "= 16/5"),
    right(SLOPE, "|(3,4)| = 5", "∇f(1,2)·(3,4)/5", "16/5"),
    right(ELLIPSE, "2x^2 + 4y^2 = 7", "d/dx[2x^2 + 4y^2] = 0", "4x + 8y y' = 0", "8y y' = -4x",
          "y' = -4x/(8y)", "= -x/(2y)"),
    right(ELLIPSE, "F = 2x^2 + 4y^2 - 7", "F_x = 4x, F_y = 8y", "dy/dx = -F_x/F_y",
          "= -x/(2y)"),
    right(ELLIPSE, "∂/∂x(2x^2 + 4y^2 - 7) = 4x", r"\frac{dy}{dx} = -\frac{4x}{8y}"),
    # right so far
    right(PRODUCT, "f_x = d/dx[x^2] sin(xy) + x^2 d/dx[sin(xy)]", done=False),
    right(PRODUCT, "f_y = x^3 cos(xy)", done=False),
    right(GRADIENT, "f_x = 2xy", done=False),
    right(CURVE, "df/dt = f_x x' + f_y y'", done=False),
    # wrong laws, in one line or on the way
    wrong(PRODUCT, 1, "inner-derivative-forgotten",
          "(x^2)' sin(xy) + x^2 (sin(xy))'", "2x sin(xy) + x^2 cos(xy)"),
    wrong(PRODUCT, 0, "product-of-derivatives", "f_x = (x^2)' (sin(xy))'", "= 2x cos(xy) y"),
    wrong(PRODUCT, 0, "product-of-derivatives", "f_x = 2x cos(xy) y"),
    wrong(PRODUCT, 0, "product-with-minus", "f_x = 2x sin(xy) - x^2 y cos(xy)"),
    wrong(PRODUCT, 0, "wrong-variable", "f_x = x^3 cos(xy)"),
    wrong(PRODUCT, 2, "inner-derivative-forgotten",
          "u = x^2", "v = sin(xy)", "v' = cos(xy)", "f_x = u'v + uv'"),
    wrong(PRODUCT, 0, "left-as-it-is", "x^2 sin(xy)"),
    wrong(PRODUCT, 0, "factor-lost", "f_x = d/dx[x^2] sin(xy) + d/dx[sin(xy)]"),
    wrong(SUM, 1, "held-factor-lost", "f_x = d/dx[3x^2 y] + d/dx[4x]", "= 3 d/dx[x^2] + 4"),
    wrong(SUM, 0, "held-factor-lost", "f_x = 6x + 4"),
    wrong(SUM, 0, "left-as-it-is", "f_x = 6xy + 4x"),
    wrong(SUM, 1, "left-as-it-is", "f_x = d/dx(3x^2 y) + d/dx(4x)", "= 3x^2 y + 4"),
    wrong(of_partial("x^2 y + 5"), 0, "constant-kept", "f_x = 2xy + 5"),
    wrong(of_partial("x^2 y + y^3"), 0, "other-variable-moves", "f_x = 2xy + 3y^2"),
    wrong(QUOTIENT, 0, "quotient-with-plus", "f_x = (x^2+y^2 + x·2x)/(x^2+y^2)^2"),
    wrong(QUOTIENT, 0, "quotient-of-derivatives", "f_x = 1/(2x)"),
    wrong(QUOTIENT, 0, "quotient-not-squared", "f_x = (x^2+y^2 - x·2x)/(x^2+y^2)"),
    wrong(QUOTIENT, 1, "other-variable-moves",
          "f_x = (x'(x^2+y^2) - x (x^2+y^2)')/(x^2+y^2)^2",
          "= (x^2+y^2 - x(2x + 2y))/(x^2+y^2)^2"),
    wrong(POWER, 0, "inner-derivative-forgotten", "f_x = 3(2x+y)^2"),
    wrong(POWER, 0, "derivative-inside", "f_x = 3·(2)^2"),
    wrong(POWER, 1, "other-variable-moves", "f_x = 3 (2x+y)^2 d/dx[2x+y]", "= 3(2x+y)^2 (2 + 1)"),
    wrong(EXP, 0, "power-rule-on-exponential", "f_x = xy e^(xy - 1)"),
    wrong(LOG, 0, "inner-derivative-forgotten", "f_x = 1/(x^2+y)"),
    wrong(COSINE, 0, "cosine-sign", "f_x = y sin(x)"),
    wrong(DAMPED, 0, "inner-derivative-forgotten", "f_x = y (e^(-x) + x e^(-x))"),
    wrong(MONOMIAL, 0, "integral", "f_x = x^4/4 y^2"),
    wrong(MONOMIAL, 0, "exponent-not-reduced", "f_x = 3 x^3 y^2"),
    wrong(MONOMIAL, 1, "other-variable-moves", "f_x = 3x^2 y^2", "f_x = 3 x^2 · 2y"),
    wrong(CURVE, 1, "cosine-sign", "df/dt = f_x x' + f_y y'", "= 2xy sin t + x^2"),
    wrong(CURVE, 0, "product-term-forgotten", "df/dt = 2xy·dx/dt"),
    wrong(NUMBER, 0, "constant-to-one", "f_x = 2xy + 1", "f_x(1,2) = 5"),
    wrong(ELLIPSE, 1, "sign", "4x + 8y y' = 0", "y' = 4x/(8y)"),
    wrong(ELLIPSE, 0, "other-variable-moves", "∂/∂x(2x^2 + 4y^2) = 4x + 8y"),
    # rows and matrices
    wrong(GRADIENT, 1, "sine-sign", "f_x = 2xy", "f_y = x^2 - cos y", "∇f = (2xy, x^2 - cos y)"),
    wrong(GRADIENT, 0, "order", "∇f = (x^2 + cos y, 2xy)"),
    wrong(GRADIENT, 0, "shape", "∇f = (2xy, x^2 + cos y, 0)"),
    wrong(GRADIENT, 1, "left-as-it-is",
          "∇f = (d/dx[x^2 y], d/dy[x^2 y + sin y])", "= (2xy, x^2 y + cos y)"),
    wrong(JACOBIAN, 0, "transposed", "J = [[y, 1],[x, 2y]]"),
    wrong(JACOBIAN, 1, "exponent-not-in-front",
          "J = [[y, x], [d/dx[x+y^2], d/dy[x+y^2]]]", "= [[y, x],[1, y]]"),
    wrong(HESSIAN, 1, "held-factor-lost", "f_x = 2xy", "f_xx = 2", "H = [[2, 2x],[2x, 6y]]"),
    # wrong algebra between two lines
    wrong(PRODUCT, 2, "bracket-lost", "f_x = 2x sin(xy) + x^2 y cos(xy)",
          "= x(2 sin(xy) + x y cos(xy))", "= 2x sin(xy) + x y cos(xy)"),
    wrong(PRODUCT, 1, "sign-of-term", "f_x = 2x sin(xy) + x^2 y cos(xy)",
          "= 2x sin(xy) - x^2 y cos(xy)"),
    wrong(PRODUCT, 1, "term-lost", "f_x = 2x sin(xy) + x^2 y cos(xy)", "= x^2 y cos(xy)"),
    wrong(SUM, 1, "numbers-added", "f_x = 3y·2x + 4", "= 5xy + 4"),
    wrong(QUOTIENT, 1, "factor-lost", "f_x = (x^2+y^2 - x·2x)/(x^2+y^2)^2",
          "= (x^2+y^2 - 2x)/(x^2+y^2)^2"),
    wrong(QUOTIENT, 1, "fraction-of-sum", "f_x = ((x^2+y^2) - 2x^2)/(x^2+y^2)^2",
          "= 1/(x^2+y^2) - 2x^2"),
    wrong(POWER, 2, "power-of-sum", "f_x = 3(2x+y)^2·2", "= 6(2x+y)^2", "= 6(4x^2 + y^2)"),
    wrong(LOG, 2, "sum-below-the-bar", "f_x = 1/(x^2+y) · ∂/∂x(x^2+y)", "= 2x/(x^2+y)",
          "= 2x/x^2 + 2x/y"),
    wrong(ROOT, 1, "function-of-sum", "f_x = x/sqrt(x^2+y^2)", "= x/(x + y)"),
    wrong(DAMPED, 2, "bracket-lost", "f_x = y (e^(-x) - x e^(-x))", "= y e^(-x) (1 - x)",
          "= y e^(-x) - x"),
    wrong(DAMPED, 2, "minus-and-bracket", "f_x = y (e^(-x) - x e^(-x))",
          "= -y (x e^(-x) - e^(-x))", "= -y x e^(-x) - y e^(-x)"),
    wrong(of_partial("x^6 y"), 1, "exponents-multiplied", "f_x = 6 x^2 x^3 y", "= 6 x^6 y"),
    wrong(MONOMIAL, 2, "factor", "f_x = y^2 d/dx(x^3)", "= y^2·3x^2", "= (3 x y)^2"),
    wrong(of_partial("(x y)^2 x"), 1, "power-of-product", "f_x = 3 (x y)^2", "= 3 x y^2"),
    wrong(NUMBER, 1, "arithmetic", "f_x(1,2) = 2·1·2", "= 5"),
    # what cannot be read
    wrong(PRODUCT, 0, "", "f_x = 2x sin(xy +"),
    wrong(PRODUCT, 1, "", "f_x = d/dx[x^2] sin(xy) + x^2 d/dx[sin(xy)]",
          "= 2x sin(xy) + k cos(xy)"),
    wrong(PRODUCT, 0, "", "f_x = 2x sin(xy) + x^2'"),
    wrong(GRADIENT, 0, "", "∇f = ((x^2 y)', x^2 + cos y)"),
)  # fmt: skip


def test_the_table_is_long_and_various():
    assert len(SHEETS) >= 90
    said = {sheet.mistake for sheet in SHEETS}
    assert len(said) >= 30
    assert len(said & set(WORKING)) >= 10


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: " | ".join(sheet.lines)[:90])
def test_a_sheet(sheet):
    report = check_work(sheet.exercise, sheet.lines)
    assert len(report.lines) == len(sheet.lines)
    assert [line.text for line in report.lines] == list(sheet.lines)
    assert report.marked == sheet.marked, report
    if sheet.marked is None:
        assert report.is_right == sheet.done
        assert {line.status for line in report.lines} <= {"follows", "aside", "empty"}
        return
    assert not report.is_right
    line = report.lines[sheet.marked]
    if sheet.mistake:
        assert line.status == "wrong"
        assert sheet.mistake in {found.mistake for found in line.mistakes}, line
    else:
        assert line.status == "unread"
        assert line.message
        assert line.column is not None


# ── what is said ──────────────────────────────────────────────────────────────────────────────────


def test_a_mistake_is_mended():
    lines = ("f_x = 2x cos(xy) y", "= 2x sin(xy) + x^2 y cos(xy)")
    report = check_work(PRODUCT, lines)
    assert [line.status for line in report.lines] == ["wrong", "mends"]
    assert report.message == "Line 1 does not follow. It is mended in line 2."
    assert report.answer is not None
    assert report.answer.is_right
    assert not report.is_right


def test_a_mistake_beside_the_main_line_can_be_mended_in_it():
    lines = ("f_x = 2xy", "f_y = x^2 - cos y", "∇f = (2xy, x^2 + cos y)")
    report = check_work(GRADIENT, lines)
    assert [line.status for line in report.lines] == ["aside", "wrong", "mends"]


def test_more_lines_than_anybody_writes_are_not_read():
    report = check_work(MONOMIAL, ["= 3x^2 y^2"] * 61)
    assert report.marked == 60
    assert report.lines[60].message == "Only the first 60 lines are read."


def test_a_mistake_is_carried_on_and_only_the_first_is_explained():
    lines = ("f_x = 2x cos(xy) y", "= 2 y x cos(xy)", "= 2 y x sin(xy)")
    report = check_work(PRODUCT, lines)
    assert [line.status for line in report.lines] == ["wrong", "carries", "wrong"]
    assert [bool(line.mistakes) for line in report.lines] == [True, False, False]


def test_another_derivative_is_true_but_not_the_answer():
    report = check_work(PRODUCT, ["f_y = x^3 cos(xy)"])
    assert report.lines[0].status == "aside"
    asked, other = (rf"\frac{{\partial  f}}{{\partial {x}}}" for x in "xy")
    assert report.lines[0].message == f"This is ${other}$; ${asked}$ is asked for."
    assert report.message == (
        f"Every line is true; what is asked for, ${asked}$, is still to come."
    )
    assert report.answer is None


def test_another_derivative_is_not_the_answer_though_it_has_the_same_value():
    report = check_work(of_partial("x + y"), ["f_y = 1", "= 1"])
    assert [line.status for line in report.lines] == ["aside", "aside"]
    assert not report.is_right
    second = check_work(of_mixed("x^2 y^2", "x", "x"), ["f_xx = 2y^2", "f_yy = 2x^2"])
    assert [line.status for line in second.lines] == ["follows", "aside"]
    assert not second.is_right
    assert "end with it" in second.message
    begun = check_work(PRODUCT, ["f_x = d/dx[x^2 sin(xy)]", "f_y = x^3 cos(xy)"])
    assert "still to come" in begun.message


def test_the_number_of_another_derivative_is_not_the_answer():
    report = check_work(at_point("x y", "x", 2, 2), ["f_y(2, 2) = 2"])
    assert [line.status for line in report.lines] == ["aside"]
    assert not report.is_right


def test_another_derivative_on_the_way_does_no_harm():
    report = check_work(PRODUCT, ["f_y = x^3 cos(xy)", "f_x = 2x sin(xy) + x^2 y cos(xy)"])
    assert [line.status for line in report.lines] == ["aside", "follows"]
    assert report.is_right


def test_the_way_to_a_second_derivative_is_not_beside_it():
    report = check_work(MIXED, ["f_x = 2x sin y", "f_yx = 2x cos y"])
    assert report.is_right
    assert not any(line.message for line in report.lines)
    assert "is asked for" in check_work(MIXED, ["f_yy = -x^2 sin y"]).lines[0].message


def test_the_right_answer_under_a_wrong_name_is_no_true_line():
    report = check_work(MONOMIAL, ["f_y = 3x^2 y^2", "f_x = 3x^2 y^2"])
    assert [line.status for line in report.lines] == ["wrong", "mends"]
    assert [m.mistake for m in report.lines[0].mistakes] == ["named-otherwise"]
    assert "which is asked for; the left side names" in report.lines[0].message
    assert not report.is_right


def test_a_letter_that_an_equation_defines_moves_with_every_variable():
    report = check_work(SPHERE, ["z_y = -y/z", "∂/∂y(x^2 + y^2 + z^2) = 2y + 2z z_y", "z_x = -x/z"])
    assert [line.status for line in report.lines] == ["aside", "aside", "follows"]
    assert report.is_right
    assert check_work(SPHERE, ["z_y = 0"]).marked == 0
    for line in ("z_y = -x/z", "∂z/∂y = -x/z", "∂x/∂z = -x/z"):
        found = check_work(SPHERE, [line])
        assert [m.mistake for m in found.lines[0].mistakes] == ["named-otherwise"], line


def test_a_line_that_goes_on_keeps_its_name():
    report = check_work(MONOMIAL, ["f_y = 2 x^3 y", "= 3x^2 y^2"])
    assert [line.status for line in report.lines] == ["aside", "wrong"]
    bare = check_work(MONOMIAL, ["f_y =", "2 x^3 y", "3x^2 y^2"])
    assert [line.status for line in bare.lines] == ["aside", "aside", "follows"]
    assert bare.is_right


def test_two_sides_that_are_not_equal_are_told_but_accepted():
    """The usual abuse of the sign =: f = x² = 2x."""
    report = check_work(MONOMIAL, ["f = x^3 y^2 = 3x^2 y^2"])
    assert report.is_right
    assert "not equal" in report.lines[0].message


def test_what_is_still_missing_is_said():
    open_line = check_work(PRODUCT, ["f_x = d/dx[x^2] sin(xy) + x^2 d/dx[sin(xy)]"])
    assert open_line.message == "Every line follows so far; not everything is differentiated yet."
    with_letter = check_work(PRODUCT, ["u = x y", "f_x = 2x sin(u) + x^2 y cos(u)"])
    assert with_letter.message == "Every line follows so far; put in what the letters stand for."
    assert check_work(PRODUCT, ["", "  "]).message == "Nothing has been written yet."


def test_the_form_that_is_asked_for_is_respected():
    report = check_work(NUMBER, ["f_x(1,2) = 2·1·2"])
    assert report.marked is None
    assert not report.is_right
    assert [m.mistake for m in report.answer.mistakes] == ["not-worked-out"]


def test_a_column_where_a_row_is_asked_for_is_said_of_the_answer():
    report = check_work(GRADIENT, ["(2xy; x^2 + cos y)"])
    assert report.marked is None
    assert [m.mistake for m in report.answer.mistakes] == ["column-for-row"]


def test_wrong_entries_are_named():
    report = check_work(JACOBIAN, ["J = [[y, x], [1, 2]]"])
    assert report.lines[0].wrong == ((2, 2),)


def test_exercises_without_working():
    answer = ChoiceAnswer(("yes", "no"), 0, ("", ""))
    report = check_work(Exercise("k", 1, 0, "s", "?", answer), ["x = 1"])
    assert report.marked is None
    assert report.message == "This exercise is answered by a choice, without a derivation."


def test_sentences_are_complete_and_do_not_give_the_answer_away():
    for sheet in SHEETS:
        if sheet.marked is None:
            continue
        report = check_work(sheet.exercise, sheet.lines)
        message = report.lines[sheet.marked].message
        assert message.count("$") % 2 == 0
        assert message.rstrip().endswith((".", "!", "…", "?"))
        assert "None" not in message
        if sheet.marked == 0:
            assert sheet.exercise.answer.latex() not in message
    for mistake in WORKING.values():
        assert mistake.sentence.count("{where}") <= 1
        assert mistake.law.count("{") == mistake.law.count("}")


def test_a_report_is_plain_data():
    report = check_work(JACOBIAN, ["J = [[y, x], [1, 2]]", "= ("])
    data = json.loads(json.dumps(report.to_dict()))
    assert data["marked"] == 0
    assert [line["status"] for line in data["lines"]] == ["wrong", "unread"]
    assert data["lines"][0]["wrong"] == [[2, 2]]
    assert "pmatrix" in data["lines"][0]["latex"]


# ── random sheets ─────────────────────────────────────────────────────────────────────────────────


def _written(exercise: Exercise) -> list[str]:
    """The derivation as a person would type it, inner work first."""
    derivation = exercise.solution()
    lines = [f"{TEXT.symbol(name)} = {TEXT(u)}" for u, name in derivation.names.items()]
    for block in derivation.blocks("usual"):
        for k, line in enumerate(block.lines):
            goal = f"{derivation.goal_text(block)} " if k == 0 else ""
            lines.append(f"{goal}= {TEXT(line.node)}")
    return lines


@pytest.mark.parametrize("level", range(1, 6))
def test_right_derivations_are_accepted_line_by_line(level):
    for seed in range(15):
        exercise = generate("partial", level, seed)
        lines = _written(exercise)
        report = check_work(exercise, lines)
        assert report.is_right, (level, seed, lines, report.message)
        assert {line.status for line in report.lines} <= {"follows", "aside"}


# Kinds in which a derivation begins with a limit.
BY_LIMITS = ("difference-quotient",)


@pytest.mark.parametrize("kind", [kind for kind in EXERCISE_KINDS if kind not in BY_LIMITS])
def test_the_derivation_of_any_formula_is_accepted(kind):
    for level in (1, 3, 5):
        exercise = generate(kind, level, 1)
        if exercise.solution is None or not isinstance(exercise.answer, FormulaAnswer):
            continue
        lines = _written(exercise)
        report = check_work(exercise, lines)
        assert report.marked is None, (level, lines, report)


def test_an_answer_may_know_better_what_is_right():
    """Such as one that need only be right on a curve."""

    class Lenient(FormulaAnswer):
        def of_wrong(self, given: Node) -> Verdict:
            return known_right("on the curve") if given is num(42) else super().of_wrong(given)

    answer = Lenient(Work(lambda engine: X), ("x",))
    report = check_work(Exercise("k", 1, 0, "s", "?", answer), ["= x", "= 42"])
    assert report.is_right
    assert check_work(Exercise("k", 1, 0, "s", "?", answer), ["= 43"]).marked == 0


@dataclass(frozen=True)
class Spoilt:
    """A derivation with a wrong law put in at one line."""

    lines: list[str]
    marked: int
    mistake: str


def _spoilt(exercise: Exercise, rng: Random) -> Spoilt | None:
    derivation = exercise.solution()
    [block] = [b for b in derivation.blocks("every") if b.goal is derivation.step.goal]
    nodes = [block.goal, *[line.node for line in block.lines]]
    places = [
        (k, part, law.mistake, after)
        for k, node in enumerate(nodes)
        for part in inert_parts(node)
        if not part.args[0].inert
        for law in WRONG_LAWS
        if not law.heads or part.args[0].op in law.heads
        if (after := law.apply(*part.args)) is not None
    ]
    if not places:
        return None
    k, part, mistake, after = rng.choice(places)
    spoilt = lightly(discharge(nodes[k], {part: after}))
    engine = Engine()
    rest = discharge(spoilt, {p: engine.derive(p).result for p in inert_parts(spoilt)})
    lines = [TEXT(node) for node in (*nodes[1 : k + 1], spoilt)]
    return Spoilt([*lines, *([] if rest is spoilt else [TEXT(rest)])], k, mistake)


@pytest.mark.parametrize("level", range(1, 6))
def test_the_line_with_a_wrong_law_is_marked(level):
    marked = named = 0
    for seed in range(25):
        exercise = generate("partial", level, seed)
        spoilt = _spoilt(exercise, Random(seed))
        if spoilt is None:
            continue
        report = check_work(exercise, spoilt.lines)
        if report.lines[spoilt.marked].status == "follows":
            # A wrong law that leads to the right result here, such as the derivative of u + 0.
            continue
        assert report.marked == spoilt.marked, (level, seed, spoilt)
        assert {line.status for line in report.lines[spoilt.marked + 1 :]} <= {"carries"}
        marked += 1
        found = {each.mistake for each in report.lines[spoilt.marked].mistakes}
        assert found
        assert "does-not-follow" not in found, (level, seed, spoilt)
        named += spoilt.mistake in found
    # Several wrong laws can lead to one and the same line: then another of them is named.
    assert marked >= 15
    assert named >= 0.7 * marked


# ── reading ───────────────────────────────────────────────────────────────────────────────────────

F = parse("x^2 y + sin(x y)").node
SCOPE = Scope(("x", "y"), {"f": F}, frozenset("xyu"), frozenset("u"), by="x")
XY = array((2,), [X, Y])

NOTATIONS = {
    "d/dx[x^2]": D(X**2, X),
    "d/dx(x^2)": D(X**2, X),
    "d/dx x^2 y": D(X**2 * Y, X),
    "d/dx (x+1)^2": D((X + 1) ** 2, X),
    "(d/dx[x+1])^2": D(X + 1, X) ** 2,
    "d/dx[x^2] y": D(X**2, X) * Y,
    "∂/∂x (x^2)": D(X**2, X),
    "∂(x^2)/∂x": D(X**2, X),
    "∂x/∂x": D(X, X),
    r"\frac{d}{dx} x^2": D(X**2, X),
    r"\frac{\mathrm{d}}{\mathrm{d}x}\left[x^2\right]": D(X**2, X),
    r"\frac{\partial}{\partial x}\left(x^2\right)": D(X**2, X),
    r"\dfrac{\partial f}{\partial x}": D(F, X),
    r"\frac{\partial^2 f}{\partial x \partial y}": D(D(F, Y), X),
    "∂²f/∂x∂y": D(D(F, Y), X),
    "∂²f/∂x²": D(D(F, X), X),
    "d^2/dx^2 [x^2]": D(D(X**2, X), X),
    "∂f/∂x": D(F, X),
    "df/dx": D(F, X),
    "du/dx": D(U, X),
    "(x^2)'": D(X**2, X),
    "(x^2)''": D(D(X**2, X), X),
    "(x^2)'_y": D(X**2, Y),
    "(x^2 y)_y": D(X**2 * Y, Y),
    "u'": D(U, X),
    "f'": D(F, X),
    "f_x": D(F, X),
    "f_xy": D(D(F, X), Y),
    "f_{yx}": D(D(F, Y), X),
    "f_x(x, y)": D(F, X),
    "f_x(1, 2)": at(D(F, X), {X: num(1), Y: num(2)}),
    "∂f/∂x(1, 2)": at(D(F, X), {X: num(1), Y: num(2)}),
    "f(x, y)": F,
    "z_x": D(F, X),
    "u_x": D(U, X),
    "∂_x f": D(F, X),
    r"\partial_x (x^2)": D(X**2, X),
    "D_x f": D(F, X),
    "D_x(x^2)": D(X**2, X),
    "diff(x^2 y, x, y)": D(D(X**2 * Y, X), Y),
    "D(x^2, x)": D(X**2, X),
    "∇f": D(F, XY),
    "grad f": D(F, XY),
    "gradf": D(F, XY),
    r"\nabla f": D(F, XY),
    "∇(x^2)": D(X**2, XY),
    "∇f(1, 2)": at(D(F, XY), {X: num(1), Y: num(2)}),
    "∂f/∂(x, y)": D(F, XY),
    "J": D(F, XY),
    "J_f": D(F, XY),
    "Df": D(F, XY),
    "H": D(D(F, XY), XY),
    "H_f": D(D(F, XY), XY),
    "x^2|_(x=3)": num(3) ** 2,
    "d/dx[x^2]|_(1, 2)": at(D(X**2, X), {X: num(1), Y: num(2)}),
}


@pytest.mark.parametrize("text", NOTATIONS)
def test_a_notation_of_derivatives(text):
    [statement] = read_line(f"0 = {text}", SCOPE)
    assert statement.sides[1].node is NOTATIONS[text]


@pytest.mark.parametrize(
    ("text", "column", "word"),
    [
        ("x^2'", 3, "brackets"),
        ("2'", 1, "number"),
        ("d/dz[x]", 0, "z is no variable"),
        ("∂x", 0, "belongs to no derivative"),
        ("∂/∂x", 0, "missing"),
        ("diff(x^2)", 0, "variable is missing"),
        ("f_x(1, 2, 3)", 3, "2 numbers"),
        ("x^2|_(1)", 7, "2 numbers"),
        ("2x +", 3, "missing after +"),
        ("= ", 0, "beside this sign"),
        ("x < 3", 0, "condition"),
    ],
)
def test_what_cannot_be_read_is_told_where(text, column, word):
    with pytest.raises(InputError) as error:
        read_line(text, SCOPE)
    assert error.value.column == column
    assert word in str(error.value)


def test_a_prime_needs_one_variable():
    with pytest.raises(InputError, match="not clear by which variable"):
        read_line("(x^2)'", Scope(("x", "y"), letters=frozenset("xy")))


def test_derivatives_are_read_in_working_only():
    with pytest.raises(InputError, match="A derivative cannot be typed here"):
        grade(PRODUCT, "d/dx[x^2] sin(xy)")


def test_a_line_is_split_at_its_signs():
    first, second = read_line("u = x y, v = x + y = y + x", SCOPE)
    assert [side.text for side in first.sides] == ["u", "x y"]
    assert [side.text for side in second.sides] == ["v", "x + y", "y + x"]
    assert [second.sides[0].node, second.sides[0].letter] == [None, "v"]
    [goes_on] = read_line("= (1, 2)", SCOPE)
    assert goes_on.goes_on
    assert len(goes_on.sides) == 1


def test_vectors_are_multiplied_and_measured():
    def value(text: str) -> str:
        [statement] = read_line(text, SCOPE)
        return TEXT(lightly(worked_out(statement.sides[0].node)))

    assert value("(x, y)·(2, 3)") == "2x + 3y"
    assert value("2(x, y) - (1, 1)") == "(2x - 1, 2y - 1)"
    assert value("[[x, y], [1, 2]] (1, 1)") == "(x + y, 1 + 2)"
    assert value("det [[x, y], [1, 2]]") == "2x - y"
    assert value("|(x, y)|") == "sqrt(x² + y²)"
    assert value("(2x, 4y)/2") == "(2x/2, 4y/2)"


@pytest.mark.parametrize(
    "text", ["(x, y) + 1", "(1, 2)·(1, 2, 3)", "sin((x, y))", "det [[1, 2, 3], [4, 5, 6]]"]
)
def test_shapes_that_do_not_fit_are_told(text):
    report = check_work(GRADIENT, [text])
    assert report.lines[0].status == "unread"
    assert report.lines[0].message


HOSTILE = (
    "__import__('os').system('ls')",
    "d/dx[" * 40 + "x" + "]" * 40,
    "f" + "'" * 50,
    "9^9^9^9",
    "∂^9/∂x^9[sin(x)]",
    "(" * 200,
    "x" * 3000,
    "f_x = " + " + ".join(["x^2 y"] * 200),
    "= = =",
    "f_x == 3",
    "lambda: x",
    "u = u",
    "u = 1/0",
    "|||",
    "\\frac{\\partial}{",
    "x = 1",
    "∇∇f",
    "f(f(x, y), y)",
    "d/d(x+1)[x]",
    "D_v f = 3",
    "∇f(J, 2) = 3",
)


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:30])
@pytest.mark.parametrize("exercise", [PRODUCT, JACOBIAN, CURVE], ids=["scalar", "matrix", "curve"])
def test_whatever_is_typed_gets_an_answer(exercise, line):
    report = check_work(exercise, [line, "= 3", line])
    assert len(report.lines) == 3
    assert not report.is_right
    assert all(line.message for line in report.lines if line.status in ("wrong", "unread"))


def test_wrong_algebra_is_wrong():
    """Every slip leads to something else than the line it is made of."""
    line = parse("3 x (x + y)^2 - (x - 2 y)/(x y + 1) + ln(x + y) x^2 x^3").node
    found = list(slips(line))
    assert len({mistake for mistake, _, _ in found}) >= 8
    assert all(node is not line for _, node, _ in found)
