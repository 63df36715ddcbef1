"""Results as programmes: every language is checked for its form, and run where it is there."""

from __future__ import annotations

import importlib
import json
import re
import runpy
import shutil
import subprocess
from collections.abc import Callable
from fractions import Fraction
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from calc_core.errors import InputError
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    PI,
    TWO,
    ZERO,
    E,
    Node,
    Symbol,
    add,
    array,
    div,
    fn,
    logic,
    mul,
    neg,
    num,
    piecewise,
    power,
    rel,
    sym,
)
from calc_core.matrix import nodes as mx
from calc_core.matrix.code import LANGUAGES, as_code
from calc_core.matrix.code.functions import JAX, JULIA, NUMPY, TORCH
from calc_core.matrix.kernels import MATRIX_FUNCTIONS
from calc_core.matrix.layouts import in_shape_law
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.sampling import Sample, sample

A, B = mx.matrix("A", ("m", "n")), mx.matrix("B", ("n", "p"))
C = mx.matrix("C", ("n", "n"))
X, S = mx.matrix("X", ("n", "n")), mx.matrix("S", ("n", "n"), ("symmetric",))
a, x, y = mx.matrix("a", ("n", 1)), mx.matrix("x", ("n", 1)), mx.matrix("y", ("n", 1))
b, r = mx.matrix("b", ("m", 1)), mx.matrix("r", (1, "n"))
s, k, i = sym("lambda"), sym("k"), sym("i")
T, dot, inv, unit = mx.transpose, mx.matmul, mx.inverse(X), mx.identity("n")
half = num(Fraction(1, 2))
residual = add(dot(A, x), neg(b))


class Form(NamedTuple):
    """A derivative of f by x in a layout, or the value of an expression."""

    node: Node
    f: Any = None
    by: Any = None
    layout: str = "shape"


quotient = div(dot(T(x), S, x), dot(T(x), x))
p = mx.softmax(x)
jacobian_of_softmax = add(mx.diag(p), neg(dot(p, T(p))))
DERIVATIVES = [
    Form(neg(dot(T(inv), a, T(y), T(inv))), (), X),
    Form(neg(dot(inv, y, T(a), inv)), (), X, "row"),
    Form(mul(TWO, dot(T(residual), A)), (), x),
    Form(mul(TWO, dot(T(A), residual)), (), x, "column"),
    Form(dot(T(x), add(C, T(C))), (), x),
    Form(
        add(
            div(dot(TWO * T(x), S), dot(T(x), x)), neg(div(mul(TWO, quotient, T(x)), dot(T(x), x)))
        ),
        (),
        x,
    ),
    Form(jacobian_of_softmax, x, x),
    Form(dot(jacobian_of_softmax, C), x, x, "column"),
    Form(A, b, x),
    Form(T(A), b, x, "column"),
    Form(neg(mx.kron(T(inv), inv)), X, X),
    Form(neg(mx.kron(inv, T(inv))), X, X, "column"),
    Form(mx.commutation("m", "n"), T(A), A),
    Form(mx.kron(T(x), mx.identity("m")), b, A),
    Form(add(mx.kron(unit, x), mx.kron(x, unit)), X, x),
    Form(dot(mx.selection("n"), C), X, x),
    Form(mul(s, A), A, s),
    Form(mul(s, T(A)), A, s, "column"),
    Form(mul(s, a), a, s),
    Form(mul(s, T(a)), a, s, "column"),
    Form(ZERO, (), X),
    Form(ZERO, X, x),
    Form(TWO * s, (), s),
    Form(
        mx.series(
            dot(T(mx.matrix_power(X, i)), a, T(y), T(mx.matrix_power(X, k - 1 - i))), i, ZERO, k - 1
        ),
        (),
        X,
    ),
    Form(r, (), T(r)),
    Form(add(S, T(S), neg(mx.hadamard(unit, S))), (), S),
]
VALUES = [
    dot(mx.inverse(X), B),
    dot(C, inv),
    dot(C, inv, B),
    dot(inv, C, inv),
    dot(T(a), inv),
    dot(r, X, a),
    dot(a, r, X),
    dot(a, T(a), y, r),
    dot(T(a), y, T(a)),
    dot(mx.inverse(dot(T(A), A)), T(A), b),
    dot(A, mx.inverse(dot(T(A), A)), T(A)),
    add(inv, T(inv), dot(inv, C)),
    mul(num(-1), s, dot(A, x)),
    mul(num(-3), dot(T(residual), residual)),
    add(s, neg(TWO), mul(num(-2), s), neg(neg(s))),
    div(A, add(s, num(1))),
    fn("ln", mx.det(add(dot(X, T(X)), unit))),
    mul(mx.det(X), inv),
    mx.adjugate(X),
    mx.matrix_power(X, num(-2)),
    mx.matrix_power(X, k),
    mx.hadamard(A, A, dot(A, X)),
    mx.quotient(num(1), mx.each("exp", A)),
    mx.quotient(a, add(mx.hadamard(a, a), mx.ones("n"))),
    mx.each("power", mx.each("exp", x), s),
    mx.each("power", x, num(-2)),
    mx.each("power", mx.each("exp", x), num(Fraction(-3, 2))),
    mx.each("power", mx.each("exp", x), -half),
    mx.each("max", x, num(0)),
    mx.kron(a, b),
    mx.kron(T(a), T(b)),
    mx.kron(a, T(b)),
    mx.kron(A, x),
    mx.kron(r, A),
    mx.vec(A),
    mx.vec(T(A)),
    mx.vec(r),
    mx.unvec(mx.vec(A), ("m", "n")),
    dot(mx.diag(x), C),
    mx.diagonal(C),
    mx.triangle("lower", C),
    mx.triangle("upper", C),
    mx.trace(dot(C, X)),
    mul(mx.total(A), mx.ones("m", "n")),
    dot(T(mx.ones("m")), A),
    div(x, mx.norm(x)),
    mul(mx.norm(A), mx.logsumexp(x)),
    mx.subscript(A, "2", "1"),
    mx.series(mul(mx.subscript(X, "i", "i"), mx.subscript(x, "i")), i, num(1), mx.extent("n")),
    mx.series(mul(mx.subscript(r, "i"), mx.delta("i", "2")), i, num(1), mx.extent("n")),
    mx.extent("m*n"),
    mul(mx.extent("n"), unit),
    dot(array((2, 2), (num(2), num(1), s, num(3))), array((2, 1), (num(1), s))),
    dot(array((1, 2), (num(2), num(1))), array((2, 1), (num(1), s))),
    piecewise((s * s, rel("gt", s, num(7))), (s, logic("or", rel("le", s, num(1)), logic("true")))),
    add(power(E, neg(s)), PI, fn("sqrt", num(2)), power(s, num(3)), power(s * s, half)),
    mul(num(Fraction(1, 3)), power(add(s * s, num(1)), num(-1)), x),
]


def of_one_argument(name: str) -> Node:
    arguments = {"polygamma": (num(1), s), "max": (s, num(1)), "min": (s, num(1))}
    two = ("log", "root", "atan2", "beta")
    return fn(name, *arguments.get(name, (s, num(3)) if name in two else (s,)))


FORMS = [
    *DERIVATIVES,
    *[Form(node) for node in VALUES],
    *[Form(of_one_argument(name)) for name in FUNCTIONS],
    *[Form(mx.each(name, C)) for name in ("ln", "relu", "heaviside", "softplus", "sigmoid", "abs")],
    *[Form(mx.matrix_function(name, X)) for name in MATRIX_FUNCTIONS],
]
IDS = [f"{n}-{form.node!r}"[:70] for n, form in enumerate(FORMS)]


def symbols(form: Form) -> list[Symbol]:
    known = [A, B, C, X, S, a, x, y, b, r, s, k]
    found = [v for v in known if (v.data if v.op == "sym" else v.data.name) in _names(form)]
    return [Symbol(v.data, ()) if v.op == "sym" else v.data for v in found]


def _names(form: Form) -> frozenset[str]:
    others = [part.free for part in (form.f, form.by) if isinstance(part, Node)]
    return form.node.free.union(*others)


def shape(part: Any) -> Any:
    return part.shape if isinstance(part, Node) else part


def code(form: Form, language: str) -> str:
    return as_code(
        form.node,
        symbols(form),
        language,
        comment='∂f/∂X \\ "the formula"\nand more',
        f_shape=shape(form.f),
        x_shape=shape(form.by),
        layout=form.layout,
    )


def values(form: Form) -> tuple[Sample, list[Any]]:
    """Random values, and the arguments of the function in their order: vectors have one axis."""
    drawn = sample([form.node], symbols(form))[0]
    arguments = []
    for symbol in symbols(form):
        value = drawn.values[symbol.name]
        if symbol.name == "k":
            arguments.append(int(value))
        else:
            arguments.append(value.ravel() if value.ndim and 1 in symbol.shape else value)
    return drawn, arguments


def expected(form: Form, drawn: Sample) -> Any:
    value = Numbers(drawn.values, drawn.sizes).full(form.node)
    f, by = shape(form.f), shape(form.by)
    if f is None:
        return value.ravel() if value.ndim and 1 in form.node.shape else value
    if form.node is ZERO:
        public = [n for n in (*f, *by) if n != 1]
        return np.zeros([drawn.sizes[n] for n in public])
    return in_shape_law(value, f, by, form.layout, drawn.sizes)


# ── running ───────────────────────────────────────────────────────────────────────────────────────


def _numpy(function: Callable[..., Any], arguments: list[Any]) -> Any:
    return function(*arguments)


def _torch(function: Callable[..., Any], arguments: list[Any]) -> Any:
    torch = importlib.import_module("torch")
    converted = [v if isinstance(v, int) else torch.tensor(v) for v in arguments]
    found = function(*converted)
    return found.numpy() if hasattr(found, "numpy") else found


def _jax(function: Callable[..., Any], arguments: list[Any]) -> Any:
    jax = importlib.import_module("jax")
    jax.config.update("jax_enable_x64", True)
    converted = [v if isinstance(v, int) else jax.numpy.asarray(v) for v in arguments]
    return np.asarray(function(*converted))


RUNNERS = {"numpy": _numpy, "torch": _torch, "jax": _jax}
# Others are run wherever they are installed.
PRESENT = [language for language in RUNNERS if find_spec(language)]


def test_numpy_is_here() -> None:
    assert "numpy" in PRESENT


@pytest.mark.parametrize("language", PRESENT)
@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_run(form: Form, language: str, tmp_path: Path) -> None:
    drawn, arguments = values(form)
    path = tmp_path / "programme.py"
    path.write_text(code(form, language), encoding="utf-8")
    function = runpy.run_path(str(path))["gradient"]
    # Sizes that no argument tells are arguments themselves.
    asked = list(signature(function).parameters)[len(arguments) :]
    arguments += [drawn.sizes[letter] for letter in asked]
    with np.errstate(all="ignore"):
        found = np.asarray(RUNNERS[language](function, arguments))
        wanted = np.asarray(expected(form, drawn))
    assert found.shape == wanted.shape
    np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("language", [n for n in LANGUAGES if n != "julia"])
@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_python_compiles(form: Form, language: str) -> None:
    text = code(form, language)
    compile(text, "programme", "exec")
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_julia_is_well_formed(form: Form) -> None:
    text = code(form, "julia")
    stack = []
    closing = {")": "(", "]": "["}
    for char in text:
        if char in "([":
            stack.append(char)
        elif char in closing:
            assert stack.pop() == closing[char]
    assert not stack
    lines = text.splitlines()
    opened = sum(line.startswith("function ") for line in lines)
    assert opened == lines.count("end") >= 1
    assert "np." not in text
    assert "**" not in text
    assert "@" not in text


def _julia_literal(value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim == 2:
        return f"[{'; '.join(' '.join(map(repr, row.tolist())) for row in value)}]"
    return json.dumps(value.tolist() if isinstance(value, np.ndarray | np.generic) else value)


if shutil.which("julia"):

    @pytest.mark.parametrize("form", FORMS, ids=IDS)
    def test_julia(form: Form, tmp_path: Path) -> None:
        drawn, arguments = values(form)
        call = f"gradient({', '.join(map(_julia_literal, arguments))})"
        path = tmp_path / "programme.jl"
        show = f"result = collect({call})\nprintln(join(vec(permutedims(result)), ' '))\n"
        path.write_text(code(form, "julia") + show, encoding="utf-8")
        done = subprocess.run(["julia", str(path)], capture_output=True, text=True, check=True)
        found = np.array(done.stdout.split(), dtype=float)
        np.testing.assert_allclose(found, np.ravel(expected(form, drawn)), rtol=1e-8, atol=1e-8)


# ── names, comments, and what is refused ──────────────────────────────────────────────────────────


def test_names_are_identifiers() -> None:
    names = ["lambda", "λ", "β₁", "n", "np", "u", "x′"]
    scalars = [Symbol(name, ()) for name in names]
    total = mul(mx.extent("n"), add(*[sym(name) for name in names]))
    text = as_code(mul(total, x), [*scalars, x.data], "numpy", "lambda_")
    compile(text, "programme", "exec")
    arguments = re.findall(r"^    (\w+):", text, flags=re.MULTILINE)
    assert arguments == ["lambda_2", "lambda_3", "beta1", "n", "np_", "u", "x_", "x"]
    assert "n_ = len(x)" in text


def test_an_inverse_that_is_there_is_used() -> None:
    symbols = [X.data, x.data]
    assert "linalg.solve" in as_code(dot(inv, x), symbols, "numpy")
    text = as_code(dot(add(inv, mx.identity("n")), inv, x), symbols, "numpy")
    assert "X_inv = np.linalg.inv(X)" in text
    assert "linalg.solve" not in text


@pytest.mark.parametrize("comment", ['ends with "', "\\", '"""', 'a\n"', "$x", ""])
def test_comments_do_no_harm(comment: str) -> None:
    for language in ("numpy", "jax", "torch"):
        compile(as_code(s, [Symbol("lambda", ())], language, comment=comment), "it", "exec")
    lines = as_code(s, [Symbol("lambda", ())], "julia", comment=comment).splitlines()
    assert lines.count('"""') == (2 if comment else 0)


def test_refused() -> None:
    free = mx.subscript(x, "j")
    with pytest.raises(InputError, match="free index j"):
        as_code(free, [x.data], "numpy")
    with pytest.raises(InputError, match="no code in Fortran"):
        as_code(x, [x.data], "Fortran")
    with pytest.raises(InputError, match="no name"):
        as_code(x, [x.data], "numpy", "not a name")
    with pytest.raises(InputError, match="no code in PyTorch"):
        as_code(mx.d(inv, X), [X.data], "torch")


@pytest.mark.parametrize("table", [NUMPY, JAX, TORCH, JULIA])
def test_every_function_has_code(table: dict[str, str]) -> None:
    assert set(table) == set(FUNCTIONS)
