"""The one object that every public operation returns."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from calc_core.certify import Certificate, Certifier
from calc_core.conditions import conditions
from calc_core.derive import Step
from calc_core.evaluate import evaluate
from calc_core.expression import Expression
from calc_core.graph import (
    ARRAY,
    Node,
    array,
    entries,
    logic,
    piecewise,
    substitute,
    unknown_functions,
)
from calc_core.lines import Blackboard, Block, Level, Line
from calc_core.naming import shared_parts
from calc_core.parse.characters import GREEK
from calc_core.printing import Latex, Text
from calc_core.sympy_bridge import to_sympy


class Derivation:
    r"""A result with the steps that lead to it and the check of each step.

    ``expression``  what was differentiated;
    ``step``        the root of the steps, with goal and result as graph nodes;
    ``symbol``      the left-hand side, in LaTeX and in text, e.g. (``\nabla f``, ``∇f``);
    ``valid``       what must be defined as well for the result to hold;
    ``point``       the values that the result is taken at, if not at a general point.

    Arrays have the shape of the shape law, shape(D(f, x)) = shape(f) + shape(x): a gradient is
    (n,), a Jacobian (m, n), a Hessian (n, n).
    """

    def __init__(
        self,
        expression: Expression,
        step: Step,
        symbol: tuple[str, str],
        certifier: Certifier | None = None,
        valid: tuple[Node, ...] = (),
        point: Mapping[Node, Node] | None = None,
    ) -> None:
        self.expression = expression
        self.step = step
        self.symbol = symbol
        self._given_certifier = certifier
        self._valid = valid
        self._point = dict(point or {})

    # ── results ───────────────────────────────────────────────────────────────────────────────

    @property
    def node(self) -> Node:
        """The result as a graph node."""
        return self.step.result

    @cached_property
    def result(self) -> Any:
        """The result as SymPy: an expression, a 1×n Matrix (row), or an m×n Matrix."""
        return to_sympy(self.node)

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The result at numbers or arrays: its own shape first, then that of the values.

        It is nan where a condition on symbols that have values fails.  Raises InputError if a
        symbol of the result has no value.
        """
        named = canonical(values)
        known = tuple(c for c in self.conditions if c.free <= set(named))
        return evaluate(_guarded(self.node, known), named)

    @cached_property
    def guarded(self) -> Node:
        """The result where the conditions hold, undefined elsewhere: for numbers and figures."""
        return _guarded(self.node, self.conditions)

    @cached_property
    def conditions(self) -> tuple[Node, ...]:
        """Where the result holds, as comparisons; empty if it holds everywhere."""
        found = conditions(self.expression.node, *self._valid)
        # At a point of numbers nothing is left to ask: the point was looked at before.
        there = [substitute(c, self._point) for c in found]
        return tuple(c for c in there if c.free)

    def conditions_latex(self) -> tuple[str, ...]:
        """The conditions in LaTeX, assumptions on unknown functions included."""
        printer = self._printer(Latex, named=False)
        assumed = [
            rf"{printer.symbol(name)} \text{{ differentiable}}"
            for name in unknown_functions(self.expression.node)
        ]
        return (*[printer(c) for c in self.conditions], *assumed)

    def conditions_text(self) -> tuple[str, ...]:
        """The conditions as plain text."""
        printer = self._printer(Text, named=False)
        return tuple(printer(c) for c in self.conditions)

    # ── steps ─────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step once, sub-steps before the steps that use them."""
        return tuple(self.step.walk())

    @cached_property
    def _certifier(self) -> Certifier:
        return self._given_certifier or Certifier(self.step.goal, self.step.after)

    @cached_property
    def certificate(self) -> Certificate:
        """The independent check of every step."""
        return self._certifier.certify(self.step)

    @cached_property
    def names(self) -> dict[Node, str]:
        """Names of shared or long parts (empty for expressions of ordinary size)."""
        used = (*self.expression.variables, *self.expression.constants)
        roots = dict.fromkeys((*self.expression.components, *entries(self.node)))
        return shared_parts(roots, used)

    def blocks(self, level: Level = "usual") -> tuple[Block, ...]:
        """The derivation as blocks of lines, inner work before what uses it."""
        self.certificate  # noqa: B018  (lines are compared with steps that have been checked)
        board = Blackboard(self._certifier, level, self.names)
        board.write(self.step)
        return tuple(board.blocks)

    def lines(self, level: Level = "usual") -> tuple[Line, ...]:
        """All the lines of :meth:`blocks`, in reading order."""
        return tuple(line for block in self.blocks(level) for line in block.lines)

    # ── printed forms ─────────────────────────────────────────────────────────────────────────

    def printer(self, mark: Node | None = None) -> Latex:
        """A LaTeX printer that knows the names and the style of this derivation."""
        latex: Latex = self._printer(Latex, mark)
        return latex

    def _printer(self, kind: Any, mark: Node | None = None, named: bool = True) -> Any:
        names = {}
        if named:
            plain = kind()
            names = {node: plain.symbol(name) for node, name in self.names.items()}
        return kind(names, mark, self.expression.decimal, self._is_total, self.expression.constants)

    @property
    def _is_total(self) -> bool:
        return len(self.expression.variables) == 1

    def definitions_latex(self) -> tuple[tuple[str, str], ...]:
        """(name, meaning) of each named part, in LaTeX, in an order to read them in."""
        printer = self.printer()
        return tuple((printer(node), printer.definition(node)) for node in self.names)

    def goal_latex(self, block: Block) -> str:
        """The left-hand side of a block."""
        return self.symbol[0] if block.goal is self.step.goal else self.printer()(block.goal)

    def goal_text(self, block: Block) -> str:
        """The left-hand side of a block as plain text."""
        whole = block.goal is self.step.goal
        return self.symbol[1] if whole else str(self._printer(Text)(block.goal))

    def latex(self) -> str:
        """The result with its left-hand side."""
        return f"{self.symbol[0]} = {self.printer()(self.node)}"

    def text(self, level: Level = "usual") -> str:
        """The whole derivation as plain text, one line a rule."""
        printer = self._printer(Text)
        written = [f"{printer(node)} = {printer.definition(node)}" for node in self.names]
        for block in self.blocks(level):
            indent = "    " * block.depth
            written.append(indent + self.goal_text(block))
            for line in block.lines:
                doubt = "" if line.check.confirmed else f"  (unconfirmed: {line.check.reason})"
                written.append(f"{indent}  = {printer(line.node)}    [{_said(line)}]{doubt}")
        where = self.conditions_text()
        if where:
            written.append(f"where {', '.join(where)}")
        return "\n".join(written)

    def to_dict(self, level: Level = "usual") -> dict[str, Any]:
        """The derivation as plain data, ready for JSON."""
        text = self._printer(Text)
        return {
            "input": self.expression.text,
            "variables": list(self.expression.variables),
            "result": {"latex": self.latex(), "text": text(self.node)},
            "shape": list(self.node.data) if self.node.op == ARRAY else [],
            "conditions": list(self.conditions_latex()),
            "definitions": [list(pair) for pair in self.definitions_latex()],
            "certificate": {
                "confirmed": self.certificate.confirmed,
                "summary": self.certificate.summary(),
            },
            "blocks": [self._block_dict(block) for block in self.blocks(level)],
        }

    def _block_dict(self, block: Block) -> dict[str, Any]:
        return {
            "goal": self.goal_latex(block),
            "depth": block.depth,
            "lines": [
                {
                    "latex": self.printer(line.mark)(line.node),
                    "rule": line.rule,
                    "label": line.label.name,
                    "law": line.label.law,
                    "also": list(line.also),
                    "confirmed": line.check.confirmed,
                    "reason": line.check.reason,
                }
                for line in block.lines
            ],
        }

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.symbol[1]} = {self._printer(Text)(self.node)})"


def canonical(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the names that are used inside: θ is theta.

    >>> canonical({"θ_1": 2.0})
    {'theta_1': 2.0}
    """
    return {"".join(GREEK.get(c, c) for c in name): value for name, value in values.items()}


def _said(line: Line) -> str:
    return "; ".join((line.label.name, *line.also))


def _guarded(u: Node, required: tuple[Node, ...]) -> Node:
    """``u`` with values only where all the conditions hold."""
    if not required:
        return u
    holds = logic("and", *required)
    parts = [piecewise((entry, holds)) for entry in entries(u)]
    return array(u.shape, parts) if u.op == ARRAY else parts[0]
