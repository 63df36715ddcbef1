"""The certificate of matrix steps: right laws pass, wrong ones are caught, layouts are kept."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from calc_core import matrix_gradient
from calc_core.certify import Check
from calc_core.derive import Step
from calc_core.graph import ONE, TWO, ZERO, Node, add, fn, make, mul, neg, num, power, sym
from calc_core.matrix import nodes as mx
from calc_core.matrix.certify import MatrixCertifier
from calc_core.matrix.layouts import (
    LAYOUTS,
    arranged,
    arranged_shape,
    in_shape_law,
    public_shape,
)
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.sampling import sample

X, Y = mx.matrix("X", ("n", "n")), mx.matrix("Y", ("n", "n"))
A = mx.matrix("A", ("m", "n"))
S = mx.matrix("S", ("n", "n"), ("symmetric",))
L = mx.matrix("L", ("n", "n"), ("lower",))
G = mx.matrix("G", ("n", "n"), ("diagonal",))
a, b, x = mx.matrix("a", ("n", 1)), mx.matrix("b", ("n", 1)), mx.matrix("x", ("n", 1))
s, k, i = sym("s"), sym("k"), sym("i")
DX, DA, dx = mx.move(X), mx.move(A), mx.move(x)
inv, T, dot = mx.inverse(X), mx.transpose, mx.matmul


def D(f: Node, by: Node, layout: str | None = "shape") -> Node:
    return make("D", layout, (f, by))


def step(goal: Node, after: Node, *children: Step, result: Node | None = None) -> Step:
    done = after if result is None else result
    return Step(goal, "a rule", "", after, (), children, done, done, ())


def check(left: Node, right: Node) -> Check:
    return MatrixCertifier(left, right).equal(left, right)


RIGHT = [
    (mx.d(inv, X), neg(dot(inv, DX, inv))),
    (mx.d(mx.det(X), X), mul(mx.det(X), mx.trace(dot(inv, DX)))),
    (mx.d(mx.det(X), X), mx.trace(dot(mx.adjugate(X), DX))),
    (mx.d(fn("ln", mx.det(X)), X), mx.trace(dot(inv, DX))),
    (mx.d(T(A), A), T(DA)),
    (mx.d(mx.vec(A), A), mx.vec(DA)),
    (mx.d(dot(T(x), X, x), x), dot(T(x), add(X, T(X)), dx)),
    (mx.d(mx.norm(x), x), mul(power(mx.norm(x), num(-1)), dot(T(x), dx))),
    (mx.d(mx.each("abs", x), x), mx.hadamard(mx.each("sign", x), dx)),
    (mx.d(mx.logsumexp(x), x), dot(T(mx.softmax(x)), dx)),
    (mx.d(a, x), ZERO),
    (mx.d(dot(X, inv), X), ZERO),
    (mx.d(mul(s, X), s), mul(mx.move(s), X)),
    (
        mx.d(mx.matrix_power(X, k), X),
        mx.series(dot(mx.matrix_power(X, i), DX, mx.matrix_power(X, k - 1 - i)), i, ZERO, k - 1),
    ),
    (mx.d(mx.trace(mx.matrix_function("ln", X)), X), mx.trace(dot(inv, DX))),
    (
        mx.d(mx.inverse(dot(T(A), A)), A),
        neg(
            dot(
                mx.inverse(dot(T(A), A)),
                add(dot(T(DA), A), dot(T(A), DA)),
                mx.inverse(dot(T(A), A)),
            )
        ),
    ),
    # Derivatives in every layout.
    (D(dot(T(a), inv, b), X), neg(dot(T(inv), a, T(b), T(inv)))),
    (D(dot(T(a), inv, b), X, None), neg(dot(T(inv), a, T(b), T(inv)))),
    (D(dot(T(a), inv, b), X, "row"), neg(dot(inv, b, T(a), inv))),
    (D(dot(T(a), T(A), A, b), A, "column"), dot(A, add(dot(a, T(b)), dot(b, T(a))))),
    (D(dot(T(x), X, x), x), dot(T(x), add(X, T(X)))),
    (D(dot(T(x), X, x), x, "column"), dot(add(X, T(X)), x)),
    (D(dot(A, x), x), A),
    (D(dot(A, x), x, "column"), T(A)),
    (D(inv, X), neg(mx.kron(T(inv), inv))),
    (D(T(A), A), mx.commutation("m", "n")),
    (D(dot(A, x), A), mx.kron(T(x), mx.identity("m"))),
    (D(mx.diag(x), x), mx.selection("n")),
    (D(mul(s, A), s), A),
    (D(mul(s, A), s, "column"), T(A)),
    (D(mul(s, s), s), mul(TWO, s)),
    # Of inert parts anything may be made.
    (T(mx.d(X, X)), T(DX)),
    (add(mx.vec(mx.d(X, X)), mx.vec(X)), mx.vec(add(DX, X))),
    (T(D(dot(T(a), x), x)), a),
    # Of a derivative the second one.
    (D(D(dot(T(x), X, x), x, "column"), x), add(X, T(X))),
    # By structure: entries that are tied move together.
    (
        D(dot(T(a), S, a), S),
        add(mul(TWO, dot(a, T(a))), neg(mx.hadamard(mx.identity("n"), dot(a, T(a))))),
    ),
    (D(dot(T(a), L, b), L), mx.triangle("lower", dot(a, T(b)))),
    (D(dot(T(a), G, b), G), mx.hadamard(mx.identity("n"), dot(a, T(b)))),
    # With letters as subscripts.
    (
        D(mx.subscript(dot(X, a), "i"), s),
        ZERO,
    ),
    (mx.subscript(mx.identity("n"), "i", "j"), mx.delta("i", "j")),
    (
        mx.subscript(dot(A, x), "i"),
        mx.series(
            mul(mx.subscript(A, "i", "j"), mx.subscript(x, "j")), sym("j"), num(1), mx.extent("n")
        ),
    ),
]


@pytest.mark.parametrize(("left", "right"), RIGHT)
def test_right(left: Node, right: Node) -> None:
    found = check(left, right)
    assert found.confirmed, found
    assert found.error < 1e-9
    assert MatrixCertifier(left, right).points in (2, 6)


WRONG = [
    (mx.d(inv, X), neg(dot(inv, DX))),
    (mx.d(inv, X), neg(dot(inv, T(DX), inv))),
    (mx.d(inv, X), dot(inv, DX, inv)),
    (mx.d(inv, X), neg(dot(DX, inv, inv))),
    (mx.d(mx.det(X), X), mx.trace(dot(inv, DX))),
    (mx.d(fn("ln", mx.det(X)), X), mx.trace(dot(T(inv), DX))),
    (mx.d(fn("ln", mx.det(X)), X), ZERO),
    (mx.d(dot(T(x), X, x), x), mul(TWO, dot(T(x), X, dx))),
    (mx.d(mx.each("abs", x), x), dx),
    (mx.d(T(A), A), DA),
    (D(dot(T(a), inv, b), X), neg(dot(inv, b, T(a), inv))),
    (D(dot(T(x), X, x), x), dot(add(X, T(X)), x)),
    (D(inv, X), neg(mx.kron(inv, T(inv)))),
    (D(T(A), A), mx.commutation("n", "m")),
    (D(dot(A, x), A), mx.kron(mx.identity("m"), T(x))),
    (D(dot(T(a), S, b), S), dot(a, T(b))),
    (D(dot(T(a), L, b), L), dot(a, T(b))),
    (mx.subscript(mx.identity("n"), "i", "j"), num(1)),
    (mul(mx.delta("i", "k"), mx.delta("j", "l")), mul(mx.delta("i", "l"), mx.delta("j", "k"))),
    (mx.identity("n"), num(1)),
    (mx.d(T(A), A), dot(DA, A)),
]


@pytest.mark.parametrize(("left", "right"), WRONG)
def test_wrong(left: Node, right: Node) -> None:
    found = check(left, right)
    assert not found.confirmed
    assert found.reason


def test_the_inner_step_is_the_one_that_is_wrong() -> None:
    u = dot(X, X)
    inner = step(mx.d(u, X), mul(TWO, dot(X, DX)))
    outer = step(
        mx.d(mx.trace(u), X),
        mx.trace(mx.d(u, X)),
        inner,
        result=mx.trace(mul(TWO, dot(X, DX))),
    )
    # The traces agree: tr(2 X DX) is right by luck.
    certificate = MatrixCertifier(outer.goal, outer.after).certify(outer)
    assert [bad for bad, _ in certificate.unconfirmed] == [inner]
    assert not certificate.confirmed
    assert "differ" in certificate.summary()


def test_certificate_of_right_steps() -> None:
    inner = step(mx.d(inv, X), neg(dot(inv, DX, inv)))
    after = dot(T(a), mx.d(inv, X), b)
    outer = step(mx.d(dot(T(a), inv, b), X), after, inner, result=dot(T(a), inner.result, b))
    certificate = MatrixCertifier(outer.goal).certify(outer)
    assert certificate.confirmed
    assert certificate.points == 2
    assert len(certificate.checks) == 2


def test_without_a_sample_nothing_is_confirmed() -> None:
    nowhere = fn("ln", neg(mul(mx.norm(x), mx.norm(x))))
    certifier = MatrixCertifier(mx.d(nowhere, x))
    assert certifier.points == 0
    found = certifier.equal(mx.d(nowhere, x), ZERO)
    assert not found.confirmed
    assert "no matrices were found" in found.reason


def test_functions_without_continuation_are_checked_by_differences() -> None:
    u = fn("polygamma", num(1), mx.norm(x))
    slope = fn("polygamma", TWO, mx.norm(x))
    result = mul(slope, power(mx.norm(x), num(-1)), dot(T(x), dx))
    found = check(mx.d(u, x), result)
    assert found.confirmed
    assert found.error < 1e-6
    assert not check(mx.d(u, x), neg(result)).confirmed


def test_terms_that_cancel_leave_rounding_only() -> None:
    u = add(dot(X, inv, X), neg(X))
    assert check(mx.d(u, X), ZERO).confirmed
    tiny = mul(power(num(10), num(-15)), dot(T(x), x))
    assert not check(mx.d(tiny, x), ZERO).confirmed


CANCELLING = [
    ("x./x", "x", "shape"),
    ("X./(X+X)", "X", "row"),
    ("X*inv(X)", "X", "shape"),
    ("X^3*X^-3", "X", "column"),
    ("solve(X, X*a)", "X", "column"),
    ("log(det(X)*det(inv(X)))", "X", "shape"),
    ("vec(X - X')'*vec(X + X')", "X", "shape"),
    ("det(X)*inv(X) - adj(X)", "X", "shape"),
    ("softmax(x)'*ones(n)", "x", "column"),
]


@pytest.mark.parametrize(("text", "by", "layout"), CANCELLING)
def test_what_cancels_is_confirmed(text: str, by: str, layout: str) -> None:
    found = matrix_gradient(text, by, layout=layout).certificate
    assert found.confirmed, found.summary()


@pytest.mark.parametrize(("text", "by"), [("(X - X).^(1/2)", "X"), ("norm2(x - x)", "x")])
def test_where_nothing_has_a_value_nothing_is_confirmed(text: str, by: str) -> None:
    found = matrix_gradient(text, by).certificate
    assert not found.confirmed
    assert "no values" in found.summary()


def test_of_a_rotation_the_trace_is_no_rounding() -> None:
    R = mx.matrix("R", ("n", "n"), ("orthogonal",))
    for drawn in sample([R]):
        assert np.linalg.det(drawn.values["R"]) == pytest.approx(1.0)
    found = matrix_gradient("tr(s*Q)", "s", {"s": "scalar"}, structure={"Q": "orthogonal"})
    assert found.certificate.confirmed


OFF = add(ONE, power(num(10), num(-4)))
PRODUCTS = dot(inv, X, inv, Y, inv)
SLIGHTLY_WRONG = [
    *[(left, mul(OFF, right)) for left, right in RIGHT if right is not ZERO],
    (mx.d(PRODUCTS, X), neg(dot(inv, DX, inv, Y, inv))),
    (mx.d(PRODUCTS, X), ZERO),
    (mx.d(mx.quotient(x, add(x, a)), x), ZERO),
    (mx.d(mx.matrix_power(X, num(-3)), X), neg(dot(inv, DX, mx.matrix_power(X, num(-3))))),
    (mx.d(fn("ln", mul(power(num(10), num(-9)), mx.det(X))), X), ZERO),
    (mx.d(mul(power(num(10), num(-15)), mx.det(PRODUCTS)), X), ZERO),
    (mx.d(power(mul(power(num(10), num(-9)), dot(T(x), x)), TWO), x), ZERO),
]


@pytest.mark.parametrize(("left", "right"), SLIGHTLY_WRONG)
def test_a_small_error_is_no_rounding(left: Node, right: Node) -> None:
    assert not check(left, right).confirmed


# ── samples ───────────────────────────────────────────────────────────────────────────────────────


def test_samples_have_different_sizes() -> None:
    first, second = sample([dot(A, X)])
    assert first.sizes == {"m": 3, "n": 2}
    assert second.sizes == {"m": 2, "n": 3}
    assert first.values["A"].shape == (3, 2) == first.moves["A"].shape


def test_samples_respect_traits() -> None:
    Q = mx.matrix("Q", ("n", "n"), ("orthogonal",))
    U = mx.matrix("U", ("n", "n"), ("upper",))
    for drawn in sample([S, L, G, Q, U]):
        v, move = drawn.values, drawn.moves
        for matrix in (v["S"], move["S"]):
            np.testing.assert_array_equal(matrix, matrix.T)
        for matrix in (v["L"], move["L"], v["U"].T, move["U"].T):
            assert not np.triu(matrix, 1).any()
        assert not (v["G"] - np.diag(np.diag(v["G"]))).any()
        np.testing.assert_allclose(v["Q"].T @ v["Q"], np.eye(len(v["Q"])), atol=1e-12)


def test_declared_numbers_stay() -> None:
    B = mx.matrix("B", (2, "n"))
    drawn = sample([dot(B, x)], [mx.matrix("c", (5, 1)).data])
    assert [d.values["B"].shape for d in drawn] == [(2, 3), (2, 2)]
    assert drawn[0].values["c"].shape == (5, 1)


def test_signs_do_not_agree_by_chance() -> None:
    node = mx.total(mx.each("abs", add(x, neg(a))))
    assert [d.sizes["n"] for d in sample([node])] == [3, 2, 3, 2, 3, 2]
    assert check(mx.d(node, x), dot(T(mx.each("sign", add(x, neg(a)))), dx)).confirmed
    assert not check(mx.d(node, x), dot(T(mx.each("sign", neg(a))), dx)).confirmed


def test_exponents_are_whole_numbers() -> None:
    power_sum = mx.series(mx.matrix_power(X, i), i, ZERO, k)
    assert [float(d.values["k"]) for d in sample([power_sum])] == [3.0, 4.0]
    # Steps within the sum are looked at where its index is 1.
    assert sample([power_sum])[0].values["i"] == 1.0


@pytest.mark.parametrize(
    "node",
    [
        fn("ln", mx.det(X)),
        mx.inverse(dot(T(A), A)),
        mx.inverse(dot(A, T(A))),
        mx.each("ln", A),
        fn("asin", mx.norm(x)),
        mx.total(mx.each("acosh", A)),
        add(fn("ln", mx.det(X)), fn("ln", mx.det(neg(Y)))),
        fn("ln", dot(T(x), a)),
    ],
)
def test_samples_are_in_the_domain(node: Node) -> None:
    found = sample([mx.d(node, X)])
    assert len(found) == 2
    for drawn in found:
        assert np.isfinite(Numbers(drawn.values, drawn.sizes)(node)).all()


# ── layouts ───────────────────────────────────────────────────────────────────────────────────────

SHAPES = [(), (3, 1), (1, 4), (2, 3)]
rng = np.random.default_rng(2)


@pytest.mark.parametrize(("f", "by", "layout"), [*product(SHAPES, SHAPES, LAYOUTS)])
def test_there_and_back(f: Any, by: Any, layout: str) -> None:
    tensor = rng.normal(size=public_shape(f) + public_shape(by))
    matrix = arranged(tensor, f, by, layout)
    assert matrix.shape == arranged_shape(f, by, layout)
    np.testing.assert_array_equal(in_shape_law(matrix, f, by, layout), tensor)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_say_what_is_a_vector(layout: str) -> None:
    # A matrix m×n that happens to have one column is no vector.
    f, by, sizes = (), ("m", "n"), {"m": 3, "n": 1}
    tensor = rng.normal(size=(3, 1))
    matrix = arranged(tensor, f, by, layout)
    assert matrix.shape == ((1, 3) if layout == "row" else (3, 1))
    assert matrix.shape == arranged_shape(f, by, layout, sizes)
    np.testing.assert_array_equal(in_shape_law(matrix, f, by, layout, sizes), tensor)


ARRANGEMENTS = [
    ((), (3, 1), {"shape": (1, 3), "row": (1, 3), "column": (3, 1)}),
    ((), (1, 3), {"shape": (1, 3), "row": (3, 1), "column": (1, 3)}),
    ((), (2, 3), {"shape": (2, 3), "row": (3, 2), "column": (2, 3)}),
    ((2, 1), (3, 1), {"shape": (2, 3), "row": (2, 3), "column": (3, 2)}),
    ((2, 3), (), {"shape": (2, 3), "row": (2, 3), "column": (3, 2)}),
    ((2, 1), (), {"shape": (2, 1), "row": (2, 1), "column": (1, 2)}),
    ((2, 3), (4, 1), {"shape": (6, 4), "row": (6, 4), "column": (4, 6)}),
    ((4, 1), (2, 3), {"shape": (4, 6), "row": (4, 6), "column": (6, 4)}),
    ((2, 3), (4, 5), {"shape": (6, 20), "row": (6, 20), "column": (20, 6)}),
    ((1, 2), (3, 1), {"shape": (2, 3), "row": (2, 3), "column": (3, 2)}),
]


@pytest.mark.parametrize(("f", "by", "shapes"), ARRANGEMENTS)
def test_arrangements(f: Any, by: Any, shapes: dict[str, tuple[int, ...]]) -> None:
    for layout, expected in shapes.items():
        assert arranged_shape(f, by, layout) == expected


def test_the_jacobian_is_that_of_stacked_columns() -> None:
    tensor = rng.normal(size=(2, 3, 4, 5))
    jacobian = arranged(tensor, (2, 3), (4, 5), "shape")
    for p, q, u, v in ((0, 0, 0, 0), (1, 2, 3, 4), (1, 0, 2, 3)):
        assert jacobian[p + 2 * q, u + 4 * v] == tensor[p, q, u, v]
