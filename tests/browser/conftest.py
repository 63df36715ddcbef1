"""Fixtures: servers, a Chromium, and a visitor who must meet no error and no other host."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tools.browser import Visit, running_chromium, running_server

HERE = Path(__file__).parent
Visitor = Callable[[str], Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on one worker, which starts server and browser once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of serve.py, shared by all tests."""
    with running_server() as url:
        yield url


@pytest.fixture
def cold_server() -> Iterator[Callable[[], str]]:
    """Start a serve.py that nobody has visited yet."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(running_server())


@pytest.fixture(scope="session")
def plain_server() -> Iterator[str]:
    """The address of app.py alone, without what serve.py adds."""
    with running_server("app.py") as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Make a visitor of the server at an address; in the end, look at what they met."""
    visits: list[Visit] = []
    with ExitStack() as stack:

        def visitor_of(server: str) -> Visit:
            context = stack.enter_context(chromium.new_context())
            context.set_default_timeout(20_000)
            visits.append(Visit(context.new_page(), server))
            return visits[-1]

        yield visitor_of
    for visit in visits:
        assert visit.foreign_hosts == set(), "the page asked another host"
        assert visit.errors == [], "the browser's console shows errors"


@pytest.fixture
def visit(visitor: Visitor, server: str) -> Visit:
    """A visitor of the shared server."""
    return visitor(server)
