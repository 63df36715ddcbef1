"""The partial derivative from its definition: the quotient, what cancels, and the limit."""

from __future__ import annotations

import json
import pickle
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from calc_core import InputError, partial
from calc_core.definition import Definition, definition
from calc_core.definition.checks import Checker
from calc_core.definition.quotients import Quotient, T
from calc_core.graph import LIMIT, fn, num, postorder, sym
from calc_core.light import lightly
from calc_core.lines import LEVELS
from calc_core.printing import Latex

# (function, variable, point)
WORKED = [
    # polynomials
    ("x^2 y + 3x", "x", {}),
    ("x^2 y + 3x", "y", {}),
    ("x^2 y^3", "x", {"x": 1, "y": 2}),
    ("(x + 2y)^4", "y", {}),
    ("x y z - z^3", "z", {"x": 1, "z": -2}),
    ("(x^2 + y)^2 - x", "x", {"x": "1/2"}),
    ("a x^2 + b x y", "x", {"y": "b"}),
    ("x^2 e^y + x sin y", "x", {}),
    ("0.5x^2 - 1.25x", "x", {"x": 0.3}),
    ("y^2 + 1", "y", {"y": 0}),
    ("f(x, y) = y^2", "x", {}),
    # fractions
    ("1/x", "x", {}),
    ("1/x^2", "x", {"x": 3}),
    ("x/(x^2 + y^2)", "x", {}),
    ("x/(x^2 + y^2)", "y", {"x": 1, "y": 0}),
    ("(x - y)/(x + y)", "y", {}),
    ("x^2 + 1/x", "x", {"x": 2}),
    ("x/y + y/x", "x", {}),
    # roots
    ("sqrt(x + y)", "x", {}),
    ("sqrt(x^2 + y^2)", "x", {"x": 3, "y": 4}),
    ("1/sqrt(x)", "x", {}),
    ("cbrt(x y)", "x", {}),
    ("x^(1/3)", "x", {}),
    ("x sqrt(x)", "x", {}),
    ("x^(3/2)", "x", {}),
    ("x/sqrt(x^2 + y^2)", "x", {}),
    ("|x|", "x", {}),
    # exponentials and logarithms
    ("e^(x y)", "x", {}),
    ("e^(-x^2 - y^2)", "x", {"x": 1, "y": 0}),
    ("5 * 2^x", "x", {}),
    ("x^y", "y", {}),
    ("x^y", "x", {}),
    ("ln(x y)", "x", {}),
    ("ln(x^2 + y^2)", "y", {}),
    ("log_2(x)", "x", {}),
    ("ln|x|", "x", {}),
    # sine, cosine and their kin
    ("sin(x y)", "x", {}),
    ("sin(x y)", "x", {"x": "pi", "y": 1}),
    ("cos(x^2)", "x", {}),
    ("3cos(x) - 2y", "x", {}),
    ("tan(x y)", "x", {}),
    ("sinh(2x) + cosh(y)", "x", {}),
    ("tanh(x)", "x", {}),
    ("arctan(x/y)", "x", {}),
    ("sec(x)", "x", {}),
    # sums, products, quotients, one inside the other
    ("x^2 + 5sin(x y) + y", "x", {}),
    ("x e^x", "x", {}),
    ("x^2 y sin(x y)", "x", {}),
    ("e^x cos(y) sin(x)", "x", {}),
    ("sin(x)/x", "x", {}),
    ("e^(sin(x y))", "x", {}),
    ("sin(x)^2", "x", {}),
    ("1/(1 + e^(-x))", "x", {}),
    ("sqrt(sin(x) + 2)", "x", {}),
    # cases and kinks, at points where they do not matter
    ("|x - 3| + x", "x", {"x": 1}),
    ("max(x, y)^2", "x", {"x": 2, "y": 1}),
    ("x^2 if x > y else y", "x", {"x": 3, "y": 1}),
    ("floor(x) y + x^2", "x", {"x": "5/2"}),
]

# (function, variable, point, value): the rules say nothing here, and the definition does.
SPECIAL = [
    ("x|x|", "x", {"x": 0}, 0),
    ("|x|^3", "x", {"x": 0}, 0),
    ("x y/(x^2 + y^2) if (x, y) != (0, 0) else 0", "x", {"x": 0, "y": 0}, 0),
    ("x y/(x^2 + y^2) if (x, y) != (0, 0) else 0", "y", {"x": 0, "y": 0}, 0),
    ("(x^3 - y^3)/(x^2 + y^2) if (x, y) != (0, 0) else 0", "x", {"x": 0, "y": 0}, 1),
    ("(x^3 - y^3)/(x^2 + y^2) if (x, y) != (0, 0) else 0", "y", {"x": 0, "y": 0}, -1),
    ("x y (x^2 - y^2)/(x^2 + y^2) if (x, y) != (0, 0) else 0", "x", {"x": 0}, "-y"),
    ("x y (x^2 - y^2)/(x^2 + y^2) if (x, y) != (0, 0) else 0", "y", {"y": 0}, "x"),
    ("sin(x^3 + y^3)/(x^2 + y^2) if (x, y) != (0, 0) else 0", "y", {"x": 0, "y": 0}, 1),
    ("x^2 sin(1/x) if x != 0 else 0", "x", {"x": 0}, 0),
    ("1 + x^2 cos(1/x) if x != 0 else 1", "x", {"x": 0}, 0),
    ("x^2 if x > 1 else 2x - 1", "x", {"x": 1}, 2),
    ("x^2 if x > 0 else -x^2", "x", {"x": 0}, 0),
    ("piecewise((x^2, x^2 + y^2 < 1), (x, true))", "x", {"x": 0, "y": 0}, 0),
    ("sqrt(|x y|)", "x", {"x": 0, "y": 0}, 0),
    ("sqrt(x^4 + y^4)", "x", {"x": 0, "y": 0}, 0),
    ("x^(3/2)", "x", {"x": 0}, 0),
    ("max(x, y)", "x", {"x": 2, "y": 1}, 1),
]

# (function, variable, point, reason): there is no limit, and it is said why.
NO_LIMIT = [
    ("|x|", "x", {"x": 0}, "differ"),
    ("|x - y|", "y", {"x": 1, "y": 1}, "differ"),
    ("max(x, y)", "x", {"x": 1, "y": 1}, "differ"),
    ("sqrt(x^2 + y^2)", "x", {"x": 0, "y": 0}, "differ"),
    ("x^2 if x > 0 else x", "x", {"x": 0}, "differ"),
    ("1 if x > 0 else 0", "x", {"x": 0}, "from the right the quotient grows"),
    ("sign(x) y", "x", {"x": 0, "y": 2}, "grows"),
    ("sqrt(x)", "x", {"x": 0}, "grows"),
    ("cbrt(x y)", "x", {"x": 0, "y": 1}, "grows"),
    ("x sin(1/x) if x != 0 else 0", "x", {"x": 0}, "swings"),
    ("floor(x)", "x", {"x": 1}, "from the left the quotient grows"),
]

# (function, variable, point, part of the message)
REFUSED = [
    ("arcsin(x)", "x", {}, "does not come out in closed form"),
    ("x + erf(x y)", "x", {}, r"quotient of erf\(x·y\)"),
    ("int(e^(-t^2), t, 0, x)", "x", {}, "closed form"),
    ("gamma(x)", "x", {"x": 2}, "closed form"),
    ("e^(-1/x^2) if x != 0 else 0", "x", {"x": 0}, "closed form"),
    ("g(x, y)", "x", {}, "g is unknown"),
    ("max(x, y)", "x", {}, "Which case counts"),
    ("x^2 if x > y else y", "x", {"x": 1}, "Which case counts"),
    ("1/x", "x", {"x": 0}, "not defined at 0"),
    ("x^2/(x^2 + y^2)", "x", {"x": 0, "y": 0}, "not defined"),
    ("1/(1/x + 1/y)", "x", {"x": 0, "y": 2}, "not defined"),
    ("ln(-1 - x^2)", "x", {"x": 1}, "not defined"),
    ("(x + y)^40", "x", {}, "too long"),
    ("x y", "z", {}, "not a variable"),
    ("x y", "x", {"x": None}, "not a number"),
    ("x y", "x", {"x": "(1, 2)"}, "one number"),
    ("1/x", "x", {"x": 10**400}, "at this point"),
    ("x y", "x", {"z": 1}, "z does not occur"),
    ("x y", "x", {"x": float("nan")}, "not finite"),
    ("(x, y)", "x", {}, "vector function"),
]


def given(text: str, variable: str, at: dict[str, object]) -> Definition:
    return definition(text, variable, at or None)  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "variable", "at"), WORKED)
def test_the_limit_is_what_the_rules_give(text, variable, at):
    found = given(text, variable, at)
    rules = partial(text, variable)
    rng = np.random.default_rng(4)
    names = found.node.free | rules.node.free | set(at)
    values = {name: rng.uniform(0.2, 0.9, 5) for name in names}
    for name, value in at.items():
        numbers = {"pi": np.pi, "b": values.get("b")}
        values[name] = numbers.get(value) if value in numbers else float(Fraction(str(value)))
    assert found.evaluate(values) == pytest.approx(rules.evaluate(values), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "variable", "at"),
    [*WORKED, *[row[:3] for row in SPECIAL], *[row[:3] for row in NO_LIMIT]],
)
def test_the_lines(text, variable, at):
    found = given(text, variable, at)
    assert found.certificate.confirmed, found.certificate.summary()
    for level in LEVELS:
        blocks = found.blocks(level)
        for block in blocks:
            nodes = [block.goal, *[line.node for line in block.lines]]
            assert all(a is not b for a, b in pairwise(nodes))
            assert all(line.check.confirmed and line.label.name for line in block.lines)
            assert not any(node.op == LIMIT for node in postorder(block.result))
            assert "h" not in block.result.free
        main = blocks[-1]
        assert main.lines[0].rule == "definition"
        assert main.lines[0].node.op == LIMIT
        if found.exists:
            assert main.result is found.node
    assert len(found.lines("brief")) <= len(found.lines("usual")) <= len(found.lines("every"))


@pytest.mark.parametrize(("text", "variable", "at", "value"), SPECIAL)
def test_where_only_the_definition_helps(text, variable, at, value):
    found = given(text, variable, at)
    assert found.exists
    assert found.result == sp.sympify(0) + (
        sp.Symbol(value.strip("-"), real=True) * (-1 if value[0] == "-" else 1)
        if isinstance(value, str)
        else value
    )


@pytest.mark.parametrize(("text", "variable", "at", "reason"), NO_LIMIT)
def test_no_limit_is_said_as_such(text, variable, at, reason):
    found = given(text, variable, at)
    assert not found.exists
    assert reason in found.reason
    assert found.result is sp.nan
    assert np.isnan(found.evaluate({}))
    assert "does not exist" in found.latex()
    assert found.lines()[-1].rule == "no-limit"


@pytest.mark.parametrize(("text", "variable", "at", "message"), REFUSED)
def test_refusals(text, variable, at, message):
    with pytest.raises(InputError, match=message) as caught:
        given(text, variable, at)
    assert caught.value.hint


def test_another_letter_where_h_is_taken():
    found = definition("x^2 h", "x")
    assert "lim[k→0]" in found.text()
    assert found.result == 2 * sp.Symbol("x", real=True) * sp.Symbol("h", real=True)


def test_the_point_may_hold_letters_of_the_function():
    x = sp.Symbol("x", real=True)
    assert definition("x y^2", "y", {"y": "x"}).result == 2 * x**2
    assert definition("x^2 y", "x", {"x": "y", "y": "x"}).result == 2 * x * sp.Symbol(
        "y", real=True
    )


def test_conditions_are_those_at_the_point():
    assert definition("1/x", "x").text().endswith("where x ≠ 0")
    assert definition("1/x", "x", {"x": 2}).conditions == ()


def test_it_is_a_derivation_for_every_reader():
    found = definition("f(x, y) = x^2 sin(x y)", "x")
    plain = found.to_dict("every")
    assert json.loads(json.dumps(plain)) == plain
    assert plain["certificate"]["confirmed"]
    assert [block["depth"] for block in plain["blocks"]] == [1, 1, 0]
    assert plain["blocks"][-1]["goal"] == r"\frac{\partial f}{\partial x}(x, y)"
    assert len(found.steps) == len(found.lines("every")) + 1
    assert pickle.loads(pickle.dumps(found)).text() == found.text()


@pytest.mark.parametrize("wrong", [num(1), sym("y"), sym("x") * 2 + 1, fn("sin", sym("x"))])
def test_a_wrong_line_is_not_confirmed(wrong):
    q = Quotient(T**2, sym("x"), sym("h"))
    checker = Checker(q)
    assert checker.line(q.lim(sym("x") * 2 + sym("h"))).confirmed
    assert checker.line(sym("x") * 2).confirmed
    assert not checker.line(lightly(wrong)).confirmed
    assert not checker.line(q.lim(wrong + sym("h"))).confirmed
    assert not checker.missing().confirmed


def test_limits_in_latex():
    first = definition("|x|", "x", {"x": 0}).blocks()[0]
    assert Latex()(first.goal) == r"\lim_{h \to 0^{+}} \frac{f\left(h\right) - f\left(0\right)}{h}"


POLYNOMIAL = """\
∂f/∂x(x, y)
  = lim[h→0] (f(x + h, y) - f(x, y))/h    [definition of the partial derivative]
  = lim[h→0] ((x + h)²·y + 3·(x + h) - (x²·y + 3x))/h    [put in f; only x moves]
  = lim[h→0] (x²·y + 2x·y·h + y·h² + 3x + 3h - x²·y - 3x)/h    [multiply out]
  = lim[h→0] (2x·y·h + y·h² + 3h)/h    [what can cancel does]
  = lim[h→0] h·(2x·y + y·h + 3)/h    [take out h]
  = lim[h→0] (2x·y + y·h + 3)    [cancel h]
  = 2x·y + 3    [let h go to 0]"""

RECIPROCAL = """\
df/dx(x)
  = lim[h→0] (f(x + h) - f(x))/h    [definition of the derivative]
  = lim[h→0] (1/(x + h) - 1/x)/h    [put in f]
  = lim[h→0] (x - (x + h))/(h·(x + h)·x)    [common denominator]
  = lim[h→0] (x - x - h)/(h·(x + h)·x)    [multiply out]
  = lim[h→0] (-h/(h·(x + h)·x))    [what can cancel does]
  = lim[h→0] (-1/((x + h)·x))    [cancel h]
  = -1/x²    [let h go to 0]
where x ≠ 0"""

ROOT = """\
∂f/∂x(3, 4)
  = lim[h→0] (f(3 + h, 4) - f(3, 4))/h    [definition of the partial derivative]
  = lim[h→0] (sqrt((3 + h)² + 4²) - sqrt(3² + 4²))/h    [put in f; only x moves]
  = lim[h→0] (25 + 6h + h² - 25)/(h·(sqrt(25 + 6h + h²) + 5))    [multiply by the conjugate]
  = lim[h→0] (6h + h²)/(h·(sqrt(25 + 6h + h²) + 5))    [what can cancel does]
  = lim[h→0] (6 + h)/(sqrt(25 + 6h + h²) + 5)    [cancel h]
  = 6/10    [let h go to 0]
  = 3/5    [tidy up]"""

SINE = """\
df/dx(x)
  = lim[h→0] (f(x + h) - f(x))/h    [definition of the derivative]
  = lim[h→0] (sin(x + h) - sin(x))/h    [put in f]
  = lim[h→0] (sin(x)·cos(h) + cos(x)·sin(h) - sin(x))/h    [addition theorem]
  = lim[h→0] (sin(x)·((cos(h) - 1)/h) + cos(x)·(sin(h)/h))    \
[collect the terms, and split the fraction]
  = cos(x)    [standard limits of sine and cosine]"""

BY_CASES = """\
∂f/∂x(0, 0)
  = lim[h→0] (f(h, 0) - f(0, 0))/h    [definition of the partial derivative]
  = lim[h→0] (h·0/(h² + 0²) - 0)/h    [the case for small h ≠ 0]
  = lim[h→0] 0    [work out the fraction]
  = 0    [it is 0 for every h, and so is the limit]"""

ABSOLUTE = """\
    lim[h→0⁺] (f(h) - f(0))/h
      = lim[h→0⁺] (h - 0)/h    [the case for small h > 0]
      = lim[h→0⁺] h/h    [multiply out]
      = lim[h→0⁺] 1    [cancel h]
      = 1    [let h go to 0]
    lim[h→0⁻] (f(h) - f(0))/h
      = lim[h→0⁻] (-h - 0)/h    [the case for small h < 0]
      = lim[h→0⁻] (-h/h)    [multiply out]
      = lim[h→0⁻] (-1)    [cancel h]
      = -1    [let h go to 0]
df/dx(0)
  = lim[h→0] (f(h) - f(0))/h    [definition of the derivative]
  = lim[h→0] (|h| - |0|)/h    [put in f]
  = undefined    [the limits from the right and from the left differ: there is no limit]"""


@pytest.mark.parametrize(
    ("text", "at", "golden"),
    [
        ("x^2 y + 3x", {}, POLYNOMIAL),
        ("1/x", {}, RECIPROCAL),
        ("sqrt(x^2 + y^2)", {"x": 3, "y": 4}, ROOT),
        ("sin x", {}, SINE),
        ("x y/(x^2 + y^2) if (x, y) != (0, 0) else 0", {"x": 0, "y": 0}, BY_CASES),
        ("|x|", {"x": 0}, ABSOLUTE),
    ],
)
def test_read_aloud(text, at, golden):
    assert given(text, "x", at).text("every") == golden
