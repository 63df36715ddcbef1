"""Points at which results are numbers of sensible size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import isqrt, prod
from random import Random

from calc_core.exercises.functions import POSITIVE, tidied
from calc_core.exercises.recipes import Here
from calc_core.graph import (
    ADD,
    CONST,
    DIV,
    FN,
    MUL,
    NUM,
    PI,
    POW,
    SYM,
    ZERO,
    Node,
    Number,
    entries,
    num,
    postorder,
    substitute,
    sym,
)
from calc_core.terms import exact

WHOLE = (-2, -1, 0, 1, 2, 3)
# The numbers in a sensible result, and its parts.
LARGEST, LONGEST = 60, 12
# e¹² is no number to work with.
MOST_EXPONENT = 4
CIRCULAR = frozenset(("sin", "cos"))
# The only values of these functions at fractions that are fractions.
_PLAIN_VALUES: dict[tuple[str, Number], Number] = {
    ("exp", 0): 1,
    ("sin", 0): 0,
    ("cos", 0): 1,
    ("ln", 1): 0,
}


# ── points at which all is rational ───────────────────────────────────────────────────────────────


def plain_point(
    rng: Random,
    names: Sequence[str],
    result: Node,
    f: Node,
    accept: Callable[[Sequence[Number]], bool],
) -> dict[Node, Node]:
    """A point with small whole coordinates at which every entry of the result is a fraction.

    ``f``       what must have a value there, too;
    ``accept``  what else is wanted of the fractions.

    Raises LookupError if there is none.
    """
    places = [place for place in product(WHOLE, repeat=len(names)) if any(place)]
    rng.shuffle(places)
    for values in places:
        arithmetic = Arithmetic(dict(zip(names, values, strict=True)))
        parts = arithmetic.all(entries(result))
        if parts is not None and accept(parts):
            here = {sym(name): num(v) for name, v in zip(names, values, strict=True)}
            if exists(f, here):
                return here
    raise LookupError("no point at which the values are fractions")


class Arithmetic:
    """The value of an expression at a point, if arithmetic alone finds it to be a fraction.

    >>> from calc_core.parse import parse
    >>> Arithmetic({"x": 4, "y": 0})(parse("sqrt(x) + e^y/2").node)
    Fraction(5, 2)
    """

    def __init__(self, point: Mapping[str, Number]) -> None:
        self._point = point
        self._known: dict[Node, Number | None] = {}

    def __call__(self, u: Node) -> Number | None:
        """The value; None if it is no fraction, or there is none."""
        if u.op == NUM:
            value: Number = u.data
            return value
        if u.op == SYM:
            return self._point.get(u.data)
        if u not in self._known:
            parts = self.all(u.args)
            known = parts is not None and u.op in _ARITHMETIC
            self._known[u] = _ARITHMETIC[u.op](u, parts) if known and parts is not None else None
        return self._known[u]

    def all(self, nodes: Sequence[Node]) -> list[Number] | None:
        """The values of several; None if one has none."""
        found: list[Number] = []
        for node in nodes:
            value = self(node)
            if value is None:
                return None
            found.append(value)
        return found


def _quotient(u: Node, parts: list[Number]) -> Number | None:
    del u
    return exact(Fraction(parts[0]) / parts[1]) if parts[1] else None


def _power(u: Node, parts: list[Number]) -> Number | None:
    del u
    base, n = parts
    if n.denominator != 1 or not -LONGEST <= n <= LONGEST or (n < 0 and not base):
        return None
    return exact(Fraction(base) ** int(n)) if n < 0 else base ** int(n)


def _function(u: Node, parts: list[Number]) -> Number | None:
    if u.data == "sqrt":
        if parts[0] <= 0:
            return None
        root = Fraction(isqrt(parts[0].numerator), isqrt(parts[0].denominator))
        return exact(root) if root**2 == parts[0] else None
    return _PLAIN_VALUES.get((u.data, parts[0])) if len(parts) == 1 else None


_ARITHMETIC: dict[str, Callable[[Node, list[Number]], Number | None]] = {
    ADD: lambda u, parts: sum(parts),
    MUL: lambda u, parts: prod(parts),
    DIV: _quotient,
    POW: _power,
    FN: _function,
}


# ── points at which a number is short ─────────────────────────────────────────────────────────────


def point(
    rng: Random,
    names: Sequence[str],
    result: Node,
    f: Node,
    accept: Callable[[Sequence[Node]], bool] = lambda parts: True,
) -> dict[Node, Node]:
    """A point at which every entry of the result is a sensible number, such as −2/3, 3e² or π/2.

    Beside whole numbers π and π/2 may be coordinates, where there is a sine or cosine.

    Raises LookupError if there is none.
    """
    places = [*product(_coordinates(result), repeat=len(names))]
    rng.shuffle(places)
    for values in places:
        here = dict(zip([sym(name) for name in names], values, strict=True))
        if any(value is not ZERO for value in values) and exists(f, here):
            parts = values_at(result, here)
            if parts is not None and accept(parts):
                return here
    raise LookupError("no point at which the values are sensible")


def values_at(result: Node, here: Here) -> tuple[Node, ...] | None:
    """The entries of a result at a point, tidied; None if one is no sensible number."""
    parts = []
    for entry in entries(result):
        value = substitute(entry, here)
        if _is_undefined(value):
            return None
        parts.append(tidied(value))
        if not is_sensible_number(parts[-1]):
            return None
    return tuple(parts)


def exists(f: Node, here: Here) -> bool:
    """Whether every component of f has a value at a point of numbers."""
    return not any(_is_undefined(substitute(part, here)) for part in entries(f))


def is_sensible_number(u: Node) -> bool:
    """Whether u is a number in a short form: 6, −2/3, 3e², 2 + π, but not cos(2)."""
    nodes = list(postorder(u))
    if u.free or u.size > LONGEST or any(n.op == NUM and _is_large(n) for n in nodes):
        return False
    functions = [n for n in nodes if n.op == FN]
    if any(n.op == DIV and _has_root(n.args[1]) for n in nodes):
        return False
    if any(n.data in CIRCULAR for n in functions) or len(functions) > 1:
        return False
    return all(_is_good_argument(n.data, n.args[0]) for n in functions)


def _has_root(u: Node) -> bool:
    return any(n.op == FN and n.data == "sqrt" for n in postorder(u))


def _is_good_argument(name: str, u: Node) -> bool:
    if name in POSITIVE:
        return _is_positive_number(u)
    return u.op == NUM and abs(u.data) <= MOST_EXPONENT


def _coordinates(result: Node) -> list[Node]:
    found = [num(n) for n in WHOLE]
    if any(n.op == FN and n.data in CIRCULAR for n in postorder(result)):
        found += [PI, PI / 2]
    return found


def _is_undefined(u: Node) -> bool:
    """Whether something is divided by what comes to 0, or has no logarithm or root."""
    for n in postorder(u):
        if n.op == DIV and tidied(n.args[1]) is ZERO:
            return True
        if n.op == FN and n.data in POSITIVE and not _is_positive_number(tidied(n.args[0])):
            return True
        if n.op == POW and not isinstance(tidied(n.args[1]).data, int):
            return not _is_positive_number(tidied(n.args[0]))
        if n.op == POW and tidied(n.args[0]) is ZERO and _is_negative(tidied(n.args[1])):
            return True
    return False


def _is_negative(u: Node) -> bool:
    return u.op == NUM and bool(u.data < 0)


def _is_positive_number(u: Node) -> bool:
    return (u.op == NUM and bool(u.data > 0)) or u.op == CONST


def _is_large(n: Node) -> bool:
    return bool(max(abs(n.data.numerator), n.data.denominator) > LARGEST)
