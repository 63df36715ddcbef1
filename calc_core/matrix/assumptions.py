"""What a matrix expression and its derivative need in order to be defined.

What each operator needs is taken apart until it is as plain as it can be said: 2√(xᵀA x) ≠ 0 is
xᵀA x ≠ 0, and |det X| > 0 is "X invertible".  What follows from something else is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from calc_core.graph import (
    ADD,
    DIV,
    FN,
    MATRIX,
    MINUS_ONE,
    MUL,
    NUM,
    POW,
    Node,
    add,
    mul,
    outside_binders,
)
from calc_core.matrix.language import Problem
from calc_core.matrix.nodes import (
    ADJUGATE,
    DET,
    EACH,
    HADAMARD,
    INVERSE,
    MATFN,
    MATMUL,
    MATPOW,
    NORM,
    ONES,
    QUOTIENT,
    TRACE,
    TRANSPOSE,
    inverse,
    matmul,
    transpose,
)
from calc_core.printing import Latex, Text
from calc_core.shapes import columns, rows
from calc_core.terms import split_sign


class Assumption(NamedTuple):
    """One assumption, as LaTeX and as text."""

    latex: str
    text: str


class Need(NamedTuple):
    """What is asked of one node."""

    kind: str
    node: Node


POSITIVE, NOT_ZERO, INVERTIBLE = "positive", "not zero", "invertible"
ENTRIES_POSITIVE, ENTRIES_NOT_ZERO = "entries positive", "entries not zero"
COUNTS, HAS_LOGARITHM = "counts", "has a logarithm"

_SAID = {
    POSITIVE: ("{0} > 0", "{0} > 0"),
    NOT_ZERO: (r"{0} \neq 0", "{0} ≠ 0"),
    INVERTIBLE: (r"{0} \text{{ invertible}}", "{0} invertible"),
    ENTRIES_POSITIVE: (r"\text{{the entries of }} {0} > 0", "the entries of {0} > 0"),
    ENTRIES_NOT_ZERO: (r"\text{{the entries of }} {0} \neq 0", "the entries of {0} ≠ 0"),
    COUNTS: (r"{0} = 1, 2, 3, \dots", "{0} = 1, 2, 3, …"),
    HAS_LOGARITHM: (
        r"\text{{no eigenvalue of }} {0} \text{{ is negative or }} 0",
        "no eigenvalue of {0} is negative or 0",
    ),
}
_TRAITS = {
    "symmetric": (r"{0} = {0}^{{\top}}", "{0} symmetric"),
    "diagonal": (r"{0} \text{{ diagonal}}", "{0} diagonal"),
    "orthogonal": (r"{0}^{{\top}} {0} = I", "{0} orthogonal"),
    "lower": (r"{0} \text{{ lower triangular}}", "{0} lower triangular"),
    "upper": (r"{0} \text{{ upper triangular}}", "{0} upper triangular"),
}


def assumptions(problem: Problem, result: Node) -> tuple[Assumption, ...]:
    """What was declared of the symbols, and what the parts of f and of the result need."""
    needs: dict[Need, None] = {}
    for part in outside_binders(problem.node):
        if part.op == MATPOW and part.args[1].free:
            needs[Need(COUNTS, part.args[1])] = None
    for part in outside_binders(problem.node, result):
        if part.free and part.op in _NEEDS:
            needs.update(dict.fromkeys(_NEEDS[part.op](part)))
    kept = _without_turned([need for need in needs if not _follows(need, needs)])
    said = [_say(need.node, *_SAID[need.kind]) for need in kept]
    return tuple(dict.fromkeys([*_declared(problem), *said]))


def _declared(problem: Problem) -> Iterator[Assumption]:
    for symbol in problem.symbols:
        for trait in symbol.data.traits if symbol.op == MATRIX else ():
            yield _say(symbol, *_TRAITS[trait])


def _say(u: Node, latex: str, text: str) -> Assumption:
    return Assumption(latex.format(Latex()(u)), text.format(Text()(u)))


# ── what follows from what ────────────────────────────────────────────────────────────────────────


def _follows(need: Need, others: dict[Need, None]) -> bool:
    """Whether something else that is said says this as well."""
    kind, u = need
    if any(_equal(need, w) for o in others if o.kind == POSITIVE for w in _not_zero(o.node)):
        return True
    if kind == INVERTIBLE:
        return "orthogonal" in _traits(u) or Need(HAS_LOGARITHM, u) in others
    if kind == NOT_ZERO:
        stronger = (ENTRIES_POSITIVE, ENTRIES_NOT_ZERO, INVERTIBLE)
        return any(Need(other, u) in others for other in stronger)
    return kind == ENTRIES_NOT_ZERO and Need(ENTRIES_POSITIVE, u) in others


def _equal(a: Need, b: Need) -> bool:
    twins = a.kind == b.kind == INVERTIBLE and _same(a.node, b.node)
    return a == b or twins


def _without_turned(needs: list[Need]) -> list[Need]:
    """Without matrices that are invertible because their transpose is."""
    kept: list[Need] = []
    for need in needs:
        if not any(_equal(need, other) for other in kept):
            kept.append(need)
    return kept


def _traits(u: Node) -> tuple[str, ...]:
    return u.data.traits if u.op == MATRIX else ()


def _same(a: Node, b: Node) -> bool:
    """Whether two matrices are one, or one the transpose of the other."""
    return a is b or _sorted(_turned(a)) is _sorted(b)


def _turned(a: Node) -> Node:
    """The transpose, taken inside."""
    if a.op == TRANSPOSE:
        return a.args[0]
    if a.op == MATMUL:
        return matmul(*[_turned(factor) for factor in reversed(a.args)])
    if a.op == ADD:
        return add(*[_turned(term) for term in a.args])
    if a.op == MUL:
        return mul(*[_turned(factor) for factor in a.args])
    if a.op == INVERSE:
        return inverse(_turned(a.args[0]))
    own = not a.shape or "symmetric" in _traits(a) or "diagonal" in _traits(a)
    return a if own or a.op == "identity" else transpose(a)


def _sorted(a: Node) -> Node:
    """A sum in the order of its printed terms."""
    return add(*sorted(a.args, key=Text())) if a.op == ADD else a


# ── as plain as it can be said ────────────────────────────────────────────────────────────────────


def _not_zero(u: Node) -> Iterator[Need]:
    """What u ≠ 0 asks of the numbers and matrices that it is made of."""
    if not u.free or _is_above_zero(u):
        return
    if u.op == MUL:
        for factor in u.args:
            yield from _not_zero(factor)
    elif u.op in (DIV, QUOTIENT, POW) or (u.op == FN and u.data in ("abs", "sqrt", "root")):
        # What a denominator needs is asked where it stands.
        yield from _not_zero(u.args[0])
    elif u.op == NORM:
        yield from _not_zero(u.args[0])
    elif u.op == DET:
        yield from _invertible(u.args[0])
    elif (root := _squared(u)) is not None:
        yield from _not_zero(root)
    else:
        yield Need(NOT_ZERO, u.args[0] if u.op == TRANSPOSE else u)


def _positive(u: Node) -> Iterator[Need]:
    """What u > 0 asks."""
    if not u.free or _is_above_zero(u):
        return
    if _is_at_least_zero(u):
        yield from _not_zero(u)
    elif u.op == MUL and _is_positive_number(u.args[0]) and len(u.args) > 1:
        yield from _positive(u.args[1] if len(u.args) == 2 else mul(*u.args[1:]))
    elif u.op == DIV and _is_positive_number(u.args[1]):
        yield from _positive(u.args[0])
    else:
        yield Need(POSITIVE, u)


def _is_positive_number(u: Node) -> bool:
    return (u.op == NUM and u.data > 0) or u.op in ("const", "extent")


def _is_above_zero(u: Node) -> bool:
    """Whether u, or every entry of it, is positive whatever its symbols are."""
    if u.op == ADD:
        return all(map(_is_at_least_zero, u.args)) and any(map(_is_above_zero, u.args))
    if u.op in (MUL, DIV):
        return all(map(_is_above_zero, u.args))
    power_of_number = u.op == POW and _is_positive_number(u.args[0])
    exponential = u.op in (FN, EACH) and u.data in ("exp", "sigmoid", "cosh", "softplus")
    return _is_positive_number(u) or u.op == ONES or power_of_number or exponential


def _is_at_least_zero(u: Node) -> bool:
    """Whether u is a root, an absolute value, a square or the like."""
    square = u.op == POW and u.args[1].op == NUM and u.args[1].data % 2 == 0
    root = u.op == NORM or (u.op == FN and u.data in ("abs", "sqrt"))
    return root or square or _squared(u) is not None or _is_above_zero(u)


def _squared(u: Node) -> Node | None:
    """X of xᵀx and tr(XᵀX), which are 0 only where it is 0."""
    product = u.args[0] if u.op == TRACE else u
    if product.op != MATMUL or len(product.args) != 2 or u.shape:
        return None
    a, b = product.args
    if a.op == TRANSPOSE and a.args[0] is b:
        return b
    return a if u.op == TRACE and b.op == TRANSPOSE and b.args[0] is a else None


def _invertible(a: Node) -> Iterator[Need]:
    """What it asks that a has an inverse."""
    if not a.shape:
        yield from _not_zero(a)
    elif a.op in (TRANSPOSE, INVERSE, ADJUGATE, MATPOW):
        yield from _invertible(a.args[0])
    elif a.op == MUL or (a.op == MATMUL and all(map(_is_square, a.args))):
        for factor in a.args:
            yield from _invertible(factor)
    elif a.free and not (a.op == MATFN and a.data == "exp"):
        yield Need(INVERTIBLE, _without_sign(a))


def _is_square(a: Node) -> bool:
    return not a.shape or rows(a.shape) == columns(a.shape)


def _without_sign(a: Node) -> Node:
    if a.op != ADD:
        return a
    signs = [split_sign(term) for term in a.args]
    return add(*[term for _, term in signs]) if all(minus for minus, _ in signs) else a


def _entries_not_zero(a: Node) -> Iterator[Need]:
    if not a.shape:
        yield from _not_zero(a)
    elif a.op in (MUL, HADAMARD):
        for factor in a.args:
            yield from _entries_not_zero(factor)
    elif a.op in (QUOTIENT, TRANSPOSE) or (a.op == EACH and a.data in ("power", "abs", "sqrt")):
        yield from _entries_not_zero(a.args[0])
    elif a.free and not _is_above_zero(a):
        yield Need(ENTRIES_NOT_ZERO, a)


def _entries_positive(a: Node) -> Iterator[Need]:
    if a.op == EACH and a.data in ("abs", "sqrt"):
        yield from _entries_not_zero(a)
    elif a.op == MUL and len(a.args) == 2 and _is_positive_number(a.args[0]):
        yield from _entries_positive(a.args[1])
    elif a.op == TRANSPOSE:
        yield from _entries_positive(a.args[0])
    elif a.free and not _is_above_zero(a):
        yield Need(ENTRIES_POSITIVE, a)


# ── what the operators need ───────────────────────────────────────────────────────────────────────


def _of_inverse(node: Node) -> Iterator[Need]:
    return _invertible(node.args[0])


def _of_matrix_power(node: Node) -> Iterator[Need]:
    if node.args[1].op == NUM and node.args[1].data < 0:
        yield from _invertible(node.args[0])


def _of_function(node: Node) -> Iterator[Need]:
    inner = node.args[0]
    if node.data in ("ln", "log", "sqrt"):
        yield from _positive(inner)
    elif node.data in ("abs", "sign", "relu", "heaviside"):
        yield from _not_zero(inner)


def _of_power(node: Node) -> Iterator[Need]:
    return _raised(node, _positive, _not_zero)


def _raised(
    node: Node,
    positive: Callable[[Node], Iterator[Need]],
    not_zero: Callable[[Node], Iterator[Need]],
) -> Iterator[Need]:
    """What a power asks of its base: a whole exponent less than a broken one or a letter."""
    base, exponent = node.args
    value = _number(exponent)
    if not isinstance(value, int):
        yield from positive(base)
    elif value < 0:
        yield from not_zero(base)


def _number(exponent: Node) -> object:
    if exponent.op == NUM:
        return exponent.data
    if exponent.op == MUL and exponent.args[0] is MINUS_ONE and exponent.args[1].op == NUM:
        return -exponent.args[1].data if len(exponent.args) == 2 else None
    return None


_ENTRIES: dict[str, Callable[[Node], Iterator[Need]]] = {
    **dict.fromkeys(("ln", "log", "sqrt"), _entries_positive),
    **dict.fromkeys(("abs", "sign", "relu", "heaviside"), _entries_not_zero),
}


def _of_entries(node: Node) -> Iterator[Need]:
    if node.data == "power":
        return _raised(node, _entries_positive, _entries_not_zero)
    return _ENTRIES[node.data](node.args[0]) if node.data in _ENTRIES else iter(())


def _of_fraction(node: Node) -> Iterator[Need]:
    return _not_zero(node.args[1])


def _of_quotient(node: Node) -> Iterator[Need]:
    return _entries_not_zero(node.args[1])


def _of_matrix_function(node: Node) -> Iterator[Need]:
    if node.data == "ln":
        yield Need(HAS_LOGARITHM, node.args[0])


_NEEDS: dict[str, Callable[[Node], Iterator[Need]]] = {
    INVERSE: _of_inverse,
    ADJUGATE: _of_inverse,
    MATPOW: _of_matrix_power,
    FN: _of_function,
    POW: _of_power,
    EACH: _of_entries,
    DIV: _of_fraction,
    QUOTIENT: _of_quotient,
    MATFN: _of_matrix_function,
}
