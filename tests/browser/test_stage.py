"""What every laboratory does: it follows the hand, says nothing meanwhile, and remembers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tools.browser import Visit

STAGE = '.nl-stage[data-figures="2"]'
CAMERA = "plot => JSON.stringify(plot._fullLayout.scene.camera.eye)"


def stage(page: Page) -> Locator:
    found = page.locator(f"{STAGE}[data-ready]")
    found.wait_for()
    return found


def handle(page: Page) -> Locator:
    found = stage(page).locator('[data-figure="field"] .nl-handle')
    found.scroll_into_view_if_needed()
    return found


def middle(locator: Locator) -> tuple[float, float]:
    box = locator.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def read_out(page: Page, label: str) -> str:
    row = stage(page).get_by_role("row", name=re.compile(f"^{label}"))
    return row.get_by_role("cell").inner_text()


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def frames(page: Page) -> list[int]:
    """The sizes of all that passes over the page's websocket, as it passes."""
    sizes: list[int] = []

    def listen(socket: Any) -> None:
        socket.on("framesent", lambda frame: sizes.append(len(frame)))
        socket.on("framereceived", lambda frame: sizes.append(len(frame)))

    page.on("websocket", listen)
    return sizes


def test_dragging_moves_figures_and_numbers_and_sends_nothing(visit: Visit) -> None:
    sizes = frames(visit.page)
    page = visit.open("/gradient?lab=slope")
    x, y = middle(handle(page))
    before = read_out(page, "value")
    page.wait_for_timeout(500)
    said = len(sizes)
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 13):
        page.mouse.move(x - 5 * k, y + 3 * k)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    dragged = read_out(page, "value")
    assert dragged != before
    plane = stage(page).locator('[data-figure="surface"] .nl-plot')
    place = plane.evaluate("plot => plot.data.find((t) => t.name === 'point').x[0]")
    assert place == pytest.approx(float(stage(page).locator("input").first.input_value()))
    assert len(sizes) == said, "the server heard of the drag"
    with visit.rerun():
        page.mouse.up()
    assert read_out(page, "value") == dragged
    assert float(query(page)["at_x"][0]) == pytest.approx(place)
    # The same place in a fresh visit of the address.
    page.reload()
    assert float(stage(page).locator("input").first.input_value()) == pytest.approx(place)
    assert read_out(page, "value") == dragged


def test_the_other_stage_of_the_page_follows(visit: Visit) -> None:
    page = visit.open("/gradient?lab=slope")
    handle(page).focus()
    with visit.rerun():
        for _ in range(3):
            page.keyboard.press("ArrowRight")
    fields = page.locator(".nl-stage").locator(".nl-field input")
    values = fields.evaluate_all("fields => fields.map((field) => Number(field.value))")
    assert values[:2] == values[2:]
    assert values[0] > 1.0


def test_the_point_moves_by_keys_by_a_field_and_by_a_click(visit: Visit) -> None:
    page = visit.open("/gradient?lab=slope")
    handle(page).focus()
    with visit.rerun():
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Shift+ArrowLeft")
    moved = query(page)
    assert float(moved["at_y"][0]) > 0.5
    assert 0.98 < float(moved["at_x"][0]) < 1.0
    field = stage(page).locator(".nl-field input").first
    field.fill("-1.25")
    with visit.rerun():
        field.press("Enter")
    assert query(page)["at_x"] == ["-1.25"]
    x, y = middle(handle(page))
    with visit.rerun():
        page.mouse.click(x + 80, y - 20)
    assert float(query(page)["at_x"][0]) > -1.0


def test_camera_and_zoom_stay_while_the_point_moves(visit: Visit) -> None:
    page = visit.open("/gradient?lab=slope")
    surface = stage(page).locator('[data-figure="surface"]')
    first = surface.locator(".nl-plot").evaluate(CAMERA)
    surface.locator(".nl-plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    turned = surface.locator(".nl-plot").evaluate(CAMERA)
    assert turned != first
    field = stage(page).locator('[data-figure="field"]')
    field.get_by_role("button", name="Closer").click()
    zoomed = field.locator(".nl-plot").evaluate("plot => plot._fullLayout.xaxis.range.join()")
    handle(page).focus()
    with visit.rerun():
        page.keyboard.press("ArrowLeft")
    assert surface.locator(".nl-plot").evaluate(CAMERA) == turned
    assert field.locator(".nl-plot").evaluate("p => p._fullLayout.xaxis.range.join()") == zoomed
    surface.get_by_role("button", name="The view as at first").click()
    assert surface.locator(".nl-plot").evaluate(CAMERA) == first


def test_a_figure_is_a_file_that_opens(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("/gradient?lab=slope")
    figure = stage(page).locator('[data-figure="field"]')

    def saved(kind: str) -> Path:
        figure.locator("summary").click()
        with page.expect_download() as waiting:
            figure.get_by_role("button", name=kind).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    assert saved("PNG").read_bytes().startswith(b"\x89PNG")
    drawing = saved("SVG").read_bytes()
    assert drawing.startswith(b"<svg")
    assert b"NaN" not in drawing
    other = page.context.new_page()
    other.goto(saved("HTML").as_uri())
    other.wait_for_selector(".js-plotly-plot .main-svg")
    assert len(other.evaluate("document.querySelector('.js-plotly-plot').data")) > 3
    other.close()


def test_a_point_without_a_value_is_said_and_a_way_out_offered(visit: Visit) -> None:
    page = visit.open("/gradient?f=ln(x)+y&at_x=-1&lab=slope")
    note = stage(page).get_by_text("has no value")
    expect(note).to_be_visible()
    with visit.rerun():
        stage(page).get_by_role("button", name=re.compile("^Go to")).click()
    expect(note).to_be_hidden()
    assert float(query(page)["at_x"][0]) > 0


def test_what_is_typed_into_a_field_is_read_or_refused(visit: Visit) -> None:
    page = visit.open("/gradient?lab=slope")
    field = stage(page).locator(".nl-field input").first
    field.fill("1/4")
    with visit.rerun():
        field.press("Enter")
    assert query(page)["at_x"] == ["0.25"]
    field.fill("a lot")
    field.press("Enter")
    assert "such as 0.5, 1/3 or pi/4" in field.evaluate("field => field.validationMessage")
    assert field.input_value() == "a lot"
    assert query(page)["at_x"] == ["0.25"]


def test_a_hand_stops_what_plays(visit: Visit) -> None:
    page = visit.open("/gradient?lab=direction")
    found = page.locator(".nl-stage").last
    expect(found).to_have_attribute("data-ready", re.compile("."), timeout=20_000)
    button = found.get_by_role("button", name=re.compile("^▶"))
    label = button.inner_text()
    button.click()
    expect(found.get_by_role("button", name="■ Stop")).to_be_visible()
    knob = found.locator('[data-figure="field"] .nl-handle').first
    with visit.rerun():
        knob.press("ArrowRight")
    expect(found.get_by_role("button", name=label)).to_be_visible()


def test_an_experiment_is_left_and_found_again_as_it_was(visit: Visit) -> None:
    page = visit.open("/hessian")
    last = page.locator(".nl-stage").last
    row = last.get_by_role("row", name=re.compile("^distance"))
    expect(row).to_contain_text("0.5")
    for title in ("Curvature", "Quadratic"):
        with visit.rerun():
            page.get_by_role("radio", name=title).click()
    expect(row).to_contain_text("0.5")
    expect(last.locator('[data-figure="levels"] .nl-handle')).to_have_count(2)


def test_a_new_function_takes_the_place_of_the_old(visit: Visit) -> None:
    page = visit.open("/gradient?lab=slope")
    before = read_out(page, "value")
    with visit.rerun():
        page.get_by_role("textbox", name="Your function").fill("x^2 + 3 y^2")
    expect(stage(page).get_by_role("row", name=re.compile("^value"))).not_to_contain_text(before)
    assert read_out(page, "value").replace("\n", "").endswith("1.75")


def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open("/gradient?lab=slope")
    figures = stage(page).locator(".nl-figure")
    for box in [figures.nth(k).bounding_box() for k in range(figures.count())]:
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390


def test_a_finger_drags_the_point(visitor: Visitor, server: str) -> None:
    visit = visitor(server)
    page = visit.open("/gradient?lab=slope")
    x, y = middle(handle(page))
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *at: tuple[float, float]) -> None:
        points = [{"x": a, "y": b} for a, b in at]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (x, y))
    for k in range(1, 9):
        touch("touchMove", (x - 6 * k, y))
    with visit.rerun():
        touch("touchEnd")
    assert float(query(page)["at_x"][0]) < 1.0
