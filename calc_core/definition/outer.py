"""What the table of outer functions is made of: the increment k of the inner one, and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from calc_core.definition.quotients import Work
from calc_core.graph import Node


@dataclass(frozen=True, slots=True)
class Increment:
    """The inner function: u(a), u(a+h), k = u(a+h) − u(a), k/h, and the limit of k/h.

    ``work`` is the work on k/h, where it is a limit of its own.
    """

    before: Node
    after: Node
    k: Node
    rate: Node
    slope: Node
    work: Work | None


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before k/h, as top/bottom, and its limit as it is put in."""

    top: Node
    bottom: Node
    limit_top: Node
    limit_bottom: Node
    name: str
    law: str


Stage = tuple[Node, str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """How one outer function g is treated.

    ``stages``  (body, rule, name, law) of the lines before k/h is split off;
    ``front``   what is left then.
    """

    stages: Callable[[Node, Increment, Node], list[Stage]]
    front: Callable[[Node, Increment], Front]
