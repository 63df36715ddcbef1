"""|u|, max, and functions by cases: the case that counts, or one side after the other."""

from __future__ import annotations

from dataclasses import replace

from calc_core.definition.nearby import at_once
from calc_core.definition.pieces import has_cases, has_kinks, here, near
from calc_core.definition.polynomials import tidy
from calc_core.definition.quotients import ALWAYS, Quotient, Solve, Work, minus
from calc_core.definition.signs import Undecided, is_defined
from calc_core.errors import InputError
from calc_core.graph import (
    NUM,
    Node,
)


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
