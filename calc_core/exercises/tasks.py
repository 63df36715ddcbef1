"""How exercises are put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calc_core.expression import Expression
from calc_core.graph import ARRAY, Node
from calc_core.printing import Latex, Text
from calc_core.printing.latex import symbol_latex


def expression_of(f: Node, names: Sequence[str], name: str = "f") -> Expression:
    """The function with its variables and its letter, as if it had been typed."""
    constants = tuple(sorted(f.free - set(names)))
    return Expression(str(Text()(f)), f, tuple(names), constants, name=name)


def defined(expression: Expression) -> str:
    """$f(x, y) = …$, the components of a vector function from top to bottom."""
    head = f"{symbol_latex(expression.letter)}({listed(expression.variables)})"
    node = expression.node
    if node.op == ARRAY and len(node.shape) == 1:
        return f"${head} = {column(node.args)}$"
    return f"${head} = {latex(node)}$"


def column(parts: Sequence[Node]) -> str:
    """The parts in LaTeX, from top to bottom."""
    rows = r" \\ ".join(latex(part) for part in parts)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def row(parts: Sequence[Node]) -> str:
    """The parts in LaTeX, side by side in brackets: (1, 2)."""
    return f"({', '.join(latex(part) for part in parts)})"


def latex(u: Node) -> str:
    """U in LaTeX."""
    return str(Latex()(u))


def listed(names: Sequence[str]) -> str:
    """Names in LaTeX, with commas."""
    return ", ".join(symbol_latex(name) for name in names)


def at_point(here: Mapping[Node, Node]) -> str:
    """$(x, y) = (1, 2)$."""
    names = listed([x.data for x in here])
    return f"$({names}) = {row(list(here.values()))}$"


def partial_symbol(f: str, *by: str) -> str:
    r"""\dfrac{\partial f}{\partial x}, or of second order the last variable first."""
    order = f"^{len(by)}" if len(by) > 1 else ""
    if len(by) > 1 and len({*by}) == 1:
        below = rf"\partial {symbol_latex(by[0])}^{len(by)}"
    else:
        below = r"\,".join(rf"\partial {symbol_latex(x)}" for x in reversed(by))
    return rf"\dfrac{{\partial{order} {symbol_latex(f)}}}{{{below}}}"
