"""Sums, constant multiples, products and quotients, taken apart."""

from __future__ import annotations

from dataclasses import replace

from calc_core.definition.algebra import over
from calc_core.definition.polynomials import letter, polynomial
from calc_core.definition.quotients import ALWAYS, Quotient, Solve, T, Work, minus, times
from calc_core.graph import (
    DIV,
    MUL,
    NUM,
    ONE,
    POW,
    ZERO,
    Node,
    add,
    depends,
    div,
    mul,
    num,
    power,
)
from calc_core.light import lightly
from calc_core.printing import Text
from calc_core.terms import terms

# ── sums and constant multiples ───────────────────────────────────────────────────────────────────


def sums(q: Quotient, solve: Solve) -> Work | None:
    """A sum: the polynomial terms together, every other term apart; and a constant factor."""
    if q.here is not None:
        return None
    moving = [t for t in terms(q.u) if not q.stays(t)]
    plain = [t for t in moving if polynomial(t, T, letter(T)) is not None]
    groups = [(ONE, add(*plain))] if plain else []
    groups += [_taken_apart(t, q) for t in moving if t not in plain]
    if len(groups) > 1:
        return _sum(q, groups, solve)
    factor, rest = groups[0]
    if rest is q.u:
        return None
    inner = solve(q.part(rest))
    work = inner.around(q, lambda body: times(factor, body))
    if work.moves and not work.moves[0].name:
        name = "a constant factor stands in front" if factor is not ONE else ""
        dropped = "what stands still cancels" if len(moving) < len(terms(q.u)) else ""
        name = "; ".join(n for n in (dropped, name) if n)
        work.moves[0] = replace(work.moves[0], name=name or "what can cancel does")
    return work


def _taken_apart(u: Node, q: Quotient) -> tuple[Node, Node]:
    """(c, v) with u = c·v and everything in c standing still."""
    if u.op == MUL:
        parts = [_taken_apart(f, q) for f in u.args]
        return times(*[c for c, _ in parts]), times(*[v for _, v in parts])
    if u.op == DIV:
        above, top = _taken_apart(u.args[0], q)
        below, bottom = _taken_apart(u.args[1], q)
        return lightly(over(above, below)), lightly(over(top, bottom))
    return (u, ONE) if q.stays(u) else (ONE, u)


def _sum(q: Quotient, groups: list[tuple[Node, Node]], solve: Solve) -> Work | None:
    parts = [solve(q.part(v)) for _, v in groups]
    work = Work(q, parts=parts)
    apart = [times(c, p.goal) for (c, _), p in zip(groups, parts, strict=True)]
    work.write(add(*apart), "sum", "the limit of a sum, term by term", weight=ALWAYS)
    missing = [p for p in parts if p.value is None]
    if len(missing) == 1:
        return work.fail(missing[0].reason)
    if missing:
        return None
    values = [mul(c, p.value or ZERO) for (c, _), p in zip(groups, parts, strict=True)]
    return work.conclude(add(*values), "the limits from above")


# ── products and quotients ────────────────────────────────────────────────────────────────────────


def products(q: Quotient, solve: Solve) -> Work | None:
    """u·v: put in u(a) v(a+h) and take it away again."""
    if q.u.op != MUL or q.here is not None:
        return None
    plain = [f for f in q.u.args if polynomial(f, T, letter(T)) is not None]
    others = [f for f in q.u.args if f not in plain]
    u, v = (times(*plain), times(*others)) if plain else (others[0], times(*others[1:]))
    left, right = solve(q.part(u)), solve(q.part(v))
    if left.value is None or right.value is None:
        return None
    work = Work(q, parts=[left, right])
    u0, u1, v0, v1 = q.still(u), q.moved(u), q.still(v), q.moved(v)
    between = times(u0, v1)
    four = add(times(u1, v1), times(num(-1), between), between, times(num(-1), u0, v0))
    work.say(q.over_h(four), "between", "take the same away and add it again")
    split = add(times(over(minus(u1, u0), q.h), v1), times(u0, over(minus(v1, v0), q.h)))
    work.say(split, "factor", "collect in pairs", weight=ALWAYS)
    raw = add(mul(left.value, v0), mul(u0, right.value))
    return work.conclude(raw, f"the limits from above, and {Text()(v1)} goes to {Text()(v0)}")


def quotients(q: Quotient, solve: Solve) -> Work | None:
    """u/v: the common denominator, then the same trick."""
    found = _fraction(q.u)
    if found is None or q.here is not None:
        return None
    u, v = found
    right = solve(q.part(v))
    left = None if q.stays(u) else solve(q.part(u))
    if right.value is None or (left is not None and left.value is None):
        return None
    work = Work(q, parts=[*([left] if left else []), right])
    u0, u1, v0, v1 = q.still(u), q.moved(u), q.still(v), q.moved(v)
    both = times(v1, v0)
    work.say(
        div(minus(times(u1, v0), times(u0, v1)), times(q.h, both)),
        "common-denominator",
        "common denominator",
    )
    falling = times(u0, over(minus(v1, v0), q.h))
    fall = mul(u0, right.value)
    if left is None:
        top, end = times(num(-1), falling), times(num(-1), fall)
    else:
        top = minus(times(over(minus(u1, u0), q.h), v0), falling)
        end = minus(mul(left.value or ZERO, v0), fall)
    name = "take u(a) v(a) away and add it again; collect in pairs" if left else "take out"
    work.say(div(top, both), "between", name, weight=ALWAYS)
    return work.conclude(div(end, power(v0, num(2))), "the limits from above")


def _fraction(u: Node) -> tuple[Node, Node] | None:
    if u.op == DIV and depends(u.args[1], T):
        return u.args[0], u.args[1]
    if u.op == POW and u.args[1].op == NUM and u.args[1].data < 0:
        return ONE, lightly(power(u.args[0], num(-u.args[1].data)))
    return None
