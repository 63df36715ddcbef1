"""From the movement of a hand to the figures: the laboratory, and the same with plain widgets.

    .venv/bin/python benchmarks/interaction.py [--moves 200]

A real Chromium opens the laboratory on the slope and ``interaction_plain.py``, in which the same
two figures are ``st.plotly_chart`` below sliders. Each move is timed in the browser, from the input
event to the moment at which both figures hold the point's new place, and the bytes that pass over
the websocket meanwhile are counted. Drawing on the screen comes on top, the same for both.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).parent.parent))  # a script sees only its own folder

from tools.browser import Visit, running_chromium, running_server

SIZE = {"width": 1280, "height": 900}
# Called in the page: `moved` resolves with the milliseconds from the last input event of a kind
# until the point is at another place than before in every figure.
WATCH = """(kind) => {
    let pressed = 0;
    document.addEventListener(kind, () => { pressed = performance.now(); }, true);
    const numbers = (values) => values.bdata ?? Object.values(values).join();
    const place = (plot) => {
        const point = plot.data?.findLast((trace) => trace.name === "point");
        return point ? `${numbers(point.x)} ${numbers(point.y)}` : "";
    };
    const places = (first) =>
        [...document.querySelectorAll(".js-plotly-plot")].slice(first).map(place);
    // It looks when all that listens to the event has been called, and every millisecond: a timer
    // alone would run after the drawing of the frame.
    let look = () => false;
    addEventListener(kind, () => look());
    window.watch = (first) => {
        const before = places(first);
        window.moved = new Promise((done) => {
            look = () => {
                const now = places(first);
                const isThere = now.length === before.length;
                const hasMoved = now.every((at, k) => at && at !== before[k]);
                if (isThere && hasMoved) done(performance.now() - pressed);
                return isThere && hasMoved;
            };
            const again = () => look() || setTimeout(again, 1);
            again();
        });
    };
}"""


@dataclass
class Measured:
    """Milliseconds and bytes of every move."""

    name: str
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The time of the middle move."""
        return statistics.median(self.times)

    @property
    def slow(self) -> float:
        """The time that 95 of 100 moves do not exceed."""
        return statistics.quantiles(self.times, n=20)[-1]

    def row(self, peer: Measured) -> str:
        """A row of the table."""
        ratios = f"{self.median / peer.median:.3f} | {self.slow / peer.slow:.3f}"
        sent = f"{statistics.mean(self.sizes):,.0f}"
        return f"| {self.name} | {self.median:.0f} | {self.slow:.0f} | {ratios} | {sent} |"


class Wire:
    """The bytes that have passed over the websockets of a page."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: object) -> None:
        for event in ("framesent", "framereceived"):
            socket.on(event, self._count)  # type: ignore[attr-defined]

    def _count(self, frame: str | bytes) -> None:
        self.bytes += len(frame)


@contextmanager
def opened(chromium: Browser, server: str, path: str) -> Iterator[tuple[Page, Wire]]:
    """A page with its figures drawn."""
    page = chromium.new_page(viewport=SIZE)
    wire = Wire(page)
    Visit(page, server).open(path)
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(4000)
    yield page, wire
    page.close()


def measure(
    page: Page, wire: Wire, measured: Measured, moves: Iterator[Callable[[], None]], first: int
) -> None:
    """Make the moves one after another; the figures from the ``first`` on are watched."""
    for move in moves:
        page.evaluate("(first) => window.watch(first)", first)
        before = wire.bytes
        move()
        measured.times.append(page.evaluate("() => window.moved"))
        page.wait_for_timeout(30)  # what comes late is counted, too
        measured.sizes.append(wire.bytes - before)


def live(chromium: Browser, count: int) -> Measured:
    """The point of the laboratory, dragged by the mouse."""
    measured = Measured("the laboratory, dragged")
    with (
        running_server() as server,
        opened(chromium, server, "/gradient?lab=slope") as (page, wire),
    ):
        page.evaluate(WATCH, "pointermove")
        handle = page.locator('.nl-stage[data-figures="2"] .nl-handle')
        handle.scroll_into_view_if_needed()
        page.wait_for_timeout(1000)
        box = handle.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        path = ((x - 60 + abs(60 - k % 120), y + k % 2 + abs(30 - k % 60)) for k in range(count))
        moves = (lambda at=at: page.mouse.move(*at) for at in path)
        # The small figure beside the derivation is out of sight, and drawn when it is seen again.
        measure(page, wire, measured, moves, first=1)
        page.mouse.up()
    return measured


def plain(chromium: Browser, count: int) -> Measured:
    """The slider of the plain page, by arrow keys: dragged, it sends nothing before its release."""
    measured = Measured("slider and `st.plotly_chart`")
    server = running_server("benchmarks/interaction_plain.py")
    with server as url, opened(chromium, url, "/") as (page, wire):
        page.evaluate(WATCH, "keydown")
        page.get_by_role("slider").first.focus()
        keys = ("ArrowLeft" if k % 100 < 50 else "ArrowRight" for k in range(count))
        moves = (lambda key=key: page.keyboard.press(key) for key in keys)
        measure(page, wire, measured, moves, first=0)
    return measured


def main() -> None:
    """Measure both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--moves", type=int, default=200)
    count = parser.parse_args().moves
    with running_chromium() as chromium:
        peer, ours = plain(chromium, count), live(chromium, count)
    print("| | p50, ms | p95, ms | p50 ratio | p95 ratio | bytes a move |")
    print("|---|---|---|---|---|---|")
    for measured in (peer, ours):
        print(measured.row(peer))


if __name__ == "__main__":
    main()
