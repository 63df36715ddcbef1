"""Fixtures: servers, a Chromium, and a visitor who must meet no error and no other host."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tools.browser import Visit, running_chromium, running_server

HERE = Path(__file__).parent
Visitor = Callable[[str], Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the browser tests on two workers, each of which starts a server and a browser once."""
    places = {path: k for k, path in enumerate(sorted(HERE.glob("test_*.py")))}
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(f"browser-{places[item.path] % 2}"))


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What learners do in tests is not kept in anybody's own folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NABLA_DATA", str(tmp_path_factory.mktemp("data")))
        yield


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


@pytest.fixture(scope="session")
def shared_context(chromium: Browser) -> BrowserContext:
    """One browser profile for most visits: its cache spares each of them 8 MB of scripts."""
    return _context(chromium)


def _context(chromium: Browser) -> BrowserContext:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    return context


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Make visitors with a browser of their own, each at an address; see what they met."""
    with ExitStack() as stack:

        def visitor_of(server: str) -> Visit:
            context = stack.enter_context(_context(chromium))
            return stack.enter_context(_visiting(context, server))

        yield visitor_of


@pytest.fixture
def visit(shared_context: BrowserContext, server: str) -> Iterator[Visit]:
    """A visitor of the shared server."""
    with _visiting(shared_context, server) as visit:
        yield visit


@contextmanager
def _visiting(context: BrowserContext, server: str) -> Iterator[Visit]:
    visit = Visit(context.new_page(), server)
    yield visit
    visit.page.close()
    assert visit.foreign_hosts == set(), "the page asked another host"
    assert visit.errors == [], "the browser's console shows errors"
