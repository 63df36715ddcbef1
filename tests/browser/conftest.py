"""Fixtures: servers, a Chromium, and a visitor who must meet no error and no other host."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tools.browser import Visit, running_profile, running_server

HERE = Path(__file__).parent
#: In milliseconds: other tests keep the machine busy.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
Visitor = Callable[[str], Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


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
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """One browser profile for most visits: its cache spares each of them 8 MB of scripts."""
    with running_profile(tmp_path_factory.mktemp("profile")) as context:
        context.set_default_timeout(PATIENCE)
        yield context


@pytest.fixture(scope="session")
def chromium(profile: BrowserContext) -> Browser:
    assert profile.browser is not None
    return profile.browser


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Visitor]:
    """Make visitors with a browser of their own, each at an address; see what they met."""
    with ExitStack() as stack:

        def visitor_of(server: str) -> Visit:
            context = stack.enter_context(chromium.new_context())
            context.set_default_timeout(PATIENCE)
            return stack.enter_context(_visiting(context, server))

        yield visitor_of


@pytest.fixture
def visit(profile: BrowserContext, server: str) -> Iterator[Visit]:
    """A visitor of the shared server."""
    with _visiting(profile, server) as visit:
        yield visit


@contextmanager
def _visiting(context: BrowserContext, server: str) -> Iterator[Visit]:
    visit = Visit(context.new_page(), server)
    yield visit
    visit.end()
    assert visit.foreign_hosts == set(), "the page asked another host"
    assert visit.errors == [], "the browser's console shows errors"
