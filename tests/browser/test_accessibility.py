"""axe-core looks at every page, and must find nothing serious."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tools.browser import Visit

PATHS = (
    "/",
    "/partial",
    "/rules?lab=tree",
    "/rules?lab=chain",
    "/rules?lab=order",
    "/gradient",
    "/gradient?lab=direction",
    "/gradient?lab=descent",
    "/gradient?f=x+y+z&lab=space",
    "/jacobian",
    "/jacobian?lab=entries",
    "/hessian",
    "/hessian?lab=critical",
    "/hessian?f=x+%2B",
    "/matrix",
    "/identities",
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_a_serious_barrier(visit: Visit, path: str, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(path)
    visit.page.wait_for_timeout(1500)  # live figures come after the script has run
    assert barriers(visit) == []


def test_axe_finds_a_barrier_that_is_put_there(visit: Visit) -> None:
    page = visit.open("/identities")
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in barriers(visit))
