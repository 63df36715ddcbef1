"""The laboratory on the Jacobian: cells, ellipses and entries, held against NumPy.

All drawings are made by one Node; see :data:`DRAWINGS` for what it is asked.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest

from calc_core import InputError, jacobian, parse
from calc_core.evaluate import compile_numpy
from calc_core.figures import DARK, LIGHT, pretty
from calc_core.geometry import View
from calc_core.labs import LABS
from calc_core.labs.scene import Scene
from pages.parts.examples import examples_of
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

SQUARE = "(x^2 - y^2, 2xy)"
FOLD = "(x + y^2/2, y + sin(x))"
POLAR = "(r cos(t), r sin(t))"
INVERSION = "(x/(x^2 + y^2), y/(x^2 + y^2))"
HENON = "(1 - 1.4x^2 + y, -x)"
SIMPLE = "(x^2, y)"
RANK_ONE = "(x + y, (x + y)^2)"
LISSAJOUS = "(cos(t), sin(2t))"
TOWER = "(t, t^2, 9t^3)"
HELIX = "(cos(t), sin(t), t/3)"
TORUS = "((2 + cos v) cos u, (2 + cos v) sin u, sin v)"
SPHERICAL = "(r sin(v) cos(u), r sin(v) sin(u), r cos(v))"
OBLONG = "(x y, y z, z x, x y z)"

DRAW = """
import given from "./given.js";
import * as F from "./functions.js";
async function compiled(source) {
  const text = encodeURIComponent(`export default ${source}`);
  return (await import(`data:text/javascript,${text}`)).default(F);
}
async function drawn({ model: name, problem: data, program, states, moves }) {
  const model = await import(`./labs/${name}.js`);
  const f = await compiled(program);
  const problem = { ...data, functions: (at) => f(at, data.constants) };
  return states.map((state) => {
    const found = model.draw(problem, state);
    const handle = (figure, id) => found.handles.find((h) => h.figure === figure && h.id === id);
    const moved = moves.map(([figure, id, place]) => handle(figure, id)?.move(place) ?? null);
    const plays = model.play ? [0, 0.5, 1].map((part) => model.play(problem, state, part)) : [];
    const handles = found.handles.map(({ id, figure, at }) => [figure, id, at]);
    return { ...found, handles, moved, plays };
  });
}
export default await Promise.all(given.map(drawn));
"""


def view_of(text: str, low: float = -2.0, high: float = 2.0, **ranges: tuple[float, float]) -> View:
    names = parse(text).variables
    spans = {name: ranges.get(name, (low, high)) for name in names}
    return View(names, {name: (a + b) / 2 for name, (a, b) in spans.items()}, spans)


def scene(lab: str, text: str, view: View | None = None, **options: Any) -> Scene:
    return LABS[lab](parse(text), view or view_of(text), LIGHT, **options)


def at_points(lab: str, count: int = 6) -> list[list[float]]:
    """Points at which all of the functions above have values."""
    draw = np.random.default_rng(sum(map(ord, lab)))
    return draw.uniform(0.2, 1.6, (count, 3)).tolist()


# What is drawn: the laboratory, the function, its states, and how handles are moved in them.
Drawing = tuple[str, str, list[dict[str, Any]], list[list[Any]]]
DRAWINGS: dict[str, Drawing] = {
    **{
        f"cell {text}": (
            "cell",
            text,
            [{"at": at[:2], "cell": size} for at in at_points(text) for size in (0.01, 0.2)],
            [["domain", "at", [0.25, 0.75]], ["domain", "corner", [2.0, 2.0]]],
        )
        for text in (SQUARE, FOLD, POLAR, HENON, SIMPLE, RANK_ONE)
    },
    "fold crossed": ("cell", SIMPLE, [{"at": [0.1, 0.0], "cell": 0.25}], []),
    "inversion": (
        "cell",
        INVERSION,
        [{"at": [1, 1], "cell": 0.1}, {"at": [0.1, 0.1], "cell": 0.5}, {"at": [0, 0], "cell": 0.1}],
        [],
    ),
    "edge undefined": ("cell", "(ln(x), y)", [{"at": [0.1, 0.0], "cell": 0.5}], []),
    "pole": ("cell", "(ln(abs(x)), y)", [{"at": [1.0, 0.0], "cell": 0.1}], []),
    "sizes": (
        "cell",
        FOLD,
        [{"at": [1, 1], "cell": size} for size in (-1.0, 0.0, 1e-9, 7.0)],
        [["domain", "corner", [-2.0, -2.0]], ["ratio", "size", [1e9, 0]]],
    ),
    "curve": (
        "cell",
        LISSAJOUS,
        [{"at": [t], "cell": 0.05} for t in (0.3, 1.0, 2.5)],
        [
            ["curve", "at", [float(np.cos(0.4)), float(np.sin(0.8))]],
            ["components", "at", [0.7, 9.0]],
        ],
    ),
    "helix": ("cell", HELIX, [{"at": [1.0], "cell": 0.05}], []),
    "tower": ("cell", TOWER, [{"at": [1.5], "cell": 0.05}], []),
    # The cell has the side 1.
    "digits of an area": ("cell", SQUARE, [{"at": [1.0, 0.5], "cell": 0.25}], []),
    "spiral ramp": ("cell", "(u cos v, u sin v, v)", [{"at": [1.0, 0.5], "cell": 0.25}], []),
    "a corner in space": ("cell", "(u |u|, v, 0)", [{"at": [0.1, 0.0], "cell": 0.25}], []),
    "a corner in the plane": ("cell", "(x |x|, y)", [{"at": [0.1, 0.0], "cell": 0.25}], []),
    "cusp": ("cell", "(t^2, t^3)", [{"at": [0.0], "cell": 0.1}], []),
    "torus": (
        "cell",
        TORUS,
        [{"at": at[:2], "cell": 0.02} for at in at_points("torus")],
        [["domain", "at", [0.25, 0.75]]],
    ),
    "spherical": ("cell", SPHERICAL, [{"at": at} for at in at_points("spherical")], []),
    "matrix": ("cell", OBLONG, [{"at": at} for at in at_points("matrix")], []),
    **{
        f"ellipse {text}": (
            "ellipse",
            text,
            [{"at": at[:2], "turn": 40.0 * k} for k, at in enumerate(at_points(text))],
            [["field", "at", [0.25, 0.75]], ["circle", "turn", [-3.0, 0.0]]],
        )
        for text in (SQUARE, FOLD, POLAR, HENON, RANK_ONE)
    },
    "turned round": (
        "ellipse", FOLD, [{"at": [1.0, 0.5], "turn": 5.0 * k} for k in range(72)], [],
    ),
    "singular": (
        "ellipse",
        SQUARE,
        [{"at": [0, 0], "turn": 0.0}, {"at": [1e9, 3], "turn": 720.0}],
        [["circle", "turn", [0.0, 0.0]], ["stretch", "turn", [400.0, 0.0]]],
    ),
    "undefined ellipse": ("ellipse", INVERSION, [{"at": [0, 0], "turn": 10.0}], []),
    **{
        f"entries {row} {col}": (
            "entries",
            OBLONG,
            [{"at": at, "row": row, "col": col} for at in at_points(OBLONG, 3)],
            [
                ["matrix", "entry", [1.2, -2.9]],
                ["matrix", "entry", [9.0, 9.0]],
                ["partial", "at", [0.5, 0.0]],
            ],
        )
        for row in "1234"
        for col in "123"
    },
    "entry that is none": (
        "entries",
        SQUARE,
        [
            {"at": [1, 0.5], "row": row, "col": col}
            for row, col in (("9", "0"), ("x", "-3"), ("", "2.7"))
        ],
        [],
    ),
    "half defined": (
        "entries",
        "(ln(x), x y)",
        [{"at": [-1, 0.5], "row": row, "col": "1"} for row in "12"],
        [],
    ),
}  # fmt: skip
UNDEFINED = ("inversion", "undefined ellipse", "half defined")


@cache
def drawn() -> dict[str, list[dict[str, Any]]]:
    asked = []
    for lab, text, states, moves in DRAWINGS.values():
        data = scene(lab, text).to_data("0")
        given = {key: data[key] for key in ("model", "problem", "program")}
        asked.append({**given, "states": states, "moves": moves})
    return dict(zip(DRAWINGS, in_node(DRAW, asked), strict=True))


def each(start: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The function, the state and the drawing, for the drawings that are called so."""
    return [
        (DRAWINGS[name][1], state, found)
        for name, drawings in drawn().items()
        if name.startswith(start)
        for state, found in zip(DRAWINGS[name][2], drawings, strict=True)
    ]


def numbers_of(text: str) -> tuple[Any, Any]:
    """f and its Jacobian as functions of numbers."""
    f = parse(text)
    return (
        compile_numpy(f.node, f.variables),
        compile_numpy(jacobian(f).guarded, f.variables),
    )


def points_of(trace: dict[str, Any]) -> np.ndarray:
    return np.array([trace[axis] for axis in "xyz" if axis in trace], dtype=float)


def shoelace(points: np.ndarray) -> float:
    x, y = points
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def mean_determinant(text: str, at: Any, side: float) -> float:
    """The mean of det J over a square, by Gauss and Legendre: exact for polynomials."""
    nodes, weights = np.polynomial.legendre.leggauss(12)
    _, J = numbers_of(text)
    return sum(
        v * w * np.linalg.det(J(at[0] + side * p / 2, at[1] + side * q / 2))
        for p, v in zip(nodes, weights, strict=True)
        for q, w in zip(nodes, weights, strict=True)
    ) / 4  # fmt: skip


# ── a cell ────────────────────────────────────────────────────────────────────────────────────────


def test_the_measured_ratio_is_the_mean_of_the_determinant():
    for text, state, found in each("cell "):
        side = 4 * state["cell"]
        expected = mean_determinant(text, state["at"], side)
        scale = 1 + abs(expected)
        (ratio,) = found["traces"]["ratio"]["now"]["y"]
        assert ratio == pytest.approx(expected, abs=1e-8 * scale), (text, state)
        assert shoelace(points_of(found["traces"]["image"]["image"])) / side**2 == pytest.approx(
            ratio, abs=2e-3 * scale
        )
        assert "note" not in found


def test_the_ratio_tends_to_the_determinant():
    for text, state, found in each("cell "):
        det = np.linalg.det(numbers_of(text)[1](*state["at"]))
        traces = found["traces"]["ratio"]
        assert traces["limit"]["y"] == pytest.approx([det, det], abs=1e-12)
        sizes, ratios = points_of(traces["ratio"])
        assert (np.diff(sizes) > 0).all()
        assert sizes[0] == pytest.approx(0.016)
        assert ratios[0] == pytest.approx(det, abs=1e-3 * (1 + abs(det)))


def test_the_linear_image_is_a_parallelogram_of_the_determinant():
    for text, state, found in each("cell "):
        f, J = numbers_of(text)
        side = 4 * state["cell"]
        corners = points_of(found["traces"]["image"]["linear"])
        area = np.linalg.det(J(*state["at"])) * side**2
        assert shoelace(corners) == pytest.approx(area, abs=1e-12)
        np.testing.assert_allclose(corners[:, :4].mean(axis=1), f(*state["at"]), atol=1e-12)
        seen = points_of(found["traces"]["lens"]["linear"])
        assert np.abs(seen).max() == pytest.approx(1)


def test_what_is_turned_over_counts_negative():
    (found,) = drawn()["fold crossed"]
    # The cell reaches from −0.4 to 0.6 in x, and det J = 2x has the mean 0.2.
    (ratio,) = found["traces"]["ratio"]["now"]["y"]
    assert ratio == pytest.approx(0.2)
    assert "% of it is turned over" in found["words"]["domain"]
    assert "kept" in found["readings"][3]["math"]


def test_the_fold_is_where_the_determinant_is_0():
    found = drawn()[f"cell {FOLD}"][0]["traces"]
    x, y = points_of(found["domain"]["fold"])
    finite = np.isfinite(x)
    assert finite.sum() > 40
    np.testing.assert_allclose(1 - y[finite] * np.cos(x[finite]), 0, atol=5e-3)
    image = points_of(found["image"]["fold"])
    assert np.array_equal(np.isfinite(image[0]), finite)
    f, _ = numbers_of(FOLD)
    expected = np.array([f(a, b) for a, b in zip(x[finite], y[finite], strict=True)]).T
    np.testing.assert_allclose(image[:, finite], expected, atol=1e-12)


def test_a_pole_is_no_fold():
    (found,) = drawn()["pole"]
    assert found["traces"]["domain"]["fold"]["x"] == []
    assert "does not change its sign" in found["words"]["domain"]


def test_rank_one_is_said_to_be_flat():
    found = drawn()[f"cell {RANK_ONE}"][0]
    assert "squeezes the plane" in found["words"]["domain"]
    assert "flat" in found["words"]["image"]
    assert "the limit is 0" in found["readings"][-1]["math"]


def test_points_and_cells_at_which_something_is_missing():
    whole, torn, undefined = drawn()["inversion"]
    assert "note" not in whole
    assert "reversed" in whole["readings"][3]["math"]
    assert "not smooth" in torn["note"]
    assert "no value" in undefined["note"]
    place = undefined["offer"]["state"]["at"]
    assert np.isfinite(numbers_of(INVERSION)[0](*place)).all()
    assert undefined["traces"]["image"]["linear"] == {"x": [], "y": []}
    assert undefined["readings"] == []
    (edge,) = drawn()["edge undefined"]
    assert "edge has no image" in edge["note"]
    assert edge["traces"]["ratio"]["now"] == {"x": [], "y": []}
    assert "NaN" not in str(edge["readings"])


def test_the_cell_is_dragged_pulled_and_shrunk():
    for _, state, found in each("cell "):
        at, corner = found["moved"]
        assert at == {**state, "at": [0.25, 0.75]}
        a, b = state["at"]
        assert corner["cell"] == pytest.approx(np.clip((4 - a - b) / 4, 0.004, 0.8), rel=5e-3)
        first, _, last = (played["cell"] for played in found["plays"])
        assert last == 0.004
        assert first == (state["cell"] if state["cell"] > 0.016 else 0.5)
    for found in drawn()["sizes"]:
        corners = points_of(found["traces"]["domain"]["cell"])
        assert 0.016 <= np.ptp(corners[0]) <= 3.2 + 1e-9
        assert [moved["cell"] for moved in found["moved"]] == [0.004, 0.8]


def test_pieces_of_curves():
    for state, found in zip(DRAWINGS["curve"][2], drawn()["curve"], strict=True):
        (t,) = state["at"]
        velocity = np.array([-np.sin(t), 2 * np.cos(2 * t)])
        times = np.linspace(t - 0.1, t + 0.1, 4001)
        path = np.array([np.cos(times), np.sin(2 * times)])
        length = np.linalg.norm(np.diff(path), axis=0).sum()
        (ratio,) = found["traces"]["ratio"]["now"]["y"]
        assert ratio == pytest.approx(length / 0.2, rel=1e-6)
        assert found["traces"]["ratio"]["limit"]["y"][0] == pytest.approx(np.linalg.norm(velocity))
        ends = points_of(found["traces"]["curve"]["linear"])
        np.testing.assert_allclose(ends[:, 1] - ends[:, 0], velocity * 0.2, atol=1e-12)
        on_curve, along = found["moved"]
        assert on_curve["at"] == pytest.approx([0.4], abs=5e-3)
        assert along["at"] == [0.7]


def test_curves_in_space_and_where_a_curve_stands_still():
    (helix,) = drawn()["helix"]
    assert helix["traces"]["ratio"]["limit"]["y"][0] == pytest.approx(np.sqrt(1 + 1 / 9))
    assert len(helix["traces"]["curve"]["velocity"]["z"]) == 10
    assert [figure for figure, _, _ in helix["handles"]] == ["components", "ratio"]
    (cusp,) = drawn()["cusp"]
    assert "stands still" in cusp["words"]["curve"]
    assert "the limit is 0" in cusp["readings"][-1]["math"]


def test_patches_and_solids():
    for state, found in zip(DRAWINGS["torus"][2], drawn()["torus"], strict=True):
        factor = 2 + np.cos(state["at"][1])
        shown = re.findall(r"<mn>([\d.]+)</mn>", found["readings"][2]["math"])
        assert float(shown[-1]) == pytest.approx(factor, rel=1e-3)
        assert "off by" in found["readings"][-1]["label"]
        off = float(re.findall(r"<mn>([\d.]+)</mn>", found["readings"][-1]["math"])[0])
        assert off < 0.3
    for state, found in zip(DRAWINGS["spherical"][2], drawn()["spherical"], strict=True):
        # The variables in their order are r, u, v.
        r, _, v = state["at"]
        image = found["traces"]["image"]
        sides = [points_of(image[f"side{k}"]) for k in range(3)]
        box = np.linalg.det(np.array([side[:, 1] - side[:, 0] for side in sides])) / 0.8**3
        assert box == pytest.approx(-(r**2) * np.sin(v), rel=1e-9)
        assert "reversed" in found["readings"][-1]["math"]
        assert np.shape(image["sheet0"]["x"]) == (21, 21)
        radius = np.linalg.norm([image["sheet0"][axis] for axis in "xyz"], axis=0)
        np.testing.assert_allclose(radius, r, atol=1e-12)


def test_the_coordinate_surfaces_stay_in_the_figure_wherever_the_point_goes():
    view = view_of(SPHERICAL, r=(0.0, 2.0), u=(0.0, 6.2832), v=(0.0, 6.2832))
    for low, high in scene("cell", SPHERICAL, view).problem["window"]:
        assert -2.5 < low < -1.9
        assert 1.9 < high < 2.5


def test_other_shapes_have_the_numbers():
    for state, found in zip(DRAWINGS["matrix"][2], drawn()["matrix"], strict=True):
        J = numbers_of(OBLONG)[1](*state["at"])
        table = found["traces"]["matrix"]["matrix"]
        np.testing.assert_allclose(table["z"], J)
        assert table["zmax"] == -table["zmin"] == pytest.approx(np.abs(J).max())
        assert "factor of volume" in found["readings"][-1]["label"]


def said(found: dict[str, Any], label: str) -> str:
    (math,) = (row["math"] for row in found["readings"] if row["label"] == label)
    return re.sub(r"<[^>]*>", "", math)


def test_what_is_measured_has_all_the_digits_that_are_shown():
    (square,) = drawn()["digits of an area"]
    # ∫ 4 (x² + y²) over the cell.
    assert said(square, "signed area of its image") == "5.667"
    (helicoid,) = drawn()["spiral ramp"]
    u = np.linspace(0.5, 1.5, 100_001)
    mean = np.trapezoid(np.sqrt(1 + u**2), u)
    assert said(helicoid, "their ratio") == f"{mean:.4g}"
    off = 100 * abs(mean / np.sqrt(2) - 1)
    assert said(helicoid, "off by") == f"{off:.3g}%"
    for name in ("a corner in space", "a corner in the plane"):
        # The factor 2|u|, from −0.4 to 0.6.
        (found,) = drawn()[name]
        assert said(found, "their ratio") == "0.52", name


def test_a_map_without_a_picture_says_so():
    for text in ("(x + y + z, x y z)", "(x y, y z, z w, w x)"):
        (note,) = scene("cell", text).notes
        assert "only the matrix at the point" in note
    assert scene("cell", SQUARE).notes == ()


def test_a_piece_is_called_a_piece():
    for text, what in ((LISSAJOUS, "piece"), (SQUARE, "cell")):
        size, shrink = scene("cell", text).controls
        assert size.label == f"size of the {what}, in parts of the ranges"
        assert shrink.label == f"Shrink the {what}"


def test_a_curve_with_unequal_ranges_fills_a_cube():
    space = scene("cell", TOWER).figures["curve"].layout
    assert len(set(space.scene.aspectratio.to_plotly_json().values())) == 1
    (found,) = drawn()["tower"]
    unit = np.array(scene("cell", TOWER).problem["unit"])
    assert unit.max() > 4 * unit.min()
    arrow = points_of(found["traces"]["curve"]["velocity"]) / unit[:, None]
    shaft = arrow[:, 1] - arrow[:, 0]
    assert np.linalg.norm(arrow[:, 2] - arrow[:, 1]) < 0.2 * np.linalg.norm(shaft)
    space = scene("cell", HELIX).figures["curve"].layout
    assert len(set(space.scene.aspectratio.to_plotly_json().values())) > 1


# ── singular values ───────────────────────────────────────────────────────────────────────────────


def test_the_ellipse_is_that_of_the_singular_values():
    for text, state, found in each("ellipse "):
        J = numbers_of(text)[1](*state["at"])
        s = np.linalg.svd(J, compute_uv=False)
        traces = found["traces"]
        assert traces["stretch"]["most"]["y"][0] == pytest.approx(s[0])
        assert traces["stretch"]["least"]["y"][0] == pytest.approx(s[1], abs=1e-12)
        x, y = points_of(traces["ellipse"]["ellipse"])
        assert np.hypot(x, y).max() == pytest.approx(s[0], rel=2e-3)
        if s[1] > 1e-9:
            preimage = np.linalg.solve(J, [x, y])
            np.testing.assert_allclose(np.hypot(*preimage), 1, atol=1e-9)
        v = np.array([np.cos(np.radians(state["turn"])), np.sin(np.radians(state["turn"]))])
        assert traces["stretch"]["now"]["y"] == pytest.approx([np.linalg.norm(J @ v)], abs=1e-12)
        lengths = np.array(traces["stretch"]["stretch"]["y"])
        assert (lengths <= s[0] + 1e-9).all()
        assert (lengths >= s[1] - 1e-9).all()


def test_singular_vectors_stand_at_right_angles_and_so_do_their_images():
    for text, state, found in each("ellipse "):
        J = numbers_of(text)[1](*state["at"])
        arrows = [found["traces"]["circle"][name] for name in ("first", "second")]
        if not arrows[0]["x"]:
            assert "A circle" in found["words"]["ellipse"]
            continue
        # The tip of an arrow is the fourth of its points.
        v1, v2 = (points_of(arrow)[:, 3] for arrow in arrows)
        assert v1 @ v2 == pytest.approx(0, abs=1e-9)
        assert (J @ v1) @ (J @ v2) == pytest.approx(0, abs=1e-9)
        tip = points_of(found["traces"]["ellipse"]["first"])[:, 3]
        np.testing.assert_allclose(tip, J @ v1, atol=1e-9)


def test_the_names_of_arrows_do_not_overlap():
    for _, _, found in (*each("ellipse "), *each("turned round")):
        for figure, half in (("circle", 1.4), ("ellipse", None)):
            labels = found["traces"][figure]["labels"]
            shown = (
                found["layouts"].get(figure, {}).get("xaxis.range", [-half, half] if half else [])
            )
            x, y = points_of({"x": labels["x"], "y": labels["y"]})
            for i in range(len(x)):
                for j in range(i):
                    apart = abs(x[i] - x[j]) / shown[1], abs(y[i] - y[j]) / shown[1]
                    assert apart[0] > 0.2 or apart[1] > 0.12, (labels, shown)


def test_singular_values_open_with_an_ellipse_that_is_no_circle():
    first = parse(examples_of("jacobian")[0].text)
    J = compile_numpy(jacobian(first).guarded, first.variables)(1.0, 0.5)
    most, least = np.linalg.svd(J, compute_uv=False)
    assert most > 1.5 * least > 0


def test_degenerate_ellipses_are_said_in_words():
    nothing, far = drawn()["singular"]
    assert "goes to one point" in nothing["words"]["ellipse"]
    assert "undefined: J = 0" in str(nothing["readings"])
    assert "A circle" in far["words"]["ellipse"]
    flat = drawn()[f"ellipse {RANK_ONE}"][0]
    assert "a line from" in flat["words"]["ellipse"]
    assert "∞" in str(flat["readings"])
    turned = drawn()[f"ellipse {POLAR}"][0]
    assert "note" not in turned
    (undefined,) = drawn()["undefined ellipse"]
    assert "no value" in undefined["note"]
    assert undefined["traces"]["ellipse"]["ellipse"] == {"x": [], "y": []}


def test_the_direction_is_turned():
    for _, state, found in each("ellipse "):
        at, turn = found["moved"]
        assert at == {**state, "at": [0.25, 0.75]}
        assert turn["turn"] == 180
        start, half, end = (played["turn"] for played in found["plays"])
        assert (half - start) % 360 == pytest.approx(180)
        assert end == start
    middle, beyond = drawn()["singular"][0]["moved"]
    assert middle["turn"] == 0, "the middle of the circle has no direction"
    assert beyond["turn"] == 359.9


# ── entries ───────────────────────────────────────────────────────────────────────────────────────


def test_each_entry_is_the_slope_of_its_curve():
    for text, state, found in each("entries "):
        f, J = numbers_of(text)
        i, j = int(state["row"]) - 1, int(state["col"]) - 1
        slope = J(*state["at"])[i, j]
        traces = found["traces"]
        np.testing.assert_allclose(traces["matrix"]["matrix"]["z"], J(*state["at"]))
        x, y = points_of(traces["partial"]["tangent"])
        assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(slope, abs=1e-9)
        assert (x.mean(), y.mean()) == pytest.approx((state["at"][j], f(*state["at"])[i]))
        moved = [*state["at"]]
        xs, ys = points_of(traces["partial"]["curve"])
        moved[j] = xs[37]
        assert ys[37] == pytest.approx(f(*moved)[i], abs=1e-12)
        names = ("x", "y", "z")
        assert f"∂f{'₁₂₃₄'[i]}/∂{names[j]}" in found["words"]["matrix"]
        assert found["layouts"]["partial"]["xaxis.title.text"] == names[j]
        if slope == 0:
            assert "does not change" in found["words"]["partial"]


def test_entries_are_picked():
    for _, state, found in each("entries "):
        near, corner, along = found["moved"]
        assert (near["row"], near["col"]) == ("4", "2")
        assert (corner["row"], corner["col"]) == ("1", "3")
        j = int(state["col"]) - 1
        assert along["at"][j] == 0.5
        assert along["row"] == state["row"]


def test_entries_that_are_not_there():
    picked = [found["handles"][0][2] for found in drawn()["entry that is none"]]
    assert picked == [[0, -1], [0, 0], [1, 0]]
    for found in drawn()["half defined"]:
        assert "no value" in found["note"]
        assert found["traces"]["matrix"]["matrix"]["text"][0][0] == "–"


# ── builders ──────────────────────────────────────────────────────────────────────────────────────

ODD = [
    "3", "(1, 2)", "x", "sin(x)", "x y z", "(1, x)", "(3, 4, 5 + 0x)", "(x, y)", "(y, y)",
    "(x, x, x, x)", "(g(x, y), x)", "(sqrt(-1 - x^2), y)", "(ln(x y), 1/x)", "(abs(x), floor(y))",
    "((x, y), (y, x))",
    "(a x, b y)", "(x_1, theta)", "(x/0, y)", "(tan(x), 1/(x - y), exp(1000x))",
    "(1/t, 1/(1-t))", "(sqrt(t - 9), t)", "(x^2 + y^2, 1/0, 2)", "(cos t, sin t, t, t^2, t^3)",
    "(" + ", ".join(f"x_{k}" for k in range(1, 8)) + ")",
    "(" + ", ".join(f"x_{k}^2" for k in range(1, 6)) + ")",
    " + ".join(f"x_{k}" for k in range(1, 8)),
]  # fmt: skip


@pytest.mark.parametrize("lab", ["cell", "ellipse", "entries"])
@pytest.mark.parametrize("compact", [False, True])
def test_odd_functions_have_a_scene_or_a_sentence(lab, compact):
    for text in ODD:
        made = made_of(lab, text, compact)
        if isinstance(made, InputError):
            assert str(made).endswith("."), text
            continue
        made.to_data("0")
        assert len(made.figures) <= (2 if compact else 4)


def made_of(lab: str, text: str, compact: bool) -> Scene | InputError:
    try:
        f = parse(text)
        zeros, ranges = dict.fromkeys(f.variables, 0.0), dict.fromkeys(f.variables, (-2.0, 2.0))
        view = View(f.variables, zeros, ranges, dict.fromkeys(f.constants, 1.0))
        return LABS[lab](f, view, DARK, compact=compact)
    except InputError as refusal:
        return refusal


def test_traces_are_named_once():
    for lab, text, *_ in DRAWINGS.values():
        for name, figure in scene(lab, text).figures.items():
            names = [trace.name for trace in figure.data if trace.name]
            assert len(set(names)) == len(names), (lab, name)


def test_axes_have_the_names_of_the_reader():
    made = scene("cell", "g(r, theta) = (r cos(theta), r sin(theta))")
    domain, image = made.figures["domain"].layout, made.figures["image"].layout
    assert (domain.xaxis.title.text, domain.yaxis.title.text) == ("r", "θ")
    assert (image.xaxis.title.text, image.yaxis.title.text) == ("g₁", "g₂")
    table = scene("entries", "(x_1 x_2, x_1)").figures["matrix"].layout
    assert table.xaxis.ticktext == (f"∂/∂{pretty('x_1')}", "∂/∂x₂")


def test_each_experiment_refuses_kindly_what_it_is_not_about():
    with pytest.raises(InputError, match="maps of the plane"):
        scene("ellipse", LISSAJOUS)
    with pytest.raises(InputError, match=r"up to 6×6"):
        scene("entries", "(" + ", ".join(f"x_{k}" for k in range(1, 8)) + ")")
    with pytest.raises(InputError, match="matrix"):
        scene("cell", "((x, y), (y, x))")


def test_the_gallery_has_all_shapes_of_maps():
    examples = [parse(example.text) for example in examples_of("jacobian")]
    shapes = {(len(f.variables), len(f.components)) for f in examples}
    assert {(1, 2), (1, 3), (2, 2), (2, 3), (3, 3), (3, 4)} <= shapes
    assert len(examples) >= 12
