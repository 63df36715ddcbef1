"""Matrix expressions handed out as SymPy: at random matrices they have the values of NumPy."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
from scipy.special import logsumexp as np_logsumexp
from scipy.special import softmax as np_softmax

from calc_core import matrix_gradient
from calc_core.errors import InputError
from calc_core.graph import ONE, TWO, ZERO, D, add, array, div, fn, mul, num, power, sym
from calc_core.matrix.nodes import (
    commutation,
    d,
    delta,
    det,
    diag,
    diagonal,
    each,
    extent,
    hadamard,
    identity,
    inverse,
    kron,
    logsumexp,
    matmul,
    matrix,
    matrix_function,
    matrix_power,
    move,
    norm,
    ones,
    quotient,
    selection,
    series,
    softmax,
    subscript,
    total,
    trace,
    transpose,
    triangle,
    unvec,
    vec,
)
from calc_core.matrix.sympy_forms import to_sympy_matrix

SIZES = {"m": 2, "n": 3}
A, C, X = matrix("A", ("m", "n")), matrix("C", ("m", "n")), matrix("X", ("n", "n"))
a, b, x = matrix("a", ("n", 1)), matrix("b", ("m", 1)), matrix("x", ("n", 1))
G = matrix("G", (2, 3))
s = sym("s")
At, Xi, xt = transpose(A), inverse(X), transpose(x)
xx = matmul(xt, x)
residual = matmul(A, x) - b


def sigmoid(u):
    return 1 / (1 + np.exp(-u))


# (node, its value in NumPy)
TABLE = [
    (A, lambda v: v.A),
    (A + C, lambda v: v.A + v.C),
    (A + 2 * C, lambda v: v.A + 2 * v.C),
    (ONE - each("sigmoid", x), lambda v: 1 - sigmoid(v.x)),
    (add(ZERO, A), lambda v: v.A),
    (mul(ZERO, A), lambda v: 0 * v.A),
    (mul(s, trace(X), A), lambda v: v.s * np.trace(v.X) * v.A),
    (div(A, s), lambda v: v.A / v.s),
    (matmul(A, X), lambda v: v.A @ v.X),
    (matmul(A, mul(num(-1), X), transpose(A)), lambda v: -v.A @ v.X @ v.A.T),
    (transpose(matmul(A, X)), lambda v: (v.A @ v.X).T),
    (matmul(transpose(Xi), a, xt), lambda v: np.linalg.inv(v.X).T @ v.a @ v.x.T),
    (inverse(X + identity("n")), lambda v: np.linalg.inv(v.X + np.eye(3))),
    (matrix_power(X, num(3)), lambda v: v.X @ v.X @ v.X),
    (xx, lambda v: v.x.T @ v.x),
    (mul(xx, A), lambda v: (v.x.T @ v.x) * v.A),
    (power(xx, TWO) + s, lambda v: (v.x.T @ v.x) ** 2 + v.s),
    (div(matmul(xt, X, x), xx), lambda v: v.x.T @ v.X @ v.x / (v.x.T @ v.x)),
    (fn("ln", xx), lambda v: np.log(v.x.T @ v.x)),
    (fn("exp", mul(num(-1), xx)), lambda v: np.exp(-v.x.T @ v.x)),
    (matmul(transpose(residual), residual), lambda v: np.sum((v.A @ v.x - v.b) ** 2)),
    (2 * matmul(At, residual), lambda v: 2 * v.A.T @ (v.A @ v.x - v.b)),
    (trace(matmul(At, C)), lambda v: np.trace(v.A.T @ v.C)),
    (mul(det(X), transpose(Xi)), lambda v: np.linalg.det(v.X) * np.linalg.inv(v.X).T),
    (fn("ln", det(matmul(transpose(X), X))), lambda v: np.log(np.linalg.det(v.X.T @ v.X))),
    (total(A), lambda v: v.A.sum()),
    (total(x), lambda v: v.x.sum()),
    (total(transpose(x)), lambda v: v.x.sum()),
    (norm(x), lambda v: np.linalg.norm(v.x)),
    (norm(xt), lambda v: np.linalg.norm(v.x)),
    (div(residual, power(norm(residual), num(3))),
     lambda v: (v.A @ v.x - v.b) / np.linalg.norm(v.A @ v.x - v.b) ** 3),
    (norm(A), lambda v: np.linalg.norm(v.A)),
    (logsumexp(x), lambda v: np_logsumexp(v.x)),
    (softmax(matmul(A, x)), lambda v: np_softmax(v.A @ v.x)),
    (hadamard(A, C, A), lambda v: v.A * v.C * v.A),
    (hadamard(A, G), lambda v: v.A * v.G),
    (quotient(A, C), lambda v: v.A / v.C),
    (quotient(ONE, x), lambda v: 1 / v.x),
    (quotient(x, s), lambda v: v.x / v.s),
    (each("exp", matmul(A, x)), lambda v: np.exp(v.A @ v.x)),
    (each("power", A, TWO), lambda v: v.A**2),
    (each("log", each("exp", x), num(10)), lambda v: v.x / np.log(10)),
    (each("root", each("power", x, num(3)), num(3)), lambda v: v.x),
    (kron(transpose(A), X), lambda v: np.kron(v.A.T, v.X)),
    (matmul(kron(A, X), ones("n*n")), lambda v: np.kron(v.A, v.X) @ np.ones((9, 1))),
    (diag(x), lambda v: np.diag(v.x[:, 0])),
    (diagonal(matmul(X, X)), lambda v: np.diag(v.X @ v.X)[:, None]),
    (matmul(diag(each("cos", matmul(A, x))), A), lambda v: np.cos(v.A @ v.x) * v.A),
    (matmul(ones("m"), transpose(x)), lambda v: np.ones((2, 1)) @ v.x.T),
    (mul(extent("m*n"), identity("n")), lambda v: 6 * np.eye(3)),
    (subscript(A, "2", "3"), lambda v: v.A[1, 2]),
    (subscript(matmul(A, x), "2"), lambda v: (v.A @ v.x)[1, 0]),
    (delta("1", "2") + delta("2", "2"), lambda v: 1),
    (matmul(array((2, 2), (s, ONE, ZERO, TWO)), A),
     lambda v: np.array([[v.s, 1], [0, 2]]) @ v.A),
    (series(power(s, sym("r")), sym("r"), ZERO, num(3)), lambda v: sum(v.s**r for r in range(4))),
]  # fmt: skip


class Values:
    """Random values of every symbol, those of matrices far from singular."""

    def __init__(self, seed):
        rng = np.random.default_rng(seed)
        for symbol in (A, C, X, a, b, x, G):
            shape = [SIZES.get(n, n) for n in symbol.shape]
            setattr(self, symbol.data.name, rng.uniform(0.5, 1.5, shape).round(3))
        self.X = self.X + 2 * np.eye(3)
        self.s = 0.75


def value_in_sympy(expression, values):
    found = expression.subs(
        {sp.Symbol(n, integer=True, positive=True): k for n, k in SIZES.items()}
    )
    found = found.subs(sp.Symbol("s", real=True), values.s)
    table = {
        symbol: sp.ImmutableMatrix(getattr(values, symbol.name))
        for symbol in found.atoms(sp.MatrixSymbol)
    }
    found = found.subs(table).doit()
    explicit = found.as_explicit() if found.is_Matrix else found
    return np.array(explicit.evalf(), dtype=float)


@pytest.mark.parametrize("row", TABLE, ids=[repr(row[0])[:40] for row in TABLE])
def test_values_are_those_of_numpy(row):
    node, numeric = row
    values = Values(seed=7)
    expected = np.squeeze(numeric(values))
    found = np.squeeze(value_in_sympy(to_sympy_matrix(node), values))
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("row", TABLE, ids=[repr(row[0])[:40] for row in TABLE])
def test_matrices_have_their_shape_and_scalars_have_none(row):
    found = to_sympy_matrix(row[0])
    letters = {sp.Symbol(n, integer=True, positive=True): k for n, k in SIZES.items()}
    if not row[0].shape:
        assert not found.is_Matrix
        return
    expected = np.shape(row[1](Values(seed=7)))
    assert tuple(sp.sympify(n).subs(letters) for n in found.shape) == expected


def test_extents_stay_letters():
    product = to_sympy_matrix(kron(A, identity("m")))
    m, n = (sp.Symbol(letter, integer=True, positive=True) for letter in "mn")
    assert product.shape == (m**2, m * n)
    assert to_sympy_matrix(move(A)) == sp.MatrixSymbol("dA", m, n)
    assert to_sympy_matrix(subscript(A, "i", "j")).args[1].free_symbols == {
        sp.Symbol("i", integer=True, positive=True)
    }


def test_scalar_products_stay_products():
    assert str(to_sympy_matrix(mul(xx, A))) == "(x.T*x)[0, 0]*A"


@pytest.mark.parametrize(
    ("node", "part"),
    [
        (matmul(commutation("m", "n"), vec(A)), "K(m, n)"),
        (vec(A), "vec(A)"),
        (unvec(x, (3, 1)), "unvec"),
        (selection("n"), "S(n)"),
        (triangle("lower", X), "tril(X)"),
        (matrix_function("exp", X), "expm(X)"),
        (series(matrix_power(X, sym("r")), sym("r"), ZERO, TWO), "sum"),
        (d(det(X), X), "d(det(X))"),
        (D(det(X), X), "∂/∂X[det(X)]"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_sympy_has_not_is_refused(node, part):
    with pytest.raises(InputError) as refused:
        to_sympy_matrix(node)
    assert part in refused.value.message
    assert "SymPy" in refused.value.message


SIGNS = [
    "1/log|det(x*a'-S)|",
    "(log|det(x*a'-S)|)^3",
    "norm(x)*abs(det(x*a'-S))",
    "relu(log|det(x*b' - S)|)",
    "abs(a'*(x*b' - S)*x)",
]


@pytest.mark.parametrize("text", SIGNS)
def test_a_minus_sign_under_bars_stays_that_of_a_matrix(text):
    found = matrix_gradient(text, "x")
    rng = np.random.default_rng(3)
    values = {name: rng.normal(size=3) for name in "abx"} | {"S": rng.normal(size=(3, 3))}
    values = {s.data.name: values[s.data.name] for s in found.problem.symbols}
    expected = found.evaluate(values)
    result = found.result
    written = {name: sp.Matrix(value.reshape(3, -1)) for name, value in values.items()}
    numbers = {s: written[s.name] for s in result.atoms(sp.MatrixSymbol)}
    n = sp.Symbol("n", integer=True, positive=True)
    there = result.subs(n, 3).xreplace({k.subs(n, 3): v for k, v in numbers.items()})
    np.testing.assert_allclose(np.array(there.doit().evalf(), float).ravel(), expected)


@pytest.mark.parametrize("text", ["relu(log|det(x*b' - x*a')|)", *SIGNS])
@pytest.mark.parametrize("layout", ["shape", "row", "column"])
def test_a_result_is_an_object_of_sympy_or_refused(text, layout):
    derivation = matrix_gradient(text, "x", layout=layout)
    if text in SIGNS:
        assert isinstance(derivation.result, sp.Basic)
    else:
        with pytest.raises(InputError, match="has no SymPy form"):
            _ = derivation.result
