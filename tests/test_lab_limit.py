"""The laboratory of the partial derivative: what Node draws against NumPy, and the odd cases."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from calc_core import InputError, lesson
from calc_core.calculus import partial
from calc_core.evaluate import evaluate
from calc_core.figures import LIGHT
from calc_core.geometry import View
from calc_core.labs import LABS
from calc_core.labs.scene import Scene
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

EPSILON = 2.0**-52
DRAW = """
import given from "./given.js";
import * as F from "./functions.js";
import * as limit from "./labs/limit.js";
import * as error from "./labs/error.js";
const models = { limit, error };
const module = (source) => `data:text/javascript,${encodeURIComponent(source)}`;
const compiled = async (source) => (await import(module(`export default ${source}`))).default(F);
const moves = ({ id, figure, at, move }) => [
  id, figure, at, move([at[0] - 1, at[1]]), move([at[0] + 1e-9, at[1]]),
];
async function drawn({ model, problem: data, program, states }) {
  const f = await compiled(program);
  const problem = { ...data, functions: (at) => f(at, data.constants) };
  return states.map((state) => {
    const found = models[model].draw(problem, state);
    const played = [0, 0.5, 1].map((part) => models[model].play(problem, state, part).h);
    const picks = found.picks?.surface?.([0.25, 0.75, 9]);
    return { ...found, handles: found.handles.map(moves), picks, played };
  });
}
export default await Promise.all(given.map(drawn));
"""
POINT = {"x": 1.0, "y": 0.5, "z": -0.5, "t": 1.0}


def view_of(text: str, at: dict[str, float] | None = None) -> View:
    f = lesson.read(text)
    point = {name: {**POINT, **(at or {})}.get(name, 0.3) for name in f.variables}
    ranges = dict.fromkeys(f.variables[:2], (-2.0, 2.0))
    return View(f.variables, point, ranges, dict.fromkeys(f.constants, 1.0))


def scene_of(lab: str, text: str, at: dict[str, float] | None = None) -> Scene:
    return LABS[lab](lesson.read(text), view_of(text, at), LIGHT)


@cache
def drawn(lab: str, text: str, *states: tuple[tuple[str, Any], ...]) -> list[dict[str, Any]]:
    """The drawings of a lab for a function, in each of the states; ``at_x`` moves the point."""
    scene = scene_of(lab, text)
    view = view_of(text)
    given = []
    for state in states:
        told = dict(state)
        at = [told.pop(f"at_{name}", view.point[name]) for name in view.names]
        given.append({"at": at, **scene.state, **told})
    data = scene.to_data("0")
    asked = {key: data[key] for key in ("model", "problem", "program")}
    return in_node(DRAW, [{**asked, "states": given}])[0]


def draw(lab: str, text: str, **state: Any) -> dict[str, Any]:
    return drawn(lab, text, tuple(state.items()))[0]


def plain(math: str) -> str:
    """A formula without its tags."""
    return re.sub("<[^>]*>", "", math)


def readings(drawing: dict[str, Any]) -> dict[str, str]:
    return {row["label"]: plain(row["math"]) for row in drawing["readings"]}


def slope_of(line: dict[str, Any]) -> float:
    return (line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])


# ── the limit ─────────────────────────────────────────────────────────────────────────────────────

FUNCTIONS = [
    "sin(x) + x y^2",
    "x exp(-x^2 - y^2)",
    "exp(x)",
    "(x y, x - y^3, sin(x))",
    "x y z + z^2",
]
STEPS = [(0.8, False), (0.3, True), (1e-3, False), (1e-3, True)]


@pytest.mark.parametrize("text", FUNCTIONS)
def test_secant_tangent_and_curve_are_those_of_the_slice(text: str) -> None:
    f, view = lesson.read(text), view_of(text)
    asked = [
        (name, k, h, left)
        for name in f.variables
        for k in range(len(f.components))
        for h, left in STEPS
    ]
    states = [
        (("wrt", name), ("part", str(k + 1)), ("h", h), ("left", left))
        for name, k, h, left in asked
    ]
    for (name, k, size, left), found in zip(asked, drawn("limit", text, *states), strict=True):
        node, x, h = f.components[k], view.point[name], -size if left else size

        def value(t: Any, node: Any = node, name: str = name) -> Any:
            return evaluate(node, {**view.point, name: t})

        quotient = float((value(x + h) - value(x)) / h)
        derivative = float(partial(replace(f, node=node), name).evaluate(view.point))
        flat = found["traces"]["slice"]
        np.testing.assert_allclose(
            flat["curve"]["y"], value(np.array(flat["curve"]["x"])), rtol=1e-12
        )
        assert len(flat["curve"]["x"]) == 401
        np.testing.assert_allclose(flat["point"]["y"], [value(x)])
        np.testing.assert_allclose(flat["moved"]["y"], [value(x + h)], rtol=1e-12)
        if flat["secant"]["x"]:
            assert slope_of(flat["secant"]) == pytest.approx(quotient, rel=1e-8, abs=1e-9)
        if flat["tangent"]["x"]:
            assert slope_of(flat["tangent"]) == pytest.approx(derivative, rel=1e-8, abs=1e-9)
        low, high = found["layouts"]["slice"]["yaxis.range"]
        assert all(
            low - 1e-9 <= y <= high + 1e-9 for y in flat["tangent"]["y"] + flat["secant"]["y"]
        )
        assert not found.get("note")


def test_the_numbers_stand_in_the_quotient() -> None:
    said = readings(draw("limit", "x^2 y", h=0.5))
    assert said["difference quotient"] == "f(1+0.5,0.5)−f(1,0.5)0.5"
    assert said["in numbers"] == "1.125−0.50.5=1.25"
    assert said["partial derivative"] == "∂f∂x=1"
    assert said["quotient − derivative"] == "0.25"
    backwards = readings(draw("limit", "x^2 y", h=0.5, left=True))
    assert backwards["difference quotient"] == "f(1−0.5,0.5)−f(1,0.5)−0.5"


def test_as_many_digits_as_tell_the_two_values_apart() -> None:
    said = readings(draw("limit", "exp(x)", h=1e-6))["in numbers"]
    assert said == "2.718284547−2.7182818281×10−6=2.71828"


def test_of_a_vector_function_all_components_are_said() -> None:
    said = readings(draw("limit", "(cos(t), sin(t), t/4)", part="2", h=0.1))
    assert said["partial derivative"] == "df2dt=0.540302"
    assert said["their limits"] == "dfdt=−0.84150.54030.25"
    assert "limits" not in " ".join(readings(draw("limit", "exp(x)")))


def test_another_variable_has_other_axes() -> None:
    by_x, by_z = (draw("limit", "x y z + z^2", wrt=name) for name in ("x", "z"))
    assert by_x["layouts"]["slice"]["xaxis.title.text"] == "x"
    assert by_z["layouts"]["slice"]["xaxis.title.text"] == "z"
    assert by_x["layouts"]["surface"]["scene.xaxis.title.text"] == "x"
    assert by_x["layouts"]["surface"]["scene.yaxis.title.text"] == "y"
    assert by_z["layouts"]["surface"]["scene.xaxis.title.text"] == "z"
    # The surface over z and x, with y held still, and the slice along z in it.
    surface = by_z["traces"]["surface"]["surface"]
    z, x = np.meshgrid(surface["x"], surface["y"])
    np.testing.assert_allclose(surface["z"], x * 0.5 * z + z**2, rtol=1e-12, atol=1e-12)
    assert set(by_z["traces"]["surface"]["slice"]["y"]) == {1.0}
    assert by_z["picks"]["at"] == [0.75, 0.5, 0.25]


def test_of_one_variable_there_is_a_curve_alone() -> None:
    assert set(scene_of("limit", "exp(x)").figures) == {"slice"}
    assert set(draw("limit", "exp(x)")["traces"]) == {"slice"}


def test_at_a_kink_both_sides_are_said_and_no_tangent_is_drawn() -> None:
    found = draw("limit", "|x| + y^2", at_x=0.0, h=0.25)
    assert found["traces"]["slice"]["tangent"]["x"] == []
    assert slope_of(found["traces"]["slice"]["secant"]) == pytest.approx(1)
    assert "1 from the right and −1 from the left" in found["note"]
    assert readings(found)["partial derivative"].endswith("undefined")
    assert draw("limit", "|x| + y^2")["traces"]["slice"]["tangent"]["x"]


def test_where_there_is_no_value_a_way_out_is_offered() -> None:
    found = draw("limit", "sqrt(x) + y", at_x=-1.0)
    assert "no value" in found["note"]
    assert found["offer"]["state"]["at"][0] > 0
    found = draw("limit", "ln(x)", at_x=0.5, h=0.8, left=True)
    assert "At x = −0.3, the end of the step" in found["note"]
    assert found["offer"]["state"]["left"] is False
    nowhere = draw("limit", "sqrt(-1 - x^2)")
    assert nowhere["note"]
    assert not nowhere.get("offer")


def test_a_step_that_the_machine_cannot_go_is_said() -> None:
    found = draw("limit", "exp(x)", h=1e-17)
    assert "0/0" in found["note"]
    assert found["traces"]["slice"]["secant"]["x"] == []


@pytest.mark.parametrize("lab", ["limit", "error"])
def test_what_an_address_may_say_is_taken_in_good_part(lab: str) -> None:
    strange = draw(lab, "(x y, x + y)", wrt="q", part="9", h=0.0)
    usual = draw(lab, "(x y, x + y)", wrt="x", part="2", h=1.0)
    assert strange["layouts"] == usual["layouts"]
    assert strange["traces"]["slice"]["curve"] == usual["traces"]["slice"]["curve"]
    draw(lab, "(x y, x + y)", part="no number", h=-1e300)


def test_the_step_is_dragged_through_the_point_but_never_onto_it() -> None:
    handles = {key: moved for key, _, _, *moved in draw("limit", "x^2 + y", h=0.5)["handles"]}
    back, little = handles["h"]
    assert (back["h"], back["left"]) == (0.5, True)
    assert little["left"] is False
    assert handles["at"][0]["at"] == [0.0, 0.5]
    short = draw("limit", "x^2 + y", h=1e-9, left=True)["handles"]
    _, onto = {key: moved for key, _, _, *moved in short}["h"]
    assert onto["h"] == 1e-4


@pytest.mark.parametrize(("lab", "end"), [("limit", 1e-5), ("error", 1e-16)])
def test_play_goes_down_by_equal_factors(lab: str, end: float) -> None:
    first, middle, last = draw(lab, "x^2", h=0.8)["played"]
    assert last == pytest.approx(end)
    assert middle**2 == pytest.approx(first * last)


# ── the error ─────────────────────────────────────────────────────────────────────────────────────


def errors(text: str, rule: str, **state: Any) -> tuple[np.ndarray, np.ndarray]:
    trace = draw("error", text, **state)["traces"]["error"][rule]
    h, error = np.array(trace["x"]), np.array(trace["y"])
    known = np.isfinite(error)
    return h[known], error[known]


@pytest.mark.parametrize(
    ("rule", "order", "shortest"), [("forward", 1, 1e-6), ("central", 2, 1e-3)]
)
def test_the_errors_have_the_slopes_of_taylors_theorem(
    rule: str, order: int, shortest: float
) -> None:
    h, error = errors("sin(x) + x y^2", rule)
    chosen = (h > shortest) & (h < 0.05)
    slope = np.polyfit(np.log(h[chosen]), np.log(error[chosen]), 1)[0]
    assert slope == pytest.approx(order, abs=0.02)
    expected = {"forward": np.sin(1) / 2 * h, "central": np.cos(1) / 6 * h**2}[rule]
    np.testing.assert_allclose(error[chosen], expected[chosen], rtol=0.05)


@pytest.mark.parametrize(("rule", "part"), [("forward", 1), ("central", 0.5)])
def test_round_off_is_below_its_floor_but_for_a_small_factor(rule: str, part: float) -> None:
    h, error = errors("exp(x)", rule, at_x=0.7)
    short = h < 1e-9
    assert short.sum() > 40
    # The values of exp may be off by a little more than half a unit, and x + h is rounded, too.
    assert (error[short] <= 3 * part * EPSILON * np.exp(0.7) / h[short]).all()
    assert np.median(error[short] * h[short]) > 0.05 * EPSILON


def test_the_best_steps_are_near_the_root_and_the_cube_root_of_epsilon() -> None:
    traces = draw("error", "exp(x)")["traces"]["error"]
    assert traces["forward_best"]["x"] == [pytest.approx(np.sqrt(2 * EPSILON))]
    assert traces["central_best"]["x"] == [pytest.approx(np.cbrt(1.5 * EPSILON))]
    # Truncation and round-off together, with f = f″ = f‴ = e: the stars are where they are least.
    sums = {
        "forward": lambda h: np.e * (h / 2 + EPSILON / h),
        "central": lambda h: np.e * (h**2 / 6 + EPSILON / (2 * h)),
    }
    for rule, together in sums.items():
        [h], [y] = traces[f"{rule}_best"]["x"], traces[f"{rule}_best"]["y"]
        assert y == pytest.approx(together(h))
        assert together(h) < min(together(0.99 * h), together(1.01 * h))
    for rule in ("forward", "central"):
        h, error = errors("exp(x)", rule)
        best = traces[f"{rule}_best"]
        # Nowhere is the error far below what the star promises.
        near = (h > best["x"][0] / 30) & (h < best["x"][0] * 30)
        assert np.median(error[near]) < 30 * best["y"][0]


def test_of_a_linear_function_the_error_is_round_off_alone() -> None:
    found = draw("error", "3x - 2y + 1")
    assert "linear" in found["words"]["error"]
    assert found["traces"]["error"]["forward_guide"]["x"] == []
    assert found["traces"]["error"]["forward_best"]["x"] == []
    assert not any(label.startswith("best") for label in readings(found))
    assert all(
        height == pytest.approx(2e-17, rel=1) for height in found["traces"]["error"]["exact"]["y"]
    )
    constant = draw("error", "x", h=0.1)
    assert len(constant["traces"]["error"]["exact"]["x"]) > 100


def test_of_a_quadratic_function_the_central_quotient_is_exact() -> None:
    found = draw("error", "x^2 + sin(y)", h=0.3)
    assert "quadratic" in found["words"]["error"]
    assert found["traces"]["error"]["central_guide"]["x"] == []
    assert found["traces"]["error"]["forward_guide"]["x"]


def test_without_a_derivative_there_is_no_error() -> None:
    found = draw("error", "|x|", at_x=0.0)
    assert "from the right" in found["note"]
    assert np.isnan(found["traces"]["error"]["forward"]["y"]).all()


def test_the_step_is_dragged_along_the_axis_of_h() -> None:
    handles = draw("error", "exp(x)", h=0.01)["handles"]
    found = {key: (at, moved) for key, _, at, *moved in handles}
    at, (_, right) = found["step"]
    assert at[0] == pytest.approx(0.01)
    assert right["h"] == pytest.approx(0.01)
    assert "left" not in found["h"][1][0]


# ── what can be shown ─────────────────────────────────────────────────────────────────────────────

SHOWN = [
    "7 x", "x", "1/x", "tan(x)", "sqrt(-1 - x^2)", "floor(x)", "x^x", "a x + b y", "ln(x y)",
    "(x, y)", "(t, 1)", "a b c x + y z w", "1 if x > 0 else 0", "exp(exp(exp(x)))",
    "x_1 x_2 x_3 x_4 x_5",
]  # fmt: skip
REFUSED = ["3", "g(x)", "[[x, y], [y, x]]", "(" + ", ".join(f"x^{k}" for k in range(1, 11)) + ")"]


@pytest.mark.parametrize("lab", ["limit", "error"])
@pytest.mark.parametrize("text", SHOWN)
def test_all_kinds_of_functions_are_drawn(lab: str, text: str) -> None:
    found = draw(lab, text)
    for trace in found["traces"]["slice"].values():
        assert len(trace["x"]) == len(trace["y"])
    assert found["readings"]
    assert found.get("note") or found["words"]["slice"]


@pytest.mark.parametrize("lab", ["limit", "error"])
@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_shown_is_refused_in_a_sentence(lab: str, text: str) -> None:
    f = lesson.read(text)
    names = f.variables or ("x",)
    view = View(names, dict.fromkeys(names, 1.0), dict.fromkeys(names, (-2.0, 2.0)))
    with pytest.raises(InputError, match=r"\.$"):
        LABS[lab](f, view, LIGHT)


def test_a_component_is_a_function_of_its_own() -> None:
    f = lesson.read("(x y, 2.5 + x)")
    for k in range(2):
        part = lesson.read(lesson.component(f, k))
        assert part.variables == ("x", "y")
        assert part.node is f.components[k]
    assert lesson.component(lesson.read("x^2"), 0) == "x^2"


# ── the page ──────────────────────────────────────────────────────────────────────────────────────


def visit(**parameters: str) -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=30)
    app.query_params.update(parameters)
    app.switch_page("pages/lessons/partial.py")
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def written(app: AppTest) -> str:
    texts = [e.value for kind in ("markdown", "caption") for e in getattr(app, kind)]
    return "\n".join(texts + [str(e.proto.body) for e in app.get("html")])


def test_the_page_opens_with_a_limit_and_its_derivation() -> None:
    app = visit()
    assert app.title[0].value == "Partial derivatives"
    assert "✓ every step checked" in written(app)
    assert r"\lim" in written(app)
    assert len(app.get("bidi_component")) >= 1


def test_the_derivation_is_by_the_variable_and_of_the_component_of_the_laboratory() -> None:
    app = visit(f="(r cos(theta), r sin(theta))", wrt="theta", part="2")
    assert "f₂ by θ" in written(app)
    assert r"r\,\cos \theta" in written(app)
    assert app.get("page_link")[-1].proto.label.startswith("All its partial derivatives: the Jac")


def test_a_matrix_is_not_for_this_lesson() -> None:
    app = visit(f="[[x, y], [y, x]]")
    assert "matrix" in written(app)
    assert not app.get("bidi_component") or "Laboratory" not in [s.value for s in app.subheader]
