"""A step tree read as a blackboard: blocks of lines, one rule a line.

A block derives one scalar goal.  Each line is the whole expression after one rule, with the part
that comes next marked.  Inner work that takes many lines becomes a block of its own, which a page
may fold; a part that was derived before is not derived again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, get_args

from calc_core.certify import Check
from calc_core.derive import Step
from calc_core.graph import ARRAY, DERIV, Node, discharge, inert_parts, substitute
from calc_core.labels import PLAIN_REWRITES, Label, label, tidy_label
from calc_core.light import lightly
from calc_core.printing import Text

Level = Literal["every", "usual", "brief"]
LEVELS: tuple[Level, ...] = get_args(Level)

# Laws that are shown as they stand before anything in them is carried out.
STATED = frozenset(("composition", "directional", "implicit", "length", "taylor"))

# Rules that are named in passing only where nothing else was used.
UNSPOKEN = frozenset(("constant", "variable", "d-constant"))
SILENT = frozenset(("d-variable",))

# Steps that are taken together with the one above, alone or if all below them are easy, too.
EASY = frozenset(("constant", "variable", "elementary", "d-variable"))
EASY_TOGETHER = frozenset(
    ("constant-multiple", "sum", "d-multiple", "d-sum", "d-constant-factors", "d-transpose")
)

# Inner work of more lines than this is folded away into a block of its own.
FOLD = 3


class Checker(Protocol):
    """Whatever can tell whether two expressions are equal."""

    def equal(self, left: Node, right: Node) -> Check:
        """Whether they agree, inert derivatives in them included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``node`` equals the goal of its block, by ``rule`` from the line before.

    ``mark``   the inert derivative that the next line works on;
    ``also``   rules on easy parts that were used in the same breath;
    ``uses``   the goal of the block whose result was put in, if any.
    """

    node: Node
    rule: str
    label: Label
    check: Check
    mark: Node | None = None
    also: tuple[str, ...] = ()
    uses: Node | None = None


@dataclass(slots=True)
class Block:
    """The derivation of one goal; ``depth`` 0 for the main line of thought."""

    goal: Node
    depth: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def result(self) -> Node:
        """The last line."""
        return self.lines[-1].node


class Blackboard:
    """Writes the blocks of one derivation at one level."""

    def __init__(
        self,
        certifier: Checker,
        level: Level,
        names: Mapping[Node, str],
        label: Callable[[str, str], Label] = label,
    ) -> None:
        self._certifier = certifier
        self.label = label
        self._level = level
        self._names = names
        self.blocks: list[Block] = []
        self._written: dict[Node, Block] = {}
        self._lengths: dict[int, int] = {}
        self._text = Text(names)

    def write(self, step: Step, depth: int = 0) -> None:
        """Add the blocks for a step, inner work before what uses it."""
        if step.goal in self._written:
            return
        if step.goal.op == DERIV and step.after.op == ARRAY:
            self._write_array(step, depth)
            return
        writer = _Writer(self, step, depth)
        self._written[step.goal] = writer.block
        writer.write()
        self.blocks.append(writer.block)

    def _write_array(self, step: Step, depth: int) -> None:
        for child in step.children:
            for inner in child.inner:
                self.write(inner, depth)
        for child in step.children:
            self.write(child, depth)
        block = self._written[step.goal] = Block(step.goal, depth)
        for node in (step.after, step.result):
            rule = step.rule if node is step.after else "known"
            name = self.label(rule, "")
            block.lines.append(Line(node, rule, name, self.check(step.goal, node)))
        self.blocks.append(block)

    @property
    def shows_all(self) -> bool:
        """Whether every rewrite gets a line."""
        return self._level == "every"

    def check(self, goal: Node, node: Node) -> Check:
        """Whether a line equals the goal of its block."""
        return self._certifier.equal(goal, node)

    def looks_the_same(self, a: Node, b: Node) -> bool:
        """Whether two nodes are printed alike, such as −(x/2) and (−x)/2."""
        return a is b or self._text(a) == self._text(b)

    def is_written(self, goal: Node) -> bool:
        """Whether a goal has been derived already."""
        return goal in self._written

    def is_easy(self, step: Step) -> bool:
        """Whether a step is taken together with the one above it at this level."""
        if self._level == "every":
            return False
        if self._level == "brief":
            return True
        if step.rule in EASY:
            return True
        return step.rule in EASY_TOGETHER and all(self.is_easy(c) for c in step.children)

    def is_folded(self, step: Step) -> bool:
        """Whether a step gets a block of its own."""
        if step.goal in self._written or step.goal.args[0] in self._names:
            return True
        return self._level != "brief" and self.length(step) > FOLD

    def length(self, step: Step) -> int:
        """How many lines a step takes."""
        known = self._lengths.get(id(step))
        if known is None:
            hard = [c for c in step.children if not self.is_easy(c)]
            known = 1 + sum(min(self.length(c), FOLD) for c in hard)
            known += step.filled is not step.result and bool(hard)
            self._lengths[id(step)] = known
        return known


class _Writer:
    """Writes one block, replaying the steps on the whole expression."""

    def __init__(self, board: Blackboard, step: Step, depth: int) -> None:
        self.board = board
        self.step = step
        self.block = Block(step.goal, depth)
        self.current = step.goal

    def write(self) -> None:
        self._unfold(self.step)
        if not self.block.lines:
            self._emit(self.step.result, "tidy", self._tidied(self.step))
        lines = self.block.lines
        for i, line in enumerate(lines):
            lines[i] = _marked(line, lines[i + 1 : i + 2])

    def _unfold(self, step: Step) -> None:
        for inner in step.inner:
            self._include(inner)
        if step.rule == "inner-first":
            for child in step.children:
                self._include(child, fold=False)
            return
        easy = [c for c in step.children if self.board.is_easy(c)]
        if step.rule in STATED:
            easy = []
        after = substitute(step.after, {c.goal: c.result for c in easy})
        name = self.board.label(step.rule, step.detail)
        also = self._names_below(easy, name.name)
        self._replace(step.goal, after, step.rule, name, also, step.goal)
        for child in step.children:
            if child not in easy:
                self._include(child)
        if step.result is not step.filled:
            self._tidy(step)

    def _tidy(self, step: Step) -> None:
        if self.board.shows_all or not PLAIN_REWRITES.issuperset(step.tidied):
            self._replace(step.filled, step.result, "tidy", self._tidied(step))
            return
        self.current = self._put(step.filled, step.result)
        self._instead_of_last(lightly(self.current))

    def _instead_of_last(self, shown: Node) -> None:
        if self.block.lines:
            check = self.board.check(self.block.goal, shown)
            self.block.lines[-1] = replace(self.block.lines[-1], node=shown, check=check)

    def _include(self, step: Step, fold: bool = True) -> None:
        """Discharge one inert derivative of the current line."""
        known = self.board.is_written(step.goal)
        if self.board.is_easy(step) and step.goal is not self.current and not known:
            name = self.board.label(step.rule, step.detail)
            also = self._names_below(list(step.children), name.name)
            self._replace(step.goal, step.result, step.rule, name, also, focus=step.goal)
        elif fold and self.board.is_folded(step):
            self.board.write(step, self.block.depth + (0 if known else 1))
            rule, detail = ("known", "") if known else (step.rule, step.detail)
            name = self.board.label(rule, detail)
            self._replace(step.goal, step.result, "known", name, focus=step.goal, uses=step.goal)
        else:
            self._unfold(step)

    @staticmethod
    def _tidied(step: Step) -> Label:
        return tidy_label(step.tidied)

    def _names_below(self, steps: list[Step], spoken: str) -> tuple[str, ...]:
        """The names of all the rules in the steps, but for one that is named already."""
        below = [s for step in steps for s in reversed(tuple(step.walk()))]
        used = [s for s in below if s.rule not in SILENT]
        named = [s for s in used if s.rule not in UNSPOKEN] or used
        names = {self.board.label(s.rule, s.detail).name: None for s in named}
        names.pop(spoken, None)
        return tuple(names)

    def _replace(
        self,
        old: Node,
        new: Node,
        rule: str,
        name: Label,
        also: tuple[str, ...] = (),
        focus: Node | None = None,
        uses: Node | None = None,
    ) -> None:
        changed = self._put(old, new)
        if changed is not self.current:
            self.current = changed
            self._emit(changed, rule, name, also, focus, uses)

    def _put(self, old: Node, new: Node) -> Node:
        # What stands within another derivative is its business, until that is what is worked on.
        changed = discharge(self.current, {old: new}) if old.op == DERIV else self.current
        return substitute(self.current, {old: new}) if changed is self.current else changed

    def _emit(
        self,
        node: Node,
        rule: str,
        name: Label,
        also: tuple[str, ...] = (),
        focus: Node | None = None,
        uses: Node | None = None,
    ) -> None:
        shown = node if self.board.shows_all else lightly(node)
        before = self.block.lines[-1].node if self.block.lines else self.block.goal
        if self.board.looks_the_same(shown, before):
            self._instead_of_last(shown)
            return
        check = self.board.check(self.block.goal, shown)
        self.block.lines.append(Line(shown, rule, name, check, focus, also, uses))


def _marked(line: Line, following: list[Line]) -> Line:
    """The line with what the following one works on as its mark."""
    focus = following[0].mark if following else None
    return replace(line, mark=focus if focus in inert_parts(line.node) else None)
