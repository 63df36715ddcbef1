"""The pages on matrix gradients and identities, driven by Streamlit's own tester."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from calc_core import InputError, matrix_lesson, run
from calc_core.matrix_lesson import Question
from pages.parts import matrix_study
from pages.parts.matrix_examples import address_of, matrix_examples
from tests.test_pages import BAD, problem, visit, written

NUMBERS = "Entries and numbers"
CHECKED = "✓ every step checked"


def facts(app: AppTest) -> str:
    return "\n".join(e.value for e in app.markdown if "nb-fact" in e.value)


# ── /matrix ───────────────────────────────────────────────────────────────────────────────────────


def test_the_page_opens_with_its_first_example() -> None:
    app = visit("matrix")
    assert app.text_input(key="f").value == matrix_examples()[0].question.text
    assert CHECKED in written(app)
    assert "a: n×1 · X: n×n · b: n×1 · f: a number" in written(app)
    assert r"X \text{ invertible}" in written(app)
    assert not problem(app)


def test_there_are_examples_of_every_sort() -> None:
    examples = matrix_examples()
    assert len(examples) >= 12
    assert len({example.group for example in examples}) >= 4
    assert all(example.note.endswith(".") for example in examples)


@pytest.mark.parametrize("place", range(len(matrix_examples())))
def test_every_example_opens(place) -> None:
    app = visit("matrix", examples="true", kind_A="row", value_X="7", wrt="b")
    app.button(key=f"example_{place}").click().run()
    assert not app.exception
    question = matrix_examples()[place].question
    assert app.text_input(key="f").value == question.text
    assert CHECKED in written(app)
    wanted = {k: v for k, v in address_of(question).items() if k != "f"}
    assert {k: v for k, v in app.query_params.items() if k in wanted} == wanted
    assert "value_X" not in app.query_params


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a^T X^{-1} b", r"-X^{-\top} a b^{\top} X^{-\top}"),
        (r"\mathbf{a}^\top X b", r"a b^{\top}"),
        ("tr(A X B)", r"A^{\top} B^{\top}"),
        ("A X B", r"B^{\top} \otimes A"),
        ("‖Ax−b‖²", r"2\,\left(A x - b\right)^{\top} A"),
    ],
)
def test_ones_own_expression_is_derived(text, result) -> None:
    app = visit("matrix", f=text)
    assert f"= {result}" in written(app)
    assert CHECKED in written(app)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a' X +", "missing after +"),
        ("A x b", "cannot be multiplied"),
        ("X + x", "different shapes"),
        ("foobar(X)", "not known"),
        ("<script>alert(1)</script>", ""),
        ("X" * 5000, "too long"),
        ("__import__('os')", ""),
        ("logm(X)", "only under a trace"),
    ],
)
def test_bad_input_gets_a_sentence_and_is_kept(text, sentence) -> None:
    app = visit("matrix", f=text)
    assert BAD in problem(app)
    assert sentence in problem(app)
    assert "<script" not in problem(app)
    assert app.text_input(key="f").value == text


def test_the_caret_is_under_what_does_not_fit() -> None:
    assert '<mark title="here">x</mark>' in problem(visit("matrix", f="X + x"))


def test_an_empty_field_invites() -> None:
    app = visit("matrix")
    app.text_input(key="f").set_value(" ").run()
    assert "Type a function of matrices" in app.info[0].value


def test_the_variable_can_be_chosen() -> None:
    app = visit("matrix")
    assert app.segmented_control(key="wrt").value == "X"
    app.segmented_control(key="wrt").set_value("a").run()
    assert r"\frac{\partial f}{\partial a} = b^{\top} X^{-\top}" in written(app)
    assert app.query_params["wrt"] == "a"
    app.text_input(key="f").set_value("A X").run()
    assert app.segmented_control(key="wrt").value == "X"


@pytest.mark.parametrize(
    ("layout", "result", "rule"),
    [
        ("shape of X", r"A^{\top} B^{\top}", "in the shape of the variable"),
        ("row (numerator)", r"B A", "row layout"),
        ("column (denominator)", r"A^{\top} B^{\top}", "column layout"),
    ],
)
def test_the_layout_rewrites_the_derivation(layout, result, rule) -> None:
    app = visit("matrix", f="tr(A X B)", layout=layout)
    assert rf"\frac{{\partial f}}{{\partial X}} = {result}$" in written(app)
    assert rule in written(app)


def test_shapes_are_shown_on_each_factor() -> None:
    factor = r"\underset{m \times n}{A}"
    plain, shaped = (written(visit("matrix", f="A x", shapes=on)) for on in ("false", "true"))
    assert shaped.count("m") > plain.count("m")
    assert factor in shaped or r"\times" in shaped
    assert factor not in plain


def test_a_kind_can_be_changed() -> None:
    app = visit("matrix", f="t X", letters="true")
    assert BAD in problem(app) or "t: " in written(app)
    app.selectbox(key="kind_t").set_value("number").run()
    assert "t: a number" in written(app)
    assert app.query_params["kind_t"] == "number"
    app.button(key="forget_letters").click().run()
    assert "kind_t" not in app.query_params


def test_a_shape_and_a_trait_can_be_given() -> None:
    app = visit("matrix", f="a' X a", shape_X="3×3", trait_X="symmetric", letters="true")
    assert "X: 3×3, symmetric" in written(app)
    assert "tied entries" in written(app)
    app.text_input(key="shape_X").set_value("2×3").run()
    assert BAD in problem(app)
    assert app.text_input(key="shape_X").value == "2×3"
    app.text_input(key="shape_X").set_value("nonsense!").run()
    assert "cannot be read" in problem(app)


def test_entries_and_numbers() -> None:
    app = visit("matrix", f="A X B", show=NUMBERS)
    assert r"\frac{\partial f_{ij}}{\partial X_{kl}} = A_{ik}\,B_{lj}" in written(app)
    table = app.dataframe[0].value
    assert table.shape == (8, 6)
    assert list(table.index[:2]) == ["f₁₁", "f₂₁"]
    assert list(table.columns[:2]) == ["X₁₁", "X₂₁"]
    app.selectbox(key="entry_f").set_value("3,2").run()
    app.selectbox(key="entry_x").set_value("2,1").run()
    said = facts(app)
    value = table.loc["f₃₂", "X₂₁"]
    assert r"\frac{\partial f_{32}}{\partial X_{21}} = A_{32}\,B_{12} = 2 \cdot 2 = 4" in said
    assert value == 4
    assert "row 7 is that of f₃₂, column 2 that of X₂₁" in said
    assert r"\approx 4" in said
    assert app.query_params["entry_f"] == "3,2"


def test_ones_own_numbers() -> None:
    app = visit("matrix", f="a' X b", show=NUMBERS)
    app.text_input(key="value_a").set_value("1 2 3").run()
    assert app.dataframe[0].value.shape[0] == 3  # X and its table follow
    app.text_input(key="value_b").set_value("1/2 -1").run()
    assert app.dataframe[0].value.to_numpy().tolist() == [[0.5, -1], [1, -2], [1.5, -3]]
    app.text_input(key="value_X").set_value("1 2; 3 4").run()
    assert BAD in problem(app)
    assert app.text_input(key="value_X").value == "1 2; 3 4"
    app.button(key="fresh_numbers").click().run()
    assert not problem(app)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("1 2; 3", "different lengths: 2, 1"),
        ("1 x; 2 3", "“x” in X is not a number"),
        ("1 2; 2 4", "no inverse"),
        (" ; ", "no numbers"),
        ("1e9 1; 1 2", "too large"),
        (" ".join("1" * 9), "too large to be shown"),
        ("1/0", "divides by 0"),
    ],
)
def test_bad_numbers_get_a_sentence(value, sentence) -> None:
    app = visit("matrix", show=NUMBERS, value_X=value)
    assert sentence in problem(app)
    assert CHECKED in written(app)


def test_what_has_no_formula_of_entries_says_so() -> None:
    app = visit("matrix", f="kron(A, X)", show=NUMBERS)
    assert "no short formula" in written(app)
    assert app.dataframe


def test_a_hessian_has_a_derivation_of_its_own() -> None:
    app = visit("matrix", f="norm2(A x - b)^2", show="Hessian")
    assert r"\frac{\partial^2 f}{\partial x\,\partial x^{\top}} = 2\,A^{\top} A" in written(app)
    assert written(app).count(CHECKED) == 2
    assert "Hessian" not in [tab.label for tab in visit("matrix").tabs]


@pytest.mark.parametrize(
    ("language", "sign"),
    [
        ("NumPy", "np.outer(a, b)"),
        ("JAX", "jnp.outer(a, b)"),
        ("PyTorch", "torch.outer(a, b)"),
        ("Julia", "a * b'"),
        ("LaTeX", r"a b^{\top}"),
        ("this library", "matrix_gradient("),
    ],
)
def test_code_to_copy(language, sign) -> None:
    app = visit("matrix", f="a' X b", show="Code", code=language)
    assert sign in app.code[0].value


def test_the_programme_to_copy_runs() -> None:
    question = Question("a' X b", kinds={"a": "column"}, traits={"X": "symmetric"})
    derived = matrix_lesson.study(question, "row").derived
    command = [sys.executable, "-c", derived.python]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert derived.text in printed


def test_what_takes_too_long_is_said_so(monkeypatch) -> None:
    def slow(*_: object, seconds: float) -> None:
        raise run.TookTooLong(seconds)

    monkeypatch.setattr(run, "run", slow)
    matrix_study._worked_out.clear()
    app = visit("matrix")
    matrix_study._worked_out.clear()
    assert "took longer than 5 seconds" in problem(app)


# ── values to begin with ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("one", matrix_lesson.collection(), ids=lambda one: str(one.index))
def test_the_starting_values_do_and_entries_agree(one) -> None:
    numbers = matrix_lesson.numbers_of(one.question)
    size = 1 + float(np.abs(numbers.table).max())
    assert numbers.apart < 1e-5 * size
    rows, columns = numbers.table.shape
    for row, column in {(0, 0), (rows - 1, 0), (rows - 1, columns - 1), (0, columns - 1)}:
        f, x = numbers.places[row][column]
        entry = matrix_lesson.entry_of(one.question, {}, f, x)
        assert entry.value == pytest.approx(numbers.table[row, column], abs=1e-12)
        assert entry.by_differences == pytest.approx(entry.value, abs=1e-5 * size)
        if entry.by_formula is not None:
            assert entry.by_formula == pytest.approx(entry.value, abs=1e-9 * size)


def test_starting_values_have_the_traits() -> None:
    for trait, holds in {
        "symmetric": lambda X: np.allclose(X, X.T),
        "diagonal": lambda X: np.allclose(X, np.diag(np.diag(X))),
        "orthogonal": lambda X: np.allclose(X.T @ X, np.eye(len(X))),
        "lower triangular": lambda X: np.allclose(X, np.tril(X)),
        "upper triangular": lambda X: np.allclose(X, np.triu(X)),
    }.items():
        question = Question("a' X a + log(det(X)^2)", traits={"X": trait})
        text = matrix_lesson.starting_values(question)["X"]
        assert holds(np.array([row.split() for row in text.split(";")], dtype=float)), trait


def test_an_entry_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="no such entry"):
        matrix_lesson.entry_of(Question("A X"), {}, (9, 9), (1, 1))


# ── /identities ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("number", range(1, 10))
def test_the_nine(number) -> None:
    app = visit("identities", nine=str(number))
    identity = matrix_lesson.identities()[number - 1]
    assert identity.statement in written(app)
    assert CHECKED in written(app)
    assert "largest difference" in facts(app)
    assert ("every line checked at random matrices" in written(app)) == identity.is_law
    assert not problem(app)


def test_ones_own_f_in_an_identity() -> None:
    app = visit("identities", nine="3")
    app.text_input(key="own_3").set_value("A + X").run()
    assert r"\det\!\left(A + X\right)" in facts(app)
    assert app.query_params["own_3"] == "A + X"
    app.text_input(key="own_3").set_value("A X b").run()
    assert BAD in problem(app)
    assert app.text_input(key="own_3").value == "A X b"


def test_the_collection_is_derived_when_opened(monkeypatch) -> None:
    asked = []
    real = run.run

    def noted(job, *question, seconds: float):
        asked.append(job.__name__)
        return real(job, *question, seconds=seconds)

    monkeypatch.setattr(run, "run", noted)
    matrix_study._worked_out.clear()
    visit("identities")
    assert "open_identity" not in asked
    app = visit("identities", id_3="true")
    assert asked.count("open_identity") == 1
    assert "Matrix Cookbook (101)" in written(app)
    link = app.get("page_link")[-1].proto
    assert "f=tr" in link.query_string
    assert "shape_A=" in link.query_string


def test_the_collection_is_large_and_can_be_searched() -> None:
    assert len(matrix_lesson.collection()) >= 60
    app = visit("identities", find="cookbook (57)")
    assert r"\ln \det X" in [e.label for e in app.expander][-1]
    assert "in all sections" in written(app)
    app.text_input(key="find").set_value("zebra").run()
    assert "No identity here" in app.info[0].value
    app.text_input(key="find").set_value("").run()
    app.selectbox(key="section").set_value("Norms").run()
    assert app.query_params["section"] == "Norms"
    assert "**Norms**" in written(app)


@pytest.mark.parametrize("one", matrix_lesson.collection(), ids=lambda one: str(one.index))
def test_each_of_the_collection_is_derived(one) -> None:
    study = matrix_lesson.open_identity(one.index)
    assert study.derived.data["certificate"]["confirmed"]
    assert matrix_lesson.formula_of(one.index)
    assert one.note.endswith(".")
