"""Rows for roots, powers and |u|: the binomial formulas (a − b)(aⁿ⁻¹ + … + bⁿ⁻¹) = aⁿ − bⁿ."""

from __future__ import annotations

from collections.abc import Iterator

from calc_core.definition.outer import Front, Increment, Row, Stage
from calc_core.definition.quotients import minus, simple, times
from calc_core.graph import ONE, POW, TWO, Node, add, div, fn, mul, num, power


def _geometric(a: Node, b: Node, n: int) -> list[Node]:
    """The terms of (aⁿ − bⁿ)/(a − b)."""
    return [times(*_raised(a, n - 1 - j), *_raised(b, j)) for j in range(n)]


def _raised(u: Node, n: int) -> Iterator[Node]:
    if n:
        yield u if n == 1 else power(u, num(n))


def _power_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    n = u.args[1].data
    if not isinstance(n, int):
        return _root_stages(u, by, h)
    total = add(*_geometric(by.after, by.before, n))
    law = r"A^n - B^n = (A - B)(A^{n-1} + A^{n-2}B + \dots + B^{n-1})"
    return [(div(times(by.k, total), h), "factor", "difference of powers", law)]


def _power_front(u: Node, by: Increment) -> Front:
    n = u.args[1].data
    if not isinstance(n, int):
        return _root_front(u, by)
    end = mul(num(n), *_raised(by.before, n - 1))
    total = add(*_geometric(by.after, by.before, n))
    return Front(total, ONE, end, ONE, "let h go to 0", "")


def _root_degree(u: Node) -> int:
    if u.op == POW:
        return int(u.args[1].data.denominator)
    return 2 if u.data in ("sqrt", "abs") else int(u.args[1].data)


def _root_of(u: Node, inner: Node) -> Node:
    return simple(power(inner, u.args[1]) if u.op == POW else fn(u.data, inner, *u.args[1:]))


def _root_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    n = _root_degree(u)
    a, b = _root_of(u, by.after), _root_of(u, by.before)
    bottom = add(*_geometric(a, b, n))
    if n == 2:
        name, law = "multiply by the conjugate", r"(\sqrt A - \sqrt B)(\sqrt A + \sqrt B) = A - B"
    else:
        name, law = (
            "complete to a difference of powers",
            rf"(a - b)(a^{{{n - 1}}} + \dots) = a^{n} - b^{n}",
        )
    if u.data == "abs":
        law = "(|A| - |B|)(|A| + |B|) = A^2 - B^2"
        squares = minus(power(by.after, TWO), power(by.before, TWO))
        factored = times(by.k, add(by.after, by.before))
        return [
            (div(squares, times(h, bottom)), "conjugate", name, law),
            (div(factored, times(h, bottom)), "factor", "difference of squares", ""),
        ]
    difference = minus(by.after, by.before)
    return [
        (div(difference, times(h, bottom)), "conjugate", name, law),
        (div(by.k, times(h, bottom)), "cancel", "what can cancel does", ""),
    ]


def _root_front(u: Node, by: Increment) -> Front:
    n = _root_degree(u)
    a, b = _root_of(u, by.after), _root_of(u, by.before)
    end = mul(num(n), *_raised(b, n - 1))
    top: Node = ONE
    limit_top: Node = ONE
    if u.data == "abs":
        top, limit_top = add(by.after, by.before), mul(TWO, by.before)
    return Front(top, add(*_geometric(a, b, n)), limit_top, end, "let h go to 0", "")


POWER = Row(_power_stages, _power_front)
ROOT = Row(_root_stages, _root_front)
