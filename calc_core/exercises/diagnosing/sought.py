"""What a wrong answer is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from calc_core.exercises.values import Values
from calc_core.graph import Node


@dataclass(frozen=True, slots=True)
class Sought:
    """The right answer.

    ``values``     points at which it is defined;
    ``functions``  what it was worked out from: the function that is differentiated, mostly.
    """

    node: Node
    values: Values
    functions: tuple[Node, ...] = ()
