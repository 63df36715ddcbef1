"""The visual editor in a real browser: typed, tapped, switched, and what it writes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from calc_core.matrix.language import read
from calc_core.parse import parse
from calc_core.parse.notation import FORMULA
from pages.parts.examples import examples_of
from pages.parts.math_field import HOME, STAYS
from tools.browser import Visit

KEYS = {" ": "Space", "|": "Shift+Backslash", "→": "ArrowRight", "⇥": "Tab"}
#: In milliseconds: other tests may keep the machine busy.
PATIENCE = 20_000
PHONE = {"width": 390, "height": 844}
# A field on a page with nothing else.
BARE = """async ({ kind, home }) => {
    if (window.kind === kind) {
        // It tells first what was typed: a field takes nothing from others before that.
        document.querySelector("math-field").dispatchEvent(new Event("change"));
        window.reports = [];
        window.tell("", (window.serial ?? 10000) + 1);
        window.serial = (window.serial ?? 10000) + 1;
        return;
    }
    window.reports = [];
    window.serial = undefined;
    window.kind = kind;
    const { show } = await import("/live/math_field.js");
    const root = document.createElement("div");
    document.body.replaceChildren(root);
    const data = { label: "f", placeholder: "", kind, name: "f", home };
    const told = { serial: 1, state: { f: "" } };
    window.part = await show(root, { ...data, told }, (state) => window.reports.push(state.f));
    window.tell = (latex, serial) =>
        window.part.update({ ...data, told: { serial, state: { f: latex } } });
    const { latexOf } = await import("/live/math_field/typing.js");
    const field = document.querySelector("math-field");
    window.latex = () => latexOf(field);
    field.focus();
    await new Promise((done) => setTimeout(done, 300));
    window.reports = [];  // the field before told what was in it as it was left
}"""

#: Keys that mean the same in both editors; or, behind =>, the plain text that is meant.
FORMULAS = """
x^2y; x^2+y; x^10; x^12y+z; x^-1y; x^2.5; x^(1/2)y; x^((1+y)/2)z; x^2/3; x^y^2; (x^(1/2)y)/2
xy; xx; x y; x + y; 2*3; 3.5x; 1/2 x; x/y; x / y; 1/x y; 1/x^2 y; (x+y)/(x-y); (x/(y+1))z
1/(1+e^-x); a/(b+c); x/y + z; (1/2)x; ((1/2)x)y; sin((1/x)y); [1/x, y/2]; f(x,y)=x/(1+y^2)
x_1; x_1+y; x_12 y; x_i+1; x_1^2+x_2^2; theta_1 x
sin(xy); sin(x y) + z; sin(x)cos(y); sinx; sin x y; sin 2x cos y; sin^2 x; sin^2(x)y; xsiny
(sin x y)z; sin x + y; exp(-(x^2 + y^2)); e^-x^2; e^(-x^2)y; e^(-(x^2+y^2)/2)z; e^2x; exp(x)
ln(x); ln|x|; |x-y|; |x|y; log(x); log2(8x); arctan(y/x); atan2(y,x); max(x,y); sinh x; erf x
sqrt(x); sqrt(x^2+y^2)→+1 => sqrt(x^2+y^2)+1; sqrtx+1 => sqrt(x+1); cbrt x => cbrt(x)
alpha x; theta; beta x; gamma x; pi r^2; rho sin(phi) cos(theta)
epsilon x; mu x; lambda y; tau; psi x
(x,y); (x y, x + y); [x,y]; (x+1)(y+1); (x+1)^2(y+1); (x + y) z; x!; f(x,y)=x^2y; x^n y
e^x→+1 => e^x+1; 1/x→+y => 1/x+y; x^n→y => x^n y
""".strip().replace("\n", ";")
MATRICES = """
a' X b; a'X b; x'A x; tr(X A); tr(inv(X) A); det X; log det X; det(X) X; X^-1 a; X^T b; A^-T x
norm2(A x - b)^2; ||A x - b||^2; ||x/2||; ||x||; (x - A s)' W (x - A s); x_1' x_2
A.*B; kron(A,B); exp(a'x); sum(exp(x)); x'(A + B)x; Sigma x; 2 A x; (A'A)^-1 A'b; trace(X)
""".strip().replace("\n", ";")


def rows(table: str) -> list[tuple[str, str]]:
    """Keys, and the plain text that they stand for."""
    found = []
    for row in filter(None, map(str.strip, table.split(";"))):
        keys, _, plain = row.partition(" => ")
        found.append((keys, plain or keys))
    return found


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(KEYS.get(key, key))


@pytest.fixture(scope="module")
def bare(chromium: Browser, server: str) -> Iterator[Page]:
    """A page of the server with one field, which is put in by :func:`alone`."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server}/healthz")
    yield page
    context.close()


def alone(page: Page, kind: str = "formula") -> None:
    """Have the field empty, with the caret in it."""
    page.evaluate(BARE, {"kind": kind, "home": HOME})
    page.keyboard.press("Escape")


@pytest.mark.parametrize(("keys", "plain"), rows(FORMULAS), ids=lambda text: text)
def test_keys_write_what_the_same_text_means(bare: Page, keys: str, plain: str) -> None:
    alone(bare)
    press(bare, keys)
    assert parse(bare.evaluate("latex()")).node is parse(plain).node


@pytest.mark.parametrize(("keys", "plain"), rows(MATRICES), ids=lambda text: text)
def test_keys_write_the_same_matrices(bare: Page, keys: str, plain: str) -> None:
    alone(bare, "matrix")
    press(bare, keys)
    assert read(bare.evaluate("latex()")).node is read(plain).node


def test_what_is_put_in_comes_out_with_the_same_meaning(bare: Page) -> None:
    alone(bare)
    kinds = ("partial", "gradient", "jacobian", "hessian", "rules")
    texts = {example.text for kind in kinds for example in examples_of(kind)}
    bare.evaluate("() => (reports.length = 0)")
    for serial, text in enumerate(sorted(texts), 2):
        bare.evaluate("([latex, serial]) => tell(latex, serial)", [FORMULA.to_latex(text), serial])
        assert parse(bare.evaluate("latex()")).node is parse(text).node
    assert bare.evaluate("reports") == []  # what it was told it does not tell


def test_it_tells_after_a_pause_and_keeps_its_caret(bare: Page) -> None:
    alone(bare)
    press(bare, "xy")
    assert bare.evaluate("reports") == []
    bare.wait_for_function("() => reports.length === 1")
    bare.keyboard.press("ArrowLeft")
    bare.evaluate("tell('nothing of this', window.serial ?? 1)")  # a number that it knows
    press(bare, "+1")
    bare.wait_for_function("() => reports.length === 2")
    assert bare.evaluate("reports") == ["xy", "x+1y"]


def test_leaving_the_field_tells_at_once(bare: Page) -> None:
    alone(bare)
    press(bare, "x")
    bare.evaluate("document.activeElement.blur()")
    bare.wait_for_function("() => reports.length === 1", timeout=200)


# ── on a page ─────────────────────────────────────────────────────────────────────────────────────


def go_visual(visit: Visit, path: str, key: str = "f") -> Page:
    page = visit.open(path)
    with visit.rerun():
        page.locator(f".st-key-nb_switch_{key} label").click()
    field = page.locator("math-field")
    expect(field).to_be_visible(timeout=PATIENCE)
    expect(page.locator(f".st-key-{key} input")).to_be_hidden()
    return page


def empty(page: Page) -> None:
    page.locator("math-field").click()
    expect(page.locator("math-field")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.press("Backspace")


def expect_result(page: Page, latex: str) -> None:
    expect(page.locator(".nb-result annotation").first).to_contain_text(latex, timeout=PATIENCE)


def expect_problem(page: Page, sentence: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(sentence, timeout=PATIENCE)


def test_typed_as_it_looks_it_is_derived(visit: Visit) -> None:
    page = go_visual(visit, "/gradient?f=x")
    empty(page)
    press(page, "x^2y+sin(xy)/y")
    expect_result(page, r"2\,x\,y + \cos")
    # While the page ran again, the field kept its caret.
    expect(page.locator("math-field")).to_be_focused()
    press(page, "→+3x")
    expect_result(page, r"\cos\left(x\,y\right) + 3")
    with visit.rerun():
        page.locator(".st-key-nb_switch_f label").click()
    field = page.get_by_role("textbox", name="Your function")
    expect(field).to_be_visible()
    assert parse(field.input_value()).node is parse("x^2 y + sin(x y)/y + 3x").node
    expect(page.locator("math-field")).to_have_count(0)


def test_an_address_holds_the_plain_text(visit: Visit) -> None:
    page = go_visual(visit, "/gradient?f=x")
    empty(page)
    press(page, "x/y")
    expect(page).to_have_url(re.compile(r"f=x%2Fy|f=x/y"), timeout=PATIENCE)
    assert "visual" not in page.url


def test_the_choice_goes_along_and_back(visit: Visit) -> None:
    page = go_visual(visit, "/gradient?f=x")
    for lesson in ("Hessian", "Gradient"):
        with visit.rerun():
            page.get_by_role("link", name=lesson, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(lesson, timeout=PATIENCE)
        expect(page.locator("math-field")).to_be_visible(timeout=PATIENCE)
        expect(page.locator(".st-key-nb_switch_f input")).to_be_checked()
    with visit.rerun():
        page.locator(".st-key-nb_switch_f label").click()
    expect(page.locator("math-field")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Your function")).to_be_visible()


def test_an_example_and_the_field_agree(visit: Visit) -> None:
    page = go_visual(visit, "/gradient")
    page.locator(".st-key-example_2 button:visible").click()
    expect_result(page, r"2\,x\,y + y\,\cos")
    latex = page.evaluate("document.querySelector('math-field').value")
    assert parse(latex).node is parse("x^2 y + sin(x y)").node


def test_what_cannot_be_read_is_kept_either_way(visit: Visit) -> None:
    page = go_visual(visit, "/gradient?f=x")
    empty(page)
    press(page, "sqrt")
    expect_problem(page, "A box of the formula is still empty.")
    with visit.rerun():
        page.locator(".st-key-nb_switch_f label").click()
    field = page.get_by_role("textbox", name="Your function")
    expect(field).to_have_value(r"\sqrt{\placeholder{}}")
    field.fill("x^2 +")
    expect_problem(page, "missing after +")
    with visit.rerun():
        page.locator(".st-key-nb_switch_f label").click()
    expect(page.get_by_text(STAYS)).to_be_visible(timeout=PATIENCE)
    expect(field).to_have_value("x^2 +")
    expect(page.locator("math-field")).to_have_count(0)


def test_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("/gradient?f=x")
    switch = page.locator(".st-key-nb_switch_f input")
    expect(switch).to_be_attached()
    page.get_by_role("textbox", name="Your function").focus()
    press(page, "⇥")
    expect(switch).to_be_focused()
    with visit.rerun():
        press(page, " ")
    field = page.locator("math-field")
    expect(field).to_be_visible(timeout=PATIENCE)
    expect(switch).to_be_focused()
    press(page, "⇥")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-label", "Your function")
    page.keyboard.press("End")
    press(page, "^3")
    expect_result(page, r"3\,x^{2}")
    expect(field).to_be_focused()
    press(page, "⇥⇥")
    expect(page.get_by_role("textbox", name="Variables")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(field).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(switch).to_be_focused()


def test_matrices_are_typed_as_they_look(visit: Visit) -> None:
    page = go_visual(visit, "/matrix?f=x'x")
    empty(page)
    press(page, "a'X^-1b")
    expect_result(page, r"X^{-\top}")
    expect(page.locator(".nb-echo annotation").first).to_contain_text(r"a^{\top} X^{-1} b")


def test_an_identity_takes_a_function_as_it_looks(visit: Visit) -> None:
    page = go_visual(visit, "/identities?nine=2", "own_2")
    empty(page)
    press(page, "AX")
    expect(page).to_have_url(re.compile("own_2=A"), timeout=PATIENCE)


def test_on_a_phone_its_own_keyboard_writes(chromium: Browser, server: str) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(20_000)
    visit = Visit(context.new_page(), server)
    page = go_visual(visit, "/gradient?f=x")
    page.locator("math-field").tap()
    keyboard = page.locator(".ML__keyboard .MLK__plate")
    expect(keyboard).to_be_visible(timeout=PATIENCE)
    # All its keys are on the screen, and the field is not behind it.
    page.wait_for_function(
        "() => Math.abs(document.querySelector('.MLK__plate').getBoundingClientRect().bottom"
        " - innerHeight) < 1"
    )
    top = keyboard.bounding_box()["y"]
    box = page.locator("math-field").bounding_box()
    assert box["y"] + box["height"] <= top
    page.evaluate("document.querySelector('math-field').executeCommand('moveToMathfieldEnd')")
    for key in ("+", "7", "y"):
        page.locator(f".MLK__layer.is-visible .MLK__keycap[aria-label='{key}']").tap()
    expect(page).to_have_url(re.compile("f=x.*7y"), timeout=PATIENCE)
    expect_result(page, "1 & 7")
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollWidth <= e.clientWidth")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(800)  # the colours change, and what was faded is back
        assert serious_barriers(page) == []
    assert visit.foreign_hosts == set()
    assert visit.errors == []
    context.close()


def test_it_is_no_barrier(visit: Visit) -> None:
    page = go_visual(visit, "/gradient")
    page.wait_for_timeout(800)  # what was faded while the script ran is back
    assert serious_barriers(page) == []


def serious_barriers(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:150]}" for v in found
            if v["impact"] in ("serious", "critical")]  # fmt: skip


def test_its_files_are_kept_by_the_browser(visit: Visit) -> None:
    page = visit.open("/gradient")
    page.goto(f"{visit.server}/healthz")
    for name in ("mathlive.min.mjs", "fonts/KaTeX_Main-Regular.woff2"):
        response = page.request.get(f"{visit.server}/{HOME}/{name}")
        assert response.ok
        assert "immutable" in response.headers["cache-control"]
