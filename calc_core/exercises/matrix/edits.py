"""Formulas that differ from a given one at a single place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, permutations
from typing import NamedTuple

from calc_core.graph import (
    ADD,
    DIV,
    MATRIX,
    MINUS_ONE,
    MUL,
    NUM,
    Node,
    add,
    div,
    mul,
    neg,
    num,
    postorder,
    rebuild,
    substitute,
)
from calc_core.matrix.nodes import INVERSE, MATMUL, TRANSPOSE, inverse, matmul, transpose

# A product of more factors is not tried in every order.
MOST_FACTORS = 5
# Numbers that a slip of the pen changes a number by.
NEARBY = 3


class Edit(NamedTuple):
    """The id of a mistake, and the formula without it, or with it; ``spot`` where it is."""

    mistake: str
    node: Node
    spot: Node | None = None


Local = Callable[[Node], Iterator[Edit]]


def mended(given: Node) -> Iterator[Edit]:
    """What a given formula would be without one mistake of the pen, the likelier first."""
    for local in (_signs, _numbers, _orders, _transposes, _inverses, _terms_dropped, _dropped):
        yield from _at_one_place(given, local)
    yield from _everywhere(given)
    yield from _exchanged(given)


def spoilt(right: Node) -> Iterator[Edit]:
    """What the right formula becomes when a term or a factor of it is forgotten."""
    yield from _at_one_place(right, _terms_forgotten)
    yield from _at_one_place(right, _forgotten)


def _at_one_place(u: Node, local: Local) -> Iterator[Edit]:
    yield from local(u)
    for i, part in enumerate(u.args):
        for edit in _at_one_place(part, local):
            yield edit._replace(node=rebuild(u, (*u.args[:i], edit.node, *u.args[i + 1 :])))


def _everywhere(given: Node) -> Iterator[Edit]:
    """One matrix transposed, or inverted, wherever it stands."""
    for part in dict.fromkeys(postorder(given)):
        for local in (_transposes, _inverses):
            for edit in local(part):
                yield edit._replace(node=substitute(given, {part: edit.node}))


def _exchanged(given: Node) -> Iterator[Edit]:
    """Two letters of one shape in each other's place."""
    letters = [u for u in postorder(given) if u.op == MATRIX]
    for a, b in combinations(letters, 2):
        if a.shape == b.shape:
            yield Edit("letters-exchanged", substitute(given, {a: b, b: a}))


def _without(u: Node) -> Iterator[Node]:
    """The sum or product without one of its parts."""
    build = {ADD: add, MUL: mul, MATMUL: matmul}[u.op]
    for i in range(len(u.args)):
        rest = (*u.args[:i], *u.args[i + 1 :])
        if not (u.op == MUL and u.args[i].op == NUM):
            yield build(*rest)


def _signs(u: Node) -> Iterator[Edit]:
    for i, term in enumerate(u.args if u.op == ADD else ()):
        is_minus = term.op == MUL and term.args[0] is MINUS_ONE
        turned = mul(*term.args[1:]) if is_minus else neg(term)
        yield Edit("sign-of-term", add(*u.args[:i], turned, *u.args[i + 1 :]))


def _numbers(u: Node) -> Iterator[Edit]:
    if u.op == NUM and u is not MINUS_ONE:
        for k in range(-NEARBY, NEARBY + 1):
            if k and u.data + k:
                yield Edit("arithmetic", num(u.data + k))
    for i, term in enumerate(u.args if u.op == ADD else ()):
        for changed in (2 * term, 3 * term, div(term, num(2))):
            yield Edit("arithmetic", add(*u.args[:i], changed, *u.args[i + 1 :]))


def _orders(u: Node) -> Iterator[Edit]:
    """The factors of a product in every order, those of a scalar product in it as well."""
    numbers, factors = _taken_apart(u)
    if len(factors) <= MOST_FACTORS:
        for order in permutations(factors):
            if order != factors:
                product = matmul(*order)
                yield Edit("factor-order", mul(*numbers, product) if numbers else product, u)


def _taken_apart(u: Node) -> tuple[list[Node], tuple[Node, ...]]:
    """(what is no product of matrices, all other factors one by one)."""
    parts = u.args if u.op == MUL else (u,)
    numbers = [part for part in parts if part.op != MATMUL and not part.shape]
    whole = [part for part in parts if part not in numbers]
    factors = [f for part in whole for f in (part.args if part.op == MATMUL else (part,))]
    return numbers, tuple(factors)


def _transposes(u: Node) -> Iterator[Edit]:
    if u.op == TRANSPOSE:
        yield Edit("factor-transposed", u.args[0])
    elif u.op in (MATRIX, INVERSE, ADD) and u.shape:
        yield Edit("factor-transposed", transpose(u))


def _inverses(u: Node) -> Iterator[Edit]:
    if u.op == INVERSE:
        yield Edit("factor-inverted", u.args[0])
    elif u.op in (MATRIX, ADD) and u.shape and u.shape[0] == u.shape[1]:
        yield Edit("factor-inverted", inverse(u))


def _terms_dropped(u: Node) -> Iterator[Edit]:
    if u.op == ADD:
        for rest, term in zip(_without(u), u.args, strict=True):
            yield Edit("term-too-many", rest, term)


def _terms_forgotten(u: Node) -> Iterator[Edit]:
    if u.op == ADD:
        for rest in _without(u):
            yield Edit("term-missing", rest)


def _dropped(u: Node) -> Iterator[Edit]:
    return _fewer(u, "factor-too-many")


def _forgotten(u: Node) -> Iterator[Edit]:
    return _fewer(u, "factor-missing")


def _fewer(u: Node, mistake: str) -> Iterator[Edit]:
    if u.op in (MATMUL, MUL):
        for rest in _without(u):
            yield Edit(mistake, rest)
    elif u.op == DIV and u.args[1].op != NUM:
        yield Edit(mistake, u.args[0])
