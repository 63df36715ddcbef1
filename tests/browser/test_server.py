"""What the server promises: deep links, headers, no other host, and Plotly's script."""

from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

LESSONS = {
    "/": "Nabla",
    "/partial": "Partial derivatives",
    "/rules": "Rules",
    "/gradient": "Gradient",
    "/jacobian": "Jacobian",
    "/hessian": "Hessian",
    "/matrix": "Matrix gradient",
    "/identities": "Identities",
    "/practice": "Practice",
}
NAVIGATION = ["Home", *list(LESSONS.values())[1:]]


def test_a_deep_link_as_the_first_request(cold_server, visitor) -> None:
    link = "/jacobian?f=%28x+y%2C+x+%2B+y%29&at_x=2&from_y=-1&level=brief&x0=2"
    page = visitor(cold_server()).open(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jacobian")
    expect(page).to_have_title("Jacobian · Nabla")
    expect(page.locator(".nb-result").first).to_contain_text(r"y & x \\ 1 & 1")
    expect(page.get_by_label("x", exact=True).first).to_have_value("2")
    expect(page.locator(".nl-figure")).to_have_count(6)
    expect(page.get_by_role("dialog")).to_have_count(0)  # "Page not found", over the right page
    links = page.get_by_test_id("stTopNavLink")
    expect(links).to_have_text(NAVIGATION)
    assert page.url.endswith(link)


def test_the_navigation_leads_to_every_lesson(visit) -> None:
    page = visit.open("/")
    links = page.get_by_test_id("stTopNavLink")
    for name, (path, title) in zip(NAVIGATION, LESSONS.items(), strict=True):
        with visit.rerun():
            links.filter(has_text=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        assert urlsplit(page.url).path == path
    assert visit.hosts  # the fixture sees to it that this is our server only


@pytest.mark.parametrize("path", ["/", "/gradient", "/healthz", "/vendor/plotly.min.js"])
def test_headers_are_on_every_response(server, path) -> None:
    with urlopen(server + path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_server_says_that_it_is_well(server) -> None:
    with urlopen(f"{server}/healthz") as response:
        assert response.read() == b"ok"


def test_plotly_comes_from_here(visit) -> None:
    page = visit.open("/")
    page.add_script_tag(url="/vendor/plotly.min.js")
    assert page.evaluate("typeof Plotly.react") == "function"


def test_the_policy_stops_what_comes_from_elsewhere(visit) -> None:
    page = visit.open("/")
    blocked = page.evaluate(
        "fetch('https://example.org/').then(() => 'sent', error => error.message)"
    )
    assert blocked == "Failed to fetch"
    assert any("Content Security Policy" in error for error in visit.errors)
    visit.errors.clear()


def test_the_app_works_without_serve(plain_server, visitor) -> None:
    visit = visitor(plain_server)
    visit.open("/")  # a cold server knows no other page
    page = visit.open("/jacobian")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jacobian")
    expect(page.get_by_text("make run").first).to_be_visible()
    # Only what serve.py would have sent is missing.
    page.goto("about:blank")  # nothing comes late
    assert all("/live/" in error for error in visit.errors)
    visit.errors.clear()
