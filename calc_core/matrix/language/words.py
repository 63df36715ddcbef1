"""The words: one row each, with the number of arguments, the shape of the result and its node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calc_core.functions import FUNCTIONS
from calc_core.graph import NUM, ONE, ZERO, Node, add, div, fn, mul, neg, num
from calc_core.matrix import nodes
from calc_core.matrix.language import products
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.extents import Extent, Times
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.vocabulary import spelled

if TYPE_CHECKING:
    from calc_core.matrix.language.reader import Reader

_MATRIX_FUNCTIONS = {"exp": "expm", "ln": "logm", "sin": "sinm", "cos": "cosm"}


@dataclass(frozen=True, slots=True)
class Call:
    """A word with its arguments."""

    reader: Reader
    tree: Tree

    @property
    def scope(self) -> Scope:
        """The names of the text."""
        return self.reader.scope

    @property
    def name(self) -> str:
        """The word as the person wrote it."""
        return spelled(self.reader.text, self.tree.start, self.tree.data)

    def term(self, i: int) -> Term:
        """The argument at this place."""
        return self.reader.term(self.tree.args[i])

    def terms(self) -> list[Term]:
        """All arguments."""
        return [self.reader.term(arg) for arg in self.tree.args]

    def error(self, message: str, hint: str = "") -> Exception:
        """An error at the word."""
        return self.scope.error(self.tree, message, hint)

    def made(self, rows: Extent, columns: Extent, build: Callable[[], Node]) -> Term:
        """The result."""
        return Term(rows, columns, build, self.tree)

    def column(self, a: Term) -> None:
        """Makes sure that the argument is a column."""
        if not a.is_column:
            raise self.scope.error(
                a.tree,
                f"{self.name} needs a column vector, and {self.scope.source(a.tree)} is "
                f"{self.scope.shown(a)}.",
                "A small letter such as x is a column vector.",
            )


@dataclass(frozen=True, slots=True)
class Word:
    """One word: how many arguments it takes, and what it makes of them."""

    least: int
    most: int
    read: Callable[[Call], Term]


# Rows that have a shape in common


def _of_square(build: Callable[[Node], Node], of_number: Callable[[Node], Node]) -> Word:
    """A number made of a square matrix."""

    def read(call: Call) -> Term:
        a = call.term(0)
        if not a.is_scalar:
            call.scope.square(a, call.name)
        return call.made(
            1, 1, lambda: build(node) if (node := a.build()).shape else of_number(node)
        )

    return Word(1, 1, read)


def _to_number(build: Callable[[Node], Node], of_number: Callable[[Node], Node]) -> Word:
    """A number made of all the entries."""

    def read(call: Call) -> Term:
        a = call.term(0)
        return call.made(
            1, 1, lambda: build(node) if (node := a.build()).shape else of_number(node)
        )

    return Word(1, 1, read)


def _same_square(build: Callable[[Node], Node]) -> Word:
    """A square matrix made of one of its size."""

    def read(call: Call) -> Term:
        a = call.term(0)
        call.scope.square(a, call.name)
        return call.made(a.rows, a.columns, lambda: build(a.build()))

    return Word(1, 1, read)


def _matrix_function(name: str) -> Word:
    def read(call: Call) -> Term:
        a = call.term(0)
        if not a.is_scalar:
            call.scope.square(a, call.name)

        def build() -> Node:
            node = a.build()
            return nodes.matrix_function(name, node) if node.shape else fn(name, node)

        return call.made(a.rows, a.columns, build)

    return Word(1, 1, read)


def _entrywise(name: str) -> Word:
    def read(call: Call) -> Term:
        return _applied(call, name, call.term(0))

    return Word(1, 1, read)


def _applied(call: Call, name: str, a: Term) -> Term:
    other = _MATRIX_FUNCTIONS.get(name, "")
    if other and a.is_matrix:
        scope, shown = call.scope, call.scope.source(call.tree)
        hint = f"write {other} for the matrix function"
        # What cannot be square has no matrix function.
        if scope.in_trace and scope.same(a.rows, a.columns):
            scope.note(
                call.tree, f"Under a trace {shown} is read as {other}, a function of the matrix; "
                f"write {call.name}.(…) for the function of every entry.",
            )  # fmt: skip
            return call.made(a.rows, a.columns, lambda: nodes.matrix_function(name, a.build()))
        if scope.in_trace:
            hint = f"{scope.source(a.tree)} is not square"
        scope.note(call.tree, f"{shown} is taken entry by entry; {hint}.")
    return _of_entries(call, name, a)


def of_entries(call: Call) -> Term:
    """The function of every entry that exp.(X) asks for, whatever stands around it."""
    name = "ln" if call.tree.data == "log" else call.tree.data
    row = FUNCTIONS.get(name)
    if row is None or row.arity != (1, 1) or len(call.tree.args) != 1:
        raise call.error(
            f"{call.name} is no function of one number, which the dot in {call.name}.(…) asks for.",
            f"Write {call.name}(…) without the dot.",
        )
    return _of_entries(call, name, call.term(0))


def _of_entries(call: Call, name: str, a: Term) -> Term:
    scope = call.scope

    def build() -> Node:
        node = a.build()
        if not node.shape and name == "exp":
            scope.growth.check_power(num(3), node, call.tree.start)
        if not node.shape and name in ("factorial", "gamma"):
            scope.growth.check_factorial(node, call.tree.start, int(name == "gamma"))
        return nodes.each(name, node)

    return call.made(a.rows, a.columns, build)


# Rows of their own


def _beside_one(name: str, build: Callable[[Node, Node], Node]) -> Word:
    """A function of every entry with a 1 in it, as log1p(x) = ln(1 + x)."""

    def read(call: Call) -> Term:
        a = call.term(0)

        def built() -> Node:
            node = a.build()
            one = nodes.ones(*node.shape) if node.shape else ONE
            if not node.shape and name == "expm1":
                call.scope.growth.check_power(num(3), node, call.tree.start)
            return build(node, one)

        return call.made(a.rows, a.columns, built)

    return Word(1, 1, read)


def _trace(call: Call) -> Term:
    scope = call.scope
    outer, scope.in_trace = scope.in_trace, True
    a = call.term(0)
    scope.in_trace = outer
    if not a.is_scalar:
        scope.square(a, "A trace")
    return call.made(1, 1, lambda: nodes.trace(node) if (node := a.build()).shape else node)


def _log(call: Call) -> Term:
    script = call.tree.script
    if script is not None or len(call.tree.args) == 2:
        base = call.reader.term(script) if script is not None else call.term(1)
        return products.logarithm_to_base(call.scope, call.term(0), base, call.tree)
    return _applied(call, "ln", call.term(0))


def _to_base(number: int) -> Word:
    def read(call: Call) -> Term:
        base = Term(1, 1, lambda: num(number), call.tree)
        return products.logarithm_to_base(call.scope, call.term(0), base, call.tree)

    return Word(1, 1, read)


def _transpose(call: Call) -> Term:
    return products.transposed(call.term(0), call.tree)


def _inv(call: Call) -> Term:
    return products.inverted(call.scope, call.term(0), call.tree)


def _logdet(call: Call) -> Term:
    a = call.term(0)
    if not a.is_scalar:
        call.scope.square(a, "A determinant")
    return call.made(1, 1, lambda: fn("ln", nodes.det(node) if (node := a.build()).shape else node))


def _norm(call: Call) -> Term:
    kind = call.tree.script
    if len(call.tree.args) == 2:
        kind = call.tree.args[1]
    return norm(call.scope, call.term(0), kind, call.tree)


_NORMS_REFUSED = {"*": "The nuclear norm", "∞": "The maximum norm", "2": "The spectral norm"}


def norm(scope: Scope, a: Term, kind: Tree | None, tree: Tree) -> Term:
    """‖a‖ of this kind: 2, F, 1 or none."""
    mark = "" if kind is None else str(kind.data)
    if mark == "1" and not a.is_matrix:
        return Term(1, 1, lambda: _norm_of_1(a.build()), tree)
    known = mark in ("", "F", "fro", "Fro", "2") and not (mark == "2" and a.is_matrix)
    if not known and kind is not None:
        what = _NORMS_REFUSED.get(mark, "This norm")
        hint = "Write ‖A‖_F, the root of the sum of the squares of the entries."
        if not a.is_matrix:
            hint = "Write ‖x‖ or ‖x‖_1; for a weighted norm sqrt(x'*W*x)."
        raise scope.error(kind, f"{what} is not supported.", hint)
    if a.is_matrix and not mark:
        scope.note(
            tree,
            "The norm of a matrix is read as that of Frobenius: the root of the sum of squares.",
        )
    return Term(
        1, 1, lambda: nodes.norm(node) if (node := a.build()).shape else fn("abs", node), tree
    )


def _norm_of_1(node: Node) -> Node:
    return nodes.total(nodes.each("abs", node)) if node.shape else fn("abs", node)


def _norm_1(call: Call) -> Term:
    one = Tree(t.NUMBER, (), 1, call.tree.start, call.tree.end)
    return norm(call.scope, call.term(0), one, call.tree)


def _norm_f(call: Call) -> Term:
    mark = Tree(t.NAME, (), "F", call.tree.start, call.tree.end)
    return norm(call.scope, call.term(0), mark, call.tree)


def _mean(call: Call) -> Term:
    a = call.term(0)

    def build() -> Node:
        node = a.build()
        count = call.scope.as_number(Times((a.rows, a.columns)))
        return div(nodes.total(node), count) if node.shape else node

    return call.made(1, 1, build)


def _hadamard(call: Call) -> Term:
    return products.entrywise(call.scope, call.terms(), call.tree)


def _matmul(call: Call) -> Term:
    return products.multiply(call.scope, call.terms(), call.tree)


def _kron(call: Call) -> Term:
    return kronecker(call.scope, call.terms(), call.tree)


def kronecker(scope: Scope, terms: list[Term], tree: Tree) -> Term:
    """A ⊗ B."""
    matrices = [term for term in terms if not term.is_scalar]
    if len(matrices) < 2:
        return products.multiply(scope, terms, tree)
    numbers = [term for term in terms if term.is_scalar]
    rows = _times([term.rows for term in matrices])
    columns = _times([term.columns for term in matrices])

    def build() -> Node:
        product = nodes.kron(*[term.build() for term in matrices])
        return mul(*[term.build() for term in numbers], product)

    return Term(rows, columns, build, tree)


def _times(extents: list[Extent]) -> Extent:
    rest = [extent for extent in extents if extent != 1]
    return rest[0] if len(rest) == 1 else Times(tuple(rest)) if rest else 1


def _vec(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar or a.is_column:
        return call.made(a.rows, a.columns, a.build)
    # The columns first, as in (B' ⊗ A) vec(X).
    return call.made(_times([a.columns, a.rows]), 1, lambda: nodes.vec(a.build()))


def _diag(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar:
        return call.made(1, 1, a.build)
    if a.is_column:
        return call.made(a.rows, a.rows, lambda: nodes.diag(a.build()))
    call.scope.square(a, "diag")
    return call.made(a.rows, 1, lambda: nodes.diagonal(a.build()))


def _capital_diag(call: Call) -> Term:
    a = call.term(0)
    if a.is_scalar:
        return call.made(1, 1, a.build)
    if a.is_matrix:
        call.scope.square(a, "Diag")
        return call.made(a.rows, a.rows, lambda: nodes.diag(nodes.diagonal(a.build())))
    call.column(a)
    return call.made(a.rows, a.rows, lambda: nodes.diag(a.build()))


def _softmax(call: Call) -> Term:
    a = call.term(0)
    call.column(a)
    return call.made(a.rows, 1, lambda: nodes.softmax(a.build()))


def _logsumexp(call: Call) -> Term:
    a = call.term(0)
    call.column(a)
    return call.made(1, 1, lambda: nodes.logsumexp(a.build()))


def _inner(call: Call) -> Term:
    return products.inner(call.scope, call.term(0), call.term(1), call.tree)


def _dot(call: Call) -> Term:
    a, b = call.terms()
    if a.is_matrix or b.is_matrix:
        raise call.error(
            "The word dot means different products of matrices.",
            "Write A*B for the product or inner(A, B) for tr(A'*B).",
        )
    return products.inner(call.scope, a, b, call.tree)


def _outer(call: Call) -> Term:
    a, b = call.terms()
    call.column(a)
    call.column(b)
    second = products.transposed(b, b.tree)
    return products.multiply(call.scope, [a, second], call.tree)


def _solve(call: Call) -> Term:
    return solved(call.scope, call.term(0), call.term(1), call.tree)


def solved(scope: Scope, a: Term, b: Term, tree: Tree) -> Term:
    """A⁻¹b."""
    return products.multiply(scope, [products.inverted(scope, a, a.tree), b], tree)


def _triangle(side: str) -> Word:
    return _same_square(lambda node: nodes.triangle(side, node))


# Matrices of a given size


def extent_of(scope: Scope, tree: Tree) -> Extent:
    """The number of rows or columns that is written here: 3, n, m*n."""
    if tree.op == t.NUMBER and isinstance(tree.data, int) and 1 <= tree.data <= 1000:
        return scope.given(tree.data)
    if tree.op == t.NAME and len(tree.data) <= 4:
        return scope.extents.letter(tree.data)
    if tree.op == t.PRODUCT:
        return _times([extent_of(scope, arg) for arg in tree.args])
    raise scope.error(
        tree,
        f"{scope.source(tree)} is no number of rows or columns.",
        "Write a letter such as n, or a number from 1 to 1000.",
    )


def _eye(call: Call) -> Term:
    rows = extent_of(call.scope, call.tree.args[0]) if call.tree.args else call.scope.unknown()
    if len(call.tree.args) == 2:
        columns = extent_of(call.scope, call.tree.args[1])
        if not call.scope.same(rows, columns):
            raise call.error("An identity matrix is square.", "Write eye(n).")
    return call.made(rows, rows, lambda: nodes.identity(call.scope.value(rows)))


def _ones(call: Call) -> Term:
    rows, columns = _size(call)
    scope = call.scope
    return call.made(rows, columns, lambda: nodes.ones(scope.value(rows), scope.value(columns)))


def _zeros(call: Call) -> Term:
    rows, columns = _size(call)
    scope = call.scope
    return call.made(
        rows, columns, lambda: mul(ZERO, nodes.ones(scope.value(rows), scope.value(columns)))
    )


def _size(call: Call) -> tuple[Extent, Extent]:
    sizes = [extent_of(call.scope, arg) for arg in call.tree.args]
    return sizes[0], (sizes[1] if len(sizes) == 2 else 1)


# Functions of several numbers


def _of_numbers(name: str, least: int, most: int, hint: str) -> Word:
    def read(call: Call) -> Term:
        terms = call.terms()
        for term in terms:
            if not term.is_scalar:
                raise call.scope.error(
                    term.tree, f"{call.name} of vectors and matrices is not supported.", hint
                )
        if len(terms) < least:
            raise call.error(f"{call.name} takes at least {least} numbers.", hint)
        return call.made(1, 1, lambda: fn(name, *[term.build() for term in terms]))

    return Word(1, most, read)


def _root(call: Call) -> Term:
    a, k = call.terms()

    def build() -> Node:
        degree = k.build()
        whole = degree.op == NUM and isinstance(degree.data, int) and 2 <= degree.data <= 1000
        if not (whole or degree.free):
            raise call.scope.error(k.tree, "There is no such root.", "Write root(x, 3).")
        return fn("root", a.build(), degree)

    if not (a.is_scalar and k.is_scalar):
        raise call.error("Only numbers have roots here.", "Write x.^(1/3) for every entry.")
    return call.made(1, 1, build)


def _cube_root(call: Call) -> Term:
    a = call.term(0)
    if not a.is_scalar:
        raise call.error("Only numbers have roots here.", "Write x.^(1/3) for every entry.")
    return call.made(1, 1, lambda: fn("root", a.build(), num(3)))


def _pow(call: Call) -> Term:
    return products.raised(call.scope, call.term(0), call.term(1), call.tree)


def _itself(node: Node) -> Node:
    return node


WORDS: dict[str, Word] = {
    **{name: _entrywise(name) for name, row in FUNCTIONS.items() if row.arity == (1, 1)},
    "trace": Word(1, 1, _trace),
    "det": _of_square(nodes.det, _itself),
    "logdet": Word(1, 1, _logdet),
    "inv": Word(1, 1, _inv),
    "transpose": Word(1, 1, _transpose),
    "norm": Word(1, 2, _norm),
    "norm1": Word(1, 1, _norm_1),
    "normF": Word(1, 1, _norm_f),
    "sum": _to_number(nodes.total, _itself),
    "mean": Word(1, 1, _mean),
    "hadamard": Word(2, 20, _hadamard),
    "matmul": Word(2, 20, _matmul),
    "kron": Word(2, 20, _kron),
    "vec": Word(1, 1, _vec),
    "diag": Word(1, 1, _diag),
    "Diag": Word(1, 1, _capital_diag),
    "eye": Word(1, 2, _eye),
    "ones": Word(1, 2, _ones),
    "zeros": Word(1, 2, _zeros),
    "expm": _matrix_function("exp"),
    "logm": _matrix_function("ln"),
    "sinm": _matrix_function("sin"),
    "cosm": _matrix_function("cos"),
    "dot": Word(2, 2, _dot),
    "inner": Word(2, 2, _inner),
    "outer": Word(2, 2, _outer),
    "softmax": Word(1, 1, _softmax),
    "logsumexp": Word(1, 1, _logsumexp),
    "solve": Word(2, 2, _solve),
    "adjugate": _same_square(nodes.adjugate),
    "triu": _triangle("upper"),
    "tril": _triangle("lower"),
    "log": Word(1, 2, _log),
    "expm1": _beside_one("expm1", lambda node, one: add(nodes.each("exp", node), neg(one))),
    "log1p": _beside_one("log1p", lambda node, one: nodes.each("ln", add(one, node))),
    "lg": _to_base(10),
    "lb": _to_base(2),
    "root": Word(2, 2, _root),
    "cbrt": Word(1, 1, _cube_root),
    "pow": Word(2, 2, _pow),
    "atan2": _of_numbers("atan2", 2, 2, "Write the entries out."),
    "max": _of_numbers("max", 2, 20, "Write relu(x) for max(x, 0) of every entry."),
    "min": _of_numbers("min", 2, 20, "Write -relu(-x) for min(x, 0) of every entry."),
    "beta": _of_numbers("beta", 2, 2, ""),
    "polygamma": _of_numbers("polygamma", 2, 2, ""),
}
"""All words by name."""

TAKES_SCRIPT = frozenset(("norm", "log"))
