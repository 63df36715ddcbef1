"""Answers that are shapes: m × n, or the axes of an array of more than two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from calc_core.errors import InputError
from calc_core.exercises.exercise import Field
from calc_core.exercises.verdict import Verdict, diagnosis, judged, right
from calc_core.matrix.layouts import is_column, public_shape
from calc_core.shapes import Shape, times

BY_SHAPE = "by the shape law"
_AXIS = re.compile(r"[0-9]+|[A-Za-z]+")
# What may stand between the axes, beside blanks and brackets.
_SIGN = re.compile(r"\\times|\\cdot|\\left|\\right|\bby\b|[×x*·,(){}\[\]\s]")
MOST_AXES = 8

Axes = tuple[str, ...]


@dataclass(frozen=True)
class ShapeAnswer:
    """The shape of the derivative of f by x is asked for.

    ``of``, ``by``  the shapes of f and x: () of a scalar, (n, 1) of a column, (m, n) of a matrix.

    An answer is m × n, (m, n) or m by n; brackets inside do not matter.

    >>> ShapeAnswer(("m", "n"), ("p", "q")).grade("(m×n)×(p×q)").is_right
    True
    """

    of: Shape
    by: Shape

    @property
    def axes(self) -> Axes:
        """The axes of the derivative by the shape law."""
        return _names(public_shape(self.of) + public_shape(self.by))

    @property
    def written(self) -> Axes:
        """As they are written: a gradient as a row 1 × n, a column as n × 1."""
        if not self.of and is_column(self.by):
            return ("1", *self.axes)
        return (*self.axes, "1") if is_column(self.of) and not self.by else self.axes

    @property
    def field(self) -> Field:
        """A line."""
        return Field("formula", tuple(dict.fromkeys(a for a in self.axes if a.isalpha())))

    def text(self) -> str:
        """The right shape."""
        return " × ".join(self.written)

    def latex(self) -> str:
        """The right shape in LaTeX."""
        return r" \times ".join(self.written)

    def grade(self, text: str) -> Verdict:
        """What is to be said of an answer.  Raises InputError for what is no shape."""
        given = _read(text)
        return replace(self._judged(given), read=r" \times ".join(given))

    def _judged(self, given: Axes) -> Verdict:
        if given in (self.axes, self.written):
            return right(BY_SHAPE)
        mistake = next((m for m, axes in self._tempting() if given == axes), None)
        if mistake is None:
            same = sorted(given) == sorted(self.axes)
            mistake = "axes-order" if same else "shape-not-by-law"
        return judged(diagnosis(mistake))

    def _tempting(self) -> Iterator[tuple[str, Axes]]:
        f, x = _names(public_shape(self.of)), _names(public_shape(self.by))
        if not f:
            yield "column-for-row" if len(x) == 1 else "matrix-transposed", (*x[::-1], "1")[:2]
        if f and x:
            yield ("jacobian-transposed" if len(f) == len(x) == 1 else "shapes-exchanged"), x + f
            yield "shape-of-variable-missing", f
            yield "shape-of-function-missing", x
            yield "axes-multiplied", _names((times(*self.of), times(*self.by)))
        yield "shape-of-variable-missing", _names(self.of)
        yield "shape-of-function-missing", _names(self.by)


def _names(shape: Shape) -> Axes:
    return tuple(str(extent) for extent in shape)


def _read(text: str) -> Axes:
    if not text.strip():
        raise InputError("Nothing has been typed yet.", hint="Type a shape, such as m × n.")
    rest = _SIGN.sub(" ", text)
    axes = [_axis(part) for part in rest.split()]
    if not axes or len(axes) > MOST_AXES or None in axes:
        raise InputError("This is no shape.", hint="Type it as m × n.")
    return tuple(str(axis) for axis in axes)


def _axis(part: str) -> str | None:
    """An extent: a number or a letter; several letters are a product, as in mn × pq."""
    pieces = _AXIS.findall(part)
    if "".join(pieces) != part:
        return None
    factors = [f for piece in pieces for f in ((piece,) if piece.isdigit() else piece)]
    return str(times(*factors))
