"""Sums, constant multiples, products and quotients taken apart, and the table of methods."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from calc_core.conditions import unknown_functions
from calc_core.definition.algebra import constant, over, polynomials, rationals
from calc_core.definition.nearby import at_once
from calc_core.definition.pieces import Undecided, has_cases, has_kinks, here, is_defined, near
from calc_core.definition.polynomials import is_whole, letter, polynomial, tidy
from calc_core.definition.quotients import ALWAYS, Method, Quotient, Solve, T, Work, minus, times
from calc_core.definition.standard import standard
from calc_core.errors import InputError
from calc_core.graph import (
    DIV,
    FN,
    MUL,
    NUM,
    ONE,
    POW,
    ZERO,
    Node,
    add,
    depends,
    div,
    fn,
    mul,
    num,
    power,
    substitute,
)
from calc_core.light import lightly
from calc_core.printing import Text
from calc_core.terms import factors, terms

# A quotient within a quotient within a quotient is as far as a reader follows.
MAX_DEPTH = 5


def solve(q: Quotient) -> Work:
    """The limit of a difference quotient, line by line.

    Raises InputError where none of the methods applies.
    """
    if q.depth <= MAX_DEPTH:
        for method in METHODS:
            work = method(q, solve)
            if work is not None:
                return work
    raise no_method(q.u, q)


def no_method(u: Node, q: Quotient) -> InputError:
    """The refusal, naming the part that is in the way."""
    unknown = unknown_functions(u)
    if unknown:
        return InputError(
            f"The definition needs a concrete function, and {unknown[0]} is unknown.",
            hint="The rules of differentiation work with its partial derivatives.",
        )
    shown = Text()(substitute(u, {T: q.x}))
    return InputError(
        f"The difference quotient of {shown} does not come out in closed form here.",
        hint="The rules of differentiation give this derivative: use the partial derivative.",
    )


# ── by cases ──────────────────────────────────────────────────────────────────────────────────────


def by_cases(q: Quotient, solve: Solve) -> Work | None:
    """A function with |u|, max or cases: the case that counts, or one side after the other."""
    if not has_kinks(q):
        return None
    if not has_cases(q.u):
        done = at_once(q, solve) if q.a.op == NUM else None
        if done is not None and done.value is not None:
            return done
    signs = (1, -1) if not q.side else (1,) if q.side == "+" else (-1,)
    try:
        ways = [near(q, s) for s in signs]
        value = here(q)
    except Undecided:
        if has_cases(q.u, beyond=("abs",)):
            raise InputError(
                "Which case counts depends on the point.",
                hint="Give a number for every variable.",
            ) from None
        return None
    if len({*ways}) == 1:
        return _one_case(q, ways[0], value, solve)
    return _two_sides(q, solve)


def _one_case(q: Quotient, way: Node, value: Node, solve: Solve) -> Work:
    plain = replace(q, u=way, named=None)
    if tidy(plain.still()) is not value or not is_defined(plain.as_written()):
        plain = replace(plain, here=value)
    inner = solve(plain)
    work = Work(q, parts=inner.parts, reason=inner.reason)
    sign = {"": "≠ 0", "+": "> 0", "-": "< 0"}[q.side]
    name = f"the case for small {q.h.data} {sign}"
    work.write(q.lim(q.over_h(minus(plain.moved(), value))), "case", name, weight=ALWAYS)
    for move in inner.moves:
        work.write(move.node, move.rule, move.name, move.law, move.weight)
    work.value = inner.value
    return work


def _two_sides(q: Quotient, solve: Solve) -> Work:
    sides = [solve(replace(q, side=side)) for side in "+-"]
    work = Work(q, parts=sides)
    right, left = sides
    if right.value is None or left.value is None:
        side = "right" if right.value is None else "left"
        return work.fail(f"from the {side} {right.reason or left.reason}")
    if right.value is not left.value:
        return work.fail("the limits from the right and from the left differ")
    work.value = right.value
    work.write(right.value, "both-sides", "the same limit from both sides", weight=ALWAYS)
    return work


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


def _sum(q: Quotient, groups: list[tuple[Node, Node]], solve: Solve) -> Work:
    parts = [solve(q.part(v)) for _, v in groups]
    work = Work(q, parts=parts)
    apart = [times(c, p.goal) for (c, _), p in zip(groups, parts, strict=True)]
    work.write(add(*apart), "sum", "the limit of a sum, term by term", weight=ALWAYS)
    missing = [p for p in parts if p.value is None]
    if len(missing) == 1:
        return work.fail(missing[0].reason)
    if missing:
        raise no_method(q.u, q)
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


# ── written otherwise ─────────────────────────────────────────────────────────────────────────────


def _softplus(u: Node) -> Node:
    return fn("ln", add(ONE, fn("exp", u)))


_OTHERWISE: Mapping[str, Callable[..., Node]] = MappingProxyType(
    {
        "sec": lambda u: div(ONE, fn("cos", u)),
        "csc": lambda u: div(ONE, fn("sin", u)),
        "cot": lambda u: div(fn("cos", u), fn("sin", u)),
        "sech": lambda u: div(ONE, fn("cosh", u)),
        "csch": lambda u: div(ONE, fn("sinh", u)),
        "coth": lambda u: div(fn("cosh", u), fn("sinh", u)),
        "log": lambda u, b: div(fn("ln", u), fn("ln", b)),
        "sigmoid": lambda u: div(ONE, add(ONE, fn("exp", times(num(-1), u)))),
        "softplus": _softplus,
    }
)


def otherwise(q: Quotient, solve: Solve) -> Work | None:
    """A function in terms of those with a standard limit; u^v as e^(v ln u), u^(p/q) as a root."""
    other = _rewritten(q.u)
    if other is None or q.here is not None:
        return None
    inner = solve(replace(q, u=other, named=None))
    work = Work(q, parts=inner.parts, reason=inner.reason)
    work.say(inner.quotient.body, "rewrite", "in terms of simpler functions")
    for move in inner.moves:
        work.write(move.node, move.rule, move.name, move.law, move.weight)
    work.value = inner.value
    return work


def _rewritten(u: Node) -> Node | None:
    if u.op == FN and u.data in _OTHERWISE:
        return _OTHERWISE[u.data](*u.args)
    if u.op != POW:
        return None
    base, exponent = u.args
    if exponent.op == NUM and not is_whole(exponent) and exponent.data > 0:
        p, n = exponent.data.numerator, exponent.data.denominator
        return fn("sqrt", power(base, num(p))) if n == 2 and p > 1 else None
    if depends(base, T) and exponent.op != NUM:
        return fn("exp", times(*factors(exponent), fn("ln", base)))
    return None


METHODS: tuple[Method, ...] = (
    constant,
    polynomials,
    rationals,
    by_cases,
    at_once,
    sums,
    standard,
    otherwise,
    quotients,
    products,
)
