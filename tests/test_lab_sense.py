"""What is written in the figures of the laboratories can be read, and is about what is drawn."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from calc_core import parse
from calc_core.figures import LIGHT
from calc_core.labs import LABS
from pages.parts.controls import usual_view
from tests.node import in_node

pytestmark = pytest.mark.xdist_group("javascript")

DRAW = """
import { drawer } from "./drawing.js";
import given from "./given.js";
export default await Promise.all(given.map(drawer([], {})));
"""
OPENING = "x^3/3 + x y^2 - x"
LOW, HIGH = -2.0, 2.0


@cache
def draw(lab: str, text: str, *states: tuple[tuple[str, Any], ...]) -> list[dict[str, Any]]:
    """The drawings of a function, at the usual point, in states that differ from the usual one."""
    f = parse(text)
    view = usual_view(f, {}, {})
    scene = LABS[lab](f, view, LIGHT)
    usual = {"at": view.at.tolist(), **scene.state}
    asked = {"model": scene.model, "program": scene.program, "problem": scene.problem}
    found: list[dict[str, Any]] = in_node(
        DRAW, [{**asked, "state": {**usual, **dict(state)}} for state in states]
    )
    return found


def usual(lab: str, text: str) -> dict[str, Any]:
    return draw(lab, text, ())[0]


def places(trace: dict[str, Any]) -> np.ndarray:
    return np.column_stack([trace["x"], trace["y"]])


def test_the_name_of_a_direction_stands_clear_of_its_handle() -> None:
    turns = [(("turn", float(turn)),) for turn in range(0, 360, 15)]
    for found in draw("direction", OPENING, *turns):
        tip = next(one["at"] for one in found["handles"] if one["id"] == "tip")
        names = places(found["traces"]["field"]["labels"])
        assert np.hypot(*(names[0] - tip)) > 0.25, tip
        assert np.all((names > LOW) & (names < HIGH))


@pytest.mark.parametrize("at", [[1, 0.5], [1.9, 1.9], [-2, -2], [-1.9, 1]])
def test_the_signs_of_the_corners_are_seen_whole(at: list[float]) -> None:
    [found] = draw("mixed", OPENING, (("at", tuple(at)), ("mh", 0.1), ("mk", 0.1)))
    signs, corners = (found["traces"]["domain"][name] for name in ("signs", "corners"))
    inside = places(corners)[(places(corners) < HIGH).all(axis=1)]
    assert len(places(signs)) == 4
    assert np.all((places(signs) > LOW) & (places(signs) < HIGH))
    for corner in inside:
        assert np.hypot(*(places(signs) - corner).T).min() > 0.1


def test_of_a_slice_the_slope_of_its_own_tangent_plane_is_told() -> None:
    found = usual("slope", "x y z")
    assert "rises by 0.559 per unit" in found["words"]["surface"], "|(−0.25, −0.5)|"
    assert "in this slice" in found["words"]["surface"]
    assert "rises by 1.031 per unit" in usual("slope", OPENING)["words"]["surface"]
    assert "slice" not in usual("slope", OPENING)["words"]["surface"]


def test_where_the_edge_of_a_cell_has_no_derivative_nothing_else_is_claimed() -> None:
    found = usual("cell", "phi(x, y) = (x^2, |y|)")
    assert "φ has no derivative" in found["note"]
    assert "could not be measured" in found["words"]["image"]
    assert "parallelogram" in found["words"]["lens"], "det J is 2 here, and not 0"
    assert "det J = 0" in usual("cell", "(x, x + 0 y)")["words"]["lens"]


def test_a_value_at_a_rounded_place_is_about_so_much() -> None:
    end = next(row["math"] for row in usual("descent", "x^2")["readings"])
    assert "≈" in end
    newton = usual("descent", "x^2")["readings"][2]["math"]
    assert "≈" not in newton, "it is at 0 exactly"


@pytest.mark.parametrize(("text", "spread"), [("|x| + |y|", 1), ("x^2", 8), (OPENING, 15)])
def test_the_axis_of_lengths_has_whole_powers_of_ten(text: str, spread: int) -> None:
    layout = usual("descent", text)["layouts"]["sizes"]
    low, high = layout["yaxis.range"]
    assert high - low > spread
    assert layout["yaxis.dtick"] == int(layout["yaxis.dtick"]) >= 1
    assert (high - low) / layout["yaxis.dtick"] < 7


def test_an_entry_is_written_as_a_fraction_of_names() -> None:
    label, value = (row["math"] for row in usual("entries", "(x y, x + y)")["readings"][:2])
    assert "<mfrac><mrow><mo>∂</mo><msub><mi>f</mi><mn>1</mn></msub></mrow>" in label
    assert "<msub><mi>f</mi><mn>1</mn></msub>" in value
    assert "by about h" in usual("entries", "(x, y)")["words"]["partial"]
    assert "by about 2 h" in usual("entries", "(2x, y)")["words"]["partial"]


def test_names_at_the_ends_of_an_axis_stand_on_its_inner_side() -> None:
    names = usual("ellipse", "(x^2, y)")["traces"]["stretch"]["labels"]
    assert dict(zip(names["x"], names["textposition"], strict=True)) == {
        0: "top right",
        180: "top center",
        90: "bottom center",
        270: "bottom center",
    }


def test_the_names_of_the_errors_stand_where_there_is_room() -> None:
    usual_names = usual("bending", "exp(x) cos(y)")["traces"]["error"]["names"]
    assert usual_names["textposition"] == ["top left", "bottom right"]
    late = usual("bending", "|x|")["traces"]["error"]["names"]
    assert late["textposition"] == ["top left", "bottom left"], "the errors begin at r = 1"
