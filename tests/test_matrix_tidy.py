"""Tidying matrices: the form that a person would write, reached once, the value preserved."""

from __future__ import annotations

import numpy as np
import pytest

from calc_core.graph import Node
from calc_core.labels import rewrite_label
from calc_core.matrix.language import read
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.sampling import sample
from calc_core.matrix.tidy import MatrixTidier
from calc_core.printing import Text
from calc_core.tidy.base import MATRIX_REWRITES
from tests.corpus import matrix_oracle as oracle
from tests.lots import in_lots

SQUARE = {"A": "n×n", "B": "n×n", "C": "n×n", "X": "n×n"}

# as typed → as a person leaves it
TABLE = {
    # transposes
    "(A')'": "A",
    "(A B)'": "Bᵀ·Aᵀ",
    "(A + B')'": "Aᵀ + B",
    "(A x - b)'": "(A·x - b)ᵀ",
    "(2 A)'": "2Aᵀ",
    "inv(A)'": "A⁻ᵀ",
    "inv(A')": "A⁻ᵀ",
    "inv(A' A)'": "(Aᵀ·A)⁻¹",
    "(x .* y)'": "(x⊙y)ᵀ",
    "kron(A, B)'": "Aᵀ⊗Bᵀ",
    "Diag(x)'": "Diag(x)",
    "A' + A": "A + Aᵀ",
    # products
    "A I": "A",
    "I A I": "A",
    "A inv(A)": "I_n",
    "inv(A) A x": "x",
    "A B inv(A B)": "I_n",
    "inv(A B) A B x": "x",
    "A A": "A²",
    "A^2 A^3": "A⁵",
    "A^2 inv(A)": "A",
    "A (2 B)": "2A·B",
    "x (x' y) ": "(xᵀ·y)·x",
    "A x x' y": "(xᵀ·y)·(A·x)",
    "A (x' x) B": "(xᵀ·x)·(A·B)",
    "0 A": "0",
    "Diag(x) y": "x⊙y",
    "y' Diag(x)": "(x⊙y)ᵀ",
    "Diag(x) Diag(y)": "Diag(x⊙y)",
    "1_n' (x .* y)": "xᵀ·y",
    "(x .* y)' 1_n": "xᵀ·y",
    "kron(A, B) kron(B, A)": "(A·B)⊗(B·A)",
    "kron(B', A) vec(X)": "vec(A·X·B)",
    # sums
    "A + A": "2A",
    "x' y + y' x": "2xᵀ·y",
    "x' A y - y' A' x": "0",
    "tr(A B) + tr(B A)": "2·tr(A·B)",
    "tr(A B C) - tr(C A B)": "0",
    "A x + B x": "(A + B)·x",
    "A' A x - A' b": "Aᵀ·(A·x - b)",
    "2 A' A x - 2 A' b": "2Aᵀ·(A·x - b)",
    "A x + x": "(A + I_n)·x",
    "-A x - B x": "-(A + B)·x",
    # one operator
    "tr(2 A)": "2·tr(A)",
    "tr(A')": "tr(A)",
    "tr(x y')": "yᵀ·x",
    "tr(A x y')": "yᵀ·A·x",
    "tr(eye(n)) A": "n·A",
    "tr(kron(A, B))": "tr(A)·tr(B)",
    "det(A')": "det(A)",
    "det(inv(A))": "1/det(A)",
    "inv(inv(A))": "A",
    "inv(2 A)": "A⁻¹/2",
    "inv(A^2)": "A^(-2)",
    "diag(Diag(x))": "x",
    "Diag(1_n) x": "x",
    "diag(x y')": "x⊙y",
    "vec(x)": "x",
    "vec(x y')": "y⊗x",
    "x .* x": "x.^2",
    "x .^ 1": "x",
    "x .* 1_n": "x",
    "b .* a": "a⊙b",
    "kron(2 A, B)": "2·(A⊗B)",
    "kron(I_m, I_n, x)": "I_mn⊗x",
    "sum(2 x)": "2·sum(x)",
}


def tidied(text: str) -> tuple[Node, Node, tuple[str, ...]]:
    shapes = {name: shape for name, shape in SQUARE.items() if name in text}
    node = read(text, None, shapes).node
    result, rewrites = MatrixTidier()(node)
    return node, result, rewrites


def same_value(a: Node, b: Node) -> None:
    drawn = sample([a])
    assert drawn
    for one in drawn:
        at = Numbers(one.values, one.sizes)
        np.testing.assert_allclose(*np.broadcast_arrays(at(a), at(b)), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("text", "expected"), TABLE.items(), ids=TABLE)
def test_the_tidy_form(text, expected):
    node, result, _ = tidied(text)
    assert Text()(result) == expected
    same_value(node, result)
    assert MatrixTidier()(result)[0] is result


def test_orthogonal_matrices_cancel():
    node = read("Q' A Q Q'", None, {"A": "n×n"}, structure={"Q": "orthogonal"}).node
    result, rewrites = MatrixTidier()(node)
    assert Text()(result) == "Qᵀ·A"
    assert "orthogonal" in rewrites
    assert Text()(MatrixTidier()(read("inv(Q)", structure={"Q": "orthogonal"}).node)[0]) == "Qᵀ"


def test_symmetric_matrices_are_their_own_transpose():
    node = read("(A W)' + W' A'", None, SQUARE_W, symmetric="W").node
    assert Text()(MatrixTidier()(node)[0]) == "2W·Aᵀ"


SQUARE_W = {"A": "n×n"}


@in_lots("row", oracle.rows(), ids=lambda row: row.id)
def test_the_value_is_kept_over_the_corpus(row):
    node = read(row.text, row.wrt, **row.arguments).node
    result, _ = MatrixTidier()(node)
    same_value(node, result)
    assert MatrixTidier()(result)[0] is result


def test_every_rewrite_is_exercised_and_labelled():
    used = {name for text in TABLE for name in tidied(text)[2]}
    used |= {"orthogonal", "symmetry"}  # looked at by themselves above
    assert set(MATRIX_REWRITES) <= used
    assert all(rewrite_label((name,)) for name in MATRIX_REWRITES)
