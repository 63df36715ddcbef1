"""One formula in two spellings: plain text for the keyboard, LaTeX for an editor that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from calc_core.errors import InputError
from calc_core.expression import Expression, Note
from calc_core.parse.definitions import Definitions, read_definitions
from calc_core.parse.reading import parse
from calc_core.printing import Latex, Text


class Understood(Protocol):
    """What comes of reading a text."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """Choices between customary readings."""


R = TypeVar("R", bound=Understood)


@dataclass(frozen=True, slots=True)
class Notation(Generic[R]):
    """How the texts of a language are read and written.

    ``read``     a text to what it means, or InputError;
    ``meaning``  of what was read: all that two spellings of one formula have in common;
    ``latex``, ``text``  ways to write it, the best first; not each must be read as it was meant.
    """

    read: Callable[[str], R]
    meaning: Callable[[R], object]
    latex: Callable[[R], Iterable[str]]
    text: Callable[[R], Iterable[str]]

    def to_latex(self, text: str) -> str | None:
        r"""LaTeX that means the same; None if the text cannot be read, or not be so written.

        >>> FORMULA.to_latex("x^2y/2")
        '\\frac{x^{2}\\,y}{2}'
        >>> FORMULA.to_latex("x^2 +") is None
        True
        """
        return self._same(text, self.latex)

    def to_text(self, latex: str) -> str | None:
        r"""Plain text that means the same; None likewise.

        >>> FORMULA.to_text(r"\frac{x^{2}y}{2}")
        'x²·y/2'
        """
        return self._same(latex, self.text)

    def notes(self, text: str) -> tuple[str, ...]:
        """What is to be said about the reading; nothing if there is none."""
        try:
            return tuple(note.message for note in self.read(text).notes)
        except InputError:
            return ()

    def _same(self, spelled: str, ways: Callable[[R], Iterable[str]]) -> str | None:
        try:
            read = self.read(spelled)
        except InputError:
            return None
        meaning = self.meaning(read)
        return next((way for way in ways(read) if self._means(way, meaning)), None)

    def _means(self, text: str, meaning: object) -> bool:
        try:
            return self.meaning(self.read(text)) == meaning
        except InputError:
            return False


def _meaning(f: Expression) -> object:
    return f.node, f.variables, f.constants, f.name, f.decimal


def _latex(f: Expression) -> Iterator[str]:
    to = Latex(decimal=f.decimal)
    body = to.column(f.components) if len(f.shape) == 1 else to(f.node)
    yield body
    names = ", ".join(map(to.symbol, f.variables))
    yield rf"{to.symbol(f.letter)}\left({names}\right) = {body}"
    yield f"{to.symbol(f.letter)} = {body}"


def _text(f: Expression) -> Iterator[str]:
    body = Text(decimal=f.decimal)(f.node)
    yield body
    yield f"{f.letter}({', '.join(f.variables)}) = {body}"
    yield f"{f.letter} = {body}"


#: Functions of real variables, as :func:`calc_core.parse` reads them.
FORMULA: Notation[Expression] = Notation(parse, _meaning, _latex, _text)


def _joined(ways: Callable[[Expression], Iterable[str]], d: Definitions) -> Iterator[str]:
    """Definitions by the last of the ways to write a function, which is with its bare name."""
    yield "; ".join(
        ", ".join(list(ways(function))[-1] for function in layer.values()) for layer in d.layers
    )


#: Functions that are given by name, as :func:`calc_core.parse.definitions.read_definitions` reads
#: them.
DEFINITIONS: Notation[Definitions] = Notation(
    read_definitions,
    lambda d: [[(name, _meaning(f)) for name, f in layer.items()] for layer in d.layers],
    partial(_joined, _latex),
    partial(_joined, _text),
)
