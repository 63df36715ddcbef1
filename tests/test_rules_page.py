"""The page of the rules, driven by Streamlit's own tester."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.examples import examples_of
from pages.parts.rules_gallery import chains, compositions
from tests.test_pages import problem, visit, written


def drawn(app: AppTest) -> int:
    """How many live parts of this lab there are."""
    return sum("rules_live_" in part.proto.id for part in app.get("bidi_component"))


def test_it_opens_with_the_first_function() -> None:
    app = visit("rules")
    assert app.title[0].value == "Rules and the chain rule"
    assert app.text_input(key="f").value == examples_of("rules")[0].text
    assert examples_of("rules")[0].note in written(app)
    assert drawn(app) == 1
    assert app.session_state["rules_tree"]["by"]["x"]["checked"]


@pytest.mark.parametrize("place", range(len(examples_of("rules"))))
def test_every_function_of_the_gallery_opens(place: int) -> None:
    example = examples_of("rules")[place]
    app = visit("rules", f=example.text)
    assert app.session_state["rules_tree"]["text"] == example.text
    assert example.note in written(app)
    assert not problem(app)


@pytest.mark.parametrize("place", range(len(compositions())))
def test_every_composition_opens(place: int) -> None:
    c = compositions()[place]
    app = visit("rules", lab="chain", outer=c.outer, inner=c.inner)
    assert app.session_state["rules_chain"]["checked"]
    assert c.note in written(app)
    assert drawn(app) == 1


def test_an_example_is_a_click_away() -> None:
    app = visit("rules", lab="chain")
    app.button(key="example_1").click().run()
    assert app.text_input(key="outer").value == compositions()[1].outer
    assert app.text_input(key="inner").value == compositions()[1].inner
    assert not app.exception


def test_only_the_open_experiment_is_worked_out() -> None:
    app = visit("rules", lab="order")
    assert drawn(app) == 1
    assert "rules_tree" not in app.session_state
    assert "rules_chain" not in app.session_state
    assert not app.text_input
    assert len(chains()) == 6


@pytest.mark.parametrize("name", ["nonsense", "", "chain'"])
def test_an_unknown_experiment_is_the_first(name: str) -> None:
    app = visit("rules", lab=name)
    assert app.text_input(key="f").value == examples_of("rules")[0].text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("atn x", "Did you mean arctan?"),
        ("x^2 +", "missing after +"),
        ("(x, y)", "vector function"),
        ("5", "no variable"),
        ("9^9^9^9", "too large"),
        ("x" * 5000, "too long"),
        ("__import__('os').system('ls')", "underscores"),
        ("<script>alert(1)</script>", ""),
        ("\x00x\u202e", ""),
        ("^".join("x" * 25), "too long to be drawn"),
    ],
)
def test_bad_input_gets_a_sentence_and_is_kept(text: str, sentence: str) -> None:
    app = visit("rules", f=text)
    assert sentence in problem(app)
    assert app.text_input(key="f").value == text
    assert not drawn(app)
    assert "<script" not in problem(app)


def test_what_could_be_read_stays_below() -> None:
    app = visit("rules", f="x y")
    app.text_input(key="f").set_value("x y +").run()
    assert "missing after +" in problem(app)
    assert "still the last one that could be read" in written(app)
    assert drawn(app) == 1
    assert app.session_state["rules_tree"]["text"] == "x y"


@pytest.mark.parametrize(
    ("outer", "inner", "sentence"),
    [
        ("u +", "u = x", "missing after +"),
        ("u", "u = atn x", "Did you mean arctan?"),
        ("u", "x y", "the sign = are missing"),
        ("u", "u = x, w = y", "w does not occur"),
        ("u", "u = u x", "on the right, too"),
        ("u", "", "No inner function"),
        ("[u, v; v, u]", "u = x, v = y", "matrix"),
        ("u", "u = <script>", ""),
    ],
)
def test_a_bad_composition_gets_a_sentence_and_is_kept(outer, inner, sentence) -> None:
    app = visit("rules", lab="chain", outer=outer, inner=inner)
    assert problem(app)
    assert sentence in problem(app)
    assert app.text_input(key="inner").value == inner
    assert "<script" not in problem(app)
    assert not drawn(app)


def test_the_caret_is_under_the_character_of_the_inner_function() -> None:
    app = visit("rules", lab="chain", outer="u v", inner="u = x, v = atn y")
    assert 'v = <mark title="here">a</mark>tn y' in problem(app)


def test_two_readings_are_told() -> None:
    assert "1/2x is read as (1/2)·x" in written(visit("rules", f="1/2x + y"))


def test_variables_can_be_declared() -> None:
    app = visit("rules", f="a x^2 + y", variables="a, x")
    assert list(app.session_state["rules_tree"]["by"]) == ["a", "x"]


def test_what_the_reader_did_is_in_the_address_and_goes_with_the_function() -> None:
    app = visit("rules", f="x y", by="y", pick="2", open="none")
    app.text_input(key="f").set_value("x y^2").run()
    assert not {"by", "pick", "open"} & set(app.query_params)


def test_strange_things_in_the_address_do_no_harm() -> None:
    for lab in ("tree", "chain", "order"):
        bad = {
            "by": "<b>",
            "pick": "s999",
            "open": "r.9.9,../x",
            "path": "a9-9-9",
            "widths": "0,-1,x",
        }
        visit("rules", lab=lab, **bad)
    for pick in ("00", "s", "s00", "-0", "0x0"):
        visit("rules", f="x y", pick=pick, by="constructor")
