r"""The Jacobian of a linear expression in dX: vec(U) = J vec(dX).

Built from the inside out, with the matrices that carry vec through each operation:

- vec(L U R) = (Rᵀ ⊗ L) vec U;
- vec(Uᵀ) = K vec U with the commutation matrix K;
- vec(S ⊙ U) = Diag(vec S) vec U;
- vec(Diag u) = S u with the selection matrix S, and diag(U) = Sᵀ vec U;
- vec(U ⊗ B) = (Iₙ ⊗ K_qm ⊗ I_p)(vec U ⊗ vec B) for U m×n and B p×q;
- vec(s N) = vec(N) s for a scalar s.

Source: Magnus and Neudecker, *Matrix Differential Calculus*, 3rd ed., §2.4, §3.7 and th. 3.10.
"""

from __future__ import annotations

from collections.abc import Callable

from calc_core.errors import InputError
from calc_core.graph import ADD, ARRAY, DIV, MUL, ONE, SERIES, ZERO, Node, array
from calc_core.matrix.nodes import (
    DIAG,
    DIAGONAL,
    HADAMARD,
    KRON,
    MATMUL,
    QUOTIENT,
    TRANSPOSE,
    TRIANGLE,
    UNVEC,
    VEC,
    commutation,
    diag,
    hadamard,
    identity,
    kron,
    ones,
    quotient,
    selection,
    series,
    transpose,
    triangle,
    vec,
)
from calc_core.matrix.tidy.parts import is_moving, peel
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.tidier import MatrixTidier
from calc_core.matrix.tidy.transposes import transposed
from calc_core.shapes import columns, rows, times

# The row c with s = c vec(dX) of a scalar s that is linear in dX.
Row = Callable[[Node], Node]


def _no_row(u: Node) -> Node:
    raise InputError(f"dX cannot be taken out of the operation “{u.op}” yet.")


class VecForm:
    """J with vec(U) = J vec(dX), for expressions U that are linear in one node dX.

    ``rules`` names what was used, in order.
    """

    def __init__(self, tidy: MatrixTidier, change: Node, row: Row = _no_row) -> None:
        self.t = tidy
        self._change = change
        self._row = row
        self.rules: dict[str, None] = {}

    def __call__(self, u: Node) -> Node:
        """The Jacobian of a tidy u; raises InputError, naming the operation, without a rule."""
        if u is self._change:
            return identity(times(rows(u.shape), columns(u.shape)))
        if u is ZERO:
            return ZERO
        if not u.shape:
            return self._row(u)
        rule = _RULES.get(u.op)
        return _no_row(u) if rule is None else rule(self, u)

    def _times(self, left: Node, inner: Node) -> Node:
        return product(self.t, (left, self(inner)))

    def _sum(self, u: Node) -> Node:
        return self.t.sum([self(term) for term in u.args])

    def _multiple(self, u: Node) -> Node:
        scalars, matrix = peel(u)
        if is_moving(matrix):
            return self.t.powers([*scalars, (self(matrix), 1)])
        moving = next(s for s, n in scalars if n == 1 and is_moving(s))
        rest = [(s, n) for s, n in scalars if s is not moving]
        column = self.t.tidy(vec(matrix))
        return self.t.powers([*rest, (product(self.t, (column, self._row(moving))), 1)])

    def _product(self, u: Node) -> Node:
        where = next(i for i, f in enumerate(u.args) if is_moving(f))
        inner, before, after = u.args[where], u.args[:where], u.args[where + 1 :]
        left = product(self.t, before) if before else identity(rows(inner.shape))
        if not after and columns(inner.shape) == 1:
            return self._times(left, inner)
        self.rules["vec-of-product"] = None
        right = transposed(self.t, product(self.t, after)) if after else None
        right = identity(columns(inner.shape)) if right is None else right
        return self._times(self.t.tidy(kron(right, left)), inner)

    def _transpose(self, u: Node) -> Node:
        inner = u.args[0]
        if 1 in inner.shape:
            return self(inner)
        self.rules["vec-of-transpose"] = None
        return self._times(commutation(rows(inner.shape), columns(inner.shape)), inner)

    def _weighted(self, weight: Node, inner: Node) -> Node:
        self.rules["vec-of-hadamard"] = None
        return self._times(self.t.tidy(diag(self.t.tidy(vec(weight)))), inner)

    def _hadamard(self, u: Node) -> Node:
        where = next(i for i, f in enumerate(u.args) if is_moving(f))
        others = self.t.tidy(hadamard(*u.args[:where], *u.args[where + 1 :]))
        return self._weighted(others, u.args[where])

    def _quotient(self, u: Node) -> Node:
        top, bottom = u.args
        return self._weighted(self.t.tidy(quotient(ONE, bottom)), top)

    def _kron(self, u: Node) -> Node:
        where = next(i for i, f in enumerate(u.args) if is_moving(f))
        self.rules["vec-of-kronecker"] = None
        a, b = kron(*u.args[:-1]), u.args[-1]
        if where < len(u.args) - 1:
            moving, spread = a, kron(identity(times(*a.shape)), self.t.tidy(vec(b)))
        else:
            moving, spread = b, kron(self.t.tidy(vec(a)), identity(times(*b.shape)))
        (_, n), (p, q) = a.shape, b.shape
        shuffle = kron(identity(n), self._swap(q, rows(a.shape)), identity(p))
        outer = product(self.t, (self.t.tidy(shuffle), self.t.tidy(spread)))
        return self._times(outer, moving)

    @staticmethod
    def _swap(q: int | str, m: int | str) -> Node:
        return identity(times(q, m)) if 1 in (q, m) else commutation(q, m)

    def _inside(self, u: Node) -> Node:
        """Vec and unvec: the same numbers in the same order."""
        return self(u.args[0])

    def _diag(self, u: Node) -> Node:
        self.rules["vec-of-diag"] = None
        return self._times(selection(rows(u.shape)), u.args[0])

    def _diagonal(self, u: Node) -> Node:
        self.rules["vec-of-diag"] = None
        return self._times(transpose(selection(rows(u.shape))), u.args[0])

    def _triangle(self, u: Node) -> Node:
        mask = triangle(u.data, ones(rows(u.shape), columns(u.shape)))
        return self._weighted(mask, u.args[0])

    def _series(self, u: Node) -> Node:
        body, index, low, high = u.args
        return series(self(body), index, low, high)

    def _entries(self, u: Node) -> Node:
        """Σ e vec-position by position, for a matrix written by its entries."""
        m, n = u.shape
        terms = []
        for k, entry in enumerate(u.args):
            if is_moving(entry):
                place = (k % n) * m + k // n
                unit = array((m * n, 1), [ONE if i == place else ZERO for i in range(m * n)])
                terms.append(product(self.t, (unit, self(entry))))
        return self.t.sum(terms)


_RULES: dict[str, Callable[[VecForm, Node], Node]] = {
    ADD: VecForm._sum,
    MUL: VecForm._multiple,
    DIV: VecForm._multiple,
    MATMUL: VecForm._product,
    TRANSPOSE: VecForm._transpose,
    HADAMARD: VecForm._hadamard,
    QUOTIENT: VecForm._quotient,
    KRON: VecForm._kron,
    VEC: VecForm._inside,
    UNVEC: VecForm._inside,
    DIAG: VecForm._diag,
    DIAGONAL: VecForm._diagonal,
    TRIANGLE: VecForm._triangle,
    SERIES: VecForm._series,
    ARRAY: VecForm._entries,
}
