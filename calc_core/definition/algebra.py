"""Polynomials and fractions of polynomials: multiply out, cancel, divide by h, put h = 0.

For u = p/q the two fractions are brought to the common denominator,
p(a+h)/q(a+h) − p(a)/q(a) = [p(a+h) q(a) − p(a) q(a+h)] / [q(a+h) q(a)].
(Any calculus text, e.g. Courant, Differential and Integral Calculus I, chapter II.)
"""

from __future__ import annotations

from calc_core.definition.polynomials import (
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
from calc_core.graph import ONE, ZERO, Node, add, div, mul, num, power

EXPAND = "multiply out"
CANCEL = "what does not hold h cancels"
FACTOR = "take out h"
DIVIDE = "cancel h"


def constant(q: Quotient, solve: Solve) -> Work | None:
    """A function that does not move: every quotient is 0."""
    del solve
    if not q.stays(q.u) or q.here is not None:
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


def divided(work: Work, top: Poly, bottom: Poly, factors: Node | None) -> Work:
    """The lines from a numerator multiplied out to the limit.

    The denominator is ``bottom`` (which holds the h), or h·``factors`` where these are given and do
    not vanish with h.
    """
    q, h = work.quotient, work.quotient.h
    below = written(bottom, h) if factors is None else product(h, factors)
    work.say(div(written(top, h), below), "cancel", CANCEL)
    if not top:
        work.say(ZERO, "divide", "0 divided by h is 0", weight=ALWAYS)
        return work.conclude(ZERO, "it is 0 for every h, and so is the limit")
    n = min(lowest(top, h), lowest(bottom, h))
    rest, left = lowered(top, h, n), lowered(bottom, h, n)
    outside = factors or written(left, h)
    if n and len(top) > 1:
        taken = h if n == 1 else power(h, num(n))
        below = product(taken, outside)
        work.say(div(mul(taken, written(rest, h)), below), "factor-h", FACTOR, weight=EVERY)
    work.say(_over(written(rest, h), outside), "divide", DIVIDE, weight=ALWAYS)
    if factors is not None:
        from_left = q.still(_formal(factors, q))
        return work.conclude(_over(written(at_zero(rest, h), h), from_left))
    end = at_zero(left, h)
    if not end:
        return work.fail("The quotient grows beyond all bounds as h goes to 0.")
    return work.conclude(_over(written(at_zero(rest, h), h), written(end, h)))


def _formal(factors: Node, q: Quotient) -> Node:
    # At h = 0 the factors q(a+h)·q(a) are those of a: T stands for h here.
    from calc_core.graph import substitute

    return substitute(factors, {q.h: ZERO})


def _over(top: Node, bottom: Node) -> Node:
    return top if bottom is ONE else div(top, bottom)
