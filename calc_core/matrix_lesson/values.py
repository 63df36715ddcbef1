"""Small matrices as a reader types them, and good ones to begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice, permutations
from typing import Any

import numpy as np

from calc_core.errors import InputError
from calc_core.graph import Symbol
from calc_core.matrix.layouts import is_column, is_row
from calc_core.matrix.numbers import sizes_of
from calc_core.shapes import Extent, Shape, measure

Array = Any
#: No matrix that is tried here is longer or wider.
LARGEST = 8
# By the letters of the extents in turn: different where that leaves everything small.
SIZES = (2, 3, 4)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?:/\d+(?:\.\d*)?)?")
_HOW = "Write the rows one after the other, as 1 2; 3 4."


# ── typed ─────────────────────────────────────────────────────────────────────────────────────────


def typed(name: str, text: str, shape: Shape) -> Array:
    """The value of a letter as an array of its shape.  Raises InputError.

    >>> typed("X", "[[1, 2], [3, 4]]", ("m", "n")).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    >>> typed("X", "1 2; 3 1/2", ("m", "n")).tolist(), typed("a", "1, 2", ("n", 1)).tolist()
    ([[1.0, 2.0], [3.0, 0.5]], [[1.0], [2.0]])
    """
    rows = _rows(name, text)
    if not shape:
        if len(rows) > 1 or len(rows[0]) > 1:
            raise InputError(f"{name} is a number; here it has several.", hint="Write just one.")
        return np.float64(rows[0][0])
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        said = ", ".join(str(len(row)) for row in rows)
        raise InputError(f"The rows of {name} have different lengths: {said}.", hint=_HOW)
    if is_column(shape) and len(rows) == 1:
        rows = [[x] for x in rows[0]]
    elif is_row(shape) and widths == {1}:
        rows = [[row[0] for row in rows]]
    if max(len(rows), len(rows[0])) > LARGEST:
        raise InputError(f"{name} is too large to be shown here.", hint=f"Use up to {LARGEST}.")
    return np.array(rows, dtype=np.float64)


def _rows(name: str, text: str) -> list[list[float]]:
    plain = text.replace("−", "-").strip()
    # Rows in brackets, as NumPy and Python write them.
    plain = re.sub(r"([\])])\s*,?\s*([\[(])", r"\1;\2", plain)
    inside = re.sub(r"[\[\]()]", " ", plain)
    rows = [row.replace(",", " ").split() for row in re.split(r"[;\n]", inside)]
    rows = [row for row in rows if row]
    if not rows:
        raise InputError(f"{name} has no numbers.", hint=_HOW)
    return [[_number(name, word) for word in row] for row in rows]


def _number(name: str, word: str) -> float:
    shown = word if len(word) <= 16 else f"{word[:16]}…"
    if len(word) > 24 or not _NUMBER.fullmatch(word):
        raise InputError(f"“{shown}” in {name} is not a number.", hint=_HOW)
    top, _, bottom = word.partition("/")
    if bottom and float(bottom) == 0:
        raise InputError(f"“{shown}” in {name} divides by 0.")
    value = float(Fraction(top) / Fraction(bottom)) if bottom else float(top)
    if not abs(value) <= 1e6:
        raise InputError(f"“{shown}” in {name} is too large.", hint="Use numbers up to 10⁶.")
    return value


def written(value: Array) -> str:
    """An array as :func:`typed` reads it.

    >>> written(np.array([[1.0, 2.0], [3.0, 0.5]])), written(np.array([[1.0], [2.0]]))
    ('1 2; 3 0.5', '1 2')
    """
    rows = np.atleast_2d(value)
    if rows.shape[1] == 1:
        rows = rows.T
    return "; ".join(" ".join(f"{float(x) + 0.0:.6g}" for x in row) for row in rows)


# ── to begin with ─────────────────────────────────────────────────────────────────────────────────


def candidates(
    symbols: Iterable[Symbol], first: Symbol, given: Mapping[str, Array]
) -> Iterator[dict[str, Array]]:
    """Small values for all symbols that have none, the plainest ones first.

    The extents are those of the given values; ``first`` is the symbol whose extents come first.
    """
    everything = list(symbols)
    known = sizes_of(everything, given)
    for sizes in _sizes(everything, first, known):
        for kind in _KINDS:
            drawn = {
                s.name: _drawn(kind, tuple(measure(e, sizes) for e in s.shape), s.traits, k)
                for k, s in enumerate(everything)
            }
            yield {**drawn, **given}


def _sizes(
    symbols: list[Symbol], first: Symbol, known: Mapping[str, int]
) -> Iterator[dict[str, int]]:
    """Numbers for the letters of the extents, in a few orders."""
    extents: list[Extent] = [e for s in (first, *symbols) for e in s.shape]
    parts = dict.fromkeys(part for e in extents for part in str(e).split("*"))
    letters = [part for part in parts if not part.isdigit() and part not in known]
    for sizes in islice(permutations(SIZES), 0, None, 2):
        chosen = {letter: sizes[k % len(sizes)] for k, letter in enumerate(letters)}
        yield {**known, **chosen}
        if not letters:
            return


_MIXED, _DOMINANT, _POSITIVE, _SMALL, _ODD = "mixed", "dominant", "positive", "small", "odd"
_KINDS = (_MIXED, _DOMINANT, _POSITIVE, _SMALL, _ODD)
_ROW = {
    _MIXED: (3, 1, 2, 1, -1, 2, 0, 1, 3, -2, 1),
    _DOMINANT: (0, 1, 2, -1, 1, 0, 1, 2, -1),
    _POSITIVE: (1, 2, 1, 3, 2, 1, 1, 2, 4, 3),
    _SMALL: (0.1, 0.3, 0.2, 0.1, 0.4, 0.2, 0.5),
    _ODD: (1.5, -0.5, 0.7, 2.2, -1.3, 0.4),
}


def _drawn(kind: str, shape: tuple[int, ...], traits: tuple[str, ...], k: int) -> Array:
    """Numbers of a kind, different ones for each k."""
    row = _ROW[kind]
    if not shape:
        return np.float64(k % 3 + 2 if kind in (_MIXED, _DOMINANT, _POSITIVE) else row[k % 3])
    count = int(np.prod(shape))
    places = (2 * k + np.arange(count)) % len(row)
    value = np.array([row[place] for place in places], dtype=np.float64).reshape(shape)
    if shape[0] == shape[1]:
        if kind == _DOMINANT:
            value += np.diag(np.arange(len(value)) % 2 + 3.0)
        for trait in traits:
            value = _TRAITS[trait](value)
    return value


def _turned(value: Array) -> Array:
    """A matrix that is orthogonal: it exchanges the axes and turns one of them round."""
    turned = np.roll(np.eye(len(value)), 1, axis=0)
    turned[0] *= -1
    return turned


_TRAITS: Mapping[str, Callable[[Array], Array]] = {
    "symmetric": lambda value: np.triu(value) + np.triu(value, 1).T,
    "diagonal": lambda value: np.diag(np.diag(value)),
    "lower": np.tril,
    "upper": np.triu,
    "orthogonal": _turned,
}
