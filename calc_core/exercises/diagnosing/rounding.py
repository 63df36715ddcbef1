"""Rounded answers: decimal numbers in the place of those that are asked for."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from calc_core.exercises.values import Values
from calc_core.graph import CONST, DIV, FN, NUM, POW, Node, Number, num, postorder, substitute

# As far off, relatively, as 0.33 is from ⅓; and as a calculator is off after some steps.
ROUNDED, NOISE = 1.2e-2, 1e-5
# A number of fewer digits is hardly the outcome of a calculation; of one without decimals.
FEWEST_DIGITS, FEWEST_OF_WHOLE = 2, 3


def is_rounded(given: Node, right: Node, values: Values) -> bool:
    """Whether decimals in an answer are all that keeps it from being right.

    Where the right numbers have decimals without end, as √2 and ⅓ have, any number near them was
    rounded, perhaps on the way.  Where they end, 12.4 is no 12.5: there every number must be what
    rounding, or cutting off, leaves of the right one.
    """
    numbers = [n for n in postorder(given) if n.op == NUM and _is_outcome(n.data)]
    if not numbers:
        return False
    at, goal = values(given), values(right)
    with np.errstate(all="ignore"):
        off = np.abs(at - goal)
        has_decimals = any(n.data.denominator > 1 for n in numbers)
        allowed = ROUNDED if has_decimals and not has_end(right) else NOISE
        if (off <= allowed * np.abs(goal)).all():
            return True
        # What a unit in the last place of every number makes.
        unit = sum(np.abs(values(_with_one_more(given, n)) - at) for n in numbers)
        is_nearest = off <= unit / 2 * (1 + NOISE)
        is_cut_off = (off < unit) & (np.abs(at) <= np.abs(goal))
    is_exact = off == 0
    return bool((is_nearest | is_exact).all() or (is_cut_off | is_exact).all())


def has_end(u: Node) -> bool:
    """Whether every number in a formula is a decimal that ends somewhere.

    >>> from calc_core.parse import parse
    >>> [has_end(parse(text).node) for text in ("2.5 x", "x/4", "x/3", "sqrt(2) x", "pi x")]
    [True, True, False, False, False]
    """
    return not any(_goes_on(part) for part in postorder(u))


def _goes_on(u: Node) -> bool:
    """Whether u is a number whose decimals go on for ever, or divides by such a one."""
    if u.op == NUM:
        return _places(u.data) is None
    if u.op == DIV and u.args[1].op == NUM and u.args[1].data:
        return _places(Fraction(1) / u.args[1].data) is None
    is_root = u.op == POW and u.args[1].op == NUM and u.args[1].data.denominator > 1
    return u.op == CONST or ((u.op == FN or is_root) and not u.free)


def _is_outcome(value: Number) -> bool:
    """Whether a number looks like the outcome of a calculation: 0.33, 2.24, 176."""
    places = _places(value)
    if places is None:
        return False
    digits = str(abs(value * 10**places)).strip("0")
    return len(digits) >= (FEWEST_DIGITS if places else FEWEST_OF_WHOLE)


def _places(value: Number) -> int | None:
    """How many decimals a number has; None if they do not end."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        places = max(places, times)
    return places if rest == 1 else None


def _with_one_more(u: Node, number: Node) -> Node:
    """The formula with one more unit in the last place of a number."""
    unit = Fraction(1, 10 ** (_places(number.data) or 0))
    return substitute(u, {number: num(number.data + unit)})
