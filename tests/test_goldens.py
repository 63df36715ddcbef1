"""Derivations as reviewed text: every word that a reader sees.

After a change of rules, wording or tidying, write them anew and *read the difference*, aloud, as a
student would::

    python -m tests.test_goldens --write
    git diff tests/goldens
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from calc_core import (
    Derivation,
    gradient,
    hessian,
    jacobian,
    matrix_gradient,
    matrix_hessian,
    parse,
    partial,
)
from calc_core.lines import Level

FOLDER = Path(__file__).with_name("goldens")


class Golden(NamedTuple):
    name: str
    of: Callable[..., Derivation]
    text: str
    variables: str
    level: Level = "usual"

    def derive(self) -> Derivation:
        return self.of(parse(self.text, self.variables))


class MatrixGolden(NamedTuple):
    name: str
    text: str
    wrt: str
    options: dict[str, object] = {}  # noqa: RUF012  (never changed)
    level: Level = "usual"
    of: Callable[..., Derivation] = matrix_gradient

    def derive(self) -> Derivation:
        return self.of(self.text, self.wrt, **self.options)


def partial_xy(f: object) -> Derivation:
    return partial(f, "x", "y")


GOLDENS = (
    Golden("polynomial-every", gradient, "x^3 y - 2x y^2 + y", "x y", "every"),
    Golden("polynomial", gradient, "x^3 y - 2x y^2 + y", "x y"),
    Golden("polynomial-brief", gradient, "x^3 y - 2x y^2 + y", "x y", "brief"),
    Golden("himmelblau", gradient, "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "x y"),
    Golden("nested-power", gradient, "((x + 1)^2 + y)^3", "x y", "every"),
    Golden("product-of-four", gradient, "x e^x ln(x) sin(x)", "x"),
    Golden("quotient-every", gradient, "(x + y)/(x - y)", "x y", "every"),
    Golden("reciprocal", gradient, "1/(x^2 + y^2)", "x y"),
    Golden("nested-quotient", gradient, "1/(1/x + 1/y)", "x y"),
    Golden("distance", gradient, "√(x² + y²)", "x y"),
    Golden("distance-hessian", hessian, "√(x² + y²)", "x y"),
    Golden("decimal-powers", gradient, "x^0.3 y^0.7", "x y"),
    Golden("cobb-douglas", gradient, "A K^a L^(1 - a)", "K L"),
    Golden("bump-hessian", hessian, "x e^(-x^2-y^2)", "x y"),
    Golden("exponential-base", gradient, "2^(x y) + 3^(x - y)", "x y"),
    Golden("u-to-the-v", gradient, "x^y", "x y"),
    Golden("x-to-the-x", gradient, "x^x", "x", "every"),
    Golden("logarithms", gradient, "ln(x^2 + y^2) + log_10(x y)", "x y"),
    Golden("moving-base", gradient, "log_x(y)", "x y"),
    Golden("log-sum-exp-hessian", hessian, "ln(e^x + e^y)", "x y"),
    Golden("sine-of-product-every", gradient, "sin(x y) + cos(x + y)", "x y", "every"),
    Golden("nested-sine", gradient, "sin(sin(sin(x)))", "x"),
    Golden("angle", gradient, "arctan(y/x)", "x y"),
    Golden("atan2", gradient, "atan2(y, x)", "x y"),
    Golden("absolute-values", gradient, "|x| + |x - y|", "x y"),
    Golden("maximum", gradient, "max(x^2, y, x y)", "x y"),
    Golden("two-pieces-hessian", hessian, "piecewise((x^2 y, x > y), (y^2 x, true))", "x y"),
    Golden("erfc-of-quotient", gradient, "erfc(x/(2 sqrt(t)))", "x t"),
    Golden("unknown-of-one", gradient, "g(x^2 - y^2)", "x y"),
    Golden("unknown-chain", gradient, "f(u(x), v(y))", "x y"),
    Golden("unknown-quotient", gradient, "g(x)/h(x)", "x"),
    Golden("wave-hessian", hessian, "g(x - c t) + h(x + c t)", "x t"),
    Golden("leibniz", gradient, "int(t^2 + x t, t, x, x^2)", "x"),
    Golden("variable-limits", gradient, "∫_x^y sin(t^2) dt", "x y"),
    Golden("ideal-gas", gradient, "n R T/V", "T V"),
    Golden("heat-kernel", gradient, "e^(-x^2/(4 k t))/sqrt(4 pi k t)", "x t"),
    Golden("lennard-jones", gradient, "4 ε ((σ/r)^12 - (σ/r)^6)", "r"),
    Golden("michaelis-menten", gradient, "V S/(K + S)", "S K"),
    Golden("ces", gradient, "(a x^p + (1 - a) y^p)^(1/p)", "x y"),
    Golden("harmonic-mixed", partial_xy, "e^x (x cos(y) - y sin(y))", "x y"),
    Golden("polar", jacobian, "(r cos(θ), r sin(θ))", "r θ"),
    Golden("softmax", jacobian, "(e^x/(e^x + e^y), e^y/(e^x + e^y))", "x y"),
    Golden("predator-prey", jacobian, "(a x - b x y, c x y - d y)", "x y"),
    Golden("shared-tower", gradient, "sqrt(1 + sin(x^2 + cos(y)))^3 + ln(1 + sin(x^2 + cos(y)))",
           "x y"),
)  # fmt: skip


MATRIX_GOLDENS = (
    MatrixGolden("matrix-1-transpose", "(A X B)'", "X"),
    MatrixGolden("matrix-2-trace", "tr(X' A X)", "X"),
    MatrixGolden("matrix-3-determinant", "det(X' X)", "X"),
    MatrixGolden("matrix-4-inverse", "inv(X)", "X"),
    MatrixGolden("matrix-5-form-of-inverse", "a' inv(X) b", "X"),
    MatrixGolden("matrix-5-form-of-inverse-row", "a' inv(X) b", "X", {"layout": "row"}),
    MatrixGolden("matrix-5-form-of-inverse-column", "a' inv(X) b", "X", {"layout": "column"}),
    MatrixGolden("matrix-6-linear-form", "x' a", "x"),
    MatrixGolden("matrix-7-bilinear-form", "a' X b", "X"),
    MatrixGolden("matrix-8-quadratic-form", "x' B x", "x"),
    MatrixGolden("matrix-8-quadratic-form-column", "x' B x", "x", {"layout": "column"}),
    MatrixGolden("matrix-9-least-squares", "(x - A s)' W (x - A s)", "s", {"symmetric": "W"}),
    MatrixGolden("matrix-9-every", "(x - A s)' W (x - A s)", "s", {"symmetric": "W"}, "every"),
    MatrixGolden("matrix-rayleigh", "x' A x / (x' x)", "x"),
    MatrixGolden("matrix-log-det-symmetric", "log det X", "X", {"structure": "symmetric"}),
    MatrixGolden("matrix-gaussian", "log det Σ + tr(inv(Σ) S)", "Σ", {"structure": "symmetric"}),
    MatrixGolden("matrix-power", "tr(A X^3)", "X"),
    MatrixGolden("matrix-symbolic-power", "a' X^k b", "X"),
    MatrixGolden("matrix-entrywise", "sum(exp(A x))", "x"),
    MatrixGolden("matrix-hadamard", "sum((A X) .* B)", "X"),
    MatrixGolden("matrix-kronecker", "X ⊗ B", "X"),
    MatrixGolden("matrix-softmax", "softmax(W x)", "x"),
    MatrixGolden("matrix-cross-entropy", "logsumexp(W x) - y' W x", "W"),
    MatrixGolden("matrix-factorisation", "normF(X - U V)^2", "U"),
    MatrixGolden("matrix-resolvent", "inv(A + t B)", "t", {"shapes": {"t": "scalar"}}),
    MatrixGolden("matrix-product-jacobian", "A X B X", "X", {"shapes": {"X": "m×n"}}),
    MatrixGolden("matrix-outer", "x x'", "x"),
    MatrixGolden("matrix-unit-vector", "x / norm2(x)", "x"),
    MatrixGolden("matrix-hessian-ridge", "norm2(A x - b)^2 + λ norm2(x)^2", "x",
                 of=matrix_hessian),
    MatrixGolden("matrix-hessian-logistic", "sum(softplus(A x)) - y' A x", "x",
                 of=matrix_hessian),
    MatrixGolden("matrix-hessian-log-sum-exp", "logsumexp(A x)", "x", of=matrix_hessian),
)  # fmt: skip


def path(golden: Golden | MatrixGolden) -> Path:
    return FOLDER / f"{golden.name}.txt"


def written(golden: Golden | MatrixGolden) -> str:
    return f"{golden.text}    ({golden.level})\n\n{golden.derive().text(golden.level)}\n"


ALL = (*GOLDENS, *MATRIX_GOLDENS)


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: golden.name)
def test_the_derivation_reads_as_reviewed(golden):
    assert written(golden) == path(golden).read_text(encoding="utf-8")


def test_every_text_is_compared():
    assert {p.name for p in FOLDER.iterdir()} == {path(golden).name for golden in ALL}


def write() -> None:
    """Write all the texts, and remove those that nothing writes."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for golden in ALL:
        path(golden).write_text(written(golden), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit(__doc__)
    write()
