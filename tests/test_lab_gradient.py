"""The experiments of the lesson on the gradient: what their models draw and say, as Node has it.

Numbers are held against NumPy, and against the theory of the step size: on a quadratic function
with the largest eigenvalue λ gradient descent converges for steps below 2/λ and not from there on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from calc_core import InputError, parse
from calc_core.figures import DARK, LIGHT
from calc_core.figures.space import CAMERA, EYE
from calc_core.labs import LABS, Scene
from pages.parts.controls import usual_view
from pages.parts.examples import examples_of
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

SEED = 11
DRAW = """
import given from "./given.js";
import * as F from "./functions.js";

const to = [0.3, 0.7];
const drawn = async ({ model: name, problem: data, program, states, part }) => {
  const source = `export default ${program}`;
  const f = (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default(F);
  const model = await import(`./labs/${name}.js`);
  const problem = { ...data, functions: (at) => f(at, data.constants) };
  return states.map((state) => {
    const now = part === null ? state : model.play(problem, state, part);
    const { handles, picks, ...rest } = model.draw(problem, now);
    const moved = handles.map((one) => ({ ...one, move: undefined, after: one.move(to) }));
    const actions = Object.entries(model.actions ?? {});
    const acted = Object.fromEntries(actions.map(([name, act]) => [name, act(problem, now)]));
    return { ...rest, state: now, handles: moved, acted };
  });
};
export default await Promise.all(given.map(drawn));
"""
Ranges = dict[str, tuple[float, float]]


def scene(lab: str, text: str, ranges: Ranges | None = None, **options: Any) -> Scene:
    f = parse(text)
    return LABS[lab](f, usual_view(f, {}, ranges or {}), LIGHT, **options)


@cache
def _draws(asked: str) -> Any:
    return in_node(DRAW, json.loads(asked))


def draws(
    lab: str,
    text: str,
    states: list[dict[str, Any]],
    ranges: Ranges | None = None,
    part: float | None = None,
) -> list[Any]:
    """What the model draws of a function in some states, which say what differs from the usual."""
    found: list[Any] = _draws(json.dumps([question(lab, text, states, ranges, part)]))[0]
    return found


def question(
    lab: str,
    text: str,
    states: list[dict[str, Any]],
    ranges: Ranges | None = None,
    part: float | None = None,
) -> dict[str, Any]:
    """What Node is asked."""
    made = scene(lab, text, ranges)
    data = made.to_data("0")
    asked = {key: data[key] for key in ("model", "problem", "program")}
    return asked | {"states": [{**made.state, **state} for state in states], "part": part}


def close(a: Any, b: Any, bound: float = 1e-9) -> None:
    np.testing.assert_allclose(np.array(a, dtype=float), b, rtol=bound, atol=bound)


def plain(mathml: str) -> str:
    """The characters of a formula."""
    text, inside = "", False
    for c in mathml:
        inside = c == "<" or (inside and c != ">")
        text += "" if inside or c == ">" else c
    return text


def says(drawn: Any, label: str) -> str:
    """The reading with a label that begins so."""
    return next(plain(row["math"]) for row in drawn["readings"] if row["label"].startswith(label))


# ── direction ─────────────────────────────────────────────────────────────────────────────────────

HILLS = "x exp(-x^2 - y^2)"


def hills(x: Any, y: Any) -> Any:
    return x * np.exp(-(x**2) - y**2)


def slope_of_hills(x: float, y: float) -> np.ndarray:
    e = np.exp(-(x**2) - y**2)
    return np.array([(1 - 2 * x * x) * e, -2 * x * y * e])


def test_the_slope_along_a_direction_is_the_gradient_times_it() -> None:
    rng = np.random.default_rng(SEED)
    states = [
        {"at": rng.uniform(-2, 2, 2).tolist(), "turn": float(turn)}
        for turn in (*rng.uniform(0, 360, 8), 0, 90, 360)
    ]
    for state, drawn in zip(states, draws("direction", HILLS, states), strict=True):
        at, turn = np.array(state["at"]), np.radians(state["turn"])
        slope, v = slope_of_hills(*at), np.array([np.cos(turn), np.sin(turn)])
        cosine, slice_ = drawn["traces"]["cosine"], drawn["traces"]["slice"]
        angles = np.radians(cosine["cosine"]["x"])
        close(cosine["cosine"]["y"], slope @ [np.cos(angles), np.sin(angles)])
        close(cosine["now"]["y"], [slope @ v])
        # The marks: steepest up and down, and twice level.
        marks = np.radians(cosine["marks"]["x"])
        size = np.linalg.norm(slope)
        close(slope @ [np.cos(marks), np.sin(marks)], size * np.array([1, -1, 0, 0]))
        close(cosine["marks"]["y"], size * np.array([1, -1, 0, 0]))
        # Their words stand clear of the curve: above a maximum, below a minimum.
        away = np.subtract(cosine["names"]["y"], cosine["marks"]["y"])
        assert away[0] > 0 > away[1]
        assert np.all(np.abs(away) > 0.03 * size)
        t = np.array(slice_["curve"]["x"])
        close(slice_["curve"]["y"], hills(*(at[:, None] + v[:, None] * t)))
        ends = slice_["tangent"]
        close(np.diff(ends["y"]) / np.diff(ends["x"]), [slope @ v] * 2)
        low, high = drawn["layouts"]["cosine"]["yaxis.range"]
        assert low == -high
        assert size < high < 10 * size


def test_the_direction_is_drawn_at_its_angle_and_the_shadow_is_a_projection() -> None:
    [drawn] = draws("direction", "x^2 + x y", [{"at": [0.5, 0.5], "turn": 60}])
    field = drawn["traces"]["field"]
    tip = np.array([field["direction"]["x"][3], field["direction"]["y"][3]]) - 0.5
    close(np.degrees(np.arctan2(*tip[::-1])), 60)
    shadow = np.diff([field["shadow"]["x"], field["shadow"]["y"]])[:, 0]
    drop = np.diff([field["drop"]["x"], field["drop"]["y"]])[:, 0]
    close(np.degrees(np.arctan2(*shadow[::-1])), 60)
    close(shadow @ drop, 0)
    tangent = np.diff([field["tangent"]["x"], field["tangent"]["y"]])[:, 0]
    close(tangent @ [1.5, 0.5], 0)
    handles = {handle["id"]: handle for handle in drawn["handles"]}
    close(np.array(handles["tip"]["at"]) - 0.5, tip)
    # Drawn to (0.3, 0.7) from (0.5, 0.5).
    assert handles["tip"]["after"]["turn"] == 135
    assert handles["tip"]["after"]["at"] == [0.5, 0.5]
    assert handles["angle"]["after"]["turn"] == 0.3
    assert handles["at"]["after"]["at"] == [0.3, 0.7]
    assert drawn["acted"]["steepest"]["turn"] == pytest.approx(
        np.degrees(np.arctan2(0.5, 1.5)), abs=0.01
    )


def test_the_readings_show_row_times_column_and_the_angle() -> None:
    [drawn] = draws("direction", "3x + 4y", [{"at": [1, 2], "turn": 90}])
    assert says(drawn, "slope along v").endswith("=3401=4")
    assert says(drawn, "length") == "|∇f|=5"
    assert says(drawn, "the same by its angle") == "|∇f|cos36.87°=4"
    assert "rises by 4 per unit" in drawn["words"]["field"]


def test_with_three_variables_the_direction_turns_in_the_plane_shown() -> None:
    [drawn] = draws("direction", "x y z", [{"at": [1, 2, 3], "turn": 0}])
    assert says(drawn, "slope along v").endswith("=632100=6")
    assert says(drawn, "steepest in this plane") == "6.708"
    assert any("plane of x and y" in note for note in scene("direction", "x y z").notes)


def test_once_round_ends_where_it_began() -> None:
    for part, turn in ((0, 30), (0.25, 120), (0.95, 12), (1, 30)):
        [drawn] = draws("direction", HILLS, [{"at": [1, 0.5]}], part=part)
        assert drawn["state"]["turn"] == pytest.approx(turn)


def one_sided(text: str) -> Any:
    [drawn] = draws("direction", text, [{"at": [0, 0], "turn": 60}])
    return drawn


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("abs(x) + abs(y)", lambda c, s: abs(c) + abs(s)),
        ("sqrt(x^2 + y^2)", lambda c, s: np.ones_like(c)),
        ("cbrt(x^3 + y^3)", lambda c, s: np.cbrt(c**3 + s**3)),
        ("max(x, y)", np.maximum),
        ("x + abs(y)^(3/2)", lambda c, s: c),
    ],
)
def test_without_a_gradient_the_slopes_to_one_side_are_measured(
    text: str, law: Callable[[Any, Any], Any]
) -> None:
    drawn = one_sided(text)
    measured = drawn["traces"]["cosine"]["measured"]
    angles = np.radians(measured["x"])
    close(measured["y"], law(np.cos(angles), np.sin(angles)), 2e-4)
    assert drawn["traces"]["cosine"]["cosine"]["x"] == []
    assert drawn["traces"]["field"]["gradient"]["x"] == []
    assert "the formula ∇f v does not apply" in drawn["note"]
    assert ("not differentiable" in drawn["note"]) == (text != "x + abs(y)^(3/2)")
    assert "row times column" not in str(drawn["readings"])


def test_where_no_slope_to_one_side_shows_none_is_drawn() -> None:
    measured = one_sided("sqrt(abs(x)) + y")["traces"]["cosine"]["measured"]
    level = [y for x, y in zip(measured["x"], measured["y"], strict=True) if x in (90, 270)]
    close(level, [1, -1], 1e-6)
    assert measured["y"].count(None) == len(measured["y"]) - 2


@pytest.mark.parametrize("lab", ["slope", "direction", "descent"])
def test_a_point_out_of_the_ranges_is_said_to_be_there(lab: str) -> None:
    [inside, outside] = draws(lab, "x^2 + y^2", [{"at": [2, -2]}, {"at": [7, 1]}])
    assert "outside of the ranges" not in inside.get("note", "")
    assert "lies outside of the ranges of the figure, x from −2 to 2" in outside["note"]
    assert not {"field", "surface", "slice"} & set(outside["words"])


@pytest.mark.parametrize("lab", ["slope", "direction", "descent"])
def test_where_there_is_no_value_no_number_is_written(lab: str) -> None:
    [drawn] = draws(lab, "ln(x) + y", [{"at": [-1, 0.5]}])
    assert drawn["readings"] == []
    assert "no value" in drawn["note"]


def test_a_gradient_of_0_has_no_direction() -> None:
    [drawn] = draws("slope", "x^2 + y^2", [{"at": [0, 0]}])
    assert says(drawn, "its direction") == "none: the gradient is 0"


def test_with_the_first_example_all_methods_come_to_the_minimum() -> None:
    text = examples_of("gradient")[0].text
    [drawn] = draws("descent", text, [{"at": [1, 0.5]}])
    for name in ("descent", "momentum", "Newton"):
        end = drawn["traces"]["field"][f"{name} end"]
        close([*end["x"], *end["y"]], [1, 0], 1e-3)
    assert "note" not in drawn


def test_at_a_critical_point_every_slope_is_0() -> None:
    [drawn] = draws("direction", "x^2 + y^2", [{"at": [0, 0]}])
    assert drawn["traces"]["cosine"]["marks"]["x"] == []
    assert drawn["acted"]["steepest"] == drawn["state"]
    assert "gradient is 0" in drawn["words"]["cosine"]
    assert says(drawn, "length") == "|∇f|=0"


def test_outside_the_domain_nothing_is_drawn_and_a_way_out_is_offered() -> None:
    [drawn] = draws("direction", "ln(x) + y", [{"at": [-1, 0]}])
    assert all(t["x"] == [] for figure in drawn["traces"].values() for t in figure.values())
    assert drawn["readings"] == []
    assert "no value" in drawn["note"]
    assert drawn["offer"]["state"]["at"][0] > 0


def test_the_direction_has_a_letter_of_its_own() -> None:
    assert scene("direction", "u^2 + u v").problem["direction"] == "w"
    assert scene("direction", "s p + t v w d").problem["direction"] == "e"
    [drawn] = draws("direction", "u^2 + u v", [{"at": [1, 1]}])
    assert "D" in says(drawn, "slope along w")


def test_axes_of_different_scales_keep_true_directions() -> None:
    ranges = {"x": (-100.0, 100.0), "y": (-1.0, 1.0)}
    [drawn] = draws("direction", "x + y", [{"at": [0, 0], "turn": 45}], ranges)
    x, y = (drawn["traces"]["field"]["direction"][k][3] for k in "xy")
    assert x == pytest.approx(y)
    assert drawn["traces"]["field"]["shadow"]["x"] == []
    low, high = drawn["layouts"]["slice"]["xaxis.range"]
    close(drawn["traces"]["slice"]["curve"]["x"][0], low)
    assert high == -low > 0


def test_a_curve_is_torn_at_a_pole() -> None:
    [drawn] = draws("direction", "1/x + y", [{"at": [1, 0], "turn": 0}])
    y = drawn["traces"]["slice"]["curve"]["y"]
    assert None in y
    low, high = scene("direction", "1/x + y").problem["visible"]
    ends = [(a, b) for a, b in pairwise(y) if a is not None and b is not None]
    assert ends
    assert not any(min(pair) < low and max(pair) > high for pair in ends)


# ── descent ───────────────────────────────────────────────────────────────────────────────────────

Vector = np.ndarray
Fields = tuple[Callable[[Vector], Vector], Callable[[Vector], np.ndarray]]


def rosenbrock() -> Fields:
    def gradient(p: Vector) -> Vector:
        x, y = p
        return np.array([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)])

    def hessian(p: Vector) -> np.ndarray:
        x, y = p
        return np.array([[1200 * x * x - 400 * y + 2, -400 * x], [-400 * x, 200]])

    return gradient, hessian


def himmelblau() -> Fields:
    def gradient(p: Vector) -> Vector:
        x, y = p
        a, b = x * x + y - 11, x + y * y - 7
        return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])

    def hessian(p: Vector) -> np.ndarray:
        x, y = p
        mixed = 4 * x + 4 * y
        return np.array([[12 * x * x + 4 * y - 42, mixed], [mixed, 12 * y * y + 4 * x - 26]])

    return gradient, hessian


def walk(
    fields: Fields, start: list[float], method: str, step: float, beta: float, steps: int
) -> Any:
    """The same methods, written down once more."""
    gradient, hessian = fields
    points = [np.array(start)]
    for _ in range(steps):
        x = points[-1]
        if method == "Newton":
            points.append(x - np.linalg.solve(hessian(x), gradient(x)))
            continue
        points.append(x - step * gradient(x))
        if method == "momentum" and len(points) > 2:
            points[-1] += beta * (x - points[-3])
    return np.array(points)


@pytest.mark.parametrize(
    ("text", "fields", "start", "step"),
    [
        ("100 (y - x^2)^2 + (1 - x)^2", rosenbrock(), [-1.2, 1.0], 0.0008),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", himmelblau(), [0.5, -1.0], 0.008),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", himmelblau(), [4.0, 3.0], 0.005),
    ],
)
def test_paths_are_those_of_numpy(
    text: str, fields: Fields, start: list[float], step: float
) -> None:
    state = {"at": start, "step": step, "beta": 0.7, "steps": 40}
    [drawn] = draws("descent", text, [state])
    for method in ("descent", "momentum", "Newton"):
        path = drawn["traces"]["field"][method]
        found = np.array([path["x"], path["y"]]).T
        # Newton's method is there before long, and then stops.
        assert len(found) == 41 or method == "Newton"
        close(found, walk(fields, start, method, step, 0.7, 40)[: len(found)], 1e-8)
        sizes = drawn["traces"]["sizes"][method]["y"]
        gradients = [np.linalg.norm(fields[0](point)) for point in found]
        close([size or 0 for size in sizes], gradients, 1e-6)


def quadratic(large: float, small: float) -> str:
    return f"({large} x^2 + {small} y^2)/2"


@pytest.mark.parametrize("large", [0.5, 4, 30])
def test_descent_converges_on_a_quadratic_for_steps_below_two_over_lambda(large: float) -> None:
    bound = 2 / large
    states = [
        {"at": [1.5, 0], "step": part * bound, "beta": 0, "steps": 200, "newton": False}
        for part in (0.2, 0.5, 0.9, 0.99, 1, 1.01, 1.3)
    ]
    for state, drawn in zip(states, draws("descent", quadratic(large, 0.3), states), strict=True):
        x = np.array(drawn["traces"]["field"]["descent"]["x"])
        part = state["step"] / bound
        factor = abs(1 - state["step"] * large)
        close(abs(x), 1.5 * factor ** np.arange(len(x)), 1e-6)
        assert (abs(x[-1]) < 1.5 * 0.3) == (part < 1)
        # What stands on the screen agrees.
        assert plain(str(drawn["readings"])).count("converges") == 2
        assert ("is not below 2/λ" in drawn.get("note", "")) == (part >= 1)
        if part >= 1:
            assert drawn["offer"]["state"]["step"] == pytest.approx(bound / 2, rel=0.05)


@pytest.mark.parametrize("beta", [0, 0.3, 0.8])
def test_momentum_converges_for_steps_below_its_own_bound(beta: float) -> None:
    large, small = 8.0, 1.0
    bound = 2 * (1 + beta) / large
    states = [
        {"at": [1, 1], "step": part * bound, "beta": beta, "steps": 200}
        for part in (0.5, 0.95, 1.05)
    ]
    found = draws("descent", quadratic(large, small), states)
    for state, drawn in zip(states, found, strict=True):
        path = drawn["traces"]["field"]["momentum"]
        last = np.hypot(path["x"][-1], path["y"][-1])
        assert (last < 0.1) == (state["step"] < bound), state
        marks = drawn["traces"]["factors"]["marks"]["y"]
        radius = max(
            abs(np.linalg.eigvals([[1 + beta - state["step"] * a, -beta], [1, 0]])).max()
            for a in (large, small)
        )
        close(marks, [max(abs(1 - state["step"] * a) for a in (large, small)), radius])
        assert (radius < 1) == (state["step"] < bound)


def test_the_factor_figure_marks_the_bounds_and_moves_the_step() -> None:
    [drawn] = draws("descent", "(x^2 + 20 y^2)/2", [{"at": [1.8, 1], "step": 0.05, "beta": 0.8}])
    close(drawn["traces"]["factors"]["bounds"]["x"][::3], [0.1, 0.18])
    assert says(drawn, "gradient descent converges") == "2λmax=0.1"
    assert says(drawn, "eigenvalues of H at the minimum") == "20,1"
    step = next(handle for handle in drawn["handles"] if handle["id"] == "step")
    assert step["at"] == [0.05, 1]
    assert step["after"]["step"] == 0.3
    assert "(0, 0)" in drawn["words"]["factors"]


WRONG: list[tuple[str, dict[str, Any], str]] = [
    (
        "x^2 - y^2",
        {"at": [1, 0.5]},
        "Newton’s method comes to a saddle point, (0, 0), in 1 step",
    ),
    ("x^2 - y^2", {"at": [1, 0.5]}, "Gradient descent runs off downhill"),
    ("x^2 - y^2", {"at": [1, 0.5]}, "the quadratic model has no minimum"),
    ("-x^2 - 2y^2", {"at": [1, 0.5]}, "makes for its maximum, uphill"),
    ("x - ln x", {"at": [0.5], "step": 2.5}, "leaves the domain with step"),
    ("abs(x)", {"at": [1], "step": 0.5}, "comes to x = 0, where f has no gradient"),
    ("abs(x) + abs(y)", {"at": [1.03, 0.57], "step": 0.1}, "goes to and fro"),
    ("x + y", {"at": [1, 1]}, "Newton’s method takes no step"),
    ("x^4 + y^4", {"at": [1.5, 1.5], "step": 1}, "Gradient descent diverges"),
    ("5x^2", {"at": [1], "step": 0.21, "steps": 20}, "Gradient descent has climbed"),
    ("x^2 + 0y", {"at": [1, 1], "step": 0.4, "steps": 200}, "decides nothing"),
]


def test_what_goes_wrong_is_said() -> None:
    found = in_node(DRAW, [question("descent", text, [state]) for text, state, _ in WRONG])
    for (text, _, said), [drawn] in zip(WRONG, found, strict=True):
        assert said in drawn["note"], (text, drawn["note"])


def test_momentum_does_not_stop_where_it_only_passes_the_minimum() -> None:
    [drawn] = draws("descent", "x^2/2", [{"at": [1], "step": 1, "beta": 0.5, "steps": 3}])
    close(drawn["traces"]["curve"]["descent"]["x"], [1, 0])
    close(drawn["traces"]["curve"]["momentum"]["x"], [1, 0, -0.5, -0.25])


def test_a_gradient_that_dies_away_far_out_is_no_arrival() -> None:
    state = {"at": [1.5, 1.5], "steps": 200, "step": 5}
    [drawn] = draws("descent", HILLS, [state])
    assert "minimum" not in drawn["words"]["field"]
    assert "outside of the figure" in drawn["words"]["field"]


def test_steps_come_one_by_one_and_nothing_else_changes() -> None:
    whole = {"at": [1.8, 1], "step": 0.09, "steps": 40}
    [end] = draws("descent", quadratic(1, 20), [whole])
    for part in (0, 0.5, 1):
        [drawn] = draws("descent", quadratic(1, 20), [whole], part=part)
        count = round(40 * part)
        assert drawn["state"]["steps"] == count
        for method in ("descent", "momentum"):
            path = drawn["traces"]["field"][method]
            assert path["x"] == end["traces"]["field"][method]["x"][: count + 1]
            assert len(path["y"]) == len(path["customdata"]) == count + 1
        assert drawn["traces"]["factors"] == end["traces"]["factors"]


def test_only_the_methods_chosen_are_drawn() -> None:
    none = {"descent": False, "momentum": False, "newton": False}
    states = [{"at": [1, 1], **none}, {"at": [1, 1], **none, "newton": True}]
    nothing, newton = draws("descent", quadratic(1, 2), states)
    assert "No method" in nothing["words"]["field"]
    assert [row["label"] for row in nothing["readings"]] == [
        "eigenvalues of H at the start",
        "eigenvalues of H at the minimum",
    ]
    field = newton["traces"]["field"]
    assert [field[name]["visible"] for name in ("descent", "momentum", "Newton")] == [
        False,
        False,
        True,
    ]
    assert newton["traces"]["factors"]["descent"]["x"] == []


def test_what_cannot_be_drawn_on_an_axis_is_left_out() -> None:
    state = {"at": [1.8, 1], "step": 0.11, "steps": 60}
    [drawn] = draws("descent", quadratic(1, 20), [state])
    values = drawn["traces"]["values"]["descent"]["y"]
    assert values[-1] is None
    assert len(values) == 61
    low, high = drawn["layouts"]["values"]["yaxis.range"]
    assert low <= 0
    assert 11.6 < high < 20
    assert drawn["traces"]["sizes"]["Newton"]["y"][-1] is None
    low, high = drawn["layouts"]["sizes"]["yaxis.range"]
    assert low < high < 20


def test_settings_from_an_address_are_kept_in_bounds() -> None:
    odd = [{"step": -1}, {"step": 0}, {"beta": 5}, {"steps": -3}, {"steps": 1e8}]
    for drawn in draws(
        "descent", quadratic(1, 2), [{"at": [1, 1], **settings} for settings in odd]
    ):
        assert 1 <= len(drawn["traces"]["field"]["descent"]["x"]) <= 201


def test_the_usual_step_is_below_the_bound() -> None:
    for large in (1e-4, 0.3, 1, 77, 1e5):
        f = parse(quadratic(large, large / 10))
        step = scene("descent", f.text).state["step"]
        assert 0.1 / large < step < 1.5 / large
    assert scene("descent", "x + y").state["step"] == 0.1
    assert scene("descent", "ln(-1 - x^2)").state["step"] == 0.1


def test_all_variables_move_in_more_than_two() -> None:
    [drawn] = draws("descent", "x^2 + y^2 + 3z^2", [{"at": [1, 1, 1], "step": 0.1, "steps": 3}])
    assert "(0.512, 0.512, 0.064)" in drawn["words"]["field"]
    assert any("All 3 variables move" in note for note in scene("descent", "x^2 + y z").notes)


# ── slope ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_right_angle_is_marked_and_the_eye_sees_the_point() -> None:
    rng = np.random.default_rng(SEED)
    states = [{"at": rng.uniform(-1.8, 1.8, 2).tolist()} for _ in range(8)]
    for state, drawn in zip(states, draws("slope", HILLS, states), strict=True):
        slope = slope_of_hills(*state["at"])
        corner = drawn["traces"]["field"]["corner"]
        a, b, c = np.array([corner["x"], corner["y"]]).T
        close((b - a) @ (c - b), 0)
        (x, y), (u, v) = c - state["at"], slope
        close(x * v, y * u)
        x, y, z = drawn["eyes"]["surface"]
        assert (*np.abs([x, y]), z) == (*np.abs(EYE), CAMERA["eye"]["z"])
        assert np.array([x, y]) @ -slope >= -0.11 * np.hypot(x, y) * np.linalg.norm(slope)


# ── all of them ───────────────────────────────────────────────────────────────────────────────────

ODD = [
    "5", "g(x, y)", "(x, y)", "x", "x + y", "0x + 0y", "a x + b y", "ln(-1 - x^2 - y^2)",
    "1/x + 1/y", "abs(x y)", "floor(x) + y", "x^1000 + y", "exp(exp(x y))", "x y z u v w s t",
    "u v", "x_1^2 + x_2", "theta^2 + phi", "max(x, y, x y)", "tan(x) tan(y)", "gamma(x) y",
    "1e90 x^2 + y^2", "sqrt(x) + y", "1e-90 x^2 + 1e-90 y",
]  # fmt: skip


@pytest.mark.parametrize("lab", ["slope", "direction", "descent"])
def test_every_function_has_a_scene_or_a_sentence(lab: str) -> None:
    asked, refusals = [], []
    for text in [*ODD, *[example.text for example in examples_of("gradient")]]:
        count = len(parse(text).variables)
        states = [{"at": [x] * count} for x in (0.0, 1.0, -1.0, 0.7, 1e5)]
        try:
            asked.append(question(lab, text, states))
        except InputError as refusal:
            refusals.append(str(refusal))
    assert len(asked) > 30
    assert all(refusal.endswith(".") for refusal in refusals)
    for given, found in zip(asked, in_node(DRAW, asked), strict=True):
        for drawn in found:
            texts = [drawn.get("note", ""), *drawn["words"].values()]
            texts += [row["math"] for row in drawn["readings"]]
            # The slope says so itself where it is undefined.
            bad = ["NaN"] if lab == "slope" else ["NaN", "undefined"]
            assert not [t for t in texts if any(word in t for word in bad)], given["problem"]
            for traces in drawn["traces"].values():
                for trace in traces.values():
                    assert len(trace.get("x", [])) in (len(trace.get("y", [])), 2)


def test_one_variable_has_no_direction_to_turn() -> None:
    with pytest.raises(InputError, match="two directions only"):
        scene("direction", "x^2")


def test_a_small_scene_has_one_figure() -> None:
    for lab in ("direction", "descent"):
        assert list(scene(lab, HILLS, compact=True).figures) == ["field"]
    assert list(scene("descent", "x^2").figures) == ["curve", "values", "sizes", "factors"]


@pytest.mark.parametrize("lab", ["direction", "descent"])
def test_figures_name_the_readers_own_variables(lab: str) -> None:
    f = parse("theta^2 + x_1")
    made = LABS[lab](f, usual_view(f, {}, {}), DARK)
    axes = made.figures["field"].layout
    assert {axes.xaxis.title.text, axes.yaxis.title.text} == {"θ", "x₁"}
