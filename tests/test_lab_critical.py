"""The laboratories of critical points and of mixed partials: what is built, shown and said."""

from __future__ import annotations

import json
import re
import warnings
from functools import cache
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from calc_core import InputError, critical_points, parse
from calc_core.calculus import gradient, hessian, partial
from calc_core.evaluate import evaluate
from calc_core.figures import DARK, LIGHT
from calc_core.figures.marks import SHAPES
from calc_core.figures.undecided import RASTER, rectangles
from calc_core.geometry import View, bending
from calc_core.geometry.critical import search as searching
from calc_core.labs import LABS, Scene
from calc_core.labs.critical import exact_forms, with_values
from pages.parts.examples import examples_of, experiments_of
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
PEANO = "x y (x^2 - y^2)/(x^2 + y^2) if x^2 + y^2 > 0 else 0"
PEANO_OTHERWISE = "{x y (x^2 - y^2)/(x^2 + y^2) if (x,y) ≠ (0,0), 0 otherwise}"
CIRCLE = "(x^2 + y^2 - 1)^2"

#: A function and half the width of its ranges; odd ones after those of the gallery.
FUNCTIONS = {
    HIMMELBLAU: 5.0,
    "x^3 - 3x y + y^3": 2.0,
    "x^4 + y^4": 2.0,
    "x^3 - 3x y^2": 2.0,
    CIRCLE: 2.0,
    "|x| + y^2": 2.0,
    "a x^2 + b sin(y)": 2.0,
    "x^2 + y^2 + z^2 - x y z": 4.0,
    "x1^2 + x2 x3 + x3^2 - x4^2": 2.0,
    "x^3 - 3x": 3.0,
    "x^2 y + sin(x y)": 2.0,
    "x^x": 2.0,
    PEANO: 1.0,
    PEANO_OTHERWISE: 1.0,
    "ln(x^2 + y^2 - 100)": 2.0,
    "ln(x y)": 2.0,
    "x + y": 2.0,
    "3": 2.0,
    "a": 2.0,
    "u(x) + y": 2.0,
    "u(x, y)": 2.0,
    "integral(sin(t x), t, 0, y)": 2.0,
    "floor(x) + y^2": 2.0,
    "(x y, x + y)": 2.0,
    "1e300 x^2 + y^2": 2.0,
    "sqrt(-1 - x^2 - y^2)": 2.0,
}

DRAWN = """
import { writeFileSync } from "node:fs";
import given from "./given.js";
import * as F from "./functions.js";

async function drawn({ model, program, problem, states, asks }, k) {
  writeFileSync(`program${k}.js`, `export default ${program}`);
  const lab = await import(`./labs/${model}.js`);
  const run = (await import(`./program${k}.js`)).default(F);
  const known = { ...problem, functions: (at) => run(at, problem.constants) };
  return states.map((state) => {
    const { handles, picks = {}, ...rest } = lab.draw(known, state);
    const goals = asks.moves ?? [];
    const moved = handles.map(({ move, ...handle }) => ({ ...handle, to: goals.map(move) }));
    const picked = Object.fromEntries(
      Object.entries(picks).map(([name, pick]) => [name, (asks.picks ?? []).map(pick)]),
    );
    const spot = (asks.spots ?? []).map((value) => lab.actions.spot(known, state, value));
    const parts = lab.play ? [0, 0.25, 0.5, 0.75, 1] : [];
    const played = parts.map((part) => lab.play(known, state, part));
    return { ...rest, handles: moved, picked, spot, played };
  });
}
export default await Promise.all(given.map(drawn));
"""


def view_of(text: str, half: float) -> View:
    """The view of a function, its axes the first two variables."""
    f = parse(text)
    names = f.variables
    ranges = dict.fromkeys(names, (-half, half))
    point = dict.fromkeys(names, 0.4)
    return View(names, point, ranges, dict.fromkeys(f.constants, 1.5))


@cache
def scene(lab: str, text: str, half: float) -> Scene:
    """The scene of a function."""
    return LABS[lab](parse(text), view_of(text, half), LIGHT)


def drawings(*asked: tuple[str, str, list[dict[str, Any]], dict[str, Any]]) -> list[Any]:
    """What the models draw: (lab, function, states, what to ask the handles) each."""
    given = []
    for lab, text, states, asks in asked:
        made = scene(lab, text, FUNCTIONS[text])
        data = made.to_data("0")
        usual = {"mh": 0.4, "mk": 0.2, "order": "h"} if lab == "mixed" else {"spot": ""}
        given.append(
            {
                "model": lab,
                "program": data["program"],
                "problem": data["problem"],
                "states": [{**usual, **state} for state in states],
                "asks": asks,
            }
        )
    found: list[Any] = in_node(DRAWN, given)
    return found


def drawing(lab: str, text: str, asks: dict[str, Any] | None = None, **state: Any) -> Any:
    """One drawing."""
    return drawings((lab, text, [state], asks or {}))[0][0]


def reading(drawn: Any, label: str) -> str:
    """The numbers and signs of a row of the table."""
    (math,) = [row["math"] for row in drawn["readings"] if row["label"] == label]
    return re.sub("<[^>]*>", "", math)


# ── the search keeps to its time ──────────────────────────────────────────────────────────────────


def test_a_search_stops_between_two_pieces_of_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10**9))
    monkeypatch.setattr(searching, "monotonic", lambda: next(clock))
    # By this clock every look takes a second, and every piece is of the smallest size.
    looked: list[int] = []
    level = searching.Search._level

    def counted(self: Any, boxes: Any) -> Any:
        looked.append(len(boxes))
        return level(self, boxes)

    monkeypatch.setattr(searching.Search, "_level", counted)
    monkeypatch.setattr("calc_core.geometry.critical.report.monotonic", lambda: 0.0)
    found = critical_points("sin(30x) sin(30y)", seconds=60)
    assert max(looked) <= searching.FEW
    assert len(looked) <= 60
    assert not found.complete
    (place,) = [p for p in found.undecided_boxes if "limit of work" in p.why]
    # What was not looked at and what was halved already: no part of the box is lost.
    known = [*found, *found.undecided_boxes]
    assert place.box["x"][0] == pytest.approx(-5)
    assert place.box["x"][1] == pytest.approx(5)
    assert known


def test_groups_that_there_is_no_time_for_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, *[1e9] * 1000])
    monkeypatch.setattr("calc_core.geometry.critical.report.monotonic", lambda: next(clock))
    found = critical_points("x^4 + y^4", seconds=60)
    assert (len(found), found.complete) == (0, False)
    assert "limit of work" in found.undecided_boxes[0].why
    assert found.undecided_boxes[0].cover.shape[1:] == (2, 2)


# ── what Python builds ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lab", ["critical", "mixed"])
@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_function_has_a_scene_or_a_sentence(lab: str, text: str) -> None:
    try:
        made = LABS[lab](parse(text), view_of(text, FUNCTIONS[text]), DARK)
    except InputError:
        return
    data = made.to_data("0")
    json.dumps(data, allow_nan=False)
    for figure in made.figures.values():
        names = [trace.name for trace in figure.data if trace.name not in (None, "undecided")]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("example", examples_of("hessian"), ids=lambda e: e.text)
def test_the_gallery_has_both(example: Any) -> None:
    f = parse(example.text)
    ranges = {name: tuple(example.ranges.get(name, (-2.0, 2.0))) for name in f.variables}
    view = View(f.variables, dict.fromkeys(f.variables, 0.0), ranges, dict.fromkeys(f.constants, 1))
    assert LABS["critical"](f, view, LIGHT).figures
    if len(f.variables) > 1:
        assert list(LABS["mixed"](f, view, LIGHT).figures) == ["domain", "slopes", "second"]


def test_the_counterexample_is_in_the_gallery() -> None:
    shown = [parse(e.text).node for e in examples_of("hessian") if e.lab.get("lab") == "mixed"]
    assert parse(PEANO).node in shown
    assert {"critical", "mixed"} <= {e.name for e in experiments_of("hessian")}


def test_the_list_of_himmelblau() -> None:
    problem = scene("critical", HIMMELBLAU, 5.0).problem
    assert problem["complete"]
    assert len(problem["spots"]) == 9
    assert all(spot["certified"] for spot in problem["spots"])
    # The four minima have the value 0, and are not said to have 2·10⁻³¹.
    assert [s["value"] for s in problem["spots"] if s["kind"] == "minimum"] == [0, 0, 0, 0]
    second = hessian(HIMMELBLAU)
    for spot in problem["spots"]:
        H = second.evaluate(dict(zip("xy", spot["at"], strict=True)))
        np.testing.assert_allclose(spot["eigenvalues"], bending(H).values)


def test_a_hessian_that_is_0_but_for_rounding_is_written_as_0() -> None:
    f = parse("sin(x) + sin(y) + sin(x + y)")
    view = View(f.variables, {"x": 0, "y": 0}, {"x": (-4, 4), "y": (-4, 4)})
    spots = LABS["critical"](f, view, LIGHT).problem["spots"]
    assert [s["eigenvalues"] for s in spots if not s["certified"]] == [[0, 0]] * 4


def test_marks_have_a_shape_and_a_colour_of_their_own() -> None:
    marks = [
        t for t in scene("critical", HIMMELBLAU, 5.0).figures["levels"].data if t.name in SHAPES
    ]
    assert [t.name for t in marks] == ["minimum", "maximum", "saddle"]
    assert len({t.marker.symbol for t in marks}) == len({t.marker.color for t in marks}) == 3
    assert [len(t.x) for t in marks] == [4, 1, 4]


def test_what_cannot_be_read_on_intervals_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be certified here"):
        scene("critical", "u(x) + y", 2.0)


def test_constants_have_their_values() -> None:
    f = parse("a x^2 + b y^2 + x y")
    view = View(f.variables, {"x": 0, "y": 0}, {"x": (-2, 2), "y": (-2, 2)}, {"a": -1.0, "b": 0.25})
    (spot,) = LABS["critical"](f, view, LIGHT).problem["spots"]
    assert spot["kind"] == "saddle"
    assert with_values(f, view.constants).constants == ()


def test_three_variables_are_searched_in_a_box() -> None:
    made = scene("critical", "x^2 + y^2 + z^2 - x y z", 4.0)
    assert list(made.figures) == ["levels", "space"]
    assert [s["kind"] for s in made.problem["spots"]].count("saddle") == 4
    f = parse("x^2 + y^2 + z^2")
    view = View(f.variables, dict.fromkeys("xyz", 0.0), {"x": (-1, 1), "y": (-1, 1)})
    assert LABS["critical"](f, view, LIGHT).problem["box"] == [[-1, 1], [-1, 1], [-5, 5]]


def test_exact_forms() -> None:
    def forms(text: str, half: float) -> Any:
        spots = scene("critical", text, half).problem["spots"]
        return exact_forms(text, "", {}, [spot["enclosure"] for spot in spots])

    assert forms("x^3 - 3x y + y^3", 2.0) == [["0", "0"], ["1", "1"]]
    exact = forms(HIMMELBLAU, 5.0)
    assert exact[6] == ["3", "2"]
    assert exact[0][0] == r"\text{a root of } x^{3} + 3 x^{2} - 13 x - 38"
    assert exact_forms("a x^2 + cos(x)", "x", {"a": 1.0}, [[(-0.1, 0.1)]]) == [None]


def test_rectangles_hold_all_the_boxes() -> None:
    draw = np.random.default_rng(8)
    ends = np.array([[-2.0, 3.0], [0.0, 1.0]])
    low = draw.uniform(ends[:, 0], ends[:, 1], (60, 2))
    high = np.minimum(low + draw.exponential(0.05, (60, 2)), ends[:, 1])
    found = rectangles(np.stack([low, high], axis=2), ends)
    step = (ends[:, 1] - ends[:, 0]) / RASTER
    for point in np.concatenate([low, high, (low + high) / 2]):
        inside = (found.min(axis=1) <= point + 1e-9) & (found.max(axis=1) >= point - 1e-9)
        assert inside.all(axis=1).any()
    # And reach no further than a cell of the raster beyond them.
    for corner in (found.min(axis=1) + found.max(axis=1)) / 2:
        near = (low - 2 * step <= corner) & (high + RASTER * step >= corner)
        assert near.all(axis=1).any()
    assert rectangles(np.empty((0, 2, 2)), ends).shape == (0, 5, 2)


# ── critical points in the browser ────────────────────────────────────────────────────────────────


def test_a_visited_point_has_its_numbers() -> None:
    at = scene("critical", HIMMELBLAU, 5.0).problem["spots"][0]["at"]
    rounded = [float(f"{x:.6g}") for x in at]
    here = drawing("critical", HIMMELBLAU, at=rounded)
    assert here["shows"] == {"spot": "0"}
    # Rounded as the address has it, and yet level: all digits are known.
    assert re.sub(r"[^=\d]", "", reading(here, "gradient")) == "=00"
    assert reading(here, "the point is") == "a minimum, certified"
    assert "133.8" in reading(here, "eigenvalue 1 of H")
    assert "Both eigenvalues of H are positive: a minimum." in here["words"]["levels"]
    levels, surface = here["traces"]["levels"], here["traces"]["surface"]
    values = bending(hessian(HIMMELBLAU).evaluate(dict(zip("xy", at, strict=True)))).values
    for name, value in zip(("first", "second"), values, strict=True):
        assert levels[name]["line.dash"] == "solid"
        assert f"{value:.1f}"[:4] in levels[name]["hovertemplate"]
        z = np.array(surface[name]["z"], dtype=float)
        assert z.argmin() == len(z) // 2


def test_a_saddle_is_crossed_by_a_solid_and_a_dashed_line() -> None:
    here = drawing("critical", "x^3 - 3x y + y^3", at=[0, 0])
    lines = [here["traces"]["levels"][name] for name in ("first", "second")]
    assert [line["line.dash"] for line in lines] == ["solid", "dash"]
    ends = [np.array([line["x"], line["y"]], dtype=float) for line in lines]
    along = [e[:, 1] - e[:, 0] for e in ends]
    assert along[0] @ along[1] == pytest.approx(0, abs=1e-12)


def test_a_degenerate_point_is_not_decided_and_looked_at() -> None:
    here = drawing("critical", "x^4 + y^4", at=[0, 0])
    assert "second-derivative test is silent" in here["note"]
    assert "looks like a minimum" in here["note"]
    assert reading(here, "the point is") == "undecided by the second derivatives"
    assert here["traces"]["levels"]["first"]["line.dash"] == "dot"


def test_a_level_point_that_is_not_certified_is_not_called_critical() -> None:
    here = drawing("critical", CIRCLE, at=[1, 0])
    assert reading(here, "the point is") == "level, but not certified"
    assert "no certified point" in here["words"]["levels"]
    assert reading(drawing("critical", CIRCLE, at=[0.3, 0.4]), "the point is") == "not critical"


def test_the_point_snaps_on_its_way_in_and_not_on_its_way_out() -> None:
    text = "x^3 - 3x y + y^3"
    coming = drawing("critical", text, {"moves": [[0.99, 1.03], [0.8, 0.8]]}, at=[0.5, 0.5])
    assert [state["at"] for state in coming["handles"][0]["to"]] == [[1, 1], [0.8, 0.8]]
    leaving = drawing("critical", text, {"moves": [[1.05, 1]]}, at=[1, 1])
    assert [state["at"] for state in leaving["handles"][0]["to"]] == [[1.05, 1]]


def test_points_are_picked_from_the_list_and_in_space() -> None:
    text = "x^3 - 3x y + y^3"
    asks = {"picks": [[0.9, 0.93, -1], [-1.5, 1, 0]], "spots": ["0", "1", ""]}
    here = drawing("critical", text, asks, at=[0.5, 0.5])
    assert [state["at"] for state in here["picked"]["surface"]] == [[1, 1], [-1.5, 1]]
    assert [state["at"] for state in here["spot"]] == [[0, 0], [1, 1], [0.5, 0.5]]


def test_marks_beside_the_slice_are_pale() -> None:
    text = "x^2 + y^2 + z^2 - x y z"
    here = drawing("critical", text, {"picks": [[-1.8, -2.1, 1.5]]}, at=[2, 2, 2])
    assert here["traces"]["levels"]["saddle"]["marker.opacity"] == [1, 0.25, 0.25, 1]
    assert here["picked"]["space"][0]["at"] == [-2, -2, 2]
    assert len(here["traces"]["space"]["slice"]["x"]) == 5


def test_one_and_four_variables() -> None:
    curve = drawing("critical", "x^3 - 3x", {"moves": [[0.97, 7.0]]}, at=[0.5])
    assert curve["handles"][0]["to"][0]["at"] == [1]
    assert "slope" in curve["traces"]["curve"]["point"]["hovertemplate"]
    many = drawing("critical", "x1^2 + x2 x3 + x3^2 - x4^2", at=[0, 0, 0, 0])
    assert "eigenvalues of both signs" in many["words"]["levels"]
    assert reading(many, "eigenvalues of H").count(",") == 3


def test_no_point_and_no_value() -> None:
    here = drawing("critical", "x + y", at=[0.5, 0.5])
    assert "there is no critical point" in here["words"]["levels"]
    nowhere = drawing("critical", "ln(x y)", at=[-0.5, 0.5])
    assert "no value" in nowhere["note"]
    assert nowhere["offer"]["state"]["at"] != [-0.5, 0.5]


def test_of_a_constant_every_point_is_critical() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for text, name in (("5x^0", "x"), ("2 + 0 x y", "x"), ("sin(x)^2 + cos(x)^2", "x")):
            f = parse(text)
            view = View(
                f.variables,
                dict.fromkeys(f.variables, 0.4),
                dict.fromkeys(f.variables, (-2.0, 2.0)),
            )
            made = LABS["critical"](f, view, LIGHT)
            assert made.problem["constant"], (text, name)
            assert made.problem["places"] == ["f is constant: every point is critical."]
    assert not scene("critical", "x^2 y^2", FUNCTIONS.get("x^2 y^2", 2.0)).problem["constant"]


def test_what_is_said_of_an_undecided_group_is_true_of_its_boxes() -> None:
    """f reaches 16 in the box around the two strips, and is about 0 in them."""
    [place] = critical_points("x^2 y^2", {"x": (-2, 2), "y": (-2, 2)}).undecided_boxes
    corners = [
        place.cover[:, 0, i] ** 2 * place.cover[:, 1, j] ** 2 for i in (0, 1) for j in (0, 1)
    ]
    assert np.max(corners) < 1e-3
    [told] = critical_points("x^2 y^2", {"x": (-2, 2), "y": (-2, 2)}).places()
    assert re.match(r"Undecided in \d+ small boxes, 0\.\d+ % of −2 ≤ x ≤ 2, −2 ≤ y ≤ 2:", told)
    assert told.endswith("f is about 0 in all of these boxes.")


def test_numbers_of_marks_stay_within_the_frame() -> None:
    f = parse("sin(x) sin(y) + x^2/10")
    view = View(("x", "y"), {"x": 0.4, "y": 0.4}, {"x": (-2.0, 2.0), "y": (-2.0, 2.0)})
    marks = {trace.name: trace for trace in LABS["critical"](f, view, LIGHT).figures["levels"].data}
    assert list(marks["maximum"].text) == ["1", "5"]
    assert list(marks["maximum"].textposition) == ["top right", "top left"]
    assert marks["maximum"].cliponaxis is False


def test_a_point_out_of_the_ranges_is_said_to_be_there() -> None:
    for lab, text in (("critical", "x^2 y + sin(x y)"), ("mixed", "x^2 y + sin(x y)")):
        here = drawing(lab, text, at=[70, 0.4])
        assert "lies outside of the ranges" in here["note"]
        assert not {"levels", "domain", "surface", "second"} & set(here["words"])
        assert here["offer"]["state"]["at"] == [FUNCTIONS[text], 0.4]


# ── mixed partials in the browser ─────────────────────────────────────────────────────────────────


def test_the_quotient_and_both_limits() -> None:
    text = "x^2 y + sin(x y)"
    f = parse(text).node
    x, y, h, k = 0.7, -0.4, 0.3, 0.2

    def at(node: Any, u: float, v: float) -> float:
        return float(evaluate(node, {"x": u, "y": v}))

    here = drawing("mixed", text, at=[x, y], mh=h, mk=k)
    quotient = (at(f, x + h, y + k) - at(f, x + h, y) - at(f, x, y + k) + at(f, x, y)) / (h * k)
    assert f"{quotient:.3f}"[:5] in reading(here, "the quotient Δ(h, k)").replace("−", "-")
    fx, fy = partial(text, "x").node, partial(text, "y").node
    first = (at(fx, x, y + k) - at(fx, x, y)) / k
    second = (at(fy, x + h, y) - at(fy, x, y)) / h
    assert f"={first:.3f}"[:6] in reading(here, "after h → 0")
    assert f"={second:.3f}"[:6] in reading(here, "after k → 0")
    assert reading(here, "their difference") == "0"
    slopes = here["traces"]["slopes"]
    mixed = at(partial(text, "x", "y").node, x, y)
    for name in ("firstTangent", "secondTangent"):
        line = slopes[name]
        assert line["y"][1] / line["x"][1] == pytest.approx(mixed)
    steps = np.array(slopes["first"]["x"], dtype=float)
    changes = [at(fx, x, y + s) - at(fx, x, y) for s in steps]
    np.testing.assert_allclose(np.array(slopes["first"]["y"], dtype=float), changes, atol=1e-12)
    assert here["traces"]["domain"]["signs"]["text"] == ["+", "−", "+", "−"]


def test_the_sides_go_to_their_shortest_one_after_the_other() -> None:
    played = drawing("mixed", "x^2 y + sin(x y)", at=[0.7, 0.4], order="k")["played"]
    h, k = ([state[name] for state in played] for name in ("mh", "mk"))
    assert k[0] > k[1] > k[2] == k[3] == k[4]
    assert h[0] == h[1] == h[2] > h[3] > h[4]


@pytest.mark.parametrize(("order", "limit"), [("h", "−1"), ("k", "1")])
def test_the_counterexample_is_played_to_its_limit(order: str, limit: str) -> None:
    asked = {"at": [0, 0], "mh": 0.4, "mk": 0.2, "order": order}
    last = drawing("mixed", PEANO, **asked)["played"][-1]
    here = drawing("mixed", PEANO, **last)
    told = reading(here, "the quotient Δ(h, k)")
    assert told.endswith(f"={limit}")
    assert "10" in told, "the corner is not written as 0"
    assert f"Δ = {limit}." in here["words"]["domain"]
    short, long = sorted([last["mh"], last["mk"]])
    assert short <= 1e-3 * long < 1e-5


def test_the_corner_cannot_be_dragged_to_nothing() -> None:
    here = drawing("mixed", "x^2 y + sin(x y)", {"moves": [[0.9, 1.1], [0.7, -2]]}, at=[0.7, 0.4])
    corner = here["handles"][1]
    assert [corner["to"][0][name] for name in ("mh", "mk")] == pytest.approx([0.2, 0.7])
    assert all(corner["to"][1][name] > 0 for name in ("mh", "mk"))
    assert np.isfinite(float(corner["at"][0]))


@pytest.mark.parametrize("text", [PEANO, PEANO_OTHERWISE])
def test_the_counterexample_is_exact_at_the_origin(text: str) -> None:
    known = scene("mixed", text, 1.0).problem["known"]
    assert (known["fa"], known["fb"], known["fab"], known["fba"]) == (0, 0, -1, 1)
    assert (known["alongB"], known["alongA"]) == ("−y", "x")
    # The surface takes all heights up to √2, at cos 2θ = 1/√2, however close.
    np.testing.assert_allclose(known["near"], [-np.sqrt(2), np.sqrt(2)], rtol=5e-3)
    here = drawing("mixed", text, at=[0, 0], mh=0.4, mk=0.02)
    assert reading(here, "h first, then k").endswith("=−1")
    assert reading(here, "k first, then h").endswith("=1")
    assert reading(here, "their difference") == "2"
    assert reading(here, "after h → 0").endswith("=−1")
    assert "From the definition" in here["note"]
    assert "no limit there" in here["words"]["second"]
    assert here["traces"]["slopes"]["firstTangent"]["y"] == [1, -1]
    assert here["traces"]["slopes"]["secondTangent"]["y"] == [-1, 1]
    np.testing.assert_allclose(
        here["traces"]["slopes"]["first"]["y"], -np.linspace(-1, 1, 81), atol=1e-12
    )


def test_the_counterexample_away_from_the_origin() -> None:
    here = drawing("mixed", PEANO, at=[0.3, 0], mh=0.1, mk=0.1)
    assert reading(here, "their difference") == "0"
    assert "note" not in here


def test_where_there_is_no_value_no_number_is_shown() -> None:
    here = drawing("mixed", "ln(x y)", at=[-0.5, 0.5])
    assert here["readings"] == []
    assert "no value" in here["note"]
    assert here["traces"]["slopes"]["first"]["x"] == []


def test_the_definition_is_asked_only_where_the_rules_are_silent() -> None:
    for text in ("x^2 y + sin(x y)", "ln(x y)", "x^2 + y^2 + z^2 - x y z"):
        assert scene("mixed", text, FUNCTIONS[text]).problem["known"] is None


# ── drawings of all functions ─────────────────────────────────────────────────────────────────────


def test_every_drawing_fits_its_figures() -> None:
    asked, scenes = [], []
    for lab in ("critical", "mixed"):
        for text, half in FUNCTIONS.items():
            try:
                made = scene(lab, text, half)
            except InputError:
                continue
            n = len(made.problem["names"])
            states = [{"at": [value] * n} for value in (0.0, 0.4, -0.7, 1e6)]
            asked.append((lab, text, states, {"moves": [[0.1, 0.2], [9.0, -9.0]]}))
            scenes.append(made)
    for made, drawn in zip(scenes, drawings(*asked), strict=True):
        for one in drawn:
            for name, traces in one["traces"].items():
                known = {trace.name for trace in made.figures[name].data}
                assert set(traces) <= known
                for trace in traces.values():
                    if "x" in trace and "z" not in trace:
                        assert len(trace["x"]) == len(trace["y"])
            assert set(one["words"]) <= set(made.figures)
            assert all("NaN" not in row["math"] for row in one["readings"])


# ── on the page ───────────────────────────────────────────────────────────────────────────────────


def visit(**parameters: str) -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=30)
    app.query_params.update(parameters)
    app.switch_page("pages/lessons/hessian.py")
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def texts(app: AppTest) -> str:
    return "\n".join(e.value for kind in ("markdown", "caption") for e in getattr(app, kind))


def test_the_list_stands_on_the_page() -> None:
    app = visit(f=HIMMELBLAU, lab="critical", from_x="-5", to_x="5", from_y="-5", to_y="5")
    said = texts(app)
    assert "9 certified critical points: 4 minima, 1 maximum, 4 saddles" in said
    assert "**These are all in the box**" in said
    assert said.count("| minimum |") == 4
    assert r"Exactly, points 1, 3 and 9: $x$ is $\text{a root of } x^{3}" in said


def test_what_is_undecided_stands_on_the_page() -> None:
    said = texts(visit(f=CIRCLE, lab="critical"))
    assert "Whether there are others is not decided" in said
    assert "not isolated" in said
    said = texts(visit(f="x^4 + y^4", lab="critical"))
    assert "not certified" in said
    assert "Point 1: undecided by the second-derivative test" in said
    assert "looks like a minimum" in said
    assert "proves nothing" in said


def test_no_algebra_is_said() -> None:
    said = texts(visit(f="x^2 - x - cos(x) + y^2", lab="critical"))
    assert "decimals only" in said


def test_a_function_without_intervals_gets_a_sentence() -> None:
    said = texts(visit(f="u(x) + y^2", lab="critical"))
    assert "cannot be certified here" in said
    assert "certified critical point" not in said


def test_a_button_leads_to_the_counterexample() -> None:
    app = visit(f="x^2 y", lab="mixed")
    app.button(key="counterexample").click().run()
    assert not app.exception
    assert app.text_input(key="f").value == PEANO
    assert app.query_params["at_x"] in ("0", ["0"])
    assert not [b for b in app.button if b.key == "counterexample"]
    assert gradient(PEANO).conditions_text() == ("x² + y² ≠ 0",)
