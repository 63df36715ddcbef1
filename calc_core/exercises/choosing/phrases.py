"""What stands under a derivative, in words: "a product of two factors that move with $x$"."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    APP,
    AT,
    DIV,
    FN,
    INTEGRAL,
    MINUS_ONE,
    MUL,
    PIECEWISE,
    POW,
    Node,
    depends,
    mul,
)
from calc_core.printing import Latex

# A longer formula is not repeated within a sentence.
LONGEST = 70
# What has no word of its own.
UNNAMED = "an expression"
_COUNT = {2: "two", 3: "three", 4: "four"}


def formula(u: Node) -> str:
    """U between dollar signs, or "it" where it is too long for a sentence."""
    written = str(Latex()(u))
    return f"${written}$" if len(written) <= LONGEST else "it"


def described(u: Node, x: Node) -> str:
    """What u is, seen from x, as a phrase with an article.

    >>> from calc_core.parse import parse
    >>> from calc_core.graph import sym
    >>> described(parse("3 sin(2x)").node, sym("x"))
    'a product of the still factor $3$ and one that moves with $x$'
    """
    if not depends(u, x):
        return f"something that stands still when {formula(x)} moves" if u.free else "a number"
    if u is x:
        return f"the variable {formula(x)} itself"
    known = _DESCRIBED.get(u.op)
    return known(u, x) if known else UNNAMED


def _sum(u: Node, _x: Node) -> str:
    return f"a sum of {_counted(len(u.args), 'terms')}"


def _product(u: Node, x: Node) -> str:
    still, moving = still_and_moving(u, x)
    if still == [MINUS_ONE]:
        return "something with a minus sign in front"
    if not still:
        return f"a product of {_counted(len(moving), 'factors')} that move with {formula(x)}"
    rest = "one that moves" if len(moving) == 1 else f"{_counted(len(moving), 'others')} that move"
    return f"a product of {_still(still)} and {rest} with {formula(x)}"


def _still(still: list[Node]) -> str:
    shown = formula(mul(*still))
    noun = "factor" if len(still) == 1 else "factors"
    return f"the still {noun} {shown}" if shown != "it" else f"still {noun}"


def _quotient(u: Node, x: Node) -> str:
    top, bottom = (depends(part, x) for part in u.args)
    if top and bottom:
        return f"a quotient, above and below the bar moving with {formula(x)}"
    if bottom:
        return "a quotient of which only the denominator moves"
    return "a quotient of which only the numerator moves"


def _power(u: Node, x: Node) -> str:
    base, exponent = u.args
    if depends(base, x) and depends(exponent, x):
        return "a power of which base and exponent both move"
    if depends(exponent, x):
        return f"an exponential: the exponent {formula(exponent)} moves, the base stands still"
    if base is x:
        return f"a power of {formula(x)} itself"
    return f"a power with {formula(base)} inside"


def _function(u: Node, x: Node) -> str:
    if len(u.args) > 1:
        return f"the function {formula(u)} of several arguments"
    inside = u.args[0]
    return f"the {FUNCTIONS[u.data].meaning} of {formula(inside)}" + (" itself" * (inside is x))


def _unknown(u: Node, _x: Node) -> str:
    return f"the unknown function {formula(u)}"


_DESCRIBED: dict[str, Callable[[Node, Node], str]] = {
    ADD: _sum,
    MUL: _product,
    DIV: _quotient,
    POW: _power,
    FN: _function,
    APP: _unknown,
    PIECEWISE: lambda _u, _x: "a function by cases",
    INTEGRAL: lambda _u, _x: "an integral",
    AT: lambda _u, _x: "a composition",
}


def still_and_moving(u: Node, x: Node) -> tuple[list[Node], list[Node]]:
    """The factors of a product that stand still when x moves, and those that move."""
    return [f for f in u.args if not depends(f, x)], [f for f in u.args if depends(f, x)]


def _counted(n: int, noun: str) -> str:
    return f"{_COUNT.get(n, n)} {noun}"


def listed(names: Iterable[str]) -> str:
    """Words with commas, and "and" before the last."""
    words = list(names)
    return " and ".join((", ".join(words[:-1]), words[-1])) if words[1:] else "".join(words)
