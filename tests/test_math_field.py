"""Two editors for one text: what is kept, what is shown, and when a field stays as text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calc_core import matrix_lesson
from calc_core.matrix.language.notation import matrix_notation
from calc_core.parse import parse
from calc_core.parse.definitions import read_definitions
from calc_core.parse.notation import DEFINITIONS, FORMULA
from pages.parts.examples import examples_of
from pages.parts.math_field import HOME, STAYS
from pages.parts.matrix_examples import matrix_examples
from pages.parts.rules_gallery import compositions
from tests.test_pages import visit, written

KINDS = ("partial", "rules", "gradient", "jacobian", "hessian")
FORMULAS = sorted(
    {e.text for kind in KINDS for e in examples_of(kind)} | {c.outer for c in compositions()}
)
QUESTIONS = [e.question for e in matrix_examples()]
QUESTIONS += [one.question for one in matrix_lesson.collection()]


@pytest.mark.parametrize("text", FORMULAS)
def test_every_example_has_both_spellings(text: str) -> None:
    latex, plain = FORMULA.to_latex(text), FORMULA.to_text(text)
    assert latex is not None
    assert plain is not None
    assert parse(latex).node is parse(text).node
    assert parse(plain).node is parse(text).node


def test_nearly_every_example_of_matrices_has_both() -> None:
    refused = [
        q.text for q in QUESTIONS
        if matrix_notation(lambda text, q=q: matrix_lesson.Question(
            text, q.wrt, q.kinds, q.shapes, q.traits).problem()).to_latex(q.text) is None
    ]  # fmt: skip
    assert len(refused) < len(QUESTIONS) / 20, refused


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("x^2y/2", r"\frac{x^{2}\,y}{2}"),
        ("f(x, y) = 3", r"f\left(x, y\right) = 3"),
        ("z = x y", r"z\left(x, y\right) = x\,y"),
        ("0.5x", r"0.5\,x"),
        ("(x, y^2)", r"\begin{pmatrix}x \\ y^{2}\end{pmatrix}"),
        ("2 3", None),
        ("x^2 +", None),
        ("(x,y) ↦ x^2", None),
    ],
)
def test_text_is_shown_only_if_the_same_is_meant(text: str, latex: str | None) -> None:
    assert FORMULA.to_latex(text) == latex


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\frac{x}{y+1}", "x/(y + 1)"),
        (r"\sin x\,y", "sin(x)·y"),
        (r"f\left(x,y\right)=3", "f(x, y) = 3"),
        (r"\sqrt{\placeholder{}}", None),
        (r"\sqrt{\left(x\right)y)}", None),
    ],
)
def test_latex_becomes_text_only_if_the_same_is_meant(latex: str, text: str | None) -> None:
    assert FORMULA.to_text(latex) == text


@pytest.mark.parametrize("text", [c.inner for c in compositions()])
def test_every_composition_has_both_spellings(text: str) -> None:
    meant = [[(n, f.node) for n, f in layer.items()] for layer in read_definitions(text).layers]
    for spelled in (DEFINITIONS.to_latex(text), DEFINITIONS.to_text(text)):
        assert spelled is not None
        layers = read_definitions(spelled).layers
        assert [[(n, f.node) for n, f in layer.items()] for layer in layers] == meant


def test_spaces_in_latex_part_no_definitions() -> None:
    assert DEFINITIONS.to_text(r"u=x\,y,\:v=\sqrt{x};\;x=2t") == "u = x·y, v = sqrt(x); x = 2t"


def test_what_is_said_about_letters_counts_for_both_spellings() -> None:
    question = matrix_lesson.Question("e x", kinds={"e": "number"})
    notation = matrix_notation(
        lambda text: matrix_lesson.Question(text, kinds=question.kinds).problem()
    )
    assert notation.to_latex("e x") == r"e\,x"


# ── a field by itself ─────────────────────────────────────────────────────────────────────────────


ONE_FIELD = """
import streamlit as st
from pages.parts import math_field

heard = st.session_state.get("heard", "")
st.button("hear", on_click=math_field.hear, args=("f", heard, math_field.FORMULAS))
st.session_state["got"] = math_field.math_input("f", key="f", value="x^2 y", bind=False)
for k in range(3):
    math_field.math_input("f", key=f"c{k}", bind=False, switch=False)
"""


@pytest.fixture
def field() -> AppTest:
    app = AppTest.from_string(ONE_FIELD, default_timeout=10).run()
    assert not app.exception
    return app


def visual(app: AppTest, key: str = "f") -> dict[str, Any] | None:
    """What the visual editor of a field was last told; None if there is none."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return next((part for part in parts if part["name"] == f"latex of {key}"), None)


def told(app: AppTest) -> str | None:
    part = visual(app)
    return None if part is None else part["told"]["state"]["latex of f"]


def hear(app: AppTest, latex: str) -> None:
    app.session_state["heard"] = latex
    app.run()
    app.button[0].click().run()
    assert not app.exception


def test_a_field_is_text_until_the_reader_chooses(field: AppTest) -> None:
    assert visual(field) is None
    assert [toggle.label for toggle in field.toggle] == ["visual"]
    field.text_input(key="f").set_value("x y").run()
    assert field.session_state["got"] == "x y"


def test_switching_keeps_what_was_typed(field: AppTest) -> None:
    field.toggle[0].set_value(True).run()
    assert told(field) == r"x^{2}\,y"
    assert visual(field)["home"] == HOME
    assert field.session_state["got"] == "x^2 y"
    field.toggle[0].set_value(False).run()
    assert visual(field) is None
    assert field.session_state["got"] == "x^2 y"


def test_the_choice_counts_for_all_fields(field: AppTest) -> None:
    field.toggle[0].set_value(True).run()
    assert [visual(field, f"c{k}") is not None for k in range(3)] == [True] * 3
    field.toggle[0].set_value(False).run()
    assert len(field.get("bidi_component")) == 0


def test_what_is_typed_visually_becomes_plain_text(field: AppTest) -> None:
    field.toggle[0].set_value(True).run()
    hear(field, r"\frac{x}{y+1}")
    assert field.session_state["got"] == "x/(y + 1)"
    field.toggle[0].set_value(False).run()
    assert field.text_input(key="f").value == "x/(y + 1)"


@pytest.mark.parametrize("latex", [r"\sqrt{\placeholder{}}", r"\sqrt{\left(x\right)y)}", "2 3"])
def test_what_cannot_be_read_is_kept_as_it_is(field: AppTest, latex: str) -> None:
    field.toggle[0].set_value(True).run()
    hear(field, latex)
    assert field.session_state["got"] == latex
    assert visual(field) is not None  # the hand that types is not left without its field
    field.toggle[0].set_value(False).run()
    assert field.text_input(key="f").value == latex


def test_an_emptied_field_is_empty(field: AppTest) -> None:
    field.toggle[0].set_value(True).run()
    hear(field, "")
    assert field.session_state["got"] == ""
    assert told(field) is not None


def test_text_that_cannot_be_shown_stays_text_until_it_is_mended(field: AppTest) -> None:
    field.text_input(key="f").set_value("x^2 +").run()
    field.toggle[0].set_value(True).run()
    assert visual(field) is None
    assert STAYS in [caption.value for caption in field.caption]
    assert not field.toggle[0].value
    field.text_input(key="f").set_value("x^2 + y").run()
    assert visual(field) is None  # not under the hand that mends it
    assert STAYS not in [caption.value for caption in field.caption]
    field.toggle[0].set_value(True).run()
    assert told(field) == "x^{2} + y"


def test_a_doubtful_reading_is_told(field: AppTest) -> None:
    field.toggle[0].set_value(True).run()
    hear(field, r"\sin x\,y")
    assert field.session_state["got"] == "sin(x)·y"
    assert "is read as" in "".join(m.value for m in field.markdown)


# ── on the pages ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page", "key", "parameters"),
    [
        ("partial", "f", {}),
        ("rules", "f", {}),
        ("home", "start", {}),
        (
            "practice",
            "answer_partial_3_5_line",
            {"kind": "partial", "difficulty": "3", "seed": "5"},
        ),
        ("practice", "answer_bilinear-form_1_5_line", {"kind": "bilinear-form", "seed": "5"}),
        ("gradient", "f", {}),
        ("jacobian", "f", {}),
        ("hessian", "f", {}),
        ("matrix", "f", {}),
        ("identities", "own_2", {"nine": "2"}),
    ],
)
def test_every_expression_field_can_be_visual(page: str, key: str, parameters: Any) -> None:
    app = visit(page, **parameters)
    before = app.text_input(key=key).value
    app.toggle(key=f"{key}_is_visual").set_value(True).run()
    assert not app.exception
    assert app.text_input(key=key).value == before
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    assert [part["kind"] for part in parts if part["module"] == "math_field"] == [
        "matrix" if page in ("matrix", "identities") or "bilinear" in key else "formula"
    ]


def test_the_fields_of_a_composition_are_visual_together() -> None:
    app = visit("rules", lab="chain")
    inner = app.text_input(key="inner").value
    app.toggle(key="outer_is_visual").set_value(True).run()
    assert not app.exception
    assert app.text_input(key="inner").value == inner
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    told = {p["name"]: p["told"]["state"] for p in parts if p["module"] == "math_field"}
    assert told["latex of inner"] == {"latex of inner": DEFINITIONS.to_latex(inner)}
    assert told["latex of outer"]["latex of outer"]


def test_the_choice_goes_along_to_the_next_page() -> None:
    app = visit("gradient")
    app.toggle(key="f_is_visual").set_value(True).run()
    app.switch_page("pages/lessons/hessian.py").run()
    assert app.toggle(key="f_is_visual").value


def test_an_example_is_shown_visually_too() -> None:
    app = visit("gradient")
    app.toggle(key="f_is_visual").set_value(True).run()
    app.button(key="example_1").click().run()
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    (part,) = [part for part in parts if part["module"] == "math_field"]
    text = examples_of("gradient")[1].text
    assert part["told"]["state"] == {"latex of f": FORMULA.to_latex(text)}
    assert app.text_input(key="f").value == text
    assert "✓ every step checked" in written(app)
