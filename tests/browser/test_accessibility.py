"""axe-core looks at every page, and must find nothing serious."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tools.browser import Visit

PATHS = (
    "/",
    "/partial",
    "/rules?f=x+y&pick=2&open=r.0",
    "/rules?lab=chain&path=e0-0",
    "/rules?lab=order",
    "/gradient",
    "/gradient?lab=direction",
    "/gradient?lab=descent",
    "/gradient?f=x+y+z&lab=space",
    "/jacobian",
    "/jacobian?lab=entries",
    "/hessian",
    "/hessian?lab=critical",
    "/matrix",
    "/identities",
    "/practice?kind=hessian&difficulty=2&seed=1",
    "/practice?kind=gradient-field&difficulty=1&seed=1",
    "/practice?kind=product-rule&difficulty=3&seed=4&mode=Check+my+working",
    "/practice?kind=product-rule&difficulty=3&seed=4&mode=Choose+the+rule",
    "/practice?mode=My+progress",
)
SERIOUS = {"serious", "critical"}


def barriers(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


# What colours there are is on these pages.
BY_NIGHT = (
    *(path for path in PATHS if path.startswith("/rules")),
    "/hessian?lab=critical",
    "/matrix",
)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [*((path, "light") for path in PATHS), *((path, "dark") for path in BY_NIGHT)],
)
def test_no_page_has_a_serious_barrier(visit: Visit, path: str, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(path)
    stages = visit.page.locator(".nl-stage")
    for k in range(stages.count()):
        expect(stages.nth(k)).to_have_attribute("data-ready", re.compile("."), timeout=20_000)
    visit.page.wait_for_timeout(800)  # what was faded while the script ran is back
    assert barriers(visit) == []


def test_axe_finds_a_barrier_that_is_put_there(visit: Visit) -> None:
    page = visit.open("/identities")
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in barriers(visit))
