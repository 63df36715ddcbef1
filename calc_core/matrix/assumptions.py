"""What a matrix expression and its derivative need in order to be defined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from calc_core.graph import DIV, FN, MATRIX, NUM, Node, outside_binders
from calc_core.matrix.language import Problem
from calc_core.matrix.nodes import ADJUGATE, DET, EACH, INVERSE, MATFN, MATPOW, NORM, QUOTIENT
from calc_core.printing import Latex, Text


class Assumption(NamedTuple):
    """One assumption, as LaTeX and as text."""

    latex: str
    text: str


def assumptions(problem: Problem, result: Node) -> tuple[Assumption, ...]:
    """What was declared of the symbols, and what the parts of f and of the result need."""
    found = dict.fromkeys(_declared(problem))
    for node in outside_binders(problem.node, result):
        if node.free and node.op in _NEEDS:
            found.update(dict.fromkeys(_NEEDS[node.op](node)))
    return tuple(a for a in found if not _follows(a, found))


def _follows(a: Assumption, others: Iterable[Assumption]) -> bool:
    """Whether A invertible is said by det(A) > 0 as well."""
    matrix, _, said = a.text.rpartition(" ")
    return said == "invertible" and any(o.text == f"det({matrix}) > 0" for o in others)


_TRAITS = {
    "symmetric": (r"{0} = {0}^{{\top}}", "{0} symmetric"),
    "diagonal": (r"{0} \text{{ diagonal}}", "{0} diagonal"),
    "orthogonal": (r"{0}^{{\top}} {0} = I", "{0} orthogonal"),
    "lower": (r"{0} \text{{ lower triangular}}", "{0} lower triangular"),
    "upper": (r"{0} \text{{ upper triangular}}", "{0} upper triangular"),
}


def _declared(problem: Problem) -> Iterator[Assumption]:
    for symbol in problem.symbols:
        for trait in symbol.data.traits if symbol.op == MATRIX else ():
            yield _said(symbol, *_TRAITS[trait])


def _said(u: Node, latex: str, text: str) -> Assumption:
    return Assumption(latex.format(Latex()(u)), text.format(Text()(u)))


def _invertible(a: Node) -> Iterator[Assumption]:
    yield _said(a, r"{0} \text{{ invertible}}", "{0} invertible")


def _not_zero(u: Node) -> Iterator[Assumption]:
    yield _said(u, r"{0} \neq 0", "{0} ≠ 0")


def _of_inverse(node: Node) -> Iterator[Assumption]:
    return _invertible(node.args[0])


def _of_power(node: Node) -> Iterator[Assumption]:
    if node.args[1].op == NUM and node.args[1].data < 0:
        yield from _invertible(node.args[0])


def _of_function(node: Node) -> Iterator[Assumption]:
    inner = node.args[0]
    if node.data in ("ln", "log"):
        if inner.op == FN and inner.data == "abs" and inner.args[0].op == DET:
            yield from _invertible(inner.args[0].args[0])
        else:
            yield _said(inner, "{0} > 0", "{0} > 0")
    elif node.data == "sqrt":
        yield _said(inner, "{0} > 0", "{0} > 0")
    elif node.data in ("abs", "sign"):
        yield from _not_zero(inner)


_ENTRIES = {
    "ln": (r"\text{{the entries of }} {0} > 0", "the entries of {0} > 0"),
    "sqrt": (r"\text{{the entries of }} {0} > 0", "the entries of {0} > 0"),
    "abs": (r"\text{{the entries of }} {0} \neq 0", "the entries of {0} ≠ 0"),
    "sign": (r"\text{{the entries of }} {0} \neq 0", "the entries of {0} ≠ 0"),
    "relu": (r"\text{{the entries of }} {0} \neq 0", "the entries of {0} ≠ 0"),
    "heaviside": (r"\text{{the entries of }} {0} \neq 0", "the entries of {0} ≠ 0"),
}


def _of_entries(node: Node) -> Iterator[Assumption]:
    if node.data in _ENTRIES:
        yield _said(node.args[0], *_ENTRIES[node.data])


def _of_fraction(node: Node) -> Iterator[Assumption]:
    bottom = node.args[1]
    if not bottom.free or (bottom.op == FN and bottom.data == "exp"):
        return
    # ‖x‖² and ‖x‖³ are not 0 where ‖x‖ is not.
    base = bottom.args[0] if bottom.op == "pow" else bottom
    if base.op == NORM:
        yield from _not_zero(base.args[0])
    else:
        yield from _not_zero(base)


def _of_quotient(node: Node) -> Iterator[Assumption]:
    yield _said(node.args[1], *_ENTRIES["abs"])


def _of_matrix_function(node: Node) -> Iterator[Assumption]:
    if node.data == "ln":
        yield _said(
            node.args[0],
            r"\text{{no eigenvalue of }} {0} \text{{ is negative or }} 0",
            "no eigenvalue of {0} is negative or 0",
        )


_NEEDS: dict[str, Callable[[Node], Iterator[Assumption]]] = {
    INVERSE: _of_inverse,
    ADJUGATE: _of_inverse,
    MATPOW: _of_power,
    FN: _of_function,
    EACH: _of_entries,
    DIV: _of_fraction,
    QUOTIENT: _of_quotient,
    MATFN: _of_matrix_function,
}
