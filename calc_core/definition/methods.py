"""The table of methods, and the one loop over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from calc_core.definition.algebra import constant, polynomials, rationals
from calc_core.definition.cases import by_cases
from calc_core.definition.checks import confirmed
from calc_core.definition.composite import products, quotients, sums
from calc_core.definition.nearby import at_once
from calc_core.definition.polynomials import is_whole, tidy
from calc_core.definition.quotients import ALWAYS, Method, Quotient, Solve, T, Work, times
from calc_core.definition.standard import standard
from calc_core.errors import InputError
from calc_core.graph import (
    FN,
    NUM,
    ONE,
    POW,
    Node,
    add,
    depends,
    div,
    fn,
    num,
    power,
    substitute,
    unknown_functions,
)
from calc_core.printing import Text
from calc_core.terms import factors

# A quotient within a quotient within a quotient is as far as a reader follows.
MAX_DEPTH = 5


def solve(q: Quotient) -> Work:
    """The limit of a difference quotient, line by line.

    A method may find itself outside its domain, as one that divides by u(a) where that is 0: what
    the check does not confirm is passed over.

    Raises InputError where none of the methods applies.
    """
    if q.depth <= MAX_DEPTH:
        for method in METHODS:
            work = method(q, solve)
            if work is not None and confirmed(work):
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
    if u.op == POW and is_whole(u.args[1]):
        return InputError(
            f"The difference quotient of {shown} is too long to write out.",
            hint="The power rule gives it at once.",
        )
    return InputError(
        f"The difference quotient of {shown} does not come out in closed form here.",
        hint="The rules of differentiation give it at once.",
    )


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
    if q.u.op == POW and inner.value is not None:
        work.value = tidy(substitute(inner.value, {inner.quotient.still(): q.still()}))
        name = "write the exponential as a power again"
        work.write(work.value, "rewrite", name, weight=ALWAYS)
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
    by_cases,
    constant,
    polynomials,
    rationals,
    at_once,
    sums,
    standard,
    otherwise,
    quotients,
    products,
)
