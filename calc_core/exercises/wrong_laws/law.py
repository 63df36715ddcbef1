"""What a wrong law is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.graph import Node

Wrong = Callable[[Node, Node], Node | None]


@dataclass(frozen=True, slots=True, eq=False)
class WrongLaw:
    """One way to go wrong in the place of a law.

    ``mistake``  its id, see :mod:`calc_core.exercises.catalogue`; several entries may share one;
    ``apply``    what it makes of D(u, x) for a symbol x, or None where it is no temptation;
    ``heads``    the operators of u that it is about; none means any.
    """

    mistake: str
    apply: Wrong
    heads: tuple[str, ...] = ()
