"""Matrix derivatives over the corpus: right, checked, complete, and never a silent 0."""

from __future__ import annotations

import pickle
import re
import tomllib
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from calc_core import InputError, matrix_gradient, matrix_hessian
from calc_core.matrix import kernels
from calc_core.matrix.evaluate import evaluate
from calc_core.matrix.language import read
from calc_core.matrix.layouts import LAYOUTS, arranged
from calc_core.parse.characters import GREEK
from tests.corpus import matrix_oracle as oracle
from tests.corpus.matrix_oracle import Row
from tests.lots import in_lots

SEED = 11
TRIALS = range(len(oracle.SIZES))
# A difference may reach across a kink.
KINKS = ("absolute(", "relu(")
SMOOTH = [row for row in oracle.rows() if not any(name in row.numpy for name in KINKS)]
by_row = in_lots("row", oracle.rows(), ids=lambda row: row.id)


@cache
def derived(row: Row, layout: str = "shape"):
    return matrix_gradient(row.text, row.wrt, layout=layout, **row.arguments)


@cache
def truth(row: Row, trial: int):
    """Values, and the derivative there by the definition."""
    at = oracle.values(row, trial, SEED)
    return at, oracle.derivative(row, trial, at)


def close(found, expected, at) -> None:
    where = f"seed {SEED}, at {at}"
    np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-9, err_msg=where)


def value(node, problem, at):
    """The value of a node, by the names of a problem, where Greek letters are spelled out."""
    names = {GREEK.get(name, name): entry for name, entry in at.items()}
    matrices = [symbol.data for symbol in problem.symbols if symbol.shape]
    used = {symbol.name for symbol in matrices} | node.free
    return evaluate(node, {name: names[name] for name in used if name in names}, matrices)


def shapes(row: Row, trial: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    at, _ = truth(row, trial)
    return np.shape(oracle.function(row, trial, at)), np.shape(at[row.wrt])


# ── the corpus and its oracle ─────────────────────────────────────────────────────────────────────


def test_the_corpus_is_large_and_various():
    rows = oracle.rows()
    assert len({row.id for row in rows}) == len(rows) >= 400
    assert sum(row.known is not None for row in rows) >= 350
    kinds = {
        tuple(min(1, len(s)) + (1 not in s and s != ()) for s in shapes(row, 0)) for row in rows
    }
    assert kinds == {(f, x) for f in range(3) for x in range(3)}
    assert {row.structure for row in rows} == set(oracle.TIED)


@in_lots("row", SMOOTH, ids=lambda row: row.id)
def test_the_oracle_agrees_with_plain_differences(row):
    at, expected = truth(row, 0)
    close(oracle.by_differences(row, 0, at), expected, at)


# ── right ─────────────────────────────────────────────────────────────────────────────────────────


@by_row
def test_the_result_agrees_with_the_definition(row):
    d = derived(row)
    for trial in TRIALS:
        at, expected = truth(row, trial)
        found = d.evaluate(at)
        assert found.shape == expected.shape
        close(found, expected, at)


@by_row
def test_every_step_is_confirmed_and_nothing_is_left_to_do(row):
    d = derived(row)
    assert d.certificate.confirmed, d.certificate.summary()
    assert not d.node.inert
    assert d.text()
    assert d.latex()


COMMUTATION = re.compile(r"K\((\w),(\w)\)")
SIZE = re.compile(r"\b(eye|ones)\(([mnpq])\)")


def known_derivative(row: Row, trial: int, at):
    """The value of the derivative that stands in the corpus, by the language and its numbers."""
    sizes = oracle.SIZES[trial]
    values = dict(at)
    shapes = {name: np.shape(value) or "scalar" for name, value in at.items()}
    text = row.known
    for m, n in COMMUTATION.findall(text):
        values["K"] = kernels.commutation(sizes[m], sizes[n])
        shapes["K"] = values["K"].shape
    text = SIZE.sub(lambda found: f"{found[1]}({sizes[found[2]]})", COMMUTATION.sub("K", text))
    for name in row.names("integer"):
        del shapes[name]
    problem = read(text, row.wrt, shapes)
    return value(problem.node, problem, values)


@in_lots("row", [row for row in oracle.rows() if row.known], ids=lambda row: row.id)
def test_the_known_derivative_is_the_same(row):
    for trial in TRIALS:
        at, expected = truth(row, trial)
        found = known_derivative(row, trial, at)
        wanted = arranged(expected, *shapes(row, trial), "shape")
        close(found, wanted, at)


@by_row
def test_every_layout_holds_the_same_entries(row):
    at, expected = truth(row, 0)
    for layout in LAYOUTS:
        d = derived(row, layout)
        close(d.evaluate(at), expected, at)
        wanted = arranged(expected, *shapes(row, 0), layout)
        close(np.broadcast_to(value(d.node, d.problem, at), wanted.shape), wanted, at)


@by_row
def test_it_can_be_sent_to_another_process(row):
    d = derived(row)
    again = pickle.loads(pickle.dumps(d))
    assert again.node is d.node
    assert again.text() == d.text()


# ── the collection to browse ──────────────────────────────────────────────────────────────────────

IDENTITIES = tomllib.loads(
    (Path(__file__).parents[1] / "assets" / "identities.toml").read_text(encoding="utf-8")
)["identity"]


@pytest.mark.parametrize(
    "entry", IDENTITIES, ids=lambda entry: f"{entry['section']} {entry['text']}"
)
def test_every_identity_of_the_collection_is_derived(entry):
    told = dict(entry)
    order = told.pop("order", 1)
    assert all(told.pop(key).strip() for key in ("section", "source", "note"))
    text, wrt = told.pop("text"), told.pop("wrt")
    d = (matrix_hessian if order == 2 else matrix_gradient)(text, wrt, **told)
    assert d.certificate.confirmed, d.certificate.summary()
    assert not d.node.inert


def test_the_collection_is_large_and_every_entry_another():
    keys = [(e["text"], e["wrt"], e.get("structure"), e.get("order")) for e in IDENTITIES]
    assert len(set(keys)) == len(keys) >= 75
    sections = [e["section"] for e in IDENTITIES]
    assert sections == sorted(sections, key=sections.index), "a section stands in one place"


# ── what is not known is refused ──────────────────────────────────────────────────────────────────

UNSUPPORTED = [
    ("sum(eig(X))", "X", "eig"),
    ("eigvals(X)", "X", "eigenvalues"),
    ("lambdamax(X)", "X", "eigenvalues"),
    ("sum(svd(X))", "X", "singular values"),
    ("tr(pinv(X))", "X", "pseudo-inverse"),
    ("rank(X)", "X", "rank"),
    ("cond(X)", "X", "condition number"),
    ("spectral(X)", "X", "norm"),
    ("nuclear(X)", "X", "norm"),
    ("expm(X)", "X", "exp"),
    ("a'*expm(X)*b", "X", "exp"),
    ("logm(X)", "X", "log"),
    ("a'*logm(X)*b", "X", "log"),
    ("tr(A*expm(X))", "X", "exp"),
    ("tr(sqrtm(X))", "X", "square root"),
    ("X^0.5", "X", "square root"),
    ("X^(1/2)", "X", "square root"),
    ("X^1.7", "X", "exponent"),
    ("tr(chol(X))", "X", "factorisation"),
    ("perm(X)", "X", "perm"),
    ("sort(x)", "x", "sort"),
    ("argmax(x)", "x", "argmax"),
    ("cumsum(x)", "x", "cumsum"),
    ("cross(x, a)", "x", "cross"),
    ("conj(X)", "X", "complex"),
    ("A†*x", "x", "pseudo-inverse"),
    ("reshape(X)", "X", "together"),
]


@pytest.mark.parametrize(("text", "wrt", "named"), UNSUPPORTED, ids=[row[0] for row in UNSUPPORTED])
def test_what_is_not_supported_is_refused_by_name(text, wrt, named):
    with pytest.raises(InputError) as caught:
        matrix_gradient(text, wrt)
    assert named in str(caught.value).lower()


REFUSED = [
    ("X*X", "X", {"shapes": {"X": ("m", "n")}}),
    ("det(X)", "X", {"shapes": {"X": (2, 3)}}),
    ("tr(X*A)", "X", {"shapes": {"X": ("m", "n"), "A": ("m", "n")}}),
    ("a + X", "X", {"shapes": {"X": ("m", "n"), "a": "m"}}),
    ("a'*X*b", "Y", {}),
    ("a'*X*b", "X", {"layout": "diagonal"}),
    ("a'*X*b", "X", {"structure": "lopsided"}),
    ("a'*X*b", "X", {"structure": "symmetric", "shapes": {"X": (2, 3)}}),
    ("a'*X*b", "X", {"symmetric": ("a",)}),
    ("X'*", "X", {}),
    ("", "X", {}),
]


@pytest.mark.parametrize(("text", "wrt", "options"), REFUSED, ids=[str(row) for row in REFUSED])
def test_what_makes_no_sense_is_an_input_error(text, wrt, options):
    with pytest.raises(InputError):
        matrix_gradient(text, wrt, **options)


def test_values_that_do_not_fit_are_an_input_error():
    d = matrix_gradient("a'*X*b", "X")
    with pytest.raises(InputError):
        d.evaluate({"a": [1.0, 2.0], "b": [1.0, 2.0, 3.0], "X": np.ones((3, 2))})
    with pytest.raises(InputError):
        d.evaluate({"a": [1.0, 2.0]})


def test_a_sum_over_an_index_is_refused_for_negative_powers():
    X = np.diag([2.0, 4.0])
    with pytest.raises(InputError, match="inv"):
        matrix_gradient("X^k", "X").evaluate({"X": X, "k": -2})
    # The trace of a power needs no sum, and its derivative holds for every k.
    found = matrix_gradient("tr(X^k)", "X").evaluate({"X": X, "k": -2})
    np.testing.assert_allclose(found, -2 * np.linalg.matrix_power(X, -3))
