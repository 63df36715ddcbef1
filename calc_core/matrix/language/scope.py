"""Names, their shapes, and how to tell a person what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from calc_core import shapes
from calc_core.errors import InputError
from calc_core.expression import Note
from calc_core.graph import ONE, Node, num
from calc_core.matrix import nodes
from calc_core.matrix.language.declare import Declared
from calc_core.matrix.language.extents import Extent, Extents, Unknown, is_one
from calc_core.matrix.language.tree import (
    BARS,
    CALL,
    DOTTED_CALL,
    LITERAL,
    NAME,
    NUMBER,
    TRANSPOSED,
    Tree,
)
from calc_core.parse import limits

_SHOWN_AT_MOST = 24


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A piece of the form with its shape; ``build`` makes its node once all shapes are known.

    ``factors`` are those of a product that is still open, as 2·A is in 2·A·x.
    """

    rows: Extent
    columns: Extent
    build: Callable[[], Node]
    tree: Tree
    factors: tuple[Term, ...] = ()

    @property
    def is_scalar(self) -> bool:
        """Whether this is a number."""
        return is_one(self.rows) and is_one(self.columns)

    @property
    def is_column(self) -> bool:
        """Whether this is a column vector."""
        return is_one(self.columns) and not is_one(self.rows)

    @property
    def is_row(self) -> bool:
        """Whether this is a row."""
        return is_one(self.rows) and not is_one(self.columns)

    @property
    def is_matrix(self) -> bool:
        """Whether this is neither a number nor a vector."""
        return not is_one(self.rows) and not is_one(self.columns)


@dataclass(slots=True)
class Symbol:
    """A name and its shape."""

    name: str
    rows: Extent
    columns: Extent
    traits: tuple[str, ...] = ()


@dataclass(slots=True)
class Sayings:
    """What is said about the names, by the person or by their places in the text."""

    shapes: Mapping[str, Declared] = field(default_factory=dict)
    traits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named: frozenset[str] = frozenset()  # names that mean themselves: I, e
    scalars: frozenset[str] = frozenset()
    vectors: frozenset[str] = frozenset()
    extents: frozenset[str] = frozenset()


class Scope:
    """All names of one text."""

    def __init__(self, text: str, said: Sayings, notes: list[Note]) -> None:
        self.text = text
        self.said = said
        self.notes = notes
        self.extents = Extents()
        self.growth = limits.Growth()
        self.symbols: dict[str, Symbol] = {}
        self.loose: list[Extent] = []  # extents of what has no name, such as I
        self.in_trace = False
        self.wrt = ""

    # Names

    def symbol(self, name: str) -> Symbol:
        """The symbol of this name."""
        known = self.symbols.get(name)
        if known is None:
            known = self.symbols[name] = self._new_symbol(name)
        return known

    def _new_symbol(self, name: str) -> Symbol:
        declared = self.said.shapes.get(name) or Declared(self._kind(name))
        given = [self.given(extent) for extent in declared.extents]
        rows, columns = _OF_KIND[declared.kind](given)
        traits = self.said.traits.get(name, ())
        if traits and not self.extents.same(rows, columns):
            raise InputError(
                f"{name} is said to be {' and '.join(traits) or 'square'}, but it is not square.",
                None,
                "Only a square matrix can be that.",
            )
        own = tuple([trait for trait in traits if trait in nodes.TRAITS])
        return Symbol(name, rows, columns, own)

    def given(self, extent: int | str) -> Unknown:
        """A declared extent: numbers count as declared, even 1."""
        if isinstance(extent, int):
            return Unknown(number=extent)
        return self.extents.letter(extent)

    def _kind(self, name: str) -> str:
        letter = name.partition("_")[0]
        if name in self.said.scalars:
            return "scalar"
        if name in self.said.vectors:
            return "vector"
        if letter[0].isupper():
            return "matrix"
        return "vector" if len(letter) == 1 else "scalar"

    def node(self, name: str) -> Node:
        """The node of a symbol, once the shapes are known."""
        known = self.symbols[name]
        shape = shapes.matrix_shape(self.value(known.rows), self.value(known.columns))
        return nodes.matrix(name, shape, known.traits)

    # Extents

    def same(self, a: Extent, b: Extent) -> bool:
        """Makes two extents equal; False if they cannot be."""
        return self.extents.same(a, b)

    def value(self, extent: Extent) -> shapes.Extent:
        """What an extent has turned out to be."""
        return self.extents.value(extent)

    def unknown(self) -> Unknown:
        """An extent that belongs to no name."""
        extent = Unknown()
        self.loose.append(extent)
        return extent

    def as_number(self, extent: Extent) -> Node:
        """An extent as a number in a formula."""
        value = self.value(extent)
        return (
            (num(value) if value != 1 else ONE) if isinstance(value, int) else nodes.extent(value)
        )

    def name_extents(self) -> None:
        """Gives a letter to every extent without one, those of what moves first."""
        first = [self.symbols[self.wrt]] if self.wrt in self.symbols else []
        groups: list[list[Extent]] = [[s.rows, s.columns] for s in first]
        groups += [[s.rows, s.columns] for s in self.symbols.values()]
        groups += [[extent] for extent in self.loose]
        self.extents.name(groups, set(self.symbols))

    # What to tell a person

    def source(self, tree: Tree) -> str:
        """The text of a piece, shortened if it is long."""
        end = min(tree.end, tree.start + 4 * _SHOWN_AT_MOST)
        piece = " ".join(self.text[tree.start : end].split())
        return piece if len(piece) <= _SHOWN_AT_MOST else piece[:_SHOWN_AT_MOST] + "…"

    def factor(self, tree: Tree) -> str:
        """The text of a piece as it stands in a product: in brackets if need be."""
        shown = self.source(tree)
        simple = tree.bracketed or tree.op in (
            NAME,
            CALL,
            DOTTED_CALL,
            NUMBER,
            TRANSPOSED,
            BARS,
            LITERAL,
        )
        return shown if simple else f"({shown})"

    def transposed(self, tree: Tree) -> str:
        """The text of the transpose of a piece."""
        return self.source(tree.args[0]) if tree.op == TRANSPOSED else f"{self.factor(tree)}'"

    def shown(self, term: Term) -> str:
        """The shape of a term for a message: n×1, or a number."""
        if term.is_scalar:
            return "a number"
        self.name_extents()
        return f"{self.value(term.rows)}×{self.value(term.columns)}"

    def note(self, tree: Tree, message: str) -> None:
        """Tells a choice between two readings."""
        self.notes.append(Note(tree.start, message))

    def error(self, tree: Tree, message: str, hint: str = "") -> InputError:
        """An error at a piece of the text."""
        return InputError(message, tree.start, hint)

    def square(self, term: Term, what: str) -> None:
        """Makes sure that a term is a square matrix; ``what`` needs it."""
        if not self.same(term.rows, term.columns):
            shape = self.shown(term)
            kind = "a vector" if term.is_column or term.is_row else "not square"
            raise self.error(
                term.tree,
                f"{what} needs a square matrix, and {self.source(term.tree)} ({shape}) is {kind}.",
                "Check the shapes, or write the product that is meant.",
            )

    def equal_shapes(self, a: Term, b: Term, what: str, hint: str = "") -> None:
        """Makes two shapes equal; ``what`` is the plural of what they are: terms, factors."""
        if not (self.same(a.rows, b.rows) and self.same(a.columns, b.columns)):
            first, second = self.shown(a), self.shown(b)
            raise self.error(
                b.tree,
                f"The {what} {self.source(a.tree)} ({first}) and {self.source(b.tree)} ({second}) "
                "have different shapes.",
                hint or "Both must have the same rows and columns.",
            )


def _column(given: list[Unknown]) -> tuple[Extent, Extent]:
    return (given[0] if given else Unknown()), 1


def _row(given: list[Unknown]) -> tuple[Extent, Extent]:
    return 1, (given[0] if given else Unknown())


def _any(given: list[Unknown]) -> tuple[Extent, Extent]:
    return (given[0], given[1]) if given else (Unknown(), Unknown())


def _square(given: list[Unknown]) -> tuple[Extent, Extent]:
    extent = given[0] if given else Unknown()
    return extent, extent


_OF_KIND: dict[str, Callable[[list[Unknown]], tuple[Extent, Extent]]] = {
    "scalar": lambda _: (1, 1),
    "vector": _column,
    "row": _row,
    "matrix": _any,
    "square": _square,
}
