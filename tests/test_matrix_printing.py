"""Matrices in print: a table of LaTeX and text, the highlight, and the shapes below the factors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc_core.graph import (
    MINUS_ONE,
    ONE,
    TWO,
    ZERO,
    D,
    array,
    div,
    fn,
    make,
    mul,
    neg,
    num,
    postorder,
    power,
    sym,
)
from calc_core.matrix.language import read
from calc_core.matrix.nodes import (
    adjugate,
    commutation,
    d,
    delta,
    det,
    diag,
    diagonal,
    differential,
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
from calc_core.printing import Latex, Text
from calc_core.printing.latex import MARK

A, B, C = matrix("A", ("m", "n")), matrix("B", ("n", "p")), matrix("C", ("m", "n"))
X, Y = matrix("X", ("n", "n")), matrix("Y", ("n", "n"))
a, b, x, y = (matrix(s, (n, 1)) for s, n in zip("abxy", "nmnn", strict=True))
W = matrix("W", ("m", "m"))
i, k, r, s = map(sym, "ikrs")
DX, dx, Xi, At, xt = move(X), move(x), inverse(X), transpose(A), transpose(x)
xx, residual = matmul(xt, x), matmul(A, x) - b
weighted = matmul(transpose(residual), W, A)

# (node, LaTeX, text)
TABLE = [
    (A, "A", "A"),
    (x, "x", "x"),
    (matrix("x_1", ("n", 1)), "x_{1}", "x_1"),
    (matrix("Sigma", ("n", "n")), r"\Sigma", "Σ"),
    (DX, r"\mathrm{d}X", "dX"),
    (dx, r"\mathrm{d}x", "dx"),
    (differential(X, X), r"\mathrm{d}X", "d(X)"),
    (d(det(X), X), r"\mathrm{d}\det X", "d(det(X))"),
    (d(fn("ln", det(X)), X), r"\mathrm{d}\ln \det X", "d(ln(det(X)))"),
    (d(trace(matmul(A, B)), B), r"\mathrm{d}\operatorname{tr}\!\left(A B\right)", "d(tr(A·B))"),
    (d(matmul(A, X), X), r"\mathrm{d}\!\left(A X\right)", "d(A·X)"),
    (d(transpose(X), X), r"\mathrm{d}\!\left(X^{\top}\right)", "d(Xᵀ)"),
    (transpose(differential(X, X)), r"\left(\mathrm{d}X\right)^{\top}", "d(X)ᵀ"),
    (transpose(DX), r"\left(\mathrm{d}X\right)^{\top}", "(dX)ᵀ"),
    (D(det(X), X), r"\frac{\partial }{\partial X}\left[\det X\right]", "∂/∂X[det(X)]"),
    (D(xx, x), r"\frac{\partial }{\partial x}\left[x^{\top} x\right]", "∂/∂x[xᵀ·x]"),
    (D(A, s), r"\frac{\partial  A}{\partial s}", "∂A/∂s"),
    (At, r"A^{\top}", "Aᵀ"),
    (Xi, "X^{-1}", "X⁻¹"),
    (transpose(Xi), r"X^{-\top}", "X⁻ᵀ"),
    (inverse(transpose(X)), r"X^{-\top}", "X⁻ᵀ"),
    (transpose(transpose(X)), r"\left(X^{\top}\right)^{\top}", "(Xᵀ)ᵀ"),
    (transpose(A + C), r"\left(A + C\right)^{\top}", "(A + C)ᵀ"),
    (matrix_power(X, num(3)), "X^{3}", "X³"),
    (matrix_power(X, k - 1), "X^{k - 1}", "X^(k - 1)"),
    (transpose(matrix_power(X, k)), r"\left(X^{k}\right)^{\top}", "(X^k)ᵀ"),
    (inverse(matrix_power(X, num(2))), r"\left(X^{2}\right)^{-1}", "(X²)⁻¹"),
    (inverse(matmul(X, Y)), r"\left(X Y\right)^{-1}", "(X·Y)⁻¹"),
    (matmul(A, B), "A B", "A·B"),
    (matmul(A + C, B), r"\left(A + C\right) B", "(A + C)·B"),
    (matmul(A, matmul(X, Y)), r"A \left(X Y\right)", "A·(X·Y)"),
    (matmul(matmul(X, Y), B), r"\left(X Y\right) B", "(X·Y)·B"),
    (2 * matmul(A, B), r"2\,A B", "2A·B"),
    (mul(num(2), At), r"2\,A^{\top}", "2Aᵀ"),
    (mul(num(2), transpose(Xi)), r"2\,X^{-\top}", "2X⁻ᵀ"),
    (mul(num(2), transpose(A + C)), r"2\,\left(A + C\right)^{\top}", "2·(A + C)ᵀ"),
    (mul(num(2), power(power(s, k), TWO)), r"2\,\left(s^{k}\right)^{2}", "2·(s^k)²"),
    (mul(trace(X), Xi), r"\operatorname{tr}\!\left(X\right)\,X^{-1}", "tr(X)·X⁻¹"),
    (mul(xx, A), r"\left(x^{\top} x\right)\,A", "(xᵀ·x)·A"),
    (mul(xx, matmul(transpose(a), y)),
     r"\left(x^{\top} x\right)\,\left(a^{\top} y\right)",
     "(xᵀ·x)·(aᵀ·y)"),
    (mul(s, xx), r"s\,x^{\top} x", "s·xᵀ·x"),
    (mul(num(2), s, xx), r"2\,s\,x^{\top} x", "2s·xᵀ·x"),
    (power(xx, num(2)), r"\left(x^{\top} x\right)^{2}", "(xᵀ·x)²"),
    (div(A, s), r"\frac{A}{s}", "A/s"),
    (div(matmul(xt, X, x), xx), r"\frac{x^{\top} X x}{x^{\top} x}", "(xᵀ·X·x)/(xᵀ·x)"),
    (div(matmul(A, x), norm(x)), r"\frac{A x}{\left\lVert x\right\rVert}", "(A·x)/‖x‖"),
    (div(mul(num(-1), A), s), r"-\frac{A}{s}", "-A/s"),
    (mul(div(ONE, s), A), r"\frac{1}{s}\,A", "1/s·A"),
    (mul(s, A), r"s\,A", "s·A"),
    (neg(matmul(Xi, DX, Xi)), r"-X^{-1}\,\mathrm{d}X\,X^{-1}", "-X⁻¹·dX·X⁻¹"),
    (matmul(transpose(Xi), a, transpose(y), transpose(Xi)),
     r"X^{-\top} a y^{\top} X^{-\top}",
     "X⁻ᵀ·a·yᵀ·X⁻ᵀ"),
    (neg(matmul(transpose(Xi), a, transpose(y), transpose(Xi))),
     r"-X^{-\top} a y^{\top} X^{-\top}",
     "-X⁻ᵀ·a·yᵀ·X⁻ᵀ"),
    (matmul(A, 2 * B), r"A \left(2\,B\right)", "A·(2B)"),
    (matmul(A, neg(B)), r"A \left(-B\right)", "A·(-B)"),
    (matmul(div(A, s), B), r"\frac{A}{s} B", "(A/s)·B"),
    (X - matmul(X, Y), "X - X Y", "X - X·Y"),
    (neg(A + C), r"-\left(A + C\right)", "-(A + C)"),
    (trace(matmul(X, Y)), r"\operatorname{tr}\!\left(X Y\right)", "tr(X·Y)"),
    (det(X), r"\det X", "det(X)"),
    (det(matmul(X, Y)), r"\det\!\left(X Y\right)", "det(X·Y)"),
    (mul(det(X), transpose(Xi)), r"\det X \cdot X^{-\top}", "det(X)·X⁻ᵀ"),
    (mul(det(X), trace(matmul(Xi, DX))),
     r"\det X \cdot \operatorname{tr}\!\left(X^{-1}\,\mathrm{d}X\right)",
     "det(X)·tr(X⁻¹·dX)"),
    (2 * det(X), r"2\,\det X", "2·det(X)"),
    (mul(det(X), s), r"\det X \cdot s", "det(X)·s"),
    (power(det(X), num(2)), r"\left(\det X\right)^{2}", "det(X)²"),
    (power(trace(X), num(2)), r"\operatorname{tr}\!\left(X\right)^{2}", "tr(X)²"),
    (total(x), r"\operatorname{sum}\!\left(x\right)", "sum(x)"),
    (norm(x), r"\left\lVert x\right\rVert", "‖x‖"),
    (norm(A), r"\left\lVert A\right\rVert_{F}", "‖A‖_F"),
    (power(norm(A), num(2)), r"\left\lVert A\right\rVert_{F}^{2}", "‖A‖_F²"),
    (power(norm(x), num(3)), r"\left\lVert x\right\rVert^{3}", "‖x‖³"),
    (logsumexp(x), r"\operatorname{lse}\!\left(x\right)", "logsumexp(x)"),
    (softmax(x), r"\operatorname{softmax}\!\left(x\right)", "softmax(x)"),
    (identity("n"), "I_{n}", "I_n"),
    (identity(3), "I_{3}", "I_3"),
    (identity("m*n"), "I_{mn}", "I_mn"),
    (identity("2*n"), "I_{2n}", "eye(2*n)"),
    (ones("n"), r"\mathbf{1}_{n}", "ones(n)"),
    (ones("m", "n"), r"\mathbf{1}_{m \times n}", "ones(m, n)"),
    (ones(1, "n"), r"\mathbf{1}_{n}^{\top}", "ones(n)ᵀ"),
    (commutation("m", "n"), "K_{mn}", "K(m, n)"),
    (commutation(2, 3), "K_{2,3}", "K(2, 3)"),
    (commutation("m*n", "p"), "K_{mn,p}", "K(m*n, p)"),
    (extent("n"), "n", "n"),
    (extent("m*n"), "mn", "m·n"),
    (mul(extent("m*n"), A), r"mn\,A", "m·n·A"),
    (hadamard(A, C), r"A \odot C", "A⊙C"),
    (hadamard(A, A + C), r"A \odot \left(A + C\right)", "A⊙(A + C)"),
    (hadamard(matmul(A, X), C), r"\left(A X\right) \odot C", "(A·X)⊙C"),
    (matmul(hadamard(A, C), B), r"\left(A \odot C\right) B", "(A⊙C)·B"),
    (hadamard(A, 2 * C), r"A \odot \left(2\,C\right)", "A⊙(2C)"),
    (2 * hadamard(A, C), r"2\,\left(A \odot C\right)", "2·(A⊙C)"),
    (neg(hadamard(A, C)), r"-A \odot C", "-A⊙C"),
    (X - hadamard(X, Y), r"X - X \odot Y", "X - X⊙Y"),
    (each("exp", matmul(A, x)), r"\exp\!\left(A x\right)", "exp(A·x)"),
    (each("sigmoid", x), r"\sigma\!\left(x\right)", "sigmoid(x)"),
    (each("exp", X), r"\exp_{\odot}\!\left(X\right)", "exp(X)"),
    (each("sqrt", x), r"\operatorname{sqrt}\!\left(x\right)", "sqrt(x)"),
    (each("abs", x), r"\operatorname{abs}\!\left(x\right)", "abs(x)"),
    (each("log", x, TWO), r"\log_{2}\!\left(x\right)", "log(x, 2)"),
    (each("power", x, TWO), r"x^{\odot 2}", "x.^2"),
    (each("power", x, MINUS_ONE), r"x^{\odot \left(-1\right)}", "x.^(-1)"),
    (each("power", matmul(A, x), num(Fraction(1, 2))),
     r"\left(A x\right)^{\odot 1/2}",
     "(A·x).^(1/2)"),
    (each("power", x, div(ONE, TWO)), r"x^{\odot 1/2}", "x.^(1/2)"),
    (quotient(A, C), r"A \oslash C", "A ./ C"),
    (quotient(ONE, x), r"1 \oslash x", "1 ./ x"),
    (kron(transpose(B), A), r"B^{\top} \otimes A", "Bᵀ⊗A"),
    (kron(A, matmul(A, B)), r"A \otimes \left(A B\right)", "A⊗(A·B)"),
    (matmul(kron(X, A), vec(X)),
     r"\left(X \otimes A\right) \operatorname{vec}\!\left(X\right)",
     "(X⊗A)·vec(X)"),
    (hadamard(kron(A, B), kron(C, B)),
     r"\left(A \otimes B\right) \odot \left(C \otimes B\right)",
     "(A⊗B)⊙(C⊗B)"),
    (vec(X), r"\operatorname{vec}\!\left(X\right)", "vec(X)"),
    (unvec(x, ("m", "n")), r"\operatorname{unvec}_{m \times n}\!\left(x\right)", "unvec(x, m, n)"),
    (diag(x), r"\operatorname{Diag}\!\left(x\right)", "Diag(x)"),
    (diagonal(X), r"\operatorname{diag}\!\left(X\right)", "diag(X)"),
    (selection("n"), "S_{n}", "S(n)"),
    (triangle("lower", X), r"\operatorname{tril}\!\left(X\right)", "tril(X)"),
    (triangle("upper", X), r"\operatorname{triu}\!\left(X\right)", "triu(X)"),
    (matrix_function("exp", X), "e^{X}", "expm(X)"),
    (matrix_function("exp", s * X), r"e^{s\,X}", "expm(s·X)"),
    (matrix_function("ln", X), r"\log\!\left(X\right)", "logm(X)"),
    (matrix_function("sin", X), r"\sin\!\left(X\right)", "sinm(X)"),
    (adjugate(X), r"\operatorname{adj}\!\left(X\right)", "adj(X)"),
    (transpose(adjugate(X)), r"\operatorname{adj}\!\left(X\right)^{\top}", "adj(X)ᵀ"),
    (series(matmul(matrix_power(X, r), DX, matrix_power(X, k - 1 - r)), r, ZERO, k - 1),
     r"\sum_{r=0}^{k - 1} X^{r}\,\mathrm{d}X\,X^{k - 1 - r}",
     "sum_(r=0)^(k - 1) X^r·dX·X^(k - 1 - r)"),
    (series(A + C, r, ZERO, k), r"\sum_{r=0}^{k} \left(A + C\right)", "sum_(r=0)^(k) (A + C)"),
    (s + series(A, r, ZERO, k), r"s + \sum_{r=0}^{k} A", "s + sum_(r=0)^(k) A"),
    (subscript(A, "i", "j"), "A_{ij}", "A_ij"),
    (subscript(x, "i"), "x_{i}", "x_i"),
    (subscript(matmul(Xi, A), "i", "j"), r"\left[X^{-1} A\right]_{ij}", "[X⁻¹·A]_ij"),
    (subscript(A, "1", "12"), "A_{1,12}", "A_1,12"),
    (subscript(matrix("A_1", ("n", "n")), "i", "j"), r"\left[A_{1}\right]_{ij}", "[A_1]_ij"),
    (delta("i", "k"), r"\delta_{ik}", "δ_ik"),
    (delta("1", "12"), r"\delta_{1,12}", "δ_1,12"),
    (subscript(Xi, "i", "j"), r"\left[X^{-1}\right]_{ij}", "[X⁻¹]_ij"),
    (mul(delta("i", "k"), subscript(A, "l", "j")), r"\delta_{ik}\,A_{lj}", "δ_ik·A_lj"),
    (array((2, 1), (s, k)), r"\begin{pmatrix}s \\ k\end{pmatrix}", "((s), (k))"),
    (array((2, 2), (s, k, s, r)),
     r"\begin{pmatrix}s & k \\ s & r\end{pmatrix}",
     "((s, k), (s, r))"),
    (array((1, 2), (s, k)), r"\begin{pmatrix}s & k\end{pmatrix}", "[(s, k)]"),
    (matmul(array((2, 2), (s, k, s, r)), matrix("G", (2, "n"))),
     r"\begin{pmatrix}s & k \\ s & r\end{pmatrix} G",
     "((s, k), (s, r))·G"),
    (div(array((2, 2), (s, k, s, r)), s),
     r"\frac{1}{s}\,\begin{pmatrix}s & k \\ s & r\end{pmatrix}",
     "((s, k), (s, r))/s"),
    (fn("ln", det(X)), r"\ln \det X", "ln(det(X))"),
    (mul(fn("ln", det(X)), s), r"\ln \det X \cdot s", "ln(det(X))·s"),
    (fn("ln", xx), r"\ln\left(x^{\top} x\right)", "ln(xᵀ·x)"),
    (fn("sqrt", xx), r"\sqrt{x^{\top} x}", "sqrt(xᵀ·x)"),
    (fn("exp", neg(div(matmul(xt, X, x), TWO))),
     r"e^{-\frac{x^{\top} X x}{2}}", "e^(-(xᵀ·X·x)/2)"),
    (fn("ln", det(matmul(X, Y))), r"\ln \det\!\left(X Y\right)", "ln(det(X·Y))"),
    (fn("abs", det(X)), r"\left|\det X\right|", "|det(X)|"),
    (matmul(transpose(residual), W, residual),
     r"\left(A x - b\right)^{\top} W \left(A x - b\right)",
     "(A·x - b)ᵀ·W·(A·x - b)"),
    (-2 * weighted,
     r"-2\,\left(A x - b\right)^{\top} W A",
     "-2·(A·x - b)ᵀ·W·A"),
    (div(mul(s, matmul(A, x)), power(norm(x), num(3))),
     r"\frac{s\,A x}{\left\lVert x\right\rVert^{3}}",
     "(s·A·x)/‖x‖³"),
    (2 * matmul(At, matmul(A, x) - b), r"2\,A^{\top} \left(A x - b\right)", "2Aᵀ·(A·x - b)"),
    (diag(hadamard(each("sigmoid", matmul(A, x)), ones("m") - each("sigmoid", matmul(A, x)))),
     r"\operatorname{Diag}\!\left(\sigma\!\left(A x\right) \odot \left(\mathbf{1}_{m} - "
     r"\sigma\!\left(A x\right)\right)\right)",
     "Diag(sigmoid(A·x)⊙(ones(m) - sigmoid(A·x)))"),
    (matmul(D(A, X), B), r"\frac{\partial  A}{\partial X} \cdot B", "∂A/∂X·B"),
    (matmul(A, d(matmul(X, B), X)), r"A\,\mathrm{d}\!\left(X B\right)", "A·d(X·B)"),
    (2 * D(det(X), X),
     r"2 \cdot \frac{\partial }{\partial X}\left[\det X\right]",
     "2·∂/∂X[det(X)]"),
    (matmul(ones("n"), transpose(x)), r"\mathbf{1}_{n} x^{\top}", "ones(n)·xᵀ"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "latex", "text"), TABLE, ids=[row[2] for row in TABLE])
def test_printed_forms(node, latex, text):
    assert (Latex()(node), Text()(node)) == (latex, text)


@pytest.mark.parametrize("shapes", [False, True])
@pytest.mark.parametrize("node", [row[0] for row in TABLE], ids=[row[2] for row in TABLE])
def test_every_bracket_is_closed(node, shapes):
    for mark in (None, node, *node.args):
        printed = Latex(mark=mark, shapes=shapes)(node)
        assert printed.count("{") == printed.count("}")
        assert printed.count(r"\left") == printed.count(r"\right")


# What cannot be typed, since only the answer holds it.
ANSWERS = {
    *("move", "d", "D", "commutation", "unvec", "diagonal selection", "series", "subscript"),
    "delta",
}
# What is read as another node of the same value.
READ_OTHERWISE = {
    transpose(ones("n")): ones(1, "n"),
    transpose(Xi): inverse(transpose(X)),
    matmul(A, X, Y): matmul(A, matmul(X, Y)),
    matmul(X, Y, B): matmul(matmul(X, Y), B),
    neg(div(A, s)): div(neg(A), s),
    neg(2 * weighted): -2 * weighted,
    mul(extent("m"), extent("n")): extent("m*n"),
    mul(extent("m"), extent("n"), A): mul(extent("m*n"), A),
    each("power", x, num(Fraction(1, 2))): each("power", x, div(ONE, TWO)),
}
TYPED = [
    (node, text)
    for node, _, text in TABLE
    if not ANSWERS & {part.op for part in postorder(node)}
    # Powers of matrices other than k, and logarithms of vectors to a base, are not read.
    and text not in ("X^(k - 1)", "log(x, 2)")
]


@pytest.mark.parametrize(("node", "text"), TYPED, ids=[text for _, text in TYPED])
def test_text_is_read_back_as_the_same_node(node, text):
    names = {part.data.name: part.shape for part in postorder(node) if part.op == "matrix"}
    names |= {part.data: () for part in postorder(node) if part.op == "sym"}
    # What moves needs not occur; its shape makes m and n extents.
    found = read(text, "Z", {**names, "Z": ("m", "n")}).node
    assert READ_OTHERWISE.get(node, node) is READ_OTHERWISE.get(found, found)


def under(shape, printed):
    rows, columns = shape
    return rf"\underset{{\:{rows} \times {columns}\:}}{{{printed}}}"


AT, INVERSE, MOVE, ONES = r"A^{\top}", "X^{-1}", r"\mathrm{d}X", r"\mathbf{1}_{n}"


@pytest.mark.parametrize(
    ("node", "latex"),
    [
        (matmul(At, Xi, x), f"{under('nm', AT)} {under('nn', INVERSE)} {under('n1', 'x')}"),
        (matmul(transpose(A + C), DX),
         rf"\left({under('mn', 'A')} + {under('mn', 'C')}\right)^{{\top}}\,{under('nn', MOVE)}"),
        (matmul(Xi, d(X, X)), rf"{under('nn', INVERSE)}\,{under('nn', MOVE)}"),
        (mul(s, matrix_power(X, k)), rf"s\,{under('nn', 'X^{k}')}"),
        (each("power", x, TWO), under("n1", r"x^{\odot 2}")),
        (kron(identity("m"), ones("n")),
         rf"{under('mm', 'I_{m}')} \otimes {under('n1', ONES)}"),
        (vec(A), rf"\operatorname{{vec}}\!\left({under('mn', 'A')}\right)"),
        (commutation("m", "n"), under(("mn", "mn"), "K_{mn}")),
        (array((2, 1), (s, k)), under("21", r"\begin{pmatrix}s \\ k\end{pmatrix}")),
        # There is no room for them in exponents and below ∂, and entries have none.
        (fn("exp", neg(xx)), r"e^{-x^{\top} x}"),
        (subscript(Xi, "i", "j"), r"\left[X^{-1}\right]_{ij}"),
        (D(det(X), X), rf"\frac{{\partial }}{{\partial X}}\left[\det {under('nn', 'X')}\right]"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_shapes_stand_below_the_factors(node, latex):
    assert Latex(shapes=True)(node) == latex


def test_a_part_is_highlighted():
    inside = MARK % "X^{-1}"
    assert Latex(mark=Xi)(matmul(A, Xi)) == f"A {inside}"
    # What is highlighted stays in one piece.
    assert Latex(mark=Xi)(transpose(Xi)) == rf"\left({inside}\right)^{{\top}}"
    inside = MARK % r"x^{\top} x"
    assert Latex(mark=xx)(mul(xx, A)) == rf"\left({inside}\right)\,A"


def test_a_named_part_is_a_letter():
    names = {matmul(A, X): "U"}
    assert Latex(names)(matmul(A, X, B)) == "A X B"
    assert Latex(names)(transpose(matmul(A, X))) == r"U^{\top}"
    assert Latex(names)(d(matmul(A, X), X)) == r"\mathrm{d}U"
    assert Text(names)(matmul(inverse(matmul(A, X)), B)) == "U⁻¹·B"
    assert Latex(names, shapes=True)(det(matmul(A, X))) == r"\det\!\left(U\right)"


def test_an_operator_without_a_form_is_refused():
    for printer in (Latex(), Text()):
        with pytest.raises(KeyError):
            printer(make("wedge", None, (A, C)))
