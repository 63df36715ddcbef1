"""Critical points and mixed partials in a real browser: what is picked and dragged."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

from playwright.sync_api import Locator, Page, expect

from tools.browser import Visit

PHONE = {"width": 390, "height": 844}
HIMMELBLAU = "/hessian?lab=critical&from_x=-5&to_x=5&from_y=-5&to_y=5&at_x=1&at_y=-1&f=" + quote(
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
)
PEANO = "/hessian?lab=mixed&from_x=-1&to_x=1&from_y=-1&to_y=1&at_x=0&at_y=0&f=" + quote(
    "x y (x^2 - y^2)/(x^2 + y^2) if x^2 + y^2 > 0 else 0"
)
FITS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollWidth <= main.clientWidth;
}"""


def stage(page: Page, figure: str) -> Locator:
    found = page.locator(".nl-stage[data-ready]").filter(
        has=page.locator(f'[data-figure="{figure}"]')
    )
    found.last.wait_for()
    return found


def row(of: Locator, label: str) -> Locator:
    return of.get_by_role("row", name=re.compile(f"^{re.escape(label)}"))


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_critical_point_is_picked_and_its_numbers_follow(visit: Visit) -> None:
    page = visit.open(HIMMELBLAU)
    lab = stage(page, "surface").filter(has=page.get_by_label("Go to"))
    expect(row(lab, "the point is")).to_contain_text("not critical")
    with visit.rerun():
        lab.get_by_label("Go to").select_option(label="7: minimum at (3, 2)")
    expect(row(lab, "the point is")).to_contain_text("a minimum, certified")
    assert (query(page)["at_x"], query(page)["at_y"]) == (["3"], ["2"])
    # Away by a key, and the list shows that no point of it is meant.
    knob = lab.get_by_role("slider", name="The point")
    with visit.rerun():
        knob.focus()
        page.keyboard.press("ArrowRight")
    expect(lab.get_by_label("Go to")).to_have_value("")
    expect(page.get_by_text("These are all in the box")).to_be_visible()
    expect(page.locator("td", has_text="saddle")).to_have_count(4)


def test_the_point_snaps_to_a_critical_point(visit: Visit) -> None:
    page = visit.open(HIMMELBLAU.replace("at_x=1&at_y=-1", "at_x=2.5&at_y=1.5"))
    lab = stage(page, "surface").filter(has=page.get_by_label("Go to"))
    knob = lab.get_by_role("slider", name="The point")
    knob.scroll_into_view_if_needed()
    box = knob.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    unit = lab.locator('[data-figure="levels"] .nl-plot').evaluate(
        "plot => plot._fullLayout.xaxis._length / 10"
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 0.55 * unit, y - 0.45 * unit, steps=6)
    expect(lab.get_by_label("Go to")).to_have_value("6")
    with visit.rerun():
        page.mouse.up()
    assert (query(page)["at_x"], query(page)["at_y"]) == (["3"], ["2"])


def test_the_counterexample_and_its_corner(visit: Visit) -> None:
    page = visit.open(PEANO)
    lab = stage(page, "slopes")
    expect(row(lab, "h first, then k")).to_contain_text("=−1")
    expect(row(lab, "k first, then h")).to_contain_text("=1")
    expect(lab.get_by_text("From the definition")).to_be_visible()
    corner = lab.get_by_role("slider", name="The opposite corner")
    corner.focus()
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"mk=0\.32"))
    # (h² − k²)/(h² + k²) for h = 0.4 and the k that is left.
    k = float(query(page)["mk"][0])
    quotient = (0.16 - k * k) / (0.16 + k * k)
    expect(row(lab, "the quotient")).to_contain_text(f"={quotient:.4f}")


def test_both_fit_on_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size(PHONE)
    for path, figure in ((HIMMELBLAU, "surface"), (PEANO, "slopes")):
        page = visit.open(path)
        stage(page, figure).last.wait_for()
        page.wait_for_function(FITS, timeout=5_000)
