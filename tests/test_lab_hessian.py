"""The laboratory of the Hessian: the models as Node has them, held against NumPy and calc_core."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np
import pytest

from calc_core import parse
from calc_core.calculus import gradient, hessian
from calc_core.errors import InputError
from calc_core.figures import DARK, LIGHT
from calc_core.geometry import bending, graph_curvature
from calc_core.geometry.curvature import principal_curvatures
from calc_core.labs import LABS, Scene
from calc_core.labs.curvature import NOT_TO_SCALE
from pages.parts.controls import usual_view
from pages.parts.examples import examples_of, experiments_of
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

SEED = 20
LABORATORY = ("bending", "curvature")
WIDE = (-2.0, 2.0)

MODULE = """
import * as quadratic from "./quadratic.js";
import * as curvature from "./curvature.js";
import { drawer } from "./drawing.js";
import given from "./given.js";

const drawn = drawer([[0.3, -0.2], [0, 0], [1e3, -1e3]], { surface: [0.25, 0.5, 0] });

const shape = ({ gradient, hessian, v }) => {
  const { values, directions } = curvature.principalCurvatures(gradient, hessian);
  const angle = curvature.angleFromFirst(gradient, directions, v);
  return {
    ...curvature.graphCurvature(gradient, hessian),
    values,
    directions,
    angle,
    back: curvature.directionAt(directions, angle),
    normal: curvature.normalCurvature(gradient, hessian, v),
    tangent: curvature.lifted(gradient, v),
  };
};

export default {
  drawn: await Promise.all(given.asked.map(drawn)),
  shapes: given.shapes.map(shape),
  tests: given.tests.map(({ gradient, hessian, at }) => {
    const bent = quadratic.bending(hessian, gradient.length);
    return { kind: bent.kind, words: quadratic.secondDerivativeTest(gradient, bent, at) };
  }),
};
"""

# Text, point, and ranges where they are not the usual ones.
ASKED: dict[str, tuple[str, str, dict[str, float], dict[str, Any]]] = {
    "valley": ("bending", "x^3/3 - x + y^2/2", {"x": 1, "y": 0.5}, {}),
    "pass": ("bending", "x^3/3 - x + y^2/2", {"x": -1, "y": 0}, {}),
    "saddle": ("bending", "x^2 - y^2", {"x": 0.25, "y": 0.5}, {}),
    "affine": ("bending", "2x - y + 1", {"x": 0, "y": 0}, {}),
    "constant": ("bending", "3 + 0 x + 0 y", {"x": 0, "y": 0}, {"variables": ["x", "y"]}),
    "monkey": ("bending", "x^3 - 3 x y^2", {"x": 0, "y": 0}, {}),
    "flat": ("bending", "x^4 + y^4", {"x": 0, "y": 0}, {}),
    "trough": ("bending", "(x + y)^2/2", {"x": 0.5, "y": 0.5}, {}),
    "trench": ("bending", "x^2 + y", {"x": 0.5, "y": 0}, {}),
    "egg box": ("bending", "sin(x) cos(y)", {"x": 1.5708, "y": 0}, {}),
    "hole": ("bending", "ln(x^2 + y^2 - 1)", {"x": 0.5, "y": 0}, {}),
    "near a hole": ("bending", "ln(x)", {"x": 0.25}, {}),
    "nowhere": ("bending", "sqrt(-1 - x^2 - y^2)", {"x": 0, "y": 0}, {}),
    "cubic": ("bending", "x^3 - 3x", {"x": 1}, {}),
    "form": ("bending", "2x^2 + 2y^2 + 2z^2 + 2x y + 2y z", {"x": 0, "y": 0, "z": 0}, {}),
    "slice": ("bending", "x^2 y z", {"x": 1, "y": 1, "z": 2}, {}),
    "many": ("bending", "x_1 x_2 x_3 x_4 x_5 x_6", {f"x_{k}": 1 for k in range(1, 7)}, {}),
    "small": ("bending", "x^2 y", {"x": 1, "y": 1}, {"compact": True}),
    "sphere": (
        "curvature", "sqrt(1 - x^2 - y^2)", {"x": 0.3, "y": 0.2},
        {"ranges": {"x": (-0.7, 0.7), "y": (-0.7, 0.7)}},
    ),
    "torus": (
        "curvature", "sqrt(1 - (sqrt(x^2 + y^2) - 2)^2)", {"x": 1.2, "y": -0.9},
        {"ranges": {"x": (-3, 3), "y": (-3, 3)}},
    ),
    "cylinder": ("curvature", "(x + y)^2/2", {"x": 0.5, "y": 0.5}, {}),
    "hyperbolic": ("curvature", "x y", {"x": 0, "y": 0}, {}),
    "plane": ("curvature", "x + 2y", {"x": 0, "y": 0}, {}),
    "steep": ("curvature", "x^4 + y^4", {"x": 1, "y": 1}, {"ranges": {"x": (-5, 5), "y": (-5, 5)}}),
    "kink": ("curvature", "abs(x) + y^2", {"x": 0, "y": 0}, {}),
    "mean": ("curvature", "x^3 - 3 x y^2", {"x": 1, "y": 0.5}, {"state": {"shade": "mean"}}),
    "unknown shade": ("curvature", "x y", {"x": 1, "y": 1}, {"state": {"shade": "__proto__"}}),
    "section": ("curvature", "x y z", {"x": 1, "y": 1, "z": 2}, {}),
    "parabola": ("curvature", "x^2", {"x": 1}, {}),
    "inflection": ("curvature", "x^3", {"x": 0}, {}),
    "cut": ("curvature", "ln(x)", {"x": -1}, {}),
}  # fmt: skip


def scene_of(lab: str, text: str, point: dict[str, float], more: dict[str, Any]) -> Scene:
    f = parse(text, more.get("variables"))
    view = usual_view(f, point, more.get("ranges", {}))
    options = {"compact": True} if more.get("compact") else {}
    return LABS[lab](f, view, more.get("style", LIGHT), **options)


def asking(lab: str, text: str, point: dict[str, float], more: dict[str, Any]) -> dict[str, Any]:
    scene = scene_of(lab, text, point, more)
    at = [float(point[name]) for name in scene.problem["names"]]
    state = {**scene.state, "at": at, **more.get("state", {})}
    problem = dict(scene.problem)
    return {"model": scene.model, "program": scene.program, "problem": problem, "state": state}


@cache
def shapes() -> list[dict[str, np.ndarray]]:
    draw = np.random.default_rng(SEED)
    found = []
    for size in (0.0, 1e-9, 0.3, 1.0, 30.0):
        for _ in range(20):
            H = draw.normal(size=(2, 2))
            found.append((size * draw.normal(size=2), H + H.T, draw.normal(size=2)))
    found += [(np.zeros(2), np.eye(2), np.ones(2)), (np.ones(2), np.zeros((2, 2)), np.ones(2))]
    return [dict(zip(("gradient", "hessian", "v"), row, strict=True)) for row in found]


TESTS = [
    ([0, 0], np.diag([2, 1]), [0, 0], "bowl up", "a local minimum"),
    ([0, 0], np.diag([-2, -1]), [0, 0], "bowl down", "a local maximum"),
    ([0, 0], np.diag([2, -1]), [0, 0], "saddle", "a saddle point"),
    ([0, 0], np.diag([2, 0]), [0, 0], "trough", "undecided"),
    ([0, 0], np.diag([0, -2]), [0, 0], "ridge", "undecided"),
    ([0, 0], np.zeros((2, 2)), [0, 0], "flat", "undecided"),
    ([0, 0, 0], np.diag([1, 0, -1]), [0, 0, 0], "saddle", "a saddle point"),
    ([1e-3, 0], np.diag([2, 1]), [0, 0], "bowl up", "not critical"),
    ([3.67e-6, 0], np.diag([-1, -1]), [1.5708, 0], "bowl down", "to the digits that the point has"),
    ([1e-6], np.zeros((1, 1)), [5.0], "flat", "not critical"),
]


@cache
def found() -> dict[str, Any]:
    asked = {
        "asked": [asking(*row) for row in ASKED.values()],
        "shapes": [{key: part.ravel().tolist() for key, part in row.items()} for row in shapes()],
        "tests": [
            {"gradient": list(g), "hessian": np.ravel(H).tolist(), "at": at}
            for g, H, at, _, _ in TESTS
        ],
    }
    return in_node(MODULE, asked)


def drawn(name: str) -> dict[str, Any]:
    return found()["drawn"][list(ASKED).index(name)]


def traces(name: str, figure: str) -> dict[str, Any]:
    return drawn(name)["traces"][figure]


def handle(name: str, which: str) -> dict[str, Any]:
    return next(one for one in drawn(name)["handles"] if one["id"] == which)


def read(name: str, label: str) -> str:
    """A read-out as text."""
    math = next(row["math"] for row in drawn(name)["readings"] if row["label"].startswith(label))
    return re.sub(r"<[^>]*>", "", math).replace("\u00a0", " ")


# ── the second order ──────────────────────────────────────────────────────────────────────────────


def test_what_the_second_derivatives_say_of_a_point():
    for (_, H, _, kind, words), answer in zip(TESTS, found()["tests"], strict=True):
        assert answer["kind"] == kind == bending(H).kind
        assert words in answer["words"]


def test_the_quadratic_is_the_taylor_polynomial():
    for name in ("valley", "pass", "monkey", "slice"):
        _, text, point, more = ASKED[name]
        f = parse(text, more.get("variables"))
        g = np.ravel(gradient(f).evaluate(point))[:2].astype(float)
        H = np.asarray(hessian(f).evaluate(point), dtype=float)[:2, :2]
        at = np.array([point["x"], point["y"]])
        for figure in ("surface", "levels"):
            patch = traces(name, figure)["quadratic"]
            across, up = np.meshgrid(patch["x"], patch["y"])
            step = np.stack([across - at[0], up - at[1]])
            value = traces(name, "surface")["point"]["z"][0]
            square = np.einsum("i...,ij,j...->...", step, H, step) / 2
            expected = value + np.tensordot(g, step, 1) + square
            np.testing.assert_allclose(patch["z"], expected, atol=1e-12)


def test_principal_directions_are_eigenvectors():
    first, second = (traces("trough", "levels")[name] for name in ("first", "second"))
    for line, sign in ((first, 1), (second, -1)):
        np.testing.assert_allclose(np.subtract(line["y"], 0.5), sign * np.subtract(line["x"], 0.5))
    assert "second derivative 2" in first["hovertemplate"]
    assert "does not bend" in second["hovertemplate"]


def test_errors_are_of_the_third_and_second_order():
    # f = x³/3 − x + y²/2: the third derivative is 2, so that the error is r³/3.
    error = traces("valley", "error")
    r = np.array(error["quadratic"]["x"])
    np.testing.assert_allclose(error["quadratic"]["y"], r**3 / 3, rtol=1e-6)
    np.testing.assert_allclose(error["plane"]["y"], r**2 + r**3 / 3, rtol=1e-6)
    # What the guide would lie upon is not said to be dashed.
    assert error["cube"]["x"] == []
    assert error["names"]["text"] == ["tangent plane (dashed: r²)", "quadratic"]
    np.testing.assert_allclose(error["square"]["y"][0], error["plane"]["y"][0], rtol=1e-6)
    assert handle("valley", "radius")["at"] == pytest.approx([0.5, 0.125 / 3])
    # The plane's and the quadratic's, when r is halved.
    assert read("valley", "halving r") == "4.31 and 8"


@pytest.mark.parametrize("lab", ["bending", "curvature"])
@pytest.mark.parametrize(("text", "point"), [("x^2 - y^2", {"x": 7, "y": 0.5}), ("x^2", {"x": 7})])
def test_a_point_out_of_the_ranges_is_said_to_be_there(lab, text, point):
    here = in_node(MODULE, {"asked": [asking(lab, text, point, {})], "shapes": [], "tests": []})
    [one] = here["drawn"]
    assert "lies outside of the ranges of the figure, x from −2 to 2" in one["note"]
    assert not {"surface", "levels", "curve", "map", "along"} & set(one["words"])


def test_where_there_is_no_value_no_number_is_written():
    for name in ("hole", "nowhere", "cut", "kink"):
        assert "undefined" not in str(drawn(name)["readings"]), name


def test_of_one_variable_no_direction_is_to_be_turned():
    assert any("no direction v to turn" in note for note in scene_of(*ASKED["parabola"]).notes)
    assert not any("no direction" in note for note in scene_of(*ASKED["plane"]).notes)


def test_with_the_first_example_every_experiment_shows_something():
    """All four kinds of points but the undecided; mixed partials that vary; a minimum nearby."""
    f = parse(examples_of("hessian")[0].text)
    assert f.text == parse(examples_of("gradient")[0].text).text
    made = LABS["critical"](f, usual_view(f, {}, {}), LIGHT)
    kinds = [(spot["at"], spot["kind"]) for spot in made.problem["spots"]]
    assert kinds == [
        ([-1, 0], "maximum"), ([0, -1], "saddle"), ([0, 1], "saddle"), ([1, 0], "minimum"),
    ]  # fmt: skip
    mixed = [hessian(f).evaluate({"x": 1, "y": y})[0][1] for y in (-1, 0.5)]
    assert mixed == [-2, 1]


def test_what_is_quadratic_has_no_error_and_it_is_said():
    assert set(traces("saddle", "error")["quadratic"]["y"]) == {None}
    assert handle("saddle", "radius")["at"] == pytest.approx([0.5, 0.25]), "on the plane's errors"
    assert "quadratic itself" in drawn("saddle")["words"]["error"]
    assert "affine" in drawn("affine")["words"]["error"]
    for name in ("affine", "constant"):
        assert [one["id"] for one in drawn(name)["handles"]] == ["at", "rim"]


def test_the_level_curves_of_the_quadratic_are_named():
    said = {
        name: drawn(name)["words"]["levels"] for name in ("valley", "saddle", "trough", "trench")
    }
    assert "ellipses about (1, 0)" in said["valley"]
    assert "hyperbolas about (0, 0)" in said["saddle"]
    assert "parallel lines" in said["trough"]
    assert "parabolas" in said["trench"]
    assert "constant" in drawn("monkey")["words"]["levels"]
    assert traces("valley", "levels")["centre"]["x"] == [1]
    assert traces("trough", "levels")["centre"]["x"] == []


def test_the_kind_of_point_is_among_the_readings():
    expected = {
        "valley": "not critical", "pass": "a saddle point", "monkey": "undecided",
        "flat": "undecided", "egg box": "a local maximum, to the digits", "form": "a local minimum",
        "cubic": "a local minimum",
    }  # fmt: skip
    for name, words in expected.items():
        assert words in read(name, "the point is"), name


def test_the_readings_have_all_variables_and_the_figure_its_slice():
    assert read("form", "eigenvalue and eigenvector 1").startswith("λ1=6.828")
    assert "are 6 along" in drawn("form")["words"]["surface"], "of the 2×2 matrix"
    # x² y z at (1, 1, 2): the 2×2 Hessian of the slice is [[4, 4], [4, 0]].
    _, high = np.linalg.eigvalsh([[4, 4], [4, 0]])
    assert f"{high:.4g} along" in drawn("slice")["words"]["surface"]
    assert read("many", "eigenvalues").startswith("(5,")


def test_one_variable_has_a_parabola():
    parabola = traces("cubic", "curve")["parabola"]
    x = np.array(parabola["x"])
    np.testing.assert_allclose(parabola["y"], -2 + 3 * (x - 1) ** 2)
    gap = traces("cubic", "curve")["gap"]
    assert gap["x"] == [0.5, 0.5, None, 1.5, 1.5, None]
    assert handle("cubic", "at")["to"][0]["at"] == [0.3]


def test_the_circle_is_dragged_by_its_rim_and_on_the_errors():
    for which in ("rim", "radius"):
        state = [one["radius"] for one in handle("valley", which)["to"]]
        least, most = scene_of(*ASKED["valley"]).problem["radii"]
        assert all(least <= radius <= most for radius in state)
    assert handle("valley", "rim")["to"][1]["radius"] == pytest.approx(np.hypot(1, 0.5))
    x, y = handle("valley", "rim")["at"]
    assert np.hypot(x - 1, y - 0.5) == pytest.approx(0.5)


def test_the_small_stage_has_the_graph_alone():
    scene = scene_of(*ASKED["small"])
    assert list(scene.figures) == ["surface"]
    assert not scene.controls
    assert not scene.state
    assert list(drawn("small")["traces"]) == ["surface", "levels"]
    assert drawn("small")["picked"]["surface"]["at"] == [0.25, 0.5]
    assert not [row for row in drawn("small")["readings"] if "error" in row["label"]]


# ── curvature ─────────────────────────────────────────────────────────────────────────────────────


def test_curvatures_are_those_of_python():
    for row, answer in zip(shapes(), found()["shapes"], strict=True):
        g, H, _ = row.values()
        gaussian, mean = graph_curvature(g, H)
        values, _ = principal_curvatures(g, H)
        size = np.abs(values).max() or 1
        np.testing.assert_allclose(answer["values"], values, atol=1e-8 * size)
        np.testing.assert_allclose(answer["gaussian"], gaussian, atol=1e-12 * size**2)
        np.testing.assert_allclose(answer["mean"], mean, atol=1e-12 * size)
        assert gaussian == pytest.approx(values.prod(), abs=1e-8 * size**2)
        assert mean == pytest.approx(values.mean(), abs=1e-9 * size)


def test_principal_directions_are_perpendicular_in_the_tangent_plane():
    for row, answer in zip(shapes(), found()["shapes"], strict=True):
        g, H, _ = row.values()
        first_form = np.eye(2) + np.outer(g, g)
        V = np.array(answer["directions"])
        np.testing.assert_allclose(V @ first_form @ V.T, np.eye(2), atol=1e-9)
        second_form = H / np.sqrt(1 + g @ g)
        size = np.abs(answer["values"]).max() or 1
        turned = V @ second_form @ V.T
        np.testing.assert_allclose(turned, np.diag(answer["values"]), atol=1e-8 * size)
        assert np.linalg.det(V) > 0, "the second is counter-clockwise of the first"


def test_eulers_formula():
    for row, answer in zip(shapes(), found()["shapes"], strict=True):
        g, _, v = row.values()
        (first, second), angle = answer["values"], answer["angle"]
        euler = first * np.cos(angle) ** 2 + second * np.sin(angle) ** 2
        assert answer["normal"] == pytest.approx(
            euler, abs=1e-8 * max(abs(first), abs(second), 1e-9)
        )
        assert -np.pi / 2 < angle <= np.pi / 2
        back = np.array(answer["back"])
        assert abs(back[0] * v[1] - back[1] * v[0]) <= 1e-7 * np.linalg.norm(v) * np.linalg.norm(
            back
        )
        np.testing.assert_allclose(np.linalg.norm(answer["tangent"]), 1)
        assert answer["tangent"][2] == pytest.approx(g @ v / np.linalg.norm([*v, g @ v]))


def test_a_sphere_has_curvature_1_in_all_directions():
    shade = np.array(traces("sphere", "map")["shade"]["z"], dtype=float)
    np.testing.assert_allclose(shade, 1, rtol=1e-9)
    assert "umbilic" in read("sphere", "so the point is")
    assert traces("sphere", "map")["first"]["x"] == [], "every direction is principal"
    # The normal section is a great circle, and so the osculating circle itself.
    section = traces("sphere", "section")["section"]
    a, b = np.array(section["x"]), np.array(section["y"])
    assert len(a) > 40
    np.testing.assert_allclose(a**2 + (b + 1) ** 2, 1, atol=1e-9)
    circle = traces("sphere", "section")["circle"]
    np.testing.assert_allclose(np.hypot(circle["x"], np.add(circle["y"], 1)), 1)


def test_the_section_lies_on_the_graph_and_bends_as_said():
    a, b = (np.array(traces("torus", "section")["section"][k]) for k in "xy")
    middle = int(np.flatnonzero((a == 0) & (b == 0))[0])
    near = slice(middle - 2, middle + 3)
    bend = 2 * np.polyfit(a[near], b[near], 2)[0]
    kappa = handle("torus", "angle")["at"][1]
    assert bend == pytest.approx(kappa, abs=0.02)
    # It turns back on itself, which a graph over the tangent could not.
    assert (np.diff(a[middle:]) < 0).any()


def test_inside_and_outside_of_a_torus():
    shade = traces("torus", "map")["shade"]
    x = np.linspace(-3, 3, 60)
    r = np.hypot(*np.meshgrid(x, x))
    K = np.array(shade["z"], dtype=float)
    # cos θ / (2 + cos θ) with r = 2 + cos θ.
    known = np.isfinite(K)
    np.testing.assert_allclose(K[known], ((r - 2) / r)[known], rtol=1e-6, atol=1e-9)
    assert np.array_equal(known, (r > 1) & (r < 3))
    zero = np.array(traces("torus", "map")["zero"]["x"], dtype=float)
    assert np.nanmax(np.abs(zero)) == pytest.approx(2, abs=0.02)
    assert shade["zmin"] == -shade["zmax"]


def test_a_cylinder_is_parabolic_everywhere():
    assert set(np.ravel(traces("cylinder", "map")["shade"]["z"])) == {0}
    assert "parabolic" in read("cylinder", "so the point is")
    assert traces("cylinder", "map")["zero"]["x"] == []
    assert "grey line" not in drawn("cylinder")["words"]["map"]
    assert "planar" in read("plane", "so the point is")
    assert "straight line" in drawn("plane")["words"]["section"]


def test_the_choice_of_colours():
    assert traces("mean", "map")["shade"]["colorbar.tickprefix"] == "M = "
    scene = scene_of(*ASKED["mean"])
    assert traces("mean", "surface")["surface"]["cmax"] == scene.problem["sizes"]["mean"]
    assert traces("unknown shade", "map")["shade"]["colorbar.tickprefix"] == "K = "


def test_the_direction_is_turned():
    assert handle("hyperbolic", "dial")["to"][0]["turn"] == pytest.approx(326.31, abs=0.01)
    assert handle("hyperbolic", "dial")["to"][1]["turn"] == 30, "at the point itself there is none"
    # κ₁ lies along (1, 1), and 0.3° of the axis is 0.3° further.
    assert handle("hyperbolic", "angle")["to"][0]["turn"] == pytest.approx(45.3)
    assert [state["turn"] for state in drawn("hyperbolic")["played"]] == [30, 120, 210]
    assert "eigenvectors of H" in drawn("hyperbolic")["words"]["map"]


def test_second_derivative_and_normal_curvature_are_told_apart():
    second = float(read("torus", "second derivative").split("=")[1])
    ratio = float(read("torus", "their ratio").split("=")[1])
    kappa = handle("torus", "angle")["at"][1]
    assert second / ratio == pytest.approx(kappa, rel=1e-3)


def test_circles_on_curves():
    assert read("parabola", "radius").startswith("5.59")
    assert "does not bend" in drawn("inflection")["words"]["curve"]
    assert traces("inflection", "curve")["centre"] == {"x": [], "y": []}
    assert drawn("cut")["offer"]["label"].startswith("Go to x = 0.")


# ── what all models keep to ───────────────────────────────────────────────────────────────────────


def finite(values: Any) -> bool:
    return all(np.isfinite(value) for value in np.ravel(values) if value is not None)


@pytest.mark.parametrize("name", ASKED)
def test_traces_are_whole(name):
    scene = scene_of(*ASKED[name])
    answer = drawn(name)
    for figure, moved in answer["traces"].items():
        if figure not in scene.figures:
            assert ASKED[name][3].get("compact")
            continue
        known = {trace.name for trace in scene.figures[figure].data}
        assert set(moved) <= known, figure
        for trace in moved.values():
            assert len(trace.get("x", [])) == len(trace.get("y", [])) or "z" in trace
            if "z" in trace and np.ndim(trace["z"]) == 1:
                assert len(trace["x"]) == len(trace["y"]) == len(trace["z"])
    if "note" not in answer:
        assert set(scene.figures) <= set(answer["words"])
        assert all(answer["words"].values())
        assert all(finite(one["at"]) for one in answer["handles"])


@pytest.mark.parametrize("name", ["hole", "nowhere", "kink", "cut"])
def test_where_nothing_is_defined_it_is_said(name):
    answer = drawn(name)
    assert "no value" in answer["note"]
    assert ("offer" in answer) == (name != "nowhere")
    assert answer["words"] == {}


def test_a_circle_that_leaves_the_domain():
    assert "no value somewhere" in drawn("near a hole")["words"]["error"]
    errors = traces("near a hole", "error")["quadratic"]
    known = [r for r, size in zip(errors["x"], errors["y"], strict=True) if size is not None]
    assert max(known) < 0.25


# ── builders ──────────────────────────────────────────────────────────────────────────────────────


def test_the_gallery():
    examples = examples_of("hessian")
    assert len(examples) >= 12
    assert {"bending", "curvature"} <= {one.name for one in experiments_of("hessian")}
    for example in examples:
        f = parse(example.text)
        view = usual_view(f, example.point, example.ranges)
        for lab in LABORATORY:
            for style in (LIGHT, DARK):
                scene = LABS[lab](f, view, style)
                data = scene.to_data("7")
                assert len(str(data)) < 250_000
                assert data["figures"]


ODD = [
    "x", "3", "abs(x)", "abs(x) y", "g(x, y)", "floor(x)", "1/x", "1/(x y)", "ln(-1 - x^2)",
    "a x^2 + y^2", "x^y", "sqrt(x)", "x_1 + x_2 x_3 x_4 x_5 x_6 x_7 x_8", "exp(exp(x + y))",
    "(x, y)", "tan(x) + y", "min(x, y)", "x^2/2 + 10^9 y^2", "int_0^x exp(-t^2) dt",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("lab", LABORATORY)
def test_odd_functions_have_a_scene_or_a_sentence(lab, text):
    f = parse(text)
    with suppress(InputError):
        assert LABS[lab](f, usual_view(f, {}, {}), LIGHT).to_data("7")["figures"]


def test_equal_scales_where_they_can_be():
    sphere = scene_of(*ASKED["sphere"])
    box = sphere.figures["surface"].layout.scene
    low, high = box.zaxis.range
    assert box.aspectratio.z / box.aspectratio.x == pytest.approx((high - low) / 1.4)
    assert NOT_TO_SCALE not in sphere.notes
    assert NOT_TO_SCALE in scene_of(*ASKED["steep"]).notes
    assert scene_of(*ASKED["parabola"]).figures["curve"].layout.yaxis.scaleanchor == "x"
