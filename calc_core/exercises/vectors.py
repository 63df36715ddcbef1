"""Sums and products of vectors and matrices that a person wrote, carried out entry by entry."""

from __future__ import annotations

from functools import reduce

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    ARRAY,
    AT,
    DERIV,
    DIV,
    DOT,
    FN,
    MUL,
    Node,
    add,
    array,
    div,
    dot,
    entries,
    fn,
    mul,
    neg,
    postorder,
    rebuild,
)
from calc_core.printing import Text

# A determinant of more rows is not written out.
MOST_ROWS = 4


def worked_out(root: Node) -> Node:
    """``root`` as a scalar, or as an array of scalars.  Raises InputError where shapes do not fit.

    Inert derivatives by several variables become arrays of inert derivatives.

    >>> from calc_core.graph import num
    >>> a = array((2,), [num(1), num(2)])
    >>> worked_out(mul(a, a)).op, worked_out(add(a, a)).shape
    ('add', (2,))
    """
    done: dict[Node, Node] = {}
    for node in postorder(root):
        args = tuple([done[a] for a in node.args])
        done[node] = _carried_out(rebuild(node, args))
    return done[root]


def _carried_out(u: Node) -> Node:
    shaped = [a for a in u.args if a.shape]
    if u.op == AT and any(value.shape for value in u.args[2::2]):
        raise InputError("A vector stands where a coordinate is needed.")
    if u.op in (DERIV, AT) and u.shape:
        return array(u.shape, entries(u))
    if not shaped or u.op in (DERIV, AT):
        return u
    if u.op == ADD:
        return _sum(u)
    if u.op in (MUL, DOT):
        return reduce(_product, u.args)
    if u.op == DIV and not u.args[1].shape:
        return array(u.shape, [div(part, u.args[1]) for part in u.args[0].args])
    if u.op == FN and u.data == "abs":
        return _between_bars(u.args[0])
    if u.op == ARRAY:
        raise InputError("A vector stands inside another one.", hint="Write its entries out.")
    raise InputError("A vector stands where a number is needed.", hint="Write its entries out.")


def _sum(u: Node) -> Node:
    first = u.args[0]
    for term in u.args[1:]:
        if term.shape != first.shape:
            raise InputError(f"{_shown(first)} and {_shown(term)} cannot be added.")
    return array(first.shape, [add(*parts) for parts in zip(*map(entries, u.args), strict=True)])


def _product(left: Node, right: Node) -> Node:
    """A number times an array, or the product of matrices: the last axis against the first."""
    if not left.shape or not right.shape:
        if not (left.shape or right.shape):
            return mul(left, right)
        number, whole = (right, left) if left.shape else (left, right)
        return array(whole.shape, [mul(number, part) for part in whole.args])
    if left.shape[-1] != right.shape[0]:
        raise InputError(f"{_shown(left)} and {_shown(right)} cannot be multiplied.")
    product = dot(left, right)
    parts = entries(product)
    return array(product.shape, parts) if product.shape else parts[0]


def _between_bars(u: Node) -> Node:
    """The length of a vector, the determinant of a square matrix."""
    if len(u.shape) == 1:
        return fn("sqrt", add(*[part**2 for part in u.args]))
    rows, columns = u.shape
    if rows != columns or rows > MOST_ROWS:
        raise InputError(f"{_shown(u)} has no determinant that could be read here.")
    return _determinant([list(u.args[i : i + rows]) for i in range(0, len(u.args), rows)])


def _determinant(rows: list[list[Node]]) -> Node:
    """Along the first row."""
    if len(rows) == 1:
        return rows[0][0]
    terms = []
    for j, entry in enumerate(rows[0]):
        term = mul(entry, _determinant([row[:j] + row[j + 1 :] for row in rows[1:]]))
        terms.append(neg(term) if j % 2 else term)
    return add(*terms)


def _shown(u: Node) -> str:
    written = str(Text()(u))
    if len(written) <= 30:
        return written
    return "A number" if not u.shape else f"an array of {' × '.join(map(str, u.shape))}"
