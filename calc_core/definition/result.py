"""The definition worked out, as a Derivation: the same blocks and lines as any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import sympy as sp

from calc_core.certify import CONFIRMED_BY_FORM, Certificate, Check
from calc_core.conditions import conditions
from calc_core.definition.polynomials import tidy
from calc_core.definition.quotients import ALWAYS, EVERY, USUAL, Move, Work
from calc_core.definition.signs import folded
from calc_core.derivation import Derivation
from calc_core.derive import Step
from calc_core.expression import Expression
from calc_core.graph import CONST, Node, make, substitute
from calc_core.labels import Label
from calc_core.lines import Block, Level, Line
from calc_core.printing import Text

UNDEFINED = make(CONST, "undefined")
_WEIGHTS: dict[Level, int] = {"brief": ALWAYS, "usual": USUAL, "every": EVERY}


class Definition(Derivation):
    """A partial derivative as the limit of its difference quotient.

    ``exists``  whether there is a limit; without one ``result`` is SymPy's nan;
    ``reason``  why there is none, or an empty string.
    """

    def __init__(
        self,
        expression: Expression,
        goal: Node,
        symbol: tuple[str, str],
        opening: list[Move],
        work: Work,
        point: Mapping[Node, Node],
    ) -> None:
        self._goal = goal
        self._opening = opening
        self._work = work
        self.exists = work.value is not None
        self.reason = work.reason if work.value is None else ""
        self._written = self._write()
        super().__init__(expression, self._root(), symbol, point=point)

    # ── lines ─────────────────────────────────────────────────────────────────────────────────

    def _write(self) -> list[tuple[Block, list[int]]]:
        """Every block with all its lines, and at which level each is shown."""
        written: list[tuple[Block, list[int]]] = []
        self.points = 0
        self._write_work(self._work, 0, written)
        return written

    def _write_work(self, work: Work, depth: int, written: list[tuple[Block, list[int]]]) -> None:
        for part in work.parts:
            if all(block.goal is not part.goal for block, _ in written):
                self._write_work(part, depth + 1, written)
        self.points = max(self.points, work.points)
        block = Block(work.goal if depth else self._goal, depth)
        # The opening is the quotient itself: what every other line is compared with.
        opening = [] if depth else self._opening
        moves = [*opening, *work.moves]
        if work.value is None:
            name = f"{work.reason}: there is no limit"
            moves.append(Move(UNDEFINED, "no-limit", name, weight=ALWAYS))
        checks = [*[CONFIRMED_BY_FORM] * len(opening), *work.checks]
        told = _without_echo(list(zip(moves, checks, strict=True)))
        block.lines += [_line(move, check) for move, check in told]
        weights = [move.weight for move, _ in told]
        weights[-1] = ALWAYS
        written.append((block, weights))

    def _root(self) -> Step:
        children = [
            _step(before, line)
            for block, _ in self._written
            for before, line in zip(
                [block.goal, *[x.node for x in block.lines]], block.lines, strict=False
            )
        ]
        last = self._written[-1][0].result
        first = self._written[-1][0].lines[0].node
        return Step(self._goal, "definition", "", first, (), tuple(children), last, last, ())

    def blocks(self, level: Level = "usual") -> tuple[Block, ...]:
        """The derivation as blocks of lines; the limits worked out apart come first."""
        shown = _WEIGHTS[level]
        found = []
        for block, weights in self._written:
            if level == "brief" and block.depth:
                continue
            lines = [x for x, w in zip(block.lines, weights, strict=True) if w <= shown]
            found.append(Block(block.goal, block.depth, lines))
        return tuple(found)

    @cached_property
    def certificate(self) -> Certificate:
        """The check of every line."""
        lines = [line for block, _ in self._written for line in block.lines]
        checks = {s: x.check for s, x in zip(self.step.children, lines, strict=True)}
        return Certificate({**checks, self.step: lines[-1].check}, max(self.points, 1))

    # ── results ───────────────────────────────────────────────────────────────────────────────

    @cached_property
    def names(self) -> dict[Node, str]:
        """No part is named: the lines put a + h in everywhere."""
        return {}

    @cached_property
    def result(self) -> Any:
        """The limit as SymPy; nan if there is none."""
        return super().result if self.exists else sp.nan

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The limit at numbers or arrays; nan if there is none."""
        return super().evaluate(values) if self.exists else np.array(np.nan)

    @cached_property
    def conditions(self) -> tuple[Node, ...]:
        """Where the result holds; at a point of numbers nothing is left to ask."""
        here = folded(substitute(self.expression.node, self._point))
        found = [tidy(c) for c in conditions(tidy(here))]
        return tuple(dict.fromkeys(c for c in found if c.free))

    def latex(self) -> str:
        """The limit with its left-hand side, or that there is none."""
        if self.exists:
            return super().latex()
        return rf"{self.symbol[0]} \text{{ does not exist}}"


def _without_echo(told: list[tuple[Move, Check]]) -> list[tuple[Move, Check]]:
    """Moves that look the same as one: 1/4 may be a fraction and then a number."""
    text = Text()
    found: list[tuple[Move, Check]] = []
    for move, check in told:
        if found and text(found[-1][0].node) == text(move.node):
            found[-1] = replace(found[-1][0], node=move.node), check
        else:
            found.append((move, check))
    return found


def _line(move: Move, check: Check) -> Line:
    return Line(move.node, move.rule, Label(move.name, move.law), check, uses=move.uses)


def _step(before: Node, line: Line) -> Step:
    return Step(before, line.rule, "", line.node, (), (), line.node, line.node, ())
