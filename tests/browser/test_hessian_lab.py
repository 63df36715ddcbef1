"""The laboratory of the Hessian in a real browser: what is dragged, and what follows."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tools.browser import Visit


def stage(page: Page, figures: int) -> Locator:
    found = page.locator(f'.nl-stage[data-figures="{figures}"][data-ready]')
    found.wait_for()
    return found


def middle(locator: Locator) -> tuple[float, float]:
    locator.scroll_into_view_if_needed()
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def read_out(of: Locator, label: str) -> str:
    row = of.get_by_role("row", name=re.compile(f"^{label}"))
    # The letters of formulas are mathematical ones, in italics.
    text = unicodedata.normalize("NFKC", row.get_by_role("cell").inner_text())
    return re.sub(r"\s", "", text)


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_point_of_the_quadratic_is_dragged(visit: Visit) -> None:
    page = visit.open("/hessian?lab=bending&f=x%5E2+-+y%5E2&at_x=0&at_y=0")
    lab = stage(page, 3)
    assert read_out(lab, "the point is") == "asaddlepoint"
    x, y = middle(lab.get_by_role("slider", name="The point"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 10, steps=4)
    expect(lab.get_by_role("row", name=re.compile("^the point is"))).to_contain_text("not critical")
    with visit.rerun():
        page.mouse.up()
    place = query(page)
    assert float(place["at_x"][0]) > 0
    assert float(place["at_y"][0]) > 0
    # The stage beside the derivation has followed.
    expect(stage(page, 1).locator("input").first).to_have_value(place["at_x"][0])
    expect(lab.locator('[data-figure="error"] .nl-words')).to_contain_text("quadratic itself")


def test_the_distance_is_moved_by_keys(visit: Visit) -> None:
    page = visit.open("/hessian?lab=bending")
    lab = stage(page, 3)
    knob = lab.get_by_role("slider", name="The distance r")
    knob.scroll_into_view_if_needed()
    before = knob.get_attribute("aria-valuenow")
    with visit.rerun():
        knob.press("ArrowLeft")
    radius = float(query(page)["radius"][0])
    assert radius < float(before or 0)
    assert read_out(lab, "distance") == f"r={radius:.3g}"


def test_the_direction_turns_and_the_colours_change(visit: Visit) -> None:
    page = visit.open("/hessian?lab=curvature&f=x%5E2+-+y%5E2&at_x=0&at_y=0&turn=0")
    lab = stage(page, 4)
    assert read_out(lab, "normal curvature") == "κ=2"
    x, y = middle(lab.get_by_role("slider", name="The direction v"))
    page.mouse.move(x, y)
    page.mouse.down()
    # Straight up from the point, which lies to the left of the handle.
    left, _ = middle(lab.get_by_role("slider", name="The point"))
    page.mouse.move(left, y - (x - left), steps=5)
    with visit.rerun():
        page.mouse.up()
    assert float(query(page)["turn"][0]) == pytest.approx(90, abs=2)
    assert read_out(lab, "normal curvature").startswith(("κ=−2", "κ=−1.9"))
    with visit.rerun():
        lab.get_by_label("Colour").select_option("mean")
    assert query(page)["shade"] == ["mean"]
    prefix = "plot => plot.data.find((t) => t.name === 'shade').colorbar.tickprefix"
    assert lab.locator('[data-figure="map"] .nl-plot').evaluate(prefix) == "M = "
