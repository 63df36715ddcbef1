"""Bending, stretching, domains and poles against values known by hand."""

from __future__ import annotations

import numpy as np
import pytest

from calc_core.evaluate import Grid
from calc_core.geometry import (
    bending,
    determinant,
    gaps,
    graph_curvature,
    has_pole,
    numeral,
    robust_range,
    second_derivative,
    shown_range,
    singular_values,
    size_factor,
    value_range,
    vector,
    without_jumps,
)
from calc_core.geometry.domain import where

SQUARE = Grid.over({"x": (-2, 2), "y": (-2, 2)}, 41)


@pytest.mark.parametrize(
    ("hessian", "values", "kind"),
    [
        ([[2, 0], [0, 8]], [8, 2], "bowl up"),
        ([[-2, 0], [0, -8]], [-2, -8], "bowl down"),
        ([[0, 3], [3, 0]], [3, -3], "saddle"),
        ([[1, 1], [1, 1]], [2, 0], "trough"),
        ([[-1, 1], [1, -1]], [0, -2], "ridge"),
        ([[0, 0], [0, 0]], [0, 0], "flat"),
        ([[1e-3, 0], [0, 2e-3]], [2e-3, 1e-3], "bowl up"),
        ([[4.0]], [4], "bowl up"),
        (np.diag([1.0, -2.0, 3.0]), [3, 1, -2], "saddle"),
    ],
)
def test_bending(hessian, values, kind):
    found = bending(hessian)
    assert found.kind == kind
    assert found.degenerate == (kind in ("trough", "ridge", "flat"))
    np.testing.assert_allclose(found.values, values, atol=1e-12)
    lengthwise = found.directions.T
    np.testing.assert_allclose(second_derivative(hessian, lengthwise), found.values, atol=1e-12)
    np.testing.assert_allclose(found.directions @ lengthwise, np.eye(len(values)), atol=1e-12)


def test_directions_have_one_sign():
    for angle in np.linspace(0, np.pi, 13):
        c, s = np.cos(angle), np.sin(angle)
        turn = np.array([[c, -s], [s, c]])
        for direction in bending(turn @ np.diag([2.0, 1.0]) @ turn.T).directions:
            assert direction[np.flatnonzero(direction)[0]] > 0


def test_bending_where_the_hessian_is_not_defined():
    found = bending([[np.nan, 0], [0, 1]])
    assert found.kind == "undefined"
    assert found.degenerate
    assert np.isnan(found.values).all()


def test_curvature_of_a_sphere_and_of_a_plane():
    x, y = np.meshgrid(np.linspace(-1, 1, 5), np.linspace(-1, 1, 4))
    z = np.sqrt(4 - x**2 - y**2)
    gradient = np.array([-x / z, -y / z])
    hessian = -np.array([[4 - y**2, x * y], [x * y, 4 - x**2]]) / z**3
    gaussian, mean = graph_curvature(gradient, hessian)
    np.testing.assert_allclose(gaussian, np.full((4, 5), 1 / 4))
    np.testing.assert_allclose(mean, np.full((4, 5), -1 / 2))
    assert graph_curvature([3.0, 4.0], np.zeros((2, 2))) == (0.0, 0.0)


def polar_jacobian(r, t):
    return np.array([[np.cos(t), -r * np.sin(t)], [np.sin(t), r * np.cos(t)]])


def test_polar_coordinates_stretch_areas_by_r():
    r, t = np.meshgrid(np.linspace(0, 2, 9), np.linspace(0, 6, 7))
    J = polar_jacobian(r, t)
    np.testing.assert_allclose(determinant(J), r, atol=1e-12)
    np.testing.assert_allclose(size_factor(J), r, atol=1e-12)
    np.testing.assert_allclose(singular_values(J), [np.maximum(r, 1), np.minimum(r, 1)])


def test_size_factors_of_other_shapes():
    assert determinant(np.diag([2.0, 3.0, -4.0])) == pytest.approx(-24)
    assert size_factor([[3.0], [4.0]]) == pytest.approx(5), "the speed of a curve"
    assert size_factor([[1.0, 0], [0, 2], [0, 0]]) == pytest.approx(2)
    assert size_factor([[1.0, 1], [1, 1], [1, 1]]) == pytest.approx(0, abs=1e-7)
    assert singular_values([[3.0, 0], [0, 0], [0, 4]]).tolist() == [4, 3]
    mixed = singular_values(np.array([[[1.0, np.nan]], [[0.0, 1.0]]]))
    assert mixed.shape == (1, 2)
    assert mixed[0, 0] == 1
    assert np.isnan(mixed[0, 1])


X, Y = SQUARE.full()
PLACES = [
    (X > 0, "Not defined for x ≤ 0 (51 % of the points)."),
    (X >= 0, "Not defined for x < 0 (49 % of the points)."),
    (Y < 1.5, "Not defined for y ≥ 1.5 (15 % of the points)."),
    (np.abs(X) > 1, "Not defined for −1 ≤ x ≤ 1 (51 % of the points)."),
    ((X > 0) & (Y > 0), "Not defined for x ≤ 0 or y ≤ 0 (76 % of the points)."),
    ((abs(X) > 1e-9) & (abs(Y) > 1e-9), "Not defined for x = 0 or y = 0 (5 % of the points)."),
    (np.hypot(X, Y) > 1e-9, "Not defined at x = 0, y = 0."),
    (
        np.hypot(X, Y) > 1,
        "Not defined on part of the range (19 % of the points, all with −1 ≤ x ≤ 1 and "
        "−1 ≤ y ≤ 1).",
    ),
    (
        np.hypot(X, Y) < 1,
        "Not defined on part of the range (82 % of the points, all outside −1 < x < 1 and "
        "−1 < y < 1).",
    ),
    (np.abs(X - Y) > 1e-9, "Not defined on part of the range (2 % of the points)."),
    (np.zeros_like(X, bool), "Not defined anywhere in this range."),
]  # fmt: skip


@pytest.mark.parametrize(("defined", "sentence"), PLACES, ids=[s for _, s in PLACES])
def test_gaps(defined, sentence):
    found = gaps(defined, SQUARE)
    assert found.sentence == sentence
    assert found
    assert found.fraction == pytest.approx(1 - defined.mean())


def test_no_gaps():
    found = gaps(np.ones(SQUARE.shape, bool), SQUARE)
    assert not found
    assert found.sentence == ""
    assert found.within == {}


def test_gaps_name_the_readers_variables_and_their_range():
    grid = Grid.over({"x_1": (0, 10), "t": (0, 1)}, (11, 5))
    values, _ = grid.full()
    found = gaps(values < 7, grid, lambda name: {"x_1": "x₁"}.get(name, name))
    assert found.sentence.startswith("Not defined for x₁ ≥ 7")
    assert found.within == {"x_1": (7.0, 10.0), "t": (0.0, 1.0)}


def test_a_border_between_points_is_said_roundly():
    axis = Grid.over({"x": (-1, 1)}, 60)
    assert where(axis.axes[0] < 0, axis).startswith("for x ≤ 0 ")
    assert where(axis.axes[0] > 0.5, axis).startswith("for x ≥ 0.5 ")
    far = Grid.over({"x": (1000, 2000)}, 50)
    assert where(far.axes[0] > 1234, far).startswith("for x ≥ 1240 ")
    tiny = Grid.over({"x": (0, 1e-5)}, 50)
    assert where(tiny.axes[0] > 5e-6, tiny).startswith("for x ≥ 5×10⁻⁶ ")


POLES = [
    (lambda x, y: 1 / (x + 0 * y), True),
    (lambda x, y: 1 / (x**2 + y**2), True),
    (lambda x, y: np.tan(x + y), True),
    (lambda x, y: np.exp(x + y), False),
    (lambda x, y: np.exp(-100 * (x**2 + y**2)), False),
    (lambda x, y: np.sign(x - y), False),
    (lambda x, y: x**6 + y, False),
    (lambda x, y: 3.0 + 0 * x * y, False),
    (lambda x, y: np.nan * x * y, False),
]


@pytest.mark.parametrize(("f", "pole"), POLES)
def test_poles_are_told_from_steep_functions(f, pole):
    grid = Grid.over({"x": (-2, 2), "y": (-2, 2)}, 60)
    with np.errstate(all="ignore"):
        values = f(*grid.full())
        assert has_pole(f, grid, values) == pole
        low, high = shown_range(f, grid, values)
    assert np.isfinite([low, high]).all()
    if pole:
        assert high - low < 0.8 * np.subtract(*value_range(values)[::-1])
    else:
        assert (low, high) == value_range(values)


def test_robust_range():
    values = np.concatenate([np.linspace(0, 1, 101), [1e9, np.inf, np.nan]])
    low, high = robust_range(values)
    assert low == 0
    assert 1 < high < 4
    assert value_range(np.array([np.nan])) == (-1, 1)
    assert robust_range(np.array([2.0, 2.0])) == (2, 2)


def test_a_picture_does_not_join_plus_and_minus_infinity():
    x = np.linspace(-1, 1, 20)
    y = without_jumps(1 / x, (-5.0, 5.0))
    assert np.isnan(y[9:11]).all()
    assert np.isfinite(np.delete(y, [9, 10])).all()
    assert np.nanmax(without_jumps(1 / x**2, (0.0, 5.0))) <= 25
    assert np.isnan(without_jumps(np.array([np.inf, 1.0]), (0.0, 5.0))[0])
    flat = np.ones((3, 4))
    assert np.array_equal(without_jumps(flat, (1.0, 1.0)), flat)


def test_numerals():
    assert [numeral(v) for v in (0.0, -0.0, 1e-20, -12345.6, np.inf, 0.1 + 0.2)] == [
        "0", "0", "1×10⁻²⁰", "−1.235×10⁴", "∞", "0.3",
    ]  # fmt: skip
    assert vector([1, -2.5]) == "(1, −2.5)"
