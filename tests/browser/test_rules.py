"""The lab on the rules as a person uses it: pointing, keys, unfolding, paths, orders, addresses."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
FITS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollWidth <= main.clientWidth;
}"""
OVERLAPS = """() => {
    const rectangle = (element) => element.getBoundingClientRect();
    const all = [...document.querySelectorAll('.nr-box, .nr-partial')].map(rectangle);
    const meet = (a, b) =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return all.reduce((n, a, i) => n + all.slice(i + 1).filter((b) => meet(a, b)).length, 0);
}"""
INSIDE = "() => [...document.querySelectorAll('.nr')].every(e => e.scrollWidth <= e.clientWidth)"
SENT = "() => performance.getEntriesByType('resource').length"
TREE = "/rules?f=x%5E2+y+%2B+sin%28x+y%29"


def part(page: Page, words: str):
    """A part of the function by what stands in it."""
    return page.locator(".nr-function [data-node]").filter(has_text=words).last


def lit(page: Page, where: str) -> list[str]:
    """What is lit there, without the signs that nobody sees."""
    texts = page.locator(f"{where} .nr-lit").all_text_contents()
    return ["".join(c for c in text if c not in "\u2061\u2062 \n") for text in texts]


def open_tree(visit, path: str = TREE) -> Page:
    page = visit.open(path)
    expect(page.locator(".nr-tree [role=treeitem]").first).to_be_visible()
    return page


def test_pointing_lights_up_a_part_and_where_its_derivative_goes(visit) -> None:
    page = open_tree(visit)
    runs = visit.finished_runs
    part(page, "x\u2062y").hover()
    expect(page.locator(".nr-card")).to_contain_text("constant multiple rule")
    assert lit(page, ".nr-function") == ["xy"]
    assert lit(page, ".nr-result") == ["y"]
    # The line is folded away, and so is not lit; the one around it stands open when it is picked.
    part(page, "x\u2062y").click()
    expect(page.locator("li.nr-lit-row")).to_have_count(1)
    expect(page.locator("li.nr-lit-row")).to_have_attribute(
        "aria-label", "∂/∂x[x·y] = y: constant multiple rule"
    )
    page.mouse.move(0, 0)
    assert lit(page, ".nr-result") == ["y"]
    assert visit.finished_runs <= runs + 1  # pointing alone asks the server for nothing


def test_pointing_asks_the_server_for_nothing(visit) -> None:
    page = open_tree(visit)
    runs, requests = visit.finished_runs, page.evaluate(SENT)
    for k in range(page.locator(".nr-function [data-node]").count()):
        page.locator(".nr-function [data-node]").nth(k).hover()
    page.locator("[role=treeitem] .nr-row").last.hover()
    page.wait_for_timeout(300)
    assert visit.finished_runs == runs
    assert page.evaluate(SENT) == requests


def test_the_function_can_be_walked_through_with_keys(visit) -> None:
    page = open_tree(visit)
    page.locator(".nr-function").focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp", "End", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(lit(page, ".nr-function")[0])
    assert seen[0] == "x2y+sin(xy)"
    assert seen[1] == "x2y"
    assert seen[-2:] == ["xy", "sin(xy)"]
    with visit.rerun():
        page.keyboard.press("Enter")
    expect(page.locator("li.nr-lit-row")).to_have_count(1)
    assert "pick=" in page.url
    with visit.rerun():
        page.keyboard.press("Escape")
    assert "pick=" not in page.url
    assert lit(page, ".nr-function") == []


def test_the_tree_unfolds_by_click_and_by_key(visit) -> None:
    page = open_tree(visit)
    items = page.locator("[role=treeitem]")
    expect(items).to_have_count(3)
    items.last.locator(".nr-row").first.click()
    expect(page.locator("[role=treeitem]")).to_have_count(4)
    page.locator("[role=treeitem]").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(items).to_have_count(1)
    page.keyboard.press("ArrowRight")
    expect(items).to_have_count(3)
    page.keyboard.press("ArrowRight")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(items.nth(2)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(items.nth(3)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(items.nth(2)).to_be_focused()


def test_what_is_open_and_picked_is_in_the_address(visit, visitor, server) -> None:
    page = open_tree(visit)
    with visit.rerun():
        page.get_by_role("button", name="Unfold all").click()
    count = page.locator("[role=treeitem]").count()
    assert count == 6
    with visit.rerun():
        page.locator(".nr-by input").nth(1).check()
    assert "by=y" in page.url
    with visit.rerun():
        page.locator("[role=treeitem]").last.locator(".nr-row").first.click()
    expect(page.locator(".nr-card")).to_contain_text("chain rule")
    seen = page.locator(".nr-tree").inner_text()
    other = visitor(server).open(page.url.removeprefix(server))
    expect(other.locator("[role=treeitem]")).to_have_count(page.locator("[role=treeitem]").count())
    assert other.locator(".nr-tree").inner_text() == seen
    expect(other.locator(".nr-card")).to_contain_text("chain rule")


def test_a_new_function_takes_the_place_of_the_old_one(visit) -> None:
    page = open_tree(visit)
    with visit.rerun():
        part(page, "x\u2062y").click()
    field = page.get_by_role("textbox", name="Your function")
    field.fill("ln(x) y")
    field.press("Enter")
    expect(page.locator(".nr-function")).to_contain_text("ln")
    expect(page.locator("[role=treeitem]").first).to_have_attribute(
        "aria-label", "∂/∂x[ln(x)·y] = y/x: constant multiple rule"
    )
    expect(page.locator(".nr-card")).to_contain_text("Pick a part")
    page.wait_for_function("() => !location.search.includes('pick=')")
    field.fill("ln(x) y +")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("missing after +")
    expect(page.locator(".nr-function")).to_contain_text("ln")


def test_declared_variables_make_another_tree(visit) -> None:
    page = open_tree(visit, "/rules?f=a+x%5E2")
    expect(page.locator(".nr-by")).to_have_count(0)
    field = page.get_by_role("textbox", name="Variables")
    field.fill("a, x")
    field.press("Enter")
    expect(page.locator(".nr-by input")).to_have_count(2)


def test_it_opens_with_something_lit(visit) -> None:
    page = open_tree(visit, "/rules")
    assert lit(page, ".nr-function") == ["xy"]
    assert lit(page, ".nr-result") == ["y"]
    assert "pick=" not in page.url


def test_an_entry_lights_up_its_paths_and_an_arrow_its_entry(visit) -> None:
    page = visit.open("/rules?lab=chain&outer=u%5E2+%2B+v&inner=u+%3D+x+y%2C+v+%3D+x+-+y")
    entry = page.locator("[data-pick=e0-0]")
    entry.hover()
    assert page.locator("path.nr-arrow.nr-lit").count() == 4
    expect(page.locator(".nr-card")).to_contain_text("2 paths lead there")
    page.locator(".nr-product [data-pick=a1-0-1]").hover()
    assert page.locator("path.nr-arrow.nr-lit").count() == 1
    assert page.locator("[data-pick=e0-1].nr-lit").count() == 1
    assert page.locator("[data-pick=e0-0].nr-lit").count() == 0
    with visit.rerun():
        entry.press("Enter")
    assert "path=e0-0" in page.url
    page.mouse.move(0, 0)
    expect(entry).to_have_attribute("aria-pressed", "true")
    with visit.rerun():
        page.keyboard.press("Escape")
    assert "path=" not in page.url


def test_shapes_stand_below_the_matrices(visit) -> None:
    page = visit.open("/rules?lab=chain")
    expect(page.locator(".nr-shape")).to_have_text(["1 × 2", "1 × 2", "2 × 2"])


def test_labels_cover_no_box_and_no_other_label(visit) -> None:
    inner = "a = u + v, b = u v; u = r cos(t), v = r sin(t)"
    link = "/rules?" + urlencode({"lab": "chain", "outer": "a b", "inner": inner})
    for size in (PHONE, {"width": 1280, "height": 800}, {"width": 1920, "height": 1080}):
        visit.page.set_viewport_size(size)
        page = visit.open(link)
        expect(page.locator(".nr-partial").first).to_be_visible()
        page.wait_for_timeout(200)
        overlaps = page.evaluate(OVERLAPS)
        assert overlaps == 0, size


def test_the_orders_follow_the_sliders_and_an_order_of_ones_own(visit) -> None:
    page = visit.open("/rules?lab=order&widths=10,20,30,5")
    work = page.locator(".nr-order-work")
    expect(work).to_have_text(["7\u202f500", "4\u202f000", "4\u202f000"])
    runs = visit.finished_runs
    page.locator("[data-width='3']").press("End")
    expect(work.first).to_have_text("306\u202f000")
    page.locator(".nr-dot").last.click()
    expect(page.locator(".nr-yours")).to_contain_text("6\u202f000 multiplications so far")
    page.locator(".nr-dot").click()
    expect(work).to_have_count(4)
    expect(page.locator(".nr-yours")).to_contain_text("there is none with fewer")
    page.get_by_role("button", name="Start again").click()
    expect(work).to_have_count(3)
    page.wait_for_function("() => location.search.includes('1000')")
    assert visit.finished_runs <= runs + 1


def test_presets_and_layers(visit) -> None:
    page = visit.open("/rules?lab=order")
    with visit.rerun():
        page.get_by_role("button", name="narrow in the middle").click()
    expect(page.locator(".nr-words")).to_contain_text("Neither is best")
    with visit.rerun():
        page.get_by_role("button", name="one layer fewer").click()
    expect(page.locator(".nr-slider")).to_have_count(4)
    with visit.rerun():
        page.get_by_role("button", name="your composition").click()
    expect(page.locator(".nr-slider output")).to_have_text(["2", "2", "1"])


@pytest.mark.parametrize("query", ["", "?lab=chain", "?lab=order"])
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(visit, query, width) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    page = visit.open(f"/rules{query}")
    expect(page.locator(".nr")).to_be_visible()
    if not query:
        page.get_by_role("button", name="Unfold all").click()
    page.wait_for_function(FITS, timeout=5_000)
    assert page.evaluate(INSIDE)


def test_pointing_moves_nothing_on_the_page(visit) -> None:
    visit.page.set_viewport_size(PHONE)
    page = open_tree(visit)
    parts = page.locator(".nr-function [data-node]")
    for k in range(parts.count()):  # once round, so that the room is taken
        parts.nth(k).hover()
    tree = page.locator(".nr-tree")
    top = tree.bounding_box()["y"] - page.locator(".nr-function").bounding_box()["y"]
    for k in range(parts.count()):
        parts.nth(k).hover()
        now = tree.bounding_box()["y"] - page.locator(".nr-function").bounding_box()["y"]
        assert now == pytest.approx(top, abs=1)


def test_one_who_wants_stillness_gets_it(visit) -> None:
    visit.page.emulate_media(reduced_motion="reduce")
    page = visit.open("/rules?lab=order")
    expect(page.locator(".nr-fill").first).to_be_visible()
    moving = page.evaluate(
        "() => [...document.querySelectorAll('.nr *')].some("
        "e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    )
    assert not moving
