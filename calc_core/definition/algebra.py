"""Polynomials and fractions of polynomials: multiply out, cancel, divide by h, put h = 0.

For u = p/q the two fractions are brought to the common denominator,
p(a+h)/q(a+h) − p(a)/q(a) = [p(a+h) q(a) − p(a) q(a+h)] / [q(a+h) q(a)].
(Any calculus text, e.g. Courant, Differential and Integral Calculus I, chapter II.)
"""

from __future__ import annotations

from fractions import Fraction

from calc_core.definition.polynomials import (
    UNIT,
    Poly,
    at_zero,
    difference,
    letter,
    lowered,
    lowest,
    plus,
    polynomial,
    ratio,
    terms_of,
    tidy,
    times,
    written,
)
from calc_core.definition.quotients import (
    ALWAYS,
    EVERY,
    Quotient,
    Solve,
    T,
    Work,
    minus,
)
from calc_core.definition.quotients import times as product
from calc_core.graph import ONE, ZERO, Node, div, mul, num, power

EXPAND = "multiply out"
CANCEL = "what can cancel does"


def constant(q: Quotient, solve: Solve) -> Work | None:
    """A function that does not move: every quotient is 0."""
    del solve
    if not q.stays(tidy(q.u)) or q.here is not None:
        return None
    work = Work(q)
    work.say(q.over_h(ZERO), "cancel", "nothing moves: the difference is 0", weight=ALWAYS)
    return work.conclude(ZERO, "it is 0 for every h, and so is the limit")


def polynomials(q: Quotient, solve: Solve) -> Work | None:
    """A polynomial in the variable that moves."""
    del solve
    moved, still = q.images
    new = polynomial(q.u, T, moved)
    old = polynomial(q.u, T, still) if q.here is None else terms_of(q.here)
    if new is None or old is None:
        return None
    work = Work(q)
    work.say(q.over_h(difference(new, old, q.h)), "expand", EXPAND)
    return divided(work, plus(new, old, -1), letter(q.h), None)


def divided(work: Work, top: Poly, bottom: Poly, outside: tuple[Node, Node] | None = None) -> Work:
    """The lines from a numerator multiplied out to the limit.

    The denominator is the polynomial ``bottom``; or h·v where ``outside`` is (v, its limit ≠ 0).
    """
    h = work.quotient.h
    whole = written(bottom, h) if outside is None else product(h, outside[0])
    work.say(div(written(top, h), whole), "cancel", CANCEL)
    if not top:
        work.say(ZERO, "divide", f"0 divided by {h.data} is 0", weight=ALWAYS)
        return work.conclude(ZERO, "it is 0 for every h, and so is the limit")
    n = min(lowest(top, h), lowest(bottom, h)) if outside is None else 1
    rest, left = lowered(top, h, n), lowered(bottom, h, n)
    below = written(left, h) if outside is None else outside[0]
    if n and len(top) > 1:
        taken = h if n == 1 else power(h, num(n))
        line = div(mul(taken, written(rest, h)), product(taken, below))
        work.say(line, "factor-h", f"take out {h.data}", weight=EVERY)
    work.say(over(written(rest, h), below), "divide", f"cancel {h.data}", weight=ALWAYS)
    end = written(at_zero(left, h), h) if outside is None else outside[1]
    if end is ZERO:
        return work.fail("the quotient grows beyond all bounds")
    return work.conclude(over(written(at_zero(rest, h), h), end))


def over(top: Node, bottom: Node) -> Node:
    """The fraction, if there is anything below the bar."""
    return top if bottom is ONE else div(top, bottom)


def rationals(q: Quotient, solve: Solve) -> Work | None:
    """A fraction of polynomials."""
    del solve
    found = ratio(q.u, T)
    if found is None:
        return None
    p, below = found
    moved, still = q.images
    tops, bottoms = polynomial(p, T, moved), polynomial(below, T, moved)
    if q.here is not None:
        old: tuple[Poly | None, Poly | None] = terms_of(q.here), {UNIT: Fraction(1)}
    else:
        old = polynomial(p, T, still), polynomial(below, T, still)
    if tops is None or bottoms is None or old[0] is None or old[1] is None:
        return None
    first, second = times(tops, old[1]), times(old[0], bottoms)
    if first is None or second is None:
        return None
    if q.here is not None:
        return _at_a_gap(q, plus(first, second, -1), bottoms)
    p0, q0, p1, q1 = q.still(p), q.still(below), q.moved(p), q.moved(below)
    work = Work(q)
    outside = product(q1, q0)
    common = minus(product(p1, q0), product(p0, q1))
    work.say(div(common, product(q.h, outside)), "common-denominator", "common denominator")
    expanded = difference(first, second, q.h)
    work.say(div(expanded, product(q.h, outside)), "expand", EXPAND)
    square = power(q0, num(2))
    return divided(work, plus(first, second, -1), letter(q.h), (outside, square))


def _at_a_gap(q: Quotient, top: Poly, bottom: Poly) -> Work | None:
    """The quotient at a point where the value is given apart: a fraction of polynomials in h."""
    whole = times(bottom, letter(q.h))
    if whole is None:
        return None
    work = Work(q)
    if q.still() is ZERO:
        simple = over(written(top, q.h), written(bottom, q.h))
        work.say(q.over_h(simple), "arithmetic", "work out the fraction")
    return divided(work, top, whole)
