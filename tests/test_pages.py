"""Every page, driven by Streamlit's own tester: what a person types, and what the page says."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import chain
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from calc_core import run
from pages.parts import study
from pages.parts.examples import examples_of

LESSONS = ("gradient", "jacobian", "hessian")
BAD = 'class="nb-problem"'


def visit(page: str, **parameters: str) -> AppTest:
    """The page at an address."""
    app = AppTest.from_file("../app.py", default_timeout=30)
    app.query_params.update(parameters)
    app.switch_page(f"pages/lessons/{page}.py")
    app.run()
    assert not app.exception, [e.value for e in app.exception]
    return app


def written(app: AppTest) -> str:
    """All that stands on the page as text, Markdown and HTML."""
    texts = [e.value for kind in ("markdown", "caption", "info") for e in getattr(app, kind)]
    texts += [str(e.proto.body) for e in app.get("html")]
    return "\n".join(texts)


def figures(app: AppTest) -> list[Any]:
    """What is drawn by Streamlit itself, and all that the live parts of the page draw."""
    live = [list(stage["figures"].values()) for stage in stages(app)]
    return [*app.get("plotly_chart"), *chain.from_iterable(live)]


def stages(app: AppTest) -> list[dict[str, Any]]:
    """The data that the live stages of the page have got."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component")]
    return [part for part in parts if part["module"] == "stage"]


def beside(app: AppTest) -> dict[str, Any]:
    """The stage beside the derivation."""
    return stages(app)[0]


def point(app: AppTest) -> list[float]:
    """Where the live figures were last told to have the point."""
    at: list[float] = beside(app)["told"]["state"]["at"]
    return at


def problem(app: AppTest) -> str:
    """The sentence about what is wrong, or nothing."""
    return "\n".join(e.proto.body for e in app.get("html") if BAD in e.proto.body)


def test_home_leads_to_the_lessons_and_three_examples() -> None:
    app = visit("home")
    assert app.title[0].value == "Nabla"
    assert len(app.get("page_link")) == 11
    assert len(figures(app)) == 3


@pytest.mark.parametrize(
    ("text", "page"), [("x y", "gradient"), ("(x, y)", "jacobian"), ("t^2", "gradient")]
)
def test_home_opens_a_function_in_the_lesson_that_suits_it(text, page) -> None:
    app = visit("home")
    app.text_input(key="start").set_value(text)
    app.button[0].click().run()
    assert app.title[0].value.lower() == page
    assert app.text_input(key="f").value == text


def test_home_says_what_is_wrong_with_a_function() -> None:
    app = visit("home")
    app.text_input(key="start").set_value("atn x")
    app.button[0].click().run()
    assert "arctan" in problem(app)


@pytest.mark.parametrize("kind", LESSONS)
def test_a_lesson_opens_with_its_first_example(kind) -> None:
    app = visit(kind)
    assert app.text_input(key="f").value == examples_of(kind)[0].text
    assert "✓ every step checked" in written(app)
    assert figures(app)
    assert not problem(app)


@pytest.mark.parametrize(
    ("kind", "place"), [(kind, k) for kind in LESSONS for k in range(len(examples_of(kind)))]
)
def test_every_example_opens(kind, place) -> None:
    app = visit(kind)
    example = examples_of(kind)[place]
    app.session_state["gallery"] = True
    app.run()
    app.button(key=f"gallery_{place}").click().run()
    assert not app.exception
    for key, value in example.widgets.items():
        assert app.session_state[key] == value
    names = beside(app)["problem"]["names"]
    told = dict(zip(names, point(app), strict=True))
    assert {name: told[name] for name in example.point} == example.point
    assert "✓ every step checked" in written(app)
    assert figures(app)


def test_every_stage_has_a_point_with_the_variables_of_its_function() -> None:
    app = visit("gradient")
    for text in ("x y z + z^2", "r cos(theta)", "t^3", "x y"):
        app.text_input(key="f").set_value(text).run()
        for stage in stages(app):
            assert len(stage["told"]["state"]["at"]) == len(stage["problem"]["names"])


def test_an_example_sets_what_another_function_left() -> None:
    app = visit("gradient", at_x="1.7", from_x="-1", variables="x")
    app.button(key="example_0").click().run()
    assert point(app) == [1.0, 0.5]
    assert app.number_input(key="from_x").value == -2.0
    assert app.text_input(key="variables").value == ""


@pytest.mark.parametrize(
    ("kind", "text", "result"),
    [
        ("gradient", "x^2 y", r"\nabla f = \begin{pmatrix}2\,x\,y & x^{2}\end{pmatrix}"),
        ("gradient", "z = ln(x) + y", r"\nabla z = "),
        ("jacobian", "(x y, x + y)", r"J_{f} = \begin{pmatrix}y & x \\ 1 & 1\end{pmatrix}"),
        ("hessian", "x^2 y", r"H_{f} = \begin{pmatrix}2\,y & 2\,x \\ 2\,x & 0\end{pmatrix}"),
    ],
)
def test_ones_own_function_is_derived(kind, text, result) -> None:
    app = visit(kind, f=text)
    assert result in written(app)
    assert figures(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("atn x", "Did you mean arctan?"),
        ("x^2 +", "missing after +"),
        ("x^2 y = 3", "equation"),
        ("(x + y", "close"),
        ("__import__('os').system('ls')", "underscores"),
        ("9^9^9^9", "too large"),
        ("<script>alert(1)</script>", ""),
        ("x" * 5000, "too long"),
        ("(" * 10_000, "too long"),
        ("\x00x\u202e", ""),
        (r"\frac{\partial}{\partial x} x^2", "derivative cannot be typed"),
    ],
)
@pytest.mark.parametrize("kind", LESSONS)
def test_bad_input_gets_a_sentence_and_is_kept(kind, text, sentence) -> None:
    app = visit(kind, f=text)
    assert sentence in problem(app)
    assert app.text_input(key="f").value == text
    assert not figures(app)
    assert "<script" not in problem(app)


def test_the_caret_is_under_the_character() -> None:
    app = visit("gradient", f="x + atn y")
    assert 'x + <mark title="here">a</mark>tn y' in problem(app)


def test_an_empty_field_invites() -> None:
    app = visit("gradient")
    app.text_input(key="f").set_value("  ").run()
    assert "Type a function" in app.info[0].value
    assert not app.exception


@pytest.mark.parametrize("kind", ["gradient", "hessian"])
def test_a_vector_where_a_single_function_is_expected(kind) -> None:
    app = visit(kind, f="(x y, x + y)")
    assert "vector function" in problem(app)
    assert "Jacobian" in app.get("page_link")[0].proto.label


def test_a_matrix_has_no_jacobian_here() -> None:
    assert "This is a matrix" in problem(visit("jacobian", f="[x, y; y, x]"))


@pytest.mark.parametrize("kind", LESSONS)
def test_no_variable_no_derivative(kind) -> None:
    assert "no variable" in problem(visit(kind, f="5"))


def test_two_readings_are_told() -> None:
    assert "1/2x is read as (1/2)·x" in written(visit("gradient", f="1/2x"))


def test_where_f_is_not_defined_is_said() -> None:
    app = visit("gradient", f="ln(x) + y")
    assert "Not defined for x ≤ 0" in written(app)
    assert "holds where $x > 0$" in written(app)


@pytest.mark.parametrize(("kind", "figure"), [("gradient", "curve"), ("hessian", "curve")])
def test_one_variable(kind, figure) -> None:
    assert list(beside(visit(kind, f="x^3"))["figures"]) == [figure]


def test_three_variables_are_shown_as_a_slice() -> None:
    app = visit("gradient", f="x y z", at_z="2")
    assert "slice z = 2" in json.dumps(figures(app)[0])
    assert app.selectbox(key="axes").options == ["x, y", "x, z", "y, z"]
    app.selectbox(key="axes").set_value("y, z").run()
    assert "slice x = 1" in json.dumps(figures(app)[0])


def test_many_variables_have_a_derivation_and_no_figure() -> None:
    app = visit("gradient", f=" + ".join(f"x_{k}^2" for k in range(1, 13)))
    assert "✓ every step checked" in written(app)
    assert "up to 8 variables" in written(app)


def test_a_map_without_a_picture_has_its_numbers() -> None:
    stage = beside(visit("jacobian", f="(x y, y z)"))
    assert set(stage["figures"]) <= {"matrix"}
    assert stage["problem"]["names"] == ["x", "y", "z"]


def test_constants_have_values_for_the_figure_only() -> None:
    app = visit("gradient", f="a x^2 + y", is_a="3")
    assert r"2\,a\,x" in written(app)
    assert "Drawn for a = 3" in written(app)
    assert beside(app)["problem"]["constants"] == [3.0]


def test_variables_can_be_declared_and_ordered() -> None:
    app = visit("gradient", f="a x^2 + y", variables="a, x")
    assert r"\nabla f = \begin{pmatrix}x^{2} & 2\,a\,x\end{pmatrix}" in written(app)
    assert app.number_input(key="is_y").value == 1.0
    app.text_input(key="variables").set_value("x, x").run()
    assert "named twice" in problem(app)


def test_an_unknown_function_has_a_derivation_and_no_figure() -> None:
    app = visit("gradient", f="g(x, y) x")
    assert "g_{x}" in written(app)
    assert "g has no values." in written(app)
    assert not problem(app)


def test_levels_differ_in_length() -> None:
    lines = []
    for level in ("every step", "usual", "brief"):
        app = visit("gradient", f="x exp(-x^2 - y^2)", level=level)
        lines.append(written(app).count('class="nb-line"'))
    assert lines[0] > lines[1] > lines[2]


def test_a_long_derivation_is_shown_in_part_first() -> None:
    app = visit("hessian", f="sin(x y) exp(x/y) sqrt(1 + x^2)")
    before = written(app).count('class="nb-line"')
    app.button(key="show_all").click().run()
    assert written(app).count('class="nb-line"') > before


def test_state_comes_from_the_address() -> None:
    app = visit("gradient", f="x y", at_x="0.25", from_x="-1", to_y="3", level="brief")
    assert point(app) == [0.25, 0.5]
    assert app.number_input(key="from_x").value == -1
    assert app.number_input(key="to_y").value == 3


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"from_x": "2", "to_x": "-2"}, "The range of x is empty"),
        ({"from_x": "1", "to_x": "1"}, "The range of x is empty"),
        ({"from_x": "1", "to_x": "1.0000000001"}, "too narrow"),
    ],
)
def test_a_bad_range_gets_a_sentence(parameters, sentence) -> None:
    app = visit("gradient", **parameters)
    assert sentence in problem(app)
    assert "✓ every step checked" in written(app)


@pytest.mark.parametrize("value", ["nan", "inf", "1e308", "abc", "", "-0", "1e6"])
def test_a_strange_number_in_the_address_does_no_harm(value) -> None:
    visit("hessian", at_x=value, from_y=value)


def test_what_takes_too_long_is_said_so(monkeypatch) -> None:
    def slow(*_: object, seconds: float) -> None:
        raise run.TookTooLong(seconds)

    monkeypatch.setattr(run, "run", slow)
    study._derive.clear()
    study._scene.clear()
    app = visit("gradient", f="x y + 1")
    assert "took longer than 5 seconds" in problem(app)
    assert app.text_input(key="f").value == "x y + 1"
    study._derive.clear()
    study._scene.clear()


def test_a_failed_worker_is_said_so_and_asked_again(monkeypatch) -> None:
    def broken(*_: object, seconds: float) -> None:
        raise run.WorkerFailed(f"Nobody answered within {seconds:g} s.")

    with monkeypatch.context() as patched:
        patched.setattr(run, "run", broken)
        assert "could not be worked out" in problem(visit("gradient", f="x y + 2"))
    assert "✓ every step checked" in written(visit("gradient", f="x y + 2"))


def test_an_unconfirmed_step_is_not_shown_as_true(monkeypatch) -> None:
    real = run.run

    def doubtful(job, *question: object, seconds: float) -> Any:
        answer = real(job, *question, seconds=seconds)
        if isinstance(answer, study.lesson.Derived):
            answer.data["certificate"] = {"confirmed": False, "summary": "1 step is in doubt."}
            answer.data["blocks"][0]["lines"][-1] |= {"confirmed": False, "reason": "they differ."}
        return answer

    monkeypatch.setattr(run, "run", doubtful)
    app = visit("gradient", f="x y + 3")
    study._derive.clear()
    text = written(app)
    assert "not every step could be confirmed" in text
    assert "not confirmed: they differ." in text
    assert r"\overset{?}{=}" in text
    assert "✓" not in text


def test_the_programme_to_copy_runs() -> None:
    derived = study.lesson.derive("jacobian", "f(s, t) = (s t, a)", "", "usual")
    command = [sys.executable, "-c", derived.python]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert derived.text in printed
    assert "Matrix" in printed


def test_the_derivation_to_copy_is_open_on_demand() -> None:
    app = visit("gradient", f="x y + 4")
    assert not app.code
    app.session_state["copy"] = True
    app.run()
    latex, text, python = (block.value for block in app.code)
    assert latex.startswith(r"\begin{align*}")
    assert "[sum rule" in text
    assert "from calc_core import gradient, parse" in python


def test_the_hessian_of_the_same_function_is_one_click_away() -> None:
    link = visit("gradient", f="x y^2", at_x="0.3").get("page_link")[0].proto
    assert "Hessian" in link.label
    assert "f=x" in link.query_string
    assert "at_x=0.3" in link.query_string


DEFINED = {"more": "From the definition"}


def test_the_slope_in_a_direction_and_the_steepest() -> None:
    text = written(visit("gradient", f="3x + 4y", along_x="3", along_y="4"))
    assert r"D_{\hat v} f = 5" in text
    assert r"\nabla f = \begin{pmatrix}3 & 4\end{pmatrix}" in text
    assert r"\left|\nabla f\right| = 5" in text
    assert "at x = 1, y = 0.5" in text
    assert r"\lim" not in text.split("Hessian")[-1].split(r"D_{\hat v}")[-1]  # not worked out yet
    as_it_is = visit("gradient", f="3x + 4y", along_x="3", along_y="4", unit="false")
    assert "D_{v} f = 25" in written(as_it_is)


def test_the_usual_direction_at_a_point_of_fractions() -> None:
    app = visit("gradient", f="a x^2 y", at_x="0.25")
    assert [app.number_input(key=f"along_{name}").value for name in "xy"] == [1.0, 1.0]
    assert r"\frac{a}{4" in written(app)


def test_no_direction_no_slope() -> None:
    app = visit("gradient", f="x y", along_x="0", along_y="0")
    assert "The direction has length 0." in problem(app)
    assert r"\left|\nabla f\right| = " in written(app)


@pytest.mark.parametrize("f", ["ln(x) + y", "1/x + y", "abs(x) + y", "sqrt(x) + y"])
@pytest.mark.parametrize("page", ["gradient", "hessian"])
def test_where_the_rules_do_not_apply_nothing_is_claimed(page, f) -> None:
    app = visit(page, f=f, at_x="0")
    assert "The rules do not apply at this point: they need x " in problem(app)
    assert r"D_{\hat v} f = " not in written(app)
    assert r"T_2 f" not in written(app)


def test_the_definition_at_a_general_point_and_at_this_one() -> None:
    app = visit("gradient", f="x^2 y", **DEFINED)
    assert r"\frac{\partial f}{\partial x}(x, y) = 2\,x\,y" in written(app)
    assert "D_{" not in written(app)
    app.selectbox(key="by").set_value("y").run()
    assert r"\frac{\partial f}{\partial y}(x, y) = x^{2}" in written(app)
    app.toggle(key="here").set_value(True).run()
    assert r"\frac{\partial f}{\partial y}(1, \frac{1}{2}) = 1" in written(app)


def test_the_definition_may_say_that_there_is_no_derivative() -> None:
    app = visit("gradient", f="abs(x) + y", at_x="0", here="true", **DEFINED)
    assert r"\text{ does not exist}" in written(app)


def test_the_definition_may_not_come_out() -> None:
    app = visit("gradient", f="erf(x y)", **DEFINED)
    assert "does not come out in closed form" in problem(app)
    assert "✓ every step checked" in written(app)


def test_the_choice_of_a_variable_follows_the_function() -> None:
    app = visit("gradient", f="x y", by="y", **DEFINED)
    app.text_input(key="f").set_value("s^2 t").run()
    assert r"\frac{\partial f}{\partial s}(s, t) = 2\,s\,t" in written(app)


def test_the_taylor_polynomial() -> None:
    assert r"T_2 f\left(x, y\right) = " in written(visit("hessian"))
    text = written(visit("hessian", f="exp(x y)", at_x="0", at_y="0"))
    assert r"T_2 f\left(x, y\right) = 1 + x\,y" in text or r"= x\,y + 1" in text
    assert "At x = 0, y = 0:" in text


def test_one_choice_of_steps_for_all_and_each_has_its_own_rest() -> None:
    f = "sin(x y) exp(x/y)"
    brief, usual = (visit("hessian", f=f, level=level) for level in ("brief", "usual"))
    assert written(brief).count('class="nb-line"') < written(usual).count('class="nb-line"')
    before = written(usual).count('class="nb-line"')
    usual.button(key="show_all_taylor").click().run()
    assert written(usual).count('class="nb-line"') > before
    assert usual.button(key="show_all")


@pytest.mark.parametrize("page", ["gradient", "hessian"])
def test_too_many_variables_for_a_direction_or_a_polynomial(page) -> None:
    text = written(visit(page, f=" + ".join(f"x_{k}^2" for k in range(1, 13))))
    assert "up to 8 variables." in text.split("figure for up to")[-1].split("There is a ")[-1]


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("directional", {"direction": (1.0, 2.0), "at": {"x": 1.0, "y": 0.5}}),
        ("definition", {"variable": "x", "at": {"x": 1.0, "y": 0.5}}),
        ("quadratic", {"at": {"x": 1.0, "y": 0.5}}),
    ],
)
def test_further_programmes_to_copy_run(operation, given) -> None:
    derived = study.lesson.derive(operation, "x^2 y", "", "usual", given)
    command = [sys.executable, "-c", derived.python]
    assert (
        derived.text in subprocess.run(command, capture_output=True, text=True, check=True).stdout
    )
