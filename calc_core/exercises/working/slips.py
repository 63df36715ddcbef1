"""Wrong algebra: what a line can turn into when a bracket, a sign, a term or a factor is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calc_core.graph import (
    ADD,
    DERIV,
    DIV,
    FN,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    POW,
    ZERO,
    Node,
    add,
    div,
    fn,
    mul,
    neg,
    num,
    power,
    rebuild,
)
from calc_core.terms import as_node, as_power, exact

#: (id of the mistake, what is made of the part, the part that is pointed at)
Slipped = tuple[str, Node, Node]

# Rewriting everywhere in a longer line would take too long.
LONGEST = 400


def slips(line: Node) -> Iterator[Slipped]:
    """The line with one piece of wrong algebra in it, the more telling ones first.

    The parts under inert derivatives are left alone: whoever copies a line copies these, too.
    """
    if line.size > LONGEST:
        return
    for rewrite in _REWRITES:
        for mistake, node, spot in _everywhere(line, rewrite):
            if node is not line:
                yield mistake, node, spot


def _everywhere(u: Node, rewrite: Callable[[Node], Iterator[Slipped]]) -> Iterator[Slipped]:
    yield from rewrite(u)
    if u.op == DERIV:
        return
    for i, part in enumerate(u.args):
        for mistake, changed, spot in _everywhere(part, rewrite):
            yield mistake, rebuild(u, (*u.args[:i], changed, *u.args[i + 1 :])), spot


# ── derivatives ───────────────────────────────────────────────────────────────────────────────────


def _derivative(u: Node) -> Iterator[Slipped]:
    if u.op == DERIV and not u.args[0].inert:
        yield "derivative-dropped", u.args[0], u.args[0]
        yield "derivative-to-zero", ZERO, u.args[0]


# ── brackets ──────────────────────────────────────────────────────────────────────────────────────


def _bracket(u: Node) -> Iterator[Slipped]:
    """The product a (b + c) as a b + c, or as b + a c."""
    if u.op != MUL:
        return
    args = tuple([f for a in u.args for f in (a.args if a.op == MUL else (a,))])
    for i, total in enumerate(args):
        if total.op != ADD:
            continue
        rest = (*args[:i], *args[i + 1 :])
        mistake = "minus-and-bracket" if rest == (MINUS_ONE,) else "bracket-lost"
        for k in {0, len(total.args) - 1}:
            terms = [mul(*rest, t) if j == k else t for j, t in enumerate(total.args)]
            yield mistake, add(*terms), total
        if MINUS_ONE in rest and len(rest) > 1:
            # −a (b + c) as −a b + a c
            others = [f for f in rest if f is not MINUS_ONE]
            first, *more = [mul(*others, t) for t in total.args]
            yield "minus-and-bracket", add(neg(first), *more), total


def _power_of_bracket(u: Node) -> Iterator[Slipped]:
    if u.op != POW:
        return
    base, n = u.args
    if base.op == MUL:
        for i, factor in enumerate(base.args):
            rest = (*base.args[:i], *base.args[i + 1 :])
            yield "power-of-product", mul(*rest, power(factor, n)), u
    elif base.op == ADD:
        yield "power-of-sum", add(*[power(t, n) for t in base.args]), u
    elif base.op == POW and base.args[1].op == NUM and n.op == NUM:
        yield "exponents-added", power(base.args[0], num(base.args[1].data + n.data)), u


def _fraction(u: Node) -> Iterator[Slipped]:
    if u.op != DIV:
        return
    top, bottom = u.args
    if top.op == ADD:
        for k in range(len(top.args)):
            terms = [div(t, bottom) if j == k else t for j, t in enumerate(top.args)]
            yield "fraction-of-sum", add(*terms), u
    if bottom.op == ADD:
        yield "sum-below-the-bar", add(*[div(top, t) for t in bottom.args]), u


def _function_of_sum(u: Node) -> Iterator[Slipped]:
    if u.op != FN or len(u.args) != 1 or u.args[0].op != ADD:
        return
    parts = u.args[0].args
    yield "function-of-sum", add(*[fn(u.data, t) for t in parts]), u
    if u.data == "sqrt":
        yield "function-of-sum", add(*[_drawn(t) for t in parts]), u


def _drawn(u: Node) -> Node:
    """√u as it is drawn without thinking: x for √x²."""
    base, n = as_power(u)
    even = n.op == NUM and isinstance(n.data, int) and n.data % 2 == 0
    return power(base, num(n.data // 2)) if even else fn("sqrt", u)


# ── exponents and numbers ─────────────────────────────────────────────────────────────────────────


def _exponents(u: Node) -> Iterator[Slipped]:
    if u.op != MUL:
        return
    powers = [as_power(f) for f in u.args]
    for i, (base, m) in enumerate(powers):
        for j in range(i + 1, len(powers)):
            other, n = powers[j]
            if other is base and base.op != NUM and not (m is ONE and n is ONE):
                product = num(exact(m.data * n.data)) if m.op == n.op == NUM else mul(m, n)
                rest = [f for k, f in enumerate(u.args) if k not in (i, j)]
                yield "exponents-multiplied", mul(*rest, as_node(base, product)), u


def _numbers(u: Node) -> Iterator[Slipped]:
    if u.op not in (MUL, ADD):
        return
    numbers = [f for f in u.args if f.op == NUM and f is not MINUS_ONE]
    if len(numbers) == 2:
        a, b = (f.data for f in numbers)
        rest = [f for f in u.args if f not in numbers]
        if u.op == MUL:
            yield "numbers-added", mul(num(exact(a + b)), *rest), u
        else:
            yield "numbers-added", add(num(exact(a * b)), *rest), u


# ── what is lost while copying ────────────────────────────────────────────────────────────────────


def _sign(u: Node) -> Iterator[Slipped]:
    if u.op == ADD:
        for i, term in enumerate(u.args):
            changed = (*u.args[:i], neg(term), *u.args[i + 1 :])
            yield "sign-of-term", add(*changed), _without_sign(term)


def _without_sign(term: Node) -> Node:
    if term.op == MUL and term.args[0] is MINUS_ONE:
        return mul(*term.args[1:])
    return num(-term.data) if term.op == NUM and term.data < 0 else term


def _lost(u: Node) -> Iterator[Slipped]:
    if u.op not in (ADD, MUL) or len(u.args) < 2:
        return
    for i, part in enumerate(u.args):
        rest = (*u.args[:i], *u.args[i + 1 :])
        if u.op == ADD:
            yield "term-lost", add(*rest), _without_sign(part)
        elif part is not MINUS_ONE and not part.inert:
            yield "factor-lost", mul(*rest), part


_REWRITES: tuple[Callable[[Node], Iterator[Slipped]], ...] = (
    _derivative,
    _bracket,
    _power_of_bracket,
    _fraction,
    _function_of_sum,
    _exponents,
    _numbers,
    _sign,
    _lost,
)
