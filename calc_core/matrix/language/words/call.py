"""A word with its arguments, and what a row of the table of words is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calc_core.graph import Node
from calc_core.matrix.language.extents import Extent
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.vocabulary import spelled

if TYPE_CHECKING:
    from calc_core.matrix.language.reader import Reader


@dataclass(frozen=True, slots=True)
class Call:
    """A word with its arguments."""

    reader: Reader
    tree: Tree

    @property
    def scope(self) -> Scope:
        """The names of the text."""
        return self.reader.scope

    @property
    def name(self) -> str:
        """The word as the person wrote it."""
        return spelled(self.reader.text, self.tree.start, self.tree.data)

    def term(self, i: int) -> Term:
        """The argument at this place."""
        return self.reader.term(self.tree.args[i])

    def terms(self) -> list[Term]:
        """All arguments."""
        return [self.reader.term(arg) for arg in self.tree.args]

    def error(self, message: str, hint: str = "") -> Exception:
        """An error at the word."""
        return self.scope.error(self.tree, message, hint)

    def made(self, rows: Extent, columns: Extent, build: Callable[[], Node]) -> Term:
        """The result."""
        return Term(rows, columns, build, self.tree)

    def column(self, a: Term) -> None:
        """Makes sure that the argument is a column."""
        if not a.is_column:
            raise self.scope.error(
                a.tree,
                f"{self.name} needs a column vector, and {self.scope.source(a.tree)} is "
                f"{self.scope.shown(a)}.",
                "A small letter such as x is a column vector.",
            )


@dataclass(frozen=True, slots=True)
class Word:
    """One word: how many arguments it takes, and what it makes of them."""

    least: int
    most: int
    read: Callable[[Call], Term]
