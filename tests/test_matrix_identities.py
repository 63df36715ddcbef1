"""The nine identities, each stated first, and the collection, each derived when it is opened."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from calc_core import InputError, matrix_gradient, matrix_hessian
from calc_core.matrix.identities import NINE
from calc_core.printing import Text

COLLECTION = Path(__file__).parents[1] / "assets" / "identities.toml"
IDENTITIES = tomllib.loads(COLLECTION.read_text(encoding="utf-8"))["identity"]

by_law = pytest.mark.parametrize("law", NINE[:4], ids=lambda identity: identity.title)
RNG = np.random.default_rng(9)


def square(n: int = 3) -> np.ndarray:
    return np.eye(n) * 3 + RNG.uniform(-1, 1, (n, n))


def slope(f, X, H, step: float = 1e-4):
    """The derivative of f at X in the direction H by differences, to the fourth order."""
    near, far = f(X + step * H) - f(X - step * H), f(X + 2 * step * H) - f(X - 2 * step * H)
    return (8 * near - far) / (12 * step)


def by_entries(f, X):
    """∂f/∂X_ij…, by differences in every entry."""
    moves = np.eye(X.size).reshape(X.size, *X.shape)
    columns = [slope(f, X, H) for H in moves]
    value = np.asarray(f(X))
    return np.stack(columns, axis=-1).reshape(value.shape + X.shape)


# ── four laws about any f ─────────────────────────────────────────────────────────────────────────


def test_1_the_change_of_a_transpose_is_the_transpose_of_the_change():
    # ∂f(X)ᵀ = (∂f(X))ᵀ
    A, B, X, H = (RNG.normal(size=(3, 3)) for _ in range(4))
    d = matrix_gradient("(A X B)'", "X")
    change = np.einsum("ijkl,kl->ij", d.evaluate({"A": A, "X": X, "B": B}), H)
    np.testing.assert_allclose(change, (A @ H @ B).T, rtol=1e-10)


def test_2_the_change_of_a_trace_is_the_trace_of_the_change():
    # ∂tr f = tr ∂f
    X, H = square(), RNG.normal(size=(3, 3))
    found = np.sum(matrix_gradient("tr(X^2)", "X").evaluate({"X": X}) * H)
    assert found == pytest.approx(np.trace(slope(lambda X: X @ X, X, H)), rel=1e-8)


def test_3_jacobis_formula():
    # ∂det f = det f · tr(f⁻¹ ∂f)
    X, H = square(), RNG.normal(size=(3, 3))
    found = np.sum(matrix_gradient("det(X' X)", "X").evaluate({"X": X}) * H)
    f, df = X.T @ X, H.T @ X + X.T @ H
    expected = np.linalg.det(f) * np.trace(np.linalg.inv(f) @ df)
    assert found == pytest.approx(expected, rel=1e-10)
    numbers = slope(lambda X: np.linalg.det(X.T @ X), X, H)
    assert found == pytest.approx(float(numbers), rel=1e-7)


def test_4_the_change_of_an_inverse():
    # ∂f⁻¹ = −f⁻¹ ∂f f⁻¹
    X, H = square(), RNG.normal(size=(3, 3))
    tensor = matrix_gradient("inv(X)", "X").evaluate({"X": X})
    expected = -np.linalg.inv(X) @ H @ np.linalg.inv(X)
    np.testing.assert_allclose(np.einsum("ijkl,kl->ij", tensor, H), expected, rtol=1e-10)
    np.testing.assert_allclose(tensor, by_entries(np.linalg.inv, X), rtol=1e-6, atol=1e-8)


@by_law
def test_every_line_of_the_proof_is_confirmed(law):
    assert len(law.proof) >= 4
    for equation in law.proof:
        assert equation.check.confirmed, equation.reason
        assert equation.left is not equation.right
        assert equation.reason


@by_law
@pytest.mark.parametrize("f", ["A X B", "X^3", "inv(A + X' X)", "X .* X", "sin(X)", "X"])
def test_both_sides_agree_for_an_f_of_the_readers(law, f):
    sides = law.sides(f)
    assert sides.left.shape == sides.right.shape
    assert np.abs(sides.left).max() > 1e-6
    assert sides.difference <= 1e-9 * (1 + np.abs(sides.left).max())
    assert law.derive(f).certificate.confirmed


@pytest.mark.parametrize(
    ("number", "f", "message"),
    [(2, "a' X b", "number"), (3, "det(X)", "number"), (4, "A X a", "square"), (2, "x", "square")],
)
def test_a_law_says_what_it_is_about(number, f, message):
    with pytest.raises(InputError, match=message):
        NINE[number - 1].read(f)


# ── five derivatives ──────────────────────────────────────────────────────────────────────────────


def test_5_a_bilinear_form_of_the_inverse():
    # ∂(aᵀX⁻¹b)/∂X = −X⁻ᵀ a bᵀ X⁻ᵀ
    a, b, X = RNG.normal(size=3), RNG.normal(size=3), square()
    d = matrix_gradient("a' inv(X) b", "X")
    assert Text()(d.node) == "-X⁻ᵀ·a·bᵀ·X⁻ᵀ"
    found = d.evaluate({"a": a, "b": b, "X": X})
    np.testing.assert_allclose(
        found, by_entries(lambda X: a @ np.linalg.inv(X) @ b, X), rtol=1e-7, atol=1e-9
    )


@pytest.mark.parametrize("text", ["x' a", "a' x"])
def test_6_a_linear_form(text):
    # ∂(xᵀa)/∂x = ∂(aᵀx)/∂x = aᵀ
    d = matrix_gradient(text, "x")
    assert Text()(d.node) == "aᵀ"
    a = RNG.normal(size=4)
    np.testing.assert_array_equal(d.evaluate({"a": a, "x": RNG.normal(size=4)}), a)


def test_7_a_bilinear_form():
    # ∂(aᵀXb)/∂X = abᵀ
    d = matrix_gradient("a' X b", "X")
    assert Text()(d.node) == "a·bᵀ"
    a, b = RNG.normal(size=3), RNG.normal(size=2)
    found = d.evaluate({"a": a, "b": b, "X": RNG.normal(size=(3, 2))})
    np.testing.assert_allclose(found, np.outer(a, b))


def test_8_a_quadratic_form():
    # ∂(xᵀBx)/∂x = xᵀ(B + Bᵀ)
    d = matrix_gradient("x' B x", "x")
    assert Text()(d.node) == "xᵀ·(B + Bᵀ)"
    B, x = square(), RNG.normal(size=3)
    np.testing.assert_allclose(
        d.evaluate({"B": B, "x": x}), by_entries(lambda x: x @ B @ x, x), rtol=1e-7
    )


def test_9_weighted_least_squares():
    # ∂/∂s (x − As)ᵀW(x − As) = −2(x − As)ᵀWA for W = Wᵀ
    d = matrix_gradient("(x - A s)' W (x - A s)", "s", symmetric="W")
    assert Text()(d.node) == "-2·(x - A·s)ᵀ·W·A"
    A, x, s, W = RNG.normal(size=(4, 3)), RNG.normal(size=4), RNG.normal(size=3), square(4)
    W = W + W.T

    def f(s):
        return (x - A @ s) @ W @ (x - A @ s)

    found = d.evaluate({"A": A, "x": x, "s": s, "W": W})
    np.testing.assert_allclose(found, by_entries(f, s), rtol=1e-7)
    with pytest.raises(InputError, match="symmetric"):
        d.evaluate({"A": A, "x": x, "s": s, "W": RNG.normal(size=(4, 4))})


@pytest.mark.parametrize("identity", NINE, ids=lambda identity: identity.title)
def test_what_is_shown_first_is_derived_and_agrees_with_differences(identity):
    d = identity.derive(identity.text)
    assert d.certificate.confirmed
    assert identity.sides(identity.text).difference < 1e-9


# ── the collection ────────────────────────────────────────────────────────────────────────────────


def test_the_collection_is_large_and_holds_no_answers():
    assert len(IDENTITIES) >= 60
    assert sum("Matrix Cookbook (" in entry["source"] for entry in IDENTITIES) >= 40
    fields = {"section", "text", "wrt", "shapes", "symmetric", "structure", "order", "source",
              "note"}  # fmt: skip
    for entry in IDENTITIES:
        assert set(entry) <= fields
        assert entry["note"].endswith((".", "?"))
    assert len({repr(sorted(e.items())) for e in IDENTITIES}) == len(IDENTITIES)


def options(entry: dict) -> dict:
    return {k: v for k, v in entry.items() if k in ("shapes", "symmetric", "structure")}


@pytest.mark.parametrize("entry", IDENTITIES, ids=lambda e: f"{e['text']} by {e['wrt']}")
def test_an_identity_is_derived_and_confirmed_when_opened(entry):
    call = matrix_hessian if entry.get("order") == 2 else matrix_gradient
    d = call(entry["text"], entry["wrt"], **options(entry))
    assert d.certificate.confirmed, d.certificate.summary()
    assert len(d.lines()) >= 2
    assert not d.node.inert
