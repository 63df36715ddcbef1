"""What derivatives of matrices need: each thing once, as plain as it can be said."""

from __future__ import annotations

from typing import Any

import pytest

from calc_core import matrix_gradient

PLAIN: list[tuple[str, str]] = [
    ("a'*X*b", ""),
    ("a'*inv(X)*b", "X invertible"),
    ("inv(-2X')", "X invertible"),
    ("tr(X^-2)", "X invertible"),
    ("tr(X^3)", ""),
    ("1/det(X)", "X invertible"),
    ("log|det(X)|", "X invertible"),
    ("log(det(X)^2)", "X invertible"),
    ("log det X", "det(X) > 0"),
    ("log det X + tr(inv(X'))", "det(X) > 0"),
    ("log|det(x*b')|", "x·bᵀ invertible"),
    ("tr(inv(a*b')*b*a')*a'x + tr(inv(b*a')*X)", "a·bᵀ invertible"),
    ("tr(logm(X))", "no eigenvalue of X is negative or 0"),
    # Numbers, roots, powers and absolute values are taken off.
    ("sqrt(x'x)", "x ≠ 0"),
    ("log(x'x)", "x ≠ 0"),
    ("log2(x'x)", "x ≠ 0"),
    ("x'x/norm(x)", "x ≠ 0"),
    ("1/‖x‖^3", "x ≠ 0"),
    ("1/tr(X'X)", "X ≠ 0"),
    ("sqrt(x'A x)", "xᵀ·A·x > 0"),
    ("log|a'x|", "aᵀ·x ≠ 0"),
    ("log(abs(a'x))/(a'x)", "aᵀ·x ≠ 0"),
    ("log(-a'x)", "-aᵀ·x > 0"),
    ("log(1 - a'x)", "1 - aᵀ·x > 0"),
    ("relu(a'x)", "aᵀ·x ≠ 0"),
    ("1/(1 + exp(a'x))", ""),
    ("log(1 + x'x)", ""),
    ("2^(a'x)", ""),
    # Powers.
    ("(a'x)^(1/3)", "aᵀ·x > 0"),
    ("(a'x)^-2", "aᵀ·x ≠ 0"),
    ("sum(x.^3)", ""),
    ("sum(x.^α)", "the entries of x > 0"),
    ("sum(x.^(1/2))", "the entries of x > 0"),
    ("sum(x.^-2)", "the entries of x ≠ 0"),
    ("tr(X^k)", "k = 1, 2, 3, …"),
    ("tr(X^(2k))", "2k = 1, 2, 3, …"),
    # Entries.
    ("x./x", "the entries of x ≠ 0"),
    ("norm(1./x)", "the entries of x ≠ 0"),
    ("sum(log(x)) + norm(x)", "the entries of x > 0"),
    ("sum(abs(x)) + norm(x)", "the entries of x ≠ 0"),
    ("sum(log1p(exp(A*x)))", ""),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_each_thing_is_said_once(text: str, expected: str) -> None:
    found = matrix_gradient(text)
    assert "; ".join(a.text for a in found.assumptions) == expected


DECLARED: list[tuple[str, dict[str, Any], str]] = [
    ("x'A x", {"symmetric": "A"}, "A symmetric"),
    ("tr(inv(X)*A)", {"structure": {"X": "orthogonal"}}, "X orthogonal"),
    ("inv(s*X)", {"shapes": {"s": "scalar"}}, "s ≠ 0; X invertible"),
    ("1/(s*x'x)", {"shapes": {"s": "scalar"}}, "s ≠ 0; x ≠ 0"),
]


@pytest.mark.parametrize(("text", "told", "expected"), DECLARED)
def test_what_was_declared_comes_first(text: str, told: dict[str, Any], expected: str) -> None:
    found = matrix_gradient(text, **told)
    assert "; ".join(a.text for a in found.assumptions) == expected


def test_in_latex() -> None:
    found = matrix_gradient("tr(X^k) + log(a'X b)")
    assert [a.latex for a in found.assumptions] == [r"k = 1, 2, 3, \dots", r"a^{\top} X b > 0"]
