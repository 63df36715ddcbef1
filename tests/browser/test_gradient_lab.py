"""The experiments of the lesson on the gradient, with a hand in them, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

STAGE = ".nl-stage:has([data-figure={}])"


def stage_of(page: Page, figure: str) -> Locator:
    """The stage in which there is a figure, when it is drawn."""
    stage = page.locator(STAGE.format(figure)).last
    expect(stage).to_have_attribute("data-ready", re.compile("."), timeout=30_000)
    stage.scroll_into_view_if_needed()
    return stage


def test_a_direction_is_turned_by_its_tip_and_kept_in_the_address(visit) -> None:
    page = visit.open("/gradient?f=3x%2B4y&lab=direction&at_x=0&at_y=0&turn=0")
    stage = stage_of(page, "cosine")
    slope = stage.locator("tr", has_text="row times column")
    expect(slope).to_contain_text("=3")
    tip = stage.locator("[data-figure=field] [data-handle=tip]")
    box, point = tip.bounding_box(), stage.locator("[data-handle=at]").bounding_box()
    assert box is not None
    assert point is not None
    reach = box["x"] - point["x"]
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(point["x"] + 22 + reach / 2, point["y"] + 22 - reach / 2, steps=6)
    page.mouse.move(point["x"] + 22, point["y"] + 22 - reach, steps=6)
    # While the hand is moving the numbers follow, and the address does not.
    expect(slope).to_contain_text("=4")
    assert "turn=0" in page.url
    with visit.rerun():
        page.mouse.up()
    expect(page).to_have_url(re.compile("turn=90"))
    with visit.rerun():
        stage.get_by_role("button", name="Turn v to the steepest").click()
    expect(slope).to_contain_text("=5")
    expect(page).to_have_url(re.compile(r"turn=53\.13"))


def test_a_step_too_long_is_said_and_a_shorter_one_offered(visit) -> None:
    link = "/gradient?f=(x%5E2%2B20y%5E2)/2&lab=descent&at_x=1.8&at_y=1&step=0.09"
    page = visit.open(link)
    stage = stage_of(page, "factors")
    note = stage.locator(".nl-note")
    expect(note).to_be_hidden()
    step = stage.locator("[data-figure=factors] [data-handle=step]")
    step.focus()
    with visit.rerun():
        for _ in range(3):
            step.press("ArrowRight")
    expect(note).to_contain_text("is not below 2/λ = 0.1")
    assert "step=0.09" not in page.url
    with visit.rerun():
        stage.get_by_role("button", name="Take the step size 0.05").click()
    expect(note).to_be_hidden()
    with visit.rerun():
        stage.get_by_label("Newton’s method").uncheck()
    expect(page).to_have_url(re.compile("newton=0"))
    expect(stage.locator("tr", has_text="Newton")).to_have_count(0)
