"""The multivariate chain rule as boxes and arrows, and as a product of matrices.

A composition of layers, Rⁿ → … → Rᵐ, is a graph in columns: a box for each quantity, an arrow with
∂v/∂u from u to each v that depends on it.  An entry of the derivative of the whole is the sum over
all paths between two boxes of the product of the partials along the path, which is what the product
of the Jacobians says row by column (Apostol, *Mathematical Analysis*, §12.10; Bauer, "Computational
graphs and rounding error", SIAM J. Numer. Anal. 11, 1974, for the sum over paths).
"""

from __future__ import annotations

from itertools import product
from typing import Any

from calc_core.composite import chain
from calc_core.derivation import Derivation
from calc_core.derive import Engine
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.graph import ONE, ZERO, D, Node, array, entries, sym
from calc_core.labs.composition import Composition, read
from calc_core.labs.rules import check_weight
from calc_core.parse.definitions import HOW
from calc_core.printing import MathML, Text
from calc_core.printing.base import PRODUCT
from calc_core.printing.marks import above, mi, mo
from calc_core.printing.mathml import formula, symbol_mathml

MOST_PATHS = 400


def derivative(c: Composition) -> Derivation:
    """The derivative of the whole by the variables, by the multivariate chain rule."""
    whole = c.outer
    derived: Derivation | None = None
    for k in range(1, len(c.nodes)):
        inner = {
            name: Expression(Text()(node), node, tuple(sorted(node.free)))
            for name, node in zip(c.names[k], c.nodes[k], strict=True)
            if name not in c.passed[k]
        }
        derived = chain(whole, inner, wrt=c.names[k + 1])
        whole = derived.expression
    if derived is None:
        raise InputError("No inner function is given.", hint=HOW)
    return derived


def jacobians(c: Composition) -> list[list[list[Node]]]:
    """The Jacobian of each layer by the next, row by row; that of f first."""
    engine = Engine()
    found = []
    for k, nodes in enumerate(c.nodes):
        by = array((len(c.names[k + 1]),), map(sym, c.names[k + 1]))
        step = engine.derive(D(array((len(nodes),), nodes), by))
        flat, width = entries(step.result), len(c.names[k + 1])
        found.append([list(flat[i : i + width]) for i in range(0, len(flat), width)])
    return found


def paths(matrices: list[list[list[Node]]], row: int, column: int) -> list[tuple[int, ...]]:
    """The boxes on each way from output ``row`` to variable ``column`` on which nothing is 0."""
    inner = [range(len(m)) for m in matrices[1:]]
    ways = [(row, *way, column) for way in product(*inner)]
    return [way for way in ways if all(p is not ZERO for p in partials_on(matrices, way))]


def partials_on(matrices: list[list[list[Node]]], way: tuple[int, ...]) -> list[Node]:
    """The partial derivatives along a way."""
    return [m[way[k]][way[k + 1]] for k, m in enumerate(matrices)]


def diagram(outer: str, inner: str) -> dict[str, Any]:
    """What the page draws for a composition, as plain data.  Raises InputError."""
    c = read(outer, inner)
    derived = derivative(c)
    certificate = derived.certificate
    drawing = _Drawing(c, jacobians(c))
    data = {
        "lab": "chain",
        "id": f"{outer}\n{inner}",
        "columns": drawing.columns(),
        "factors": [drawing.factor(k) for k in range(len(c.nodes))],
        "product": drawing.product(derived),
        "widths": list(c.widths),
        "checked": certificate.confirmed,
        "summary": certificate.summary(),
    }
    check_weight(data)
    return data


class _Drawing:
    """How the boxes, arrows and matrices of a composition are written."""

    def __init__(self, c: Composition, matrices: list[list[list[Node]]]) -> None:
        self.c = c
        self.matrices = matrices
        self.printer = MathML(decimal=c.decimal)
        self.text = Text(decimal=c.decimal)

    def columns(self) -> list[list[dict[str, Any]]]:
        """The boxes, from the variables on the left to the outermost on the right."""
        found = []
        for k, names in enumerate(self.c.names):
            defined = self.c.nodes[k] if k < len(self.c.nodes) else ()
            passed = self.c.passed[k] if k < len(self.c.passed) else frozenset()
            boxes = []
            for i, name in enumerate(names):
                is_new = bool(defined) and name not in passed
                written = symbol_mathml(name)
                if is_new:
                    written += mo("=") + self.printer(defined[i])
                boxes.append(
                    {
                        "name": formula(symbol_mathml(name), display=False),
                        "words": self.text.symbol(name),
                        "definition": formula(written, display=False) if is_new else None,
                        "passed": bool(defined) and not is_new,
                    }
                )
            found.append(boxes)
        return found[::-1]

    def factor(self, k: int) -> dict[str, Any]:
        """The matrix of layer k: what it is called, its entries, and what each is ∂ of by what."""
        rows, columns = self.c.names[k], self.c.names[k + 1]
        return {
            "symbol": formula(self._symbol(rows, columns), display=False),
            "words": f"{'row gradient' if len(rows) == 1 else 'Jacobian'} of "
            f"{', '.join(map(self.text.symbol, rows))}",
            "rows": len(rows),
            "columns": len(columns),
            "entries": [
                [self._entry(p, rows[i], columns[j]) for j, p in enumerate(line)]
                for i, line in enumerate(self.matrices[k])
            ],
        }

    def _entry(self, p: Node, of: str, by: str) -> dict[str, Any]:
        ratio = above(_d(of), _d(by))
        return {
            "mathml": formula(self.printer(p), display=False),
            "words": f"∂{self.text.symbol(of)}/∂{self.text.symbol(by)} = {self.text(p)}",
            "symbol": formula(ratio, display=False),
            "zero": p is ZERO,
            "one": p is ONE and of == by,
            "length": len(self.text(p)),
        }

    def _symbol(self, rows: tuple[str, ...], columns: tuple[str, ...]) -> str:
        if len(rows) == 1:
            return above(_d(rows[0]), self._tuple(columns))
        return above(self._tuple(rows), self._tuple(columns))

    def _tuple(self, names: tuple[str, ...]) -> str:
        if len(names) == 1:
            return _d(names[0])
        inside = mo(",").join(map(symbol_mathml, names))
        return f"{mi('∂', upright=True)}{mo('(')}{inside}{mo(')')}"

    def product(self, derived: Derivation) -> dict[str, Any]:
        """The derivative of the whole: each entry as a sum over paths, and worked out."""
        rows, columns = self.c.names[0], self.c.names[-1]
        flat = entries(derived.node)
        ways = [[paths(self.matrices, i, j) for j in range(len(columns))] for i in range(len(rows))]
        if sum(len(w) for line in ways for w in line) > MOST_PATHS:
            raise InputError("There are too many paths to be drawn.", hint="Use fewer boxes.")
        return {
            "symbol": formula(self._symbol(rows, columns), display=False),
            "rows": len(rows),
            "columns": len(columns),
            "entries": [
                [
                    self._sum(rows[i], columns[j], ways[i][j], flat[i * len(columns) + j])
                    for j in range(len(columns))
                ]
                for i in range(len(rows))
            ],
        }

    def _sum(self, of: str, by: str, ways: list[tuple[int, ...]], result: Node) -> dict[str, Any]:
        ratio = above(_d(of), _d(by))
        return {
            "symbol": formula(ratio, display=False),
            "words": f"∂{self.text.symbol(of)}/∂{self.text.symbol(by)} = {self.text(result)}",
            "result": formula(self.printer(result), display=False),
            "paths": [
                {
                    "boxes": list(way[::-1]),
                    "mathml": formula(self._term(way), display=False),
                    "symbols": formula(self._symbols(way), display=False),
                }
                for way in ways
            ],
        }

    def _term(self, way: tuple[int, ...]) -> str:
        factors = []
        for k, p in enumerate(partials_on(self.matrices, way)):
            printed = self.printer.within(p, PRODUCT)
            factors.append(f'<mrow data-node="{k}-{way[k]}-{way[k + 1]}">{printed}</mrow>')
        return mo("⋅").join(factors)

    def _symbols(self, way: tuple[int, ...]) -> str:
        ratios = []
        for k in range(len(self.matrices)):
            of, by = self.c.names[k][way[k]], self.c.names[k + 1][way[k + 1]]
            ratio = above(_d(of), _d(by))
            ratios.append(f'<mrow data-node="{k}-{way[k]}-{way[k + 1]}">{ratio}</mrow>')
        return '<mspace width="0.3em"/>'.join(ratios)


def _d(name: str) -> str:
    return mi("∂", upright=True) + symbol_mathml(name)
