"""What checking a person's working asks of the language that it is written in."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from calc_core.exercises.verdict import Verdict
from calc_core.graph import Node
from calc_core.parse.working_line import Statement


class Language(Protocol):
    """Lines of working on one exercise: how they are read, compared and explained."""

    @property
    def goal(self) -> Node:
        """What every line of the main thread is equal to: the right answer."""

    def read(self, line: str) -> tuple[Statement, ...]:
        """The statements of a line.  Raises InputError for what cannot be read."""

    @property
    def readings(self) -> int:
        """In how many ways a derivative can be meant; the last is the usual one."""

    def meaning(self, node: Node, column: int, reading: int = 0) -> Node:
        """A side with every name in it replaced by what it stands for.

        Raises InputError, at the column, where a name has no meaning or shapes do not fit.
        """

    def define(self, letter: str, value: Node) -> None:
        """Give a letter a meaning for the lines that follow."""

    def may_be_defined(self, letter: str) -> bool:
        """Whether a letter has no meaning yet."""

    def same(self, left: Node, right: Node) -> bool:
        """Whether two sides, inert derivatives in them included, are equal."""

    def accepts(self, text: str) -> bool:
        """Whether a side is right as an answer, though it is not equal to the goal everywhere."""

    def at_point(self, node: Node) -> Node | None:
        """A side taken at the point that the exercise is about; None where there is no point."""

    def names_goal(self, node: Node) -> bool:
        """Whether a side is the name of what is asked for, and no step towards it."""

    def about(self, node: Node) -> str:
        """What a side names, in LaTeX, if that is something else than what is asked for."""

    def is_given(self, left: Node, right: Node) -> bool:
        """Whether left = right is an equation that the exercise itself gives."""

    def is_open(self, node: Node) -> bool:
        """Whether something in a side is still to be worked out."""

    def part_of_goal(self, node: Node) -> bool:
        """Whether a side is one of the entries of the goal, or what it is made from."""

    def explain(self, before: Node | None, given: Node) -> Verdict:
        """Why a side does not follow from the one before; from the goal, where there is none."""

    def latex(self, node: Node) -> str:
        """A side in LaTeX."""


@runtime_checkable
class HasLanguage(Protocol):
    """An answer that knows the language in which the way to it is written."""

    def language(self) -> Language:
        """A language for one sheet of working, with no letter defined yet."""
