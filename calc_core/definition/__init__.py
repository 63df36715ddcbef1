"""The partial derivative from its definition.

    ∂f/∂x (a, b) = lim_{h→0} [f(a+h, b) − f(a, b)]/h,

with the difference quotient written out, worked on until h cancels, and the limit taken.

The way there is our own small rewriting, the table of methods of :mod:`calc_core.definition.
methods`: polynomials and fractions of polynomials, roots by the conjugate, exponentials,
logarithms, sine, cosine and their kin by an addition theorem and a standard limit; sums, products
and quotients of these taken apart.  It also does what the rules cannot: points at which a function
by cases, or one with |u|, has a derivative or has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from calc_core.calculus import Function, Scalar, read_scalar
from calc_core.definition.methods import solve
from calc_core.definition.pieces import has_cases
from calc_core.definition.quotients import ALWAYS, Move, Quotient, T, minus
from calc_core.definition.result import Definition
from calc_core.definition.signs import is_defined
from calc_core.errors import InputError
from calc_core.expression import Expression
from calc_core.graph import ARRAY, D, Node, app, div, num, substitute, sym
from calc_core.light import lightly
from calc_core.parse import parse
from calc_core.printing import Latex, Text

__all__ = ["Definition", "definition"]

# Letters for the increment, the first that is free.
INCREMENTS = ("h", "k", "s", "t", "epsilon", "delta")
LAW = (
    r"\frac{\partial f}{\partial x}(a, b) = "
    r"\lim_{h \to 0} \frac{f(a + h, b) - f(a, b)}{h}"
)
LAW_OF_ONE = r"f'(a) = \lim_{h \to 0} \frac{f(a + h) - f(a)}{h}"
# Longer coordinates are not repeated in a message.
LONGEST = 40
# How near the point a side must be defined to count.
NEAR = (Fraction(1, 10**4), Fraction(1, 10**6), Fraction(1, 10**8))


def definition(
    f: Function, variable: str, at: Mapping[str, Scalar | Node] | None = None
) -> Definition:
    """The partial derivative of f by one variable, from the definition.

    ``at``  the point: numbers or formulas for some or all of the variables, which otherwise stand
            for themselves.

    Raises InputError if f or the point cannot be read, if f is not defined there, or if none of the
    methods turns the quotient into a closed form.

    >>> definition("x^2 y", "x").result
    2*x*y
    >>> definition("x |x|", "x", at={"x": 0}).result
    0
    >>> definition("|x|", "x", at={"x": 0}).reason
    'the limits from the right and from the left differ'
    """
    expression = read_scalar(f)
    if variable not in expression.variables:
        raise InputError(
            f"{variable} is not a variable of this function.",
            hint=f"Its variables: {', '.join(expression.variables) or 'none'}.",
        )
    point = _point(expression, at or {})
    with np.errstate(all="ignore"):
        quotient = _quotient(expression, variable, point)
        work = solve(quotient)
    goal = D(expression.node, sym(variable))
    opening = _opening(quotient, expression)
    symbol = _symbol(expression, variable, point)
    return Definition(expression, goal, symbol, opening, work, point)


def _point(expression: Expression, at: Mapping[str, Scalar | Node]) -> dict[Node, Node]:
    known = {*expression.variables, *expression.constants}
    for name in at:
        if name not in known:
            raise InputError(f"{name} does not occur in this function.", hint="Leave it out.")
    names = (*expression.variables, *[c for c in expression.constants if c in at])
    return {sym(n): _value(at[n]) if n in at else sym(n) for n in names}


def _value(value: Scalar | Node | Any) -> Node:
    if isinstance(value, Node):
        return value
    if isinstance(value, str):
        found = parse(value).node
        if found.op == ARRAY:
            raise InputError("A coordinate of the point is one number.", hint="Give one.")
        return found
    if isinstance(value, float):
        if not np.isfinite(value):
            raise InputError("A coordinate of the point is not finite.", hint="Give a number.")
        return num(Fraction(str(value)))
    try:
        return num(Fraction(value))
    except (TypeError, ValueError):
        raise InputError("A coordinate of the point is not a number.", hint="Give one.") from None


def _quotient(expression: Expression, variable: str, point: Mapping[Node, Node]) -> Quotient:
    x = sym(variable)
    moving = substitute(expression.node, {**point, x: T})
    taken = moving.free | {n for v in point.values() for n in v.free} | {*expression.variables}
    h = sym(next(letter for letter in INCREMENTS if letter not in taken))
    moved = [v + h if p is x else v for p, v in _arguments(expression, point)]
    still = [v for _, v in _arguments(expression, point)]
    name = expression.letter
    top = minus(app(name, tuple([lightly(v) for v in moved])), app(name, tuple(still)))
    quotient = Quotient(moving, point[x], h, x=x, named=div(lightly(top), h))
    return replace(quotient, side=_side(quotient, _shown(point[x])))


def _arguments(expression: Expression, point: Mapping[Node, Node]) -> list[tuple[Node, Node]]:
    return [(sym(v), point[sym(v)]) for v in expression.variables]


def _shown(place: Node) -> str:
    text = Text()(place)
    return text if len(text) <= LONGEST else "this point"


def _side(q: Quotient, where: str) -> str:
    """From which sides h can come.  Raises InputError where f is not defined."""
    if not is_defined(q.as_written()):
        raise InputError(
            f"The function is not defined at {where}.",
            hint="Choose another point, or give the value there by cases.",
        )
    signs = [
        s
        for s in (1, -1)
        if any(is_defined(substitute(q.moved(), {q.h: num(s * d)})) for d in NEAR)
    ]
    if not signs:
        raise InputError(f"The function is not defined near {where}.", hint="Choose another point.")
    return "" if len(signs) == 2 else "+" if signs[0] > 0 else "-"


def _opening(q: Quotient, expression: Expression) -> list[Move]:
    """The definition, and f put in (the case that counts is put in later)."""
    named = q.lim(q.named or q.body)
    if len(expression.variables) == 1:
        moves = [Move(named, "definition", "definition of the derivative", LAW_OF_ONE, ALWAYS)]
    else:
        moves = [Move(named, "definition", "definition of the partial derivative", LAW, ALWAYS)]
    if q.side:
        side = "right" if q.side == "+" else "left"
        moves[0] = replace(moves[0], name=f"{moves[0].name}; f is defined on the {side} only")
    if not has_cases(q.u):
        name = f"put in {expression.letter}"
        if len(expression.variables) > 1:
            name += f"; only {Text()(q.x)} moves"
        moves.append(Move(q.lim(q.body), "put-in", name, weight=ALWAYS))
    return moves


def _symbol(expression: Expression, variable: str, point: Mapping[Node, Node]) -> tuple[str, str]:
    """∂f/∂x(a, b) in LaTeX and in text."""
    latex = Latex(decimal=expression.decimal)
    text = Text(decimal=expression.decimal)
    values = [v for _, v in _arguments(expression, point)]
    total = len(expression.variables) == 1
    d, t = (r"\mathrm{d}", "d") if total else (r"\partial ", "∂")
    f = expression.letter
    where = ", ".join(latex(v) for v in values)
    written = rf"\frac{{{d}{latex.symbol(f)}}}{{{d}{latex.symbol(variable)}}}({where})"
    return written, f"{t}{f}/{t}{variable}({', '.join(text(v) for v in values)})"
