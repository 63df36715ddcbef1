"""A tree to terms: the shape of every piece, and how its node is built."""

from __future__ import annotations

from collections.abc import Callable

from calc_core.errors import InputError
from calc_core.graph import ONE, PI, E, Node, add, array, fn, mul, num
from calc_core.matrix import nodes
from calc_core.matrix.language import places, products
from calc_core.matrix.language import tree as t
from calc_core.matrix.language.extents import Times
from calc_core.matrix.language.scope import Scope, Term
from calc_core.matrix.language.tree import Tree
from calc_core.matrix.language.words import TAKES_SCRIPT, WORDS
from calc_core.matrix.language.words.call import Call
from calc_core.matrix.language.words.functions import of_entries
from calc_core.matrix.language.words.matrices import extent_of
from calc_core.matrix.language.words.numbers import norm
from calc_core.matrix.language.words.products import kronecker, solved


class Reader:
    """Reads the pieces of one tree."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.text = scope.text

    def term(self, tree: Tree) -> Term:
        """The term of a piece."""
        return _READERS[tree.op](self, tree)

    def terms(self, tree: Tree) -> list[Term]:
        """The terms of all parts of a piece."""
        return [self.term(arg) for arg in tree.args]


# Leaves


def _number(_: Reader, tree: Tree) -> Term:
    return Term(1, 1, lambda: num(tree.data), tree)


def _constant(reader: Reader, tree: Tree) -> Term:
    if tree.data == "1":
        return _ones(reader, tree)
    return Term(1, 1, lambda: E if tree.data == "e" else PI, tree)


def _ones(reader: Reader, tree: Tree) -> Term:
    scope, script = reader.scope, tree.script
    rows = scope.unknown() if script is None else extent_of(scope, script)
    return Term(rows, 1, lambda: nodes.ones(scope.value(rows)), tree)


def _name(reader: Reader, tree: Tree) -> Term:
    scope, name = reader.scope, tree.data
    if name not in scope.said.named:
        if name == "I" or places.is_sized_identity(name):
            return _identity(scope, tree)
        if name in scope.said.extents:
            extent = scope.extents.letter(name)
            return Term(1, 1, lambda: scope.as_number(extent), tree)
    symbol = scope.symbol(name)
    return Term(symbol.rows, symbol.columns, lambda: scope.node(name), tree)


def _identity(scope: Scope, tree: Tree) -> Term:
    index = tree.data[2:]
    if not index:
        size = scope.unknown()
    elif index.isdigit():
        if not 1 <= int(index) <= 1000:
            raise scope.error(tree, "This identity matrix is too large.", "Write I_n.")
        size = scope.given(int(index))
    else:
        factors = [scope.extents.letter(letter) for letter in index]
        size = factors[0]
        if len(factors) > 1:
            extent = Times(tuple(factors))
            return Term(extent, extent, lambda: nodes.identity(scope.value(extent)), tree)
    return Term(size, size, lambda: nodes.identity(scope.value(size)), tree)


# Sums


def _sum(reader: Reader, tree: Tree) -> Term:
    terms = reader.terms(tree)
    scope = reader.scope
    if any(term.is_column or term.is_row for term in terms):
        terms = _with_numbers_in_every_entry(scope, terms)
    kept = [term for term in terms if not _is_zero(term.tree)] or terms[:1]
    first = kept[0]
    for term in kept[1:]:
        if first.is_scalar != term.is_scalar:
            raise _number_and_matrix(scope, first, term)
        scope.equal_shapes(first, term, "terms", _hint_for_sum(scope, first, term))
    return Term(first.rows, first.columns, lambda: add(*[term.build() for term in terms]), tree)


def _with_numbers_in_every_entry(scope: Scope, terms: list[Term]) -> list[Term]:
    """1 − x with the number in every entry; there is nothing else that it could mean."""
    vector = next(term for term in terms if term.is_column or term.is_row)
    written = [term for term in terms if _is_written_number(term.tree) and not _is_zero(term.tree)]
    if not written:
        return terms
    scope.note(
        written[0].tree,
        "A number beside a vector is taken for every entry, as in NumPy; "
        "write 1_n, with the vector's length for n, to say so.",
    )
    return [_in_every_entry(scope, term, vector) if term in written else term for term in terms]


def _in_every_entry(scope: Scope, number: Term, vector: Term) -> Term:
    def build() -> Node:
        everywhere = nodes.ones(scope.value(vector.rows), scope.value(vector.columns))
        value = number.build()
        return everywhere if value is ONE else mul(value, everywhere)

    return Term(vector.rows, vector.columns, build, number.tree)


def _is_zero(tree: Tree) -> bool:
    return tree.is_a(t.NUMBER, 0) or (tree.op == t.NEGATIVE and _is_zero(tree.args[0]))


def _is_written_number(tree: Tree) -> bool:
    return tree.op == t.NUMBER or (tree.op == t.NEGATIVE and tree.args[0].op == t.NUMBER)


def _hint_for_sum(scope: Scope, a: Term, b: Term) -> str:
    if a.is_column and b.is_row:
        inner = b.tree.args[0] if b.tree.op == t.TRANSPOSED else None
        shown = scope.source(inner) if inner else f"{scope.factor(b.tree)}'"
        return f"Write {shown} for the column."
    return ""


def _number_and_matrix(scope: Scope, first: Term, second: Term) -> InputError:
    number, other = (first, second) if first.is_scalar else (second, first)
    s, x = scope.source(number.tree), scope.source(other.tree)
    kind = "matrix" if other.is_matrix else "vector"
    shape = scope.shown(other)
    if other.is_column and other.tree.op == t.NAME and not _is_written_number(number.tree):
        return scope.error(
            second.tree,
            f"A number and a vector cannot be added: {s} is a number, {x} is {shape}.",
            f"Declare {x} a scalar if it is a number.",
        )
    size = scope.value(other.columns if other.is_row else other.rows)
    times = "" if s == "1" else f"{s}*"
    if other.is_matrix:
        ones = f"ones({size}, {scope.value(other.columns)})"
        hint = f"Write {times}I for the diagonal, or {times}{ones} for every entry."
    else:
        mark = "'" if other.is_row else ""
        hint = f"Write {times}ones({size}){mark} for the number in every entry."
    return scope.error(
        second.tree,
        f"A number and a {kind} cannot be added: {s} is a number, {x} is {shape}.",
        hint,
    )


def _negative(reader: Reader, tree: Tree) -> Term:
    return products.minus(reader.term(tree.args[0]), tree)


# Products and powers


def _product(reader: Reader, tree: Tree) -> Term:
    return products.multiply(reader.scope, reader.terms(tree), tree)


def _dotted(reader: Reader, tree: Tree) -> Term:
    return products.dotted(reader.scope, reader.terms(tree), tree)


def _entrywise(reader: Reader, tree: Tree) -> Term:
    return products.entrywise(reader.scope, reader.terms(tree), tree)


def _kronecker(reader: Reader, tree: Tree) -> Term:
    return kronecker(reader.scope, reader.terms(tree), tree)


def _over(reader: Reader, tree: Tree) -> Term:
    top, below = reader.terms(tree)
    return products.over(reader.scope, top, below, tree)


def _ratio(reader: Reader, tree: Tree) -> Term:
    a, b = reader.terms(tree)
    return products.ratio(reader.scope, a, b, tree)


def _colon(reader: Reader, tree: Tree) -> Term:
    a, b = reader.terms(tree)
    shown = reader.scope.source(tree)
    reader.scope.note(tree, f"{shown} is read as the sum of all products of entries, tr(A'*B).")
    return products.inner(reader.scope, a, b, tree)


def _angle(reader: Reader, tree: Tree) -> Term:
    a, b = reader.terms(tree)
    return products.inner(reader.scope, a, b, tree)


def _solved(reader: Reader, tree: Tree) -> Term:
    a, b = reader.terms(tree)
    shown, x = reader.scope.source(a.tree), reader.scope.source(b.tree)
    shown = shown if a.tree.bracketed else f"({shown})"
    reader.scope.note(tree, f"The sign \\ is read as solving: inv{shown}*{x}.")
    return solved(reader.scope, a, b, tree)


def _power(reader: Reader, tree: Tree) -> Term:
    base, exponent = tree.args
    if exponent.is_a(t.NUMBER, -1) and not base.is_a(t.CONSTANT, "e"):
        a = reader.term(base)
        if a.is_matrix:
            return products.inverted(reader.scope, a, tree)
    return products.raised(reader.scope, reader.term(base), reader.term(exponent), tree)


def _entry_power(reader: Reader, tree: Tree) -> Term:
    base, exponent = reader.terms(tree)
    return products.entry_power(reader.scope, base, exponent, tree)


def _transposed(reader: Reader, tree: Tree) -> Term:
    inner = tree.args[0]
    if inner.is_a(t.NUMBER, 1) and not inner.bracketed:
        reader.scope.note(inner, "A transposed 1 is read as a row of ones.")
        return products.transposed(_ones(reader, inner), tree)
    return products.transposed(reader.term(inner), tree)


# Calls and brackets


_REFUSED_SCRIPT = ("{} takes no subscript.", "Write what is meant as an argument.")
_EXTREMUM = ("Only the function itself is differentiated.", "Leave out what stands before it.")
_REFUSED_SCRIPTS = {
    "sum": ("Sums with an index cannot be read here.", "Write sum(x), tr(A) or a'*b."),
    "min": _EXTREMUM,
    "max": _EXTREMUM,
}


def _call(reader: Reader, tree: Tree) -> Term:
    word = WORDS[tree.data]
    call = Call(reader, tree)
    given = len(tree.args)
    if not word.least <= given <= word.most:
        low, high = word.least, word.most
        span = f"{low}" if low == high else f"{low} or {high}" if high < 20 else f"at least {low}"
        plural = "" if span == "1" else "s"
        letters = ", ".join("ABCD"[: word.least])
        raise call.error(
            f"{call.name} takes {span} argument{plural}, not {given}.",
            f"Write {call.name}({letters}).",
        )
    if tree.script is not None and tree.data not in TAKES_SCRIPT:
        message, hint = _REFUSED_SCRIPTS.get(tree.data, _REFUSED_SCRIPT)
        raise reader.scope.error(tree.script, message.format(call.name), hint)
    outer = reader.scope.in_trace
    result = word.read(call)
    reader.scope.in_trace = outer
    return result


def _dotted_call(reader: Reader, tree: Tree) -> Term:
    return of_entries(Call(reader, tree))


def _bars(reader: Reader, tree: Tree) -> Term:
    scope = reader.scope
    outer, scope.in_trace = scope.in_trace, False
    a = reader.term(tree.args[0])
    scope.in_trace = outer
    if tree.data == "‖":
        return norm(scope, a, tree.script, tree)
    if tree.script is not None:
        raise scope.error(tree.script, "Single bars take no subscript.", "Write ‖x‖_2.")
    if a.is_scalar:
        return Term(1, 1, lambda: fn("abs", a.build()), tree)
    if not a.is_matrix:
        x = scope.source(a.tree)
        raise scope.error(
            tree, f"A vector between single bars can mean two things: {x} is {scope.shown(a)}.",
            f"Write ‖{x}‖ for its length, abs({x}) for the absolute value of every entry.",
        )  # fmt: skip
    scope.square(a, "A determinant")
    return Term(1, 1, lambda: nodes.det(a.build()), tree)


def _literal(reader: Reader, tree: Tree) -> Term:
    scope = reader.scope
    rows, columns, _ = tree.data
    entries = reader.terms(tree)
    for entry in entries:
        if not entry.is_scalar:
            x = scope.source(entry.tree)
            raise scope.error(
                entry.tree,
                f"The entries of a matrix are numbers, and {x} is {scope.shown(entry)}.",
                f"Declare {x} a scalar; matrices of matrices are not supported."
                if entry.tree.op == t.NAME
                else "Matrices of matrices are not supported; a product in [ ] needs a sign *.",
            )

    def build() -> Node:
        built = [entry.build() for entry in entries]
        return array((rows, columns), built) if (rows, columns) != (1, 1) else built[0]

    return Term(rows, columns, build, tree)


_READERS: dict[str, Callable[[Reader, Tree], Term]] = {
    t.NUMBER: _number,
    t.CONSTANT: _constant,
    t.NAME: _name,
    t.CALL: _call,
    t.DOTTED_CALL: _dotted_call,
    t.SUM: _sum,
    t.NEGATIVE: _negative,
    t.PRODUCT: _product,
    t.OVER: _over,
    t.POWER: _power,
    t.ENTRY_POWER: _entry_power,
    t.TRANSPOSED: _transposed,
    t.BARS: _bars,
    t.ANGLE: _angle,
    t.LITERAL: _literal,
    t.ENTRYWISE: _entrywise,
    t.RATIO: _ratio,
    t.KRONECKER: _kronecker,
    t.DOTTED: _dotted,
    t.COLON: _colon,
    t.SOLVED: _solved,
}
