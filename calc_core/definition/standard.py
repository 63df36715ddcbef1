r"""Functions with a standard limit: e^u, ln u, sin u, cos u and their kin, roots and powers.

With k = u(a+h) − u(a), every row turns [g(u+k) − g(u)]/h into (front)·(k/h), where the front has a
limit that is known by name,

    (e^k − 1)/k → 1,   ln(1+k)/k → 1,   sin k/k → 1,   (cos k − 1)/k → 0,   arctan k/k → 1,

or, for roots and powers, into which k = 0 may be put once k has been cancelled.  For a polynomial u
the quotient k/h is divided out; otherwise it is a limit of its own.  (k ≠ 0 for small h ≠ 0, as u is
analytic and not constant.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calc_core.definition.algebra import over
from calc_core.definition.polynomials import (
    at_zero,
    is_whole,
    letter,
    lowered,
    plus,
    polynomial,
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
    times,
)
from calc_core.graph import (
    FN,
    NUM,
    ONE,
    POW,
    TWO,
    ZERO,
    Node,
    add,
    div,
    fn,
    mul,
    neg,
    num,
    power,
)
from calc_core.light import lightly
from calc_core.printing import Text

MAX_ROOT = 6


@dataclass(frozen=True, slots=True)
class Increment:
    """The inner function: u(a), u(a+h), k = u(a+h) − u(a), k/h, and the limit of k/h.

    ``work`` is the work on k/h, where it is a limit of its own.
    """

    before: Node
    after: Node
    k: Node
    rate: Node
    slope: Node
    work: Work | None


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before k/h, as top/bottom, and its limit as it is put in."""

    top: Node
    bottom: Node
    limit_top: Node
    limit_bottom: Node
    name: str
    law: str


Stage = tuple[Node, str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """How one outer function g is treated.

    ``stages``  (body, rule, name, law) of the lines before k/h is split off;
    ``front``   what is left then.
    """

    stages: Callable[[Node, Increment, Node], list[Stage]]
    front: Callable[[Node, Increment], Front]


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
    after = lightly(add(before, k))
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
    work.say(over(joined, front.bottom), "split", _split_name(by, q), weight=weight)
    if by.work is not None:
        apart = mul(q.lim(over(front.top, front.bottom)), q.lim(by.rate))
        work.write(apart, "split", "the limit of a product, factor by factor")
    raw = over(times(front.limit_top, by.slope), front.limit_bottom)
    return work.conclude(raw, front.name, front.law)


def _split_name(by: Increment, q: Quotient) -> str:
    if by.k is q.h:
        return f"cancel {q.h.data}"
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
            return _EXPONENTIAL, exponent
        if exponent.op == NUM:
            return (_POWER, base) if _is_root_or_power(u) else None
        return None
    if u.op != FN:
        return None
    if u.data == "ln" and u.args[0].op == FN and u.args[0].data == "abs":
        return _LOGARITHM, u.args[0].args[0]
    if u.data in ("sqrt", "root", "abs") and q.still() is ZERO:
        return None
    if u.data == "root" and not (is_whole(u.args[1]) and 2 <= u.args[1].data <= MAX_ROOT):
        return None
    row = _ROWS.get(u.data)
    return (row, u.args[0]) if row is not None else None


def _is_root_or_power(u: Node) -> bool:
    base, exponent = u.args
    del base
    if is_whole(exponent):
        return 2 <= exponent.data <= MAX_ROOT
    return bool(exponent.data.numerator == 1 and 2 <= exponent.data.denominator <= MAX_ROOT)


# ── exponentials and logarithms ───────────────────────────────────────────────────────────────────


def _to_the(u: Node, exponent: Node) -> Node:
    """The exponential u with another exponent."""
    return fn("exp", exponent) if u.op == FN else power(u.args[0], exponent)


def _value_to_the(u: Node, exponent: Node) -> Node:
    return ONE if exponent is ZERO else _to_the(u, exponent)


def _exponential_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    before = _value_to_the(u, by.before)
    base = "e" if u.op == FN else "b"
    law = rf"{base}^{{u+k}} = {base}^u {base}^k"
    return [
        (div(minus(_to_the(u, by.after), before), h), "expand", "multiply out the exponent", ""),
        (
            times(before, div(minus(_to_the(u, by.k), ONE), h)),
            "addition-theorem",
            "the exponential of a sum is a product",
            law,
        ),
    ]


def _exponential_front(u: Node, by: Increment) -> Front:
    before = _value_to_the(u, by.before)
    top = times(before, div(minus(_to_the(u, by.k), ONE), by.k))
    if u.op == FN:
        end, law = ONE, r"\lim_{k \to 0} \frac{e^k - 1}{k} = 1"
    else:
        end, law = fn("ln", u.args[0]), r"\lim_{k \to 0} \frac{b^k - 1}{k} = \ln b"
    return Front(top, ONE, mul(before, end), ONE, "standard limit of the exponential", law)


def _logarithm_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    quotient = div(by.after, by.before)
    inside = fn("abs", quotient) if u.args[0].data == "abs" else quotient
    return [
        (
            div(fn("ln", inside), h),
            "logarithm",
            "a difference of logarithms is the logarithm of the quotient",
            r"\ln A - \ln B = \ln \frac{A}{B}",
        ),
        (div(fn("ln", add(ONE, _part(by))), h), "expand", "divide term by term", ""),
    ]


def _part(by: Increment) -> Node:
    """k/u."""
    return lightly(by.k if by.before is ONE else div(by.k, by.before))


def _logarithm_front(u: Node, by: Increment) -> Front:
    del u
    part = _part(by)
    top = div(fn("ln", add(ONE, part)), part)
    law = r"\lim_{k \to 0} \frac{\ln(1 + k)}{k} = 1"
    return Front(top, by.before, ONE, by.before, "standard limit of the logarithm", law)


# ── circular and hyperbolic functions ─────────────────────────────────────────────────────────────


def _sine_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    name, before = u.data, fn(u.data, by.before)
    a, b, law = _addition(name, by)
    expanded = add(times(*a), times(*b), neg(before))
    head, step = a[0], minus(a[1], ONE)
    return [
        (div(minus(fn(name, by.after), before), h), "expand", "multiply out the argument", ""),
        (div(expanded, h), "addition-theorem", "addition theorem", law),
        (
            add(times(head, div(step, h)), times(*b[:-1], div(b[-1], h))),
            "factor",
            "collect the terms, and split the fraction",
            "",
        ),
    ]


def _addition(name: str, by: Increment) -> tuple[list[Node], list[Node], str]:
    """The two products in g(u + k), that with cos k or cosh k first."""
    hyperbolic = "h" if name.endswith("h") else ""
    sine, cosine = f"sin{hyperbolic}", f"cos{hyperbolic}"
    other = cosine if name == sine else sine
    first = [fn(name, by.before), fn(cosine, by.k)]
    second = [fn(other, by.before), fn(sine, by.k)]
    minus_sign = name == "cos"
    law = (
        rf"\{name}(u + k) = \{name} u \{cosine} k {'-' if minus_sign else '+'} "
        rf"\{other} u \{sine} k"
    )
    return first, [num(-1), *second] if minus_sign else second, law


def _sine_front(u: Node, by: Increment) -> Front:
    a, b, _ = _addition(u.data, by)
    top = add(times(a[0], div(minus(a[1], ONE), by.k)), times(*b[:-1], div(b[-1], by.k)))
    end = add(mul(a[0], ZERO), mul(*b[:-1], ONE))
    hyperbolic = "h" if u.data.endswith("h") else ""
    law = (
        rf"\lim_{{k \to 0}} \frac{{\sin{hyperbolic} k}}{{k}} = 1,\quad "
        rf"\lim_{{k \to 0}} \frac{{\cos{hyperbolic} k - 1}}{{k}} = 0"
    )
    name = "standard limits of sine and cosine"
    return Front(top, ONE, end, ONE, f"hyperbolic {name}" if hyperbolic else name, law)


def _tangent_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    sine, cosine = ("sinh", "cosh") if u.data == "tanh" else ("sin", "cos")
    after, before = by.after, by.before
    split = minus(
        div(fn(sine, after), fn(cosine, after)), div(fn(sine, before), fn(cosine, before))
    )
    both = times(fn(cosine, after), fn(cosine, before))
    crossed = minus(
        mul(fn(sine, after), fn(cosine, before)), mul(fn(cosine, after), fn(sine, before))
    )
    law = rf"\{sine}(A - B) = \{sine} A \{cosine} B - \{cosine} A \{sine} B"
    return [
        (div(split, h), "rewrite", f"{u.data} u = {sine} u/{cosine} u", ""),
        (div(crossed, times(h, both)), "common-denominator", "common denominator", ""),
        (div(fn(sine, by.k), times(h, both)), "addition-theorem", "addition theorem", law),
    ]


def _tangent_front(u: Node, by: Increment) -> Front:
    sine, cosine = ("sinh", "cosh") if u.data == "tanh" else ("sin", "cos")
    bottom = times(fn(cosine, by.after), fn(cosine, by.before))
    end = power(fn(cosine, by.before), TWO)
    law = rf"\lim_{{k \to 0}} \frac{{\{sine} k}}{{k}} = 1"
    name = "standard limit of the sine, and the cosine is continuous"
    return Front(div(fn(sine, by.k), by.k), bottom, ONE, end, name, law)


def _arctangent_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    del u
    law = r"\arctan A - \arctan B = \arctan \frac{A - B}{1 + AB}"
    return [(div(fn("atan", _turn(by)), h), "addition-theorem", "difference of angles", law)]


def _turn(by: Increment) -> Node:
    return lightly(over(by.k, _turn_bottom(by)))


def _turn_bottom(by: Increment) -> Node:
    return ONE if by.before is ZERO else add(ONE, times(by.after, by.before))


def _arctangent_front(u: Node, by: Increment) -> Front:
    del u
    turn = _turn(by)
    end = lightly(add(ONE, power(by.before, TWO)))
    law = r"\lim_{k \to 0} \frac{\arctan k}{k} = 1"
    top = div(fn("atan", turn), turn)
    return Front(top, _turn_bottom(by), ONE, end, "standard limit of the arctangent", law)


# ── powers and roots ──────────────────────────────────────────────────────────────────────────────


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
    return power(inner, u.args[1]) if u.op == POW else fn(u.data, inner, *u.args[1:])


def _root_stages(u: Node, by: Increment, h: Node) -> list[Stage]:
    n = _root_degree(u)
    a, b = _root_of(u, by.after), _root_of(u, by.before)
    bottom = add(*_geometric(a, b, n))
    if n == 2:
        name, law = "multiply by the conjugate", r"(\sqrt A - \sqrt B)(\sqrt A + \sqrt B) = A - B"
    else:
        name, law = "complete to a difference of powers", rf"(a - b)(a^{{{n - 1}}} + \dots) = a^{n} - b^{n}"
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


_EXPONENTIAL = Row(_exponential_stages, _exponential_front)
_LOGARITHM = Row(_logarithm_stages, _logarithm_front)
_POWER = Row(_power_stages, _power_front)
_SINE = Row(_sine_stages, _sine_front)
_TANGENT = Row(_tangent_stages, _tangent_front)
_ROOT = Row(_root_stages, _root_front)
_ROWS = {
    "exp": _EXPONENTIAL,
    "ln": _LOGARITHM,
    "sin": _SINE,
    "cos": _SINE,
    "sinh": _SINE,
    "cosh": _SINE,
    "tan": _TANGENT,
    "tanh": _TANGENT,
    "atan": Row(_arctangent_stages, _arctangent_front),
    "sqrt": _ROOT,
    "root": _ROOT,
    "abs": _ROOT,
}
