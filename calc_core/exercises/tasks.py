"""How exercises are put into words."""

from __future__ import annotations

from collections.abc import Sequence

from calc_core.expression import Expression
from calc_core.graph import Node
from calc_core.printing import Latex, Text
from calc_core.printing.latex import symbol_latex


def expression_of(f: Node, names: Sequence[str], name: str = "f") -> Expression:
    """The function with its variables and its letter, as if it had been typed."""
    constants = tuple(sorted(f.free - set(names)))
    return Expression(str(Text()(f)), f, tuple(names), constants, name=name)


def defined(expression: Expression) -> str:
    """$f(x, y) = …$, with the function displayed where it is an array."""
    head = f"{symbol_latex(expression.letter)}({listed(expression.variables)})"
    return f"${head} = {Latex()(expression.node)}$"


def listed(names: Sequence[str]) -> str:
    """Names in LaTeX, with commas."""
    return ", ".join(symbol_latex(name) for name in names)


def at_point(names: Sequence[str], values: Sequence[int]) -> str:
    """$(x, y) = (1, 2)$."""
    return f"$({listed(names)}) = ({', '.join(map(str, values))})$"
