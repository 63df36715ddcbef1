"""The NumPy reader: values, shapes, domains, and what has no value."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from math import exp, log, pi, sin, sqrt

import numpy as np
import pytest
from scipy import special

from calc_core.errors import InputError
from calc_core.evaluate import Grid, compile_numpy, evaluate
from calc_core.evaluate.arrays import _programme
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    PI,
    TRUE,
    D,
    E,
    add,
    app,
    array,
    at,
    div,
    dot,
    fn,
    integral,
    logic,
    make,
    mul,
    num,
    piecewise,
    power,
    rel,
    sym,
)

x, y, t, s = sym("x"), sym("y"), sym("t"), sym("s")
POINT = {"x": 0.7, "y": -1.3}
third = num(Fraction(1, 3))

VALUES = [
    (num(Fraction(3, 4)), 0.75),
    (PI, pi),
    (x - y, 2.0),
    (add(x, y, x * y, num(2)), 0.7 - 1.3 - 0.91 + 2),
    (mul(num(-1), y), 1.3),
    (mul(num(-1), num(2), x), -1.4),
    (mul(num(-1), num(3)), -3),
    (div(x, y), 0.7 / -1.3),
    (power(y, num(3)), (-1.3) ** 3),
    (power(y, num(-2)), 1.3**-2),
    (power(y, num(101)), (-1.3) ** 101),
    (power(x, num(Fraction(-1, 2))), 1 / sqrt(0.7)),
    (power(x, num(Fraction(1, 2))), sqrt(0.7)),
    (power(x, y), 0.7**-1.3),
    (power(E, y), exp(-1.3)),
    (power(num(0), num(0)), 1.0),
    (fn("sin", x), sin(0.7)),
    (fn("atan2", y, x), np.arctan2(-1.3, 0.7)),
    (fn("log", x, num(2)), log(0.7) / log(2)),
    (fn("max", x, y, num(0)), 0.7),
    (fn("root", y, num(3)), -(1.3 ** (1 / 3))),
    (fn("polygamma", num(1), x), special.polygamma(1, 0.7)),
    (piecewise((x, rel("gt", y, x)), (y, TRUE)), -1.3),
    (piecewise((x, logic("and", rel("gt", x, y), logic("not", rel("eq", x, y))))), 0.7),
    (piecewise((x, logic("or", rel("gt", y, x), rel("ge", x, x))), (y, TRUE)), 0.7),
]


@pytest.mark.parametrize(("node", "expected"), VALUES, ids=lambda v: repr(v)[:50])
def test_value(node, expected):
    value = evaluate(node, POINT)
    assert value.shape == ()
    assert value.dtype == np.float64
    assert value == pytest.approx(expected, rel=1e-14)


UNDEFINED = [
    fn("ln", y),
    fn("sqrt", y),
    power(y, third),
    power(y, num(Fraction(2, 3))),
    power(y, x),
    piecewise((x, rel("gt", y, x))),
    fn("acos", x + 1),
    div(x - x, x - x),
    integral(fn("ln", t), t, y, x),
]


@pytest.mark.parametrize("node", UNDEFINED, ids=lambda v: repr(v)[:50])
def test_outside_the_domain_is_nan_without_a_warning(node):
    assert np.isnan(evaluate(node, POINT))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (div(x, x - x), np.inf),
        (power(num(10), num(400)), np.inf),
        (num(-(10**400)), -np.inf),
        (fn("exp", num(2000) * x), np.inf),
        (fn("ln", x - x), -np.inf),
    ],
)
def test_infinite_values(node, expected):
    assert evaluate(node, POINT) == expected


def test_every_known_function_has_real_values_without_a_warning():
    points = np.concatenate([np.linspace(-3, 3, 25), [np.nan, np.inf, 1e300]])
    for function in FUNCTIONS.values():
        arguments = [num(2), x] if function.name == "polygamma" else [x, x + 1][: function.arity[0]]
        values = evaluate(fn(function.name, *arguments), {"x": points})
        assert values.dtype == np.float64, function.name
        assert np.isfinite(values).any(), function.name


def test_the_shape_is_that_of_the_node_and_then_of_the_grid():
    gradient = array((2,), (2 * x, num(3)))
    grid = Grid.over({"x": (-1, 1), "y": (0, 2)}, 200)
    values = evaluate(gradient, grid.open())
    assert values.shape == (2, 200, 200)
    assert np.array_equal(values[0][17], 2 * grid.axes[0])
    assert (values[1] == 3).all()
    hessian = array((2, 2), (x, y, y, num(0)))
    assert evaluate(hessian, {"x": [1.0, 2.0, 3.0], "y": 5.0}).shape == (2, 2, 3)
    assert evaluate(array((2, 1), (x, y)), POINT).tolist() == [[0.7], [-1.3]]


def test_rows_of_a_grid_go_up_y():
    grid = Grid.over({"x": (0, 2), "y": (0, 30)}, (3, 4))
    assert grid.shape == (4, 3)
    assert evaluate(x + y, grid.open()).tolist() == [
        [0, 1, 2], [10, 11, 12], [20, 21, 22], [30, 31, 32],
    ]  # fmt: skip
    across, up = grid.full()
    assert np.array_equal(across + up, evaluate(x + y, grid.open()))
    three = Grid.over({"x": (0, 1), "y": (0, 1), "t": (0, 1)}, (2, 3, 4))
    assert evaluate(x * y * t, three.open()).shape == three.shape == (4, 3, 2)


@pytest.mark.parametrize("node", [x, fn("max", x), fn("max", x, x)])
def test_a_result_is_never_an_argument_nor_another_result(node):
    given = np.ones(3)
    first, second = compile_numpy([node, node], ["x"])(given)
    first[0] = 7
    assert given.tolist() == [1, 1, 1]
    assert second.tolist() == [1, 1, 1]


def test_several_roots_share_their_work(monkeypatch):
    calls = []

    def counted(u):
        calls.append(np.shape(u))
        return np.sin(u)

    monkeypatch.setitem(FUNCTIONS, "sin", replace(FUNCTIONS["sin"], real=counted))
    wave = fn("sin", x)
    both = compile_numpy([wave * y, array((2,), (wave, y))], ["x", "y"])
    a, b = both(np.zeros((1, 5)), np.ones((4, 1)))
    assert a.shape == (4, 5)
    assert b.shape == (2, 4, 5)
    assert calls == [(1, 5)], "sin x once, on the axis of x only"


def test_a_deep_graph_needs_no_deep_stack_and_little_memory():
    f = x
    for _ in range(1000):
        f = fn("sin", f) + fn("cos", f)
    programme = _programme([f], ["x"])
    assert len(programme.code) == 3000
    assert len(programme.memory) <= 4, "slots are used again"
    assert abs(float(evaluate(f, {"x": 0.3}))) < 2


def test_nodes_that_are_results_and_parts_keep_their_slot():
    u = fn("exp", x)
    v = u * u
    w = v + y
    first, second, third_, fourth = compile_numpy([v, w, u, x], ["x", "y"])(0.5, 2.0)
    assert first == pytest.approx(exp(1))
    assert second == pytest.approx(exp(1) + 2)
    assert third_ == pytest.approx(exp(0.5))
    assert fourth == 0.5


def test_a_random_polynomial_agrees_with_numpy():
    seed = 20240
    rng = np.random.default_rng(seed)
    terms = [(int(c), *rng.integers(0, 5, 2)) for c in rng.integers(-9, 9, 12)]
    f = add(*[mul(num(c), power(x, num(int(i))), power(y, num(int(j)))) for c, i, j in terms])
    a, b = rng.normal(size=(1, 6)), rng.normal(size=(7, 1))
    expected = sum(c * a**i * b**j for c, i, j in terms) + np.zeros((7, 6))
    np.testing.assert_allclose(evaluate(f, {"x": a, "y": b}), expected, rtol=1e-12, err_msg=seed)


INTEGRALS = [
    (integral(power(t, num(2)), t, num(0), x), 0.7**3 / 3),
    (integral(x, t, y, x), 0.7 * 2.0),
    (integral(num(3), t, y, x), 6.0),
    (integral(fn("exp", mul(x, t)), t, num(0), num(1)), (exp(0.7) - 1) / 0.7),
    (integral(div(num(1), fn("sqrt", t)), t, num(0), x), 2 * sqrt(0.7)),
    (integral(fn("ln", t), t, num(0), x), 0.7 * log(0.7) - 0.7),
    (integral(power(t, num(3)), t, num(-1), num(1)), 0.0),
    (integral(fn("sin", power(t, num(2))), t, num(0), num(10)), 0.5836708999296233),
    (integral(integral(x * t * s, s, num(0), t), t, num(0), x), 0.7 * 0.7**4 / 8),
    (integral(x, x, num(0), x), 0.7**2 / 2),
]


@pytest.mark.parametrize(("node", "expected"), INTEGRALS)
def test_integral(node, expected):
    assert evaluate(node, POINT) == pytest.approx(expected, rel=1e-7, abs=1e-13)


def test_integrals_broadcast_and_shadow():
    grid = Grid.over({"x": (0, 2), "y": (-1, 1)}, (30, 20))
    across, up = grid.full()
    inner = integral(fn("cos", t * x), t, num(0), y)
    with np.errstate(all="ignore"):
        expected = np.where(across == 0, up, np.sin(across * up) / across)
    np.testing.assert_allclose(evaluate(inner, grid.open()), expected, atol=1e-12)
    double = integral(integral(x * s + t, s, num(0), y), t, num(0), x)
    expected = across * (across * up**2 / 2) + up * across**2 / 2
    np.testing.assert_allclose(evaluate(double, grid.open()), expected, atol=1e-12)


def test_values_at_a_point():
    f = mul(x, y, fn("sin", t))
    assert evaluate(at(f, {x: y, t: x + y}), POINT) == pytest.approx(1.69 * sin(-0.6))
    inside = integral(at(x * t, {x: power(t, num(2))}), t, num(0), x)
    assert evaluate(inside, POINT) == pytest.approx(0.7**4 / 4)
    pair = at(array((2,), (x, x * y)), {x: num(3)})
    assert evaluate(pair, {"y": [1.0, 2.0]}).tolist() == [[3, 3], [3, 6]]
    assert evaluate(at(x, {x: y}), {"y": [1.0, 2.0]}).tolist() == [1, 2]


def test_products_of_arrays():
    row, matrix = array((1, 2), (x, y)), array((2, 2), (num(1), num(2), num(3), x))
    expected = [[0.7 - 3.9, 1.4 - 0.91]]
    np.testing.assert_allclose(evaluate(dot(row, matrix), POINT), expected)


def test_a_divergent_integral_has_no_value_and_spoils_no_other():
    values = evaluate(integral(div(num(1), t), t, x, num(1)), {"x": [0.0, 0.5, -1.0]})
    assert np.isnan(values[0])
    assert values[1] == pytest.approx(log(2))


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (x + sym("a") * sym("b"), "no value for a, b"),
        (app("g", (x,)), "g has no values"),
        (fn("nonsense", x), "nonsense has no values"),
        (D(x * x, x), "not carried out"),
        (make("const", "omega"), "omega has no value"),
        (integral(app("h", (t,)), t, num(0), x), "h has no values"),
    ],
)
def test_what_has_no_value_is_named(node, words):
    with pytest.raises(InputError, match=words):
        evaluate(node, POINT)


def test_values_must_be_real_and_fit():
    with pytest.raises(InputError, match="x is not a real number"):
        evaluate(x, {"x": 1j})
    with pytest.raises(InputError, match="do not fit"):
        evaluate(x + y, {"x": [1, 2], "y": [1, 2, 3]})


def test_the_names_of_a_person_are_only_keys():
    strange = "__import__('os').system('true')"
    assert evaluate(sym(strange) + 1, {strange: 2.0}) == 3.0


def test_nodes_survive_pickling_and_evaluate_the_same():
    f = piecewise((fn("sin", x) / y, rel("lt", x, num(1))), (PI, TRUE))
    assert evaluate(pickle.loads(pickle.dumps(f)), POINT) == evaluate(f, POINT)
