"""A result made ready for a programme: products in a cheap order, and outer products apart.

A chain such as A B x is computed as A (B x), as people would write it in a programme; X⁻¹ B C as
the solution of X Y = B C; and a bᵀ C as the outer product of a and bᵀ C.
"""

from __future__ import annotations

from calc_core.graph import ADD, DIV, MUL, NUM, Node, make, mul, postorder, rebuild
from calc_core.matrix.layouts import is_column, is_row
from calc_core.matrix.nodes import DIAG, IDENTITY, INVERSE, MATMUL, TRANSPOSE, inverse, transpose
from calc_core.shapes import columns, rows


def lowered(root: Node) -> Node:
    """The same value, of products of two matrices each."""
    done: dict[Node, Node] = {}
    for node in postorder(root):
        args = tuple([done[a] for a in node.args])
        if node.op == MATMUL:
            done[node] = _product(args)
        elif node.op == MUL:
            done[node] = _multiple(args)
        elif node.op == TRANSPOSE:
            done[node] = _turned(args[0])
        elif node.op == INVERSE and args[0].op == TRANSPOSE:
            # One inverse and its transpose, where both are needed.
            done[node] = transpose(inverse(args[0].args[0]))
        else:
            done[node] = rebuild(node, args)
    return done[root]


def turned(u: Node) -> Node:
    """Uᵀ, the transposition carried inwards."""
    if not u.shape or u.op in (DIAG, IDENTITY):
        return u
    if u.op == TRANSPOSE:
        return u.args[0]
    if u.op == ADD:
        return rebuild(u, tuple([turned(a) for a in u.args]))
    if u.op == MUL:
        return rebuild(u, tuple([turned(a) for a in u.args]))
    if u.op == DIV:
        return rebuild(u, (turned(u.args[0]), u.args[1]))
    if u.op == MATMUL:
        return rebuild(u, tuple([turned(a) for a in reversed(u.args)]))
    return _turned(u)


def solved(u: Node) -> Node | None:
    """The A of A⁻¹ or A⁻ᵀ, turned as it is needed: what is solved with; None for anything else."""
    if u.op == INVERSE:
        return u.args[0]
    if u.op == TRANSPOSE and u.args[0].op == INVERSE:
        return _turned(u.args[0].args[0])
    return None


def _turned(a: Node) -> Node:
    if a.op == TRANSPOSE:
        return a.args[0]
    return a if "symmetric" in _traits(a) else transpose(a)


def _traits(a: Node) -> tuple[str, ...]:
    found: tuple[str, ...] = a.data.traits if a.op == "matrix" else ()
    return found


def _multiple(factors: tuple[Node, ...]) -> Node:
    """The scalars first, the numbers before them, without brackets."""
    flat = [f for factor in factors for f in (factor.args if factor.op == MUL else (factor,))]
    flat.sort(key=lambda factor: 2 if factor.shape else 0 if factor.op == NUM else 1)
    return mul(*flat)


def _product(factors: tuple[Node, ...]) -> Node:
    flat = [f for factor in factors for f in (factor.args if factor.op == MATMUL else (factor,))]
    scalars = [f for f in flat if not f.shape]
    parts = [_chain(part) for part in _parts([f for f in flat if f.shape])]
    scalars += [part for part in parts if not part.shape]
    rest = [part for part in parts if part.shape]
    # A column and then a row are left, at most: their outer product.
    whole = [make(MATMUL, None, tuple(rest))] if len(rest) > 1 else rest
    return _multiple((*scalars, *whole))


def _parts(factors: list[Node]) -> list[list[Node]]:
    """The chain, cut between a column and the row that follows it."""
    cut: list[list[Node]] = []
    for factor in factors:
        if cut and not (columns(cut[-1][-1].shape) == 1 and rows(factor.shape) == 1):
            cut[-1].append(factor)
        else:
            cut.append([factor])
    return cut


def _chain(factors: list[Node]) -> Node:
    if len(factors) == 1:
        return factors[0]
    if is_row(factors[0].shape):
        return _from_left(factors)
    if is_column(factors[-1].shape):
        return _from_right(factors)
    inverses = [i for i, factor in enumerate(factors[:-1]) if solved(factor)]
    if not inverses:
        return _from_left(factors)
    last = inverses[-1]
    solution = make(MATMUL, None, (factors[last], _chain(factors[last + 1 :])))
    return _chain([*factors[:last], solution])


def _from_left(factors: list[Node]) -> Node:
    so_far = factors[0]
    for factor in factors[1:]:
        so_far = make(MATMUL, None, (so_far, factor))
    return so_far


def _from_right(factors: list[Node]) -> Node:
    so_far = factors[-1]
    for factor in reversed(factors[:-1]):
        so_far = make(MATMUL, None, (factor, so_far))
    return so_far
