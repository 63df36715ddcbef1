"""The names of the rewrites, and what sums and products need of one another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache

from calc_core.graph import ZERO, Node, div

# Names of the rewrites, in the order in which a person would do them.
REWRITES = (
    "substitute",
    "matrix-product",
    "zero-one",
    "arithmetic",
    "powers",
    "brackets",
    "like-terms",
    "pythagoras",
    "compound-fraction",
    "absolute",
    "cancel",
    "factor",
    "values",
)

# Those of the algebra of matrices (:mod:`calc_core.matrix.tidy`).
MATRIX_REWRITES = (
    "transposes",
    "symmetry",
    "scalars-first",
    "identity-factors",
    "inverses",
    "orthogonal",
    "diagonals",
    "sum-of-products",
    "mixed-product",
    "vec-product",
    "own-transpose",
    "cyclic",
    "common-factors",
    "trace-of-outer",
)
_ALL = REWRITES + MATRIX_REWRITES
_BIT = {name: 1 << i for i, name in enumerate(_ALL)}


Signed = tuple[Node, int]


@cache
def names_of(mask: int) -> tuple[str, ...]:
    """The names of the rewrites in a mask."""
    return tuple(name for name in _ALL if mask & _BIT[name])


class Tidying(ABC):
    """Sums and products of tidy nodes, and a note of the rewrites used."""

    def __init__(self) -> None:
        self.used = 0

    def note(self, rewrite: str) -> None:
        """Remember that a rewrite was used."""
        self.used |= _BIT[rewrite]

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Work on the side, of which nothing is noted."""
        before = self.used
        yield
        self.used = before

    @abstractmethod
    def tidy(self, node: Node) -> Node:
        """The tidy form of any node."""

    @abstractmethod
    def sum(self, args: Sequence[Node]) -> Node:
        """The sum of tidy nodes."""

    @abstractmethod
    def powers(self, signed: Sequence[Signed]) -> Node:
        """The product of node^n over the pairs (node, n), for tidy nodes and integers n."""

    def product(self, args: Sequence[Node]) -> Node:
        """The product of tidy nodes."""
        return args[0] if len(args) == 1 else self.powers([(a, 1) for a in args])

    def quotient(self, top: Node, bottom: Node) -> Node:
        """The fraction top/bottom of tidy nodes."""
        return div(top, bottom) if bottom is ZERO else self.powers(((top, 1), (bottom, -1)))
