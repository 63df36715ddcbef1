"""The laws on differentials, and how the derivations with them read, over the corpus."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise, product

import numpy as np
import pytest

from calc_core import InputError, matrix_gradient, matrix_hessian
from calc_core.derive import Engine
from calc_core.graph import DIFFERENTIAL, Node, inert_parts
from calc_core.lines import LEVELS
from calc_core.matrix import identify
from calc_core.matrix.derivation import MatrixDerivation
from calc_core.matrix.gradient import derive
from calc_core.matrix.labels import matrix_label, restates, rule_ids
from calc_core.matrix.language import read
from calc_core.matrix.laws import LAWS
from calc_core.matrix.layouts import LAYOUTS, public_shape
from calc_core.matrix.nodes import d
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.sampling import sample
from calc_core.rules import Law
from tests.corpus import matrix_oracle as oracle
from tests.corpus.matrix_oracle import Row
from tests.lots import in_lots

ROWS = oracle.rows()
by_row = in_lots("row", ROWS, ids=lambda row: row.id)


@cache
def derived(row: Row, layout: str = "shape") -> MatrixDerivation:
    return matrix_gradient(row.text, row.wrt, layout=layout, **row.arguments)


def every_step():
    steps = [step for row in ROWS for layout in LAYOUTS for step in derived(row, layout).steps]
    steps += [step for text, wrt in EXAMPLES.values() for step in derive(read(text, wrt)).steps]
    # The gradient is a sum over an index, which is differentiated once more.
    return steps + list(matrix_hessian("1_n' Diag(x)^k 1_n", "x").steps)


# ── the table ─────────────────────────────────────────────────────────────────────────────────────


def test_every_law_and_every_restatement_is_exercised_and_labelled():
    used = {step.rule for step in every_step()}
    assert {law.id for law in LAWS} - {"d-matrix-function"} <= used <= rule_ids()
    assert {rule for rule in rule_ids() if restates(rule)} <= used
    for rule in used:
        shown = matrix_label(rule)
        assert shown.name
        check_latex(shown.law)


def check_latex(text: str) -> None:
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
    assert len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text))


# A problem for each law, on which a wrong law in its place must be found out.
EXAMPLES: dict[str, tuple[str, str]] = {
    "d-variable": ("X", "X"),
    "d-sum": ("tr(X) + a' X a", "X"),
    "d-multiple": ("3 tr(A X)", "X"),
    "d-constant-factors": ("A X B", "X"),
    "d-product": ("x' B x", "x"),
    "d-reciprocal": ("1/(x' x)", "x"),
    "d-quotient": ("x' B x/(x' x)", "x"),
    "d-transpose": ("tr(X' A)", "X"),
    "d-trace-of-function": ("tr(expm(X))", "X"),
    "d-trace-of-power": ("tr(X^3)", "X"),
    "d-trace": ("tr(A X)", "X"),
    "d-det": ("det(X)", "X"),
    "d-log-det": ("log det X", "X"),
    "d-inverse": ("inv(X)", "X"),
    "d-power": ("X^3", "X"),
    "d-hadamard": ("X .* X", "X"),
    "d-entrywise": ("sin(A x)", "x"),
    "d-entrywise-quotient": ("a ./ exp(x)", "x"),
    "d-kronecker": ("X ⊗ A", "X"),
    "d-total": ("sum(X)", "X"),
    "d-vec": ("vec(X)", "X"),
    "d-diagonal": ("Diag(x)", "x"),
    "d-norm": ("norm2(x)", "x"),
    "d-squared-norm": ("norm2(A x - b)^2", "x"),
    "d-logsumexp": ("logsumexp(A x)", "x"),
    "d-softmax": ("softmax(x)", "x"),
    "d-chain": ("sin(x' x)", "x"),
    "d-logarithmic": ("(x' x)^(x' a)", "x"),
    "d-entries": ("[x'x, a'x]", "x"),
    "d-larger": ("max(a'x, b'x)", "x"),
    "d-trace-is-linear": ("tr(expm(X) + 2 expm(-X)')", "X"),
    "d-entrywise-logarithmic": ("sum(x.^(a'x))", "x"),
    "d-function-of-multiple": ("expm((a'x) A) b", "x"),
    "d-adjugate": ("tr(adjugate(X))", "X"),
}


def with_law(monkeypatch: pytest.MonkeyPatch, law: Law, text: str, wrt: str) -> MatrixDerivation:
    laws = tuple(law if known.id == law.id else known for known in LAWS)
    monkeypatch.setattr(identify, "LAWS", laws)
    return derive(read(text, wrt))


def test_every_law_has_an_example():
    # A series comes only out of powers; the last two answer nothing, or refuse.
    assert set(EXAMPLES) == {law.id for law in LAWS} - {
        "d-series", "d-constant", "d-matrix-function"
    }  # fmt: skip


@pytest.mark.parametrize("law", [law for law in LAWS if law.id in EXAMPLES], ids=lambda law: law.id)
def test_a_wrong_law_is_caught_and_blamed(law, monkeypatch):
    def doubled(u: Node, x: Node) -> Node | None:
        after = law.apply(u, x)
        return None if after is None else after + after

    certificate = with_law(monkeypatch, replace(law, apply=doubled), *EXAMPLES[law.id]).certificate
    assert not certificate.confirmed
    assert law.id in {step.rule for step, _ in certificate.unconfirmed}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_silent_zero_is_caught(name, monkeypatch):
    zero = next(law for law in LAWS if law.id == "d-constant")
    heads = next(law for law in LAWS if law.id == name).heads

    def nothing(u: Node, x: Node) -> Node | None:
        return zero.apply(u, x) or (identify.ZERO if u.op in heads else None)

    certificate = with_law(monkeypatch, replace(zero, apply=nothing), *EXAMPLES[name]).certificate
    assert not certificate.confirmed


def test_what_no_law_covers_is_refused():
    f = read("tr(X)", "X")
    laws = tuple(law for law in LAWS if not law.id.startswith("d-trace"))
    with pytest.raises(InputError, match="trace"):
        Engine(laws).derive(d(f.node, f.wrt))


# ── how it reads ──────────────────────────────────────────────────────────────────────────────────


@by_row
@pytest.mark.parametrize("level", LEVELS)
def test_every_line_says_something_new_and_is_confirmed(row, level):
    derivation = derived(row)
    blocks = derivation.blocks(level)
    assert blocks[0].goal.op == DIFFERENTIAL
    assert blocks[-1].goal is derivation.step.goal
    assert blocks[-1].result is derivation.node
    for block in blocks:
        printed = [derivation.printer()(line.node) for line in block.lines]
        assert printed
        assert all(a != b for a, b in pairwise(printed))
        for line, text in zip(block.lines, printed, strict=True):
            assert line.check.confirmed, f"{text}: {line.check.reason}"
            assert line.label.name
            check_latex(text)
    assert not inert_parts(derivation.node)


def has_formula(row: Row) -> bool:
    """Whether the entries have a formula: not of what cannot be taken apart by its indices."""
    return row.structure not in ("lower", "upper") and not re.search(r"⊗|kron|vec|tri|\[", row.text)


def check_formula(derivation: MatrixDerivation) -> None:
    form, problem = derivation.index_form, derivation.problem
    symbols = [s.data for s in problem.symbols if s.op == "matrix"]
    axes = len(public_shape(problem.node.shape)), len(public_shape(problem.wrt.shape))
    assert (len(form.f), len(form.x)) == axes
    for drawn in sample([problem.node, derivation.node], symbols):
        tensor = derivation.evaluate({**drawn.values, **drawn.sizes})
        for place in islice(product(*map(range, tensor.shape)), 60):
            indices = {a: i + 1 for a, i in zip((*form.f, *form.x), place, strict=True)}
            value = Numbers(drawn.values, drawn.sizes, indices=indices)(form.node)
            np.testing.assert_allclose(value, tensor[place], rtol=1e-8, atol=1e-10)


@in_lots("row", [row for row in ROWS if has_formula(row)], ids=lambda row: row.id)
def test_the_formula_of_an_entry_gives_the_numbers(row):
    check_formula(derived(row))


@in_lots("row", [row for row in ROWS if not has_formula(row)], ids=lambda row: row.id)
def test_a_formula_of_an_entry_is_right_or_refused(row):
    with suppress(InputError):
        check_formula(derived(row))


def test_without_a_formula_of_an_entry_that_is_said():
    for text, structure in (("X ⊗ A", None), ("vec(X)", None), ("tr(A X)", "lower")):
        with pytest.raises(InputError, match="formula"):
            _ = matrix_gradient(text, "X", structure=structure).index_form


def test_the_letters_of_a_formula_are_none_that_stand_for_something():
    for text in ("x x' a", "a' X^k a", "r' X^k r", "(X' X)^5", "r tr(A X^7)"):
        derivation = matrix_gradient(text, None, {"r": "scalar"} if "tr(" in text else None)
        assert derivation.certificate.confirmed
        check_formula(derivation)
