"""Where a result holds: what is asked for, and nothing that is always so."""

from __future__ import annotations

import pytest
from mpmath import workdps

from calc_core import gradient, parse
from calc_core.conditions import conditions
from calc_core.graph import LOGIC, REL, postorder, unknown_functions
from calc_core.printing import Text
from tests.corpus import entries as corpus
from tests.corpus import oracle
from tests.lots import in_lots

EVERYWHERE = [
    "x^2 + y^2", "e^x sin(y)", "1/(x^2 + y^2 + 1)", "1/(1 + e^x)", "x/2", "ln(x^2 + 1)",
    "ln(e^x + e^y)", "sqrt(x^2 + 1)", "(x^2 + 1)^y", "2^x", "arctan(x)", "arccot(x)",
    "sigmoid(x y)", "softplus(x)", "erf(x)", "1/cosh(x)", "5/(x^4 + 3)", "1/e^x", "sqrt(2) x",
    "ln(2) x", "g(x, y)", "arsinh(x)", "tanh(x)", "int(e^(-t^2), t, 0, x)", "x^0", "5",
]  # fmt: skip

TABLE = {
    # quotients
    "1/x": "x ≠ 0",
    "1/(x y)": "x ≠ 0, y ≠ 0",
    "x/(x^2 + y^2)": "x² + y² ≠ 0",
    "1/x^2": "x ≠ 0",
    "x^(-3)": "x ≠ 0",
    "x/(y/z)": "z ≠ 0, y ≠ 0",
    "1/(1/x + 1/y)": "x ≠ 0, y ≠ 0, 1/x + 1/y ≠ 0",
    "g(x)/h(x)": "h(x) ≠ 0",
    "1/|x|": "x ≠ 0",
    "1/cos(x)": "cos(x) ≠ 0",
    # logarithms, roots and powers
    "ln x": "x > 0",
    "ln(2x)": "x > 0",
    "ln(x y)": "x·y > 0",
    "ln(x^2)": "x ≠ 0",
    "ln|x|": "x ≠ 0",
    "ln(sqrt(x))": "x > 0",
    "ln(ln(x))": "x > 0, ln(x) > 0",
    "ln(g(x, y))": "g(x, y) > 0",
    "log_2(x)": "x > 0",
    "log_x(y)": "y > 0, x > 0, x ≠ 1",
    "sqrt(x)": "x > 0",
    "1/sqrt(x)": "x > 0",
    "sqrt(x^2 + y^2)": "x² + y² ≠ 0",
    "sqrt(x y)": "x·y > 0",
    "cbrt(x)": "x ≠ 0",
    "root(x, 4)": "x > 0",
    "x^(1/3)": "x > 0",
    "x^pi": "x > 0",
    "x^y": "x > 0",
    "x^x": "x > 0",
    # trigonometric and hyperbolic
    "tan(x)": "cos(x) ≠ 0",
    "sec(x)": "cos(x) ≠ 0",
    "cot(x y)": "sin(x·y) ≠ 0",
    "csc(x)": "sin(x) ≠ 0",
    "arcsin(x)": "|x| < 1",
    "arccos(x + y)": "|x + y| < 1",
    "arcsec(x)": "|x| > 1",
    "arcosh(x)": "x > 1",
    "artanh(x)": "|x| < 1",
    "arcoth(x)": "|x| > 1",
    "arsech(x)": "0 < x, x < 1",
    "arcsch(x)": "x ≠ 0",
    "csch(x)": "x ≠ 0",
    "atan2(y, x)": "x > 0 or y ≠ 0",
    # corners and jumps
    "|x|": "x ≠ 0",
    "sign(x y)": "x ≠ 0, y ≠ 0",
    "max(x, y)": "x ≠ y",
    "min(x, y, 0)": "x ≠ y, x ≠ 0, y ≠ 0",
    "relu(x)": "x ≠ 0",
    "heaviside(x)": "x ≠ 0",
    "floor(x)": "floor(x) ≠ x",
    "ceil(x)": "ceil(x) ≠ x",
    "piecewise((x, x > y), (y, true))": "x ≠ y",
    "piecewise((x^2, x < 0), (x, x < 1), (1, true))": "x ≠ 0, x ≠ 1",
    # special functions
    "gamma(x)": "x > 0 or floor(x) ≠ x",
    "loggamma(x)": "x > 0",
}


@pytest.mark.parametrize("text", EVERYWHERE)
def test_nothing_is_asked_where_all_is_well(text):
    assert conditions(parse(text).node) == ()


@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=list(TABLE))
def test_what_is_asked(text, expected):
    assert ", ".join(Text()(c) for c in conditions(parse(text).node)) == expected


def test_each_condition_is_told_once():
    node = parse("ln(x) + sqrt(x) + x^y + 1/x + ln(x) y").node
    assert [Text()(c) for c in conditions(node)] == ["x > 0"]


@pytest.mark.parametrize(
    "text", ["int(sqrt(t), t, 0, x)", "int(1/t, t, x, y)", "x int(ln(x t), t, 1, 2)"]
)
def test_a_bound_variable_is_not_spoken_of_as_if_it_were_free(text):
    node = parse(text).node
    for condition in conditions(node):
        assert condition.free <= node.free, Text()(condition)


@in_lots("entry", corpus(), ids=lambda entry: entry.text)
def test_conditions_are_comparisons_and_neither_empty_nor_impossible(entry):
    f = entry.expression
    found = conditions(*f.components)
    assert all(c.op in (REL, LOGIC) for c in found)
    assert len(set(found)) == len(found)
    assert all(c.free <= f.node.free for c in found)
    if not found:
        return
    with workdps(20):
        outcomes = {oracle.holds(found, p) for p in oracle.points(f.node, (), 200, 3)}
        assert True in outcomes
    # None of them holds by itself for all numbers, as 1 + x² > 0 does.
    assert not any(c.op == REL and not c.free for c in found)


def test_conditions_of_a_derivation_are_printed_with_what_is_assumed():
    d = gradient("ln(x) g(x, y)")
    assert d.conditions_latex() == ("x > 0", r"g \text{ differentiable}")
    assert "where x > 0" in d.text()
    assert "where" not in gradient("x^2 y").text()


def test_unknown_functions_are_found_once_in_order():
    nodes = [n for n in postorder(parse("h(x) g(h(y), x) + h(x)").node) if n.op == "app"]
    assert len(nodes) == 3
    assert unknown_functions(parse("h(x) g(h(y), x) + h(x)").node) == ("g", "h")
