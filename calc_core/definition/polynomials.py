"""Polynomials in h and letters, multiplied out: the arithmetic under a difference quotient.

A polynomial is a table from monomials to rational coefficients.  A monomial lists its atoms with
their exponents; an atom is a letter, or any part that does not hold h, such as sin y or 1 + y²
(whose exponent may be negative).  Terms keep the order in which multiplying out produces them, as
on paper: (x + h)² is x² + 2xh + h².
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType

from calc_core.graph import (
    ADD,
    DIV,
    FN,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    ZERO,
    Node,
    Number,
    add,
    depends,
    div,
    mul,
    num,
    postorder,
    power,
    substitute,
)
from calc_core.terms import as_node, as_power, is_negative, join, rank
from calc_core.tidy import Tidier

Monomial = tuple[tuple[Node, int], ...]
Poly = dict[Monomial, Fraction]

UNIT: Monomial = ()
# Longer ones are not multiplied out: nobody would want to read that.
MAX_TERMS, MAX_EXPONENT = 60, 12


def tidy(u: Node) -> Node:
    """U as a person would write it, |2| and the like worked out."""
    found = Tidier()(u)[0]
    known = {n: value for n in postorder(found) if (value := _worked_out(n)) is not None}
    return tidy(substitute(found, known)) if known else found


def _worked_out(u: Node) -> Node | None:
    if u.op == FN and u.data == "root" and u.args[0] in (ZERO, ONE):
        return u.args[0]
    if u.op == POW and u.args[0] is ZERO and u.args[1].op == NUM and u.args[1].data > 0:
        return ZERO
    if u.op != FN or u.data not in _AT_NUMBERS or any(a.op != NUM for a in u.args):
        return None
    return num(_AT_NUMBERS[u.data](*[a.data for a in u.args]))


_AT_NUMBERS: Mapping[str, Callable[..., Number]] = MappingProxyType(
    {
        "abs": abs,
        "max": max,
        "min": min,
        "sign": lambda n: (n > 0) - (n < 0),
        "relu": lambda n: max(n, 0),
        "floor": floor,
        "ceil": ceil,
    }
)


def polynomial(u: Node, t: Node, image: Poly) -> Poly | None:
    """U with ``image`` put in for t, multiplied out; None if u is none in t, or a long one."""
    if not depends(u, t):
        return constant(u)
    if u.op == SYM:
        return image
    if u.op == ADD:
        return _sum([polynomial(a, t, image) for a in u.args])
    if u.op == MUL:
        return _product([polynomial(a, t, image) for a in u.args])
    if u.op == DIV and not depends(u.args[1], t):
        return _product([polynomial(u.args[0], t, image), constant(power(u.args[1], num(-1)))])
    if u.op == POW and is_whole(u.args[1]) and 0 <= u.args[1].data <= MAX_EXPONENT:
        base = polynomial(u.args[0], t, image)
        return _product([base] * u.args[1].data)
    return None


def is_whole(u: Node) -> bool:
    """Whether u is a whole number."""
    return u.op == NUM and isinstance(u.data, int)


def constant(u: Node) -> Poly:
    """A part that does not hold t, as a polynomial of one term (none if it is 0)."""
    coefficient, exponents = _atoms(tidy(u), 1)
    return {_monomial(exponents): coefficient} if coefficient else {}


def _atoms(u: Node, n: int) -> tuple[Fraction, dict[Node, int]]:
    """u^n as a number and powers of atoms."""
    if u.op == NUM and (u.data or n > 0):
        return Fraction(u.data) ** n, {}
    if u.op in (MUL, DIV):
        signs = [n, -n] if u.op == DIV else [n] * len(u.args)
        coefficient, exponents = Fraction(1), dict[Node, int]()
        for part, sign in zip(u.args, signs, strict=True):
            c, found = _atoms(part, sign)
            coefficient *= c
            for atom, k in found.items():
                exponents[atom] = exponents.get(atom, 0) + k
        return coefficient, exponents
    if u.op == POW and is_whole(u.args[1]):
        return _atoms(u.args[0], n * u.args[1].data)
    return Fraction(1), {u: n}


def _monomial(exponents: dict[Node, int]) -> Monomial:
    return tuple(sorted(((a, n) for a, n in exponents.items() if n), key=lambda p: p[0].uid))


def letter(x: Node) -> Poly:
    """The polynomial x."""
    return {((x, 1),): Fraction(1)}


def terms_of(u: Node) -> Poly:
    """A part without t, its sum taken apart (for the point a in f(a + h))."""
    total: Poly = {}
    for term in u.args if u.op == ADD else (u,):
        total = plus(total, constant(term))
    return total


def plus(a: Poly, b: Poly, factor: int = 1) -> Poly:
    """A + factor·b."""
    total = dict(a)
    for monomial, c in b.items():
        value = total.get(monomial, Fraction(0)) + factor * c
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def _sum(parts: list[Poly | None]) -> Poly | None:
    total: Poly = {}
    for part in parts:
        if part is None:
            return None
        total = plus(total, part)
    return total if len(total) <= MAX_TERMS else None


def _product(parts: list[Poly | None]) -> Poly | None:
    total: Poly | None = {UNIT: Fraction(1)}
    for part in parts:
        if part is None or total is None:
            return None
        total = times(total, part)
    return total


def times(a: Poly, b: Poly) -> Poly | None:
    """A·b multiplied out; None if that is too long."""
    total: Poly = {}
    for left, c in a.items():
        for right, d in b.items():
            monomial = _joined(left, right)
            total[monomial] = total.get(monomial, Fraction(0)) + c * d
    total = {m: c for m, c in total.items() if c}
    return total if len(total) <= MAX_TERMS else None


def _joined(left: Monomial, right: Monomial) -> Monomial:
    if not left or not right:
        return left or right
    exponents = dict(left)
    for atom, n in right:
        exponents[atom] = exponents.get(atom, 0) + n
    return _monomial(exponents)


def degree(monomial: Monomial, h: Node) -> int:
    """The exponent of h."""
    return dict(monomial).get(h, 0)


def lowest(p: Poly, h: Node) -> int:
    """The smallest exponent of h in p."""
    return min((degree(m, h) for m in p), default=0)


def lowered(p: Poly, h: Node, n: int) -> Poly:
    """p/h^n."""
    return {_joined(m, ((h, -n),)) if n else m: c for m, c in p.items()}


def at_zero(p: Poly, h: Node) -> Poly:
    """The terms of p without h."""
    return {m: c for m, c in p.items() if not degree(m, h)}


def written(p: Poly, h: Node) -> Node:
    """The polynomial as a sum, each term with its h behind the other letters."""
    pieces = [_term(m, c, h) for m, c in p.items()]
    first = next((t for t in pieces if not is_negative(t)), None)
    if first is not None:
        pieces = [first, *[t for t in pieces if t is not first]]
    return add(*pieces) if pieces else ZERO


def difference(a: Poly, b: Poly, h: Node) -> Node:
    """A − b with nothing cancelled yet."""
    negated = {m: -c for m, c in b.items()}
    pieces = [_term(m, c, h) for p in (a, negated) for m, c in p.items()]
    return add(*pieces) if pieces else ZERO


def _term(monomial: Monomial, coefficient: Fraction, h: Node) -> Node:
    def place(factor: Node) -> tuple[int, str]:
        return (2, "~") if as_power(factor)[0] is h else rank(factor)

    above = [as_node(a, num(n)) for a, n in monomial if n > 0]
    below = [as_node(a, num(-n)) for a, n in monomial if n < 0]
    top = mul(*sorted(above, key=place))
    rest = div(top, mul(*sorted(below, key=place))) if below else top
    value = coefficient.numerator if coefficient.denominator == 1 else coefficient
    return join(value, rest) if rest is not ONE else num(value)


def ratio(u: Node, t: Node) -> tuple[Node, Node] | None:
    """(p, q) with u = p/q, both polynomials in t as they were written; None if there are none."""
    if not depends(u, t) or polynomial(u, t, letter(t)) is not None:
        return u, ONE
    if u.op in (ADD, MUL, DIV):
        return _ratio_of_parts(u, t)
    if u.op == POW and is_whole(u.args[1]) and u.args[1].data < 0:
        found = ratio(u.args[0], t)
        n = num(-u.args[1].data)
        return (as_node(found[1], n), as_node(found[0], n)) if found else None
    if u.op == POW and is_whole(u.args[1]):
        found = ratio(u.args[0], t)
        n = u.args[1]
        return (as_node(found[0], n), as_node(found[1], n)) if found else None
    return None


def _ratio_of_parts(u: Node, t: Node) -> tuple[Node, Node] | None:
    parts = [ratio(a, t) for a in u.args]
    known = [p for p in parts if p is not None]
    if len(known) < len(parts):
        return None
    top, bottom = known[0]
    for above, below in known[1:]:
        if u.op == DIV:
            above, below = below, above
        if u.op == ADD and below is not bottom:
            top, bottom = add(_by(top, below), _by(above, bottom)), _by(bottom, below)
        elif u.op == ADD:
            top = add(top, above)
        else:
            top, bottom = _by(top, above), _by(bottom, below)
    return top, bottom


def _by(a: Node, b: Node) -> Node:
    parts = [f for u in (a, b) for f in (u.args if u.op == MUL else (u,)) if f is not ONE]
    return mul(*parts)


def is_root(u: Node) -> bool:
    """Whether u is a square root or an n-th root."""
    return u.op == FN and u.data in ("sqrt", "root")
