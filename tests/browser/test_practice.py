"""Practising in a real browser: answers, a server that dies in between, and going on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from calc_core.exercises import generate
from calc_core.progress import open_store
from tools.browser import ROOT, Visit, wait_until_healthy

PATH = "/practice?kind=partial&difficulty=3&seed=5"
RIGHT = generate("partial", 3, 5).answer.text()


class MortalServer:
    """A server that can be killed without warning, and started again at the same address."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("localhost", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self._log = log.open("w+")
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        command += ["--server.headless=true", f"--server.port={self.port}"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdout=self._log, stderr=subprocess.STDOUT, start_new_session=True
        )
        wait_until_healthy(self.url, self._process, self._log)

    def kill(self) -> None:
        """As if the power had gone: the workers, too."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(timeout=20)

    def close(self) -> None:
        self.kill()
        self._log.close()


@pytest.fixture
def mortal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MortalServer]:
    monkeypatch.setenv("NABLA_DATABASE", f"sqlite:///{tmp_path}/progress.sqlite3")
    server = MortalServer(tmp_path / "log.txt")
    yield server
    server.close()


@contextmanager
def witness(chromium: Browser, server: MortalServer) -> Iterator[Visit]:
    """A visitor who may see the server go."""
    with chromium.new_context() as context:
        yield Visit(context.new_page(), server.url)


def answer_field(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("textbox", name="Your answer")


def type_answer(page: Page, text: str) -> None:
    answer_field(page).fill(text)
    answer_field(page).press("Tab")


def check(page: Page) -> None:
    button = page.get_by_role("button", name="Check")
    expect(button).to_be_enabled()
    button.click()


def code_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["learner"][0]


def test_an_answer_is_judged_and_the_next_exercise_comes(visit: Visit) -> None:
    page = visit.open(PATH)
    type_answer(page, f"3({RIGHT})")
    check(page)
    expect(page.locator(".nb-verdict.nb-wrong")).to_contain_text("constant factor")
    type_answer(page, RIGHT)
    expect(page.get_by_text("The answer has changed since it was checked.")).to_be_visible()
    check(page)
    expect(page.locator(".nb-verdict.nb-right")).to_be_visible()
    page.get_by_role("button", name="Next exercise").click()
    expect(page.locator(".nb-verdict")).to_have_count(0)
    expect(answer_field(page)).to_have_value("")


def write_visually(visit: Visit) -> None:
    """Switch to the visual editor, and go to its first field."""
    with visit.rerun():
        visit.page.get_by_text("visual").click()
    visit.page.locator("math-field").first.click()
    visit.page.wait_for_timeout(300)  # MathLive takes its time before it hears the keys


def test_enter_checks(visit: Visit) -> None:
    with visit.page.expect_response("**/live/page.js"):
        page = visit.open(PATH)
    page.wait_for_timeout(200)  # until the script that came is there
    answer_field(page).press_sequentially(RIGHT)
    answer_field(page).press("Enter")
    expect(page.locator(".nb-verdict.nb-right")).to_be_visible()


def test_enter_checks_in_the_visual_editor(visit: Visit) -> None:
    page = visit.open("/practice?kind=partial&difficulty=1&seed=5")
    write_visually(visit)
    page.keyboard.type("x+1", delay=60)
    page.keyboard.press("Enter")
    expect(page.locator(".nb-verdict")).to_be_visible()
    with visit.rerun():
        page.get_by_text("visual").click()
    expect(answer_field(page)).to_have_value("x + 1")


def test_a_sheet_is_written_as_it_looks(visit: Visit) -> None:
    page = visit.open("/practice?kind=product-rule&difficulty=3&seed=0&mode=Check+my+working")
    write_visually(visit)
    for line in ("u=e^x", "f_x=4(d/dx[x^3+t]", "=5"):
        page.keyboard.type(line, delay=60)
        if line.startswith("f"):
            page.keyboard.type("u+(x^3+t)u')", delay=60)
        page.keyboard.press("Enter")
    signs = page.locator(".nb-sheet .nb-step > span")
    expect(signs).to_have_text(["✓", "✓", "✗"])
    with visit.rerun():
        page.get_by_text("visual").click()
    expect(page.get_by_role("textbox", name="Your working")).to_have_value(
        "u = e^x\nf_x = 4·(∂/∂x[x³ + t]·u + (x³ + t)·∂u/∂x)\n= 5"
    )


def test_a_grid_is_filled_in_by_keyboard(visit: Visit) -> None:
    page = visit.open("/practice?kind=gradient&difficulty=1&seed=1")
    exercise = generate("gradient", 1, 1)
    cells = exercise.answer.text().strip("()").split(", ")
    page.get_by_label("Rows").click()
    page.get_by_role("option", name="1", exact=True).click()
    for k, cell in enumerate(cells, 1):
        field = page.get_by_role("textbox", name=f"Row 1, column {k}")
        if k == 1:
            field.click()
        expect(field).to_be_focused()
        page.keyboard.type(cell)
        page.keyboard.press("Enter")  # leads to the next cell; from the last one it checks
    expect(page.locator(".nb-verdict.nb-right")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_page(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    page = visit.open(PATH)
    expect(answer_field(page)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390


def test_what_is_being_typed_outlives_the_server(mortal: MortalServer, chromium: Browser) -> None:
    with witness(chromium, mortal) as first:
        page = first.open(PATH)
        type_answer(page, "x + 1")
        check(page)
        expect(page.locator(".nb-verdict")).to_be_visible()
        with first.rerun():
            type_answer(page, "x + 2")
        address = page.url.removeprefix(mortal.url)
        mortal.kill()
    mortal.start()
    with witness(chromium, mortal) as second:
        again = second.open(address)
        expect(answer_field(again)).to_have_value("x + 2")


def test_no_answer_that_was_judged_is_lost_or_counted_twice(
    mortal: MortalServer, chromium: Browser
) -> None:
    seen: list[str] = []
    address = PATH
    for k, delay in enumerate((None, 0, 200)):
        with witness(chromium, mortal) as visit:
            page = visit.open(address)
            text = f"x + {k + 10}"
            with visit.rerun():
                type_answer(page, text)
            check(page)
            if delay is None:
                expect(page.locator(".nb-verdict")).to_be_visible()
            else:
                page.wait_for_timeout(delay)
            if page.locator(".nb-verdict").count():
                seen.append(text)
            address = page.url.removeprefix(mortal.url)
            mortal.kill()
        mortal.start()
    assert seen
    with open_store(os.environ["NABLA_DATABASE"]) as store:
        kept = [attempt.text for attempt in store.history(code_in(address))]
    assert set(seen) <= set(kept)
    assert len(kept) == len(set(kept))
