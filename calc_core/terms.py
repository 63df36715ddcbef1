"""How a product is read as a coefficient, powers of bases, a top and a bottom.

Pure readings of single nodes, shared by the tidying of sums and of products.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import gcd, isqrt

from calc_core.graph import (
    ADD,
    APP,
    CONST,
    DERIV,
    DIV,
    FN,
    MUL,
    NUM,
    ONE,
    POW,
    SYM,
    E,
    Node,
    Number,
    div,
    fn,
    mul,
    num,
    power,
)

HALF = num(Fraction(1, 2))

# Largest number that arithmetic on constants may write out, in bits (about 60 digits).
FOLD_BITS = 200


def exact(value: Number) -> Number:
    """The value as an int where it is one."""
    return value.numerator if type(value) is Fraction and value.denominator == 1 else value


def fold_power(base: Number, exponent: int) -> Number | None:
    """base**exponent, or None where it is undefined or too long to write."""
    if exponent == 1:
        return base
    if base == 0 and exponent <= 0:
        return None
    ratio = Fraction(base)
    bits = max(ratio.numerator.bit_length(), ratio.denominator.bit_length())
    if bits * abs(exponent) > FOLD_BITS and base not in (0, 1, -1):
        return None
    return exact(ratio**exponent)


def fold_root(base: Number, exponent: Fraction) -> Number | None:
    """base**exponent for a fractional exponent, if base > 0 and the root is rational."""
    ratio = Fraction(base)
    if ratio <= 0:
        return None
    top, bottom = (_whole_root(n, exponent.denominator) for n in ratio.as_integer_ratio())
    return fold_power(Fraction(top, bottom), exponent.numerator) if top and bottom else None


def _whole_root(n: int, degree: int) -> int | None:
    """The integer r with r^degree = n, if there is one."""
    root = isqrt(n) if degree == 2 else round(n ** (1 / degree)) if n < 2**50 else 0
    return root if root**degree == n else None


def is_root(u: Node) -> bool:
    """Whether u is an n-th root for a number n."""
    return u.op == FN and u.data == "root" and isinstance(u.args[1].data, int)


def as_power(u: Node) -> tuple[Node, Node]:
    """(base, exponent) with u = base^exponent; roots and e^v are powers, too."""
    if u.op == POW:
        return u.args[0], u.args[1]
    if u.op == FN:
        if u.data == "sqrt":
            return u.args[0], HALF
        if u.data == "exp":
            return E, u.args[0]
    return u, ONE


def as_node(base: Node, exponent: Node) -> Node:
    """base^exponent in the form that a person writes it."""
    if exponent is ONE:
        return base
    if base is E:
        return fn("exp", exponent)
    if exponent is HALF:
        return fn("sqrt", base)
    return power(base, exponent)


def factors(u: Node) -> tuple[Node, ...]:
    """The factors of a product; u alone if it is none, nothing if it is 1."""
    return u.args if u.op == MUL else () if u is ONE else (u,)


def terms(u: Node) -> tuple[Node, ...]:
    """The terms of a sum; u alone if it is none."""
    return u.args if u.op == ADD else (u,)


def split(u: Node) -> tuple[Number, Node]:
    """(c, v) with u = c·v for a tidy u, c rational and v without a rational factor."""
    if u.op == NUM:
        return u.data, ONE
    if u.op == MUL and u.args[0].op == NUM:
        return u.args[0].data, mul(*u.args[1:])
    if u.op == DIV:
        above, top = split(u.args[0])
        below, bottom = split(u.args[1])
        if below != 0:
            rest = top if bottom is ONE else div(top, bottom)
            return exact(Fraction(above) / below), rest
    return 1, u


def join(coefficient: Number, v: Node) -> Node:
    """coefficient·v as one tidy node: the inverse of :func:`split`."""
    if coefficient == 0:
        return num(0)
    if v is ONE:
        return num(coefficient)
    if coefficient == 1:
        return v
    top, bottom = v.args if v.op == DIV else (v, ONE)
    above = scaled(coefficient.numerator, top)
    below = scaled(coefficient.denominator, bottom)
    return above if below is ONE else div(above, below)


def scaled(n: int, v: Node) -> Node:
    """n·v for an integer n and a v without a rational factor."""
    return v if n == 1 else mul(num(n), *factors(v))


def like(v: Node) -> tuple[int, object]:
    """(sign, key) with equal keys for products alike but for the order of factors and the sign.

    The sign tells apart x − y and y − x, which are like each other, too.
    """
    if v.op == DIV:
        above, top = _like_product(v.args[0])
        below, bottom = _like_product(v.args[1])
        return above * below, (top, bottom)
    return _like_product(v)


def _like_product(v: Node) -> tuple[int, object]:
    if not any(f.op == ADD for f in factors(v)):
        return 1, frozenset(v.args) if v.op == MUL else v
    sign, keys = 1, Counter[object]()
    for factor in factors(v):
        turned, key = _oriented(factor) if factor.op == ADD else (1, factor)
        sign *= turned
        # Counted, for x − y and y − x may stand side by side.
        keys[key] += 1
    return sign, frozenset(keys.items())


def _oriented(total: Node) -> tuple[int, object]:
    """A sum with the sign that makes the coefficient of its latest node positive."""
    parts = [split(t) for t in total.args]
    sign = 1 if max(parts, key=lambda part: part[1].uid)[0] > 0 else -1
    return sign, frozenset((sign * c, rest) for c, rest in parts)


def content(coefficients: list[Number]) -> Number:
    """The greatest common divisor of the coefficients (numerators over denominators)."""
    top, bottom = 0, 1
    for value in map(Fraction, coefficients):
        top = gcd(top, value.numerator)
        bottom = bottom * value.denominator // gcd(bottom, value.denominator)
    return exact(Fraction(top or 1, bottom))


def split_sign(u: Node) -> tuple[bool, Node]:
    """(whether u is written with a leading minus, u without it)."""
    if u.op == NUM and u.data < 0:
        return True, num(-u.data)
    if u.op == MUL and u.args[0].op == NUM and u.args[0].data < 0:
        first = num(-u.args[0].data)
        rest = u.args[1:]
        return True, mul(*rest) if first is ONE else mul(first, *rest)
    if u.op == DIV:
        minus, top = split_sign(u.args[0])
        if minus:
            return True, div(top, u.args[1])
    return False, u


def is_negative(u: Node) -> bool:
    """Whether u is written with a leading minus sign."""
    return split(u)[0] < 0


_RANKS = {NUM: 1, ADD: 4, APP: 8, DERIV: 10}


def rank(u: Node) -> tuple[int, str]:
    """The place of a factor in a product.

    Numbers, letters, their symbolic powers, sums, roots, exponentials, functions, the rest; in each
    place by the letter, so that equal products look alike.  A matrix comes last.
    """
    if u.shape:
        return 11, ""
    base, exponent = as_power(u)
    if base is E:
        return (0, "") if exponent is ONE else (6, _letter(exponent))
    if base.op == CONST:
        return 0, ""
    if base.op == SYM:
        return 2 if exponent.op == NUM else 3, base.data
    if base.op == NUM and exponent.op != NUM:
        return 6, _letter(exponent)
    if base.op == FN:
        return 5 if base.data in ("abs", "root", "sqrt") else 7, ""
    return _RANKS.get(base.op, 9), ""


def _letter(u: Node) -> str:
    return u.data if u.op == SYM else "~"
