"""Directional derivatives, the chain rule, implicit functions and Taylor polynomials."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp

from calc_core import (
    InputError,
    chain,
    directional,
    gradient,
    implicit,
    jacobian,
    parse,
    partial,
    quadratic,
    steepest_ascent,
)
from calc_core.lines import LEVELS
from calc_core.sympy_bridge import to_sympy

STEP = 1e-5


def value(text, **at):
    """A function's value by SymPy's own arithmetic on the parsed text."""
    expression = to_sympy(parse(text).node)
    return float(expression.subs({sp.Symbol(k, real=True): v for k, v in at.items()}))


def assert_sound(derivation):
    """Every step and every line is confirmed, and the last line is the result."""
    assert derivation.certificate.confirmed, derivation.certificate.summary()
    for level in LEVELS:
        blocks = derivation.blocks(level)
        assert blocks[-1].lines[-1].node is derivation.node
        for block in blocks:
            assert all(line.check.confirmed for line in block.lines)
            shown = [derivation.printer()(line.node) for line in block.lines]
            assert all(a != b for a, b in pairwise(shown)), shown


DIRECTIONS = [
    ("x^2 y", (3, 4), (1, 2)),
    ("e^(x y) + x", (1, -1), (0.5, 0.25)),
    ("x y z", (1, 2, 2), (1, 1, 3)),
    ("ln(x^2 + y^2)", (0, 1), (1, 1)),
    ("|x - y|", (1, 0), (3, 1)),
]


@pytest.mark.parametrize(("text", "direction", "point"), DIRECTIONS)
def test_directional_derivative_is_the_slope_along_the_unit_vector(text, direction, point):
    d = directional(text, direction, at=point)
    length = math.hypot(*direction)
    unit = [c / length for c in direction]
    names = parse(text).variables

    def along(s):
        return value(text, **{n: p + s * u for n, p, u in zip(names, point, unit, strict=True)})

    expected = (along(STEP) - along(-STEP)) / (2 * STEP)
    assert d.evaluate({}) == pytest.approx(expected, rel=1e-6)
    assert_sound(d)


def test_a_direction_that_is_not_normalised_scales_the_rate():
    unit = directional("x^2 y", (3, 4), at=(1, 2)).result
    assert directional("x^2 y", (3, 4), at=(1, 2), normalised=False).result == 5 * unit


def test_direction_by_name_at_a_general_point():
    d = directional("x^2 y", {"y": 1, "x": 0})
    x = sp.Symbol("x", real=True)
    assert d.result == x**2
    assert_sound(d)


def test_steepest_ascent_is_along_the_gradient_at_the_rate_of_its_length():
    direction, rate = steepest_ascent("x^2 y + y", at=(1, 2))
    assert list(direction.result) == [4, 2]
    assert rate.result == sp.sqrt(20)
    assert_sound(direction)
    assert_sound(rate)
    slopes = [
        directional("x^2 y + y", (math.cos(t), math.sin(t)), at=(1, 2)).evaluate({})
        for t in np.linspace(0, 2 * math.pi, 60)
    ]
    assert max(slopes) <= rate.evaluate({}) + 1e-9
    assert max(slopes) == pytest.approx(rate.evaluate({}), rel=1e-2)


CHAINS = [
    ("x^2 + y^2", {"x": "cos t", "y": "t"}, None, ()),
    ("x y", {"x": "r cos(theta)", "y": "r sin(theta)"}, None, (2,)),
    ("(x y, x + y)", {"x": "s t", "y": "s + t"}, None, (2, 2)),
    ("e^x sin(y)", {"x": "s t^2", "y": "s^2 t"}, None, (2,)),
    ("x + y t", {"x": "t^2", "y": "sin t"}, "t", ()),
    ("g(x, y)", {"x": "s - t", "y": "t - s"}, None, (2,)),
]


@pytest.mark.parametrize(("outer", "inner", "wrt", "shape"), CHAINS)
def test_chain_rule_is_gradient_times_jacobian(outer, inner, wrt, shape):
    d = chain(outer, inner, wrt)
    assert d.node.data == shape if shape else d.node.op != "array"
    assert_sound(d)


def test_chain_rule_agrees_with_substituting_first():
    d = chain("x^2 y", {"x": "cos t", "y": "sin t"})
    direct = partial("cos(t)^2 sin(t)", "t")
    t = np.linspace(-2, 2, 7)
    np.testing.assert_allclose(d.evaluate({"t": t}), direct.evaluate({"t": t}), atol=1e-14)


def test_chain_rule_shows_the_product_with_shapes():
    d = chain("x y", {"x": "s t", "y": "s + t"})
    first = d.printer()(d.blocks()[-1].lines[0].node)
    assert re.search(r"\\underset\{1 \\times 2\}.*\\underset\{2 \\times 2\}", first)


IMPLICIT = [
    ("x^2 + y^2 = 25", "y", "x", "-x/y"),
    ("x y z = sin(z) + 1", "z", "x", None),
    ("x^3 + y^3 = 6 x y", "y", "x", None),
    ("e^(x y) = x + y", "x", "y", None),
]


@pytest.mark.parametrize(("equation", "dependent", "variable", "expected"), IMPLICIT)
def test_implicit_differentiation(equation, dependent, variable, expected):
    d = implicit(equation, dependent, variable)
    assert_sound(d)
    if expected is not None:
        x, y = sp.symbols("x y", real=True)
        assert d.result == -x / y


def test_implicit_condition_is_stated():
    assert any(r"\ne" in c for c in implicit("x^2 + y^2 = 25", "y", "x").conditions_latex())


TAYLOR = [
    ("e^(x y)", (0, 0)),
    ("x^2 y + y^3", (1, 2)),
    ("sin(x) ln(y)", ("pi/2", 1)),
    ("sqrt(x + y)", (2, 2)),
    ("x", (3,)),
]


@pytest.mark.parametrize(("text", "point"), TAYLOR)
def test_quadratic_touches_to_second_order(text, point):
    d = quadratic(text, point)
    assert_sound(d)
    names = parse(text).variables
    centre = {
        n: float(sp.S(p) if not isinstance(p, str) else sp.pi / 2)
        for n, p in zip(names, point, strict=True)
    }
    errors = []
    for h in (1e-2, 5e-3):
        there = {n: c + h * (i + 1) for i, (n, c) in enumerate(centre.items())}
        errors.append(abs(float(d.evaluate(there)) - value(text, **there)))
    assert errors[0] < 1e-4
    # Halving the distance divides the error by eight, or it is rounding already.
    assert errors[1] <= errors[0] / 6 + 1e-14


REFUSED = [
    (lambda: directional("x y", (0, 0)), "length 0"),
    (lambda: directional("x y", (1, 2, 3)), "components"),
    (lambda: directional("(x, y)", (1, 2)), "vector function"),
    (lambda: directional("x y", (1, math.nan)), "finite"),
    (lambda: directional("x y", {"x": 1, "q": 2}), "one value for each variable"),
    (lambda: chain("x y", {}), "inner function"),
    (lambda: chain("x y", {"q": "t"}), "q does not occur"),
    (lambda: implicit("x^2 + y^2 = 1", "z", "x"), "z does not occur"),
    (lambda: implicit("x^2 + y^2 = 1", "x", "x"), "by itself"),
    (lambda: partial("x y"), "No variable"),
    (lambda: gradient("(x, y)"), "vector function"),
    (lambda: gradient(None), "is not a function"),
    (lambda: gradient([1, 2]), "vector function"),
    (lambda: gradient({}), "is not a function"),
    (lambda: directional("|x| + y", (1, 0), at=(0, 0)), "do not apply at this point"),
    (lambda: directional("sqrt(x^2 + y^2)", (1, 0), at=(0, 0)), "do not apply at this point"),
    (lambda: quadratic("1/x + y", (0, 0)), "do not apply at this point"),
    (lambda: steepest_ascent("|x| + y", (0, 1)), "do not apply at this point"),
    (lambda: gradient(5), "no variable"),
    (lambda: gradient(sp.zeta(sp.Symbol("x"))), "cannot be used here"),
]


@pytest.mark.parametrize(("call", "words"), REFUSED)
def test_what_cannot_be_done_is_said(call, words):
    with pytest.raises(InputError, match=re.escape(words)):
        call()


WHERE_IT_FAILS = [
    ("ln x", {"x": -1.0}),
    ("|x|", {"x": 0.0}),
    ("floor(x)", {"x": 1.0}),
    ("arctan(y/x)", {"x": 0.0, "y": 1.0}),
    ("atan2(y, x)", {"x": -1.0, "y": 0.0}),
    ("x^3 + |y|", {"x": 1.0, "y": 0.0}),
]


@pytest.mark.parametrize(("text", "point"), WHERE_IT_FAILS)
def test_a_result_has_no_value_where_its_conditions_fail(text, point):
    assert np.isnan(gradient(text).evaluate(point)).all()


def test_a_vector_function_may_be_a_list_or_a_sympy_matrix():
    x, y = sp.symbols("x y")
    for given in (["x y", "x + y"], [x * y, x + y], sp.Matrix([x * y, x + y])):
        assert jacobian(given).result == jacobian("(x y, x + y)").result
