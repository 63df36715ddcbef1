"""Level surfaces, and volumes and areas under maps: as Node draws them, held against calculus."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import pytest

from calc_core import jacobian, parse
from calc_core.errors import InputError
from calc_core.figures import DARK, LIGHT
from calc_core.geometry import View
from calc_core.geometry.level_surface import sample_levels
from calc_core.geometry.whole_size import whole_size
from calc_core.labs import LABS, Scene
from pages.parts.controls import usual_view
from pages.parts.examples import examples_of
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

TURN = 2 * np.pi
SPHERICAL = "(r sin φ cos θ, r sin φ sin θ, r cos φ)"
TORUS = "((2 + cos v) cos u, (2 + cos v) sin u, sin v)"
SHELL = {"r": (0.5, 2), "theta": (0, 5), "phi": (0.2, 2.9)}
ROUND = {"u": (0, TURN), "v": (0, TURN)}
GYROID = "sin(x) cos(y) + sin(y) cos(z) + sin(z) cos(x)"
AT = {"x": 1.0, "y": 0.5, "z": -0.5}

# Name: lab, text, point, ranges, and what of the state is another than at first.
ASKED: dict[str, tuple[str, str, dict[str, float], dict[str, Any], dict[str, Any]]] = {
    "hyperboloid": ("space", "x^2 + y^2 - z^2", AT, {}, {}),
    "two sheets": ("space", "x^2 + y^2 - z^2", AT, {}, {"iso": -1.0, "loose": True}),
    "tip": ("space", "x^2 + y^2 - z^2", {"x": 0, "y": 0, "z": 0}, {}, {"cones": "space"}),
    "sphere": ("space", "x^2 + y^2 + z^2", {"x": 1, "y": 0, "z": 0}, {}, {"cones": "none"}),
    "middle": ("space", "x^2 + y^2 + z^2", {"x": 0, "y": 0, "z": 0}, {}, {}),
    "plane": ("space", "2x - y + 3z", {"x": 0, "y": 0, "z": 0}, {}, {}),
    "pole": ("space", "1/(x + y + z)", {"x": 1, "y": 1, "z": 0}, {}, {}),
    "jump": ("space", "sign(x) + 0 y z", {"x": 1, "y": 1, "z": 0}, {}, {"iso": 0.5, "loose": True}),
    "undefined": ("space", "ln(x + y + z)", {"x": -1, "y": 0, "z": 0}, {}, {}),
    "nowhere": ("space", "ln(-1 - x^2 - y^2 - z^2)", AT, {}, {}),
    "constant": ("space", "3 + 0 x y z", AT, {}, {}),
    "strips": ("space", "x + y^2 + z^2", AT, {"x": (0, 100)}, {}),
    "gyroid": ("space", GYROID, AT, dict.fromkeys("xyz", (-4, 4)), {}),
    "shell": ("solid", SPHERICAL, {"r": 1.5, "theta": 0.8, "phi": 1.2}, SHELL, {"edge": 0.3}),
    "tiny": ("solid", SPHERICAL, {"r": 1.5, "theta": 0.8, "phi": 1.2}, SHELL, {"edge": 0.01}),
    "balls": ("solid", "(r sin(phi) cos(theta), r sin(phi) sin(theta), r cos(phi))", {}, {}, {}),
    "beyond": ("solid", SPHERICAL, {"r": 2, "theta": 0.8, "phi": 1.2}, SHELL, {"edge": 0.5}),
    "peak": ("solid", "(u, v, exp(-9u^2 - 9v^2))", {"u": 0.1, "v": 0}, {}, {}),
    "poles": ("solid", "(1/(x - 0.011), y, z)", {"x": 1, "y": 0, "z": 0}, {}, {"edge": 0.01}),
    "linear": ("solid", "(2x + y, y - z, x + 3z)", AT, {}, {"edge": 0.5, "lens": True}),
    "flat": ("solid", "(x, y, x + y + 0 z)", AT, {}, {}),
    "cubes": ("solid", "(x^3, y^3, z^3)", {"x": 0, "y": 0, "z": 0}, {}, {"lens": True}),
    "edge of it": ("solid", "(ln x, y, z)", {"x": 0.1, "y": 0, "z": 0}, {}, {}),
    "outside": ("solid", "(ln x, y, z)", {"x": -1, "y": 0, "z": 0}, {}, {}),
    "torus": ("solid", TORUS, {"u": 1, "v": 0.8}, ROUND, {"sides": [1, 0.5]}),
    "glass": ("solid", TORUS, {"u": 1, "v": 0.8}, ROUND, {"lens": True, "edge": 0.01}),
    "line": ("solid", "(u + v, u + v, 2u + 2v)", {"u": 1, "v": 0}, {}, {"lens": True}),
    "dot": ("solid", "(1 + 0 u, 2 + 0 v, 3)", {"u": 1, "v": 0}, {}, {"lens": True}),
    "far": ("solid", TORUS, {"u": 1, "v": 0.8}, ROUND, {"sides": [1e9, -3]}),
    "thin": ("solid", TORUS, {"u": 1, "v": 0.8}, ROUND, {"sides": [1, 1e-9]}),
    "cliff": ("solid", "(u, v, sqrt(v))", {"u": 1, "v": 0.2}, {}, {"edge": 0.2}),
}

MODULE = """
import given from "./given.js";
import { drawer } from "./drawing.js";
import { isosurface, valuesOn } from "./isosurface.js";
import { area, gridTriangles, merged, meshOf, signedVolume } from "./meshes.js";
import { linspace } from "./shapes.js";

const drawn = drawer([[0.3, 0.2], [0, 0], [1e3, -1e3]], { space: [1.02, 0.51, -0.5] });

const fields = {
  sphere: ([x, y, z]) => ({ f: x * x + y * y + z * z, gradient: [2 * x, 2 * y, 2 * z] }),
  torus: ([x, y, z]) => {
    const far = Math.hypot(x, y);
    const f = Math.hypot(far - 1.2, z);
    const part = (far - 1.2) / far / f;
    return { f, gradient: [part * x, part * y, z / f] };
  },
  saddles: ([x, y, z]) => {
    const f = Math.sin(9 * x) * Math.sin(9 * y) * Math.sin(9 * z);
    return { f, gradient: [0, 0, 0] };
  },
};
function surface([name, level, count]) {
  const axes = [1.9, 2, 2.1].map((end) => linspace(-end, end, count));
  const f = fields[name];
  const { x, y, z, i, j, k } = isosurface(axes, valuesOn(axes, (at) => f(at).f), level, f);
  const points = Array.from(x, (_, n) => [x[n], y[n], z[n]]);
  const corners = Array.from(i, (_, n) => [i[n], j[n], k[n]]);
  return { points, corners, area: area(points, corners), volume: signedVolume(points, corners) };
}

const square = meshOf([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], gridTriangles(2, 2));
export default {
  drawn: await Promise.all(given.asked.map(drawn)),
  surfaces: given.surfaces.map(surface),
  square,
  twice: merged([square, square]),
};
"""

SURFACES = (("sphere", 1.5, 24), ("torus", 0.5, 28), ("saddles", 0.0, 9))


def view_of(text: str, point: dict[str, float], ranges: dict[str, Any]) -> View:
    return usual_view(parse(text), point, ranges)


@cache
def scene_of(name: str) -> Scene:
    lab, text, point, ranges, _ = ASKED[name]
    return LABS[lab](parse(text), view_of(text, point, ranges), LIGHT)


def _question(name: str) -> dict[str, Any]:
    scene, (_, text, point, ranges, state) = scene_of(name), ASKED[name]
    at = view_of(text, point, ranges).at.tolist()
    return {
        "model": scene.model,
        "program": scene.program,
        "problem": scene.problem,
        "state": {**scene.state, "at": at, **state},
    }


@cache
def answers() -> dict[str, Any]:
    asked = [_question(name) for name in ASKED]
    return in_node(MODULE, {"asked": asked, "surfaces": SURFACES})


@cache
def drawn(name: str) -> Any:
    return answers()["drawn"][list(ASKED).index(name)]


def numbers(name: str) -> dict[str, str]:
    """The readings as plain text."""
    rows = {}
    for row in drawn(name)["readings"]:
        text = row["math"]
        while "<" in text:
            text = text[: text.index("<")] + text[text.index(">") + 1 :]
        rows[row["label"]] = text.replace("−", "-")
    return rows


def mesh(name: str, figure: str, trace: str) -> tuple[np.ndarray, np.ndarray]:
    found = drawn(name)["traces"][figure][trace]
    points = np.array([found[axis] for axis in "xyz"], dtype=float).T
    corners = np.array([found[axis] for axis in "ijk"], dtype=int).T
    return points.reshape(-1, 3), corners.reshape(-1, 3)


# ── meshes ────────────────────────────────────────────────────────────────────────────────────────


def edges_of(surface: dict[str, Any]) -> list[tuple[int, int]]:
    """The edges of all triangles, in the way that these are gone round."""
    corners = np.array(surface["corners"], dtype=int)
    return [(int(t[k]), int(t[k - 2])) for t in corners for k in range(3)]


def euler(surface: dict[str, Any]) -> int:
    """V − E + F of a closed mesh each of whose edges belongs to two triangles, one each way."""
    ways = edges_of(surface)
    assert len(set(ways)) == len(ways)
    assert {(b, a) for a, b in ways} == set(ways)
    return len(surface["points"]) - len(ways) // 2 + len(surface["corners"])


def test_a_level_surface_is_closed_oriented_and_of_the_right_size() -> None:
    sphere, torus, _ = answers()["surfaces"]
    assert euler(sphere) == 2
    assert euler(torus) == 0
    assert sphere["area"] == pytest.approx(4 * np.pi * 1.5, rel=0.02)
    assert sphere["volume"] == pytest.approx(4 / 3 * np.pi * 1.5**1.5, rel=0.02)
    assert torus["volume"] == pytest.approx(2 * np.pi**2 * 1.2 * 0.5**2, rel=0.03)
    assert np.linalg.norm(sphere["points"], axis=1) == pytest.approx(np.sqrt(1.5), abs=1e-3)


def test_cubes_that_share_an_ambiguous_face_have_no_hole_between_them() -> None:
    ends = np.array([1.9, 2, 2.1])
    surface = answers()["surfaces"][2]
    points = np.array(surface["points"])
    border = np.isclose(np.abs(points), ends, atol=1e-6).any(axis=1)
    ways = set(edges_of(surface))
    assert len(points) > 300
    assert all(border[a] and border[b] for a, b in ways if (b, a) not in ways)


def test_meshes_are_put_together() -> None:
    square, twice = answers()["square"], answers()["twice"]
    assert [square[c] for c in "ijk"] == [[0, 0], [1, 3], [3, 2]]
    assert twice["x"] == square["x"] * 2
    assert twice["k"] == [3, 2, 7, 6]


# ── level surfaces ────────────────────────────────────────────────────────────────────────────────


def test_the_surface_goes_through_the_point_and_its_plane_touches_it() -> None:
    points, corners = mesh("hyperboloid", "space", "surface")
    x, y, z = points.T
    assert x**2 + y**2 - z**2 == pytest.approx(np.ones(len(points)), abs=5e-3)
    assert corners.max() < len(points)
    at, slope = np.array([1, 0.5, -0.5]), np.array([2, 1, 1])
    rim, _ = mesh("hyperboloid", "space", "plane")
    assert (rim - at) @ slope == pytest.approx(np.zeros(4), abs=1e-12)
    shaft = drawn("hyperboloid")["traces"]["space"]["shaft"]
    along = np.array([np.diff(shaft[axis])[0] for axis in "xyz"])
    assert np.cross(along, slope) == pytest.approx(np.zeros(3), abs=1e-12)
    assert along @ slope > 0


def test_the_cones_stand_across_the_surface() -> None:
    traces = drawn("hyperboloid")["traces"]["space"]
    points, _ = mesh("hyperboloid", "space", "cones")
    # The tip of a cone comes first, then the middle of its foot, then ten points of the rim.
    cones = points.reshape(-1, 12, 3)
    assert 20 < len(cones) < 200
    foot, along = cones[:, 1], cones[:, 0] - cones[:, 1]
    slope = foot * [2, 2, -2]
    assert np.linalg.norm(np.cross(along, slope), axis=1) == pytest.approx(0, abs=1e-6)
    assert (along * slope).sum(axis=1).min() > 0
    assert len(traces["cones"]["text"]) == len(points)


def test_readings_and_words_of_a_level_surface() -> None:
    rows = numbers("hyperboloid")
    assert rows["value"] == "f(1,0.5,-0.5)=1"
    assert rows["its length"] == "|∇f|=2.449"
    assert rows["tangent plane of the level surface"] == "2x+y+z=2"
    assert numbers("plane")["tangent plane of the level surface"] == "2x-y+3z=0"
    assert "right angle" in drawn("hyperboloid")["words"]["space"]
    assert "z = −0.5" in drawn("hyperboloid")["words"]["section"]
    assert "different scales" in drawn("strips")["words"]["space"]
    assert drawn("strips")["traces"]["space"]["corner"]["x"] == []


def test_a_level_can_be_held_while_the_point_moves() -> None:
    points, _ = mesh("two sheets", "space", "surface")
    assert np.abs(points[:, 2]).min() > 0.99
    found = drawn("two sheets")
    assert found["shows"] == {"iso": -1.0}
    assert found["traces"]["space"]["plane"]["i"] == []
    assert "f = −1" in found["words"]["space"]
    x, y, z = found["picked"]["space"]["at"]
    assert [x, y, z] == [1.02, 0.51, -0.5]  # far from that level: taken as it is
    assert found["picked"]["space"]["loose"] is False
    x, y, z = drawn("hyperboloid")["picked"]["space"]["at"]
    assert x**2 + y**2 - z**2 == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize(("name", "says"), [("tip", "tip or cross"), ("middle", "single point")])
def test_without_a_gradient_there_is_no_plane(name, says) -> None:
    found = drawn(name)
    assert says in found["words"]["space"]
    assert found["traces"]["space"]["plane"]["i"] == []
    assert found["traces"]["space"]["shaft"]["x"] == []
    assert "tangent plane of the level surface" not in numbers(name)


def test_a_pole_or_a_jump_is_no_level_surface() -> None:
    points, _ = mesh("pole", "space", "surface")
    assert points.sum(axis=1) == pytest.approx(2 * np.ones(len(points)), abs=1e-3)
    curve = drawn("pole")["traces"]["section"]["level"]
    found = np.array([[x, y] for x, y in zip(curve["x"], curve["y"], strict=True) if x is not None])
    assert found.sum(axis=1) == pytest.approx(2 * np.ones(len(found)), abs=0.02)
    assert mesh("jump", "space", "surface")[1].size == 0


@pytest.mark.parametrize("name", ["undefined", "nowhere"])
def test_an_undefined_point_is_said(name) -> None:
    found = drawn(name)
    assert "has no value" in found["note"]
    assert mesh(name, "space", "surface")[1].size == 0
    assert ("offer" in found) == (name == "undefined")


# ── volumes and areas ─────────────────────────────────────────────────────────────────────────────


def ratio(name: str) -> float:
    return float(numbers(name)["ratio of the two"])


def test_the_volume_of_an_image() -> None:
    # ∫ r² dr ∫ sin φ dφ over the sides of the box, with the sign of the orientation.
    r, phi = np.array([1.275, 1.725]), np.array([0.795, 1.605])
    exact = -(np.diff(r**3)[0] / 3) * -np.diff(np.cos(phi))[0] / np.diff(r)[0] / np.diff(phi)[0]
    # Five digits are shown, and all of them are right.
    assert ratio("shell") == float(f"{exact:.5g}")
    assert float(numbers("shell")["factor by J"][5:]) == pytest.approx(-2.0971, abs=1e-4)
    assert ratio("tiny") == pytest.approx(-(1.5**2) * np.sin(1.2), rel=1e-4)
    assert "left and right exchanged" in drawn("shell")["words"]["solid"]


def test_the_area_of_an_image() -> None:
    for name, side in (("torus", TURN * 0.125), ("glass", TURN * 0.01)):
        # ∫ (2 + cos v) dv over the side, by its length.
        exact = 2 + np.cos(0.8) * np.sin(side / 2) / (side / 2)
        assert ratio(name) == float(f"{exact:.5g}")


def test_the_figure_holds_the_whole_image_and_all_of_the_piece() -> None:
    for name in ("shell", "balls", "beyond", "peak"):
        found = drawn(name)
        figure = "solid" if "solid" in found["layouts"] else "sheet"
        layout, traces = found["layouts"][figure], found["traces"][figure]
        _, text, _, _, _ = ASKED[name]
        view = view_of(text, *ASKED[name][2:4])
        box = View(view.names, view.point, view.ranges, {}, view.names)
        image = box.over(box.function(parse(text).node, (3,)), box.grid(9)).reshape(3, -1)
        for axis, row in zip("xyz", image, strict=True):
            low, high = layout[f"scene.{axis}axis.range"]
            edges = [x for key in traces if key.startswith("edge") for x in traces[key][axis]]
            piece = [*traces["image"][axis], *(x for x in edges if np.isfinite(x))]
            assert low < min(row.min(), *piece), (name, axis)
            assert high > max(row.max(), *piece), (name, axis)
            # And is no larger than need be.
            extent = max(row.max(), *piece) - min(row.min(), *piece)
            assert high - low < 1.3 * extent, (name, axis)


def test_what_runs_off_to_infinity_is_cut() -> None:
    low, high = drawn("poles")["layouts"]["solid"]["scene.xaxis.range"]
    assert -1000 < low < high < 1000


def test_other_maps_are_told_what_to_pick() -> None:
    with pytest.raises(InputError) as refusal:
        LABS["solid"](parse("(x, y)"), view_of("(x, y)", {}, {}), LIGHT)
    sentence = str(refusal.value)
    assert "gallery" in sentence
    offered = [parse(example.text) for example in examples_of("jacobian")]
    for text in (SPHERICAL, "(u cos v, u sin v, v)"):
        assert text in sentence
        assert parse(text).node in [f.node for f in offered]


def test_a_linear_map_has_one_ratio_at_all_sizes() -> None:
    curve = drawn("linear")["traces"]["shrinking"]["ratio"]["y"]
    assert curve == pytest.approx([5.0] * len(curve), rel=1e-9)
    image, _ = mesh("linear", "solid", "image")
    edges = drawn("linear")["traces"]["solid"]
    ends = [edges[f"edge{k}"][axis] for k in range(3) for axis in "x"]
    assert max(image[:, 0]) == pytest.approx(np.nanmax(np.array(ends, dtype=float)))


def test_the_curve_comes_to_the_factor() -> None:
    for name, factor in (("shell", -2.09709), ("torus", 2 + np.cos(0.8))):
        off = np.abs(np.array(drawn(name)["traces"]["shrinking"]["ratio"]["y"]) - factor)
        assert off[0] < 1e-3 * off[-1] + 1e-4
        assert (np.diff(off[4:]) > 0).all()


@pytest.mark.parametrize("name", ["flat", "cubes", "line", "dot"])
def test_where_j_is_singular_it_is_said(name) -> None:
    found = drawn(name)
    figure = "solid" if "solid" in found["words"] else "sheet"
    assert "flat" in found["words"][figure]
    assert numbers(name)["by so much off the factor"] == "undefined"
    ranges = found["layouts"][figure]
    assert all(low < high for low, high in (ranges[f"scene.{axis}axis.range"] for axis in "xyz"))


def test_a_piece_that_leaves_the_domain_has_no_measure() -> None:
    for name in ("edge of it", "cliff"):
        found = drawn(name)
        assert numbers(name)["ratio of the two"] == "undefined"
        assert "make it smaller" in found["note"]
        assert found["traces"]["shrinking"]["ratio"]["y"][0] is not None
    assert "has no value" in drawn("outside")["note"]
    assert drawn("outside")["offer"]["state"]["at"][0] > 0


def test_the_glass_shows_the_piece_and_the_play_ends_small() -> None:
    low, high = drawn("glass")["layouts"]["sheet"]["scene.xaxis.range"]
    image, _ = mesh("glass", "sheet", "image")
    assert low < image[:, 0].min() < image[:, 0].max() < high
    assert high - low < 0.5
    assert drawn("glass")["traces"]["sheet"]["surface"]["visible"] is False
    assert drawn("torus")["traces"]["sheet"]["surface"]["visible"] is True
    first, _, last = drawn("shell")["played"]
    assert first["edge"] == pytest.approx(0.3)
    assert last["edge"] == pytest.approx(0.01)
    assert last["lens"]


def test_the_cell_is_dragged_by_its_middle_and_its_corner() -> None:
    middle, corner, size = drawn("torus")["handles"]
    assert middle["to"][0]["at"] == [0.3, 0.2]
    assert corner["at"] == pytest.approx([1 + TURN / 8, 0.8 + TURN / 16])
    for state in corner["to"]:
        assert max(state["sides"]) == 1
        assert 0.01 <= state["edge"] <= 0.5
    assert [state["edge"] for state in size["to"]] == [0.3, 0.01, 0.5]


def test_what_an_address_says_of_the_sides_is_taken_in_good_part() -> None:
    _, corner, _ = drawn("far")["handles"]
    assert corner["at"] == pytest.approx([1 + TURN / 8, 0.8 + TURN / 8])
    _, corner, _ = drawn("thin")["handles"]
    assert corner["at"] == pytest.approx([1 + TURN / 8, 0.8 + TURN / 8 * 0.02])


def test_the_integral_of_the_factor_is_said_with_an_estimate_of_its_error() -> None:
    integrals = {
        "shell": ("∫ |det J|", (8 - 0.125) / 3 * 5 * (np.cos(0.2) - np.cos(2.9))),
        "torus": ("∫ √det(JᵀJ)", 8 * np.pi**2),
    }
    for name, (integral, exact) in integrals.items():
        said = numbers(name)[f"{integral} over the ranges, overlaps counted"]
        value, error = said.removeprefix("≈").split(",\u00a0error\u00a0≈")
        assert float(value) == pytest.approx(exact, rel=1e-5)
        assert error
    # The line is gone round twice.
    twice = size_of("(cos(u), sin(u), v)", {"u": (0, 2 * TURN), "v": (0, 1)})
    assert twice.value == pytest.approx(2 * TURN)


def size_of(text: str, ranges: dict[str, Any]) -> Any:
    f = parse(text)
    names = f.variables
    view = View(names, dict.fromkeys(names, 1.0), ranges, {}, names)
    return whole_size(jacobian(f).guarded, 3, view)


def test_whole_areas_and_volumes() -> None:
    torus = size_of(TORUS, ROUND)
    assert abs(torus.value - 8 * np.pi**2) < max(torus.error, 1e-10)
    shell = size_of(SPHERICAL, SHELL)
    exact = (8 - 0.125) / 3 * 5 * (np.cos(0.2) - np.cos(2.9))
    assert abs(shell.value - exact) < max(shell.error, 1e-10)
    kink = size_of("(u, v, |u|)", {"u": (-1, 1.5), "v": (0, 1)})
    assert abs(kink.value - 2.5 * np.sqrt(2)) <= kink.error + 1e-10
    assert size_of("(u, v, sqrt(u))", {"u": (-1, 1), "v": (0, 1)}) is None


# ── scenes ────────────────────────────────────────────────────────────────────────────────────────

ODD = (
    "3", "x", "x y", "x + y + z + w", "g(x, y, z)", "(g(x), y, z)", "ln(-1 - x^2) + y z", "a x y z",
    "(x, y)", "(x, y, z)", "(x, y, x y)", "(1, 2, 3)", "(x, x, x)", "1/(x y z)", "(1/x, 1/y, 1/z)",
    "floor(x) + y z", "(u, v, sqrt(-1 - u^2 - v^2))", "(e^(e^(e^x)), y, z)", "(x, y, z, x)",
    "tan(x) tan(y) tan(z)", "(ln(-1 - x^2), y, z)", "atan2(y, x) + z", "|x| + |y| + |z|",
)  # fmt: skip


def everything() -> Iterator[tuple[str, str, dict[str, float], Any]]:
    for lab, kind in (("space", "gradient"), ("solid", "jacobian")):
        for example in examples_of(kind):
            yield lab, example.text, dict(example.point), dict(example.ranges)
        for text in ODD:
            yield lab, text, {}, {}


def test_every_function_gets_a_scene_or_a_kind_sentence() -> None:
    made = []
    for (lab, text, point, ranges), style in product(everything(), (LIGHT, DARK)):
        for compact in (False, True):
            f = None
            with suppress(InputError):
                f = parse(text)
            if f is None or not f.variables:
                continue
            try:
                scene = LABS[lab](f, usual_view(f, point, ranges), style, compact=compact)
            except InputError as refusal:
                assert str(refusal).endswith(".")  # noqa: PT017 - either is right
                continue
            json.dumps(scene.to_data("0"), allow_nan=False)
            assert scene.problem["names"] == list(f.variables)
            made.append((lab, text))
    assert {text for lab, text in made if lab == "space"} >= {"x^2 + y^2 - z^2", GYROID}
    assert {text for lab, text in made if lab == "solid"} >= {"(u cos v, u sin v, v)", TORUS}


def test_a_scene_does_not_depend_on_where_the_point_is() -> None:
    for name in ("hyperboloid", "shell"):
        lab, text, _, ranges, _ = ASKED[name]
        names = parse(text).variables
        one, other = (
            LABS[lab](parse(text), view_of(text, dict.fromkeys(names, x), ranges), LIGHT)
            for x in (0.6, 1.1)
        )
        first, second = one.to_data("0"), other.to_data("0")
        assert first["id"] == second["id"]


def test_names_of_traces_are_those_of_the_figures() -> None:
    for name in ASKED:
        figures = scene_of(name).figures
        for figure, traces in drawn(name)["traces"].items():
            assert set(traces) <= {trace.name for trace in figures[figure].data}
        assert set(drawn(name)["words"]) <= set(figures)


def test_all_lists_of_a_trace_are_equally_long() -> None:
    for name in ASKED:
        for traces in drawn(name)["traces"].values():
            for trace in traces.values():
                places = {len(trace[a]) for a in "xyz" if a in trace and "x" in trace}
                corners = {len(trace[a]) for a in "ijk" if a in trace}
                assert len(places) <= 1
                assert len(corners) <= 1


def test_levels_of_a_third_range_that_is_not_given() -> None:
    f = parse("x y z")
    view = View(("x", "y", "z"), {"x": 0, "y": 0, "z": 5}, {"x": (-1, 1), "y": (-3, 3)})
    assert sample_levels(f.node, view).box.ranges["z"] == (3.0, 7.0)
