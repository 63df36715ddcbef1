"""The language of matrices: notations read as meant, shapes found, bad input told in a sentence."""

from __future__ import annotations

import contextlib
import json
import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from calc_core.errors import InputError
from calc_core.functions import FUNCTIONS
from calc_core.graph import Node, add, array, div, fn, mul, neg, num, power, sym
from calc_core.matrix import nodes as m
from calc_core.matrix.language import read
from calc_core.matrix.language.extents import Extents, Times, Unknown
from calc_core.matrix.language.vocabulary import WORDS
from calc_core.matrix.language.words import WORDS as ROWS
from calc_core.printing import Text

A, B, X = (m.matrix(name, ("n", "n")) for name in "ABX")
a, b, x = (m.matrix(name, ("n", 1)) for name in "abx")
s = sym("s")
SQUARE = {**dict.fromkeys("ABX", "n×n"), **dict.fromkeys("abx", "n"), "s": "scalar"}

# One row for each construction: what the short forms in the table of notations rest on.
NODES: list[tuple[str, Node]] = [
    ("X", X),
    ("x", x),
    ("s", s),
    ("A*X", m.matmul(A, X)),
    ("a'*X*b", m.matmul(m.transpose(a), X, b)),
    ("2*s*X", mul(num(2), s, X)),
    ("X*s*A", mul(s, m.matmul(X, A))),
    ("A*x*s", mul(s, m.matmul(A, x))),
    ("(A*B)*X", m.matmul(m.matmul(A, B), X)),
    ("a'*b*X", mul(m.matmul(m.transpose(a), b), X)),
    ("X*a*a'*b", m.matmul(X, a, m.transpose(a), b)),
    ("X*(a'*b)", mul(m.matmul(m.transpose(a), b), X)),
    ("A + X", add(A, X)),
    ("A - X", add(A, neg(X))),
    ("-X", neg(X)),
    ("A + 0", add(A, num(0))),
    ("X/2", div(X, num(2))),
    ("s/(a'*b)", div(s, m.matmul(m.transpose(a), b))),
    ("s^2", power(s, num(2))),
    ("X'", m.transpose(X)),
    ("X^-1", m.inverse(X)),
    ("X^-T", m.transpose(m.inverse(X))),
    ("X^3", m.matrix_power(X, num(3))),
    ("X^-3", m.matrix_power(X, num(-3))),
    ("X^k", m.matrix_power(X, sym("k"))),
    ("X^0", m.identity("n")),
    ("A.*X", m.hadamard(A, X)),
    ("A./X", m.quotient(A, X)),
    ("s./X", m.quotient(s, X)),
    ("X.^2", m.each("power", X, num(2))),
    ("sin(X)", m.each("sin", X)),
    ("sin(s)", fn("sin", s)),
    ("exp(x)", m.each("exp", x)),
    ("log(s)", fn("ln", s)),
    ("expm(X)", m.matrix_function("exp", X)),
    ("e^X", m.matrix_function("exp", X)),
    ("e^x", m.each("exp", x)),
    ("e^s", fn("exp", s)),
    ("tr(X)", m.trace(X)),
    ("det(X)", m.det(X)),
    ("|X|", m.det(X)),
    ("|s|", fn("abs", s)),
    ("logdet(X)", fn("ln", m.det(X))),
    ("‖x‖", m.norm(x)),
    ("‖x‖_1", m.total(m.each("abs", x))),
    ("‖s‖", fn("abs", s)),
    ("sum(X)", m.total(X)),
    ("mean(X)", div(m.total(X), m.extent("n*n"))),
    ("A ⊗ X", m.kron(A, X)),
    ("vec(X)", m.vec(X)),
    ("diag(x)", m.diag(x)),
    ("diag(X)", m.diagonal(X)),
    ("X + I", add(X, m.identity("n"))),
    ("x + ones(n)", add(x, m.ones("n"))),
    ("X + ones(n, n)", add(X, m.ones("n", "n"))),
    ("x + zeros(n)", add(x, mul(num(0), m.ones("n")))),
    ("softmax(x)", m.softmax(x)),
    ("logsumexp(x)", m.logsumexp(x)),
    ("adjugate(X)", m.adjugate(X)),
    ("triu(X)", m.triangle("upper", X)),
    ("tril(X)", m.triangle("lower", X)),
    ("<a, x>", m.matmul(m.transpose(a), x)),
    ("<A, X>", m.trace(m.matmul(m.transpose(A), X))),
    ("solve(A, x)", m.matmul(m.inverse(A), x)),
    ("[s, 2; 3, s]", array((2, 2), (s, num(2), num(3), s))),
    ("(s, 2)", array((2, 1), (s, num(2)))),
    ("tr(s)", s),
    ("inv(s)", div(num(1), s)),
]


class Row(NamedTuple):
    """A line of a table: the text, two columns, and what is told about the names."""

    text: str
    first: str
    second: str
    said: dict[str, object]


def _table(name: str) -> list[Row]:
    text = (Path(__file__).parent / "corpus" / name).read_text(encoding="utf-8")
    rows = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("## "):
            typed, first, second, *said = line.split(" ;; ")
            rows.append(Row(typed, first, second, json.loads(said[0]) if said else {}))
    return rows


NOTATIONS = _table("matrix_notations.txt")
REFUSED = _table("matrix_refusals.txt")
_SHORT = {"matmul": "*", "mul": "·", "add": "+", "transpose": "T", "inverse": "inv", "div": "/",
          "pow": "^"}  # fmt: skip


def short(node: Node) -> str:
    """The node with operators in front: (* (T a) X b)."""
    if node.op == "matrix":
        return node.data.name
    if node.op in ("sym", "num", "const"):
        return str(node.data)
    data = [] if node.data is None else [str(node.data)]
    return f"({' '.join([_SHORT.get(node.op, node.op), *data, *map(short, node.args)])})"


def told(symbol: Node) -> str:
    """The symbol with its shape and traits: X:n×n/symmetric."""
    if symbol.op == "sym":
        return f"{symbol.data}:1"
    name, shape, traits = symbol.data
    return "/".join([f"{name}:{'×'.join(map(str, shape))}", *traits])


@pytest.mark.parametrize(("text", "node"), NODES, ids=[row[0] for row in NODES])
def test_every_construction(text, node):
    assert read(text, shapes=SQUARE, wrt="X").node is node


@pytest.mark.parametrize("row", NOTATIONS, ids=lambda row: f"{row.text} {row.said or ''}")
def test_a_notation(row):
    problem = read(row.text, **row.said)
    marked = [("*" if symbol is problem.wrt else "") + told(symbol) for symbol in problem.symbols]
    assert (short(problem.node), ", ".join(marked)) == (row.first, row.second)


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: f"{row.text} {row.said or ''}")
def test_a_refusal(row):
    with pytest.raises(InputError) as caught:
        read(row.text, **row.said)
    error = caught.value
    column, _, wanted = row.first.partition(" ")
    assert not wanted
    assert str(error.column) == column
    assert row.second in str(error)
    assert error.message.endswith(".")
    assert "\n" not in str(error)


def test_the_tables_are_large():
    assert len(NOTATIONS) >= 200
    assert len(REFUSED) >= 60


def test_every_word_has_a_row():
    assert set(WORDS.values()) <= set(ROWS)
    assert {name for name, row in FUNCTIONS.items() if row.arity == (1, 1)} <= set(ROWS)


# Shapes


@pytest.mark.parametrize("shape", [("m", "n"), ["m", "n"], "m×n", "mxn", "m x n", "(m, n)", "m,n",
                                   "m n", "m*n", "m by n"])  # fmt: skip
def test_a_shape_as_people_write_it(shape):
    assert read("A x", shapes={"A": shape}).symbols[0].shape == ("m", "n")


@pytest.mark.parametrize(
    ("shape", "expected"),
    [("n", ("n", 1)), (("n",), ("n", 1)), ("vector", ("n", 1)), ("row", (1, "n")), ((), ()),
     ("scalar", ()), ((1, 1), ()), ((1, 4), (1, 4)), (4, (4, 1)), ("4", (4, 1)),
     ("matrix", ("m", "n")), ("square", ("n", "n"))],
)  # fmt: skip
def test_a_kind(shape, expected):
    assert read("y", shapes={"y": shape}).wrt.shape == expected


def test_greek_names_are_known_by_sign_and_by_word():
    by_sign = read("y - X θ", shapes={"θ": "vector"}, wrt="θ")
    by_word = read("y - X theta", shapes={"theta": "vector"}, wrt="theta")
    assert by_sign.node is by_word.node
    assert by_sign.wrt is by_word.wrt


def test_letters_of_extents_avoid_names():
    problem = read("n*m*x'x", shapes={"n": "scalar", "m": "scalar"})
    assert problem.wrt.shape not in {("n", 1), ("m", 1)}


def test_what_does_not_occur_may_be_asked_for_by_its_shape():
    problem = read("x'A x", wrt="Z", shapes={"Z": "p×q"})
    assert problem.wrt is m.matrix("Z", ("p", "q"))
    assert problem.symbols[-1] is problem.wrt


def test_traits_make_square():
    problem = read("a'*W*b", symmetric="W")
    assert problem.symbols[1] is m.matrix("W", ("n", "n"), ("symmetric",))


def test_products_of_extents_are_found_factor_by_factor():
    problem = read("(A ⊗ B) vec(X)")
    (_, q), (_, p), x_shape = (symbol.shape for symbol in problem.symbols)
    assert x_shape == (p, q)


def test_a_number_by_form_is_no_value_of_an_unknown():
    extents = Extents()
    rows = Unknown()
    assert not extents.same(rows, 1)
    assert extents.same(rows, Unknown(number=1))
    assert extents.same(rows, 1)
    assert not extents.same(Times((2, Unknown())), 3)


# Notes


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("exp(X)", "write expm"),
        ("tr(exp(X))", "expm, a function of the matrix"),
        ("sin2(x)", "sin(2·(…))"),
        ("x·y", "inner product"),
        ("σ(x)", "sigmoid"),
        ("‖X‖", "Frobenius"),
        ("A:B", "tr(A'*B)"),
        ("tr A X", "tr(A X)"),
        ("1'x", "row of ones"),
        ("x - μ", "column vector"),
        ("tX + Y", "number"),
        ("A \\ b", "inv(A)*b"),
        ("A ⊙ B * C", "write brackets"),
    ],
)
def test_a_choice_is_told(text, fragment):
    assert any(fragment in note.message for note in read(text).notes)


@pytest.mark.parametrize("text", ["tr(exp.(X))", "log.(X)", "tr(sin.(X)*A)", "atan2(a'x, b'x)"])
def test_a_dot_leaves_no_choice(text):
    assert read(text).notes == ()


def test_what_is_not_square_has_functions_of_its_entries_only():
    problem = read("tr(A*exp(X))", shapes={"X": "m×n", "A": "n×m"})
    assert problem.node is m.trace(
        m.matmul(m.matrix("A", ("n", "m")), m.each("exp", m.matrix("X", ("m", "n"))))
    )
    assert [note.message for note in problem.notes] == [
        "exp(X) is taken entry by entry; X is not square."
    ]


ENTRIES_UNDER_A_TRACE = [
    (m.trace(m.each("exp", X)), "tr(exp.(X))"),
    (m.trace(m.matmul(A, m.each("ln", X))), "tr(A·ln.(X))"),
    (m.trace(m.matrix_function("exp", X)), "tr(expm(X))"),
    (m.trace(m.each("relu", X)), "tr(relu(X))"),
    (add(m.trace(m.each("sin", X)), m.total(m.each("sin", X))), "tr(sin.(X)) + sum(sin(X))"),
]


@pytest.mark.parametrize(("node", "text"), ENTRIES_UNDER_A_TRACE)
def test_functions_of_entries_under_a_trace_are_read_back(node, text):
    assert Text()(node) == text
    assert read(text, shapes=SQUARE, wrt="X").node is node


@pytest.mark.parametrize("text", ["a'*inv(X)*b", "tr(A X B)", "‖Ax−b‖²", "log det X", "x^T A x"])
def test_plain_forms_need_no_note(text):
    assert read(text).notes == ()


def test_decimals_are_remembered():
    assert read("0.5*x'x").decimal
    assert not read("1/2*x'x").decimal


# Safety

HOSTILE = [
    "__import__('os').system('ls')", "().__class__.__bases__", "eval(\"1\")",
    "x" * 10**6, "(" * 1000, "((" * 64 + "x" + "))" * 64, "X^9^9^9^9", "9^9^9^9 x'x", "1e999999 x",
    "X^99999999999999999999", "x/2" + "/2" * 600, "X" + "'" * 1500, "exp(" * 100 + "x" + ")" * 100,
    "‖" * 1000, "|" * 1999, "{" * 1999, "\\frac" * 390, "[[[[" * 100 + "x" + "]]]]" * 100,
    "factorial(10^9) x'x", "exp(exp(exp(exp(99)))) x", "X^{" * 300 + "2" + "}" * 300,
    "1/0 x", "0^-1 x'x", "eye(10^9) x", "ones(99999) + x", "\x00X", "X\u202e", "ХA", "\\", "\\\\",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:30] for text in HOSTILE])
def test_hostile_input_is_refused_at_once(text):
    start = time.perf_counter()
    with pytest.raises(InputError):
        read(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("text", ["A" + "*A" * 400, "x'x " * 400, "A" + " ⊙ A" * 400,
                                  "a" + "+a" * 700, "x·" * 300 + "x"])  # fmt: skip
def test_long_input_is_read_at_once(text):
    start = time.perf_counter()
    read(text)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("wrong", [None, 3, b"x", ["x"], ""])
def test_what_is_no_text(wrong):
    with pytest.raises(InputError):
        read(wrong)


@pytest.mark.parametrize(
    "said",
    [{"wrt": 3}, {"wrt": ""}, {"wrt": "a b"}, {"shapes": 3}, {"shapes": {"x": object()}},
     {"shapes": {3: "n"}}, {"shapes": {"x": "n" * 50}}, {"symmetric": [3]}, {"symmetric": 3},
     {"structure": 3}, {"structure": {"x": 3}}, {"shapes": {"x": (True, 2)}},
     {"shapes": {"x": 2.5}}],
)  # fmt: skip
def test_what_is_no_declaration(said):
    with pytest.raises(InputError):
        read("x'A x", **said)


_SOUP = [
    "a", "b", "x", "X", "A", "W", "λ", "θ", "σ", "Σ", "I", "I_n", "1", "0", "2", "0.5", "'", "^T",
    "^{-1}", "^-1", "^2", "ᵀ", "⁻¹", "²", "+", "-", "*", "/", ".*", "./", ".^", "@", "⊙", "⊗", "·",
    ":", "\\", "(", ")", "[", "]", "{", "}", "|", "||", "‖", "⟨", "⟩", "<", ">", ",", ";", "&", "=",
    "_", "_F", "_1", "_{", "tr(", "tr", "det(", "log", "exp(", "sum(", "norm(", "inv(", "diag(",
    "vec(", "kron(", "eye(n)", "ones(n)", "e", "e^", "\\frac{", "\\top", "\\mathbf{",
    "\\operatorname{tr}", "\\left(", "\\right)", "\\|", "\\left\\|", "\\right\\|", "\\\\", ".T",
    "\\begin{pmatrix}", "\\end{pmatrix}", ".dot(", "softmax(", "mean(", "np.", "\\sqrt{", "√", "!",
    "†", "∞", "max(", "root(", "x_1", "f(x)=", "logm(", "σ(", "T", "t", "k", "n", "d/d", " ", " ",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_token_soup_gives_nothing_but_input_errors(seed):
    choose = random.Random(seed)
    for _ in range(400):
        text = "".join(choose.choices(_SOUP, k=choose.randint(1, 14)))
        with contextlib.suppress(InputError):
            read(text)


@pytest.mark.parametrize("seed", range(4))
def test_errors_point_into_the_text(seed):
    choose = random.Random(100 + seed)
    typed = [row.text for row in NOTATIONS]
    for _ in range(300):
        text = list(choose.choice(typed))
        for _ in range(choose.randint(1, 3)):
            text[choose.randrange(len(text))] = choose.choice(_SOUP)
        whole = "".join(text)
        error = _error_of(whole)
        if error is not None and whole.strip():
            assert error.message, f"seed {seed}: {whole!r}"
            inside = error.column is None or 0 <= error.column < len(whole)
            assert inside, f"seed {seed}: {whole!r} at {error.column}"


def _error_of(text: str) -> InputError | None:
    try:
        read(text)
    except InputError as error:
        return error
    return None
