"""Matrix expressions in numbers: every operator against plain NumPy, and what people may give."""

from __future__ import annotations

import time
import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy import linalg, special

from calc_core import matrix_gradient
from calc_core.errors import InputError
from calc_core.graph import (
    E,
    Node,
    add,
    array,
    cases,
    div,
    fn,
    logic,
    mul,
    num,
    piecewise,
    power,
    rel,
    sym,
)
from calc_core.matrix import kernels
from calc_core.matrix import nodes as mx
from calc_core.matrix.evaluate import check_exponents, evaluate, evaluate_derivative
from calc_core.matrix.kernels import MATRIX_FUNCTIONS
from calc_core.matrix.layouts import LAYOUTS, arranged
from calc_core.matrix.numbers import READERS, Numbers, sizes_of, symbols_in
from calc_core.shapes import SHAPES

rng = np.random.default_rng(5)
A = mx.matrix("A", ("m", "n"))
B = mx.matrix("B", ("n", "p"))
C = mx.matrix("C", ("m", "n"))
X = mx.matrix("X", ("n", "n"))
a, b = mx.matrix("a", ("n", 1)), mx.matrix("b", ("m", 1))
r = mx.matrix("r", (1, "n"))
s, k = sym("s"), sym("k")
SIZES = {"m": 2, "n": 3, "p": 4}
VALUES: dict[str, Any] = {
    "A": rng.normal(size=(2, 3)),
    "B": rng.normal(size=(3, 4)),
    "C": rng.uniform(0.5, 2.0, (2, 3)),
    "X": np.eye(3) + 0.3 * rng.normal(size=(3, 3)),
    "a": rng.normal(size=(3, 1)),
    "b": rng.normal(size=(2, 1)),
    "r": rng.normal(size=(1, 3)),
    "s": 1.7,
    "k": 3,
}
MOVES = {"X": rng.normal(size=(3, 3)), "s": 0.3}
A0, B0, C0, X0, a0, b0, r0 = [VALUES[name] for name in "ABCXabr"]


def cofactors(x: np.ndarray) -> np.ndarray:
    n = len(x)
    minor = [
        [np.linalg.det(np.delete(np.delete(x, i, 0), j, 1)) for j in range(n)] for i in range(n)
    ]
    return np.array([[(-1) ** (i + j) * minor[i][j] for j in range(n)] for i in range(n)])


def diag_of_vec() -> np.ndarray:
    return np.stack([np.diag(e).ravel(order="F") for e in np.eye(3)], axis=1)


half = num(Fraction(1, 2))
i = sym("i")
TABLE: list[tuple[Node, Any]] = [
    (num(3), 3.0),
    (E, np.e),
    (s, 1.7),
    (A, A0),
    (mx.move(X), MOVES["X"]),
    (mx.move(s), 0.3),
    (mx.identity("n"), np.eye(3)),
    (mx.ones("m", "p"), np.ones((2, 4))),
    (mx.extent("2*m*n"), 12.0),
    (
        mx.commutation("m", "n"),
        [[float(q == p // 3 + p % 3 * 2) for q in range(6)] for p in range(6)],
    ),
    (mx.selection("n"), diag_of_vec()),
    (add(A, C, mul(num(-1), A)), C0),
    (add(A, num(0)), A0),
    (mul(s, A), 1.7 * A0),
    (mul(num(2), s, k), 2 * 1.7 * 3),
    (div(A, s), A0 / 1.7),
    (power(s, half), np.sqrt(1.7)),
    (power(E, s), np.exp(1.7)),
    (fn("log", s, num(2)), np.log2(1.7)),
    (array((2, 2), (s, k, num(1), num(0))), [[1.7, 3.0], [1.0, 0.0]]),
    (piecewise((s, rel("gt", s, num(5))), (k, rel("gt", s, num(1)))), 3.0),
    (mx.transpose(A), A0.T),
    (mx.inverse(X), np.linalg.inv(X0)),
    (mx.matmul(A, X, B), A0 @ X0 @ B0),
    (mx.matmul(r, X, a), (r0 @ X0 @ a0).item()),
    (mx.matmul(mx.transpose(a), a, r), (a0.T @ a0) * r0),
    (mx.matmul(num(0), A), np.zeros((2, 3))),
    (mx.matrix_power(X, k), X0 @ X0 @ X0),
    (mx.matrix_power(X, num(-2)), np.linalg.inv(X0 @ X0)),
    (mx.matrix_power(X, num(0)), np.eye(3)),
    (mx.hadamard(A, C, C), A0 * C0 * C0),
    (mx.each("sin", A), np.sin(A0)),
    (mx.each("power", C, half), np.sqrt(C0)),
    (mx.each("abs", A), np.abs(A0)),
    (mx.quotient(A, C), A0 / C0),
    (mx.quotient(s, C), 1.7 / C0),
    (mx.kron(A, B, r), np.kron(np.kron(A0, B0), r0)),
    (mx.vec(A), A0.ravel(order="F")[:, None]),
    (mx.unvec(mx.vec(A), ("m", "n")), A0),
    (mx.diag(a), np.diag(a0[:, 0])),
    (mx.diagonal(X), np.diag(X0)[:, None]),
    (mx.triangle("lower", X), np.tril(X0)),
    (mx.triangle("upper", A), np.triu(A0)),
    (mx.trace(X), np.trace(X0)),
    (mx.det(X), np.linalg.det(X0)),
    (mx.adjugate(X), cofactors(X0).T),
    (mx.total(A), A0.sum()),
    (mx.norm(A), np.linalg.norm(A0)),
    (mx.norm(a), np.linalg.norm(a0)),
    (mx.logsumexp(a), special.logsumexp(a0)),
    (mx.softmax(a), special.softmax(a0)),
    (mx.matrix_function("exp", X), linalg.expm(X0)),
    (mx.matrix_function("ln", X), linalg.logm(X0)),
    (mx.matrix_function("sin", X), linalg.sinm(X0)),
    (mx.matrix_function("tanh", X), linalg.tanhm(X0)),
    (mx.series(mx.matrix_power(X, i), i, num(0), k - 1), np.eye(3) + X0 + X0 @ X0),
    (mx.series(i * i, i, num(1), num(4)), 30.0),
    (mx.series(i, i, num(1), num(0)), 0.0),
    (mx.subscript(A, "2", "3"), A0[1, 2]),
    (mx.subscript(a, "j"), a0[1, 0]),
    (mx.subscript(r, "j"), r0[0, 1]),
    (mx.series(mx.subscript(X, "i", "i"), i, num(1), mx.extent("n")), np.trace(X0)),
    (mx.delta("j", "2"), 1.0),
    (mx.delta("j", "3"), 0.0),
]


def numbers(node: Node) -> Any:
    return Numbers(VALUES, SIZES, MOVES, indices={"j": 2})(node)


@pytest.mark.parametrize(("node", "expected"), TABLE, ids=[repr(node)[:60] for node, _ in TABLE])
def test_values(node: Node, expected: Any) -> None:
    value = numbers(node)
    assert value.shape == np.shape(expected)
    np.testing.assert_allclose(value, expected, rtol=1e-12, atol=1e-12)


def test_every_operator_is_in_the_table() -> None:
    seen = {part.op for node, _ in TABLE for part in below(node)}
    assert seen >= set(READERS) - {"D", "d", "logic"}
    # What has a shape by its own rule has values, too.
    assert set(READERS) >= set(SHAPES) - {"at", "dot"}


def below(node: Node) -> list[Node]:
    return [node, *[part for argument in node.args for part in below(argument)]]


def test_logic() -> None:
    yes, no = rel("lt", s, num(2)), rel("gt", s, num(2))
    conditions = [logic("and", yes, no), logic("or", yes, no), logic("not", no), logic("true")]
    found = [bool(numbers(c)) for c in conditions]
    assert found == [False, True, True, True]
    assert cases(piecewise((s, yes)))[0][1] is yes


def test_commutation_by_its_meaning() -> None:
    left = mx.matmul(mx.commutation("m", "n"), mx.vec(A))
    np.testing.assert_array_equal(numbers(left), numbers(mx.vec(mx.transpose(A))))


def test_large_entries_do_not_overflow() -> None:
    at = Numbers({"a": np.array([[1000.0], [1001.0]])}, {"n": 2})
    assert at(mx.logsumexp(a)) == pytest.approx(1001 + np.log1p(np.exp(-1)))
    assert at(mx.softmax(a))[1, 0] == pytest.approx(1 / (1 + np.exp(-1)))


# ── the complex step ──────────────────────────────────────────────────────────────────────────────

STEPPED: list[Node] = [
    mx.inverse(X),
    mx.det(X),
    mx.adjugate(X),
    mx.matrix_power(X, k),
    mx.norm(X),
    mx.kron(X, mx.transpose(X)),
    mx.logsumexp(mx.diagonal(X)),
    mx.softmax(mx.vec(X)),
    mx.triangle("lower", X),
    *[mx.each(name, X) for name in ("abs", "relu", "sign", "heaviside", "sigmoid", "softplus")],
    *[mx.each("max", X, num(0)), mx.each("min", X, num(0))],
    *[mx.matrix_function(name, X) for name in MATRIX_FUNCTIONS],
    mx.series(mx.matrix_power(X, i), i, num(0), num(4)),
    fn("ln", mx.det(mx.matmul(X, mx.transpose(X)))),
    fn("abs", mx.subscript(X, "1", "2")),
]


@pytest.mark.parametrize("node", STEPPED, ids=repr)
def test_complex_step_is_the_slope(node: Node) -> None:
    def moved(h: float) -> Any:
        return Numbers({**VALUES, "X": X0 + h * MOVES["X"]}, SIZES)(node)

    at = Numbers(VALUES, SIZES, MOVES)
    step = np.imag(at.moving("X")(node)) / 1e-30
    h = 1e-4
    difference = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h)
    np.testing.assert_allclose(step, difference, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(np.real(at.moving("X")(node)), at(node), rtol=1e-10, atol=1e-12)


def test_what_does_not_move_is_not_computed_again() -> None:
    at = Numbers(VALUES, SIZES, MOVES)
    assert at.moving("X")(mx.inverse(mx.matmul(A, mx.transpose(A)))).dtype == np.float64
    assert at.moving("X") is at.moving("X")


def test_a_derivative_has_no_value_by_itself() -> None:
    with pytest.raises(InputError, match="not carried out"):
        numbers(mx.d(mx.inverse(X), X))


# ── sizes ─────────────────────────────────────────────────────────────────────────────────────────


def test_sizes_of() -> None:
    known = symbols_in(mx.matmul(A, B))
    assert sizes_of(known.values(), VALUES) == {"m": 2, "n": 3, "p": 4}
    stacked = mx.matrix("v", ("2*m", 1))
    given = {"v": np.ones((4, 1)), "A": A0}
    assert sizes_of(symbols_in(A, stacked).values(), given) == {"m": 2, "n": 3}


# ── what people give ──────────────────────────────────────────────────────────────────────────────

S = mx.matrix("S", ("n", "n"), ("symmetric",))
Q = mx.matrix("Q", ("n", "n"), ("orthogonal",))
quadratic = mx.matmul(mx.transpose(a), X, a)


def test_lists_will_do() -> None:
    values = {"a": [1, 2], "X": [[1, 2], [3, 4]]}
    assert evaluate(quadratic, values) == 1 + 10 + 16
    assert evaluate(mx.matmul(r, a), {"r": [1, 2], "a": [[3], [4]]}) == 11
    assert evaluate(mx.transpose(a), {"a": [1, 2]}).shape == (1, 2)


def test_a_zero_fills_its_matrix() -> None:
    zero = mul(num(0), A)
    assert evaluate(add(num(0), zero), {"A": np.ones((2, 3))}).tolist() == [[0.0] * 3] * 2
    assert evaluate(mx.trace(mx.identity("n")), {"n": 4}) == 4


def test_other_declared_symbols_tell_sizes() -> None:
    y = mx.matrix("y", ("n", 1)).data
    assert evaluate(mx.identity("n"), {"y": [1, 2]}, [y]).tolist() == np.eye(2).tolist()


def test_moves_by_name() -> None:
    assert evaluate(mx.trace(mx.move(X)), {"dX": [[1, 2], [3, 4]]}) == 5


def test_extents_of_one() -> None:
    assert evaluate(quadratic, {"a": [3], "X": [[2]]}) == 18
    assert evaluate(mx.det(X), {"X": [[5]]}) == pytest.approx(5)


REFUSED = [
    (quadratic, {"a": [1, 2]}, "There is no value for X."),
    (quadratic, {"a": [1, 2], "X": np.ones((3, 3))}, "X is n×n with n = 2, but its value is 3×3."),
    (mx.det(X), {"X": np.ones((2, 3))}, "X is n×n, but its value is 2×3."),
    (quadratic, {"a": np.ones((1, 2)), "X": np.eye(2)}, "a is n×1, but its value is 1×2."),
    (quadratic, {"a": 1.0, "X": np.eye(2)}, "a is n×1, but its value is a number."),
    (mx.det(X), {"X": [1, 2]}, "X is n×n, but its value is a list of 2."),
    (s * s, {"s": [1, 2]}, "s is a number, but its value is an array."),
    (mx.det(X), {"X": [[1, 2], [3]]}, "The value of X does not consist of real numbers."),
    (mx.det(X), {"X": [[1j]]}, "The value of X does not consist of real numbers."),
    (mx.det(X), {"X": [["a"]]}, "The value of X does not consist of real numbers."),
    (mx.det(X), {"X": [[np.nan]]}, "The value of X does not consist of finite numbers."),
    (mx.det(S), {"S": [[1, 2], [3, 4]]}, "S is declared symmetric, but its value is not."),
    (mx.det(Q), {"Q": [[1, 2], [3, 4]]}, "Q is declared orthogonal, but its value is not."),
    (mx.inverse(X), {"X": np.ones((2, 2))}, "X has no inverse at these values."),
    (
        mx.inverse(X),
        {"X": np.arange(1.0, 10).reshape(3, 3)},
        "X has no inverse at these values.",
    ),
    (mx.matrix_power(X, num(-2)), {"X": np.zeros((2, 2))}, "X has no inverse at these values."),
    (fn("ln", mx.det(X)), {"X": -np.eye(3)}, "ln(det(X)) has no finite value at these values."),
    (mx.matrix_power(X, k), {"X": np.eye(2), "k": 0.5}, "0.5 should be a whole number here."),
    (
        mx.kron(X, X),
        {"X": np.eye(80)},
        "A matrix of 6400 rows and 6400 columns is too large to compute.",
    ),
    (mx.identity("n"), {}, "There is no value for the size n."),
    (mx.subscript(a, "i"), {"a": [1, 2]}, "There is no value for the index i."),
]


@pytest.mark.parametrize(("node", "values", "message"), REFUSED)
def test_one_clear_sentence(node: Node, values: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as refused:
        evaluate(node, values)
    assert refused.value.message == message


def test_nearly_symmetric_will_do() -> None:
    value = np.array([[1.0, 2.0], [2.0 + 1e-12, 3.0]])
    assert evaluate(mx.trace(S), {"S": value}) == 4.0


def test_a_derivative_in_the_order_of_the_shape_law() -> None:
    x = mx.matrix("x", ("p", 1))
    tensor = rng.normal(size=(2, 3, 4))
    for layout in LAYOUTS:
        jacobian = mx.matrix("J", ("m*n", "p") if layout != "column" else ("p", "m*n"))
        values = {
            "J": arranged(tensor, A.shape, x.shape, layout),
            "A": np.ones((2, 3)),
            "x": np.ones(4),
        }
        symbols = [A.data, x.data]
        found = evaluate_derivative(jacobian, A.shape, x.shape, layout, values, symbols)
        np.testing.assert_array_equal(found, tensor)
    with pytest.raises(InputError, match="no value for the size p"):
        evaluate_derivative(num(0), A.shape, x.shape, "shape", {"A": A0}, [A.data])


def test_a_power_of_a_singular_matrix_has_no_inverse() -> None:
    derivation = matrix_gradient("det((x*b')^2)", "x")
    for seed in range(20):
        drawn = np.random.default_rng(seed)
        with pytest.raises(InputError, match="has no inverse"):
            derivation.evaluate({"x": drawn.normal(size=3), "b": drawn.normal(size=3)})


@pytest.mark.parametrize(("k", "allowed"), [(0, True), (3, True), (-2, False), (1.5, False)])
def test_derivatives_of_powers_hold_for_natural_exponents(k: float, allowed: bool) -> None:
    node = mx.matrix_power(X, sym("k"))
    values = {"X": np.eye(2), "k": k}
    if allowed:
        check_exponents(node, "X", values)
        return
    with pytest.raises(InputError, match="holds where k is 0, 1, 2, …"):
        check_exponents(node, "X", values)
    # A constant power has any whole exponent; and what has no value is told elsewhere.
    check_exponents(node, "A", values)
    check_exponents(node, "X", {"X": np.eye(2)})


LOGARITHMS = ["definite", "symmetric", "repeated", "defective", "rotation"]


def with_logarithm(kind: str) -> np.ndarray:
    drawn = np.random.default_rng(5).normal(size=(3, 3))
    spd = drawn @ drawn.T + np.eye(3)
    if kind == "defective":
        return np.eye(3) + np.diag([1.0, 1.0], 1)
    return {
        "definite": spd + drawn - drawn.T,
        "symmetric": spd,
        "repeated": 2 * np.eye(3),
        "rotation": linalg.expm(drawn - drawn.T),
    }[kind]


@pytest.mark.parametrize("kind", LOGARITHMS)
def test_the_logarithm_off_the_real_line(kind: str) -> None:
    a, towards = with_logarithm(kind), np.random.default_rng(6).normal(size=(3, 3))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = kernels.matrix_function("ln", a + 1e-30j * towards)
    np.testing.assert_allclose(linalg.expm(found.real), a, atol=1e-9)
    there = linalg.expm_frechet(found.real, found.imag / 1e-30, compute_expm=False)
    np.testing.assert_allclose(there, towards, atol=1e-7)


@pytest.mark.parametrize("a", [-np.eye(2), np.zeros((2, 2)), np.ones((2, 2)), np.diag([1.0, -2])])
def test_without_a_real_logarithm_there_is_no_number_and_no_warning(a: np.ndarray) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isnan(kernels.matrix_function("ln", a)).all()


@pytest.mark.parametrize("text", ["tr(logm(X))", "tr(logm(X'*X))", "tr(logm(A*X))"])
def test_the_check_of_a_logarithm_is_quick(text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        start = time.process_time()
        assert matrix_gradient(text, "X").certificate.confirmed
    assert time.process_time() - start < 0.3
