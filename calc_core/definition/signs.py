"""Signs of small changes, and comparisons of numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from calc_core.certify import no_derivatives
from calc_core.conditions import POSITIVE, sign
from calc_core.definition.polynomials import (
    Poly,
    degree,
    lowest,
    polynomial,
    tidy,
    written,
)
from calc_core.definition.quotients import Quotient, T, minus
from calc_core.evaluate.sampled import Sampled
from calc_core.graph import (
    APP,
    INTEGRAL,
    LOGIC,
    NUM,
    PIECEWISE,
    REL,
    TRUE,
    ZERO,
    Node,
    cases,
    logic,
    num,
    piecewise,
    postorder,
    power,
    rebuild,
)

# Values of h that are small enough for every function that a person types.
SMALL = (1e-4, 1e-5, 1e-6, 1e-7)
# Below this a number that is not exactly 0 is taken to be 0.
NOTHING = 1e-12


class Undecided(Exception):
    """Which case counts depends on letters whose values are not known."""


TESTS: Mapping[str, Callable[[int], bool]] = MappingProxyType(
    {
        "lt": lambda s: s < 0,
        "le": lambda s: s <= 0,
        "gt": lambda s: s > 0,
        "ge": lambda s: s >= 0,
        "eq": lambda s: s == 0,
        "ne": lambda s: s != 0,
    }
)


def sign_of(u: Node) -> int:
    """The sign of a tidy node without h.  Raises Undecided."""
    if u.op == NUM:
        return int(u.data > 0) - int(u.data < 0)
    if sign(u) == POSITIVE:
        return 1
    if u.free:
        raise Undecided
    with np.errstate(all="ignore"):
        value = float(Sampled({}, no_derivatives)(u))
    if not np.isfinite(value):
        raise Undecided
    return 0 if abs(value) < NOTHING else int(np.sign(value))


def sign_near(d: Node, q: Quotient, side: int) -> int:
    """The sign of d for small h of one sign: that of its lowest term, or of values near by."""
    moved = polynomial(d, T, q.images[0])
    if moved is not None:
        return _sign_of_polynomial(moved, q.h, side)
    body = q.moved(d)
    if body.free - {q.h.data}:
        raise Undecided
    with np.errstate(all="ignore"):
        values = Sampled({q.h.data: side * np.array(SMALL)}, no_derivatives)(body)
    found = set(np.sign(np.broadcast_to(values, len(SMALL))))
    if len(found) != 1 or not np.all(np.isfinite(values)):
        raise Undecided
    return int(found.pop())


def _sign_of_polynomial(p: Poly, h: Node, side: int) -> int:
    if not p:
        return 0
    n = lowest(p, h)
    first = {m: c for m, c in p.items() if degree(m, h) == n}
    try:
        return sign_of(tidy(written(first, h) / power(h, num(n)))) * (side if n % 2 else 1)
    except Undecided:
        if n == 0 and _is_sum_of_squares(p, h):
            return 1
        raise


def _is_sum_of_squares(p: Poly, h: Node) -> bool:
    """A sum of even powers with one of h alone in it: positive for h ≠ 0."""
    even = all(c > 0 and all(k % 2 == 0 for _, k in m) for m, c in p.items())
    return even and any(len(m) == 1 and degree(m, h) > 0 for m in p)


def is_defined(u: Node) -> bool:
    """Whether u has a value, for some values at least of the letters in it."""
    u = folded(u)
    rng = np.random.default_rng(5)
    scale = rng.choice((0.1, 1, 10), 400)
    at = Sampled({n: rng.uniform(-3, 3, 400) * scale for n in sorted(u.free)}, no_derivatives)
    try:
        with np.errstate(all="ignore"):
            good = np.ones(400, dtype=bool)
            for node in _in_use(u):
                good &= np.isfinite(at(node))
            return bool(np.any(good))
    except ArithmeticError:
        return False


def _in_use(u: Node) -> list[Node]:
    """The parts that must have values for u to have one: all but those within cases."""
    found: dict[Node, None] = {}
    stack = [u]
    while stack:
        node = stack.pop()
        if node not in found:
            found[node] = None
            stack.extend(() if node.op in (PIECEWISE, INTEGRAL, APP) else node.args)
    return list(found)


def folded(u: Node) -> Node:
    """U with comparisons of numbers decided, as far as they are within other conditions."""
    done: dict[Node, Node] = {}
    for node in postorder(u):
        done[node] = _folded(rebuild(node, tuple([done[a] for a in node.args])))
    return done[u]


def _folded(node: Node) -> Node:
    if node.op == PIECEWISE:
        pairs = [c for c in cases(node) if not (c[1].op == LOGIC and c[1].data == "false")]
        return pairs[0][0] if pairs and pairs[0][1] is TRUE else piecewise(*pairs)
    if node.op == REL and not node.free:
        sides = node.args[0] if node.args[1] is ZERO else minus(*node.args)
        return logic("true" if TESTS[node.data](sign_of(tidy(sides))) else "false")
    if node.op == LOGIC and node.data in ("and", "or"):
        decides, idle = ("true", "false") if node.data == "or" else ("false", "true")
        parts = [a for a in node.args if not (a.op == LOGIC and a.data == idle)]
        if any(a.op == LOGIC and a.data == decides for a in parts):
            return logic(decides)
        return logic(idle) if not parts else logic(node.data, *parts) if parts[1:] else parts[0]
    return node
