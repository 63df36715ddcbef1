"""Matrix gradients and identities, as a person goes through them in a real browser."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 390, "height": 844}
TALL = {"width": 1280, "height": 1200}
#: Pages with much on them, and what is on each when it is whole.
WIDE = {
    "/matrix?letters=true&examples=true": ".nb-line",
    "/matrix?f=inv%28A+%2B+X%27+X%29&shapes=true&level=every+step": ".nb-line",
    "/matrix?f=X%27+A+X&show=Entries+and+numbers": '[data-testid="stDataFrame"] canvas',
    "/matrix?f=norm2%28A+x+-+b%29%5E2&show=Code": ".stCode code",
    "/matrix?f=" + "X" * 300 + "$": ".nb-typed",
    "/identities?nine=9&id_1=true": ".nb-line",
    "/identities?nine=4&find=cookbook": ".nb-line",
}
FITS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollWidth <= main.clientWidth;
}"""


def type_expression(page: Page, text: str) -> None:
    """Type as a person does, and wait for nothing."""
    field = page.get_by_role("textbox", name="Your expression")
    field.fill("")
    field.press_sequentially(text, delay=15)


def result(page: Page) -> Locator:
    """The result as LaTeX, as KaTeX keeps it for those who copy."""
    return page.locator(".nb-result annotation").first


def test_a_typed_expression_is_derived(visit) -> None:
    page = visit.open("/matrix")
    # No Enter and no click: a pause in typing is enough.
    type_expression(page, "tr(A X B)")
    expect(page.locator(".nb-shapes")).to_have_text("A: p×m · X: m×n · B: n×p · f: a number")
    expect(result(page)).to_contain_text(r"= A^{\top} B^{\top}")
    expect(page.locator(".nb-badge summary").first).to_have_text("✓ every step checked")
    rule = page.locator(".nb-rule", has_text="cyclic property of the trace").first
    expect(rule.locator(".katex")).to_be_hidden()
    rule.get_by_text("cyclic property of the trace").click()
    expect(rule.locator(".katex")).to_be_visible()
    assert page.locator(".katex-error").count() == 0
    assert "f=tr" in page.url


def test_the_layout_and_the_variable_rewrite_it(visit, visitor, server) -> None:
    page = visit.open("/matrix?f=tr%28A+X+B%29")
    with visit.rerun():
        page.get_by_text("row (numerator)", exact=True).click()
    expect(result(page)).to_contain_text(r"\frac{\partial f}{\partial X} = B A")
    expect(page.locator(".nb-rule", has_text="row layout").first).to_be_visible()
    with visit.rerun():
        page.get_by_role("radio", name="B", exact=True).click(force=True)
    expect(result(page)).to_contain_text(r"\frac{\partial f}{\partial B} = A X")
    with visit.rerun():
        page.get_by_text("shapes on each factor").click()
    expect(page.locator(".nb-line annotation", has_text=r"\times").first).to_be_attached()
    seen = result(page).text_content()
    other = visitor(server).open(page.url.removeprefix(server))
    assert result(other).text_content() == seen
    assert other.url == page.url
    expect(other.get_by_role("radio", name="row (numerator)")).to_be_checked()


def test_what_does_not_fit_is_said_and_can_be_mended(visit) -> None:
    visit.page.set_viewport_size(TALL)  # a list closes when the page scrolls under it
    page = visit.open("/matrix")
    type_expression(page, "A x b")
    expect(page.get_by_role("alert")).to_contain_text("cannot be multiplied")
    expect(page.get_by_text("still the last expression that could be read")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your expression")).to_have_value("A x b")
    page.get_by_text("What the letters are").click()
    expect(page.locator(".st-key-kind_b input")).to_have_value("as inferred")
    page.wait_for_timeout(500)  # for the fold to be open
    page.locator(".st-key-kind_b input").click()
    page.get_by_role("option", name="row").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".nb-shapes")).to_contain_text("b: 1×")
    expect(result(page)).to_contain_text(r"b^{\top} \otimes A")
    assert "kind_b=row" in page.url


def test_an_example_closes_the_list(visit) -> None:
    page = visit.open("/matrix")
    page.get_by_text("Examples", exact=True).click()
    page.locator(".st-key-example_13 button").click()
    expect(page.locator(".nb-shapes")).to_contain_text("L: n×n, lower triangular")
    expect(page.locator(".nb-rule", has_text="tied entries").first).to_be_visible()
    expect(page.locator(".st-key-example_13 button")).to_have_count(0)
    assert "trait_L=lower" in page.url


def test_numbers_and_one_entry(visit, visitor, server) -> None:
    page = visit.open("/matrix?f=A+X+B")
    with visit.rerun():
        page.get_by_role("tab", name="Entries and numbers").click()
    expect(page.locator(".nb-index annotation")).to_contain_text(r"A_{ik}\,B_{lj}")
    field = page.get_by_label("A (p×m)")
    with visit.rerun():
        field.fill("1 2; 3 4")
        field.press("Enter")
    facts = page.locator(".nb-facts")
    expect(facts.last).to_contain_text("in the 6×4 Jacobian: row 1 is that of f₁₁")
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    # A click on the number in the second row and the second column, X₂₁.
    with visit.rerun():
        table.locator(".dvn-scroller").click(position={"x": 200, "y": 90})
    expect(facts.last).to_contain_text("row 2 is that of f₂₁, column 2 that of X₂₁")
    expect(facts.last.locator("annotation").first).to_contain_text(r"\partial f_{21}")
    expect(page.locator(".st-key-entry_x input")).to_have_value("(2,1)")
    assert "entry_f=2%2C1" in page.url
    assert "value_A=1+2%3B+3+4" in page.url
    other = visitor(server).open(page.url.removeprefix(server))
    expect(other.get_by_label("A (p×m)")).to_have_value("1 2; 3 4")
    expect(other.locator(".nb-facts").last).to_contain_text("row 2 is that of f₂₁, column 2")
    assert other.url == page.url


def test_bad_numbers_stay_in_their_field(visit) -> None:
    page = visit.open("/matrix?show=Entries+and+numbers")
    field = page.get_by_label("X (n×n)")
    field.fill("1 2; 2 4")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("no inverse")
    expect(field).to_have_value("1 2; 2 4")
    page.get_by_text("Take fresh numbers").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_code_and_hessian(visit) -> None:
    page = visit.open("/matrix?f=norm2%28A+x+-+b%29%5E2")
    with visit.rerun():
        page.get_by_role("tab", name="Hessian").click()
    expect(page.locator(".nb-result annotation").last).to_contain_text(r"2\,A^{\top} A")
    with visit.rerun():
        page.get_by_role("tab", name="Code").click()
    expect(page.locator(".stCode code").first).to_contain_text("import numpy as np")
    with visit.rerun():
        page.get_by_text("Julia", exact=True).click()
    expect(page.locator(".stCode code").first).to_contain_text("using LinearAlgebra")
    assert "code=Julia" in page.url


def test_the_nine_identities(visit) -> None:
    page = visit.open("/identities")
    with visit.rerun():
        page.locator(".st-key-nine label", has_text="(4) inverse").click()
    expect(page.locator(".nb-proof .nb-line")).to_have_count(5)
    expect(page.get_by_text("✓ every line checked at random matrices")).to_be_visible()
    assert "nine=4" in page.url
    field = page.get_by_label("f(X)", exact=True)
    with visit.rerun():
        field.fill("X' X")
        field.press("Enter")
    expect(page.locator(".nb-fact", has_text="largest difference")).to_be_visible()
    left = page.locator(".nb-fact", has_text="left, from values").locator("annotation")
    expect(left).to_contain_text(r"X^{\top} X")
    assert page.locator(".katex-error").count() == 0
    assert "own_4=X%27+X" in page.url


def test_the_collection(visit, visitor, server) -> None:
    page = visit.open("/identities")
    find = page.get_by_label("Find")
    with visit.rerun():
        find.fill("cookbook (101)")
        find.press("Enter")
    with visit.rerun():
        page.locator(".st-key-id_3 summary").click()
    expect(page.locator(".st-key-id_3 .nb-result annotation")).to_contain_text(r"A^{\top} B^{\top}")
    other = visitor(server).open(page.url.removeprefix(server))
    expect(other.locator(".st-key-id_3 .nb-result")).to_be_visible()
    with visit.rerun():
        page.get_by_role("link", name="Open it with entries").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Matrix gradient")
    expect(page.locator(".nb-shapes")).to_contain_text("A: p×m")


def test_nothing_is_wider_than_a_phone(visit) -> None:
    visit.page.set_viewport_size(PHONE)
    for path, sign in WIDE.items():
        page = visit.open(path)
        expect(page.locator(sign).first).to_be_visible()
        page.wait_for_function(FITS, timeout=5_000)
        assert page.locator(".katex-error").count() == 0


def test_a_deep_link_declares_its_letters(visit) -> None:
    link = "/matrix?f=t+A&wrt=t&kind_t=number&shape_A=3%C3%972&show=Entries+and+numbers"
    page = visit.open(link)
    expect(page.locator(".nb-shapes")).to_have_text("t: a number · A: 3×2 · f: 3×2")
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)
