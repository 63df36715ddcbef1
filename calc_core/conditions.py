"""Where a result holds: the conditions that the parts of f ask for, without those always true."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from calc_core.evaluate import evaluate
from calc_core.functions import FUNCTIONS
from calc_core.graph import (
    ADD,
    AT,
    BINDERS,
    CONST,
    DIV,
    FN,
    LOGIC,
    MUL,
    NUM,
    PIECEWISE,
    POW,
    REL,
    ZERO,
    Node,
    cases,
    mul,
    outside_binders,
    postorder,
    rel,
    substitute,
    unknown_functions,
)
from calc_core.terms import split_sign

POSITIVE, NONNEGATIVE, UNKNOWN = 2, 1, 0

_POSITIVE_FUNCTIONS = frozenset(("exp", "cosh", "sech", "sigmoid", "softplus"))
_NONNEGATIVE_FUNCTIONS = frozenset(("sqrt", "abs", "relu", "heaviside"))


def conditions(*roots: Node) -> tuple[Node, ...]:
    """Conditions, as comparison nodes, under which the roots are defined and differentiable.

    Conditions that hold for all real values of the variables are left out.
    """
    found: dict[Node, None] = {}
    for node in outside_binders(*roots):
        asked = list(_asked_by(node))
        if asked and not _is_a_value(node):
            found.update((part, None) for condition in asked for part in _simpler(condition))
    return tuple(c for c in found if not _implied(c, found))


def truth(condition: Node) -> bool | None:
    """Whether a condition without symbols holds; None if it has symbols or unknown functions."""
    if condition.free or unknown_functions(condition):
        return None
    return bool(evaluate(condition, {}))


def _constant(u: Node) -> float | None:
    """The value of an expression without symbols, if it has one."""
    if u.free or unknown_functions(u):
        return None
    value = float(evaluate(u, {}))
    return value if np.isfinite(value) else None


def _is_a_value(node: Node) -> bool:
    """Whether node is a number that exists: a constant need not be differentiable."""
    return node.op not in (REL, LOGIC) and _constant(node) is not None


def _asked_by(node: Node) -> Iterator[Node]:
    if node.op == DIV:
        yield rel("ne", node.args[1], ZERO)
    elif node.op == POW:
        base, exponent = node.args
        n = _constant(exponent)
        if n is None or n != int(n):
            yield rel("gt", base, ZERO)
        elif n < 0:
            yield rel("ne", base, ZERO)
    elif node.op == FN:
        smooth = FUNCTIONS[node.data].smooth
        if smooth is not None:
            yield from smooth(*node.args)
    elif node.op in BINDERS:
        yield from _asked_inside(node)
    elif node.op == PIECEWISE:
        for _, condition in cases(node):
            yield from _boundaries(condition)


def _asked_inside(node: Node) -> Iterator[Node]:
    """What is asked of the bound symbols, at the values or the moving limits that they take."""
    bound = node.args[BINDERS[node.op].bound]
    limits = [v for v in node.args[BINDERS[node.op].outside] if v.free or node.op == AT]
    tables = (
        [dict(zip(bound, limits, strict=True))]
        if node.op == AT
        else [{x: v} for x in bound for v in limits]
    )
    for condition in conditions(node.args[0]):
        if any(x.data in condition.free for x in bound):
            yield from [substitute(condition, table) for table in tables]
        else:
            yield condition


def _boundaries(condition: Node) -> Iterator[Node]:
    """Off the curves on which the pieces meet."""
    for part in postorder(condition):
        if part.op == REL:
            yield rel("ne", *part.args)


def _simpler(condition: Node) -> Iterator[Node]:
    """The condition in simpler ones; nothing if it always holds."""
    if truth(condition):
        return
    if condition.op == LOGIC:
        if condition.data == "or" and any(not list(_simpler(c)) for c in condition.args):
            return
        yield condition
        return
    left, right = condition.args
    if condition.data == "ne" and right is ZERO:
        yield from _nonzero(left)
    elif condition.data == "gt" and right is ZERO:
        yield from _positive(left)
    else:
        yield condition


def _nonzero(u: Node) -> Iterator[Node]:
    if sign(u) == POSITIVE or (u.op == NUM and u.data != 0):
        return
    if u.op in (MUL, DIV):
        for factor in u.args:
            yield from _nonzero(factor)
    elif u.op == POW or (u.op == FN and u.data in ("sqrt", "abs", "root")):
        yield from _nonzero(u.args[0])
    else:
        yield _different(u)


def _different(u: Node) -> Node:
    """U ≠ 0, for a difference as x ≠ y."""
    if u.op == ADD and len(u.args) == 2:
        minus, right = split_sign(u.args[1])
        if minus and not split_sign(u.args[0])[0]:
            return rel("ne", u.args[0], right)
    return rel("ne", u, ZERO)


def _positive(u: Node) -> Iterator[Node]:
    known = sign(u)
    if known == POSITIVE:
        return
    if known == NONNEGATIVE:
        yield from _nonzero(u)
        return
    minus, rest = split_sign(u)
    doubtful = []
    for factor in _factors(rest):
        if sign(factor) == NONNEGATIVE:
            yield from _nonzero(factor)
        elif sign(factor) == UNKNOWN:
            doubtful.append(factor)
    if doubtful:
        yield rel("lt" if minus else "gt", mul(*doubtful), ZERO)
    elif minus:
        yield rel("gt", u, ZERO)


def _factors(u: Node) -> list[Node]:
    """The factors of u above and below the bar: of the sign of 1/v is that of v."""
    if u.op in (MUL, DIV):
        return [f for a in u.args for f in _factors(a)]
    return [u]


def _implied(condition: Node, others: dict[Node, None]) -> bool:
    """U ≠ 0 where u, or a product with u in it, is asked to be positive or negative."""
    if condition.op != REL or condition.data != "ne" or condition.args[1] is not ZERO:
        return False
    u = condition.args[0]
    strict = [c.args[0] for c in others if c.op == REL and c.data in ("gt", "lt")]
    return any(u in _factors(v) for v in strict)


def sign(u: Node) -> int:
    """POSITIVE or NONNEGATIVE if u is so for all real values of its symbols, else UNKNOWN."""
    if u.op == NUM:
        return POSITIVE if u.data > 0 else NONNEGATIVE if u.data == 0 else UNKNOWN
    if u.op == CONST:
        return POSITIVE
    if u.op == FN:
        if u.data in _POSITIVE_FUNCTIONS:
            return POSITIVE
        return NONNEGATIVE if u.data in _NONNEGATIVE_FUNCTIONS else UNKNOWN
    if u.op == POW:
        base, exponent = u.args
        if sign(base) == POSITIVE:
            return POSITIVE
        even = exponent.op == NUM and isinstance(exponent.data, int) and exponent.data % 2 == 0
        return NONNEGATIVE if even else UNKNOWN
    if u.op == ADD:
        signs = [sign(a) for a in u.args]
        return UNKNOWN if UNKNOWN in signs else max(signs)
    if u.op in (MUL, DIV):
        return min(sign(a) for a in u.args)
    return UNKNOWN
