"""Matrix products: scalars in front, identities dropped, neighbours combined."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from calc_core.graph import ONE, TWO, ZERO, Node, num
from calc_core.matrix.nodes import (
    DIAG,
    EACH,
    HADAMARD,
    IDENTITY,
    INVERSE,
    KRON,
    ONES,
    TRANSPOSE,
    VEC,
    diag,
    extent,
    hadamard,
    identity,
    kron,
    matmul,
    ones,
    vec,
)
from calc_core.matrix.tidy.parts import (
    as_matrix_power,
    chain,
    has_trait,
    is_column,
    is_moving,
    is_row,
    is_square,
    matrix_power_node,
    peel,
    scaled,
)
from calc_core.matrix.tidy.transposes import transposed
from calc_core.shapes import columns, rows
from calc_core.tidy.base import Signed, Tidying

# What stands for two neighbours, or None if they are no better together.
Neighbours = Callable[[Tidying, Node, Node], Sequence[Node] | None]


def product(t: Tidying, args: Sequence[Node]) -> Node:
    """The tidy matrix product of tidy factors; scalars among them go to the front."""
    if ZERO in args:
        t.note("zero-one")
        return ZERO
    scalars: list[Signed] = []
    factors: list[Node] = []
    for a in args:
        some, rest = peel(a) if a.shape else ([(a, 1)], ONE)
        scalars += some
        if rest.shape:
            factors += chain(rest)
    if scalars and factors:
        t.note("scalars-first")
    if not factors:
        return t.powers(scalars)
    size = rows(factors[0].shape), columns(factors[-1].shape)
    left = _without_scalars(t, _combined(t, factors), scalars)
    if [f.op for f in left] == [ONES, ONES] and is_row(left[0]) and is_column(left[1]):
        t.note("values")
        n = rows(left[1].shape)
        return t.powers([*scalars, (extent(n) if isinstance(n, str) else num(n), 1)])
    body = matmul(*left) if left else identity(size[0])
    return scaled(t, scalars, body) if scalars else body


def _combined(t: Tidying, factors: Sequence[Node]) -> list[Node]:
    """The factors with neighbours combined, from left to right."""
    waiting = list(reversed(factors))
    done: list[Node] = []
    while waiting:
        factor = waiting.pop()
        if factor.op == IDENTITY and (done or waiting):
            t.note("identity-factors")
            continue
        replaced = _joined(t, done[-1], factor) if done else None
        if replaced is None:
            done.append(factor)
            _cancel_with_inverse(t, done)
            continue
        done.pop()
        # What is new may be combined with what stands before it.
        waiting.extend(reversed(replaced))
    return done


def _joined(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    for rewrite in _NEIGHBOURS:
        found = rewrite(t, left, right)
        if found is not None:
            return found
    return None


def _cancel_with_inverse(t: Tidying, done: list[Node]) -> None:
    """(AB)⁻¹ A B and A B (AB)⁻¹ vanish, products within an inverse included."""
    last = done[-1]
    if last.op == INVERSE:
        inner = chain(last.args[0])
        start = len(done) - 1 - len(inner)
        if start >= 0 and tuple(done[start:-1]) == inner:
            t.note("inverses")
            del done[start:]
            return
    for i, factor in enumerate(done[:-1]):
        if factor.op == INVERSE and tuple(done[i + 1 :]) == chain(factor.args[0]):
            t.note("inverses")
            del done[i:]
            return


def _without_scalars(t: Tidying, factors: list[Node], scalars: list[Signed]) -> list[Node]:
    """The factors, with a row times a column among them moved to the scalars."""
    start = 0
    while start < len(factors):
        if rows(factors[start].shape) != 1:
            start += 1
            continue
        stop = next(
            (j for j in range(start, len(factors)) if columns(factors[j].shape) == 1), len(factors)
        )
        segment = factors[start : stop + 1]
        if stop == len(factors) or len(segment) == len(factors):
            return factors
        if any(is_moving(f) for f in segment):
            start = stop + 1
            continue
        t.note("scalars-first")
        scalars.append((matmul(*segment), 1))
        factors = factors[:start] + factors[stop + 1 :]
    return factors


# ── neighbours ────────────────────────────────────────────────────────────────────────────────────


def _powers(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    (base, m), (other, n) = as_matrix_power(left), as_matrix_power(right)
    if base is not other or not is_square(base) or is_moving(base):
        return None
    total = t.sum((m, n))
    if total is ZERO:
        t.note("inverses")
        return [identity(rows(base.shape))]
    t.note("powers")
    return [matrix_power_node(base, total)]


def _orthogonal(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    for a, b in ((left, right), (right, left)):
        if a.op == TRANSPOSE and a.args[0] is b and has_trait(b, "orthogonal"):
            t.note("orthogonal")
            return [identity(rows(b.shape))]
    return None


def _diagonals(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    if left.op == DIAG and right.op == DIAG:
        t.note("diagonals")
        return [diag(t.tidy(hadamard(left.args[0], right.args[0])))]
    if left.op == DIAG and is_column(right):
        t.note("diagonals")
        return [t.tidy(hadamard(left.args[0], right))]
    if right.op == DIAG and is_row(left):
        t.note("diagonals")
        return [transposed(t, t.tidy(hadamard(transposed(t, left), right.args[0])))]
    return None


def _sums_of_products(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    """1ᵀ(a ⊙ b) = aᵀb, and the same from the other side."""
    for a, b, turned in ((left, right, False), (right, left, True)):
        column = b.args[0] if turned and b.op == TRANSPOSE else b
        if a.op != ONES or not (is_column(a) if turned else is_row(a)) or not is_column(column):
            continue
        pair = _as_pair(column)
        if pair is not None:
            t.note("sum-of-products")
            return [transposed(t, pair[0]), pair[1]]
    return None


def _as_pair(u: Node) -> tuple[Node, Node] | None:
    if u.op == HADAMARD:
        return u.args[0], hadamard(*u.args[1:])
    if u.op == EACH and u.data == "power" and u.args[1] is TWO:
        return u.args[0], u.args[0]
    return None


def _ones(_: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    if left.op == ONES and right.op == ONES and is_column(left) and is_row(right):
        return [ones(rows(left.shape), columns(right.shape))]
    return None


def _kronecker(t: Tidying, left: Node, right: Node) -> Sequence[Node] | None:
    if left.op != KRON or len(left.args) != 2 or is_moving(right):
        return None
    p, q = left.args
    if right.op == KRON and len(right.args) == 2:
        r, s = right.args
        if columns(p.shape) != rows(r.shape) or columns(q.shape) != rows(s.shape):
            return None
        t.note("mixed-product")
        return [t.tidy(kron(product(t, (p, r)), product(t, (q, s))))]
    if right.op == VEC:
        inner = right.args[0]
        if columns(q.shape) == rows(inner.shape) and columns(p.shape) == columns(inner.shape):
            t.note("vec-product")
            return [t.tidy(vec(product(t, (q, inner, transposed(t, p)))))]
    return None


_NEIGHBOURS: tuple[Neighbours, ...] = (
    _powers,
    _orthogonal,
    _diagonals,
    _ones,
    _sums_of_products,
    _kronecker,
)
