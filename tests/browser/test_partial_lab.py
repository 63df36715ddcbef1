"""The laboratory of the partial derivative, as a hand drags it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect


def opened(visit, path: str) -> Page:
    page = visit.open(path)
    # Space is drawn without a graphics card here.
    expect(page.locator(".nl-stage[data-ready]")).to_be_visible(timeout=30_000)
    return page


def handle(page: Page, figure: str, name: str) -> Locator:
    found = page.locator(f".nl-figure[data-figure={figure}] .nl-handle[data-handle={name}]")
    expect(found).to_be_visible()
    found.scroll_into_view_if_needed()
    return found


def reading(page: Page, label: str) -> Locator:
    return page.locator(".nl-readings tr", has=page.get_by_text(label, exact=True)).locator("td")


def test_the_end_of_the_step_is_dragged_through_the_point(visit) -> None:
    page = opened(visit, "/partial?f=x%5E2+y&h=0.5")
    expect(reading(page, "quotient − derivative")).to_have_text("0.25")
    knob = handle(page, "slice", "h")
    box = knob.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y, steps=6)
    page.mouse.move(x - 120, y, steps=6)
    expect(page.get_by_label("from the left: h < 0")).to_be_checked()
    assert "left" not in page.url, "nothing goes to the server before the release"
    with visit.rerun():
        page.mouse.up()
    assert "left=1" in page.url
    assert "h=0.5" not in page.url


def test_another_variable_has_another_slice_and_another_derivation(visit) -> None:
    page = opened(visit, "/partial?f=x%5E2+y%5E3")
    axis = page.locator(".nl-figure[data-figure=slice] .xtitle")
    expect(axis).to_have_text("x")
    with visit.rerun():
        page.get_by_label("the variable that moves").select_option("y")
    assert "wrt=y" in page.url
    # What nobody sees is drawn when it is seen.
    axis.scroll_into_view_if_needed()
    expect(axis).to_have_text("y", timeout=20_000)
    expect(reading(page, "partial derivative")).to_contain_text("0.75")
    expect(page.locator(".nb-result annotation").first).to_contain_text(r"3\,x^{2}\,y^{2}")


def test_the_step_goes_by_keys_along_a_logarithmic_axis(visit) -> None:
    page = opened(visit, "/partial?lab=error&h=0.01")
    knob = handle(page, "error", "step")
    knob.focus()
    before = knob.get_attribute("aria-valuetext")
    with visit.rerun():
        for _ in range(5):
            page.keyboard.press("ArrowLeft")
    assert knob.get_attribute("aria-valuetext") != before
    h = float(knob.get_attribute("aria-valuenow") or "nan")
    # Five times a part of 1/80 of the axis, which has 16.6 powers of ten.
    assert abs(h / (0.01 * 10 ** (-5 * 16.6 / 80)) - 1) < 0.01
    assert "h=0.000" in page.url
