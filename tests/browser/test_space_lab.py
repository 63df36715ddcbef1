"""Level surfaces, and volumes and areas under maps, as a hand moves them in a real browser."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

TORUS = "((2 + cos v) cos u, (2 + cos v) sin u, sin v)"


def laboratory(page: Page) -> Locator:
    """The stage of the laboratory, once it is drawn."""
    stage = page.locator(".nl-stage").last
    stage.scroll_into_view_if_needed()
    expect(stage).to_have_attribute("data-ready", re.compile("."), timeout=30_000)
    return stage


def reading(stage: Locator, label: str) -> Locator:
    return stage.locator(".nl-readings tr", has_text=label).locator("td")


def test_a_level_surface_follows_the_point_and_the_sliders(visit) -> None:
    page = visit.open("/gradient?" + urlencode({"f": "x^2 + y^2 - z^2", "lab": "space"}))
    stage = laboratory(page)
    words = stage.locator('.nl-figure[data-figure="space"] .nl-words')
    expect(words).to_contain_text("level surface f = 1")
    handle = stage.locator('.nl-figure[data-figure="section"] .nl-handle')
    handle.focus()
    with visit.rerun():
        page.keyboard.press("ArrowRight")
    expect(reading(stage, "value")).to_contain_text("1.02")
    assert "at_x=1.01" in page.url
    slider = stage.get_by_role("slider", name="z", exact=True)
    slider.focus()
    with visit.rerun():
        page.keyboard.press("Home")
    expect(stage.get_by_role("spinbutton", name="z")).to_have_value("-2")
    assert "at_z=-2" in page.url
    level = stage.get_by_role("slider", name="level of f")
    level.focus()
    with visit.rerun():
        page.keyboard.press("Home")
    expect(words).to_contain_text("the level surface f = −4")
    assert "loose=1" in page.url
    with visit.rerun():
        stage.get_by_role("button", name="Surface through the point").click()
    expect(words).to_contain_text("right angle")
    assert "loose" not in page.url


def test_a_cell_is_pulled_at_its_corner_and_shrunk(visit) -> None:
    ranges = {f"{end}_{name}": value for name in "uv" for end, value in (("from", 0), ("to", 6))}
    page = visit.open("/jacobian?" + urlencode({"f": TORUS, "lab": "solid", **ranges}))
    stage = laboratory(page)
    figure = stage.locator('.nl-figure[data-figure="parameters"]')
    corner = figure.locator('.nl-handle[data-handle="corner"]')
    corner.scroll_into_view_if_needed()
    box = corner.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y - 10, steps=4)
    with visit.rerun():
        page.mouse.up()
    assert "edge=" in page.url
    assert "sides=" in page.url
    expect(reading(stage, "ratio of the two")).to_be_visible()
    stage.get_by_role("button", name="Shrink").click()
    expect(figure.locator(".nl-words")).to_contain_text("sides 0.06", timeout=30_000)
    expect(stage.get_by_label("Magnify the piece")).to_be_checked()
    expect(reading(stage, "by so much off the factor")).to_contain_text("%")
