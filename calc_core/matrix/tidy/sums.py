"""Sums: equal scalars written alike, and common factors of matrix products taken out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from calc_core.graph import ADD, DIV, MUL, POW, Node, Number, add, num, substitute
from calc_core.matrix.nodes import MATMUL, TRACE, TRANSPOSE, identity
from calc_core.matrix.tidy.parts import bare, chain, is_column, is_moving, is_row, peel, scaled
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.transposes import transposed
from calc_core.shapes import columns, rows
from calc_core.terms import content, exact, join, split
from calc_core.tidy.base import Signed, Tidying


def alike(t: Tidying, terms: Sequence[Node]) -> list[Node]:
    """The terms with equal scalars written alike: yᵀx as xᵀy, and tr(BA) as tr(AB)."""
    best: dict[object, Node] = {}
    keys = {u: _key(t, u) for term in terms for u in _scalars(term)}
    for u, key in keys.items():
        if key not in best or _awkwardness(u) < _awkwardness(best[key]):
            best[key] = u
    table = {u: best[key] for u, key in keys.items() if best[key] is not u}
    for u in table:
        t.note("own-transpose" if u.op == MATMUL else "cyclic")
    return [substitute(term, table) for term in terms] if table else list(terms)


def _scalars(u: Node) -> list[Node]:
    """The products of a row by a column, and the traces, among the factors of a term."""
    if u.op in (MATMUL, TRACE):
        return [] if u.shape else [u]
    return [s for a in u.args for s in _scalars(a)] if u.op in (MUL, DIV, POW) else []


def _awkwardness(u: Node) -> tuple[bool, int]:
    """Less for what ends with what moves, and has few transposes."""
    factors = chain(u.args[0] if u.op == TRACE else u)
    return is_moving(factors[0]), sum(f.op == TRANSPOSE for f in factors)


def _key(t: Tidying, u: Node) -> object:
    """Equal for scalars that are equal by transposition, or by going round in a trace."""
    inner = u.args[0] if u.op == TRACE else u
    with t.quietly():
        ways = [chain(inner), tuple(transposed(t, f) for f in reversed(chain(inner)))]
    if u.op == TRACE:
        ways = [way[i:] + way[:i] for way in ways for i in range(len(way))]
    return u.op, frozenset(ways)


def factored(t: Tidying, u: Node) -> Node:
    """A sum of matrix products with what its terms begin or end with taken out.

    Terms with the same scalars in front, numbers aside, are taken together.
    """
    if u.op != ADD:
        return u
    groups: dict[object, list[Term]] = {}
    for node in u.args:
        term = _read(node)
        groups.setdefault(frozenset(term.scalars), []).append(term)
    if len(groups) == len(u.args):
        return u
    found = [part for group in groups.values() for part in _taken_out(t, group)]
    return add(*found) if len(found) > 1 else found[0]


class Term(NamedTuple):
    """A term of a sum: number · scalars · product of the factors."""

    node: Node
    number: Number
    scalars: tuple[Signed, ...]
    factors: tuple[Node, ...]


def _read(node: Node) -> Term:
    number, rest = split(node)
    scalars, matrix = peel(rest)
    return Term(node, number, tuple(scalars), chain(matrix))


def _taken_out(t: Tidying, group: list[Term]) -> list[Node]:
    """The group as one term, or its terms as they are if nothing is common."""
    as_written = [term.node for term in group]
    chains = [term.factors for term in group]
    before = _common(chains) if len(group) > 1 else ()
    after = _common([c[::-1] for c in chains]) if len(group) > 1 else ()
    if not before and not after:
        return _in_parts(t, group)
    after = after[: min(len(c) for c in chains) - len(before)]
    is_vector = any(map(is_column, after)) or any(map(is_row, before))
    whole_terms = [m for m, c in zip(group, chains, strict=True) if len(c) == len(before + after)]
    if whole_terms and not is_vector:
        # Ax + x is (A + I)x, but Σ⁻¹ − Σ⁻¹SΣ⁻¹ stays.
        others = [term for term in group if term not in whole_terms]
        return [term.node for term in whole_terms] + _taken_out(t, others)
    gaps = [_gap(c, len(before), len(after)) for c in chains]
    if any(gap is None for gap in gaps):
        return as_written
    shared = content([term.number for term in group])
    shared = -shared if all(term.number < 0 for term in group) else shared
    terms = []
    for term, gap in zip(group, gaps, strict=True):
        inside = term.factors[len(before) : len(term.factors) - len(after)]
        body = product(t, inside) if inside else gap
        terms.append(join(exact(Fraction(term.number) / shared), body or identity(1)))
    t.note("common-factors")
    whole = product(t, (*before, t.sum(terms), *after[::-1]))
    return [scaled(t, [(num(shared), 1), *group[0].scalars], whole)]


def _in_parts(t: Tidying, group: list[Term]) -> list[Node]:
    """As :func:`_taken_out`, for those that end, or begin, with the same factor."""
    for which in (-1, 0):
        parts: dict[Node, list[Term]] = {}
        for term in group:
            parts.setdefault(term.factors[which], []).append(term)
        if 1 < len(parts) < len(group):
            return [node for part in parts.values() for node in _taken_out(t, part)]
    return [term.node for term in group]


def _common(chains: Sequence[tuple[Node, ...]]) -> tuple[Node, ...]:
    """What all the chains begin with."""
    pairs = zip(*chains, strict=False)
    return tuple(p[0] for p in takewhile(lambda p: all(f is p[0] for f in p), pairs))


def _gap(factors: tuple[Node, ...], before: int, after: int) -> Node | None:
    """The identity that is left of a product of which all the factors are taken out."""
    left = columns(factors[before - 1].shape) if before else rows(factors[0].shape)
    right = rows(factors[-after].shape) if after else columns(factors[-1].shape)
    if len(factors) > before + after:
        return identity(1)
    return identity(left) if left == right else None


def plain_first(u: Node) -> Node:
    """B + Bᵀ rather than Bᵀ + B."""
    if u.op != ADD:
        return u
    terms = list(u.args)
    for i, term in enumerate(terms):
        if term.op == TRANSPOSE and bare(term) in terms[i + 1 :]:
            twin = terms.index(bare(term), i + 1)
            terms[i], terms[twin] = terms[twin], terms[i]
    return add(*terms)
