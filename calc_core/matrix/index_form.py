r"""A derivative by its entries: ∂F_ij/∂X_kl as a formula in the entries of what occurs.

An expression that is linear in dX is read entry by entry, with a one at (k, l) of dX:
[L U R]_ij = Σ_ab L_ia U_ab R_bj, and (dX)_ab is δ_ak δ_bl, so that most of the sums vanish.  The
letters are those of the shape law, J_ijkl = ∂F_ij/∂X_kl.

Source: Magnus and Neudecker, *Matrix Differential Calculus*, 3rd ed., §9.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

from calc_core.errors import InputError
from calc_core.graph import (
    ADD,
    DIV,
    MINUS_ONE,
    MOVE,
    MUL,
    ONE,
    SERIES,
    ZERO,
    Node,
    fn,
    mul,
    num,
    power,
    rebuild,
    sym,
)
from calc_core.matrix.layouts import public_shape
from calc_core.matrix.nodes import (
    DELTA,
    DIAG,
    DIAGONAL,
    EACH,
    HADAMARD,
    IDENTITY,
    MATMUL,
    ONES,
    QUOTIENT,
    SUBSCRIPT,
    TRANSPOSE,
    delta,
    extent,
    matmul,
    series,
    subscript,
)
from calc_core.matrix.tidy import MatrixTidier
from calc_core.matrix.tidy.parts import has_trait, is_column, is_moving, is_row, peel
from calc_core.shapes import Extent, columns, rows
from calc_core.tidy.base import Signed

# The gradient G of a scalar that is linear in dX: its derivative by dX_kl is G_kl.
Gradient = Callable[[Node], Node]
Index = str


@dataclass(frozen=True, slots=True)
class IndexForm:
    """The formula of one entry: ``f`` and ``x`` hold the letters of the two, in order."""

    node: Node
    f: tuple[str, ...]
    x: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Term:
    """A product of entries and of δ, before the sums over the letters in between are done."""

    factors: tuple[Signed, ...]
    equal: tuple[tuple[Index, Index], ...] = ()


def index_form(
    differential: Sequence[Node], f_shape: tuple[Extent, ...], x: Node, gradient: Gradient
) -> IndexForm:
    """The entry of the derivative, from the terms of the differential of f.

    Raises InputError where an operation has no formula for its entries.
    """
    letters = iter("ijkl")
    f_axes = tuple([next(letters) for _ in public_shape(f_shape)])
    x_axes = tuple([next(letters) for _ in public_shape(x.shape)])
    reading = _Reading(x, x_axes, gradient, frozenset(n for u in differential for n in u.free))
    i, j = _places(f_shape, f_axes)
    terms = [reading.formula(part, i, j) for part in differential]
    return IndexForm(reading.t.sum(terms) if terms else ZERO, f_axes, x_axes)


def tied_form(form: IndexForm, x: Node) -> IndexForm:
    """The formula where entries of x are tied: those at kl and lk of a symmetric x move together.

    Raises InputError for a triangular x, of which a formula does not show the entries that are 0.
    """
    if has_trait(x, "lower", "upper"):
        raise InputError("The entries by a triangular matrix have no single formula.")
    if not has_trait(x, "symmetric", "diagonal"):
        return form
    t = MatrixTidier()
    first, second = form.x
    on_diagonal = t.product((delta(first, second), form.node))
    if has_trait(x, "diagonal"):
        return replace(form, node=on_diagonal)
    aside = _renamed(form.node, {first: " "})
    mirrored = _renamed(_renamed(aside, {second: first}), {" ": second})
    minus = t.product((MINUS_ONE, on_diagonal))
    return replace(form, node=t.sum((form.node, mirrored, minus)))


def _places(shape: tuple[Extent, ...], axes: tuple[str, ...]) -> tuple[Index, Index]:
    """Row and column of an entry; "1" where there is only one."""
    if len(axes) == 2:
        return axes[0], axes[1]
    if not axes:
        return "1", "1"
    return (axes[0], "1") if len(shape) == 2 and shape[1] == 1 else ("1", axes[0])


class _Reading:
    def __init__(
        self, x: Node, axes: tuple[str, ...], gradient: Gradient, names: frozenset[str]
    ) -> None:
        self.t = MatrixTidier()
        self._gradient = gradient
        self._k, self._l = _places(x.shape, axes)
        # A letter that is summed over is none that stands for something else.
        letters = [letter for letter in "abcdeghopqruvwz" if letter not in names]
        self._fresh = (f"{letter}{'′' * n}" for n in count() for letter in letters)

    def formula(self, u: Node, i: Index, j: Index) -> Node:
        """The entry (i, j) of u as a tidy node."""
        return self.t.sum([self._summed(term, {i, j}) for term in self.entry(u, i, j)])

    def entry(self, u: Node, i: Index, j: Index) -> list[_Term]:
        """The entry (i, j) of a u that is linear in dX."""
        if u.op == MOVE:
            pairs = ((i, self._k), (j, self._l))
            return [_Term((), tuple(p for p in pairs if p != ("1", "1")))]
        if not u.shape:
            return self._scalar(u)
        rule = _RULES.get(u.op)
        if rule is None:
            raise InputError(f"The entries of the operation “{u.op}” have no short formula.")
        return rule(self, u, i, j)

    def _scalar(self, u: Node) -> list[_Term]:
        return [_Term(((self._constant(self._gradient(u), self._k, self._l), 1),))]

    def _sum(self, u: Node, i: Index, j: Index) -> list[_Term]:
        return [term for a in u.args for term in self.entry(a, i, j)]

    def _multiple(self, u: Node, i: Index, j: Index) -> list[_Term]:
        scalars, matrix = peel(u)
        if is_moving(matrix):
            return [_with(term, scalars) for term in self.entry(matrix, i, j)]
        moving = next(s for s, n in scalars if n == 1 and is_moving(s))
        kept: list[Signed] = [(s, n) for s, n in scalars if s is not moving]
        kept.append((self._constant(matrix, i, j), 1))
        return [_with(term, kept) for term in self._scalar(moving)]

    def _product(self, u: Node, i: Index, j: Index) -> list[_Term]:
        where = next(n for n, f in enumerate(u.args) if is_moving(f))
        inner = u.args[where]
        before, after = u.args[:where], u.args[where + 1 :]
        a = next(self._fresh) if before and rows(inner.shape) != 1 else i if not before else "1"
        b = next(self._fresh) if after and columns(inner.shape) != 1 else j if not after else "1"
        around: list[Signed] = []
        if before:
            around.append((self._constant(matmul(*before), i, a), 1))
        if after:
            around.append((self._constant(matmul(*after), b, j), 1))
        return [_with(term, around) for term in self.entry(inner, a, b)]

    def _transpose(self, u: Node, i: Index, j: Index) -> list[_Term]:
        return self.entry(u.args[0], j, i)

    def _hadamard(self, u: Node, i: Index, j: Index) -> list[_Term]:
        moving = next(f for f in u.args if is_moving(f))
        others: list[Signed] = [(self._constant(f, i, j), 1) for f in u.args if f is not moving]
        return [_with(term, others) for term in self.entry(moving, i, j)]

    def _quotient(self, u: Node, i: Index, j: Index) -> list[_Term]:
        top, bottom = u.args
        return [_with(t, [(self._constant(bottom, i, j), -1)]) for t in self.entry(top, i, j)]

    def _diag(self, u: Node, i: Index, j: Index) -> list[_Term]:
        terms = self.entry(u.args[0], i, "1")
        return [_Term(term.factors, (*term.equal, (i, j))) for term in terms]

    def _series(self, u: Node, i: Index, j: Index) -> list[_Term]:
        body, index, low, high = u.args
        return [_Term(((series(self.formula(body, i, j), index, low, high), 1),))]

    def _diagonal(self, u: Node, i: Index, _: Index) -> list[_Term]:
        return self.entry(u.args[0], i, i)

    # Entries of what is constant

    def _constant(self, u: Node, i: Index, j: Index) -> Node:
        """The entry (i, j) of a constant, taken apart where that is plain."""
        if not u.shape:
            return u
        match u.op:
            case op if op == IDENTITY:
                return ONE if i == j else delta(i, j)
            case op if op == ONES:
                return ONE
            case op if op == TRANSPOSE and u.args[0].op != "inverse":
                return self._constant(u.args[0], j, i)
            case op if op in (MUL, DIV):
                scalars, matrix = peel(u)
                return self.t.powers([*scalars, (self._constant(matrix, i, j), 1)])
            case op if op == ADD:
                return self.t.sum([self._constant(a, i, j) for a in u.args])
            case op if op == HADAMARD:
                return self.t.product([self._constant(a, i, j) for a in u.args])
            case op if op == DIAG:
                entry = self._constant(u.args[0], i, "1")
                return entry if i == j else mul(delta(i, j), entry)
            case op if op == QUOTIENT:
                top, bottom = (self._constant(a, i, j) for a in u.args)
                return self.t.quotient(top, bottom)
            case op if op == EACH:
                inner = self._constant(u.args[0], i, j)
                return power(inner, u.args[1]) if u.data == "power" else fn(u.data, inner)
            case op if op == MATMUL:
                return self._outer(u, i, j)
        return _subscript(u, i, j)

    def _outer(self, u: Node, i: Index, j: Index) -> Node:
        """[a bᵀ]_ij = a_i b_j; other products are entries as a whole."""
        seam = next((n for n, f in enumerate(u.args[:-1]) if is_column(f)), None)
        if seam is None:
            return _subscript(u, i, j)
        left, right = matmul(*u.args[: seam + 1]), matmul(*u.args[seam + 1 :])
        return self.t.product((self._constant(left, i, "1"), self._constant(right, "1", j)))

    # Sums over letters

    def _summed(self, term: _Term, kept: set[Index]) -> Node:
        """The term with letters that are tied to others replaced, and sums over the rest."""
        outer = kept | {self._k, self._l}
        table: dict[Index, Index] = {}
        deltas: list[Node] = []
        for a, b in term.equal:
            a, b = _resolved(table, a), _resolved(table, b)
            if a == b:
                continue
            if a not in outer:
                table[a] = b
            elif b not in outer:
                table[b] = a
            else:
                deltas.append(delta(*sorted((a, b))))
        renamed = [(_renamed(f, table), n) for f, n in term.factors]
        body = self.t.powers([*[(d, 1) for d in deltas], *renamed]) if deltas or renamed else ONE
        for letter, size in _loose(body, outer).items():
            high = extent(size) if isinstance(size, str) else num(size)
            body = series(body, sym(letter), ONE, high)
        return body


def _with(term: _Term, factors: list[Signed]) -> _Term:
    return _Term((*factors, *term.factors), term.equal)


def _subscript(u: Node, i: Index, j: Index) -> Node:
    if is_column(u):
        return subscript(u, i)
    return subscript(u, j) if is_row(u) else subscript(u, i, j)


def _resolved(table: dict[Index, Index], letter: Index) -> Index:
    while letter in table:
        letter = table[letter]
    return letter


def _renamed(u: Node, table: dict[Index, Index]) -> Node:
    if u.op == SUBSCRIPT:
        return subscript(u.args[0], *[_resolved(table, letter) for letter in u.data])
    if u.op == DELTA:
        i, j = (_resolved(table, letter) for letter in u.data)
        return ONE if i == j else delta(i, j)
    return rebuild(u, tuple([_renamed(a, table) for a in u.args])) if u.args else u


def _loose(u: Node, outer: set[Index]) -> dict[Index, Extent]:
    """The letters of subscripts in u that are still to be summed over, and how far."""
    found: dict[Index, Extent] = {}
    if u.op == SUBSCRIPT:
        shape = u.args[0].shape
        extents = shape if len(u.data) == 2 else public_shape(shape)
        letters = zip(u.data, extents, strict=True)
        return {a: size for a, size in letters if a not in outer and a != "1"}
    if u.op == SERIES:
        outer = outer | {u.args[1].data}
    for a in u.args:
        found |= _loose(a, outer)
    return found


_RULES: dict[str, Callable[[_Reading, Node, Index, Index], list[_Term]]] = {
    ADD: _Reading._sum,
    MUL: _Reading._multiple,
    DIV: _Reading._multiple,
    MATMUL: _Reading._product,
    TRANSPOSE: _Reading._transpose,
    HADAMARD: _Reading._hadamard,
    QUOTIENT: _Reading._quotient,
    DIAG: _Reading._diag,
    DIAGONAL: _Reading._diagonal,
    SERIES: _Reading._series,
}
