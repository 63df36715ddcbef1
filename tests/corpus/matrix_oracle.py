"""The rows of ``matrices.txt``, and their derivatives by nothing but the definition.

What a row computes stands in its last column as NumPy, so that neither the parser nor the numbers
of :mod:`calc_core.matrix` are asked.  The derivative is taken entry by entry: by a complex step
(Squire and Trapp, SIAM Review 40, 1998) where the function can be continued, by extrapolated
central differences where it cannot.  Entries that are tied move together.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy import linalg

_FILE = Path(__file__).with_name("matrices.txt")
#: Numbers for the letters of sizes: the tests run on both.
SIZES = ({"m": 3, "n": 2, "p": 4, "q": 5}, {"m": 4, "n": 3, "p": 2, "q": 3})
POWERS = (3, 4)
IMAGINARY_STEP = 1e-30
STEP = 0.02

Array = Any
Values = Mapping[str, Array]
Shape = tuple[str | int, ...]

OPTIONS = ("found", "symmetric", "structure", "positive", "integer")


# ── the rows ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Row:
    """One function of matrices: see the head of ``matrices.txt`` for the columns."""

    text: str
    wrt: str
    options: str
    known: str | None
    source: str
    numpy: str

    @property
    def id(self) -> str:
        """What the row is called in a list of tests."""
        return f"{self.text} by {self.wrt}" + (f" [{self.options}]" if self.options else "")

    @cached_property
    def told(self) -> dict[str, Shape]:
        """The shapes that ``matrix_gradient`` is told, in extents: (), (n, 1) or (m, n)."""
        first = self.options.split(";")[0].strip()
        return _shapes("" if first.partition(":")[0] in OPTIONS else first)

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shapes that stand in the row, those that are to be found included."""
        return self.told | _shapes(", ".join(self.names("found")))

    def names(self, option: str) -> tuple[str, ...]:
        """The names after an option; what it was given."""
        for part in self.options.split(";"):
            name, _, rest = part.strip().partition(":")
            if name == option:
                return tuple(word.strip() for word in rest.split(","))
        return ()

    @property
    def structure(self) -> str | None:
        """Which entries of the variable are tied to which."""
        return next(iter(self.names("structure")), None)

    @property
    def arguments(self) -> dict[str, Any]:
        """What ``matrix_gradient`` is told beside the text and the variable."""
        told: dict[str, Any] = {}
        if self.told:
            told["shapes"] = {
                name: "scalar" if not shape else shape[0] if shape[1] == 1 else shape
                for name, shape in self.told.items()
            }
        if self.names("symmetric"):
            told["symmetric"] = self.names("symmetric")
        if self.structure:
            told["structure"] = self.structure
        return told

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The names in the function and in the known derivative."""
        words = set(re.findall(r"(?<!\.)\b[^\W\d_]+", self.numpy)) | {self.wrt}
        return tuple(sorted(word for word in words if len(word) == 1 and word not in SIZES[0]))

    def shape(self, name: str) -> Shape:
        """The shape of a symbol, by its name if it does not stand in the row."""
        if name in self.names("integer") or "α" <= name <= "ω":
            return ()
        return self.shapes.get(name, ("n", "n") if name.isupper() else ("n", 1))


def _shapes(text: str) -> dict[str, Shape]:
    pairs = [pair.split(":") for pair in text.split(",") if pair]
    return {name.strip(): _extents(extents.strip()) for name, extents in pairs}


def _extents(text: str) -> Shape:
    if text == "scalar":
        return ()
    sides = tuple(int(side) if side.isdigit() else side for side in text.split("×"))
    return sides if len(sides) == 2 else (*sides, 1)


@cache
def rows() -> tuple[Row, ...]:
    """Every row, in the order of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


def _row(line: str) -> Row:
    cells = [cell.strip() for cell in re.split(r"\s\|(?=\s|$)", line)]
    if len(cells) != 6:
        raise ValueError(f"a row has six cells: {line!r}")
    text, wrt, options, known, source, numpy = cells
    return Row(text, wrt, options, None if known == "-" else known, source, numpy)


# ── values to try it on ───────────────────────────────────────────────────────────────────────────


def measured(shape: Shape, sizes: Mapping[str, int]) -> tuple[int, ...]:
    """The numbers in a shape.

    >>> measured(("m", 5), {"m": 2})
    (2, 5)
    """
    return tuple(sizes[side] if isinstance(side, str) else side for side in shape)


def values(row: Row, trial: int, seed: int = 0) -> dict[str, Array]:
    """Random values for the symbols: columns are (n, 1) arrays, scalars are numbers."""
    for attempt in range(50):
        draw = np.random.default_rng([seed, trial, attempt])
        at = {name: _value(row, name, trial, draw) for name in row.symbols}
        with np.errstate(invalid="ignore"):
            if np.isfinite(function(row, trial, at)).all():
                return at
    raise ArithmeticError(f"{row.id} has no values (seed {seed})")


def _value(row: Row, name: str, trial: int, draw: np.random.Generator) -> Array:
    shape = measured(row.shape(name), SIZES[trial])
    if name in row.names("integer"):
        return POWERS[trial]
    if not shape:
        return float(draw.uniform(0.4, 1.6))
    value = 0.7 * draw.normal(size=shape)
    square = shape[0] == shape[1] > 1
    if name in row.names("positive"):
        value = 0.3 + abs(value)
    structure = row.structure if name == row.wrt else None
    if name in row.names("symmetric") or structure == "symmetric":
        value = (value + value.T) / 2
    if square:
        # Far from singular, and of positive determinant: inverses and logarithms exist.
        value = 0.7 * value + (1.5 + 0.2 * shape[0]) * np.eye(shape[0])
    return TIED[structure](value)


TIED: Mapping[str | None, Callable[[Array], Array]] = {
    None: lambda value: value,
    "symmetric": lambda value: value,
    "diagonal": lambda value: np.diag(np.diag(value)),
    "lower": np.tril,
    "upper": np.triu,
}
"""A matrix with the zeros of a structure."""


# ── the function, as NumPy ────────────────────────────────────────────────────────────────────────


def trace(A: Array) -> Array:
    """The sum of the diagonal; NumPy would take it of any matrix."""
    if A.shape[0] != A.shape[1]:
        raise ValueError("the trace of a matrix that is not square")
    return np.trace(A)


def kron(A: Array, B: Array) -> Array:
    """A ⊗ B, for arrays of two axes."""
    return np.einsum("ij,kl->ikjl", A, B).reshape(len(A) * len(B), -1)


def Diag(x: Array) -> Array:
    """The diagonal matrix of a column."""
    return x * np.eye(len(x))


def sigmoid(x: Array) -> Array:
    """1/(1 + exp(−x)), entry by entry."""
    return 1 / (1 + np.exp(-x))


def relu(x: Array) -> Array:
    """The positive part, entry by entry; an imaginary part goes with the real one."""
    return np.where(np.real(x) > 0, x, 0)


def absolute(x: Array) -> Array:
    """The real absolute value, which has a continuation on either side of its kink."""
    return np.where(np.real(x) > 0, x, -x)


HELPERS: Mapping[str, Callable[..., Any]] = {
    **{name: getattr(np, name) for name in ["exp", "log", "sin", "cos", "tanh", "sqrt"]},
    "abs": absolute, "absolute": absolute, "array": np.array, "sigmoid": sigmoid, "relu": relu,
    "tr": trace, "det": np.linalg.det, "inv": np.linalg.inv,
    "power": np.linalg.matrix_power, "expm": linalg.expm, "logm": linalg.logm,
    "sinm": linalg.sinm, "cosm": linalg.cosm, "tril": np.tril, "triu": np.triu,
    "total": np.sum, "norm": lambda A: np.sqrt(np.sum(A * A)), "kron": kron,
    "vec": lambda A: A.T.reshape(-1, 1), "Diag": Diag, "diag": lambda A: np.diag(A)[:, None],
    "eye": np.eye, "ones": lambda n: np.ones((n, 1)),
    "logsumexp": lambda x: np.log(np.sum(np.exp(x))),
    "softmax": lambda x: np.exp(x) / np.sum(np.exp(x)),
}  # fmt: skip
"""What may be called in the last column of the file."""

NOT_ANALYTIC = {"logm", "sinm", "cosm"}  # SciPy rounds away a tiny imaginary part

_BINARY: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Pow: operator.pow, ast.MatMult: operator.matmul,
}  # fmt: skip


@cache
def _tree(source: str) -> ast.expr:
    return ast.parse(source, mode="eval").body


def evaluate(source: str, names: Values) -> Array:
    """The value of an expression in NumPy: sums, products, ``.T`` and the helpers, no more.

    >>> evaluate("tr(A @ A.T) / 2", {"A": np.array([[3.0, 4.0]])})
    np.float64(12.5)
    """
    return _value_of(_tree(source), names)


def _value_of(node: ast.AST, names: Values) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value_of(operand, names)
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_value_of(left, names), _value_of(right, names))
        case ast.Attribute(value=inner, attr="T"):
            return _value_of(inner, names).T
        case ast.Call(func=ast.Name(id=name), args=args):
            return HELPERS[name](*[_value_of(a, names) for a in args])
        case ast.List(elts=entries):
            return [_value_of(entry, names) for entry in entries]
    raise TypeError(f"{ast.dump(node)} does not belong in the corpus")


def function(row: Row, trial: int, at: Values) -> Array:
    """The value of the row's function: a number, or an array of two axes."""
    value = np.asarray(evaluate(row.numpy, {**SIZES[trial], **at}))
    return value[0, 0] if value.shape == (1, 1) else value[()]


# ── its derivative ────────────────────────────────────────────────────────────────────────────────


def derivative(row: Row, trial: int, at: Values) -> Array:
    """All the derivatives in the order of the shape law; columns and rows have one axis."""
    by = at[row.wrt]
    changes = {index: _change(row, trial, at, move) for index, move in _moves(by, row.structure)}
    still = np.zeros_like(function(row, trial, at))
    parts = [changes.get(index, still) for index in np.ndindex(np.shape(by))]
    # The axes of f come first, those of x last.
    whole = np.stack(parts, axis=-1)
    return whole.reshape(law_shape(still) + law_shape(by))


def law_shape(value: Array) -> tuple[int, ...]:
    """The axes of a value in the shape law.

    >>> law_shape(np.ones((4, 1))), law_shape(np.ones((4, 2))), law_shape(2.0)
    ((4,), (4, 2), ())
    """
    shape = np.shape(value)
    return tuple(side for side in shape if side > 1) if 1 in shape else shape


def _moves(by: Array, structure: str | None) -> Iterator[tuple[tuple[int, ...], Array]]:
    """The entries that can move, each with the move of all that is tied to it."""
    for index in np.ndindex(np.shape(by)):
        move = np.zeros(np.shape(by))
        move[index] = 1
        if structure == "symmetric":
            move[index[::-1]] = 1
        elif not TIED[structure](move).any():
            continue
        yield index, move


def _change(row: Row, trial: int, at: Values, move: Array) -> Array:
    """The derivative along one move."""

    def moved(step: complex) -> Array:
        return function(row, trial, {**at, row.wrt: at[row.wrt] + step * move})

    if NOT_ANALYTIC & set(re.findall(r"\w+", row.numpy)):
        return extrapolated(moved)
    return np.imag(moved(1j * IMAGINARY_STEP)) / IMAGINARY_STEP


def extrapolated(f: Callable[[float], Array], step: float = STEP, rounds: int = 5) -> Array:
    """The derivative of f at 0 by central differences, extrapolated to step 0 (Richardson).

    >>> round(float(extrapolated(np.exp)), 12)
    1.0
    """
    steps = [step / 2**i for i in range(rounds)]
    table = [np.real((f(h) - f(-h)) / (2 * h)) for h in steps]
    for order in range(1, rounds):
        factor = 4.0**order
        table = [(factor * fine - coarse) / (factor - 1) for coarse, fine in pairwise(table)]
    return table[0]


def by_differences(row: Row, trial: int, at: Values) -> Array:
    """The derivative once more, by real differences alone."""
    by = at[row.wrt]

    def along(move: Array) -> Array:
        return extrapolated(lambda step: function(row, trial, {**at, row.wrt: by + step * move}))

    changes = {index: along(move) for index, move in _moves(by, row.structure)}
    still = np.zeros_like(function(row, trial, at))
    parts = [changes.get(index, still) for index in np.ndindex(np.shape(by))]
    return np.stack(parts, axis=-1).reshape(law_shape(still) + law_shape(by))
