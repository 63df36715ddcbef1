"""A running server and a Chromium looking at it, for the browser tests and for screenshots."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebSocket,
    sync_playwright,
)
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",  # root in a container has no other way
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",  # WebGL without a graphics card
    # The outside world does not exist, so that nothing can come to depend on it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
]
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def running_server(script: str = "serve.py", *options: str) -> Iterator[str]:
    """Start ``streamlit run script`` on a free port; give its address, end it afterwards."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true"]
    command += [f"--server.port={port}", *options]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_healthy(f"http://localhost:{port}", process, log)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)
            said = _whole(log)
        if any(sign in said for sign in ("Traceback", "Warning", "leaked")):
            raise RuntimeError(f"The server complained:\n{said}")


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Any) -> None:
    """Wait until a server that is being started answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:  # not there yet, or too busy with its start to answer in time
            time.sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{_whole(log)}")


def _whole(log: Any) -> str:
    log.seek(0)
    return str(log.read())


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start a headless Chromium: an installed one, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(playwright), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def running_profile(folder: Path) -> Iterator[BrowserContext]:
    """Start a Chromium with a profile in a folder.

    Unlike a context of its own, a profile keeps what it has compiled of scripts from one visit to
    the next, which is a fifth of the time that a visit takes.
    """
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=_chromium(playwright), args=FLAGS
        )
        try:
            yield context
        finally:
            context.close()


def _chromium(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    for path in (*map(shutil.which, CHROMIUMS), own):
        if path and Path(path).exists():
            return path
    raise RuntimeError("There is no Chromium here; `make test` would have installed one.")


class Visit:
    """One visitor's page: it knows every host that was asked and every error in the console."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        self.finished_runs = 0
        page.context.on("request", self._note_request)
        page.on("websocket", self._note_websocket)
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def foreign_hosts(self) -> set[str]:
        """Hosts other than the server that were asked for anything."""
        return self.hosts - {urlsplit(self.server).netloc}

    def open(self, path: str = "/") -> Page:
        """Go to a path of the app and wait until its script has run."""
        with self.rerun():
            self.page.goto(self.server + path)
        return self.page

    @contextmanager
    def rerun(self, seconds: float = 20) -> Iterator[None]:
        """Wait, at the end of the block, for a script run that something in the block caused."""
        before = self.finished_runs
        yield
        deadline = time.monotonic() + seconds
        while self.finished_runs == before:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no script run ended within {seconds:g} s")
            self.page.wait_for_timeout(10)  # lets Playwright deliver what it heard meanwhile
        self.page.evaluate(NEXT_FRAME)
        self.page.wait_for_selector(IDLE)
        self.errors += self.page.get_by_test_id("stException").all_inner_texts()

    def end(self) -> None:
        """Close the page, and listen no more: others have the same browser."""
        self.page.close()
        self.page.context.remove_listener("request", self._note_request)

    def _note_request(self, request: Request) -> None:
        self._note_host(request.url)

    def _note_websocket(self, socket: WebSocket) -> None:
        self._note_host(socket.url)
        socket.on("framereceived", self._note_frame)

    def _note_frame(self, frame: str | bytes) -> None:
        # The page's own sign of a run, an attribute, may not change when the run is quick.
        message = ForwardMsg.FromString(frame) if isinstance(frame, bytes) else ForwardMsg()
        superseded = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if message.WhichOneof("type") == "script_finished" and not superseded:
            self.finished_runs += 1

    def _note_host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(parts.netloc)

    def _note_console(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        # Below a deep link Streamlit looks for its server there first, and finds it at the root.
        if message.type == "error" and not ("404" in message.text and "/_stcore/" in url):
            self.errors.append(f"{message.text} ({url})")
