r"""Functions with a standard limit: e^u, ln u, sin u, cos u and their kin, roots and powers.

With k = u(a+h) − u(a), every row turns [g(u+k) − g(u)]/h into (front)·(k/h), where the front has a
limit that is known by name,

    (e^k − 1)/k → 1,   ln(1+k)/k → 1,   sin k/k → 1,   (cos k − 1)/k → 0,   arctan k/k → 1,

or, for roots and powers, into which k = 0 may be put once k has been cancelled.  For a polynomial
u the quotient k/h is divided out; otherwise it is a limit of its own.  (k ≠ 0 for small h ≠ 0, as
u is analytic and not constant.)
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from calc_core.definition.algebra import over
from calc_core.definition.outer import Front, Increment, Row
from calc_core.definition.polynomials import (
    at_zero,
    is_whole,
    lowered,
    plus,
    polynomial,
    written,
)
from calc_core.definition.powers import POWER, ROOT
from calc_core.definition.quotients import ALWAYS, EVERY, Quotient, Solve, T, Work, minus, times
from calc_core.definition.transcendental import ARCTANGENT, EXPONENTIAL, LOGARITHM, SINE, TANGENT
from calc_core.graph import FN, NUM, ONE, POW, ZERO, Node, add, div, mul
from calc_core.light import lightly
from calc_core.printing import Text
from calc_core.terms import terms

MAX_ROOT = 6

_ROWS: Mapping[str, Row] = MappingProxyType(
    {
        "exp": EXPONENTIAL,
        "ln": LOGARITHM,
        "sin": SINE,
        "cos": SINE,
        "sinh": SINE,
        "cosh": SINE,
        "tan": TANGENT,
        "tanh": TANGENT,
        "atan": ARCTANGENT,
        "sqrt": ROOT,
        "root": ROOT,
        "abs": ROOT,
    }
)


def increment(q: Quotient, inner: Node, solve: Solve) -> Increment:
    """The increment of the inner function."""
    moved, still = q.images
    new, old = polynomial(inner, T, moved), polynomial(inner, T, still)
    before = q.still(inner)
    if new is None or old is None:
        work = solve(q.part(inner))
        after = q.moved(inner)
        k = minus(after, before)
        return Increment(before, after, k, div(k, q.h), work.value or ZERO, work)
    change = plus(new, old, -1)
    k = written(change, q.h)
    slope = lowered(change, q.h, 1)
    after = lightly(add(*terms(before), *terms(k)))
    rate = written(slope, q.h)
    return Increment(before, after, k, rate, written(at_zero(slope, q.h), q.h), None)


def standard(q: Quotient, solve: Solve) -> Work | None:
    """A function of the table with one argument that moves."""
    if q.here is not None:
        return None
    found = _read(q.u, q)
    if found is None:
        return None
    row, inner = found
    by = increment(q, inner, solve)
    if by.work is not None and by.work.value is None:
        return None
    work = Work(q, parts=[by.work] if by.work is not None else [])
    for body, rule, name, law in row.stages(q.u, by, q.h):
        work.say(body, rule, name, law)
    front = row.front(q.u, by)
    joined = _joined(front.top, by.rate)
    weight = ALWAYS if by.work is None else EVERY
    work.say(over(joined, front.bottom), "split", _split_name(by, front, q), weight=weight)
    if by.work is not None:
        apart = mul(q.lim(over(front.top, front.bottom)), q.lim(by.rate))
        work.write(apart, "split", "the limit of a product, factor by factor")
    raw = over(times(front.limit_top, by.slope), front.limit_bottom)
    return work.conclude(raw, front.name, front.law)


def _split_name(by: Increment, front: Front, q: Quotient) -> str:
    if by.work is None and not front.law:
        return f"cancel {q.h.data}"
    if by.k is q.h:
        return "split off the known limit"
    if by.work is None:
        return f"multiply and divide by {Text()(by.k)}"
    return "multiply and divide by the change of the inner function"


def _joined(top: Node, rate: Node) -> Node:
    return times(rate) if top is ONE else times(top, rate)


def _read(u: Node, q: Quotient) -> tuple[Row, Node] | None:
    """The row for u, and its inner function."""
    if u.op == POW:
        base, exponent = u.args
        if q.stays(base):
            return EXPONENTIAL, exponent
        if exponent.op == NUM:
            return (POWER, base) if _is_root_or_power(exponent) else None
        return None
    if u.op != FN:
        return None
    if u.data == "ln" and u.args[0].op == FN and u.args[0].data == "abs":
        return LOGARITHM, u.args[0].args[0]
    if u.data in ("sqrt", "root", "abs") and q.still() is ZERO:
        return None
    if u.data == "root" and not (is_whole(u.args[1]) and 2 <= u.args[1].data <= MAX_ROOT):
        return None
    row = _ROWS.get(u.data)
    return (row, u.args[0]) if row is not None else None


def _is_root_or_power(exponent: Node) -> bool:
    """Whether the exponent is n or 1/n, n not too large."""
    value = Fraction(exponent.data)
    small = max(value, 1 / value) <= MAX_ROOT if value > 0 else False
    return small and 1 in (value.numerator, value.denominator)
