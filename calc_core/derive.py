"""The engine: one loop over the table of laws.

A :class:`Step` says ``goal → after`` by a rule; its children discharge the ``D``s left in
``after``; with their results in place that is ``filled``, and tidied it is ``result``.
Equal goals share one step, so that the work is linear in the graph and not in its tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from calc_core.graph import SYM, D, Node, discharge, inert_parts, substitute
from calc_core.outer import outer_name
from calc_core.rules import LAWS, Law, Table
from calc_core.tidy import Tidier


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One use of a law.

    ``goal``      what was to be done, usually ``D(u, x)``;
    ``rule``      the id of the law (see :mod:`calc_core.labels`);
    ``detail``    the outermost function that the law was used on, if any;
    ``after``     what the law made of the goal;
    ``inner``     steps that discharge the ``D``s inside the operand of the goal;
    ``children``  steps that discharge the ``D``s in ``after``, in reading order;
    ``filled``    ``after`` with the results of the children in it;
    ``result``    ``filled``, tidied by the rewrites named in ``tidied``.
    """

    goal: Node
    rule: str
    detail: str
    after: Node
    inner: tuple[Step, ...]
    children: tuple[Step, ...]
    filled: Node
    result: Node
    tidied: tuple[str, ...]

    def renamed(self, table: Mapping[Node, Node]) -> Step:
        """This step with symbols replaced in what it concludes; goal and children stay."""
        after, filled, result = (
            substitute(u, table) for u in (self.after, self.filled, self.result)
        )
        return replace(self, after=after, filled=filled, result=result)

    def walk(self) -> Iterator[Step]:
        """Every step below this one once, sub-steps before the steps that use them."""
        seen: set[int] = set()
        stack: list[tuple[Step, bool]] = [(self, False)]
        while stack:
            step, ready = stack.pop()
            if ready:
                yield step
            elif id(step) not in seen:
                seen.add(id(step))
                stack.append((step, True))
                parts = (*step.inner, *step.children)
                stack.extend((s, False) for s in reversed(parts) if id(s) not in seen)


class Engine:
    """Derives goals by a table of laws, each goal once."""

    def __init__(self, laws: tuple[Law, ...] = LAWS, tidy: Tidier | None = None) -> None:
        self._table = Table(laws)
        self._steps: dict[Node, Step] = {}
        self.tidy = Tidier() if tidy is None else tidy

    def derive(self, goal: Node) -> Step:
        """The step that does ``D(u, x)`` or ``d(u, x)``; raises InputError where no law applies."""
        step = self._steps.get(goal)
        if step is None:
            step = self._steps[goal] = self._apply(goal)
        return step

    def _apply(self, goal: Node) -> Step:
        u, x = goal.args
        if u.inert and x.op == SYM:
            inner = self.children_of(u)
            known = {s.goal: s.result for s in inner}
            return self.conclude(goal, "inner-first", D(discharge(u, known), x), inner=inner)
        law, after = self._table.first(goal)
        return self.conclude(goal, law.id, after, detail=outer_name(u, x) or "")

    def children_of(self, after: Node) -> tuple[Step, ...]:
        """The steps for the inert derivatives in ``after``, in reading order."""
        return tuple([self.derive(d) for d in inert_parts(after)])

    def conclude(
        self, goal: Node, rule: str, after: Node, detail: str = "", inner: tuple[Step, ...] = ()
    ) -> Step:
        """The step ``goal → after``, with the ``D``s of ``after`` discharged and the tidying."""
        children = self.children_of(after)
        filled = discharge(after, {s.goal: s.result for s in children})
        result, tidied = self.tidy(filled)
        return Step(goal, rule, detail, after, inner, children, filled, result, tidied)
