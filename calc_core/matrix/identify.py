r"""The identification: from the differential of f to its derivative.

Every way ends in one of the forms of Magnus and Neudecker's first identification table
(*Matrix Differential Calculus*, 3rd ed., §9.6), in one of three layouts:

==========  =====================  ======================  ==========================
layout      scalar by matrix       scalar by vector        vector by vector
==========  =====================  ======================  ==========================
``shape``   df = tr(M dX) ⇒ Mᵀ     df = c dx ⇒ the row c   dy = J dx ⇒ J
``row``     df = tr(M dX) ⇒ M      df = c dx ⇒ the row c   dy = J dx ⇒ J
``column``  df = tr(dXᵀ G) ⇒ G     df = dxᵀ g ⇒ column g   dyᵀ = dxᵀ G ⇒ G
==========  =====================  ======================  ==========================

What remains has a vec: vec(dF) = J vec(dX).  ``shape`` is the shape law, by which the derivative of
a scalar has the shape of X, and that by a vector is a row.
"""

from __future__ import annotations

from dataclasses import replace

from calc_core.derive import Engine, Step
from calc_core.graph import ADD, DERIV, ONE, ZERO, Node, add, make, neg, substitute
from calc_core.matrix.gather import Gathering, Line
from calc_core.matrix.jacobian import VecForm
from calc_core.matrix.laws import LAWS, avoiding
from calc_core.matrix.layouts import COLUMN, ROW, SHAPE_LAW
from calc_core.matrix.nodes import (
    IDENTITY,
    TRANSPOSE,
    commutation,
    diag,
    differential,
    hadamard,
    identity,
    matmul,
    move,
    ones,
    transpose,
    triangle,
    vec,
)
from calc_core.matrix.tidy import MatrixTidier
from calc_core.matrix.tidy.parts import (
    chain,
    has_trait,
    is_column,
    is_moving,
    is_zero,
    peel,
    scaled,
    zero,
)
from calc_core.matrix.tidy.products import product
from calc_core.matrix.tidy.transposes import OPPOSITE, transposed
from calc_core.shapes import rows, times

TIED = ("symmetric", "diagonal", "lower", "upper")


def goal(f: Node, x: Node, layout: str) -> Node:
    """The derivative of f by x in a layout, still to be done."""
    return make(DERIV, layout, (f, x))


class MatrixEngine(Engine):
    """The engine, with zeros that keep the shape of what they are the differential of."""

    def conclude(
        self, goal: Node, rule: str, after: Node, detail: str = "", inner: tuple[Step, ...] = ()
    ) -> Step:
        """The step ``goal → after``, as of every engine."""
        step = super().conclude(goal, rule, after, detail, inner)
        is_lost = step.result is ZERO and bool(goal.shape)
        return replace(step, result=zero(goal.shape)) if is_lost else step


class Identification:
    """Derives f by x: the differential first, then the derivative read off from it."""

    def __init__(self, f: Node, x: Node, layout: str) -> None:
        self.t = MatrixTidier()
        self._engine = MatrixEngine(avoiding(LAWS, f.free), self.t)
        self.f, self.x, self.layout = f, x, layout
        self._by_columns = layout == COLUMN

    def derive(self) -> Step:
        """The last step, whose goal is the derivative; raises InputError without a law."""
        first = self._engine.derive(differential(self.f, self.x))
        if not self.x.shape:
            return self._by_scalar(first)
        return self._of_scalar(first) if not self.f.shape else self._by_vec(first)

    # By a scalar

    def _by_scalar(self, first: Step) -> Step:
        """DF = F′ ds: what stands before ds."""
        change = move(self.x)
        slope = self.t.tidy(substitute(first.result, {change: ONE}))
        last = self._restated(first, first.goal, Line(self._times(slope, change), ("collect",)))
        if self._by_columns and self.f.shape:
            return self._end(last, "identify-scalar-column", transpose(slope))
        return self._end(last, "identify-scalar", slope)

    def _times(self, a: Node, b: Node) -> Node:
        return self.t.product((a, b))

    # Of a scalar

    def _of_scalar(self, first: Step) -> Step:
        gathered = Gathering(self.t)(first.result, self.x, self._by_columns)
        last = first
        for line in gathered.lines:
            last = self._restated(last, first.goal, line)
        matrix = gathered.matrix
        trait = next((t for t in TIED if has_trait(self.x, t)), "")
        if trait:
            return self._end(last, f"identify-{trait}", self._tied(trait, self._free(matrix)))
        if is_column(self.x):
            return self._end(
                last, "identify-column" if self._by_columns else "identify-row", matrix
            )
        kind = {"shape": "identify-trace", "row": "identify-trace-row"}
        return self._end(last, kind.get(self.layout, "identify-trace-column"), self._free(matrix))

    def _free(self, matrix: Node) -> Node:
        """The derivative by a matrix without ties, in the layout, of M or G."""
        return transpose(matrix) if self.layout == SHAPE_LAW and matrix is not ZERO else matrix

    def _tied(self, trait: str, free: Node) -> Node:
        """The derivative by the entries of X that may change, those that are equal together."""
        if free is ZERO:
            return ZERO
        free = self.t.tidy(free)
        unit = identity(rows(free.shape))
        if trait == "symmetric":
            return add(free, transpose(free), neg(hadamard(unit, free)))
        if trait == "diagonal":
            return hadamard(unit, free)
        # By rows the derivative has the shape of Xᵀ.
        return triangle(OPPOSITE[trait] if self.layout == ROW else trait, free)

    # By vec

    def _by_vec(self, first: Step) -> Step:
        form = VecForm(self.t, move(self.x), self._row)
        parts = terms_of(self.t, first.result)
        jacobians = [form(term) for term in parts]
        whole = self.t.sum(jacobians) if parts else ZERO
        change = vec(move(self.x)) if not is_column(self.x) else move(self.x)
        start = vec(first.goal) if not is_column(self.f) else first.goal
        rules = tuple(form.rules)
        last = first
        if len(parts) > 1:
            spread = add(*[self._applied(j, change) for j in jacobians])
            last = self._restated(
                last, self._facing(start), Line(self._faced(spread), rules or ("each-term",))
            )
            rules = ()
        line = Line(self._faced(self._applied(whole, change)), rules or ("collect",))
        last = self._restated(last, self._facing(start), line)
        trait = next((t for t in TIED if has_trait(self.x, t)), "")
        if trait and whole is not ZERO:
            whole = matmul(whole, _ties(trait, rows(self.x.shape)))
        plain = is_column(self.f) and is_column(self.x)
        if self._by_columns:
            name = "identify-jacobian-column" if plain else "identify-vec-column"
            return self._end(last, name, transpose(whole))
        return self._end(last, "identify-jacobian" if plain else "identify-vec", whole)

    def _row(self, scalar: Node) -> Node:
        """The row c with s = c vec(dX) of a scalar s that is linear in dX."""
        matrix = Gathering(self.t)(scalar, self.x, by_columns=False).matrix
        if is_column(self.x):
            return matrix
        return transposed(self.t, self.t.tidy(vec(transposed(self.t, matrix))))

    def _applied(self, jacobian: Node, change: Node) -> Node:
        return ZERO if jacobian is ZERO else self.t.powers([*_scaled(jacobian, change)])

    def _facing(self, u: Node) -> Node:
        return transpose(u) if self._by_columns else u

    def _faced(self, u: Node) -> Node:
        return self.t.tidy(transpose(u)) if self._by_columns else u

    # Steps

    def _restated(self, before: Step, target: Node, line: Line) -> Step:
        """The same differential, written in another way."""
        node = line.node
        rule, *also = line.rules
        return Step(target, rule, ", ".join(also), node, (), (before,), node, node, ())

    def _end(self, before: Step, rule: str, raw: Node) -> Step:
        target = goal(self.f, self.x, self.layout)
        result, tidied = self.t(_with_short_transposes(raw))
        return Step(target, rule, "", raw, (), (before,), raw, result, tidied)


def terms_of(t: MatrixTidier, differential: Node) -> list[Node]:
    """The terms of a differential, the sums around dX multiplied out."""
    if is_zero(differential):
        return []
    terms = differential.args if differential.op == ADD else (differential,)
    return [part for term in terms for part in multiplied_out(t, term)]


def _with_short_transposes(u: Node) -> Node:
    """A sum with its terms (A + B)ᵀ as Aᵀ + Bᵀ, which may meet with others; else u itself."""
    if u.op != ADD:
        return u
    parts = [
        [transpose(a) for a in term.args[0].args]
        if term.op == TRANSPOSE and term.args[0].op == ADD
        else [term]
        for term in u.args
    ]
    return add(*[term for part in parts for term in part])


def multiplied_out(t: MatrixTidier, u: Node) -> list[Node]:
    """A term of a differential with the sums around dX multiplied out: the terms."""
    scalars, matrix = peel(u)
    factors = chain(matrix)
    where = next((i for i, f in enumerate(factors) if is_moving(f)), 0)
    if not u.shape or len(factors) == 1 or factors[where].op != ADD:
        return [u]
    before, after = factors[:where], factors[where + 1 :]
    terms = [product(t, (*before, a, *after)) for a in factors[where].args]
    return [part for term in terms for part in multiplied_out(t, scaled(t, scalars, term))]


def _scaled(jacobian: Node, change: Node) -> list[tuple[Node, int]]:
    scalars, matrix = peel(jacobian)
    factors = [f for f in chain(matrix) if f.op != IDENTITY]
    return [*scalars, (matmul(*factors, change), 1)]


def _ties(trait: str, n: int | str) -> Node:
    """T with ∂vec F/∂vec X = J T for tied entries."""
    on_diagonal = diag(vec(identity(n)))
    if trait == "symmetric":
        return add(identity(times(n, n)), commutation(n, n), neg(on_diagonal))
    return on_diagonal if trait == "diagonal" else diag(vec(triangle(trait, ones(n, n))))
