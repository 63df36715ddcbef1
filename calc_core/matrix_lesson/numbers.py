"""A derivative at the reader's own small matrices, each of its entries read in three ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np

from calc_core.errors import InputError
from calc_core.graph import DIV, NUM, SERIES, SYM, Node, num, rebuild
from calc_core.matrix.derivation import MatrixDerivation
from calc_core.matrix.evaluate import given as reader_of
from calc_core.matrix.gradient import derive
from calc_core.matrix.layouts import SHAPE_LAW, arranged, is_vectorised, public_shape
from calc_core.matrix.nodes import DELTA, EXTENT, SUBSCRIPT, delta, subscript, symbol_of
from calc_core.matrix.numbers import Numbers
from calc_core.matrix.oracle import directions, slope
from calc_core.matrix_lesson.question import Question
from calc_core.matrix_lesson.study import entry_symbol
from calc_core.matrix_lesson.values import candidates, typed, written
from calc_core.printing import Latex, Text

Array = Any
#: Indices counted from 1: two of a matrix, one of a vector, none of a number.
Place = tuple[int, ...]
#: The largest table that is shown.
MOST_ENTRIES = 1600
# Of values to begin with: the two ways to the derivative agree, and nothing is too large to read.
CLOSE, READABLE = 1e-5, 1e4
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True, slots=True)
class MatrixNumbers:
    """The derivative at numbers.

    ``values``       of every letter, as they would be typed;
    ``function``     the value of f;
    ``table``        the derivative as a matrix of numbers, in the order of the shape law while that
                     has no more than two axes, else the Jacobian of the vecs (``by_vec``);
    ``rows``, ``columns``  what each row and column belongs to, such as f₁₂ and X₂₁, or numbers;
    ``places``       for each cell the indices of f and of X;
    ``differences``  the same table by differences of f alone; ``apart`` the largest difference.
    """

    values: dict[str, str]
    function: Array
    table: Array
    by_vec: bool
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    places: tuple[tuple[tuple[Place, Place], ...], ...]
    differences: Array
    apart: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a derivative, read in three ways.

    ``symbol``    ∂f₁₂/∂X₃₁ in LaTeX; ``f``, ``x`` the two entries as text;
    ``formula``   its formula with the indices put in, in LaTeX, or nothing if there is none;
    ``put_in``    the same with the entries' numbers, or nothing if they are too many;
    ``in_vecs``   its row and column, counted from 1, in ∂vec f/∂vec X; ``shape`` of that;
    ``value``     its number; ``by_formula`` the same from the formula, None without one;
    ``by_differences``  the same from values of f alone.
    """

    symbol: str
    f: str
    x: str
    formula: str
    put_in: str
    in_vecs: tuple[int, int]
    shape: tuple[int, int]
    value: float
    by_formula: float | None
    by_differences: float


def starting_values(question: Question, chosen: Mapping[str, str] | None = None) -> dict[str, str]:
    """Small values for every letter at which the derivative exists; typed ones are kept.

    Raises InputError where those do not fit.
    """
    tried = _Tried(derive(question.problem()), chosen or {})
    return {name: written(value) for name, value in tried.values.items()}


def numbers_of(question: Question, chosen: Mapping[str, str] | None = None) -> MatrixNumbers:
    """The derivative at values that are typed, the others at good ones.  Raises InputError.

    >>> found = numbers_of(Question("A x"), {"A": "1 2; 3 4"})
    >>> found.rows, found.columns, found.table.tolist()
    (('f₁', 'f₂'), ('x₁', 'x₂'), [[1.0, 2.0], [3.0, 4.0]])
    """
    return _Tried(derive(question.problem()), chosen or {}).numbers()


def entry_of(question: Question, chosen: Mapping[str, str], f: Place, x: Place) -> Entry:
    r"""The entry ∂f/∂X at indices of f and of X.  Raises InputError.

    >>> entry = entry_of(Question("A X"), {"A": "1 2; 3 4"}, (2, 1), (1, 1))
    >>> entry.symbol, entry.formula, entry.value
    ('\\frac{\\partial f_{21}}{\\partial X_{11}}', '\\delta_{11}\\,A_{21}', 3.0)
    """
    return _Tried(derive(question.problem()), chosen).entry(f, x)


class _Tried:
    """A derivation and the numbers at which it is tried."""

    def __init__(self, derivation: MatrixDerivation, chosen: Mapping[str, str]) -> None:
        self.derivation = derivation
        self.problem = derivation.problem
        self.symbols = tuple(map(symbol_of, self.problem.symbols))
        self.given = {
            s.name: typed(Text().symbol(s.name), chosen[s.name], s.shape)
            for s in self.symbols
            if chosen.get(s.name, "").strip()
        }
        self.values = self._good_values()

    def _good_values(self) -> dict[str, Array]:
        """The plainest values that will do; the plainest ones of all if none does."""
        drawn = candidates(self.symbols, symbol_of(self.problem.wrt), self.given)
        first = next(drawn)
        if len(self.given) == len(self.symbols):
            return first
        for self.values in (first, *drawn):
            if self._are_good():
                return self.values
        return first

    def _are_good(self) -> bool:
        self.__dict__.pop("at", None)
        try:
            exact, rough = self.derivative(), self.by_differences()
        except (InputError, np.linalg.LinAlgError):
            return False
        finally:
            self.__dict__.pop("at", None)
        size = float(np.abs(exact).max())
        return size < READABLE and bool(np.abs(exact - rough).max() <= CLOSE * (1 + size))

    # ── values ────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def at(self) -> Numbers:
        """The reader of f and of the formulas of entries at the values."""
        return reader_of(self.problem.node, self.values, self.symbols)

    def derivative(self) -> Array:
        """The derivative by the shape law."""
        return np.asarray(self.derivation.evaluate(self.values))

    def by_differences(self) -> Array:
        """The same from values of f alone; what is not defined near by is nan."""
        f, x = self.problem.node, self.problem.wrt
        extents = self.at.extents(f.shape)
        with np.errstate(all="ignore"):
            slopes = [
                np.broadcast_to(slope(self.at, f, symbol_of(x).name, along), extents)
                for along in directions(x, self.at.extents(x.shape))
            ]
        return np.stack(slopes, axis=-1).reshape(self._extents(f) + self._extents(x))

    def _extents(self, u: Node) -> tuple[int, ...]:
        """The extents by the shape law."""
        return self.at.extents(public_shape(u.shape))

    # ── the table ─────────────────────────────────────────────────────────────────────────────────

    def numbers(self) -> MatrixNumbers:
        """All numbers at once."""
        f, x = self.problem.node, self.problem.wrt
        self._refuse_large()
        exact, rough = self._laid_out(self.derivative()), self._laid_out(self.by_differences())
        of_f, of_x = _places(self._extents(f)), _places(self._extents(x))
        by_vec = is_vectorised(f.shape, x.shape)
        pairs = [[(p, q) for q in of_x] for p in of_f] if by_vec else self._shaped(of_f, of_x)
        rows, columns = self._labels(exact.shape, of_f, of_x)
        return MatrixNumbers(
            values={name: written(value) for name, value in self.values.items()},
            function=self.at.full(f),
            table=exact,
            by_vec=len(self._extents(f) + self._extents(x)) > 2,
            rows=tuple(rows),
            columns=tuple(columns),
            places=tuple(map(tuple, pairs)),
            differences=rough,
            apart=float(np.abs(exact - rough).max()),
        )

    def _labels(
        self, shape: tuple[int, ...], of_f: list[Place], of_x: list[Place]
    ) -> tuple[list[str], list[str]]:
        """What the rows and the columns of the table belong to."""
        f_names, x_names = [*map(self._of_f, of_f)], [*map(self._of_x, of_x)]
        if shape == (len(of_f), len(of_x)):
            return f_names, x_names
        if shape == (len(of_x), len(of_f)):
            return x_names, f_names
        rows, columns = ([str(k + 1) for k in range(count)] for count in shape)
        return rows, columns

    def _refuse_large(self) -> None:
        count = prod(self._extents(self.problem.node) + self._extents(self.problem.wrt))
        if count > MOST_ENTRIES:
            raise InputError(
                f"The derivative would have {count} numbers, too many for a table.",
                hint="Try smaller matrices.",
            )

    def _laid_out(self, derivative: Array) -> Array:
        f, x = self.problem.node.shape, self.problem.wrt.shape
        return np.atleast_2d(arranged(derivative, f, x, SHAPE_LAW))

    def _shaped(self, of_f: list[Place], of_x: list[Place]) -> list[list[tuple[Place, Place]]]:
        """The places in a table of the shape of the one that is no number."""
        if len(of_f) == len(of_x) == 1:
            return [[(of_f[0], of_x[0])]]
        table = np.empty(len(of_f) * len(of_x), dtype=object)
        table[:] = list(product(sorted(of_f), sorted(of_x)))
        shape = self._extents(self.problem.node) + self._extents(self.problem.wrt)
        laid_out = self._laid_out(table.reshape(shape))
        return [list(row) for row in laid_out]

    def _of_f(self, place: Place) -> str:
        return named("f", place)

    def _of_x(self, place: Place) -> str:
        return named(symbol_of(self.problem.wrt).name, place)

    # ── one entry ─────────────────────────────────────────────────────────────────────────────────

    def entry(self, f: Place, x: Place) -> Entry:
        """The entry at these indices."""
        of_f, of_x = (_places(self._extents(u)) for u in (self.problem.node, self.problem.wrt))
        if f not in of_f or x not in of_x:
            raise InputError("There is no such entry in a derivative of this size.")
        formula, put_in, by_formula = self._formula(f, x)
        where = tuple(k - 1 for k in f + x)
        return Entry(
            symbol=entry_symbol(self.problem, tuple(map(str, f)), tuple(map(str, x))),
            f=self._of_f(f),
            x=self._of_x(x),
            formula=formula,
            put_in=put_in,
            in_vecs=(of_f.index(f) + 1, of_x.index(x) + 1),
            shape=(len(of_f), len(of_x)),
            value=float(self.derivative()[where]),
            by_formula=by_formula,
            by_differences=float(self.by_differences()[where]),
        )

    def _formula(self, f: Place, x: Place) -> tuple[str, str, float | None]:
        """The formula with its indices, with its numbers, and its value."""
        try:
            form = self.derivation.index_form
        except InputError:
            return "", "", None
        indices = dict(zip(form.f + form.x, f + x, strict=True))
        at = Numbers(self.at.values, self.at.sizes, indices=indices)
        here = _with_indices(form.node, {letter: str(k) for letter, k in indices.items()})
        with np.errstate(all="ignore"):
            value = float(at(form.node))
            numbers = _with_numbers(here, at)
        put_in = Latex(decimal=True)(numbers) if numbers is not None and numbers.args else ""
        return Latex(decimal=self.problem.decimal)(here), put_in, value


def _with_indices(u: Node, letters: Mapping[str, str]) -> Node:
    """The formula with numbers for the letters of its indices."""
    if u.op == SUBSCRIPT:
        return subscript(u.args[0], *[letters.get(letter, letter) for letter in u.data])
    if u.op == DELTA:
        i, j = (letters.get(letter, letter) for letter in u.data)
        return delta(i, j)
    return rebuild(u, tuple([_with_indices(a, letters) for a in u.args])) if u.args else u


def _with_numbers(u: Node, at: Numbers) -> Node | None:
    """The formula with a number for each entry; None where it is a sum over an index."""
    if u.op == SERIES:
        return None
    if u.op in (SUBSCRIPT, DELTA, SYM, EXTENT) or any(a.shape for a in u.args):
        value = float(at(u))
        return num(Fraction(f"{value:.4g}")) if np.isfinite(value) else None
    parts = [_with_numbers(a, at) for a in u.args]
    if not u.args or None in parts:
        return None if u.args else u
    numbers = [part for part in parts if part is not None]
    if u.op == DIV and all(part.op == NUM for part in numbers):
        top, bottom = (part.data for part in numbers)
        return num(Fraction(top) / Fraction(bottom)) if bottom else None
    return rebuild(u, tuple(numbers))


def _places(extents: tuple[int, ...]) -> list[Place]:
    """All indices in the order of vec: the first one runs fastest.

    >>> _places((2, 2))
    [(1, 1), (2, 1), (1, 2), (2, 2)]
    """
    backwards = product(*[range(1, extent + 1) for extent in reversed(extents)])
    return [place[::-1] for place in backwards]


def named(letter: str, place: Place) -> str:
    """An entry as text: X₂₁, or X[2, 11] where the numbers could run together."""
    letter = Text().symbol(letter)
    if not place:
        return letter
    if "₀" <= letter[-1] <= "₉" or max(place) > 9:
        return f"{letter}[{', '.join(map(str, place))}]"
    return letter + "".join(map(str, place)).translate(_BELOW)
