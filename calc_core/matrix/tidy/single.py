"""Rewrites of one operator over tidy arguments; products, sums and transposes have their own files.

The table :data:`REWRITES` holds one function for each operator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from calc_core.graph import MATRIX, NUM, ONE, ZERO, Node, div, make, num, rebuild
from calc_core.matrix.nodes import (
    DET,
    DIAG,
    DIAGONAL,
    EACH,
    HADAMARD,
    IDENTITY,
    INVERSE,
    KRON,
    MATMUL,
    MATPOW,
    ONES,
    QUOTIENT,
    TOTAL,
    TRACE,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
    det,
    diag,
    diagonal,
    each,
    extent,
    hadamard,
    identity,
    inverse,
    kron,
    matmul,
    matrix_power,
    ones,
    quotient,
    trace,
    transpose,
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
    is_zero,
    matrix_power_node,
    peel,
    scaled,
)
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.transposes import transposed
from calc_core.shapes import columns, rows, times
from calc_core.tidy.base import Signed, Tidying

# Powers up to this are taken apart to be cancelled.
_MOST_FACTORS = 8

Rewrite = Callable[[Tidying, Node, tuple[Node, ...]], Node]


def _linear(build: Callable[[Tidying, Node, Node], Node]) -> Rewrite:
    """A rewrite of a linear operator: scalars to the front, zero to zero."""

    def rewrite(t: Tidying, node: Node, args: tuple[Node, ...]) -> Node:
        if args[0] is ZERO:
            return ZERO
        scalars, rest = peel(args[0])
        if scalars:
            t.note("scalars-first")
        return scaled(t, scalars, build(t, node, rest))

    return rewrite


def _trace(t: Tidying, _: Node, a: Node) -> Node:
    if not a.shape:
        return a
    if a.op == IDENTITY:
        t.note("values")
        return extent(a.data) if isinstance(a.data, str) else num(a.data)
    if a.op == TRANSPOSE:
        t.note("transposes")
        return trace(a.args[0])
    if a.op == DIAG:
        return t.tidy(matmul(ones(1, rows(a.shape)), a.args[0]))
    if a.op == KRON and all(map(is_square, a.args)):
        return t.product([t.tidy(trace(f)) for f in a.args])
    factors = chain(a)
    seam = next((i for i, f in enumerate(factors) if is_column(f)), None)
    if seam is not None and seam + 1 < len(factors):
        t.note("trace-of-outer")
        return product(t, (*factors[seam + 1 :], *factors[: seam + 1]))
    return trace(a)


def _diagonal_matrix(_: Tidying, __: Node, a: Node) -> Node:
    return identity(rows(a.shape)) if a.op == ONES else diag(a)


def _diagonal_entries(t: Tidying, _: Node, a: Node) -> Node:
    if a.op == DIAG:
        t.note("diagonals")
        return a.args[0]
    if a.op == IDENTITY:
        return ones(a.data)
    if a.op == TRANSPOSE:
        return t.tidy(diagonal(a.args[0]))
    if a.op == MATMUL and (split := _outer(t, a)) is not None:
        t.note("diagonals")
        return t.tidy(hadamard(split[0], transposed(t, split[1])))
    return diagonal(a)


def _outer(t: Tidying, a: Node) -> tuple[Node, Node] | None:
    """(column, row) with a = column · row."""
    seam = next((i for i, f in enumerate(a.args[:-1]) if is_column(f)), None)
    if seam is None:
        return None
    return product(t, a.args[: seam + 1]), product(t, a.args[seam + 1 :])


def _vec(t: Tidying, _: Node, a: Node) -> Node:
    if not a.shape or is_column(a):
        return a
    if is_row(a):
        return transposed(t, a)
    if a.op == UNVEC:
        return a.args[0]
    split = _outer(t, a) if a.op == MATMUL else None
    if split is not None and is_row(split[1]):
        return t.tidy(kron(transposed(t, split[1]), split[0]))
    return vec(a)


def _unvec(t: Tidying, node: Node, a: Node) -> Node:
    if a.op == VEC and a.args[0].shape == node.shape:
        return a.args[0]
    if a.op == KRON and len(a.args) == 2 and all(map(is_column, a.args)):
        b, c = a.args
        if (rows(c.shape), rows(b.shape)) == node.shape:
            return product(t, (c, transposed(t, b)))
    if is_column(node):
        return a
    return rebuild(node, (a,)) if node.shape else a


def _total(t: Tidying, _: Node, a: Node) -> Node:
    if not a.shape:
        return a
    if a.op == ONES:
        return t.product([extent(n) if isinstance(n, str) else num(n) for n in a.data])
    return make(TOTAL, None, (a,))


def _triangle(_: Tidying, node: Node, a: Node) -> Node:
    same = a.op in (IDENTITY, DIAG) or has_trait(a, "diagonal", node.data)
    return a if same else rebuild(node, (a,))


def _inverse(t: Tidying, _: Node, args: tuple[Node, ...]) -> Node:
    scalars, a = peel(args[0])
    return scaled(t, [(s, -n) for s, n in scalars], _inverse_of_matrix(t, a))


def _inverse_of_matrix(t: Tidying, a: Node) -> Node:
    base, exponent = as_matrix_power(a)
    # (Aᵏ)⁻¹ stays: a sum of k terms is no sum of −k.
    if exponent is not ONE and exponent.op == NUM:
        t.note("inverses")
        return matrix_power_node(base, t.product((num(-1), exponent)))
    if a.op == IDENTITY:
        return a
    if has_trait(a, "orthogonal"):
        t.note("orthogonal")
        return transpose(a)
    if a.op == TRANSPOSE:
        return t.tidy(transpose(inverse(a.args[0])))
    if a.op == DIAG:
        t.note("diagonals")
        return diag(t.tidy(quotient(ONE, a.args[0])))
    if a.op == KRON and all(map(is_square, a.args)):
        return kron(*[t.tidy(inverse(f)) for f in a.args])
    return inverse(a)


def _power(t: Tidying, _: Node, args: tuple[Node, ...]) -> Node:
    a, k = args
    if k.op == NUM and k.data in (0, 1):
        t.note("powers")
        return a if k is ONE else identity(rows(a.shape))
    if a.op == IDENTITY:
        return a
    base, exponent = as_matrix_power(a)
    if exponent is not ONE and k.op == NUM:
        t.note("powers")
        return matrix_power_node(base, t.product((exponent, k)))
    scalars, rest = peel(a)
    if scalars and k.op == NUM:
        return scaled(t, [(s, n * k.data) for s, n in scalars], matrix_power(rest, k))
    return matrix_power_node(a, k)


def _det(t: Tidying, _: Node, args: tuple[Node, ...]) -> Node:
    a = args[0]
    if a.op == TRANSPOSE:
        t.note("transposes")
        return det(a.args[0])
    if a.op == IDENTITY:
        return ONE
    if a.op == INVERSE:
        return div(ONE, det(a.args[0]))
    return det(a)


def _hadamard(t: Tidying, node: Node, args: tuple[Node, ...]) -> Node:
    if ZERO in args:
        t.note("zero-one")
        return ZERO
    scalars, factors = _peeled(args)
    if scalars:
        t.note("scalars-first")
    return scaled(t, scalars, _entrywise(t, factors, [], node))


def _entrywise(t: Tidying, top: Sequence[Node], bottom: Sequence[Node], whole: Node) -> Node:
    """The entrywise product of ``top`` over that of ``bottom``, with the shape of ``whole``."""
    above, below = _sides(top, bottom)
    if below:
        # a ⊙ (1 ⊘ a) = 1 wherever the left-hand side is defined.
        common = [f for f in above if f in below]
        for f in common:
            if f in below:
                t.note("cancel")
                above.remove(f)
                below.remove(f)
    kept = sorted((f for f in above if f.op != ONES), key=_place)
    if len(kept) < len(above):
        t.note("zero-one")
    numerator = _multiplied(kept)
    if not below:
        return numerator or ones(rows(whole.shape), columns(whole.shape))
    return quotient(numerator or ONE, _multiplied(sorted(below, key=_place)) or ONE)


def _sides(top: Sequence[Node], bottom: Sequence[Node]) -> tuple[list[Node], list[Node]]:
    """The factors above and below the bar, with quotients and squares among them taken apart."""
    above: list[Node] = []
    below: list[Node] = []
    waiting = [(f, True) for f in top] + [(f, False) for f in bottom]
    has_bar = bool(bottom) or any(f.op == QUOTIENT for f in top)
    while waiting:
        f, is_above = waiting.pop(0)
        if f.op == HADAMARD:
            waiting[:0] = [(g, is_above) for g in f.args]
        elif f.op == QUOTIENT:
            waiting[:0] = [(f.args[0], is_above), (f.args[1], not is_above)]
        elif has_bar and f.op == EACH and f.data == "power" and _is_count(f.args[1]):
            waiting[:0] = [(f.args[0], is_above)] * f.args[1].data
        elif f is not ONE:
            (above if is_above else below).append(f)
    return above, below


def _is_count(k: Node) -> bool:
    return k.op == NUM and isinstance(k.data, int) and 1 < k.data <= _MOST_FACTORS


def _multiplied(factors: list[Node]) -> Node | None:
    """The entrywise product with equal factors as a power; None of no factors."""
    counted = Counter(factors)
    parts = [f if n == 1 else each("power", f, num(n)) for f, n in counted.items()]
    return hadamard(*parts) if parts else None


def _place(u: Node) -> tuple[int, str]:
    """Where a factor of an entrywise product stands: the identity, letters in order, dX last."""
    if u.op == MATRIX:
        return 1, u.data.name
    return 0 if u.op == IDENTITY else 3 if is_moving(u) else 2, ""


def _peeled(args: Sequence[Node]) -> tuple[list[Signed], list[Node]]:
    """The scalars of all the matrices, and the matrices without them."""
    scalars: list[Signed] = []
    rest: list[Node] = []
    for a in args:
        some, matrix = peel(a) if a.shape else ([(a, 1)], None)
        scalars += some
        if matrix is not None:
            rest.append(matrix)
    return scalars, rest


def _each(t: Tidying, node: Node, args: tuple[Node, ...]) -> Node:
    if node.data == "power" and args[1].op == NUM and args[1].data in (0, 1):
        t.note("powers")
        return args[0] if args[1] is ONE else ones(rows(node.shape), columns(node.shape))
    return each(node.data, *args)


def _quotient(t: Tidying, node: Node, args: tuple[Node, ...]) -> Node:
    top, bottom = args
    if is_zero(top):
        return ZERO
    if not bottom.shape:
        return t.quotient(top, bottom)
    above, a = peel(top) if top.shape else ([(top, 1)], ONE)
    below, b = peel(bottom)
    scalars = [(s, n) for s, n in above if s is not ONE] + [(s, -n) for s, n in below]
    return scaled(t, scalars, _entrywise(t, [a], [b], node))


def _kron(t: Tidying, _: Node, args: tuple[Node, ...]) -> Node:
    if ZERO in args:
        return ZERO
    scalars, factors = _peeled(args)
    flat = [g for f in factors for g in (f.args if f.op == KRON else (f,))]
    merged: list[Node] = []
    for f in flat:
        together = _kron_pair(t, merged[-1], f) if merged else None
        if together is None:
            merged.append(f)
        else:
            merged[-1] = together
    if not merged:
        return t.powers(scalars)
    return scaled(t, scalars, kron(*merged))


def _kron_pair(t: Tidying, a: Node, b: Node) -> Node | None:
    if a.op == IDENTITY and b.op == IDENTITY:
        t.note("identity-factors")
        return identity(times(a.data, b.data))
    # a ⊗ bᵀ = bᵀ ⊗ a = abᵀ
    if is_column(a) and is_row(b):
        return product(t, (a, b))
    return product(t, (b, a)) if is_row(a) and is_column(b) else None


REWRITES: dict[str, Rewrite] = {
    MATMUL: lambda t, _, args: product(t, args),
    TRANSPOSE: _linear(lambda t, _, a: transposed(t, a)),
    TRACE: _linear(_trace),
    DIAG: _linear(_diagonal_matrix),
    DIAGONAL: _linear(_diagonal_entries),
    VEC: _linear(_vec),
    UNVEC: _linear(_unvec),
    TOTAL: _linear(_total),
    TRIANGLE: _linear(_triangle),
    INVERSE: _inverse,
    MATPOW: _power,
    DET: _det,
    HADAMARD: _hadamard,
    EACH: _each,
    QUOTIENT: _quotient,
    KRON: _kron,
}
