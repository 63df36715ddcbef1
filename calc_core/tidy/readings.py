"""How the terms of a sum are read while it is being tidied: nothing is rewritten here."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from calc_core.graph import ADD, DIV, FN, MUL, NUM, ONE, POW, E, Node, Number, mul, num
from calc_core.terms import as_node, as_power, factors, is_negative, like, split


def positive_first(flat: list[Node]) -> list[Node]:
    """The sum with its first positive term at the front, if it would begin with a minus sign."""
    if is_negative(flat[0]):
        for i, term in enumerate(flat):
            if not is_negative(term):
                return [term, *flat[:i], *flat[i + 1 :]]
    return flat


def like_with_sign(u: Node) -> tuple[Number, object]:
    """A key that is equal for equal terms whatever the order of their factors."""
    coefficient, rest = split(u)
    sign, key = like(rest)
    return sign * coefficient, key


def top(u: Node) -> tuple[Node, ...]:
    """The factors above the bar."""
    return factors(u.args[0] if u.op == DIV else u)


def bottom(u: Node) -> list[Node]:
    """What stands below the bar in a term, its number left out; (a/b)^n counts as a^n/b^n."""
    below = [f for f in factors(u.args[1]) if f.op != NUM] if u.op == DIV else []
    for factor in top(u):
        base, exponent = as_power(factor)
        if base.op == DIV and exponent.op == NUM and isinstance(exponent.data, int):
            if exponent.data > 0:
                below.extend(as_node(f, exponent) for f in factors(base.args[1]) if f.op != NUM)
        elif exponent.op == NUM and exponent.data < 0:
            below.append(as_node(base, num(-exponent.data)))
    return below


def common_bottom(total: Node) -> Node:
    """The least common denominator of the terms of a sum, not yet tidy."""
    common: dict[Node, Number] = {}
    for term in total.args:
        for factor in bottom(term):
            base, exponent = as_power(factor)
            if exponent.op != NUM:
                return ONE
            common[base] = max(common.get(base, 0), exponent.data)
    return mul(*[as_node(base, num(n)) for base, n in common.items()])


def powers(v: Node) -> dict[Node, Number]:
    """The numeric exponents of the bases above the bar."""
    found: dict[Node, Number] = {}
    for factor in top(v):
        base, exponent = as_power(factor)
        if exponent.op == NUM:
            found[base] = exponent.data
        else:
            found[factor] = 1
    return found


def tall_factors(u: Node) -> dict[Node, Number]:
    """The exponents of the sums and exponentials above the bar."""
    found: dict[Node, Number] = {}
    for factor in top(u):
        base, exponent = as_power(factor)
        if base is E:
            found[factor] = 1
        elif base.op == ADD and exponent.op == NUM and exponent.data > 0:
            found[base] = exponent.data
    return found


def is_polynomial_in(bases: dict[Node, Number], u: Node) -> bool:
    """Whether u is a number times powers of the bases."""
    return all(f.op == NUM or as_power(f)[0] in bases for f in factors(u))


def small_square(u: Node) -> Node | None:
    """U if it is a sum, v if it is v² of a sum v."""
    if u.op == ADD:
        return u
    if u.op == POW and u.args[0].op == ADD and u.args[1] is num(2):
        return u.args[0]
    return None


def width(u: Node) -> int:
    """How many terms u has when multiplied out, sums within sums included."""
    if u.op == ADD:
        return sum(width(a) for a in u.args)
    if u.op == MUL:
        return prod(width(a) for a in u.args)
    whole = small_square(u)
    return 1 if whole is None else width(whole) ** 2


def has_sum(u: Node) -> bool:
    """Whether u is a product with a sum, or the square of one, among its factors."""
    if u.op == DIV and u.args[1].op == NUM:
        return u.args[0].op == ADD or has_sum(u.args[0])
    return u.op == MUL and any(small_square(f) is not None for f in u.args)


def squares(u: Node, names: tuple[str, ...]) -> list[Node]:
    """The factors above the bar that are squares of one of the named functions."""
    return [
        f
        for f in top(u)
        if f.op == POW
        and f.args[1].op == NUM
        and f.args[1].data == 2
        and f.args[0].op == FN
        and f.args[0].data in names
    ]


def is_shorter(new: Sequence[Node], old: Sequence[Node]) -> bool:
    """Whether there is less of it: what does not get shorter could go round in circles."""
    return total_size(new) < total_size(old)


def total_size(nodes: Sequence[Node]) -> int:
    """The sizes of the nodes together."""
    return sum(u.size for u in nodes)
