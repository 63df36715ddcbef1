"""The main paths through the lessons, as a person goes them, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PHONE = {"width": 390, "height": 844}
#: Pages with much on them, and what is on each when it is whole.
WIDE = {
    "/": "#worked-examples",
    "/gradient": ".nl-figure",
    "/jacobian?f=%28exp%28x+sin%28x%2By%29%29%2C+%28x+%2B+y%29%5E5+ln%281%2Bx%29%29": ".nb-line",
    "/hessian?f=sin%28x+y%29+exp%28x%2Fy%29+sqrt%281%2Bx%5E2%29": ".nl-figure",
    "/gradient?f=" + "x" * 300 + "$": ".nb-typed",
}
FITS = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return main.scrollWidth <= main.clientWidth;
}"""


def type_function(page: Page, text: str) -> None:
    """Type as a person does, and wait for nothing."""
    field = page.get_by_role("textbox", name="Your function")
    field.fill("")
    field.press_sequentially(text, delay=15)


def result(page: Page) -> str:
    """The result as LaTeX, as KaTeX keeps it for those who copy."""
    return page.locator(".nb-result annotation").first.text_content() or ""


def expect_result(page: Page, latex: str) -> None:
    """Wait for a result to be on the page."""
    expect(page.locator(".nb-result annotation").first).to_contain_text(latex)


def test_a_typed_function_is_derived_and_drawn(visit) -> None:
    page = visit.open("/gradient")
    # No Enter and no click: a pause in typing is enough.
    type_function(page, "x^2 y + sin(x y)")
    expect_result(page, r"2\,x\,y + y\,\cos")
    expect(page.locator(".nb-badge summary").first).to_have_text("✓ every step checked")
    assert page.locator(".nb-line").count() >= 4
    expect(page.locator(".nb-rule", has_text="chain rule").first).to_be_visible()
    expect(page.locator(".nl-figure")).to_have_count(3)  # one beside, two in the laboratory
    assert page.locator(".katex-error").count() == 0


def test_a_rule_shows_its_law(visit) -> None:
    page = visit.open("/jacobian?f=x+sin(x)")
    rule = page.locator(".nb-rule", has_text="product rule").first
    expect(rule.locator(".katex")).to_be_hidden()
    rule.get_by_text("product rule").click()
    expect(rule.locator(".katex")).to_be_visible()


def test_bad_input_gets_a_sentence_and_is_kept(visit) -> None:
    page = visit.open("/jacobian")
    type_function(page, "(x, x + atn y)")
    expect(page.get_by_role("alert")).to_contain_text("Did you mean arctan?")
    expect(page.get_by_text("still the last function that could be read")).to_be_visible()
    expect(page.locator(".nb-typed mark")).to_have_text("a")
    expect(page.get_by_role("textbox", name="Your function")).to_have_value("(x, x + atn y)")
    type_function(page, "(x, x + arctan y)")
    expect_result(page, r"\frac{1}{1 + y^{2}}")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_example_and_the_point_are_in_the_address(visit, visitor, server) -> None:
    page = visit.open("/jacobian")
    page.locator(".st-key-example_2 button:visible").click()
    expect_result(page, r"\cos \theta & -r\,\sin \theta")
    with visit.rerun():
        page.get_by_label("r", exact=True).first.fill("0.25")
        page.get_by_label("r", exact=True).first.press("Enter")
    with visit.rerun():
        page.get_by_text("brief", exact=True).click()
    expect(page.locator(".nl-readings tr", has_text="factor of area").first).to_contain_text("0.25")
    # The example has a range of its own, and a deep link must bring it along.
    assert "to_theta=6" in page.url
    seen = result(page)
    other = visitor(server).open(page.url.removeprefix(server))
    assert result(other) == seen
    expect(other.get_by_label("r", exact=True).first).to_have_value("0.25")
    expect(other.get_by_role("radio", name="brief")).to_be_checked()
    assert other.url == page.url


def test_home_is_one_click_from_a_worked_example(visit) -> None:
    page = visit.open("/")
    with visit.rerun():
        page.get_by_role("link", name="A sheet that folds").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jacobian")
    expect_result(page, r"\cos x")


def test_home_takes_a_function_and_enter(visit) -> None:
    page = visit.open("/")
    page.get_by_label("Type a function").fill("x^2 y^3")
    page.get_by_label("Type a function").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gradient")
    expect_result(page, r"2\,x\,y^{3}")
    assert "f=x%5E2+y%5E3" in page.url


def test_nothing_is_wider_than_a_phone(visit) -> None:
    visit.page.set_viewport_size(PHONE)
    for path, sign in WIDE.items():
        page = visit.open(path)
        page.locator(sign).first.scroll_into_view_if_needed()
        expect(page.locator(sign).first).to_be_visible()
        page.wait_for_function(FITS, timeout=5_000)


def test_by_night_the_marks_can_be_read(visit) -> None:
    visit.page.emulate_media(color_scheme="dark")
    page = visit.open("/jacobian?f=%28x+exp%28-x%5E2%29%2C+x+y%29")
    page.locator(".js-plotly-plot").first.wait_for()
    ink = "el => getComputedStyle(el).color"
    assert page.locator(".nb-result .katex").first.evaluate(ink) == "rgb(231, 229, 223)"
    marked = page.locator('.nb-line .katex-html [style*="rgb(194, 65, 12)"]').first
    assert marked.evaluate(ink) == "rgb(240, 163, 94)"
    paper = page.locator(".js-plotly-plot text").first.evaluate("el => el.style.fill")
    assert paper == "rgb(231, 229, 223)"


def test_the_definition_opens_on_a_phone(visit) -> None:
    visit.page.set_viewport_size(PHONE)
    page = visit.open("/gradient?f=x%5E2+y+sin%28x%29")
    expect(page.get_by_label("along x", exact=True)).to_have_value("1")
    with visit.rerun():
        page.get_by_role("tab", name="From the definition").click()
    expect(page.locator(".nb-result").last).to_contain_text("∂f")
    expect(page.locator(".nb-line annotation", has_text=r"\lim").first).to_be_attached()
    expect(page.locator(".nb-badge summary").last).to_have_text("✓ every step checked")
    page.wait_for_function(FITS, timeout=5_000)
    assert "more=From" in page.url
    assert page.locator(".katex-error").count() == 0
