"""Products, fractions and powers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from calc_core.graph import (
    ADD,
    MINUS_ONE,
    MUL,
    NUM,
    ONE,
    SYM,
    E,
    Node,
    div,
    fn,
    mul,
    neg,
    num,
    postorder,
    power,
)
from calc_core.matrix import nodes
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.extents import Extent, is_one
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.parse import limits


@dataclass(slots=True)
class _Run:
    """Matrix factors that follow each other, and the shape of their product."""

    terms: list[Term]
    rows: Extent
    columns: Extent

    @property
    def is_number(self) -> bool:
        return is_one(self.rows) and is_one(self.columns)


def multiply(scope: Scope, terms: list[Term], tree: Tree) -> Term:
    """The product; what comes out as a number on its way, as x'x in A x'x, is a factor in front."""
    closed: list[list[Term]] = []
    waiting: list[_Run] = []
    for term in terms:
        if term.is_scalar:
            closed.append([term])
            continue
        _join(scope, waiting, term)
        if waiting[-1].is_number:
            closed.append(waiting.pop().terms)
    if len(waiting) > 1:
        raise _misfit(scope, waiting[-2].terms[-1], waiting[-1].terms[0])
    runs = [*closed, *[run.terms for run in waiting]]
    rows, columns = (waiting[0].rows, waiting[0].columns) if waiting else (1, 1)
    return Term(rows, columns, lambda: _built(runs), tree, tuple(terms))


def _join(scope: Scope, waiting: list[_Run], term: Term) -> None:
    if waiting and scope.same(waiting[-1].columns, term.rows):
        waiting[-1].terms.append(term)
        waiting[-1].columns = term.columns
    elif not waiting or term.is_row:
        waiting.append(_Run([term], term.rows, term.columns))
    else:
        raise _misfit(scope, waiting[-1].terms[-1], term)


def _built(runs: list[list[Term]]) -> Node:
    numbers: list[Node] = []
    matrices: list[Node] = []
    for run in runs:
        built = [term.build() for term in run]
        numbers += [node for node in built if not node.shape]
        matrix_factors = [node for node in built if node.shape]
        if matrix_factors:
            product = nodes.matmul(*matrix_factors)
            (matrices if product.shape else numbers).append(product)
    return mul(*numbers, *matrices)


def _misfit(scope: Scope, left: Term, right: Term) -> Exception:
    a, b = scope.source(left.tree), scope.source(right.tree)
    first, second = scope.shown(left), scope.shown(right)
    hint = "Check the order of the factors, or transpose one of them."
    if left.is_column and right.is_column:
        x, y = scope.factor(left.tree), scope.factor(right.tree)
        hint = (
            f"Write {scope.transposed(left.tree)}*{y} for the inner product, "
            f"{x}*{scope.transposed(right.tree)} for the outer product or {x}.*{y} entrywise."
        )
    elif left.is_column and left.tree.op == t.NAME:
        hint = f"Declare {a} a scalar if it is a number; else transpose a factor."
    columns, rows = scope.value(left.columns), scope.value(right.rows)
    return scope.error(
        right.tree,
        f"{a} ({first}) and {b} ({second}) cannot be multiplied: {_count(columns, 'column')} "
        f"and {_count(rows, 'row')} do not fit.",
        hint,
    )


def _count(extent: int | str, what: str) -> str:
    return f"{extent} {what}{'' if extent == 1 else 's'}"


def dotted(scope: Scope, terms: list[Term], tree: Tree) -> Term:
    """Factors with a dot between them: of two columns it is the inner product."""
    result = terms[0]
    for term in terms[1:]:
        if result.is_column and term.is_column:
            a, b = scope.source(result.tree), scope.source(term.tree)
            scope.note(
                result.tree, f"{a}·{b} is read as the inner product; write {a}.*{b} entrywise."
            )
            result = inner(scope, result, term, tree)
        else:
            factors = [*(result.factors or (result,)), *_open_factors(term)]
            whole = Tree(t.PRODUCT, (), None, result.tree.start, term.tree.end)
            result = multiply(scope, factors, whole)
    return result


def _open_factors(term: Term) -> tuple[Term, ...]:
    return (term,) if term.tree.bracketed or not term.factors else term.factors


def inner(scope: Scope, a: Term, b: Term, tree: Tree) -> Term:
    """⟨a, b⟩: aᵀb of columns, tr AᵀB of matrices."""
    if a.is_scalar and b.is_scalar:
        return Term(1, 1, lambda: mul(a.build(), b.build()), tree)
    scope.equal_shapes(a, b, "factors")
    if a.is_column:
        return Term(1, 1, lambda: nodes.matmul(nodes.transpose(a.build()), b.build()), tree)
    if a.is_row:
        return Term(1, 1, lambda: nodes.matmul(a.build(), nodes.transpose(b.build())), tree)

    def build() -> Node:
        return nodes.trace(nodes.matmul(nodes.transpose(a.build()), b.build()))

    return Term(1, 1, build, tree)


# Fractions


def over(scope: Scope, top: Term, below: Term, tree: Tree) -> Term:
    """A written fraction; what stands below is a number."""
    if not below.is_scalar:
        raise _not_below(scope, top, below)
    at = below.tree

    def build() -> Node:
        a, b = top.build(), below.build()
        if scope.growth.is_zero(b):
            raise scope.error(at, "Nothing can be divided by zero.")
        if a.op == b.op == NUM and isinstance(a.data, int) and isinstance(b.data, int):
            return num(Fraction(a.data, b.data))
        return div(a, b)

    return Term(top.rows, top.columns, build, tree)


def _not_below(scope: Scope, top: Term, below: Term) -> Exception:
    a, b = scope.source(top.tree), scope.source(below.tree)
    vector = below.is_column or below.is_row
    # Its own brackets are those of inv(…).
    inverse = f"inv{b}" if below.tree.bracketed and b.startswith("(") else f"inv({b})"
    if below.tree.op == t.TRANSPOSED and not below.tree.bracketed:
        hint = f"Put the whole denominator in brackets, as in {a}/({b}…)."
    elif vector:
        x, y = scope.factor(top.tree), scope.factor(below.tree)
        hint = f"Write {x} ./ {y} to divide entry by entry."
    elif top.is_scalar:
        hint = f"Write {inverse} for the inverse." if a == "1" else f"Write {a}*{inverse}."
    else:
        a = scope.factor(top.tree)
        hint = f"Write {inverse}*{a} or {a}*{inverse}."
    kind = "vector" if vector else "matrix"
    return scope.error(below.tree, f"Nothing can be divided by the {kind} {b}.", hint)


# Powers


def raised(scope: Scope, base: Term, exponent: Term, tree: Tree) -> Term:
    """base^exponent, for numbers and square matrices."""
    if base.tree.is_a(t.CONSTANT, "e"):
        return _e_to_the(scope, exponent, tree)
    if not exponent.is_scalar:
        k = scope.source(exponent.tree).strip("{}")
        hint = "Write e^X or expm(X) for the exponential of a matrix."
        if exponent.is_column:
            hint = f"Declare {k} a scalar if it is a number."
        raise scope.error(exponent.tree, f"The exponent {k} is no number.", hint)
    if base.is_scalar:
        return Term(1, 1, lambda: _power(scope, base.build(), exponent.build(), tree), tree)
    # A t that was declared, or that moves, is the name of a number.
    if exponent.tree.is_a(t.NAME, "t") and "t" not in scope.said.named:
        scope.note(exponent.tree, "The raised t is read as the sign of the transpose.")
        return transposed(base, tree)
    if not base.is_matrix:
        raise _power_of_vector(scope, base, exponent, tree)
    scope.square(base, f"The power {scope.source(tree)}")
    return Term(base.rows, base.columns, lambda: _matrix_power(scope, base, exponent), tree)


def _power_of_vector(scope: Scope, base: Term, exponent: Term, tree: Tree) -> Exception:
    x, k = scope.factor(base.tree), scope.source(exponent.tree).strip("{}")
    hint = f"Write {x}.^{k} for the power of every entry"
    if k == "2":
        product, inside = f"{scope.transposed(base.tree)}*{x}", scope.source(base.tree)
        hint = f"Write {product} or ‖{inside}‖^2 for the squared length, {x}.^2 for the squares"
    elif k == "-1":
        hint = f"Write 1 ./ {x} for the reciprocal of every entry"
    return scope.error(tree, f"A vector has no power: {x} is {scope.shown(base)}.", f"{hint}.")


def _power(scope: Scope, base: Node, exponent: Node, tree: Tree) -> Node:
    scope.growth.check_power(base, exponent, tree.start)
    if exponent.op == NUM and exponent.data <= 0 and scope.growth.is_zero(base):
        raise scope.error(tree, "Zero cannot be raised to this power.")
    return power(base, exponent)


def _matrix_power(scope: Scope, base: Term, exponent: Term) -> Node:
    a, k = base.build(), exponent.build()
    if k.op == MUL and len(k.args) == 2 and k.args[0] is MINUS_ONE and k.args[1].op == SYM:
        return nodes.matrix_power(nodes.inverse(a), k.args[1])
    if k.free and all(_is_whole(part) for part in postorder(k)):
        return nodes.matrix_power(a, k)
    if k.op != NUM or not isinstance(k.data, int):
        half = k is num(Fraction(1, 2))
        what = "The square root of a matrix is" if half else "Such a power of a matrix is"
        raise scope.error(
            exponent.tree, f"{what} not supported.", "The exponent of a matrix is an integer or k."
        )
    if abs(k.data) > limits.EXPONENT:
        raise scope.error(
            exponent.tree,
            f"The exponent is too large: at most {limits.EXPONENT} can be used.",
            "Write a letter such as k.",
        )
    if k.data in (-1, 0, 1):
        return {-1: nodes.inverse(a), 0: nodes.identity(scope.value(base.rows)), 1: a}[k.data]
    return nodes.matrix_power(a, k)


def _is_whole(part: Node) -> bool:
    """Whether a part of an exponent is an integer where its letters are."""
    integer = part.op == NUM and isinstance(part.data, int)
    return integer or part.op in (SYM, ADD, MUL, nodes.EXTENT)


def _e_to_the(scope: Scope, exponent: Term, tree: Tree) -> Term:
    if exponent.is_matrix:
        scope.square(exponent, "The exponential e^X")
        return Term(
            exponent.rows,
            exponent.columns,
            lambda: nodes.matrix_function("exp", exponent.build()),
            tree,
        )
    if not exponent.is_scalar:
        scope.note(tree, f"{scope.source(tree)} is read as the exponential of every entry.")

    def build() -> Node:
        node = exponent.build()
        if not node.shape:
            scope.growth.check_power(E, node, tree.start)
        return nodes.each("exp", node)

    return Term(exponent.rows, exponent.columns, build, tree)


def entry_power(scope: Scope, base: Term, exponent: Term, tree: Tree) -> Term:
    """The power of every entry."""
    if not exponent.is_scalar:
        a, k = scope.source(base.tree), scope.source(exponent.tree)
        hint = f"Write exp({k} .* log({a}))." if not base.is_scalar else f"Write exp({k}*log({a}))."
        raise scope.error(exponent.tree, "The exponent of .^ must be a number.", hint)

    def build() -> Node:
        a, k = base.build(), exponent.build()
        if not a.shape:
            return _power(scope, a, k, tree)
        scope.growth.check_power(num(2), k, tree.start)
        return nodes.each("power", a, k)

    return Term(base.rows, base.columns, build, tree)


# Transposes and inverses


def transposed(a: Term, tree: Tree) -> Term:
    """Aᵀ."""
    return Term(a.columns, a.rows, lambda: nodes.transpose(a.build()), tree)


def inverted(scope: Scope, a: Term, tree: Tree) -> Term:
    """A⁻¹; of a number its reciprocal."""
    if a.is_scalar:
        return Term(1, 1, lambda: div(ONE, a.build()), tree)
    scope.square(a, "The inverse")
    return Term(a.rows, a.columns, lambda: nodes.inverse(a.build()), tree)


# Products of another kind


def entrywise(scope: Scope, terms: list[Term], tree: Tree) -> Term:
    """A ⊙ B; numbers multiply all entries."""
    matrices = [term for term in terms if not term.is_scalar]
    if len(matrices) < 2:
        return multiply(scope, terms, tree)
    numbers = [term for term in terms if term.is_scalar]
    for before, term in pairwise(matrices):
        scope.equal_shapes(before, term, "factors")

    def build() -> Node:
        product = nodes.hadamard(*[term.build() for term in matrices])
        return mul(*[term.build() for term in numbers], product)

    return Term(matrices[0].rows, matrices[0].columns, build, tree)


def ratio(scope: Scope, a: Term, b: Term, tree: Tree) -> Term:
    """A ⊘ B, entry by entry."""
    if b.is_scalar:
        return over(scope, a, b, tree)
    if not a.is_scalar:
        scope.equal_shapes(a, b, "parts")
    return Term(b.rows, b.columns, lambda: nodes.quotient(a.build(), b.build()), tree)


def minus(a: Term, tree: Tree) -> Term:
    """−A."""
    return Term(a.rows, a.columns, lambda: neg(a.build()), tree)


def logarithm_to_base(scope: Scope, a: Term, base: Term, tree: Tree) -> Term:
    """The logarithm of a number to a base."""
    if not (a.is_scalar and base.is_scalar):
        raise scope.error(
            tree, "Only the logarithm of a number takes a base.", "Write log(x)/log(2)."
        )

    def build() -> Node:
        of, to = a.build(), base.build()
        if to is E:
            return fn("ln", of)
        if to.op == NUM and (to.data <= 0 or to.data == 1):
            raise scope.error(base.tree, "The base of a logarithm is positive and not 1.")
        return fn("log", of, to)

    return Term(1, 1, build, tree)
