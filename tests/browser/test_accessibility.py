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
# Figures in space are slow to draw again, and all that is around them is on other pages, too.
BY_DAY_ONLY = tuple(path for path in PATHS if re.search(r"lab=(?!chain|critical)|jaco|/hess", path))
SERIOUS = {"serious", "critical"}
PAPER = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"


def barriers(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_barrier(visit: Visit, path: str) -> None:
    visit.open(path)
    stages = visit.page.locator(".nl-stage")
    for k in range(stages.count()):
        expect(stages.nth(k)).to_have_attribute("data-ready", re.compile("."))
    visit.page.wait_for_timeout(800)  # what was faded while the script ran is back
    assert barriers(visit) == []
    if path not in BY_DAY_ONLY:
        _assert_no_barrier_by_night(visit)


def _assert_no_barrier_by_night(visit: Visit) -> None:
    by_day = visit.page.evaluate(PAPER)
    visit.page.emulate_media(color_scheme="dark")
    visit.page.wait_for_timeout(800)
    assert visit.page.evaluate(PAPER) != by_day
    assert barriers(visit) == []


def test_axe_finds_a_barrier_that_is_put_there(visit: Visit) -> None:
    page = visit.open("/identities")
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in barriers(visit))
