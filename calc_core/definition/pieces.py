"""Functions by cases, |u|, max and the like: which case counts for small h, on either side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from calc_core.certify import no_derivatives
from calc_core.definition.polynomials import (
    lowest,
    polynomial,
    tidy,
)
from calc_core.definition.quotients import Quotient, T, minus
from calc_core.definition.signs import TESTS, Undecided, sign_near, sign_of
from calc_core.evaluate.sampled import Sampled
from calc_core.graph import (
    FN,
    LOGIC,
    PIECEWISE,
    REL,
    ZERO,
    Node,
    cases,
    depends,
    fn,
    neg,
    num,
    postorder,
    power,
    rebuild,
    substitute,
)

KINKS = frozenset(("abs", "sign", "max", "min", "relu", "heaviside", "floor", "ceil"))


def has_kinks(q: Quotient) -> bool:
    """Whether the function has a part by cases that moves, or a root like √(h²) at the point."""
    return any(_is_kink(n) or _is_root_of_square(n, n.args, q) for n in postorder(q.u))


def has_cases(u: Node, beyond: tuple[str, ...] = tuple(KINKS)) -> bool:
    """Whether u has a part written by cases, or one like max that is not named in ``beyond``."""
    kinks = [n for n in postorder(u) if _is_kink(n)]
    return any(n.op == PIECEWISE or n.data not in beyond for n in kinks)


def _is_kink(n: Node) -> bool:
    if n.op == PIECEWISE:
        return True
    return n.op == FN and n.data in KINKS and depends(n, T)


def near(q: Quotient, side: int) -> Node:
    """U for small h of one sign, without parts by cases.  Raises Undecided."""
    return _resolved(q.u, lambda d: sign_near(d, q, side), side, q)


def here(q: Quotient) -> Node:
    """The value of u at the point itself.  Raises Undecided."""
    found = _resolved(q.u, lambda d: sign_of(tidy(q.as_written(d))), 0, q)
    return tidy(substitute(found, {T: q.a}))


Signs = Callable[[Node], int]


def _resolved(u: Node, signs: Signs, side: int, q: Quotient) -> Node:
    done: dict[Node, Node] = {}

    def visit(node: Node) -> Node:
        if node not in done:
            done[node] = _one(node, visit, signs, side, q)
        return done[node]

    return visit(u)


def _one(node: Node, visit: Callable[[Node], Node], signs: Signs, side: int, q: Quotient) -> Node:
    if node.op == PIECEWISE:
        return visit(_case(node, visit, signs, side, q))
    args = tuple([visit(a) for a in node.args])
    if node.op == FN and node.data in KINKS:
        if node.data in ("floor", "ceil"):
            return _step(node.data, args[0], signs, q)
        return _FUNCTIONS[node.data](args, signs)
    if side and _is_root_of_square(node, args, q):
        return _opened(node, args[0], side, q)
    return rebuild(node, args)


def _case(node: Node, visit: Callable[[Node], Node], signs: Signs, side: int, q: Quotient) -> Node:
    for value, condition in cases(node):
        try:
            holds = _holds(condition, visit, signs)
        except Undecided:
            # Whatever the case, the value may be the same.
            values = {tidy(visit(v) if side else q.as_written(visit(v))) for v, _ in cases(node)}
            if len(values) == 1:
                return values.pop()
            raise
        if holds:
            return value
    raise Undecided


def _holds(condition: Node, visit: Callable[[Node], Node], signs: Signs) -> bool:
    if condition.op == LOGIC:
        return _combined(condition, visit, signs)
    if condition.op != REL:
        raise Undecided
    left, right = (visit(a) for a in condition.args)
    return TESTS[condition.data](signs(left if right is ZERO else minus(left, right)))


def _combined(condition: Node, visit: Callable[[Node], Node], signs: Signs) -> bool:
    """And, or, not; one part may decide while another is not known."""
    kind, unknown = condition.data, False
    if kind in ("true", "false"):
        return bool(kind == "true")
    if kind == "not":
        return not _holds(condition.args[0], visit, signs)
    for part in condition.args:
        try:
            if _holds(part, visit, signs) == (kind == "or"):
                return bool(kind == "or")
        except Undecided:
            unknown = True
    if unknown:
        raise Undecided
    return bool(kind == "and")


def _absolute(args: tuple[Node, ...], signs: Signs) -> Node:
    s = signs(args[0])
    return args[0] if s > 0 else neg(args[0]) if s else ZERO


def _largest(args: tuple[Node, ...], signs: Signs, way: int = 1) -> Node:
    best = args[0]
    for other in args[1:]:
        if signs(minus(other, best)) * way > 0:
            best = other
    return best


def _step(name: str, u: Node, signs: Signs, q: Quotient) -> Node:
    value = tidy(q.as_written(u))
    if value.free:
        raise Undecided
    nearest = round(float(Sampled({}, no_derivatives)(value)))
    side = signs(minus(u, num(nearest)))
    step = min(side, 0) if name == "floor" else max(side, 0)
    return num(nearest + step)


_FUNCTIONS: Mapping[str, Callable[[tuple[Node, ...], Signs], Node]] = MappingProxyType(
    {
        "abs": _absolute,
        "sign": lambda args, signs: num(signs(args[0])),
        "max": _largest,
        "min": lambda args, signs: _largest(args, signs, -1),
        "relu": lambda args, signs: args[0] if signs(args[0]) > 0 else ZERO,
        "heaviside": lambda args, signs: tidy((num(1) + num(signs(args[0]))) / 2),
    }
)


# ── √(h²) = |h| ───────────────────────────────────────────────────────────────────────────────────


def _is_root_of_square(node: Node, args: tuple[Node, ...], q: Quotient) -> bool:
    if node.op != FN or node.data != "sqrt" or q.still(args[0]) is not ZERO:
        return False
    p = polynomial(args[0], T, q.images[0])
    return p is not None and len(p) == 1 and lowest(p, q.h) % 2 == 0


def _opened(node: Node, inner: Node, side: int, q: Quotient) -> Node:
    """√(c·h²ᵐ) as √c·|h|ᵐ with the sign of this side."""
    del node
    n = lowest(polynomial(inner, T, q.images[0]) or {}, q.h)
    c = tidy(q.moved(inner) / power(q.h, num(n)))
    step = minus(T, q.a) if q.a is not ZERO else T
    outside = step if n == 2 else power(step, num(n // 2))
    if side < 0 and (n // 2) % 2:
        outside = neg(outside)
    root = tidy(fn("sqrt", c))
    return outside if root is num(1) else root * outside
