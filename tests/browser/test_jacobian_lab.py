"""The laboratory on the Jacobian, as a hand moves it."""

from __future__ import annotations

import re
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

FOLD = quote("(x^2, y)")
READY = ".nl-stage[data-ready]"


def laboratory(page: Page) -> Locator:
    """The stage below the derivation; the one beside it stands further up."""
    page.locator(READY).nth(1).wait_for()
    return page.locator(READY).nth(1)


def handle(stage: Locator, figure: str, name: str) -> Locator:
    found = stage.locator(f"[data-figure={figure}] [data-handle={name}]")
    found.scroll_into_view_if_needed()
    expect(found).to_be_visible()
    return found


def reading(stage: Locator, label: str) -> Locator:
    return stage.locator(".nl-readings tr", has=stage.page.get_by_text(label, exact=True))


def test_a_cell_is_dragged_over_the_fold(visit) -> None:
    page = visit.open(f"/jacobian?f={FOLD}&at_x=0.8")
    stage = laboratory(page)
    expect(reading(stage, "orientation")).to_contain_text("kept")
    point = handle(stage, "domain", "at")
    box = point.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=6)
    # While the hand is down, everything has followed already, the picture further up as well.
    expect(stage.locator("[data-figure=domain] .nl-words")).to_contain_text("turned over")
    beside = page.locator(READY).first
    expect(beside.locator("[data-figure=domain] .nl-words")).to_contain_text("turned over")
    assert "at_x=0.8" in page.url
    page.mouse.move(x - 140, y, steps=6)
    expect(reading(stage, "orientation")).to_contain_text("reversed")
    with visit.rerun():
        page.mouse.up()
    assert re.search(r"at_x=-", page.url)


def test_a_corner_takes_the_arrow_keys(visit) -> None:
    page = visit.open(f"/jacobian?f={quote('(x^2 - y^2, 2xy)')}")
    stage = laboratory(page)
    corner = handle(stage, "domain", "corner")
    before = reading(stage, "their ratio").inner_text()
    corner.focus()
    with visit.rerun():
        for _ in range(4):
            page.keyboard.press("ArrowLeft")
    assert re.search(r"cell=0\.\d+", page.url)
    beside = page.locator(READY).first
    # One cell on one page: the other stage has it, too.
    ratio = reading(stage, "their ratio").inner_text()
    expect(reading(beside, "their ratio").locator("td")).to_have_text(ratio.split()[-1])
    assert reading(stage, "their ratio").inner_text() != before
    # det J = 4 (x² + y²) at (1, 0.5).
    expect(reading(stage, "factor of area, with its sign")).to_contain_text("5")


def test_an_entry_is_picked_by_keys_and_by_a_click(visit) -> None:
    page = visit.open(f"/jacobian?lab=entries&f={quote('(x y, y^2, x + 3y)')}")
    stage = laboratory(page)
    words = stage.locator("[data-figure=matrix] .nl-words")
    expect(words).to_contain_text("Row 1, column 1")
    entry = handle(stage, "matrix", "entry")
    entry.focus()
    with visit.rerun():
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    expect(words).to_contain_text("Row 2, column 2: ∂f₂/∂y = 1.")
    assert "row=2" in page.url
    assert "col=2" in page.url
    expect(stage.locator("[data-figure=partial] .g-gtitle")).to_contain_text("f₂ along y")
    box = entry.bounding_box()
    with visit.rerun():
        # One row further down.
        page.mouse.click(box["x"] + 22, box["y"] + 22 + 65)
    expect(words).to_contain_text("Row 3, column 2: ∂f₃/∂y = 3.")


def test_a_direction_is_turned(visit) -> None:
    page = visit.open(f"/jacobian?lab=ellipse&f={quote('(2x, y)')}")
    stage = laboratory(page)
    expect(reading(stage, "largest singular value")).to_contain_text("2")
    turned = handle(stage, "circle", "turn")
    box = turned.bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 300, steps=8)
    with visit.rerun():
        page.mouse.up()
    assert re.search(r"turn=(2[7-9]|3[0-5])\d", page.url)
    expect(stage.locator("[data-figure=stretch] .nl-words")).to_contain_text("between σ₂ = 1")
